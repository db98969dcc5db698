"""Simulated against observed, for the places that something is known of: Odense first.

Every row names its source in the evidence register and the factor within which model and observation must
lie to count as near: twice as many is as far off as half as many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hfabm import evidence
from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.metrics.money import COHORTS
from hfabm.results.load import Run

NEAR_COUNTS = 1.5
"""Factor for single counts: sampling noise of a hundred people alone is 1.2, and counts differ in care."""
FLOWS = 1.5
"""Factor for placements."""
WAITS = 2.0
"""Factor for waiting times, which are told as a range of 1 to 2 months."""
SAVINGS = 2.0
"""Factor for amounts of money from another accounting than the model's."""
SHARES = 1.15
"""Factor for shares near one: 80 % against 70 to 92 %."""
ODENSE = "Odense"
LAST_PLACED = COHORTS[-1][-1]
"""Last year of placement of those whose costs are followed."""
WEEKS_PER_MONTH = WEEKS_PER_YEAR / 12.0


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation and what the runs say.

    Attributes:
        quantity: What it is.
        period: Year or years.
        unit: Unit of both.
        observed: The observation.
        simulated: One number for each run; not a number where a run does not tell.
        factor: Factor within which they are near.
        source: Ids in the evidence register.
    """

    quantity: str
    period: str
    unit: str
    observed: float
    simulated: tuple[float, ...]
    factor: float
    source: str


def observations(runs: Sequence[Run]) -> Iterator[Observed]:
    """Everything observed that the runs have something to say of."""
    for name in runs[0].yearly["municipality"].unique():
        yield from _counts(runs, str(name))
        if name == ODENSE:
            yield from _placements(runs)
            yield from _homes(runs)
            yield from _savings(runs)


def table(runs: Sequence[Run]) -> pd.DataFrame:
    """Simulated against observed: one row for each observation within the horizon of the runs."""
    rows = []
    for o in observations(runs):
        told = np.array([x for x in o.simulated if np.isfinite(x)])
        if not told.size:
            continue
        mean = float(told.mean())
        ratio = mean / o.observed if o.observed else float("nan")
        near = bool(mean > 0.0 and 1.0 / o.factor <= ratio <= o.factor)
        low, high = np.quantile(told, (0.025, 0.975)) if told.size > 1 else (mean, mean)
        rows.append(
            (o.quantity, o.period, o.unit, o.observed, mean, float(low), float(high), ratio, o.factor,
             "within" if near else "outside", o.source)
        )  # fmt: skip
    columns = [
        "quantity",
        "period",
        "unit",
        "observed",
        "simulated",
        "low",
        "high",
        "ratio",
        "factor",
        "verdict",
    ]
    return pd.DataFrame(rows, columns=[*columns, "source"])


def _of_years(run: Run, first: int, last: int, column: str, municipality: str) -> pd.Series:
    """One column of the yearly table in some years; empty unless all of them were recorded whole."""
    y = run.yearly
    chosen = y[(y["municipality"] == municipality) & y["year"].between(first, last) & y["full"]]
    return chosen[column] if len(chosen) == last - first + 1 else chosen[column].iloc[:0]


def _counts(runs: Sequence[Run], name: str) -> Iterator[Observed]:
    """Homeless people in week 6, as the national count sees them."""
    try:
        counts = evidence.observed_counts(name)
    except KeyError:  # a made-up place
        return
    sources = {2009: "P5.007", 2011: "P5.008", 2013: "P5.009", 2015: "P5.010", 2017: "P5.011", 2019: "P5.012"}
    sources[2022] = "P5.013"
    for year, count in counts.items():
        simulated = []
        for run in runs:
            y = run.yearly
            found = y[(y["municipality"] == name) & (y["year"] == year)]["counted_homeless_week_6"]
            simulated.append(float(found.iloc[0]) if len(found) else float("nan"))
        source = sources.get(year, "") if name == ODENSE else "homelessness_observed.csv"
        yield Observed("homeless, week 6 count", str(year), "persons", count, tuple(simulated), NEAR_COUNTS, source)


def _placements(runs: Sequence[Run]) -> Iterator[Observed]:
    """People placed on the Housing First track."""
    for first, last, source in ((2018, 2018, "O10"), (2011, 2016, "P5.016"), (2009, 2019, "P5.019")):
        simulated = []
        for run in runs:
            found = _of_years(run, first, last, "placed_housing_first", ODENSE)
            simulated.append(float(found.sum()) if len(found) else float("nan"))
        period = str(first) if first == last else f"{first}-{last}"
        number = evidence.number(source)
        yield Observed("placed by Housing First", period, "persons", number, tuple(simulated), FLOWS, source)
    simulated = [float(_of_years(run, 2009, 2018, "placed_housing_first", ODENSE).mean()) for run in runs]
    number = evidence.number("P5.021")
    yield Observed(
        "placed by Housing First a year",
        "2009-2018",
        "persons/year",
        number,
        tuple(simulated),
        FLOWS,
        "P5.021",
    )


def _homes(runs: Sequence[Run]) -> Iterator[Observed]:
    """Homes kept, and the way to one."""
    kept = []
    for run in runs:
        r = run.retention
        found = r[(r["path"] == "housing_first") & (r["need"] == "all") & (r["months"] == 36)]["share"]
        kept.append(100.0 * float(found.iloc[0]))
    number = evidence.number("O01")
    yield Observed(
        "still housed 3 years after placement",
        "to 2020",
        "percent",
        number,
        tuple(kept),
        SHARES,
        "O01 P5.022",
    )
    waits = [
        float(_of_years(run, 2018, 2018, "weeks_from_referral_median", ODENSE).mean()) / WEEKS_PER_MONTH for run in runs
    ]
    number = evidence.number("O08")
    yield Observed(
        "months from referral to a home, median", "2018", "months", number, tuple(waits), WAITS, "O08 P5.023"
    )


def _savings(runs: Sequence[Run]) -> Iterator[Observed]:
    """Fall of the yearly cost per citizen around placement: a before-after statistic, not an effect."""
    for source, column, after, what in (
        ("O04", "public_dkk", 5, "lower public cost 5 years after placement"),
        ("O05", "municipal_dkk", 1, "lower municipal cost the year after placement"),
    ):
        falls = tuple(_fall(run, column, after) for run in runs)
        yield Observed(what, "2011-2016", "DKK/year", evidence.number(source), falls, SAVINGS, source)


def _fall(run: Run, column: str, after: int) -> float:
    """Cost in the year before placement less that in a year after, over both cohorts."""
    whole = run.yearly[run.yearly["full"]]["year"]
    if whole.empty or whole.min() > LAST_PLACED or whole.max() < LAST_PLACED + after:
        return float("nan")  # not everybody was followed so long
    c = run.costs_around_placement
    costs = []
    for year in (-1, after):
        mine = c[(c["year"] == year) & (c["person_years"] > 0)]
        if mine.empty:
            return float("nan")
        costs.append(float(np.average(mine[column], weights=mine["person_years"])))
    return costs[0] - costs[1]
