"""Referral: the municipality turns needs into referrals (indstillinger) for a home.

Weekly, after `decisions`.  On the Housing First track anyone in need can be referred; so far as the
mindshift is missing, readiness is asked for.  On the staircase only those who climbed all steps and are
ready are referred.  The internal organisation sets the weeks from need to referral, the procedure those
from referral to the first offer.  A decision on support is taken with the referral, before discharge.
How hard the municipality works at it hangs on what it reckons: its effort by need and refund, and how
pressing the end of the refund is.  Whoever is asked to go through a shelter first is referred from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.calendar import NEVER, Week
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY, Housing, Origin, ReferralState, Track, need_of
from hfabm.state.institutions import Shelter
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Referral
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

REFER = question("referral.refer")
TRACK = question("referral.track")
READINESS = question("referral.readiness")
HOUSING_FIRST, STAIRCASE = int(Track.HOUSING_FIRST), int(Track.STAIRCASE)
DECISION_HOLDS_WEEKS = 52
"""Weeks after which a decision on support that led to no home has lapsed; assumed."""
AT_SHELTER, IN_VIEW, NO_REFUND = (int(origin) for origin in Origin)
ORIGINS = len(Origin)
HOUSED, WITHDRAWN = int(ReferralState.HOUSED), int(ReferralState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ReferralParameters:
    """Numbers that only this process reads."""

    weeks_to_referral_worst: float = parameter(
        40.0, Unit.WEEKS, 4.0, 104.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Mean weeks from known need to referral without the internal organisation.",
    )
    weeks_to_referral_best: float = parameter(
        6.0, Unit.WEEKS, 1.0, 26.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Mean weeks from known need to referral with it.",
    )
    weeks_to_offer_worst: float = parameter(
        20.0, Unit.WEEKS, 2.0, 104.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks from referral to the first possible offer without a systematic procedure.",
    )
    weeks_to_offer_best: float = parameter(
        4.0, Unit.WEEKS, 1.0, 26.0, role=Role.UNCERTAINTY, source="O08",
        means="Weeks from referral to the first possible offer with it; 1 to 2 months to a home in Odense.",
    )
    low_need: float = parameter(
        0.1, Unit.RATIO, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Chance that a citizen of low need is referred, relative to one of complex need.",
    )
    moderate_need: float = parameter(
        0.4, Unit.RATIO, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Chance that a citizen of moderate need is referred, relative to one of complex need.",
    )
    ready_skills: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Living skills that count as ready for a home (boligparat).",
    )
    abstinence: bool = parameter(
        True, Unit.SWITCH, 0, 1, role=Role.LEVER, source=ASSUMED,
        means="Readiness asks for no severe substance use.",
    )
    hurried: float = parameter(
        2.0, Unit.RATIO, 0.0, 10.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of the chance of referral where the end of the refund presses most.",
    )
    chances: int = parameter(
        3, Unit.COUNT, 0, 20, role=Role.LEVER, source=ASSUMED,
        means="Placements a citizen may have in all: everyone shall have a chance, more than once.",
    )
    offers_before_struck_off: int = parameter(
        1, Unit.COUNT, 1, 20, role=Role.LEVER, source="I34",
        means="Declined offers after which a citizen is struck off the list.",
    )


@kernel
def close(
    referrals: int, citizen_row: Array, state: Array, closed_week: Array, opened_week: Array, referral_row: Array,
    housing: Array, placed_week: Array, declined: Array, limit: int, week: int,
) -> None:
    """Close referrals of citizens who are housed, gone, or have declined too often."""
    for r in range(referrals):
        if state[r] != ReferralState.OPEN:
            continue
        c = citizen_row[r]
        if housing[c] == Housing.OWN_HOME:
            state[r] = HOUSED if placed_week[c] >= opened_week[r] else WITHDRAWN
        elif housing[c] == Housing.GONE:
            state[r] = ReferralState.WITHDRAWN
        elif declined[c] >= limit:
            state[r] = ReferralState.STRUCK_OFF
        else:
            continue
        closed_week[r] = week
        referral_row[c] = NOBODY


@kernel
def choose(
    citizens: Array, housing: Array, homeless_since: Array, uid: Array, municipality: Array, referral_row: Array,
    in_need_since: Array, mental: Array, use: Array, skills: Array, placements: Array, shelter_row: Array,
    step: Array, in_view: Array, pressing: Array, sent: Array, decided: Array, efforts: Array, after_weeks: Array,
    first_share: Array, mindshift: Array, organisation: Array, key: Any, life: Any, week: int,
    p: tuple[float, ...], chosen: Array, track: Array,
) -> int:
    """Find whom to refer this week; returns how many, in `chosen` and `track`."""
    worst, best, low, moderate, ready_skills, abstinence, chances, hurried = p
    count = 0
    for c in citizens:
        h = housing[c]
        if h == Housing.OWN_HOME or h >= Housing.GONE:
            in_need_since[c] = NEVER
            continue
        m = municipality[c]
        if decided[c] != NEVER and referral_row[c] < 0 and week - decided[c] > DECISION_HOLDS_WEEKS:
            decided[c] = NEVER
        known = h == Housing.INSTITUTION or week - homeless_since[c] >= after_weeks[m]
        if in_need_since[c] == NEVER and known:
            in_need_since[c] = week
        if in_need_since[c] == NEVER or referral_row[c] >= 0 or placements[c] >= chances:
            continue
        if sent[c] and h != Housing.SHELTER:
            continue
        ready = skills[c] >= ready_skills and (abstinence == 0.0 or use[c] < 2)
        first = uniform(life, TRACK, uid[c]) < first_share[m]
        if first:
            if uniform(life, READINESS, uid[c]) >= mindshift[m] and not ready:
                continue
        elif not (ready and h == Housing.TRANSITIONAL and step[shelter_row[c]] == 3):
            continue
        needs = mental[c] + use[c]
        weight = 1.0 if needs >= 3 or not first else (moderate if needs == 2 else low)
        weeks = worst + (best - worst) * organisation[m]
        origin = AT_SHELTER if h == Housing.SHELTER else (IN_VIEW if in_view[c] else NO_REFUND)
        effort = efforts[m, ORIGINS * need_of(needs) + origin] if first else 1.0
        # who was asked to come by way of the shelter is referred on arrival
        if (sent[c] and first) or uniform(key, REFER, uid[c]) < effort * (1.0 + hurried * pressing[c]) * weight / weeks:
            chosen[count] = c
            track[count] = HOUSING_FIRST if first else STAIRCASE
            count += 1
    return count


class Referrals(Process):
    """Needs become referrals, and referrals are closed."""

    name = "referral"
    phase = Phase.MATCH
    parameters = ReferralParameters
    opens = frozenset({Referral})
    kernel_reads = frozenset({
        Citizen.housing, Citizen.homeless_since_week, Citizen.uid, Citizen.municipality_row, Citizen.mental_illness,
        Citizen.substance_use, Citizen.skills, Citizen.placements, Citizen.shelter_row, Citizen.placed_week,
        Citizen.offers_declined, Citizen.refund_in_view, Citizen.pressing, Citizen.sent_to_shelter,
        Municipality.referral_efforts, Shelter.step, Municipality.refers_after_weeks, Municipality.housing_first_share,
        Municipality.mindshift, Municipality.organisation, Municipality.procedure,
        Referral.citizen_row, Referral.opened_week,
    })
    kernel_writes = frozenset({
        Citizen.referral_row, Citizen.in_need_since_week, Citizen.decided_week, Referral.state, Referral.closed_week,
    })

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Close what is done, open what is needed."""
        c, r, us = world.citizens, world.referrals, world.municipalities
        close(
            r.size, r.citizen_row, r.state, r.closed_week, r.opened_week, c.referral_row, c.housing,
            c.placed_week, c.offers_declined, p.offers_before_struck_off, week.number,
        )
        chosen, track = self.scratch("chosen", c.size), self.scratch("track", c.size)
        count = choose(
            c.live, c.housing, c.homeless_since_week, c.uid, c.municipality_row, c.referral_row,
            c.in_need_since_week, c.mental_illness, c.substance_use, c.skills, c.placements, c.shelter_row,
            world.shelters.step, c.refund_in_view, c.pressing, c.sent_to_shelter, c.decided_week, us.referral_efforts,
            us.refers_after_weeks, us.housing_first_share, us.mindshift, us.organisation,
            np.uint64(week.key), np.uint64(week.life), week.number,
            (
                p.weeks_to_referral_worst, p.weeks_to_referral_best, p.low_need, p.moderate_need, p.ready_skills,
                float(p.abstinence), float(p.chances), p.hurried,
            ),
            chosen, track,
        )
        if not count:
            return
        who = chosen[:count]
        payer = c.municipality_row[who]
        weeks = p.weeks_to_offer_worst + (p.weeks_to_offer_best - p.weeks_to_offer_worst) * us.procedure[payer]
        rows = r.open(
            count, citizen_row=who, citizen_uid=c.uid[who], municipality_row=payer, track=track[:count],
            opened_week=week.number, offers_from_week=week.number + weeks.astype(np.int64),
            urgency=c.mental_illness[who] + c.substance_use[who],
        )
        c.referral_row[who] = np.arange(rows.start, rows.stop)
        c.decided_week[who] = week.number
