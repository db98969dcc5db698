"""The law of a day as text: what each rule says, since when, until when, and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from hfabm.evidence import Evidence, cite
from hfabm.parameters.declare import (
    BEGINNING,
    Declared,
    Heading,
    Parameters,
    Role,
    Says,
    Sections,
    Value,
    declarations,
    resolve,
)
from hfabm.parameters.scenario import Scenario
from hfabm.parameters.values import plain
from hfabm.units import Unit

_UNITS = {
    Unit.DKK_DAY: "DKK a day",
    Unit.DKK_WEEK: "DKK a week",
    Unit.DKK_MONTH: "DKK a month",
    Unit.DKK_YEAR: "DKK a year",
    Unit.DAYS_PER_YEAR: "days",
    Unit.CASES_PER_WORKER: "cases per caseworker",
}
PERCENT = (Unit.SHARE, Unit.PROBABILITY, Unit.PER_YEAR)
"""Units that a sentence gives in per cent."""
_MONTH_DAYS = 365 / 12


@dataclass(frozen=True, slots=True)
class Article:
    """One rule on one day.

    Attributes:
        heading: Where it stands among the others.
        key: Its parameter, as in a scenario: `refund_law.shelter_days`.
        value: The value in force.
        unit: Unit of the value.
        price_year: Year whose prices an amount is in; 0 where the value is no amount.
        exists: Is there such a rule on this day?
        sentence: What it says; only its name where there is no such rule.
        since: Day from which it has been so; None if as far back as is known.
        until: First day on which it will be otherwise; None if no change is known.
        sources: Rows of the evidence register; none if it is assumed.
        assumed: Does it rest on no evidence?
        where: File and line of the scenario that sets it; empty where the law itself does.
    """

    heading: Heading
    key: str
    value: Value
    unit: Unit
    price_year: int
    exists: bool
    sentence: str
    since: date | None
    until: date | None
    sources: tuple[Evidence, ...]
    assumed: bool
    where: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that reads otherwise on a later day.

    Attributes:
        before: The rule on the earlier day; None where it says nothing then, being part of one that does not exist.
        after: The rule on the later day; None likewise.
        dates: The days on which it changed.
    """

    before: Article | None
    after: Article | None
    dates: tuple[date, ...]

    @property
    def rule(self) -> Article:
        """The rule as it is last known."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a rule before it, after it, or both")
        return found


@dataclass(frozen=True, slots=True)
class Tongue:
    """Another language to tell the law in.  When a rule says what stays with its declaration.

    Attributes:
        says: How each rule reads, by the key of its parameter; a rule that is not in it reads as declared.
        in_words: A value with its unit, as a sentence has it.
    """

    says: Mapping[str, Says]
    in_words: Callable[[Value, Unit], str]


class _Reading(NamedTuple):
    """How a rule reads."""

    exists: bool
    sentence: str
    value: Value


_Course = tuple[tuple[date, _Reading | None], ...]
"""Days from which a rule reads as it does, earliest first; None where it says nothing."""


def articles(
    day: date, sections: Sections, scenario: Scenario | None = None, tongue: Tongue | None = None
) -> tuple[Article, ...]:
    """The rules of a day by heading, those that do not exist included.

    A rule that is part of one that does not exist says nothing, and is left out.

    Args:
        day: The day.
        sections: Section name to the dataclass of its parameters; only law is read.
        scenario: Tells the law as this has it.
        tongue: The language; English, as declared, if none is given.
    """
    parameters = _parameters(sections, scenario)
    found = [_article(rule, _course(rule, parameters, tongue), day, scenario) for rule in rules(sections)]
    return tuple(sorted((article for article in found if article), key=_by_heading))


def changes(
    before: date, after: date, sections: Sections, scenario: Scenario | None = None, tongue: Tongue | None = None
) -> tuple[Change, ...]:
    """The rules that read otherwise on a later day, by heading.

    Args:
        before: The earlier day.
        after: The later day.
        sections: Section name to the dataclass of its parameters; only law is read.
        scenario: Tells the law as this has it.
        tongue: The language; English, as declared, if none is given.
    """
    parameters, found = _parameters(sections, scenario), []
    for rule in rules(sections):
        course = _course(rule, parameters, tongue)
        if _told(_reading(course, before)) != _told(_reading(course, after)):
            first, last = (_article(rule, course, day, scenario) for day in (before, after))
            found.append(Change(first, last, tuple(day for day in _turns(course) if before < day <= after)))
    return tuple(sorted(found, key=lambda change: _by_heading(change.rule)))


def rules(sections: Sections) -> tuple[Declared, ...]:
    """Everything that is declared as law."""
    return tuple(d for section, cls in sections.items() for d in declarations(section, cls) if d.role is Role.LAW)


def first_day(sections: Sections) -> date:
    """The first date that any law is declared from: of days before it too little is known."""
    return min((day for rule in rules(sections) for day, _ in rule.steps if day != BEGINNING), default=BEGINNING)


def in_words(value: Value, unit: Unit) -> str:
    """A value with its unit, as a sentence has it.

    >>> in_words(0.125, Unit.SHARE), in_words(860000.0, Unit.DKK_YEAR), in_words(183, Unit.DAYS)
    ('12.5%', '860,000 DKK a year', '183 days (6 months)')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit in PERCENT:
        return f"{100 * value:.10g}%"
    if unit is Unit.DAYS:
        return _duration(value)
    number = f"{value:,.10g}" if unit.value.startswith("DKK") else plain(value)
    return f"{number} {_UNITS.get(unit, unit.value)}"


def longer(days: float) -> tuple[int, Unit] | None:
    """The years or months that days come to, if they do.

    >>> longer(730), longer(183), longer(100)
    ((2, <Unit.YEARS: 'years'>), (6, <Unit.MONTHS: 'months'>), None)
    """
    years, months = days / 365, round(days / _MONTH_DAYS)
    if years >= 1 and years.is_integer():
        return int(years), Unit.YEARS
    return (months, Unit.MONTHS) if months and abs(days - months * _MONTH_DAYS) <= 0.5 else None


def _duration(days: float) -> str:
    """Days, and the years or months that they come to, if they do."""
    long = longer(days)
    also = f" ({_counted(*long)})" if long else ""
    return f"{_counted(days, Unit.DAYS)}{also}"


def _counted(number: float, unit: Unit) -> str:
    """A number of days, months or years."""
    return f"{plain(number)} {unit.value.removesuffix('s') if number == 1 else unit.value}"


def _parameters(sections: Sections, scenario: Scenario | None) -> Parameters:
    return scenario.parameters(sections) if scenario else resolve(sections, {})


def _article(rule: Declared, course: _Course, day: date, scenario: Scenario | None) -> Article | None:
    """A rule on a day, if it says anything then."""
    reading = _reading(course, day)
    if reading is None:
        return None
    turns = _turns(course)
    return Article(
        heading=rule.says.heading if rule.says else Heading.OTHER,
        key=rule.key,
        value=reading.value,
        unit=rule.unit,
        price_year=rule.price_year,
        exists=reading.exists,
        sentence=reading.sentence,
        since=max((turn for turn in turns if turn <= day), default=None),
        until=min((turn for turn in turns if turn > day), default=None),
        sources=() if rule.assumed else tuple(cite(id) for id in rule.source.split()),
        assumed=rule.assumed,
        where=_where(rule, day, scenario),
    )


def _where(rule: Declared, day: date, scenario: Scenario | None) -> str:
    """File and line that set the value of the day; empty where it is as declared."""
    key = (rule.section, rule.name)
    if scenario is None or key not in scenario.changes:
        return ""
    past = [origin for origin in scenario.origins.get(key, ()) if origin.day <= day]
    return past[-1].where if past else ""


def _course(rule: Declared, parameters: Parameters, tongue: Tongue | None) -> _Course:
    """How a rule reads from when on; a sentence may also change with another value that it names."""
    found: list[tuple[date, _Reading | None]] = []
    for day, values in parameters.sections[rule.section]:
        reading = _read(rule, values, tongue)
        if not found or found[-1][1] != reading:
            found.append((day, reading))
    return tuple(found)


def _reading(course: _Course, day: date) -> _Reading | None:
    return [reading for start, reading in course if start <= day][-1]


def _told(reading: _Reading | None) -> _Reading | None:
    """What a rule says; nothing, too, where there is no such rule."""
    return reading if reading and reading.exists else None


def _turns(course: _Course) -> list[date]:
    """The days on which a rule comes, goes, or says something else."""
    return [day for (_, old), (day, new) in pairwise(course) if _told(old) != _told(new)]


def _read(rule: Declared, values: Any, tongue: Tongue | None) -> _Reading | None:
    """How a rule reads with the values of a day."""
    value = getattr(values, rule.name)
    said = tongue.says.get(rule.key, rule.says) if tongue else rule.says
    spoken = tongue.in_words if tongue else in_words
    if said is None:
        return _Reading(True, f"{rule.means.rstrip('.')}: {spoken(value, rule.unit)}.", value)
    own = {d.name: d for d in declarations(rule.section, type(values))}
    if not _counts(said, own, values):
        return _Reading(True, said.alone, value) if said.alone else None
    if value in said.at:
        return _Reading(True, said.at[value], value)
    if said.absent and not value:
        return _Reading(False, said.absent, value)
    words = {name: spoken(getattr(values, name), d.unit) for name, d in own.items()}
    words |= {"value": words[rule.name], "price_year": str(rule.price_year)}
    return _Reading(True, said.rule.format(**words), value)


def _counts(said: Says, own: Mapping[str, Declared], values: Any) -> bool:
    """Is a rule part of none, or of one that says its own sentence and counts itself?"""
    if not said.part_of:
        return True
    value, whole = getattr(values, said.part_of), own[said.part_of].says
    if whole is None:
        return True
    return not (value in whole.at or (whole.absent and not value)) and _counts(whole, own, values)


def _by_heading(article: Article) -> int:
    return list(Heading).index(article.heading)
