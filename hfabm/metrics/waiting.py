"""Dwellings, referrals and beds: what there is, what is waited for, who else waits."""

from __future__ import annotations

import numpy as np

from hfabm.calendar import NEVER, Week
from hfabm.metrics.metric import Metric, flow, outcome, stock
from hfabm.metrics.record import Counts, Record, per
from hfabm.state.codes import NOBODY, Housing, ReferralState
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Shelter
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Referral
from hfabm.state.world import World
from hfabm.units import Unit


@stock(Unit.DWELLINGS)
def vacant(home: Dwelling, week: Week) -> bool:
    """Dwellings that stand empty."""
    return home.tenant == NOBODY


@stock(Unit.COUNT, "lower")
def open_referrals(paper: Referral, week: Week) -> bool:
    """Referrals that wait for a home."""
    return paper.state == ReferralState.OPEN


@flow(Unit.COUNT, "lower")
def struck_off(paper: Referral, week: Week) -> bool:
    """Referrals removed from the list after declined offers."""
    return paper.state == ReferralState.STRUCK_OFF and paper.closed_week == week.number


@flow(Unit.PERSONS, "lower")
def turned_away(place: Shelter, week: Week) -> int:
    """People turned away at a § 110 shelter."""
    return place.turned_away if place.kind == Housing.SHELTER else 0


@stock(Unit.PLACES)
def shelter_beds(place: Shelter, week: Week) -> int:
    """Places in § 110 shelters."""
    return place.beds if place.kind == Housing.SHELTER else 0


@flow(Unit.DWELLINGS)
def claimed(us: Municipality, week: Week) -> int:
    """Vacant dwellings taken for referrals."""
    return us.claimed


@flow(Unit.COUNT, "lower")
def refused(us: Municipality, week: Week) -> int:
    """Offers refused by landlords."""
    return us.refused


@flow(Unit.COUNT, "lower")
def declined(us: Municipality, week: Week) -> int:
    """Offers declined by citizens."""
    return us.declined


@stock(Unit.PERSONS, "lower")
def others_waiting(us: Municipality, week: Week) -> int:
    """Households on the ordinary waiting list for cheap dwellings."""
    return us.queue


@flow(Unit.DWELLINGS)
def let_to_others(us: Municipality, week: Week) -> int:
    """Cheap dwellings let from the ordinary waiting list."""
    return us.let_to_others


@flow(Unit.WEEKS, "lower")
def others_waited(us: Municipality, week: Week) -> int:
    """Weeks that the households housed from the ordinary list this week had waited, in all."""
    return int(us.queue_wait_weeks * us.let_to_others + 0.5)


@outcome(Unit.WEEKS, "lower")
def wait_of_others(record: Record, world: World) -> float:
    """Mean wait of the households housed from the ordinary waiting list."""
    return per(record.series("others_waited").sum(), record.series("let_to_others").sum())


@outcome(Unit.PERSONS_PER_YEAR, "lower")
def shelter_users_per_year(record: Record, world: World) -> float:
    """People with a stay in a § 110 shelter, in a mean year recorded whole."""
    years = [shelter_days(record, world, weeks) for weeks in record.full_years().values()]
    return per(sum(int(np.count_nonzero(days)) for days in years), len(years))


@outcome(Unit.DAYS_PER_YEAR, "lower")
def shelter_days_per_user(record: Record, world: World) -> float:
    """Days a year in § 110 shelters, per user."""
    years = [shelter_days(record, world, weeks) for weeks in record.full_years().values()]
    return per(sum(int(days.sum()) for days in years), sum(int(np.count_nonzero(days)) for days in years))


def shelter_days(record: Record, world: World, weeks: slice) -> Counts:
    """Days of each citizen in § 110 shelters in some weeks, by row; a week in a stay is seven days.

    Args:
        record: What was recorded.
        world: The world at the end of the run.
        weeks: Weeks of the record.
    """
    stays, zero = world.shelter_stays, record.first_week
    here = stays.kind == Housing.SHELTER
    first = np.maximum(stays.first_week[here] - zero, weeks.start)
    last = np.where(stays.last_week == NEVER, record.done - 1, stays.last_week - zero)[here]
    spent = np.maximum(0, np.minimum(last, weeks.stop - 1) - first + 1)
    days = np.zeros(len(world.citizens), np.int64)
    np.add.at(days, stays.citizen_row[here], 7 * spent)
    return days


def first_shelter_week(world: World) -> Counts:
    """Week of each citizen's first simulated § 110 stay, by citizen row; a large number without one."""
    stays = world.shelter_stays
    here = stays.kind == Housing.SHELTER
    first = np.full(len(world.citizens), 1 << 30, np.int64)
    np.minimum.at(first, stays.citizen_row[here], stays.first_week[here])
    return first


DWELLINGS: tuple[Metric, ...] = (vacant,)
REFERRALS: tuple[Metric, ...] = (open_referrals, struck_off)
SHELTERS: tuple[Metric, ...] = (turned_away, shelter_beds)
MUNICIPALITIES: tuple[Metric, ...] = (
    claimed, refused, declined, others_waiting, let_to_others, others_waited,
)  # fmt: skip

OUTCOMES: tuple[Metric, ...] = (wait_of_others, shelter_users_per_year, shelter_days_per_user)
