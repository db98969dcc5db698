"""Homes: people leave the population, lose homes, move in, and newcomers settle.  Kernels of `moves`."""

from __future__ import annotations

from typing import Any

from hfabm.calendar import NEVER
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.processes.moves_beds import leave_bed
from hfabm.randomness import question, uniform
from hfabm.state.codes import NOBODY, OTHER, Exit, Housing, Sector, TenancyEnd, TenancyStart

# columns are handed over several to a line
# fmt: off

REFUGE = question("moves.refuge")
SETTLE = question("moves.settle")

# plain numbers, for kernels that choose between them
SHELTER, SOFA, TRANSITIONAL = int(Housing.SHELTER), int(Housing.SOFA), int(Housing.TRANSITIONAL)
OWN_SEARCH = int(TenancyStart.OWN_SEARCH)

CANDIDATES = 4
"""Dwellings an arriving tenant is placed in the cheapest of: people at risk live cheaply."""


@kernel
def turn(citizens: Array, seeks: Array, next_step: Array, wants: Array) -> None:
    """What everyone wants this week: the next step of the staircase before the place turned to."""
    for c in citizens:
        wants[c] = TRANSITIONAL if next_step[c] > 0 else seeks[c]


@kernel
def leave_population(
    citizens: Array, exit_intent: Array, housing: Array, since: Array, tenancy_row: Array, homeless_since: Array,
    shelter_row: Array, stay_row: Array, residents: Array, last_week: Array, left_shelter: Array,
    dwelling_row: Array, end_week: Array, end: Array, tenant: Array, vacant_since: Array, week: int,
) -> None:
    """Deaths, moves away and the end of risk."""
    for c in citizens:
        intent = exit_intent[c]
        if intent == Exit.NONE or housing[c] >= Housing.GONE:
            continue
        t = tenancy_row[c]
        if t >= 0:
            d = dwelling_row[t]
            end_week[t] = week
            if intent == Exit.NO_LONGER_AT_RISK:
                end[t] = TenancyEnd.NO_LONGER_AT_RISK
                tenant[d] = OTHER
            else:
                end[t] = TenancyEnd.DIED if intent == Exit.DIED else TenancyEnd.MOVED_AWAY
                tenant[d] = NOBODY
                vacant_since[d] = week
            tenancy_row[c] = NOBODY
        leave_bed(c, week, shelter_row, stay_row, residents, last_week, housing, left_shelter)
        housing[c] = Housing.GONE
        since[c] = week
        homeless_since[c] = NEVER


@kernel
def lose_homes(
    tenancies: Array, evicted: Array, breaks_down: Array, end: Array, end_week: Array, citizen_row: Array,
    dwelling_row: Array, tenant: Array, vacant_since: Array, tenancy_row: Array, lost_row: Array, housing: Array,
    since: Array, homeless_since: Array, spells: Array, wants: Array, ties: Array, uid: Array, key: Any,
    week: int, sofa: float,
) -> None:
    """Eviction and breakdown: the dwelling falls vacant, the citizen needs a refuge."""
    for t in tenancies:
        if end[t] != TenancyEnd.RUNNING or not (evicted[t] or breaks_down[t]):
            continue
        c, d = citizen_row[t], dwelling_row[t]
        end[t] = TenancyEnd.EVICTED if evicted[t] else TenancyEnd.BROKE_DOWN
        end_week[t] = week
        tenant[d] = NOBODY
        vacant_since[d] = week
        tenancy_row[c] = NOBODY
        lost_row[c] = t
        housing[c] = Housing.STREET
        since[c] = week
        homeless_since[c] = week
        spells[c] += 1
        stays = uniform(key, REFUGE, uid[c]) < sofa * (0.5 + ties[c])
        wants[c] = SOFA if stays else SHELTER


@kernel
def move_ordinary_tenants(
    leave: Array, vacant: Array, let_to_other: Array, tenant: Array, vacant_since: Array, week: int
) -> None:
    """Ordinary tenants leave and come."""
    for d in vacant:
        if let_to_other[d] and tenant[d] == NOBODY:
            tenant[d] = OTHER
    for d in leave:
        if tenant[d] == OTHER:
            tenant[d] = NOBODY
            vacant_since[d] = week


@kernel
def move_in(
    citizens: Array, offered: Array, offered_track: Array, found: Array, housing: Array, since: Array,
    tenancy_row: Array, homeless_since: Array, shelter_row: Array, stay_row: Array, residents: Array,
    last_week: Array, left_shelter: Array, tenant: Array, in_need_since: Array, placed_week: Array, placements: Array,
    week: int, who: Array, home: Array, how: Array, waited: Array, was_homeless: Array,
) -> int:
    """Citizens move into dwellings offered or found; returns how many, listed in `who`."""
    count = 0
    for c in citizens:
        d = offered[c] if offered[c] >= 0 else found[c]
        if d < 0 or housing[c] == Housing.OWN_HOME or housing[c] >= Housing.GONE:
            continue
        if tenant[d] != NOBODY:
            continue
        tenant[d] = c
        who[count], home[count] = c, d
        how[count] = offered_track[c] if offered[c] >= 0 else OWN_SEARCH
        waited[count] = 0
        if offered[c] >= 0:
            placed_week[c] = week
            placements[c] += 1
            waited[count] = week - in_need_since[c] if in_need_since[c] != NEVER else 0
        was_homeless[count] = week - homeless_since[c] if homeless_since[c] != NEVER else 0
        leave_bed(c, week, shelter_row, stay_row, residents, last_week, housing, left_shelter)
        housing[c] = Housing.OWN_HOME
        since[c] = week
        homeless_since[c] = NEVER
        count += 1
    return count


@kernel
def settle_newcomers(
    citizens: Array, housing: Array, since: Array, arrives_as: Array, arrives_since: Array, uid: Array, payer: Array,
    homeless_since: Array, spells: Array, wants: Array, homes: int, municipality: Array, sector: Array, rent: Array,
    tenant: Array, key: Any, who: Array, home: Array,
) -> int:
    """Newcomers take the place they come with; returns how many are tenants, listed in `who`."""
    count = 0
    for c in citizens:
        if housing[c] != Housing.ARRIVING:
            continue
        since[c] = arrives_since[c]
        if arrives_as[c] != Housing.OWN_HOME:
            housing[c] = Housing.STREET
            homeless_since[c] = arrives_since[c]
            spells[c] += 1
            wants[c] = arrives_as[c]
            continue
        best, found = -1, 0
        start = int(uniform(key, SETTLE, uid[c]) * homes)
        step = 7919
        for k in range(homes):
            d = (start + k * step) % homes
            if tenant[d] == OTHER and municipality[d] == payer[c] and sector[d] != Sector.SPECIAL:
                found += 1
                if best < 0 or rent[d] < rent[best]:
                    best = d
                if found >= CANDIDATES:
                    break
        if best < 0:
            housing[c] = Housing.STREET
            homeless_since[c] = arrives_since[c]
            wants[c] = Housing.SOFA
            continue
        tenant[best] = c
        housing[c] = Housing.OWN_HOME
        who[count], home[count] = c, best
        count += 1
    return count


@kernel
def count_weeks(citizens: Array, housing: Array, homeless_weeks: Array) -> None:
    """Add a week to everyone who is homeless."""
    for c in citizens:
        h = housing[c]
        if h != Housing.OWN_HOME and h != Housing.INSTITUTION and h < Housing.GONE:
            homeless_weeks[c] += 1
