"""A story: what there is to say of somebody or something, as data; told in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, Union

from hfabm.app.live.names import Kind
from hfabm.language import Language, day, number, say, share, signed


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a unit.

    Attributes:
        value: The number.
        unit: `share`, or the end of a phrase `unit_...`; a unit that ends in `_signed` shows the sign.
        digits: Digits behind the point.
    """

    value: float
    unit: str = "count"
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase, of the topic `story` unless its key names another, and what its placeholders stand for."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


Value: TypeAlias = Union[str, date, Amount, Line]  # noqa: UP007 - Line names it before it is there
"""What a placeholder can stand for."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so now.

    Attributes:
        label: Key of the phrase that names it.
        value: What is so.
    """

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        week: Number of the week.
        day: Its Monday.
        line: What happened.
    """

    week: int
    day: date
    line: Line


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody or something else to look at."""

    kind: Kind
    row: int
    name: Line


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: a title, names of columns, and rows of a name and as many values."""

    title: Line
    columns: tuple[Line, ...]
    rows: tuple[tuple[Line, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What there is to say.

    Attributes:
        kind: Of what.
        row: Its row in the world.
        day: Monday of the week it is told in.
        heading: Its name.
        facts: What is so now.
        events: What happened, in order.
        sheets: Tables.
        notes: What to bear in mind.
        see: Whom it has to do with.
    """

    kind: Kind
    row: int
    day: date
    heading: Line
    facts: tuple[Fact, ...] = ()
    events: tuple[Event, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[Line, ...] = ()
    see: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldSheet:
    """A table in words; the first cell of each row is its name."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A story in one language.

    Attributes:
        heading: Name.
        facts: Label and value.
        events: Day and what happened.
        sheets: Tables.
        notes: What to bear in mind.
        see: Kind, row and name of whom it has to do with.
    """

    heading: str
    facts: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    sheets: tuple[ToldSheet, ...]
    notes: tuple[str, ...]
    see: tuple[tuple[Kind, int, str], ...]


def told(story: Story, language: Language) -> Told:
    """Tell a story in a language."""
    return Told(
        worded(story.heading, language),
        tuple((say(f"story.{fact.label}", language), worded(fact.value, language)) for fact in story.facts),
        tuple((day(event.day, language), worded(event.line, language)) for event in story.events),
        tuple(_sheet(sheet, language) for sheet in story.sheets),
        tuple(worded(note, language) for note in story.notes),
        tuple((other.kind, other.row, worded(other.name, language)) for other in story.see),
    )


def worded(value: Value, language: Language) -> str:
    """A value in words."""
    if isinstance(value, Line):
        values = {name: worded(inner, language) for name, inner in value.values.items()}
        key = value.key if "." in value.key else f"story.{value.key}"
        return say(key, language, **values)
    if isinstance(value, Amount):
        return _amount(value, language)
    return day(value, language) if isinstance(value, date) else value


def _amount(amount: Amount, language: Language) -> str:
    unit, value, digits = amount.unit, amount.value, amount.digits
    if unit == "share":
        return share(value, language, digits)
    text = number(value, language, digits)
    if unit.endswith("_signed"):
        unit, text = unit.removesuffix("_signed"), signed(value, language, digits)
    one = "_one" if text == "1" and unit in SINGULAR else ""
    return say(f"story.unit_{unit}{one}", language, n=text)


SINGULAR = frozenset({"weeks", "days", "persons", "dwellings", "times"})
"""Units that have a word of their own for one."""


def _sheet(sheet: Sheet, language: Language) -> ToldSheet:
    return ToldSheet(
        worded(sheet.title, language),
        tuple(worded(column, language) for column in sheet.columns),
        tuple((worded(name, language), *(worded(v, language) for v in values)) for name, values in sheet.rows),
    )
