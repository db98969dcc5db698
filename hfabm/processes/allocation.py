"""Allocation: vacant affordable dwellings meet referrals (boligsocial anvisning).

Weekly, after `referral`, before `letting`.  The municipality takes its share of affordable dwellings that
fall vacant, within its right; where a guarantee is broken it takes more, by agreement, and opens private
places.  Citizens come in the
order of the rule chosen; each gets at most one offer a week, of a dwelling that suits.  The landlord
accepts or refuses, the citizen accepts or declines.  A spread rule limits placements in one stairwell.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from hfabm.calendar import NEVER, WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.allocation_order import rank
from hfabm.processes.process import Phase, Process
from hfabm.randomness import question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY, ReferralState, Sector, TenancyEnd, TenancyStart, Track
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Landlord, Shelter
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Referral
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

CLAIM = question("allocation.claim")
PRIVATE = question("allocation.private")
LANDLORD = question("allocation.landlord_accepts")
CITIZEN = question("allocation.citizen_accepts")
WHICH = question("allocation.which")

HOUSING_FIRST, STAIRCASE = int(TenancyStart.HOUSING_FIRST), int(TenancyStart.STAIRCASE)


@dataclass(frozen=True, slots=True)
class AllocationParameters:
    """Numbers that only this process reads."""

    order: int = parameter(
        0, Unit.CODE, 0, 5, role=Role.LEVER, source=ASSUMED,
        means="Who comes first: 0 greatest need, 1 longest homeless, 2 first referred, 3 lottery, 4 readiest, "
        "5 greatest expected effect.",
    )
    refund_moves_up: float = parameter(
        2.0, Unit.SCORE, 0.0, 5.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Steps of need by which a citizen moves up in the order where the end of the refund presses most.",
    )
    affordable_rent: float = parameter(
        3500.0, Unit.DKK_MONTH, 2500.0, 6000.0, role=Role.UNCERTAINTY, source="I27 P4.051", price_year=2023,
        means="Rent that a referred citizen can pay at most.",
    )
    fit_out_weeks: float = parameter(
        2.0, Unit.WEEKS, 0.0, 26.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks a dwelling stands empty before anyone can move in.",
    )
    kept_weeks: float = parameter(
        8.0, Unit.WEEKS, 1.0, 52.0, role=Role.LEVER, source=ASSUMED,
        means="Weeks the municipality keeps a dwelling it took before it gives it back.",
    )
    spread: int = parameter(
        3, Unit.COUNT, 1, 10, role=Role.LEVER, source=ASSUMED,
        means="Running placements in one stairwell at most.",
    )
    citizen_accepts: float = parameter(
        0.85, Unit.PROBABILITY, 0.1, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance that a citizen accepts an offer.",
    )
    needs_put_off: float = parameter(
        0.5, Unit.LOG_ODDS, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall of a landlord's acceptance per step of need above moderate.",
    )
    guarantee_excludes_elsewhere: bool = parameter(
        False, Unit.SWITCH, 0, 1, role=Role.LEVER, source="O09",
        means="The guarantee does not hold for citizens who stay in another municipality's shelter.",
    )
    special_for_failed: int = parameter(
        0, Unit.COUNT, 0, 10, role=Role.LEVER, source="X19 X20",
        means="Placements that must have been lost before an alternative dwelling is offered; 0 none.",
    )
    guarantee_takes: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of affordable vacancies taken while anyone waits longer than the guarantee.",
    )
    guarantee_private: float = parameter(
        0.05, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of private vacancies taken while anyone waits longer than the guarantee.",
    )


@formula
def accepted(u: float, chance: float, needs: int, put_off: float) -> bool:
    """Does a landlord that accepts moderate need with `chance` accept this citizen?

    The odds fall by `put_off` per step of need above 2 and rise as much below.
    """
    if chance <= 0.0 or chance >= 1.0:
        return u < chance
    odds = chance / (1.0 - chance) * exp(-put_off * (needs - 2))
    return u < odds / (1.0 + odds)


@kernel
def claim(
    vacant: Array, municipality: Array, sector: Array, rent: Array,
    vacant_since: Array, claimed_week: Array, share: Array, private_chance: Array, agreed: Array, claimed: Array,
    private_used: Array, key: Any, week: int, p: tuple[float, ...], pool: Array,
) -> int:
    """Take dwellings for referrals, give back those kept too long; returns the pool that can be offered."""
    affordable, fit_out, kept = p
    claimed[:] = 0
    count = 0
    for d in vacant:
        if claimed_week[d] <= vacant_since[d]:
            # taken when it stood empty before, if ever
            claimed_week[d] = NEVER
        m = municipality[d]
        if claimed_week[d] != NEVER and week - claimed_week[d] > kept:
            claimed_week[d] = NEVER
        elif claimed_week[d] == NEVER and rent[d] <= affordable:
            if sector[d] == Sector.SPECIAL:
                takes = 1.0
            elif vacant_since[d] != week - 1:
                takes = 0.0
            else:
                takes = share[m]
            if uniform(key, CLAIM, d) < takes:
                claimed_week[d] = week
                claimed[m] += 1
        if claimed_week[d] == NEVER and sector[d] == Sector.PRIVATE and vacant_since[d] == week - 1:
            u = uniform(key, PRIVATE, d)
            if u < private_chance[m]:
                claimed_week[d] = week
                claimed[m] += 1
                private_used[m] += 1.0 if u < agreed[m] else 0.0
        if claimed_week[d] != NEVER and week - vacant_since[d] >= fit_out:
            pool[count] = d
            count += 1
    return count


@kernel
def match(
    order: Array, waiting: Array, citizen_row: Array, referral_track: Array, uid: Array, birth_week: Array,
    mental: Array, use: Array, municipality: Array, pool: Array, home_municipality: Array, sector: Array,
    stairwell: Array, landlord_row: Array, accepts: Array, placed_in: Array, lost: Array,
    offered: Array, offered_track: Array, declined_before: Array, refused: Array, declined: Array,
    key: Any, week: int, p: tuple[float, ...],
) -> None:
    """Offer dwellings of the pool to waiting citizens in their order."""
    spread, citizen_accepts, put_off, special_after = p
    taken = np.zeros(pool.size, np.bool_)
    left = pool.size
    for i in range(order.size):
        if left == 0:
            return
        r = waiting[order[i]]
        c = citizen_row[r]
        m = municipality[c]
        first = int(uniform(key, WHICH, uid[c]) * pool.size)
        for k in range(pool.size):
            j = (first + k) % pool.size
            d = pool[j]
            if taken[j] or home_municipality[d] != m:
                continue
            if sector[d] == Sector.SOCIAL_YOUTH and week - birth_week[c] > 30.0 * WEEKS_PER_YEAR:
                continue
            if sector[d] == Sector.SPECIAL and lost[c] < special_after:
                continue
            stair = stairwell[d]
            if stair >= 0 and placed_in[stair] >= spread:
                continue
            if not accepted(uniform(key, LANDLORD, uid[c]), accepts[landlord_row[d]], mental[c] + use[c], put_off):
                refused[m] += 1
            elif uniform(key, CITIZEN, uid[c]) >= citizen_accepts:
                declined[m] += 1
                declined_before[c] += 1
            else:
                taken[j] = True
                left -= 1
                if stair >= 0:
                    placed_in[stair] += 1
                offered[c] = d
                first_track = referral_track[r] == Track.HOUSING_FIRST
                offered_track[c] = HOUSING_FIRST if first_track else STAIRCASE
            break


@kernel
def begin(citizens: Array, offered: Array, referral_row: Array, declined: Array) -> None:
    """Clear last week's offers, and the count of offers declined where there is no referral."""
    for c in citizens:
        offered[c] = NOBODY
        if referral_row[c] < 0:
            declined[c] = 0


@kernel
def placements_by_stairwell(
    tenancies: Array, end: Array, how: Array, dwelling_row: Array, stairwell: Array, placed: Array
) -> None:
    """Count running tenancies that came through the municipality, by stairwell."""
    placed[:] = 0
    for t in tenancies:
        if end[t] == TenancyEnd.RUNNING and how[t] >= TenancyStart.HOUSING_FIRST and stairwell[dwelling_row[t]] >= 0:
            placed[stairwell[dwelling_row[t]]] += 1


class Allocation(Process):
    """Dwellings taken, offered, accepted."""

    name = "allocation"
    phase = Phase.MATCH
    parameters = AllocationParameters
    shares = ("housing_law", "income")
    kernel_reads = frozenset({
        Dwelling.municipality_row, Dwelling.sector, Dwelling.rent_dkk_month, Dwelling.stairwell,
        Dwelling.vacant_since_week, Dwelling.landlord_row, Landlord.accepts,
        Municipality.allocation_share, Municipality.private_places, Municipality.guarantee_weeks,
        Referral.state, Referral.citizen_row, Referral.track, Referral.opened_week, Referral.urgency,
        Referral.offers_from_week, Referral.municipality_row, Citizen.uid, Citizen.birth_week,
        Citizen.mental_illness, Citizen.substance_use, Citizen.municipality_row, Citizen.homeless_since_week,
        Tenancy.end, Tenancy.how,
        Tenancy.dwelling_row, Citizen.pressing, Citizen.placements, Citizen.shelter_row, Shelter.elsewhere,
        Citizen.skills, Citizen.in_need_since_week, Citizen.referral_row, Citizen.exit_intent,
    })
    kernel_writes = frozenset({
        Dwelling.claimed_week, Citizen.offered_dwelling_row, Citizen.offered_track, Citizen.offers_declined,
        Municipality.claimed, Municipality.refused, Municipality.declined, Municipality.private_used,
    })

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Claim, rank, match."""
        c, d, r, us = world.citizens, world.dwellings, world.referrals, world.municipalities
        key = np.uint64(week.key)
        begin(c.live, c.offered_dwelling_row, c.referral_row, c.offers_declined)
        us.refused[:], us.declined[:] = 0, 0
        if week.day.month == 1 and week.begins_month:
            us.private_used[:] = 0.0
        ours = slice(0, r.size)
        open_now = (r.state[ours] == ReferralState.OPEN) & (r.offers_from_week[ours] <= week.number)
        waiting = np.flatnonzero(open_now & (c.exit_intent[r.citizen_row[ours]] == 0))
        who = r.citizen_row[waiting]
        guarantee = us.guarantee_weeks[c.municipality_row[who]]
        overdue = (guarantee > 0.0) & (week.number - c.in_need_since_week[who] > guarantee)
        if p.guarantee_excludes_elsewhere:
            overdue &= (c.shelter_row[who] < 0) | ~world.shelters.elsewhere[c.shelter_row[who]]
        pool = self._pool(world, week, p, r.municipality_row[waiting[overdue]])
        if not waiting.size or not pool.size:
            return
        order = rank(
            waiting, p.order, r.citizen_row, r.urgency, r.opened_week, c.uid, c.homeless_since_week, c.skills,
            p.refund_moves_up * c.pressing, overdue, key, week.number,
        )
        match(
            order, waiting, r.citizen_row, r.track, c.uid, c.birth_week,
            c.mental_illness, c.substance_use, c.municipality_row, pool, d.municipality_row, d.sector,
            d.stairwell, d.landlord_row, world.landlords.accepts, self._placements(world),
            c.placements, c.offered_dwelling_row, c.offered_track, c.offers_declined, us.refused, us.declined,
            key, week.number, (float(p.spread), p.citizen_accepts, p.needs_put_off, float(p.special_for_failed)),
        )

    def _pool(self, world: Lent, week: Week, p: Any, broken: Array) -> Array:
        d, us = world.dwellings, world.municipalities
        law, subsidy = self.shared["housing_law"], self.shared["income"].rent_subsidy
        share, private = np.minimum(us.allocation_share, law.allocation_right), np.zeros(us.size)
        share[broken] = np.maximum(share[broken], p.guarantee_takes)
        for m in np.flatnonzero(us.private_places[: us.size] >= 0.5):
            rentals = np.sum((d.municipality_row[: d.size] == m) & (d.sector[: d.size] == Sector.PRIVATE))
            if us.private_places[m] - us.private_used[m] >= 0.5:
                private[m] = min(1.0, us.private_places[m] / max(1.0, 0.2 * float(rentals)))
        agreed = np.minimum(private, law.private_share)
        private[broken] = np.maximum(private[broken], p.guarantee_private)
        private = np.minimum(private, law.private_share)
        pool = self.scratch("pool", d.size)
        count = claim(
            world.vacant, d.municipality_row, d.sector, d.rent_dkk_month,
            d.vacant_since_week, d.claimed_week, share, private, agreed, us.claimed, us.private_used,
            np.uint64(week.key), week.number, (p.affordable_rent + subsidy, p.fit_out_weeks, p.kept_weeks), pool,
        )
        return pool[:count].copy()

    def _placements(self, world: Lent) -> Array:
        t, d = world.tenancies, world.dwellings
        placed = self.scratch("placed", d.size)[: d.size]
        placements_by_stairwell(t.live, t.end, t.how, t.dwelling_row, d.stairwell, placed)
        return placed
