"""Charts of a comparison: what each reform does, who pays, when it pays back, who gains, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hfabm.app.compare.amounts import digits_of
from hfabm.app.compare.found import Compared, Course, Effect, Found, GroupEffect
from hfabm.app.widgets.option_style import COLOURS, QUIET
from hfabm.app.widgets.options import Interval, Line, form, intervals, lines, stacked_bars
from hfabm.language import Language, number, say, say_or

MILLION = 1e6
PAYERS = ("municipality", "state", "region")
LETTERS = 30
"""Letters of a name at the end of a line, at most."""


def effect(found: Compared, metric: str, language: Language) -> dict[str, Any]:
    """One outcome, reform by reform."""
    rows = [(reform.label, one) for reform in found.reforms for one in reform.outcomes if one.metric == metric]
    factor = MILLION if rows and rows[0][1].unit.startswith("DKK") else 1.0
    unit = unit_name(rows[0][1].unit, language) if rows else ""
    told = [_interval(label, one.difference, one.low, one.high, factor) for label, one in rows]
    head = [say("compare.reform_column", language), *_interval_heads(language), say("compare.base_column", language)]
    table = [[label, *_scaled((one.difference, one.low, one.high, one.base), factor)] for label, one in rows]
    return {
        "option": intervals(told, say("compare.difference_in", language, unit=unit), form("signed", _digits(told))),
        "columns": head, "rows": table, "name": f"hfabm_{metric}", "height": 90 + 46 * len(told),
        "summary": _summary(told, language, unit),
    }  # fmt: skip


def payers(found: Compared, language: Language) -> dict[str, Any]:
    """Extra net cost a year, by who pays it."""
    labels = [reform.label for reform in found.reforms]
    parts = {
        say(f"compare.payer_{payer}", language): [_million(reform.costs[payer].difference) for reform in found.reforms]
        for payer in PAYERS
    }
    totals = [_of_effect(reform.label, reform.costs["public"], MILLION) for reform in found.reforms]
    rows = [
        [
            reform.label,
            say(f"compare.payer_{payer}", language),
            *_scaled((e.difference, e.low, e.high, e.base), MILLION),
        ]
        for reform in found.reforms
        for payer, e in reform.costs.items()
    ]
    unit = say("compare.million_a_year", language)
    head = [say("compare.reform_column", language), say("compare.payer_column", language), *_interval_heads(language)]
    return {
        "option": stacked_bars(labels, parts, totals, unit, form("signed", _digits(totals))),
        "columns": [*head, say("compare.base_column", language)], "rows": rows, "name": "hfabm_payers",
        "height": 120 + 54 * len(labels), "summary": _summary(totals, language, unit),
    }  # fmt: skip


def break_even(found: Compared, payer: str, language: Language) -> dict[str, Any]:
    """Extra cost of one payer, summed up year by year."""
    courses = [(reform, course) for reform in found.reforms for course in reform.summed if course.name == payer]
    return _over_years(courses, language, say("compare.million", language), MILLION, f"summed_{payer}", False)


def years(found: Compared, name: str, language: Language, difference: bool) -> dict[str, Any]:
    """A number year by year: of base and reforms, or what each reform adds to the base."""
    if difference:
        courses = [(one, course) for one in found.reforms for course in one.differences if course.name == name]
    else:
        by_policy: dict[int, Found | None] = {0: None, **{one.policy: one for one in found.reforms}}
        courses = [(by_policy[course.policy], course) for course in found.courses if course.name == name]  # type: ignore[misc]
    unit = say(f"compare.year_{name}", language)
    return _over_years(courses, language, unit, 1.0, f"{name}{'_difference' if difference else ''}", not difference)


def groups(reform: Found, measure: str, language: Language) -> dict[str, Any]:
    """What one reform does to groups of people."""
    told = [group for group in reform.groups if group.measure == measure]
    rows = [_interval(group_name(g, language), g.difference, g.low, g.high, 1.0) for g in told]
    unit = say("compare.person_years", language)
    head = [say("compare.group_column", language), *_interval_heads(language)]
    table = [[group_name(g, language), *_scaled((g.difference, g.low, g.high, g.base, g.size), 1.0)] for g in told]
    return {
        "option": intervals(rows, unit, form("signed", _digits(rows))),
        "columns": [*head, say("compare.base_column", language), say("compare.size_column", language)],
        "rows": table, "name": f"hfabm_groups_{measure}", "height": 90 + 34 * len(rows),
        "summary": _summary(rows, language, unit),
    }  # fmt: skip


def by_seed(found: Compared, metric: str, language: Language) -> dict[str, Any]:
    """The difference with each luck, sorted: how much is chance."""
    effects = [(reform, reform.effect(metric)) for reform in found.reforms]
    factor = MILLION if effects and effects[0][1].unit.startswith("DKK") else 1.0
    drawn = [
        Line(short_name(reform, language), sorted(_round(value, factor) for value in one.by_seed if value is not None))
        for reform, one in effects
    ]
    longest = max((len(line.y) for line in drawn), default=0)
    places = [str(place + 1) for place in range(longest)]
    padded = [Line(line.name, [*line.y, *[None] * (longest - len(line.y))]) for line in drawn]
    unit = say("compare.difference_in", language, unit=unit_name(effects[0][1].unit, language) if effects else "")
    seeds = [str(seed) for seed in found.seeds]
    rows = [[seed, *(_round(e.by_seed[k], factor) for _, e in effects)] for k, seed in enumerate(seeds)]
    shown = form("signed", digits_of(*(value for line in drawn for value in line.y)))
    option = lines(places, padded, unit, say("compare.seeds_sorted", language), "category", shown)
    return {
        "option": option, "columns": [say("compare.seed_column", language), *(reform.label for reform, _ in effects)],
        "rows": rows, "name": f"hfabm_seeds_{metric}", "height": 300,
        "summary": say("compare.seeds_summary", language, n=len(seeds)),
    }  # fmt: skip


def short_name(reform: Found, language: Language) -> str:
    """The number of a reform, and the beginning of its name: what there is room for at the end of a line."""
    return say("compare.short_name", language, n=reform.policy, name=shortened(reform.label, LETTERS))


def shortened(text: str, letters: int) -> str:
    """The beginning of a text, at the end of a word.

    >>> shortened("Shelter stays are co-paid for 60 days", 20), shortened("Short", 20)
    ('Shelter stays are …', 'Short')
    """
    return text if len(text) <= letters else f"{text[:letters].rsplit(' ', 1)[0].rstrip(' ,:')} …"


def group_name(group: GroupEffect, language: Language) -> str:
    """What a group is called."""
    name = say_or(f"compare_said.group.{group.by}.{group.group}", language, group.group)
    return name[:1].upper() + name[1:]


def _over_years(
    courses: Sequence[tuple[Found | None, Course]], language: Language, unit: str, factor: float, name: str, zero: bool
) -> dict[str, Any]:
    said = sorted({year for _, course in courses for year in course.years})
    drawn, rows = [], []
    for reform, course in courses:
        label = short_name(reform, language) if reform is not None else say("compare.base_name", language)
        known = {
            year: (_round(course.mean[k], factor), _round(course.low[k], factor), _round(course.high[k], factor))
            for k, year in enumerate(course.years)
        }
        nothing = (None, None, None)
        mean, low, high = ([known.get(year, nothing)[part] for year in said] for part in range(3))
        # a reform has the colour that it has in the charts without the base
        colour = QUIET if reform is None else COLOURS[(reform.policy - 1) % len(COLOURS)]
        drawn.append(Line(label, mean, low, high, colour=colour))
        rows += [[year, label, *known[year]] for year in course.years]
    ends = [end for line in drawn for part in (line.y, line.low or (), line.high or ()) for end in part]
    shown = form("number" if zero else "signed", digits_of(*ends))
    option = lines([str(year) for year in said], drawn, unit, over="category", shown=shown, from_zero=zero)
    head = [say("compare.year_column", language), say("compare.reform_column", language), *_interval_heads(language)]
    last = "; ".join(f"{line.name}: {line.y[-1]}" for line in drawn if line.y)
    return {
        "option": option, "columns": head, "rows": rows, "name": f"hfabm_{name}", "height": 320,
        "summary": say("compare.last_year", language, year=said[-1], values=last) if said else "",
    }  # fmt: skip


def _interval_heads(language: Language) -> list[str]:
    return [say(f"compare.{name}_column", language) for name in ("middle", "low", "high")]


def _interval(name: str, middle: float | None, low: float | None, high: float | None, factor: float) -> Interval:
    at = _round(middle, factor) or 0.0
    ends = (_round(low, factor), _round(high, factor))
    return Interval(name, at, at if ends[0] is None else ends[0], at if ends[1] is None else ends[1])


def _of_effect(name: str, one: Effect, factor: float) -> Interval:
    return _interval(name, one.difference, one.low, one.high, factor)


def _scaled(values: Sequence[float | None], factor: float) -> list[float | None]:
    return [_round(value, factor) for value in values]


def _round(value: float | None, factor: float) -> Any:
    return None if value is None else float(f"{value / factor:.5g}")


def _million(value: float | None) -> float:
    return round((value or 0.0) / MILLION, 4)


def _digits(rows: Sequence[Interval]) -> int:
    reach = max((abs(end) for row in rows for end in (row.low, row.high)), default=0.0)
    return 0 if reach >= 20.0 else 1 if reach >= 1.0 else 2


def unit_name(unit: str, language: Language) -> str:
    """What a unit is called; kroner are shown in millions."""
    if unit.startswith("DKK"):
        return say("compare.million_a_year", language)
    return say_or(f"units.{unit}", language, unit)


def _summary(rows: Sequence[Interval], language: Language, unit: str) -> str:
    """All intervals in words."""
    digits = _digits(rows)
    return "; ".join(
        say(
            "compare.one_interval", language, name=row.name, middle=number(row.middle, language, digits),
            low=number(row.low, language, digits), high=number(row.high, language, digits), unit=unit,
        )
        for row in rows
    )  # fmt: skip
