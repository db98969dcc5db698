"""A parameter is declared once: value, unit, range, role, meaning and source, as a dataclass field.

Processes read plain numbers (`p.patience`).  Everything else (scenario keys, range checks, the printed
table, sliders, sampling bounds) is made from the declaration.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from hfabm.units import Unit

ASSUMED = "assumed"
"""The source of a number that no evidence supports: it counts as assumed in every report."""

BEGINNING = date.min
Value = float | int | bool


class Role(StrEnum):
    """What a parameter is for."""

    LEVER = "lever"
    """Somebody may set it."""
    UNCERTAINTY = "uncertainty"
    """Nobody knows it."""
    CONSTANT = "constant"
    """It is known well enough to be left alone."""
    LAW = "law"
    """A statute or circular sets it, from a date on."""


class Heading(StrEnum):
    """Where a rule of law stands among the others when they are read as text, in this order."""

    SHELTER = "Shelter stays, § 110"
    SUPPORT = "Support in one's own home, § 85 a"
    SECTION_107 = "§ 107 after a shelter"
    ALLOCATION = "Allocation and guarantees"
    TRANSITIONAL = "Transitional dwellings, § 63"
    PRIVATE = "Private agreements"
    PRICES = "Prices"
    CENTRAL = "Central refund, § 176"
    BENEFITS = "Benefits"
    OTHER = "Other rules"


@dataclass(frozen=True, slots=True)
class Says:
    """How a rule of law reads.

    Attributes:
        heading: Where it stands among the others.
        rule: A sentence.  `{value}` stands for the value of the day with its unit, `{other}` for that of another
            parameter of the section, `{price_year}` for the year of an amount.
        at: Sentences that take its place at single values.
        absent: Name of the rule, for the list of rules that do not exist: where its value is 0 or no, and none
            of `at`.
        part_of: A parameter of the same section; this one counts only while that one says its own `rule`.
        alone: What it says while that one does not; nothing if empty.
    """

    heading: Heading
    rule: str
    at: Mapping[Value, str] = dataclasses.field(default_factory=dict, hash=False)
    absent: str = ""
    part_of: str = ""
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """All that is known of one parameter.

    Attributes:
        section: Scenario table it stands in, such as `arrears`.
        name: Its key there.
        steps: Dates and the values in force from them on; the first date may be `BEGINNING`.
        kind: `float`, `int` or `bool`.
        unit: Unit of the value.
        low: Smallest value that makes sense.
        high: Largest value that makes sense.
        role: Lever, uncertainty, constant or law.
        source: Id in the evidence register (several joined by a space), or `assumed`.
        means: One line for a policy designer.
        price_year: Year whose prices an amount is in; 0 where the value is no amount.
        says: How it reads, if it is law.
    """

    section: str
    name: str
    steps: tuple[tuple[date, Value], ...]
    kind: type
    unit: Unit
    low: float
    high: float
    role: Role
    source: str
    means: str
    price_year: int
    says: Says | None = None

    @property
    def key(self) -> str:
        """Dotted name, as in `--set arrears.patience=12`."""
        return f"{self.section}.{self.name}"

    @property
    def dated(self) -> bool:
        """May it have other values from given dates on?  Levers and law may."""
        return self.role in (Role.LEVER, Role.LAW)

    @property
    def assumed(self) -> bool:
        """Does it rest on no evidence?"""
        return self.source == ASSUMED


def parameter(
    value: Value | Mapping[date, Value],
    unit: Unit,
    low: float,
    high: float,
    *,
    role: Role,
    source: str,
    means: str,
    price_year: int = 0,
    says: Says | None = None,
) -> Any:
    """Declare a parameter as a field of a frozen dataclass.

    Args:
        value: The value, or dates and the values in force from them on.
        unit: Its unit.
        low: Smallest value that makes sense.
        high: Largest value that makes sense.
        role: Lever, uncertainty, constant or law.
        source: Id in the evidence register, or `ASSUMED`.
        means: One line for a policy designer.
        price_year: Year whose prices an amount is in.
        says: How it reads, if it is law.
    """
    steps = tuple(sorted(value.items())) if isinstance(value, Mapping) else ((BEGINNING, value),)
    for _, one in steps:
        if not low <= one <= high:
            raise ValueError(f"the value {one} lies outside its own range {low} to {high}: {means}")
    metadata = dict(
        steps=steps, unit=unit, low=low, high=high, role=role, source=source, means=means, price_year=price_year,
        says=says,
    )  # fmt: skip
    return dataclasses.field(default=steps[-1][1], metadata=metadata)


def declarations(section: str, parameters: type) -> Iterator[Declared]:
    """Everything declared in one dataclass of parameters."""
    for field in dataclasses.fields(parameters):
        kind = {"float": float, "int": int, "bool": bool}[str(field.type)]
        yield Declared(section=section, name=field.name, kind=kind, **field.metadata)


Sections = Mapping[str, type]
"""Section name to the dataclass of its parameters."""


@dataclass(frozen=True)
class Parameters:
    """Every parameter of a run, resolved: for each section, what is in force from which date on."""

    sections: Mapping[str, tuple[tuple[date, Any], ...]]

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates on which anything changes."""
        found = {day for steps in self.sections.values() for day, _ in steps}
        return tuple(sorted(found - {BEGINNING}))

    def at(self, day: date) -> dict[str, Any]:
        """The parameters in force on a day, by section."""
        return {
            name: next(value for start, value in reversed(steps) if start <= day or start == BEGINNING)
            for name, steps in self.sections.items()
        }


def resolve(sections: Sections, changes: Mapping[tuple[str, str], tuple[tuple[date, Value], ...]]) -> Parameters:
    """Put changes on top of what is declared.

    A change that starts at `BEGINNING` replaces all declared steps; one that starts later keeps what was
    in force before its first date and replaces everything after.

    Args:
        sections: Section name to the dataclass of its parameters.
        changes: (section, name) to steps.
    """
    resolved: dict[str, tuple[tuple[date, Any], ...]] = {}
    for section, cls in sections.items():
        series: dict[str, tuple[tuple[date, Value], ...]] = {}
        kinds: dict[str, type] = {}
        for declared in declarations(section, cls):
            new = changes.get((section, declared.name), ())
            before = tuple(s for s in declared.steps if not new or s[0] < new[0][0])
            series[declared.name] = before + tuple(new)
            kinds[declared.name] = declared.kind
        days = sorted({day for steps in series.values() for day, _ in steps} | {BEGINNING})
        resolved[section] = tuple(
            (day, cls(**{n: kinds[n](_in_force(steps, day)) for n, steps in series.items()})) for day in days
        )
    return Parameters(resolved)


def _in_force(steps: tuple[tuple[date, Value], ...], day: date) -> Value:
    """The value on a day; before the first date, the first value."""
    value = steps[0][1]
    for start, one in steps:
        if start <= day:
            value = one
    return value
