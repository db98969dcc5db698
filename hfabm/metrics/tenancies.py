"""Homes found, kept and lost: placements, evictions, retention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from hfabm.calendar import NEVER, WEEKS_PER_YEAR, Week
from hfabm.metrics.metric import Metric, flow, outcome, stock
from hfabm.metrics.record import Record, per
from hfabm.state.codes import Need, TenancyEnd, TenancyStart
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import World
from hfabm.units import Unit

MONTHS = (12, 24, 36, 60)
"""Months after moving in at which retention is told."""
PATHS = (TenancyStart.HOUSING_FIRST, TenancyStart.STAIRCASE, TenancyStart.OWN_SEARCH)
"""The ways to a home whose retention is told apart."""
LOSSES = (TenancyEnd.EVICTED, TenancyEnd.BROKE_DOWN)
PLACED = (TenancyStart.HOUSING_FIRST, TenancyStart.STAIRCASE)


def running(home: Tenancy, week: Week) -> bool:
    """Tenancies that run."""
    return home.running


def began(home: Tenancy, week: Week) -> bool:
    """Tenancies that began this week."""
    return home.start_week == week.number


def ended(home: Tenancy, week: Week) -> bool:
    """Tenancies that ended this week."""
    return home.end_week == week.number


@flow(Unit.COUNT, "higher", among=began)
def placed_housing_first(home: Tenancy, week: Week) -> bool:
    """Placements in a home on the Housing First track."""
    return home.how == TenancyStart.HOUSING_FIRST


@flow(Unit.COUNT, "higher", among=began)
def placed_staircase(home: Tenancy, week: Week) -> bool:
    """Placements in a home at the top of the staircase."""
    return home.how == TenancyStart.STAIRCASE


@flow(Unit.COUNT, "higher", among=began)
def found_alone(home: Tenancy, week: Week) -> bool:
    """Homes found without the municipality."""
    return home.how == TenancyStart.OWN_SEARCH


@flow(Unit.COUNT, "higher", among=began)
def rehoused(home: Tenancy, week: Week) -> bool:
    """Spells of homelessness that ended in an own home."""
    return home.weeks_homeless_before > 0


@flow(Unit.COUNT, "lower", among=ended)
def evicted(home: Tenancy, week: Week) -> bool:
    """Evictions by the bailiff's court."""
    return home.end == TenancyEnd.EVICTED


@flow(Unit.COUNT, "lower", among=ended)
def broke_down(home: Tenancy, week: Week) -> bool:
    """Homes given up or left."""
    return home.end == TenancyEnd.BROKE_DOWN


@flow(Unit.COUNT, "lower")
def notices_served(home: Tenancy, week: Week) -> bool:
    """Notices to quit served this week."""
    return home.notice_week == week.number


@stock(Unit.COUNT, "lower", among=running)
def at_risk(home: Tenancy, week: Week) -> bool:
    """Running tenancies under notice."""
    return home.under_notice


@stock(Unit.COUNT, "lower", among=running)
def in_arrears(home: Tenancy, week: Week) -> bool:
    """Running tenancies that owe rent."""
    return home.arrears_dkk > 0.0


@stock(Unit.COUNT, "lower", among=running)
def in_crisis(home: Tenancy, week: Week) -> bool:
    """Tenants in a crisis that neighbours hear."""
    return home.disturbs


@stock(Unit.COUNT, "lower", among=running)
def complaints_milli(home: Tenancy, week: Week) -> int:
    """Neighbours' complaints that landlords remember, in thousandths."""
    return int(home.complaints * 1000.0 + 0.5)


@outcome(Unit.PERSONS_PER_YEAR)  # fewer are needed where fewer homes are lost
def placements_per_year(record: Record, world: World) -> float:
    """Placements in a home through the municipality in a year."""
    placed = record.series("placed_housing_first") + record.series("placed_staircase")
    return per(placed.sum(), record.years_long)


@outcome(Unit.PER_YEAR, "lower")
def evictions_per_year(record: Record, world: World) -> float:
    """Evictions in a year."""
    return per(record.series("evicted").sum(), record.years_long)


@outcome(Unit.PER_YEAR, "lower")
def breakdowns_per_year(record: Record, world: World) -> float:
    """Homes given up or left in a year."""
    return per(record.series("broke_down").sum(), record.years_long)


@outcome(Unit.SHARE, "higher")
def retained_3_years(record: Record, world: World) -> float:
    """Share of Housing First placements not lost after three years."""
    weeks, lost = spans(record, world, TenancyStart.HOUSING_FIRST)
    return kaplan_meier(weeks, lost, round(3 * WEEKS_PER_YEAR)).share


@outcome(Unit.WEEKS, "lower")
def weeks_to_home(record: Record, world: World) -> float:
    """Mean weeks from known need to a home, of those placed."""
    tenancies = world.tenancies
    waited = tenancies.weeks_waited[np.isin(tenancies.how, PLACED) & _within(record, tenancies.start_week)]
    return per(waited.sum(), waited.size)


@dataclass(frozen=True, slots=True)
class Retention:
    """Share of tenancies not lost by some time, as Kaplan and Meier estimate it.

    Attributes:
        share: The estimate; not a number where nobody was followed so long.
        low: Lower end of the 95 % interval (Greenwood).
        high: Upper end.
        tenancies: How many began.
        at_risk: How many were followed beyond the time without loss.
        losses: Losses up to the time.
    """

    share: float
    low: float
    high: float
    tenancies: int
    at_risk: int
    losses: int


def kaplan_meier(weeks: NDArray[np.int64], lost: NDArray[np.bool_], until: int) -> Retention:
    """Share not lost after `until` weeks.

    Args:
        weeks: Weeks each tenancy was followed.
        lost: Whether it ended in a loss then; else it was running still, or ended otherwise.
        until: Weeks after moving in.

    >>> kaplan_meier(np.array([2, 5, 9]), np.array([True, False, True]), 4).share
    0.6666666666666667
    """
    share, variance = 1.0, 0.0
    times, losses = np.unique(weeks[lost & (weeks <= until)], return_counts=True)
    for time, count in zip(times.tolist(), losses.tolist(), strict=True):
        followed = int((weeks >= time).sum())
        share *= 1.0 - count / followed
        if followed > count:
            variance += count / (followed * (followed - count))
    followed = int((weeks >= until).sum())
    # once all are lost nothing can change; otherwise somebody must have been followed to the end
    if share > 0.0 and followed == 0:
        share = float("nan")
    margin = 1.959964 * share * sqrt(variance)
    low, high = max(0.0, share - margin), min(1.0, share + margin)
    return Retention(share, low, high, int(weeks.size), followed, int(losses.sum()))


def spans(
    record: Record, world: World, how: TenancyStart, need: Need | None = None
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Weeks that tenancies of one path were followed, and whether they then were lost.

    Of a record whose early weeks were cut off only tenancies that began in it are told.
    """
    t = world.tenancies
    chosen = (t.how == how) & _within(record, t.start_week)
    if need is not None:
        chosen &= np.array([0, 0, 1, 2, 2])[np.clip(t.need_at_start, 0, 4)] == need
    runs = t.end == TenancyEnd.RUNNING
    until = np.where(runs, record.first_week + record.done, t.end_week)[chosen]
    return (until - t.start_week[chosen]).astype(np.int64), np.isin(t.end, LOSSES)[chosen]


def _within(record: Record, start_week: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which tenancies began in the weeks that the record has; all, unless its early weeks were cut off."""
    found: NDArray[np.bool_] = start_week >= (record.first_week or NEVER)
    return found


def retention(record: Record, world: World) -> Iterator[tuple[TenancyStart, Need | None, int, Retention]]:
    """Retention by path, need (None: all) and months; a move to another home is no loss."""
    for how in PATHS:
        for need in (None, *Need):
            weeks, lost = spans(record, world, how, need)
            for months in MONTHS:
                yield how, need, months, kaplan_meier(weeks, lost, round(months * WEEKS_PER_YEAR / 12.0))


def weeks_housed(record: Record, world: World) -> NDArray[np.int64]:
    """Weeks each citizen spent in an own home, by row; a tenant no longer at risk is at home to the end."""
    weeks = record.weeks_at_home[: len(world.citizens)].astype(np.int64)
    t, first = world.tenancies, record.first_week
    settled = t.end == TenancyEnd.NO_LONGER_AT_RISK
    np.add.at(weeks, t.citizen_row[settled], first + record.done - t.end_week[settled])
    if first:
        stays = settled | (t.end == TenancyEnd.RUNNING)
        until = np.where(stays, first, np.minimum(t.end_week, first))
        np.subtract.at(weeks, t.citizen_row, np.maximum(0, until - np.maximum(t.start_week, 0)))
    return weeks


WEEKLY: tuple[Metric, ...] = (
    placed_housing_first, placed_staircase, found_alone, rehoused, evicted, broke_down, notices_served,
    at_risk, in_arrears, in_crisis, complaints_milli,
)  # fmt: skip

OUTCOMES: tuple[Metric, ...] = (
    placements_per_year, evictions_per_year, breakdowns_per_year, retained_3_years, weeks_to_home,
)  # fmt: skip
