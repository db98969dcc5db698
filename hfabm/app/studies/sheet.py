"""Tables for people and for their spreadsheets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from hfabm.language import Language, has, number, say
from hfabm.metrics.catalogue import OUTCOMES

MARK = "\ufeff"
"""Tells a spreadsheet that letters are UTF-8."""
NOTHING = "\u2013"
_METRICS = {metric.name for metric in OUTCOMES}


def csv_of(frame: pd.DataFrame, language: Language) -> str:
    """A table as CSV, as the spreadsheets of a language read it: in Danish with semicolons and decimal commas.

    Args:
        frame: The table; its index is left out.
        language: The language; column names and codes stay as they are.
    """
    separator, decimal = (";", ",") if language is Language.DA else (",", ".")
    return MARK + str(frame.to_csv(index=False, sep=separator, decimal=decimal, lineterminator="\n"))


def heads(frame: pd.DataFrame, language: Language) -> list[str]:
    """Names of columns for people."""
    return [column_name(str(name), language) for name in frame.columns]


def column_name(name: str, language: Language) -> str:
    """The name of a column for people."""
    key = f"studies.column.{name}"
    return say(key, language) if has(key) else name.replace("_", " ").capitalize()


def numeric(frame: pd.DataFrame) -> list[int]:
    """Places of columns that hold numbers and no answers of yes or no."""
    kinds = frame.dtypes
    return [
        k
        for k, kind in enumerate(kinds)
        if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
    ]


def cells(frame: pd.DataFrame, language: Language) -> list[list[str]]:
    """Rows as text."""
    names = [str(name) for name in frame.columns]
    return [
        [cell(value, name, language) for name, value in zip(names, row, strict=True)]
        for row in frame.itertuples(index=False)
    ]


def cell(value: Any, column: str, language: Language) -> str:
    """One value as text."""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return say("studies.yes" if value else "studies.no", language)
    if isinstance(value, (int, float)) or hasattr(value, "dtype"):
        return _number(float(value), column, language)
    text = "" if value is None else str(value)
    return _coded(text, column, language)


def _number(value: float, column: str, language: Language) -> str:
    if not math.isfinite(value):
        return NOTHING
    if column in ("year", "policy", "future", "seed"):
        return f"{value:.0f}"
    return number(value, language, _digits(value))


def _digits(value: float) -> int:
    """Decimals that leave three or four digits that tell."""
    if value == round(value) or abs(value) >= 1000.0:
        return 0
    return next((digits for least, digits in ((100.0, 1), (1.0, 2), (0.1, 3)) if abs(value) >= least), 4)


def _coded(text: str, column: str, language: Language) -> str:
    """Names of outcomes and units, and other fixed words, in the language of the visitor."""
    keys: Sequence[str] = {
        "metric": (f"metrics.{text}",), "unit": (f"units.{text}",), "measure": (f"studies.value.{text}",),
        "verdict": (f"studies.value.{text}",), "better": (f"studies.value.{text}",),
        "payer": (f"studies.value.{text}",), "kind": (f"studies.value.{text}",),
    }.get(column, ())  # fmt: skip
    if column == "metric" and text not in _METRICS:
        return text
    return next((say(key, language) for key in keys if has(key)), text)
