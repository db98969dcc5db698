"""A municipality's own books: what its files say of citizens like those it has to decide on.

Read once a quarter, for all municipalities at once.  For people in a shelter: the nights that those who were
in one a year ago have spent there since, placed citizens left out.  For others: the nights of their last year.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from hfabm.calendar import DAYS, NEVER
from hfabm.engine.table import Array
from hfabm.state.codes import Housing, Need, Origin, ReferralState, TenancyEnd, TenancyStart

YEAR_WEEKS = 52
LEAST_WEEKS = 26
"""Weeks homeless at least, for a last year to tell of the next."""
OTHER_BEDS = (Housing.NIGHT_SHELTER, Housing.HOTEL, Housing.TRANSITIONAL)


@dataclass(frozen=True, slots=True)
class Books:
    """What one municipality has on file.

    Attributes:
        people: Citizens in need of a home now, by need and origin [persons].
        nights: § 110 nights a year of those seen, by need; from shelters, and from elsewhere [days/year].
        away: Share of § 110 nights spent in other municipalities' shelters.
        other_nights: Mean nights a year in other beds, by need, from shelters and from elsewhere, and kind of bed
            [days/year].
        held: Placements seen, and those that held a year, by need [count].
        placed: Placements of the last year [count].
        waiting: Open referrals [count].
        home_weeks: Weeks from known need to home of the placements of the last year, added up [weeks].
        clock_years: Mean years that the clock of the refund has run for those outside who have it [years].
    """

    people: Array
    nights: tuple[tuple[Array, Array], ...]
    away: float
    other_nights: Array
    held: Array
    placed: int
    waiting: int
    home_weeks: float = 0.0
    clock_years: float = 0.0


def read_books(world: Any, week: int) -> tuple[Books, ...]:
    """The books of every municipality, at the start of a week.

    Args:
        world: The world, or as much of it as was lent.
        week: The present week.
    """
    c, since = world.citizens, week - YEAR_WEEKS
    people = slice(0, c.size)
    need = _needs(c.mental_illness[people] + c.substance_use[people])
    nights, outside, away, then = _shelter_nights(world, week, since)
    all_beds, spell_beds = _other_nights(world, week, since)
    # what was before the first week is not on file
    state, homeless_weeks = c.housing[people], np.minimum(week, week - c.homeless_since_week[people])
    homeless = (state != Housing.OWN_HOME) & (state != Housing.INSTITUTION) & (state < Housing.GONE)
    in_shelter = state == Housing.SHELTER
    origin = np.where(
        in_shelter, Origin.SHELTER, np.where(c.refund_in_view[people], Origin.REFUND_IN_VIEW, Origin.NO_REFUND)
    )
    forward = then & (c.placed_week[people] < since) & (since >= 0) & (state < Housing.GONE)
    backward = homeless & ~in_shelter & (homeless_weeks >= LEAST_WEEKS)
    share_of_year = np.clip(homeless_weeks, 1, YEAR_WEEKS) / YEAR_WEEKS
    yearly = outside / share_of_year
    held, placed, waited = _placements(world, week, since)
    clock = DAYS * (week - c.refund_clock_week[people]) / 365.0
    clocked = homeless & (origin == Origin.REFUND_IN_VIEW) & (c.refund_clock_week[people] != NEVER)
    waiting = _waiting(world)
    found = []
    for m in range(world.municipalities.size):
        ours = c.municipality_row[people] == m
        now = np.zeros((len(Need), len(Origin)), np.int64)
        np.add.at(now, (need[ours & homeless], origin[ours & homeless]), 1)
        seen = tuple(
            (nights[ours & forward & (need == n)], np.minimum(yearly[ours & backward & (need == n)], 365.0))
            for n in Need
        )
        total = nights[ours].sum()
        beds = np.array(
            [
                (
                    _means(all_beds, ours & forward & (need == n)),
                    _means(spell_beds / share_of_year, ours & backward & (need == n)),
                )
                for n in Need
            ]
        )
        apart = float(away[ours].sum() / total) if total else 0.0
        runs = clock[ours & clocked]
        found.append(
            Books(
                now,
                seen,
                apart,
                beds,
                held[m],
                int(placed[m]),
                int(waiting[m]),
                float(waited[m]),
                float(runs.mean()) if runs.size else 0.0,
            )  # fmt: skip
        )
    return tuple(found)


def _shelter_nights(world: Any, week: int, since: int) -> tuple[Array, Array, Array, Array]:
    """§ 110 nights of the last year by citizen: all, of the present spell, elsewhere; and who was in one then."""
    s, n = world.shelter_stays, world.citizens.size
    who, spent, spell = _stays(world, week, since)
    rows = slice(0, s.size)
    shelter = s.kind[rows] == Housing.SHELTER
    by_citizen = partial(_added, who, spent, n)
    first, last = s.first_week[rows], s.last_week[rows]
    then = np.zeros(n, np.bool_)
    then[who[shelter & (first <= since) & ((last == NEVER) | (last >= since))]] = True
    elsewhere = shelter & world.shelters.elsewhere[s.shelter_row[rows]]
    return by_citizen(shelter), by_citizen(shelter & spell), by_citizen(elsewhere), then


def _other_nights(world: Any, week: int, since: int) -> tuple[Array, Array]:
    """Nights of the last year in each other kind of bed by citizen: all, and those of the present spell."""
    who, spent, spell = _stays(world, week, since)
    kind = world.shelter_stays.kind[: world.shelter_stays.size]
    by_citizen = partial(_added, who, spent, world.citizens.size)
    whole = np.stack([by_citizen(kind == bed) for bed in OTHER_BEDS])
    return whole, np.stack([by_citizen((kind == bed) & spell) for bed in OTHER_BEDS])


def _stays(world: Any, week: int, since: int) -> tuple[Array, Array, Array]:
    """Of each stay: whose it is, its nights since a week, and whether it is of the present spell."""
    s = world.shelter_stays
    rows = slice(0, s.size)
    first, who = s.first_week[rows], s.citizen_row[rows]
    last = np.where(s.last_week[rows] == NEVER, week - 1, s.last_week[rows])
    weeks = np.clip(np.minimum(last, week - 1) - np.maximum(first, since) + 1, 0, YEAR_WEEKS)
    return who, float(DAYS) * weeks, first >= world.citizens.homeless_since_week[who]


def _needs(scores: Array) -> Array:
    """Complexity of needs from illness plus use, as `Need` counts it."""
    return np.searchsorted([2, 3], scores, side="right")


def _added(who: Array, spent: Array, n: int, mask: Array) -> Array:
    """Nights by citizen of the stays chosen."""
    return np.bincount(who[mask], weights=spent[mask], minlength=n)


def _means(nights: Array, mask: Array) -> Array:
    """Mean nights a year by kind of bed of the citizens chosen."""
    if not mask.any():
        return np.zeros(len(OTHER_BEDS))
    return np.asarray(np.minimum(nights[:, mask], 365.0).mean(axis=1))


def _placements(world: Any, week: int, since: int) -> tuple[Array, Array, Array]:
    """By municipality: earlier placements and those that held a year, by need; those of the last year, their waits."""
    t, towns = world.tenancies, world.municipalities.size
    rows = slice(0, t.size)
    start, end, how = t.start_week[rows], t.end[rows], t.how[rows]
    payer = world.citizens.municipality_row[t.citizen_row[rows]]
    group = _needs(t.need_at_start[rows])
    referred = how >= TenancyStart.HOUSING_FIRST
    lasted = (end == TenancyEnd.RUNNING) | (t.end_week[rows] - start >= YEAR_WEEKS)
    lost = (end == TenancyEnd.EVICTED) | (end == TenancyEnd.BROKE_DOWN)
    known = referred & (start < since) & (start >= since - 2 * YEAR_WEEKS) & (lasted | lost)
    held = np.zeros((towns, len(Need), 2), np.int64)
    np.add.at(held, (payer[known], group[known], 0), 1)
    np.add.at(held, (payer[known & lasted], group[known & lasted], 1), 1)
    new = referred & (start >= since)
    waited = np.bincount(payer[new], weights=t.weeks_waited[rows][new], minlength=towns)
    return held, np.bincount(payer[new], minlength=towns), waited


def _waiting(world: Any) -> Array:
    r = world.referrals
    rows = slice(0, r.size)
    waiting = r.municipality_row[rows][r.state[rows] == ReferralState.OPEN]
    return np.bincount(waiting, minlength=world.municipalities.size)
