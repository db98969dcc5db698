"""How much of what varies is luck: the share of the seed, in single runs and in the means over seeds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MUCH = 0.10
"""Share of luck in means from which on a warning is given."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The luck in an outcome; not a number where there is one seed.

    Attributes:
        share: Variance from seed to seed at one point, as a share of that of all single runs.
        left: Variance of luck in the means over seeds, as a share of that of these means from point to point.  Luck
            that a seed brings to all points alike moves none against another, and is not counted.
        deviation_left: Standard deviation of that luck, in the unit of the outcome.
        seeds: Seeds at each point.
    """

    share: float
    left: float
    deviation_left: float
    seeds: int

    @property
    def much(self) -> bool:
        """Is there so much luck left that indices are blurred?"""
        return self.left > MUCH


def noise_of(outcomes: NDArray[np.float64]) -> Noise:
    """The luck in an outcome.

    Args:
        outcomes: One row for each point, one column for each seed.

    >>> noise_of(np.array([[1.0, 3.0], [11.0, 13.0]])).share < 0.08  # the second seed has 2 more, here and there
    True
    >>> noise_of(np.array([[1.0, 3.0], [11.0, 13.0]])).left
    0.0
    """
    points, seeds = outcomes.shape
    if seeds < 2 or points < 2:
        return Noise(math.nan, math.nan, math.nan, seeds)
    all_runs, means = float(outcomes.var(ddof=1)), outcomes.mean(axis=1, keepdims=True)
    within = float(outcomes.var(axis=1, ddof=1).mean())
    rest = outcomes - means - outcomes.mean(axis=0, keepdims=True) + outcomes.mean()
    own = float((rest**2).sum()) / ((points - 1) * (seeds - 1)) / seeds
    between = float(means.var(ddof=1))
    return Noise(
        within / all_runs if all_runs > 0.0 else 0.0,
        own / between if between > 0.0 else 0.0,
        math.sqrt(own),
        seeds,
    )
