"""Differences between policies, run by run: the same future and the same seed on both sides."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.experiments.results import Results
from hfabm.results.compare import t_975

Panel = NDArray[np.float64]
"""An outcome by policy, future and seed; not a number where a run has none."""

DRAWS = 2000
"""Draws of a bootstrap over seeds."""
DRAWING_SEED = 1


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over seeds with its 95 % interval (Student's t); no interval where one seed tells.

    Attributes:
        value: The mean.
        low: Lower end.
        high: Upper end.
        seeds: How many seeds tell.
    """

    value: float
    low: float
    high: float
    seeds: int

    @property
    def clear(self) -> bool:
        """Does the interval leave 0 out?"""
        return self.low > 0.0 or self.high < 0.0


def panel_of(frame: pd.DataFrame, column: str, results: Results) -> Panel:
    """A column of runs by policy, future and seed of the study."""
    seeds = list(results.study.seeds)
    every = pd.MultiIndex.from_product([results.policies.index, results.futures.index, seeds])
    values = frame.set_index(["policy", "future", "seed"])[column].reindex(every).to_numpy(np.float64)
    return np.asarray(values.reshape(len(results.policies), len(results.futures), len(seeds)))


def outcome(results: Results, metric: str) -> Panel:
    """An outcome by policy, future and seed.

    Raises:
        ValueError: No run has such an outcome.
    """
    if metric not in results.runs:
        raise ValueError(f"runs have no outcome {metric!r}")
    return panel_of(results.runs, metric, results)


def asked(results: Results) -> NDArray[np.bool_]:
    """The futures that effects are told of: the defaults where the study has them, else all."""
    sampled = results.futures["sampled"].to_numpy(bool)
    return ~sampled if not sampled.all() else sampled


def drawn(results: Results) -> NDArray[np.bool_]:
    """The futures of the sample."""
    return results.futures["sampled"].to_numpy(bool)


def over_base(panel: Panel) -> Panel:
    """What each policy adds to the base, future by future and seed by seed."""
    return np.asarray(panel - panel[:1])


def by_seed(panel: Panel, futures: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Means over some futures, by policy and seed; not a number where a future is missing."""
    return np.asarray(panel[:, futures].mean(axis=1))


def mean_of(values: NDArray[np.float64]) -> Mean:
    """The mean of one number for each seed; seeds without one are left out, and counted."""
    told = values[np.isfinite(values)]
    if not told.size:
        return Mean(math.nan, math.nan, math.nan, 0)
    mean = float(told.mean())
    if told.size == 1:
        return Mean(mean, math.nan, math.nan, 1)
    half = t_975(told.size - 1) * float(told.std(ddof=1)) / math.sqrt(told.size)
    return Mean(mean, mean - half, mean + half, int(told.size))


def redrawn(seeds: int, draws: int = DRAWS) -> NDArray[np.int64]:
    """Seeds drawn again with replacement, the same at every call."""
    return np.random.default_rng(DRAWING_SEED).integers(0, seeds, (draws, seeds))


def levers_moved(results: Results) -> NDArray[np.int64]:
    """How many levers each policy moves away from the base: 0 is the base, 1 a single reform, more a mix."""
    choices = results.policies.drop(columns="label")
    if choices.empty:
        return np.arange(len(choices)).clip(max=1)
    base = choices.iloc[0]
    moved = (choices != base) & ~(choices.isna() & base.isna())
    return moved.sum(axis=1).to_numpy(np.int64)
