"""What each lever does on its own and together with another, where every value was tried with every other."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.paired import asked, by_seed, levers_moved, mean_of, outcome, over_base
from hfabm.experiments.results import Results
from hfabm.experiments.study import Factor, Kind
from hfabm.metrics.catalogue import metric as metric_of


def is_grid(results: Results) -> bool:
    """Was every choice of each lever tried with every choice of the others, in one scenario?"""
    study = results.study
    size = int(np.prod([len(lever.choices) for lever in study.levers]))
    return study.policies.kind is Kind.GRID and len(study.scenarios) == 1 and len(results.policies) == size


def main_effects(results: Results, metric: str) -> pd.DataFrame:
    """What each choice of a lever does over its base, averaged over all choices of the other levers.

    Returns:
        One row for each lever and choice but the base: difference with its 95 % interval, paired by seed.
    """
    cells, levers = _cells(results, metric), results.study.levers
    rows = []
    for axis, lever in enumerate(levers):
        others = tuple(k for k in range(len(levers)) if k != axis)
        means = cells.mean(axis=others) if others else cells
        for place, choice in enumerate(lever.choices[1:], 1):
            rows.append(_row(metric, {"lever": lever.name, "choice": choice.label}, means[place] - means[0]))
    return pd.DataFrame(rows)


def alone(results: Results, metric: str) -> pd.DataFrame:
    """What each choice of a lever does while all others are at their base."""
    cells, levers = _cells(results, metric), results.study.levers
    base = cells[(0,) * len(levers)]
    rows = []
    for axis, lever in enumerate(levers):
        for place, choice in enumerate(lever.choices[1:], 1):
            at = tuple(place if k == axis else 0 for k in range(len(levers)))
            rows.append(_row(metric, {"lever": lever.name, "choice": choice.label}, cells[at] - base))
    return pd.DataFrame(rows)


def interactions(results: Results, metric: str) -> pd.DataFrame:
    """What two choices do together beyond the sum of what each does, averaged over the other levers.

    Returns:
        One row for each pair of choices: difference with its 95 % interval, paired by seed; 0 means that they add up.
    """
    cells, levers = _cells(results, metric), results.study.levers
    rows = []
    for a, b in combinations(range(len(levers)), 2):
        others = tuple(k for k in range(len(levers)) if k not in (a, b))
        means = cells.mean(axis=others) if others else cells
        for i, j in product(range(1, len(levers[a].choices)), range(1, len(levers[b].choices))):
            beyond = means[i, j] - means[i, 0] - means[0, j] + means[0, 0]
            named = {"lever": _named(levers[a], i), "with": _named(levers[b], j)}
            rows.append(_row(metric, named, beyond))
    return pd.DataFrame(rows)


def _cells(results: Results, metric: str) -> NDArray[np.float64]:
    """The outcome by the choice of each lever, and seed."""
    values = by_seed(outcome(results, metric), asked(results))
    return values.reshape(*(len(lever.choices) for lever in results.study.levers), values.shape[1])


def _named(lever: Factor, place: int) -> str:
    return f"{lever.name}: {lever.choices[place].label}"


def _row(metric: str, named: dict[str, str], differences: NDArray[np.float64]) -> dict[str, object]:
    found = mean_of(differences)
    unit = metric_of(metric).unit.value
    told = {"difference": found.value, "low": found.low, "high": found.high, "clear": found.clear, "seeds": found.seeds}
    return {"metric": metric, "unit": unit, **named, **told}


def together(results: Results, metric: str) -> pd.DataFrame:
    """What all levers do together beyond the sum of what each does alone, where each was tried alone.

    Returns:
        One row, with the sum, what they do together and the difference with its 95 % interval, paired by seed; none
        where levers have more than one choice beside the base, or were not tried so.
    """
    moved, levers = levers_moved(results), len(results.study.levers)
    whole, singles = np.flatnonzero(moved == levers), np.flatnonzero(moved == 1)
    kind = results.study.policies.kind
    if kind is not Kind.ONE_AT_A_TIME or levers < 2 or whole.size != 1 or singles.size != levers:
        return pd.DataFrame()
    added = by_seed(over_base(outcome(results, metric)), asked(results))
    sums, all_ = added[singles].sum(axis=0), added[whole[0]]
    told = {"sum_of_each": mean_of(sums).value, "together": mean_of(all_).value}
    return pd.DataFrame([_row(metric, {"lever": "all together, beyond the sum of each"}, all_ - sums) | told])
