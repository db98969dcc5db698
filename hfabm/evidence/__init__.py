"""The figures the model leans on, each with its source; see README.md in this folder."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

# Published only as a change from the count before, so the register has it and the table of counts has not.
_COUNTS_IN_REGISTER = {("Odense", 2011): "P5.008"}

_SEPARATOR = re.compile(r"\s*(?:;|->|\s/\s|\bvs\b)\s*")
_LEADING_NUMBER = re.compile(r"(?:about )?(-?\d+(?:\.\d+)?)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure and where it stands.

    `value` is kept as written, since some rows hold a pair, a series or a rule; see `number` and `series`.
    `low` and `high` are None where no range is known, or where the row holds more than one.
    """

    id: str
    quantity: str
    value: str
    low: float | None
    high: float | None
    unit: str
    year: str
    scope: str
    source: str
    url: str
    confidence: str


@lru_cache(maxsize=1)
def register() -> dict[str, Evidence]:
    """Every figure of the register, by id."""
    return {row["id"]: _evidence(row) for row in _rows("register.csv")}


def cite(id: str) -> Evidence:
    """The figure with this id; an unknown id is a KeyError that names the nearest one."""
    return register()[_known(id, register(), "evidence id")]


def number(id: str) -> float:
    """The value of a figure that is one number."""
    value = cite(id).value
    try:
        return float(value)
    except ValueError:
        raise ValueError(f"evidence {id} is not one number: {value!r}; try series({id!r})") from None


def series(id: str) -> list[float]:
    """The numbers of a figure that holds a pair or a series, in the order they are written."""
    value = cite(id).value
    found = [_LEADING_NUMBER.match(part) for part in _SEPARATOR.split(value)]
    numbers = [float(match[1]) for match in found if match]
    if len(numbers) != len(found):
        raise ValueError(f"evidence {id} is not a series of numbers: {value!r}")
    return numbers


def observed_counts(municipality: str) -> dict[int, int]:
    """Published week 6 counts of a municipality's own homeless citizens, by year.

    Counts of people who merely stay there are another definition and left out, and so are disputed,
    rounded and home-made figures.

    Args:
        municipality: The Danish name, such as "Odense", or the code, such as "0461".
    """
    names = {row["code"]: row["name"] for row in _rows("municipalities.csv")}
    name = names.get(municipality) or _known(municipality, names.values(), "municipality")
    counts = {
        int(row["year"]): int(row["value"])
        for row in _rows("homelessness_observed.csv")
        if row["name"] == name and row["measure"] == "count_home_municipality" and row["flag"] == "ok"
    }
    for (place, year), id in _COUNTS_IN_REGISTER.items():
        if place == name:
            counts[year] = int(number(id))
    return dict(sorted(counts.items()))


@lru_cache(maxsize=1)
def municipalities() -> tuple[str, ...]:
    """The names of the 98, in the order of their codes."""
    return tuple(row["name"] for row in _rows("municipalities.csv"))


@lru_cache(maxsize=1)
def national_counts() -> dict[int, int]:
    """Week 6 counts of people in homelessness in the whole country, by year."""
    rows = _rows("homeless_counts.csv")
    counts = {int(r["year"]): int(r["value"]) for r in rows if (r["scope"], r["category"]) == ("national", "total")}
    return dict(sorted(counts.items()))


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__name__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _evidence(row: dict[str, str]) -> Evidence:
    text = {key: row[key] for key in row if key not in ("low", "high")}
    return Evidence(**text, low=_bound(row["low"]), high=_bound(row["high"]))


def _bound(cell: str) -> float | None:
    return float(cell) if cell and " / " not in cell else None


def _known(name: str, names: Iterable[str], what: str) -> str:
    choices = list(names)
    if name in choices:
        return name
    nearest = get_close_matches(name, choices, n=1, cutoff=0.0)[0]
    raise KeyError(f"no {what} {name!r}; the nearest is {nearest!r}")
