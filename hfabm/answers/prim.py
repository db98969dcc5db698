"""PRIM: a box in the space of factors in which cases are dense, that one can say in a line.

From the whole space a small slice is peeled off again and again, where that raises the density of cases most for
the points that it costs; the best boxes on the way have their sides moved out again (pasted) as far as the density
does not fall; one is picked by its score; and restrictions that could as well be luck are dropped.

    coverage    share of all cases that lie in the box
    density     share of the points in the box that are cases
    mass        share of all points that lie in the box
    score       F, the harmonic mean of coverage and density: the box that is picked has the highest

References: Friedman and Fisher, 1999, Statistics and Computing 9(2); Bryant and Lempert, 2010, Technological
Forecasting and Social Change 77(1), on coverage, density and the test of each restriction.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PEEL, PASTE = 0.05, 0.01
"""Share of the points of a box in a slice that is taken off, or laid on again."""
LEAST_MASS = 0.05
"""Mass below which nothing more is peeled."""
BEST = 3
"""Boxes that are pasted."""
BY_LUCK = 0.05
"""Quasi-p from which on a restriction is dropped."""

Marks = NDArray[np.bool_]
Column = NDArray[Any]
"""Numbers, or choices as text."""


@dataclass(frozen=True, slots=True)
class Within:
    """A number lies between two others; neither end is one of the points."""

    low: float = -math.inf
    high: float = math.inf

    def holds(self, values: Column) -> Marks:
        """Which values lie within."""
        return np.asarray((values > self.low) & (values < self.high))


@dataclass(frozen=True, slots=True)
class Among:
    """A choice is one of some."""

    choices: frozenset[str]

    def holds(self, values: Column) -> Marks:
        """Which values are among them."""
        return np.isin(values, list(self.choices))


Restriction = Within | Among


@dataclass(frozen=True)
class Box:
    """A box.

    Attributes:
        restrictions: By factor: where the box ends; factors that are not restricted are not in it.
        coverage: Share of all cases that lie in it.
        density: Share of its points that are cases.
        points: Points in it.
        mass: Share of all points that lie in it.
        quasi_p: By factor: how likely as many cases would be among as many points without its restriction.
    """

    restrictions: Mapping[str, Restriction]
    coverage: float
    density: float
    points: int
    mass: float
    quasi_p: Mapping[str, float]

    @property
    def score(self) -> float:
        """Harmonic mean of coverage and density."""
        return _harmonic(self.coverage, self.density)


@dataclass(frozen=True)
class Prim:
    """What a search found.

    Attributes:
        box: The box picked, pasted and freed of restrictions that could be luck.
        trajectory: The boxes of the peeling: coverage, density, score, mass, points, dims; `picked` is the one that
            the box came from.
    """

    box: Box
    trajectory: pd.DataFrame


def prim(values: pd.DataFrame, cases: Marks) -> Prim:
    """Find a box in which cases are dense.

    Args:
        values: One row for each point; columns of numbers, or of choices as text.
        cases: Which points are cases; some must be.

    Raises:
        ValueError: No point is a case.
    """
    if not cases.any():
        raise ValueError("there are no cases to find a box for")
    search = _Search(_columns(values), cases)
    boxes = list(search.peeled())
    best = sorted(range(len(boxes)), key=lambda k: -boxes[k].score)[:BEST]
    pasted = {k: search.pasted(boxes[k]) for k in best}
    picked = max(best, key=lambda k: pasted[k].score)
    rows = [
        (box.coverage, box.density, box.score, box.mass, box.points, len(box.restrictions), k == picked)
        for k, box in enumerate(boxes)
    ]
    columns = ["coverage", "density", "score", "mass", "points", "dims", "picked"]
    return Prim(search.freed(pasted[picked]), pd.DataFrame(rows, columns=columns))


def best_score(values: pd.DataFrame, cases: Marks) -> float:
    """The highest score on the way of a peeling: what a search is compared by with those of shuffled cases."""
    best = 0.0
    for box in _Search(_columns(values), cases).peeled():
        best = max(best, box.score)
        # coverage only falls from here, and density is one at most
        if _harmonic(box.coverage, 1.0) <= best:
            break
    return best


def _harmonic(one: float, other: float) -> float:
    return 2.0 * one * other / (one + other) if one + other > 0.0 else 0.0


def _columns(values: pd.DataFrame) -> dict[str, Column]:
    numeric = pd.api.types.is_numeric_dtype
    return {
        str(name): column.to_numpy(np.float64 if numeric(column) and column.dtype != bool else np.str_)
        for name, column in values.items()
    }


@dataclass(frozen=True)
class _Search:
    columns: Mapping[str, Column]
    cases: Marks

    @cached_property
    def all_cases(self) -> int:
        return int(self.cases.sum())

    def inside(self, restrictions: Mapping[str, Restriction]) -> Marks:
        marks = np.ones(len(self.cases), np.bool_)
        for name, restriction in restrictions.items():
            marks &= restriction.holds(self.columns[name])
        return marks

    def box(self, restrictions: Mapping[str, Restriction]) -> Box:
        marks = self.inside(restrictions)
        points, found = int(marks.sum()), int(self.cases[marks].sum())
        return Box(dict(restrictions), found / self.all_cases, found / points, points, points / len(marks), {})

    def peeled(self) -> Iterator[Box]:
        """The boxes of a peeling, from the whole space on."""
        box: Box | None = self.box({})
        while box is not None:
            yield box
            box = self._peeled(box) if box.density < 1.0 else None

    def _peeled(self, box: Box) -> Box | None:
        """The box less the slice that gains most density for its points; none where too little would be left."""
        marks = self.inside(box.restrictions)
        cases, best, best_gain = self.cases[marks], None, -math.inf
        for name, restriction in self._slices(box, marks):
            kept = restriction.holds(self.columns[name][marks])
            points = int(kept.sum())
            if points < max(LEAST_MASS * len(marks), 1):
                continue
            gain = (cases[kept].mean() - box.density) / (box.points - points)
            if gain > best_gain:
                best, best_gain = {**box.restrictions, name: restriction}, gain
        return self.box(best) if best is not None else None

    def _slices(self, box: Box, marks: Marks) -> Iterator[tuple[str, Restriction]]:
        """The box without a slice at either end of a number, or without one choice."""
        for name, column in self.columns.items():
            within, there = box.restrictions.get(name, Within()), column[marks]
            if np.issubdtype(column.dtype, np.str_):
                choices = frozenset(str(value) for value in np.unique(there))
                yield from ((name, Among(choices - {one})) for one in sorted(choices) if len(choices) > 1)
            elif isinstance(within, Within):
                low, high = _next_above(there), -_next_above(-there)
                yield from [(name, replace(within, low=low))] if math.isfinite(low) else []
                yield from [(name, replace(within, high=high))] if math.isfinite(high) else []

    def pasted(self, box: Box) -> Box:
        """The box with its sides moved out as far as the density does not fall."""
        while wider := [one for one in map(self.box, self._wider(box)) if one.density >= box.density]:
            box = max(wider, key=lambda one: (one.density, one.coverage))
        return box

    def _wider(self, box: Box) -> Iterator[dict[str, Restriction]]:
        for name, old in box.restrictions.items():
            others = {other: one for other, one in box.restrictions.items() if other != name}
            outside = self.columns[name][self.inside(others) & ~old.holds(self.columns[name])]
            if isinstance(old, Among):
                yield from ({**others, name: Among(old.choices | {str(one)})} for one in np.unique(outside))
                continue
            step = max(int(PASTE * box.points), 1)
            below, above = np.sort(-outside[outside <= old.low]), np.sort(outside[outside >= old.high])
            if len(below):
                yield {**others, name: replace(old, low=-_between(below, min(step, len(below))))}
            if len(above):
                yield {**others, name: replace(old, high=_between(above, min(step, len(above))))}

    def freed(self, box: Box) -> Box:
        """The box without restrictions that could be luck, the likeliest first, and the quasi-p of the others."""
        while box.restrictions:
            quasi_p = {name: self._quasi_p(box, name) for name in box.restrictions}
            name = max(quasi_p, key=lambda one: quasi_p[one])
            if quasi_p[name] <= BY_LUCK:
                return replace(box, quasi_p=quasi_p)
            box = self.box({other: one for other, one in box.restrictions.items() if other != name})
        return box

    def _quasi_p(self, box: Box, name: str) -> float:
        from scipy.stats import binom

        without = self.box({other: one for other, one in box.restrictions.items() if other != name})
        return float(binom.sf(round(box.density * box.points) - 1, box.points, without.density))


def _next_above(values: NDArray[np.float64]) -> float:
    """Where to cut so that the lowest slice is left out, halfway between two values; infinite where all are equal."""
    ordered = np.sort(values)
    slice_end = max(int(PEEL * len(ordered)), 1)
    cut = int(np.searchsorted(ordered, ordered[min(slice_end, len(ordered) - 1)]))
    return _between(ordered, cut or int(np.searchsorted(ordered, ordered[0], side="right")))


def _between(ordered: NDArray[np.float64], count: int) -> float:
    """A number that as many values lie below, and no less than so many; infinite where all do."""
    count = int(np.searchsorted(ordered, ordered[count - 1], side="right"))
    return float(ordered[count - 1] + ordered[count]) / 2.0 if count < len(ordered) else math.inf
