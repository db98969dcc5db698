"""Casework: what the law of the day and the municipality's sums mean for one citizen without a home.

Weekly, after `decisions`, before `referral`.  Three things are weighed for each: would support decided on
now be co-paid; how much is lost if the person is still in the shelter when the refund ends, after the wait
that is expected from referral, or from need for those not referred; would a § 107 place be cheaper meanwhile.
So, where the rule rewards it and nothing else holds the municipality back, homes are hurried before the
limit, people are asked to go through a shelter, or moved sideways for as long as that is co-paid.
"""

from __future__ import annotations

from typing import Any

from hfabm.calendar import DAYS, NEVER, Week
from hfabm.engine.kernel import formula
from hfabm.engine.rule import rule
from hfabm.parameters.law import RefundLaw
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing
from hfabm.state.municipalities import moved_by
from hfabm.state.world import Lent

TRACK = question("referral.track")
DETOUR = question("casework.detour")
WAY_OUT = question("casework.way_out")

WEEKS_BETWEEN_REVIEWS = 4
"""A shelter resident's place is reviewed about monthly, at the referral meeting."""


@formula
def nights_beyond(used: int, ahead: float, left_of_year: float, limit: int) -> float:
    """Nights beyond the limit among those of a wait: up to the turn of the running year, and after it.

    >>> nights_beyond(100, 42.0, 200.0, 120), nights_beyond(10, 42.0, 200.0, 120), nights_beyond(200, 182.0, 10.0, 90)
    (22.0, 0.0, 92.0)
    """
    inside = min(ahead, left_of_year)
    return max(0.0, used + inside - max(used, limit)) + max(0.0, ahead - inside - limit)


@rule
def look_for_a_refund(me: Citizen, week: Week, law: RefundLaw) -> None:
    """Would specialised support, decided on now for a home from here, be co-paid?"""
    me.refund_in_view = False
    if law.support_days == 0 or me.at_home or not me.present:
        return
    clock = me.refund_clock_week
    me.refund_in_view = (
        not law.after_shelter_only
        or me.housing == Housing.SHELTER
        or (clock != NEVER and DAYS * (week.number - clock) < law.support_days)
        or (law.prevention and me.housing == Housing.PRISON_HOSPITAL)
    )


@rule
def weigh_the_shelter(me: Citizen, week: Week, law: RefundLaw) -> None:
    """Hurry before the refund ends; or take a § 107 place for the wait, where it costs less."""
    me.way_out = me.housing == Housing.INSTITUTION and (me.way_out or me.offered_107)
    spent = me.days_107
    if me.from_107_week == NEVER or DAYS * (week.number - me.from_107_week) >= law.section_107_within_days:
        spent = 0 if me.housing == Housing.SHELTER else law.section_107_days
    me.place_ends = me.way_out and spent >= law.section_107_days
    me.pressing = 0.0
    me.offered_107 = False
    if me.housing != Housing.SHELTER or me.in_need_since_week == NEVER:
        return
    us = me.municipality
    away = law.elsewhere_state > 0.0 and me.place.elsewhere
    ahead, left, limit = DAYS * us.home_weeks, law.running_year_days, law.shelter_days + us.extra_days
    if me.referral_row >= 0:
        ahead = DAYS * us.wait_weeks
    if me.running_year_day != NEVER:
        left = max(0, law.running_year_days - (DAYS * week.number - me.running_year_day))
    counted = law.days_counted and not away
    beyond = nights_beyond(me.shelter_days, ahead, left, limit) if counted else 0.0
    me.pressing = moved_by(beyond * (law.rate - law.rate_beyond) * us.night_dkk, us.sensitivity, us.commitment)
    if me.mental_illness + me.substance_use < 2 or us.night_107_dkk <= 0.0:
        return
    # a § 107 place is decided on for as long as it is co-paid; then there is a home, or the shelter again
    ahead = min(ahead, max(0, law.section_107_days - spent))
    beyond = nights_beyond(me.shelter_days, ahead, left, limit) if counted else 0.0
    rate = law.elsewhere_state if away else law.rate
    stays = us.night_dkk * (ahead - rate * (ahead - beyond) - law.rate_beyond * beyond)
    moves = us.night_107_dkk * ahead * (1.0 - law.rate) + us.move_dkk
    chance = moved_by(stays - moves, us.sensitivity, us.commitment) / WEEKS_BETWEEN_REVIEWS
    me.offered_107 = luck(week, WAY_OUT, me.uid) < chance


@rule
def ask_to_go_through_a_shelter(me: Citizen, week: Week, law: RefundLaw) -> None:
    """Ask somebody whose support would not be co-paid to go through a shelter first."""
    if me.sent_to_shelter and me.housing == Housing.SHELTER and me.referral_row < 0 and me.in_need_since_week != NEVER:
        return  # has come, and is referred from here
    me.sent_to_shelter = False
    if me.refund_in_view or me.in_need_since_week == NEVER or me.referral_row >= 0 or law.support_days == 0:
        return
    if uniform(week.life, TRACK, me.uid) >= me.municipality.housing_first_share:
        return  # the staircase ends in ordinary support, which is never co-paid
    outside = (
        me.housing == Housing.STREET
        or me.housing == Housing.SOFA
        or me.housing == Housing.NIGHT_SHELTER
        or me.housing == Housing.HOTEL
    )
    if not outside:
        return
    us = me.municipality
    needs = me.mental_illness + me.substance_use
    share = us.detour_complex if needs >= 3 else (us.detour_moderate if needs == 2 else us.detour_low)
    me.sent_to_shelter = uniform(week.life, DETOUR, me.uid) < share


class Casework(Process):
    """What law and sums mean for one citizen."""

    name = "casework"
    phase = Phase.MATCH
    shares = ("refund_law",)
    rules = (look_for_a_refund, weigh_the_shelter, ask_to_go_through_a_shelter)

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Sweep the rules with the law of the day."""
        for each in self.rules:
            world.sweep(each, week, self.shared["refund_law"])
