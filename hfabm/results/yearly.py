"""The table by year and municipality, as statistics offices would print it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.metrics.record import PUBLIC, Counts, Record, per
from hfabm.metrics.tenancies import PLACED
from hfabm.metrics.waiting import first_shelter_week, shelter_days
from hfabm.results.names import municipality_names
from hfabm.state.ledger import Party
from hfabm.state.world import World

SUMS = (
    "entered", "returned", "arrived", "arrived_homeless", "placed_housing_first", "placed_staircase",
    "found_alone", "rehoused", "evicted", "broke_down", "notices_served", "died", "moved_away", "recovered",
    "shelter_nights",
    "claimed", "refused", "declined", "turned_away", "let_to_others",
)  # fmt: skip
"""Flows that are summed over a year."""
MEANS = (
    "homeless", "street", "shelter", "sofa", "long_term_homeless", "very_long_term_homeless", "own_home",
    "stably_housed", "in_ordinary_support", "in_cti", "in_icm", "in_act", "vacant", "open_referrals",
    "others_waiting",
)  # fmt: skip
"""Stocks whose mean over the weeks of a year is told."""


def yearly(record: Record, world: World) -> pd.DataFrame:
    """One row for each calendar year (ISO weeks) and municipality; years cut short are marked."""
    first = first_shelter_week(world)
    rows = []
    for year, weeks in record.years().items():
        days = shelter_days(record, world, weeks)
        for m, name in enumerate(municipality_names(world)):
            head = {"year": year, "municipality": name, "weeks": weeks.stop - weeks.start}
            head["full"] = record.is_full(year, weeks)
            counts = _counts(record, year, weeks, m)
            users = _shelter_users(world, weeks, m, days, first)
            rows.append(head | counts | users | _waits(record, world, weeks, m) | _money(record, weeks, m))
    return pd.DataFrame(rows)


def _counts(record: Record, year: int, weeks: slice, m: int) -> dict[str, Any]:
    found: dict[str, Any] = {f"{name}_mean": float(record.series(name, m)[weeks].mean()) for name in MEANS}
    found |= {name: int(record.series(name, m)[weeks].sum()) for name in SUMS}
    at = record.count_week(year)
    for name in ("homeless", "counted_homeless"):
        found[f"{name}_week_6"] = float("nan") if at is None else float(record.series(name, m)[at])
    return found


def _shelter_users(world: World, weeks: slice, m: int, days: Counts, first: Counts) -> dict[str, Any]:
    """Users of § 110 shelters: a first-time user has no earlier stay in the simulated record."""
    users = (days > 0) & (world.citizens.municipality_row == m)
    new = users & (first >= weeks.start) & (first < weeks.stop)
    whole = users & (days >= 7 * (weeks.stop - weeks.start))
    count = int(users.sum())
    return {
        "shelter_users": count,
        "shelter_days_per_user": per(days[users].sum(), count),
        "shelter_first_time_share": per(new.sum(), count),
        "shelter_whole_year_users": int(whole.sum()),
    }


def _waits(record: Record, world: World, weeks: slice, m: int) -> dict[str, float]:
    t = world.tenancies
    here = np.isin(t.how, PLACED) & (t.start_week >= weeks.start) & (t.start_week < weeks.stop)
    here &= world.citizens.municipality_row[t.citizen_row] == m
    waited, referred = t.weeks_waited[here], t.weeks_from_referral[here]
    others = record.series("others_waited", m)[weeks].sum()
    return {
        "weeks_to_home_mean": per(waited.sum(), waited.size),
        "weeks_to_home_median": float(np.median(waited)) if waited.size else float("nan"),
        "weeks_from_referral_median": float(np.median(referred)) if referred.size else float("nan"),
        "wait_of_others_weeks": per(others, record.series("let_to_others", m)[weeks].sum()),
    }


def _money(record: Record, weeks: slice, m: int) -> dict[str, float]:
    found = {f"{p.name.lower()}_dkk": float(record.paid((p,), m)[weeks].sum()) for p in Party}
    public = float(record.paid(PUBLIC, m)[weeks].sum())
    stable = record.series("stably_housed", m)[weeks].sum() / WEEKS_PER_YEAR
    return found | {"public_dkk": public, "cost_per_stable_year_dkk": per(public, stable)}
