"""What every policy does to every outcome, over the base, with the same luck on both sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.paired import asked, by_seed, drawn, mean_of, outcome, over_base
from hfabm.experiments.results import Results
from hfabm.metrics.catalogue import metric as metric_of

FUTURES = (5.0, 95.0)
"""Percentiles over futures that are told."""


def effects(results: Results, metrics: Sequence[str] | None = None) -> pd.DataFrame:
    """Effects at the defaults, or over all futures where a study has no defaults.

    Args:
        results: The runs.
        metrics: Outcomes; those of the study where None.

    Returns:
        One row for each policy but the base and each outcome: policy, label, metric, unit, better, base, mean,
        difference, low, high, clear, improves (share of seeds), seeds; and the 5th and the 95th percentile, over the
        sampled futures, of the difference averaged over the seeds.
    """
    return _table(results, metrics, asked(results))


def effects_over_futures(results: Results, metrics: Sequence[str] | None = None) -> pd.DataFrame:
    """The same, averaged over the sampled futures; empty where there are none."""
    return _table(results, metrics, drawn(results)) if drawn(results).any() else pd.DataFrame()


def _table(results: Results, metrics: Sequence[str] | None, futures: NDArray[np.bool_]) -> pd.DataFrame:
    names = list(results.study.metrics) if metrics is None else list(metrics)
    rows = []
    for name in names:
        panel = outcome(results, name)
        added = over_base(panel)
        means, differences = by_seed(panel, futures), by_seed(added, futures)
        spread = _spread(added[:, drawn(results)])
        unit = metric_of(name).unit.value
        better = results.study.metrics.get(name, metric_of(name).better)
        for place, policy in enumerate(results.policies.index):
            if place == 0:
                continue
            told = np.isfinite(differences[place])
            found = mean_of(differences[place])
            gains = differences[place][told] * (-1.0 if better == "lower" else 1.0)
            rows.append(
                {
                    "policy": policy, "label": results.policies["label"][policy], "metric": name, "unit": unit,
                    "better": better, "base": mean_of(means[0][told]).value, "mean": mean_of(means[place][told]).value,
                    "difference": found.value, "low": found.low, "high": found.high, "clear": found.clear,
                    "improves": float((gains > 0.0).mean()) if better and told.any() else np.nan,
                    "seeds": found.seeds, "future_low": spread[0][place], "future_high": spread[1][place],
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _spread(added: NDArray[np.float64]) -> NDArray[np.float64]:
    """Percentiles over futures of what each policy adds on the mean over seeds."""
    found = np.full((2, added.shape[0]), np.nan)
    if added.shape[1] < 2:
        return found
    means = added.mean(axis=2)
    told = np.isfinite(means).any(axis=1)
    found[:, told] = np.nanpercentile(means[told], FUTURES, axis=1)
    return found
