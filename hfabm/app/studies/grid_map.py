"""The grid of a study as heat maps: two levers across and down, a map for each choice of a third."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hfabm.answers.finding import Answers
from hfabm.answers.grid import is_grid
from hfabm.experiments.results import Results
from hfabm.experiments.study import Factor

MOST_CELLS = 12
"""Columns or rows of a map that can still be read."""


@dataclass(frozen=True, slots=True)
class GridMap:
    """One map.

    Attributes:
        columns: The lever across.
        rows: The lever down.
        at: A third lever and its choice; None where there are two.
        values: Difference to the base by row and column, in `unit`; None where no run was made.
        doubtful: Cells whose interval over the seeds holds nought.
        unit: Unit of the values.
    """

    columns: Factor
    rows: Factor
    at: tuple[str, str] | None
    values: tuple[tuple[float | None, ...], ...]
    doubtful: tuple[tuple[bool, ...], ...]
    unit: str


def grid_maps(answers: Answers, metric: str) -> tuple[GridMap, ...]:
    """The maps of an outcome; none where the study is no grid of two or three levers."""
    results, levers = answers.results, answers.results.study.levers
    if len(levers) not in (2, 3) or not is_grid(results) or "effects" not in answers.tables:
        return ()
    across, down, *third = sorted(levers, key=lambda lever: -len(lever.choices))
    if len(across.choices) > MOST_CELLS:
        return ()
    return tuple(_maps(answers, metric, (across, down), third[0] if third else None))


def _maps(answers: Answers, metric: str, sides: tuple[Factor, Factor], third: Factor | None) -> Iterator[GridMap]:
    table = answers.tables["effects"]
    found = table[table["metric"] == metric].set_index("policy")
    if found.empty:
        return
    across, down = sides
    places = _places(answers.results)
    for choice in third.choices if third else (None,):
        fixed = {(third.name, choice.label)} if third and choice else set()
        values, doubtful = [], []
        for row in down.choices:
            here = [places[frozenset({(across.name, c.label), (down.name, row.label), *fixed})] for c in across.choices]
            values.append(tuple(_value(found["difference"].get(policy, 0.0)) for policy in here))
            doubtful.append(tuple(not found["clear"].get(policy, False) for policy in here))
        at = (third.name, choice.label) if third and choice else None
        yield GridMap(across, down, at, tuple(values), tuple(doubtful), str(found["unit"].iloc[0]))


def _places(results: Results) -> dict[frozenset[tuple[str, str]], int]:
    """The policy of each combination of choices."""
    choices = results.policies.drop(columns="label")
    labels = {lever.name: {_same(choice.label): choice.label for choice in lever.choices}
              for lever in results.study.levers}  # fmt: skip
    return {
        frozenset((str(name), labels[str(name)][_same(value)]) for name, value in row.items()): int(policy)
        for policy, row in zip(choices.index, choices.to_dict("records"), strict=True)
    }


def _same(value: object) -> str:
    """A choice as text: choices that are numbers stand as numbers in one table and as labels in another."""
    try:
        return f"{float(str(value)):.6g}"
    except ValueError:
        return str(value)


def _value(value: float) -> float | None:
    return float(value) if value == value else None
