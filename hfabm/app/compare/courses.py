"""Year by year: people of base and reforms, differences between them, and money summed up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.break_even import AT_ONCE, PAYERS, break_even, cumulative
from hfabm.answers.paired import asked, by_seed, mean_of, over_base, panel_of
from hfabm.app.compare.found import BreakEven, Course, Number
from hfabm.experiments.results import Results
from hfabm.units import Unit

SHOWN = {
    "homeless": Unit.PERSONS, "long_term_homeless": Unit.PERSONS, "own_home": Unit.PERSONS,
    "others_waiting": Unit.COUNT, "placed": Unit.PERSONS_PER_YEAR, "evicted": Unit.PER_YEAR,
}  # fmt: skip
"""Columns of yearly results that are shown; the first four are means over the year, the others sums."""
BAND = (5.0, 95.0)
"""Percentiles over seeds."""


def plain(value: float) -> Number:
    """A number, or None where there is none."""
    return float(value) if np.isfinite(value) else None


def _told(column: pd.Series) -> tuple[Number, ...]:
    return tuple(plain(value) for value in column)


def courses(results: Results, years: range) -> tuple[Course, ...]:
    """Mean and band of every policy, column by column."""
    return tuple(_courses(results, years))


def _courses(results: Results, years: range) -> Iterator[Course]:
    for name, unit in SHOWN.items():
        told, values = _by_year(results, name, years)
        for place, policy in enumerate(results.policies.index):
            own = [values[k, place][np.isfinite(values[k, place])] for k in range(len(told))]
            bands = [np.percentile(one, BAND) if one.size else (np.nan, np.nan) for one in own]
            yield Course(
                name, unit.value, int(policy), told,
                tuple(plain(one.mean()) if one.size else None for one in own),
                tuple(plain(low) for low, _ in bands), tuple(plain(high) for _, high in bands),
            )  # fmt: skip


def differences(results: Results, years: range, policy: int) -> tuple[Course, ...]:
    """What a reform adds to the base, year by year, with 95 % intervals."""
    found = []
    place = list(results.policies.index).index(policy)
    for name, unit in SHOWN.items():
        told, values = _by_year(results, name, years)
        means = [mean_of(values[k, place] - values[k, 0]) for k in range(len(told))]
        found.append(
            Course(
                name, unit.value, policy, told, tuple(plain(one.value) for one in means),
                tuple(plain(one.low) for one in means), tuple(plain(one.high) for one in means),
            )
        )  # fmt: skip
    return tuple(found)


def summed(results: Results, since: int) -> dict[int, tuple[Course, ...]]:
    """Extra cost by payer, summed from a year on, for each reform."""
    table = cumulative(results, since)
    found: dict[int, tuple[Course, ...]] = {int(policy): () for policy in results.policies.index[1:]}
    if table.empty:
        return found
    for policy in found:
        for payer in PAYERS:
            rows = table[(table["policy"] == policy) & (table["payer"] == payer)]
            cost, low, high, back = (_told(rows[name]) for name in ("cost", "low", "high", "paid_back"))
            years = tuple(int(year) for year in rows["year"])
            found[policy] += (Course(payer, Unit.DKK.value, policy, years, cost, low, high, back),)
    return found


def paid_back(results: Results, since: int) -> dict[int, dict[str, BreakEven]]:
    """When each reform has paid for itself, by payer."""
    found: dict[int, dict[str, BreakEven]] = {int(policy): {} for policy in results.policies.index[1:]}
    for row in break_even(results, since).to_dict("records"):
        policy, payer = int(row["policy"]), str(row["payer"])
        found[policy][payer] = BreakEven(
            payer=payer,
            year=None if pd.isna(row["year"]) else int(row["year"]),
            at_once=row["reading"] == AT_ONCE,
            same=_costs_the_same(results, PAYERS[payer], policy, since),
            share=plain(row["seeds_even"]),
            cost=plain(row["cost_at_end"]),
            low=plain(row["low"]),
            high=plain(row["high"]),
        )
    return found


def _costs_the_same(results: Results, column: str, policy: int, since: int) -> bool:
    counted = results.yearly[results.yearly["year"] >= since]
    paid = counted.pivot_table(index=["seed", "year"], columns="policy", values=column)
    return bool(len(paid) and (paid[policy] == paid[results.policies.index[0]]).all())


def _by_year(results: Results, column: str, years: range) -> tuple[tuple[int, ...], NDArray[np.float64]]:
    """Years that are told, and a column by year, policy and seed."""
    if column not in results.yearly:
        return (), np.zeros((0, len(results.policies), len(results.study.seeds)))
    there = sorted({int(year) for year in results.yearly["year"]} & set(years))
    panels = [panel_of(results.yearly[results.yearly["year"] == year], column, results) for year in there]
    return tuple(there), np.array([by_seed(panel, asked(results)) for panel in panels])


def added(results: Results, metric: str) -> NDArray[np.float64]:
    """What each policy adds to an outcome, by policy and seed."""
    return by_seed(over_base(panel_of(results.runs, metric, results)), asked(results))
