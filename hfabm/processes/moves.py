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

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.moves_beds import find_beds
from hfabm.processes.moves_homes import (
    count_weeks,
    leave_population,
    lose_homes,
    move_in,
    move_ordinary_tenants,
    settle_newcomers,
    turn,
)
from hfabm.processes.process import Phase, Process
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY, TenancyStart
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Shelter, ShelterStay
from hfabm.state.papers import Referral
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns are handed over several to a line
# fmt: off

_LISTS = ("who", "home", "how", "waited", "before")


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
        Shelter.step, Shelter.elsewhere, Shelter.beds, Citizen.referral_row, Referral.opened_week,
    })
    kernel_writes = frozenset({
        Citizen.housing, Citizen.housing_since_week, Citizen.tenancy_row, Citizen.lost_tenancy_row,
        Citizen.shelter_row, Citizen.stay_row,
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
            d.vacant_since_week, c.tenancy_row, c.lost_tenancy_row, c.housing, c.housing_since_week,
            c.homeless_since_week, c.spells, wants, c.ties, c.uid, key, week.number, p.refuge_sofa,
        )
        leave = np.flatnonzero(d.moves_out[: d.size])
        move_ordinary_tenants(leave, world.vacant, d.let_to_other, d.tenant, d.vacant_since_week, week.number)
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
        who = who[:count]
        referral = np.where(how[:count] >= TenancyStart.HOUSING_FIRST, c.referral_row[who], NOBODY)
        opened = world.referrals.opened_week[referral]
        self._open_tenancies(
            world, week, who, home[:count], how[:count], week.number, weeks_waited=waited[:count],
            weeks_from_referral=np.where(referral >= 0, week.number - opened, 0), weeks_homeless_before=before[:count],
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
