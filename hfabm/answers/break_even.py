"""When a policy has paid for itself, payer by payer."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.paired import asked, by_seed, mean_of, over_base, panel_of
from hfabm.experiments.results import Results

PAYERS = {"municipality": "municipality_dkk", "state": "state_dkk", "region": "region_dkk", "public": "public_dkk"}
"""Who pays, and the column of it."""
NEVER, AT_ONCE, UNTOLD = "not within the horizon", "from the start", "no runs to tell by"


def cumulative(results: Results, since: int) -> pd.DataFrame:
    """Extra cost of each policy over the base, summed from a year on.

    Args:
        results: The runs.
        since: The first calendar year.

    Returns:
        One row for each policy, payer and year: cost and low, high of its 95 % interval, in prices of the base year
        [DKK]; `paid_back` is the share of seeds in which it is no more than nothing.
    """
    rows = []
    for payer, sums in _sums(results, since).items():
        for (place, policy), (k, year) in _pairs(results, since):
            found = mean_of(sums[k, place])
            told = sums[k, place][np.isfinite(sums[k, place])]
            rows.append(
                {
                    "policy": policy, "label": results.policies["label"][policy], "payer": payer, "year": year,
                    "cost": found.value, "low": found.low, "high": found.high,
                    "paid_back": float((told <= 0.0).mean()) if told.size else np.nan,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def break_even(results: Results, since: int) -> pd.DataFrame:
    """The first year from which on a policy has cost a payer no more than the base, and does not again.

    Returns:
        One row for each policy and payer: year (of the mean over seeds; a missing number where never), reading, the
        share of seeds that break even within the horizon, and what it has cost by the end [DKK], with a 95 % interval.
    """
    rows = []
    years = _years(results, since)
    for payer, sums in _sums(results, since).items():
        for place, policy in enumerate(results.policies.index):
            if place == 0:
                continue
            course = sums[:, place]
            found = [mean_of(values) for values in course]
            mean = np.array([one.value for one in found])
            at = _from(mean <= 0.0)
            even = [_from(course[:, k] <= 0.0) is not None for k in range(course.shape[1]) if np.isfinite(course[0, k])]
            rows.append(
                {
                    "policy": policy, "label": results.policies["label"][policy], "payer": payer,
                    "year": np.nan if at is None else years[at],
                    "reading": _reading(mean, years, at),
                    "seeds_even": float(np.mean(even)) if even else np.nan,
                    "cost_at_end": mean[-1] if mean.size else np.nan,
                    "low": found[-1].low if found else np.nan, "high": found[-1].high if found else np.nan,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _reading(mean: NDArray[np.float64], years: list[int], at: int | None) -> str:
    if not np.isfinite(mean).all() or not mean.size:
        return UNTOLD
    return NEVER if at is None else AT_ONCE if at == 0 else f"in {years[at]}"


def _sums(results: Results, since: int) -> dict[str, NDArray[np.float64]]:
    """For each payer: extra cost summed up, by year, policy and seed."""
    years = _years(results, since)
    found = {}
    for payer, column in PAYERS.items():
        by_year = [
            by_seed(
                over_base(panel_of(results.yearly[results.yearly["year"] == year], column, results)), asked(results)
            )
            for year in years
        ]
        found[payer] = np.cumsum(by_year, axis=0)
    return found


def _years(results: Results, since: int) -> list[int]:
    if results.yearly.empty:
        return []
    # the last week may be the first of the next year; it is counted there, and is no year
    last = results.study.until.year if results.study.until else int(results.yearly["year"].max())
    return [int(year) for year in sorted(results.yearly["year"].unique()) if since <= year <= last]


def _pairs(results: Results, since: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    policies = list(enumerate(results.policies.index))[1:]
    return [(policy, year) for policy in policies for year in enumerate(_years(results, since))]


def _from(holds: NDArray[np.bool_]) -> int | None:
    """The first place from which on something holds to the end."""
    if not holds.size or not holds[-1]:
        return None
    broken = np.flatnonzero(~holds)
    return int(broken[-1]) + 1 if broken.size else 0
