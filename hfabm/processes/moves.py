"""Moves: all intents become facts here, and only here.

Weekly, last of what happens.  In this order: people leave the population; homes are lost; ordinary tenants
move; citizens move into homes offered or found; newcomers settle; everyone who seeks a bed gets one or
does not.  Beds are given in an order of luck, not of rows.  No bed: another kind of bed, a sofa, the street.
This is the one writer of where a citizen is, who lives in a dwelling, and who lies in a bed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.calendar import NEVER, WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY, OTHER, Exit, Housing, Sector, TenancyEnd, TenancyStart
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Shelter, ShelterStay
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

REFUGE = question("moves.refuge")
QUEUE = question("moves.queue_for_beds")
ELSEWHERE = question("moves.elsewhere")
FALL_BACK = question("moves.fall_back")
SETTLE = question("moves.settle")

# plain numbers, for kernels that choose between them
STREET, NIGHT_SHELTER, SHELTER, HOTEL, SOFA = (int(h) for h in list(Housing)[1:6])
TRANSITIONAL, OWN_SEARCH = int(Housing.TRANSITIONAL), int(TenancyStart.OWN_SEARCH)

_LISTS = ("who", "home", "how", "waited", "before")

CANDIDATES = 4
"""Dwellings an arriving tenant is placed in the cheapest of: people at risk live cheaply."""


@dataclass(frozen=True, slots=True)
class MovesParameters:
    """Numbers that only this process reads."""

    refuge_sofa: float = parameter(
        0.55, Unit.PROBABILITY, 0.0, 1.0, role=Role.UNCERTAINTY, source="P3.031 P1.027",
        means="Chance at half social ties that someone who loses a home goes to friends or family first.",
    )
    shelter_elsewhere: float = parameter(
        0.28, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P5.013",
        means="Share of shelter seekers who turn to a shelter in another municipality: 33 of 117 counted Odense "
        "citizens stayed elsewhere in 2022 (half nationally, I31).",
    )
    hotel: float = parameter(
        0.10, Unit.PROBABILITY, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Chance that the municipality pays a hotel for someone turned away.",
    )
    sofa_again: float = parameter(
        0.5, Unit.PROBABILITY, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance at full social ties that someone turned away finds a sofa.",
    )


@formula
def leave_bed(
    c: int, week: int, shelter_row: Array, stay_row: Array, residents: Array, last_week: Array,
    housing: Array, left_shelter: Array,
) -> None:
    """Close the stay of a citizen, if there is one."""
    if shelter_row[c] >= 0:
        residents[shelter_row[c]] -= 1
        last_week[stay_row[c]] = week - 1
        if housing[c] == Housing.SHELTER:
            left_shelter[c] = week - 1
        shelter_row[c] = NOBODY
        stay_row[c] = NOBODY


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
    dwelling_row: Array, tenant: Array, vacant_since: Array, tenancy_row: Array, housing: Array, since: Array,
    homeless_since: Array, spells: Array, wants: Array, ties: Array, uid: Array, key: Any, week: int, sofa: float,
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
        housing[c] = Housing.STREET
        since[c] = week
        homeless_since[c] = week
        spells[c] += 1
        stays = uniform(key, REFUGE, uid[c]) < sofa * (0.5 + ties[c])
        wants[c] = SOFA if stays else SHELTER


@kernel
def move_ordinary_tenants(
    homes: int, moves_out: Array, let_to_other: Array, tenant: Array, vacant_since: Array, week: int
) -> None:
    """Ordinary tenants leave and come."""
    for d in range(homes):
        if moves_out[d] and tenant[d] == OTHER:
            tenant[d] = NOBODY
            vacant_since[d] = week
        elif let_to_other[d] and tenant[d] == NOBODY:
            tenant[d] = OTHER


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


@formula
def bed_of(
    kind: int, payer: int, step: int, away: bool, shelters: int, shelter_municipality: Array, shelter_kind: Array,
    shelter_step: Array, elsewhere: Array, beds: Array, residents: Array,
) -> int:
    """A free bed of a kind: first where the person prefers, then where there is room; -1 for none."""
    for strict in range(2):
        for s in range(shelters):
            fits = shelter_municipality[s] == payer and shelter_kind[s] == kind and residents[s] < beds[s]
            if kind == Housing.TRANSITIONAL and shelter_step[s] != step:
                fits = False
            if fits and (strict == 1 or elsewhere[s] == away):
                return s
    return -1


@kernel
def find_beds(
    citizens: Array, wants: Array, next_step: Array, housing: Array, since: Array, homeless_since: Array, spells: Array,
    shelter_row: Array, stay_row: Array, last_week: Array, left_shelter: Array, ever: Array, payer: Array,
    ties: Array, uid: Array, shelters: int, shelter_municipality: Array, shelter_kind: Array, shelter_step: Array,
    elsewhere: Array, beds: Array, residents: Array, turned_away: Array, key: Any, week: int,
    p: tuple[float, ...], who: Array, where: Array,
) -> int:
    """Everyone who seeks a bed gets one, or falls back; returns how many stays begin, listed in `who`."""
    away_share, hotel, sofa_again = p
    turned_away[:shelters] = 0
    queue = np.empty(citizens.size, np.int64)
    luck = np.empty(citizens.size, np.float64)
    n = 0
    for c in citizens:
        if wants[c] != Housing.ARRIVING and housing[c] != Housing.OWN_HOME and housing[c] < Housing.GONE:
            queue[n] = c
            luck[n] = uniform(key, QUEUE, uid[c])
            n += 1
    order = np.argsort(luck[:n], kind="mergesort")
    count = 0
    for i in range(n):
        c = queue[order[i]]
        kind, m, bed = int(wants[c]), payer[c], -1
        away = uniform(key, ELSEWHERE, uid[c]) < away_share
        step = int(next_step[c]) if next_step[c] > 0 else 2
        if kind != Housing.STREET and kind != Housing.SOFA:
            bed = bed_of(
                kind, m, step, away, shelters, shelter_municipality, shelter_kind, shelter_step, elsewhere, beds,
                residents,
            )
            if bed < 0 and (kind == Housing.TRANSITIONAL or kind == Housing.INSTITUTION) and shelter_row[c] >= 0:
                continue
            if bed < 0:
                if kind == Housing.SHELTER:
                    for s in range(shelters):
                        if shelter_kind[s] == kind and shelter_municipality[s] == m and not elsewhere[s]:
                            turned_away[s] += 1
                            break
                u = uniform(key, FALL_BACK, uid[c])
                kind = HOTEL if u < hotel else NIGHT_SHELTER
                bed = bed_of(
                    kind, m, 0, False, shelters, shelter_municipality, shelter_kind, shelter_step, elsewhere, beds,
                    residents,
                )
                if bed < 0:
                    u = uniform(key, REFUGE, uid[c])
                    kind = SOFA if u < sofa_again * ties[c] else STREET
        if bed < 0 and kind == housing[c]:
            continue
        leave_bed(c, week, shelter_row, stay_row, residents, last_week, housing, left_shelter)
        if kind == Housing.INSTITUTION:
            homeless_since[c] = NEVER
        elif homeless_since[c] == NEVER:
            homeless_since[c] = week
            spells[c] += 1
        housing[c] = kind
        if week >= 0 or since[c] == NEVER:
            since[c] = week
        if bed >= 0:
            shelter_row[c] = bed
            residents[bed] += 1
            who[count], where[count] = c, bed
            count += 1
            if kind == Housing.SHELTER:
                ever[c] = True
    return count


@kernel
def count_weeks(citizens: Array, housing: Array, homeless_weeks: Array) -> None:
    """Add a week to everyone who is homeless."""
    for c in citizens:
        h = housing[c]
        if h != Housing.OWN_HOME and h != Housing.INSTITUTION and h < Housing.GONE:
            homeless_weeks[c] += 1


class Moves(Process):
    """The one writer of where people are."""

    name = "moves"
    phase = Phase.MOVE
    parameters = MovesParameters
    opens = frozenset({Tenancy, ShelterStay})
    kernel_reads = frozenset({
        Citizen.exit_intent, Citizen.seeks, Citizen.next_step, Citizen.offered_dwelling_row, Citizen.offered_track,
        Citizen.found_dwelling_row, Citizen.uid, Citizen.municipality_row, Citizen.ties, Citizen.arrives_as,
        Citizen.arrives_since_week, Citizen.in_need_since_week, Citizen.mental_illness, Citizen.substance_use,
        Citizen.skills, Citizen.birth_week, Tenancy.evicted, Tenancy.breaks_down, Tenancy.citizen_row,
        Tenancy.dwelling_row, Dwelling.moves_out, Dwelling.let_to_other, Dwelling.municipality_row,
        Dwelling.landlord_row, Dwelling.sector, Dwelling.rent_dkk_month, Shelter.municipality_row, Shelter.kind,
        Shelter.step, Shelter.elsewhere, Shelter.beds,
    })
    kernel_writes = frozenset({
        Citizen.housing, Citizen.housing_since_week, Citizen.tenancy_row, Citizen.shelter_row, Citizen.stay_row,
        Citizen.homeless_since_week, Citizen.homeless_weeks, Citizen.spells, Citizen.left_shelter_week,
        Citizen.ever_in_shelter, Citizen.placed_week, Citizen.placements, Tenancy.end_week, Tenancy.end,
        Dwelling.tenant, Dwelling.vacant_since_week, Shelter.residents, Shelter.turned_away, ShelterStay.last_week,
    })

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Resolve every intent of the week."""
        c, t, d, s = world.citizens, world.tenancies, world.dwellings, world.shelters
        stays, key, n = world.shelter_stays, np.uint64(week.key), c.size
        wants = self.scratch("wants", n)
        turn(c.live, c.seeks, c.next_step, wants)
        leave_population(
            c.live, c.exit_intent, c.housing, c.housing_since_week, c.tenancy_row, c.homeless_since_week, c.shelter_row,
            c.stay_row, s.residents, stays.last_week, c.left_shelter_week, t.dwelling_row, t.end_week, t.end,
            d.tenant, d.vacant_since_week, week.number,
        )
        lose_homes(
            t.live, t.evicted, t.breaks_down, t.end, t.end_week, t.citizen_row, t.dwelling_row, d.tenant,
            d.vacant_since_week, c.tenancy_row, c.housing, c.housing_since_week, c.homeless_since_week, c.spells,
            wants, c.ties, c.uid, key, week.number, p.refuge_sofa,
        )
        move_ordinary_tenants(d.size, d.moves_out, d.let_to_other, d.tenant, d.vacant_since_week, week.number)
        self._move_in(world, week)
        self._settle(world, week, wants)
        self._find_beds(world, week, p, wants)
        count_weeks(c.live, c.housing, c.homeless_weeks)

    def _move_in(self, world: Lent, week: Week) -> None:
        c, s, n = world.citizens, world.shelters, world.citizens.size
        who, home, how, waited, before = (self.scratch(name, n) for name in _LISTS)
        count = move_in(
            c.live, c.offered_dwelling_row, c.offered_track, c.found_dwelling_row, c.housing, c.housing_since_week,
            c.tenancy_row, c.homeless_since_week, c.shelter_row, c.stay_row, s.residents,
            world.shelter_stays.last_week, c.left_shelter_week, world.dwellings.tenant, c.in_need_since_week,
            c.placed_week, c.placements, week.number, who, home, how, waited, before,
        )
        self._open_tenancies(
            world, week, who[:count], home[:count], how[:count], week.number,
            weeks_waited=waited[:count], weeks_homeless_before=before[:count],
        )

    def _settle(self, world: Lent, week: Week, wants: Array) -> None:
        c, d, n = world.citizens, world.dwellings, world.citizens.size
        who, home = self.scratch("who", n), self.scratch("home", n)
        count = settle_newcomers(
            c.live, c.housing, c.housing_since_week, c.arrives_as, c.arrives_since_week, c.uid, c.municipality_row,
            c.homeless_since_week, c.spells, wants, d.size, d.municipality_row, d.sector, d.rent_dkk_month, d.tenant,
            np.uint64(week.key), who, home,
        )
        who, home = who[:count], home[:count]
        how = TenancyStart.INITIAL if week.number < 0 else TenancyStart.ARRIVED
        self._open_tenancies(world, week, who, home, how, c.arrives_since_week[who])

    def _open_tenancies(
        self, world: Lent, week: Week, who: Array, home: Array, how: Any, start: Any, **more: Any
    ) -> None:
        if not who.size:
            return
        c, d = world.citizens, world.dwellings
        rows = world.tenancies.open(
            who.size, citizen_row=who, citizen_uid=c.uid[who], municipality_row=d.municipality_row[home],
            dwelling_row=home, landlord_row=d.landlord_row[home], start_week=start, how=how,
            need_at_start=c.mental_illness[who] + c.substance_use[who], skills_at_start=c.skills[who],
            ties_at_start=c.ties[who], age_at_start=(week.number - c.birth_week[who]) / WEEKS_PER_YEAR, **more,
        )
        c.tenancy_row[who] = np.arange(rows.start, rows.stop)

    def _find_beds(self, world: Lent, week: Week, p: Any, wants: Array) -> None:
        c, s, n = world.citizens, world.shelters, world.citizens.size
        who, where = self.scratch("who", n), self.scratch("home", n)
        count = find_beds(
            c.live, wants, c.next_step, c.housing, c.housing_since_week, c.homeless_since_week, c.spells, c.shelter_row,
            c.stay_row, world.shelter_stays.last_week, c.left_shelter_week, c.ever_in_shelter, c.municipality_row,
            c.ties, c.uid, s.size, s.municipality_row, s.kind, s.step, s.elsewhere, s.beds, s.residents,
            s.turned_away, np.uint64(week.key), week.number, (p.shelter_elsewhere, p.hotel, p.sofa_again), who, where,
        )
        who, where = who[:count], where[:count]
        rows = world.shelter_stays.open(
            count, citizen_row=who, citizen_uid=c.uid[who], shelter_row=where, kind=s.kind[where],
            first_week=week.number,
        )
        c.stay_row[who] = np.arange(rows.start, rows.stop)
