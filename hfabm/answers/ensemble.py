"""The runs that an analysis needs, all of them: an incomplete set is refused, never thinned out.

A run that failed is seldom one of chance.  An index or a rule learnt without it would be of another set of points
than the design's, so what is missing is named instead.  A run that ended may still have no value of an outcome,
such as the weeks to a home where nobody was placed: those are named too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.experiments.results import NOT_MADE, Results
from hfabm.experiments.study import Kind

NO_VALUE = "no value"
"""Status of a run that ended without a value of the outcome, as nobody it is said of came to be."""
NAMED = 5
"""Runs that a message names; all of them are kept beside it."""

Point = tuple[int, int]
"""A policy and a future."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A run without a value of an outcome.

    Attributes:
        policy: Its policy.
        future: Its future.
        seed: Its seed.
        status: Why: not made, failed, killed or no value.
    """

    policy: int
    future: int
    seed: int
    status: str

    def __str__(self) -> str:
        return f"policy {self.policy}, future {self.future}, seed {self.seed}: {self.status}"


class Incomplete(Exception):
    """Runs that an analysis needs have no value of its outcome.

    Attributes:
        missing: Every one of them.
    """

    def __init__(self, metric: str, missing: Sequence[Lacking], needed: int) -> None:
        self.missing = tuple(missing)
        lines = [f"{len(missing):,} of {needed:,} runs that this needs have no {metric}:"]
        lines += [f"  {one}" for one in self.missing[:NAMED]]
        if len(missing) > NAMED:
            lines.append(f"  and {len(missing) - NAMED:,} more")
        found = {one.status for one in missing}
        if NOT_MADE in found:
            lines.append("Make the missing ones: `hfabm experiment ... --resume`.")
        if found - {NOT_MADE, NO_VALUE}:
            lines.append("See why runs failed: `hfabm failed DIR`; then make them again with --retry.")
        if NO_VALUE in found:
            lines.append("No value: there was nobody it is said of. Choose an outcome that every run has.")
        super().__init__("\n".join(lines))


def outcomes_at(results: Results, metric: str, points: Sequence[Point]) -> NDArray[np.float64]:
    """An outcome at some points, one column for each seed of the study.

    Raises:
        Incomplete: A run of these is missing, or has no value.
        ValueError: There is no such outcome.
    """
    if metric not in results.runs:
        raise ValueError(f"runs have no outcome {metric!r}: the study is about {', '.join(results.study.metrics)}")
    seeds = list(results.study.seeds)
    wanted = pd.MultiIndex.from_tuples(
        [(policy, future, seed) for policy, future in points for seed in seeds], names=["policy", "future", "seed"]
    )
    told = results.runs.set_index(["policy", "future", "seed"])[metric].reindex(wanted)
    values = told.to_numpy(np.float64)
    without = np.flatnonzero(~np.isfinite(values))
    if len(without):
        raise Incomplete(metric, _lacking(results, wanted[without]), len(wanted))
    return values.reshape(len(points), len(seeds))


def _lacking(results: Results, runs: pd.MultiIndex) -> list[Lacking]:
    known = results.missing.set_index(["policy", "future", "seed"])["status"].to_dict()
    there = set(results.runs.set_index(["policy", "future", "seed"]).index)
    return [
        Lacking(int(run[0]), int(run[1]), int(run[2]), known.get(run, NO_VALUE if run in there else NOT_MADE))
        for run in runs
    ]


def effects_at(results: Results, metric: str, policy: int, futures: Sequence[int]) -> NDArray[np.float64]:
    """What a policy does to an outcome in some futures: the policy less the base, seed by seed.

    Raises:
        Incomplete: A run of these is missing, or has no value.
        ValueError: There is no such outcome.
    """
    points = [(number, future) for number in (0, policy) for future in futures]
    base, reform = np.split(outcomes_at(results, metric, points), 2)
    return np.asarray(reform - base)


def known_policy(results: Results, policy: int) -> int:
    """The policy, if there is one of that number.

    Raises:
        ValueError: There is none.
    """
    if policy not in results.policies.index:
        raise ValueError(f"there is no policy {policy}: this study has 0 to {results.policies.index.max()}")
    return policy


def sampled_futures(results: Results) -> list[int]:
    """The futures of the sample, in its order."""
    return [int(future) for future in results.futures.index[results.futures["sampled"].to_numpy(bool)]]


def independent_futures(results: Results) -> list[int]:
    """Futures of the sample that lie apart from each other: shares of them mean something.

    In Saltelli's sample those between the ends of a block repeat them but for one factor.

    Raises:
        ValueError: The points lie on a few trajectories, and none is apart.
    """
    every, design = sampled_futures(results), results.study.futures
    if design.kind is Kind.MORRIS:
        what = f"the points of a Morris design lie on {design.points} trajectories, and shares of them mean nothing"
        raise ValueError(f"{what}: sample the uncertainties by latin_hypercube or sobol")
    if design.kind is not Kind.SOBOL:
        return every
    block = len(results.study.uncertainties) + 2
    return [future for place, future in enumerate(every) if place % block in (0, block - 1)]
