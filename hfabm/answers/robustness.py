"""Which policy does well whatever the future brings: regret, chances of being best, and how often it is good enough."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.ensemble import independent_futures
from hfabm.answers.paired import outcome, over_base, redrawn
from hfabm.experiments.results import Results
from hfabm.metrics.metric import Better

WORST = 90.0
"""Percentile of regret that is told."""
REDRAWN = 500
"""Draws over seeds for the chance of being best."""


def robustness(results: Results, metric: str, better: Better) -> pd.DataFrame:
    """Every policy over the sampled futures, on means over the seeds.

    Args:
        results: The runs; a future in which a policy has none is left out, for all.
        metric: An outcome.
        better: Which direction of it is better.

    Returns:
        One row for each policy, the smallest highest regret first: regret (what the best policy of that future would
        have done better; mean, 90th percentile, highest, unit of the outcome), the share of futures in which it is
        best with an interval over the seeds, its worst outcome, the share in which it is better than the base, within
        the budget and at the target; futures is how many tell, left_out how many do not.

    Raises:
        ValueError: The study has fewer than two sampled futures that lie apart.
    """
    futures = results.futures.index.isin(independent_futures(results))
    panel = outcome(results, metric)[:, futures]
    whole = np.isfinite(panel).all(axis=(0, 2))
    if whole.sum() < 2:
        raise ValueError("fewer than two sampled futures have runs of every policy: nothing to be robust against")
    loss = panel[:, whole] * (1.0 if better == "lower" else -1.0)
    means = loss.mean(axis=2)
    regret = means - means.min(axis=0)
    best_low, best_high = _chances(loss)
    found = pd.DataFrame(
        {
            "policy": results.policies.index, "label": results.policies["label"].to_numpy(), "metric": metric,
            "regret_mean": regret.mean(axis=1), "regret_90": np.percentile(regret, WORST, axis=1),
            "regret_most": regret.max(axis=1), "best": _best(means), "best_low": best_low, "best_high": best_high,
            "worst": means.max(axis=1) * (1.0 if better == "lower" else -1.0),
            "beats_base": (means < means[0]).mean(axis=1), "futures": int(whole.sum()),
            "left_out": int((~whole).sum()),
        }
    )  # fmt: skip
    futures[futures] = whole
    for name, met in _limits(results, futures).items():
        found[name] = met
    return found.sort_values(["regret_most", "policy"], ignore_index=True)


def _best(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of futures in which each policy is best; those that are equally good share it."""
    best = means == means.min(axis=0)
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def _chances(loss: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """95 % interval over the seeds of the share of futures in which each is best; none where one seed tells."""
    if loss.shape[2] < 2:
        return np.full(len(loss), np.nan), np.full(len(loss), np.nan)
    draws = redrawn(loss.shape[2], REDRAWN)
    shares = np.array([_best(loss[:, :, draw].mean(axis=2)) for draw in draws])
    low, high = np.percentile(shares, (2.5, 97.5), axis=0)
    return low, high


def _limits(results: Results, futures: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """Share of futures in which budget and target are kept."""
    study, found = results.study, {}
    if study.budget:
        costs = over_base(outcome(results, study.budget.metric))[:, futures].mean(axis=2)
        found["within_budget"] = _kept(costs, study.budget.at_most)
    if study.target:
        reached = outcome(results, study.target.metric)[:, futures].mean(axis=2)
        found["reaches_target"] = _kept(reached, study.target.at_most)
    return found


def _kept(means: NDArray[np.float64], at_most: float) -> NDArray[np.float64]:
    told = np.isfinite(means)
    shares = (told & (means <= at_most)).sum(axis=1) / np.maximum(1, told.sum(axis=1))
    return np.where(told.any(axis=1), shares, np.nan)
