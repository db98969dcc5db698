"""Check one value of a scenario against the declaration of its parameter, or against its header key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from hfabm.evidence import register
from hfabm.parameters.declare import Declared, Value
from hfabm.parameters.faults import suggestion

_WHOLE = r"[+-]?\d+(?:_\d+)*"
_NUMBER = _WHOLE + r"(?:\.\d+)?(?:[eE][+-]?\d+)?"
_WITH_UNIT = re.compile(rf"({_NUMBER})\s*(.*)")
_EVIDENCE_ID = re.compile(r"\b[GIMOPUX]\d+(?:\.\d+)?\b")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_SEEDS = 10_000


class RefusedError(Exception):
    """A value cannot be taken.

    Attributes:
        what: Why not.
        hint: What to do.
    """

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def checked(declared: Declared, raw: Any) -> Value:
    """A value of the kind, in the unit and within the range that are declared.

    Raises:
        RefusedError: It is not.
    """
    number = _with_unit(declared, raw) if isinstance(raw, str) and declared.kind is not bool else raw
    unit = declared.unit.value
    if declared.kind is bool:
        if not isinstance(number, bool):
            raise RefusedError(f"{shown(raw)} is no switch", "Write true or false.")
        return number
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        raise RefusedError(f"{shown(raw)} is no number", f"Write a number; its unit is {unit}.")
    if not declared.low <= number <= declared.high:
        limits = f"{plain(declared.low)} to {plain(declared.high)} {unit}"
        what = f"{shown(number)} lies outside the range {limits}"
        raise RefusedError(what, f"Choose a value in it; this is: {declared.means}")
    if declared.kind is int and number != int(number):
        raise RefusedError(f"{number} is no whole number", f"Write a whole number; its unit is {unit}.")
    return int(number) if declared.kind is int else float(number)


def _with_unit(declared: Declared, raw: str) -> float | int:
    """The number of a text such as "12 weeks"."""
    unit = declared.unit.value
    match = _WITH_UNIT.fullmatch(raw.strip())
    if match is None:
        raise RefusedError(f"{shown(raw)} is no number", f"Write a number; its unit is {unit}.")
    number, given = match.groups()
    if given != unit:
        wrong = f"{shown(raw)} has the unit '{given}'" if given else f"{shown(raw)} is a text without a unit"
        raise RefusedError(f"{wrong}; this parameter is in '{unit}'", f'Write the number alone, or "<number> {unit}".')
    return int(number) if re.fullmatch(_WHOLE, number) else float(number)


def day_of(text: str) -> date:
    """The date that a key of a dated override is.

    Raises:
        RefusedError: It is none.
    """
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise RefusedError(f"'{text}' is no date", "Write year-month-day, such as 2023-10-01.")


def plain(number: Value) -> str:
    """A number without a needless fraction: 12, not 12.0; true and false for a switch."""
    if isinstance(number, bool):
        return str(number).lower()
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else str(number)


def shown(raw: Any) -> str:
    """A value as its author wrote it, more or less."""
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return f'"{raw}"'
    if isinstance(raw, dict):
        return "a table"
    return "a list" if isinstance(raw, list) else str(raw)


def words(raw: Any) -> str:
    """Some words.

    Raises:
        RefusedError: It is no text, or an empty one.
    """
    if not isinstance(raw, str) or not raw.strip():
        raise RefusedError(f"{shown(raw)} is no text", "Write some words in quotes.")
    return raw


def _source(raw: Any) -> str:
    """Words, in which whatever looks like an id stands in the evidence register."""
    said = words(raw)
    for id in _EVIDENCE_ID.findall(said):
        if id not in register():
            hint = suggestion(id, list(register()), "ids") + " Or say: assumed."
            raise RefusedError(f"'{id}' is no id of the evidence register", hint)
    return said


def day(raw: Any) -> date:
    """A date as TOML has it.

    Raises:
        RefusedError: It is none.
    """
    if isinstance(raw, datetime) or not isinstance(raw, date):
        raise RefusedError(f"{shown(raw)} is no date", "Write a date without quotes, such as 2009-01-01.")
    return raw


def _names(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(name, str) and name for name in raw):
        raise RefusedError(f"{shown(raw)} is no list of names", 'Write such as ["youth_project_2014_2017"].')
    return tuple(raw)


def _whole(low: int, high: int | None) -> Callable[[Any], int]:
    limits = f"from {low} to {high}" if high else f"of at least {low}"

    def check(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < low or (high and raw > high):
            raise RefusedError(f"{shown(raw)} is no whole number {limits}", "Write such a number.")
        return raw

    return check


def header(places: Sequence[str]) -> Mapping[str, Callable[[Any], Any]]:
    """The keys at the top of a scenario, and what checks each."""

    def place(raw: Any) -> str:
        name = words(raw)
        if name not in places:
            raise RefusedError(f'"{name}" is no known place', suggestion(name, places, "places"))
        return name

    return {
        "title": words,
        "description": words,
        "hypothesis": words,
        "source": _source,
        "scales_by": words,
        "place": place,
        "start": day,
        "end": day,
        "seed": _whole(0, None),
        "seeds": _whole(1, MOST_SEEDS),
        "pays_for_plan": _names,
    }
