"""Packages made larger or smaller by one lever, until they cost the same.

The lever takes the value of the base plus a scale times what the package adds to it, at every date; what else the
package changes stays as it is.  Cost is a stepped and slightly rough function of the scale: luck is shared, but
everybody whom a change touches goes on differently.  So ends are searched first that lie on either side of the
target, then the target between them, in few runs; what comes nearest is taken, and how near it came is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from hfabm.parameters.scenario import Steps
from hfabm.results.lever import Lever
from hfabm.results.rules import value_on
from hfabm.results.words import number

CLOSE = 0.02
"""Share of the budget by which a cost may miss it."""
CLOSE_TO_NOTHING = 1e-5
"""Share of what the base costs that a cost may miss at least: a budget may be nought."""
MOST_TRIES = 12
"""Scales that are tried at most, besides those that come to the same values."""

Costs = NDArray[np.float64]
Cost = Callable[[Steps], Sequence[float] | Costs]
"""Extra net public cost a year with some values of a lever, by seed [DKK/year]."""


class BudgetError(Exception):
    """A package cannot be scaled to a budget."""


@dataclass(frozen=True)
class Scaled:
    """A package that was scaled to a budget.

    Attributes:
        lever: What it was scaled by.
        scale: How far: 1 is as written.
        target: Extra net public cost a year that was sought [DKK/year].
        written: Extra cost as written [DKK/year].
        cost: Extra cost reached [DKK/year].
        tolerance: Share of the budget by which it may miss [DKK/year].
        error: Standard error of the miss, paired by seed; not a number with one seed [DKK/year].
        tries: How many scales were run.
    """

    lever: Lever
    scale: float
    target: float
    written: float
    cost: float
    tolerance: float
    error: float
    tries: int

    @property
    def reached(self) -> str:
        """How well the budget was met: `met`, `within noise`, or `missed` where steps are too coarse."""
        miss = abs(self.cost - self.target)
        if miss <= self.tolerance:
            return "met"
        return "within noise" if miss <= self.error else "missed"

    def as_json(self) -> dict[str, Any]:
        """The parts, for programs and tables."""
        course = [
            {"from": day.isoformat(), "base": a, "written": b, "scaled": value_on(self.lever.at(self.scale), day)}
            for day, a, b in self.lever.courses()
        ]
        d = self.lever.declared
        return {
            "lever": d.key, "unit": d.unit.value, "range": [d.low, d.high], "scale": self.scale, "course": course,
            "target_dkk_year": self.target, "written_dkk_year": self.written, "reached_dkk_year": self.cost,
            "tolerance_dkk_year": self.tolerance,
            "standard_error_dkk_year": None if math.isnan(self.error) else self.error,
            "reached": self.reached, "tries": self.tries,
        }  # fmt: skip


def scaled(lever: Lever, cost: Cost, target: Sequence[float] | Costs, least: float) -> Scaled:
    """Find the scale at which a package costs what is sought.

    Args:
        lever: What it is scaled by, from nothing to the end of its range.
        cost: What the package costs with some values of the lever.
        target: What it should cost, by seed [DKK/year].
        least: What may be missed in any case [DKK/year].

    Raises:
        BudgetError: The target lies beyond what it costs at both ends of the range.
    """
    search = _Search(lever, cost, np.asarray(target, np.float64), least)
    ends = search.ends()
    if ends is not None:
        brentq(search.miss, *ends, xtol=lever.grain, maxiter=100, disp=False)
    return search.best()


class _Search:
    """The scales tried so far, and what each cost."""

    def __init__(self, lever: Lever, cost: Cost, target: Costs, least: float) -> None:
        self.lever, self.cost, self.target = lever, cost, target
        self.tolerance = max(CLOSE * abs(float(target.mean())), least)
        self.costs: dict[Steps, tuple[float, Costs]] = {}

    def miss(self, scale: float) -> float:
        """What a scale costs too much; nought where it is close enough, or where enough was tried."""
        values = self.lever.at(scale)
        if values not in self.costs:
            if len(self.costs) >= MOST_TRIES:
                return 0.0
            self.costs[values] = scale, np.asarray(self.cost(values), np.float64)
        miss = float((self.costs[values][1] - self.target).mean())
        return 0.0 if abs(miss) <= self.tolerance else miss

    @property
    def met(self) -> bool:
        """Was a scale close enough, or were enough tried?"""
        return len(self.costs) >= MOST_TRIES or any(self.miss(scale) == 0.0 for scale, _ in self.costs.values())

    def ends(self) -> tuple[float, float] | None:
        """Two scales between which the target lies; None where one met it.

        Raises:
            BudgetError: There are none in the range.
        """
        near, low = self.miss(1.0), self.miss(0.0)
        if near == 0.0 or low == 0.0:
            return None
        if near * low > 0.0:
            return self._beyond(0.0, low, near) or self._within(near)
        middle = self.miss(0.5)
        if middle * near > 0.0 and abs(middle) > abs(near):
            # a value of nought means no such rule, and a small one the harshest: less of it lies further on
            found = self._beyond(0.5, middle, near)
            return found if found or self.met else (0.0, 0.5)
        return (0.0, 0.5) if middle * low < 0.0 else (0.5, 1.0)

    def _beyond(self, before: float, past: float, near: float) -> tuple[float, float] | None:
        """Two scales from 1 to the end of the range between which the target lies.

        Args:
            before: A scale below 1.
            past: What it misses the target by.
            near: What the package as written misses it by.
        """
        scale = 1.0
        while scale < self.lever.most and near != 0.0:
            slope = (near - past) / (scale - before)
            # a little beyond where a straight line meets the target; far where none does
            straight = scale - 1.1 * near / slope if slope * near < 0.0 else math.inf
            before, past = scale, near
            scale = min(self.lever.most, max(1.25 * scale, min(straight, 4.0 * scale)))
            near = self.miss(scale)
            if near * past < 0.0:
                return before, scale
        return None

    def _within(self, near: float) -> tuple[float, float] | None:
        """Two scales below 1 between which the target lies, though at the ends it misses it on the same side."""
        for scale in (0.5, 0.25):
            if not self.met and self.miss(scale) * near < 0.0:
                return scale, 2.0 * scale
        if self.met:
            return None
        raise self._unreachable()

    def _unreachable(self) -> BudgetError:
        d, most = self.lever.declared, self.lever.most
        tried = sorted((scale, float(costs.mean())) for scale, costs in self.costs.values())
        day = max(day for day, without, with_it in self.lever.courses() if without != with_it)
        low, high = (number(value_on(self.lever.at(scale), day)) for scale in (0.0, most))
        costs = [cost for _, cost in tried]
        return BudgetError(
            f"{d.key}: no value makes the package add {number(float(self.target.mean()))} DKK a year to the net "
            f"public cost. At {low} {d.unit}, as the base has it, it adds {number(costs[0])}; at {high}, the end of "
            f"the range {number(d.low)} to {number(d.high)}, it adds {number(costs[-1])}; the {len(costs)} values that "
            f"were tried add from {number(min(costs))} to {number(max(costs))}. Choose another --budget, or another "
            "lever with --by."
        )

    def best(self) -> Scaled:
        """What came nearest to the target."""
        scale, costs = min(self.costs.values(), key=lambda tried: abs(float((tried[1] - self.target).mean())))
        miss = costs - self.target
        error = float(miss.std(ddof=1)) / math.sqrt(miss.size) if miss.size > 1 else math.nan
        written = float(self.costs[self.lever.at(1.0)][1].mean())
        found = float(costs.mean()), self.tolerance, error, len(self.costs)
        return Scaled(self.lever, scale, float(self.target.mean()), written, *found)
