"""The numbers of a comparison as tables, for files and for those who read no charts."""

from __future__ import annotations

from collections.abc import Iterable

from hfabm.app.compare.found import Compared, Course, Effect, Table

INTERVAL = ("difference", "low_95", "high_95")


def tables(found: Compared) -> tuple[Table, ...]:
    """Every table of a comparison.

    Args:
        found: What it found.

    Returns:
        `effects`, `costs_by_payer`, `summed_costs`, `break_even`, `years`, `year_differences`, `groups`, `seeds` and
        `assumptions`; the base is called `base`.
    """
    return (
        _effects("effects", found, [(r.label, e.metric, e) for r in found.reforms for e in r.outcomes]),
        _effects("costs_by_payer", found, [(r.label, payer, e) for r in found.reforms for payer, e in r.costs.items()]),
        _courses("summed_costs", found, (c for r in found.reforms for c in r.summed), INTERVAL, paid_back=True),
        _break_even(found),
        _courses("years", found, found.courses, ("mean", "low_5", "high_95")),
        _courses("year_differences", found, (c for r in found.reforms for c in r.differences), INTERVAL),
        _groups(found),
        _seeds(found),
        _assumptions(found),
    )


def _effects(name: str, found: Compared, effects: Iterable[tuple[str, str, Effect]]) -> Table:
    head = ("reform", "of", "unit", "better", "base", "with_reform", *INTERVAL, "verdict", "improves", "seeds")
    rows = (
        (label, of, e.unit, e.better, e.base, e.mean, e.difference, e.low, e.high, e.verdict, e.improves, e.seeds)
        for label, of, e in effects
    )
    return Table(name, head, tuple(rows))


def _courses(
    name: str, found: Compared, courses: Iterable[Course], numbers: tuple[str, ...], paid_back: bool = False
) -> Table:
    labels = {0: "base", **{reform.policy: reform.label for reform in found.reforms}}
    rows = [
        (
            labels[c.policy], c.name, c.unit, year, c.mean[k], c.low[k], c.high[k],
            *((c.paid_back[k],) if paid_back else ()),
        )
        for c in courses
        for k, year in enumerate(c.years)
    ]  # fmt: skip
    head = ("policy", "of", "unit", "year", *numbers, *(("paid_back",) if paid_back else ()))
    return Table(name, head, tuple(rows))


def _break_even(found: Compared) -> Table:
    rows = (
        (reform.label, even.payer, even.year, even.share, even.cost, even.low, even.high)
        for reform in found.reforms
        for even in reform.break_even.values()
    )
    head = ("reform", "payer", "year", "share_of_seeds", "cost_by_the_end_dkk", "low_95", "high_95")
    return Table("break_even", head, tuple(rows))


def _groups(found: Compared) -> Table:
    rows = (
        (r.label, g.by, g.group, g.measure, g.better, g.size, g.base, g.difference, g.low, g.high, g.verdict)
        for r in found.reforms
        for g in r.groups
    )
    head = ("reform", "by", "group", "measure_per_year", "better", "people", "base", *INTERVAL, "verdict")
    return Table("groups", head, tuple(rows))


def _seeds(found: Compared) -> Table:
    rows = (
        (reform.label, effect.metric, effect.unit, seed, difference)
        for reform in found.reforms
        for effect in reform.outcomes
        for seed, difference in zip(found.seeds, effect.by_seed, strict=True)
    )
    return Table("seeds", ("reform", "of", "unit", "seed", "difference"), tuple(rows))


def _assumptions(found: Compared) -> Table:
    roles = found.assumptions.roles.items()
    rows = [(role, parameters - assumed, assumed, parameters) for role, (assumed, parameters) in roles]
    told = found.assumptions
    behaviour = ("behaviour", told.evidence, told.parameters - told.evidence, told.parameters)
    return Table("assumptions", ("parameters", "evidence", "assumed", "all"), (behaviour, *rows))
