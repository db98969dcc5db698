"""Find figures of the evidence register, and parameters, by words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any, TypeVar

import pandas as pd

from hfabm.evidence import Evidence, register
from hfabm.parameters.declare import BEGINNING
from hfabm.parameters.report import rows, worded
from hfabm.schedule import SECTIONS

GRADES = ("high", "medium", "derived", "low", "none")
"""Grades of confidence, from the best down."""
AT_A_TIME = 25
"""Rows of a page."""
T = TypeVar("T")


def figures(words: str = "", grade: str = "") -> list[Evidence]:
    """Figures of the register in which every word occurs, an id that is all of the words first.

    Args:
        words: Words, parts of words, or an id; any case.
        grade: Only of this confidence; all where empty.
    """
    asked = words.casefold().split()
    graded = (one for one in register().values() if not grade or one.confidence == grade)
    found = [one for one in graded if _has(asked, _text_of(one))]
    return sorted(found, key=lambda one: one.id.casefold() != words.strip().casefold())


def parameters(words: str = "", role: str = "", assumed: bool | None = None) -> list[Mapping[str, Any]]:
    """Parameters in which every word occurs, as `hfabm.parameters.report.rows` has them.

    Args:
        words: Words or parts of words of key, meaning, unit and source; any case.
        role: Only of this role; all where empty.
        assumed: Only those that are assumed, or only those that rest on evidence; both where None.
    """
    asked = words.casefold().split()
    return [
        row
        for row in all_parameters()
        if (not role or row["role"] == role)
        and (assumed is None or row["assumed"] is assumed)
        and _has(asked, f"{row['key']} {row['means']} {row['unit']} {row['source']}")
    ]


@cache
def all_parameters() -> tuple[Mapping[str, Any], ...]:
    """Every parameter of the model."""
    return tuple(rows(SECTIONS))


def value_of(row: Mapping[str, Any]) -> str:
    """The value of a parameter, with the days from which it changes."""
    from datetime import date

    steps = [
        (BEGINNING if step["from"] is None else date.fromisoformat(step["from"]), step["value"])
        for step in row["steps"]
    ]
    return worded(tuple(steps))


def page_of(found: Sequence[T], number: int) -> tuple[Sequence[T], int, int]:
    """A page of rows, its number where the one asked for is not there, and how many pages there are."""
    pages = max(1, -(-len(found) // AT_A_TIME))
    number = min(max(0, number), pages - 1)
    return found[number * AT_A_TIME : (number + 1) * AT_A_TIME], number, pages


def figures_frame(found: Iterable[Evidence]) -> pd.DataFrame:
    """Figures as a table, with the columns of the register."""
    names = ["id", "quantity", "value", "low", "high", "unit", "year", "scope", "source", "url", "confidence"]
    return pd.DataFrame([asdict(one) for one in found], columns=names)


def parameters_frame(found: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Parameters as a table."""
    names = ["key", "value", "unit", "low", "high", "role", "grade", "source", "price_year", "means"]
    told = [{**row, "value": value_of(row), "grade": "assumed" if row["assumed"] else "evidence"} for row in found]
    return pd.DataFrame(told, columns=names)


def _text_of(one: Evidence) -> str:
    return " ".join((one.id, one.quantity, one.value, one.unit, one.year, one.scope, one.source, one.url))


def _has(words: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
