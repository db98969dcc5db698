"""Staircase: shelter, transitional dwelling, training dwelling, own home (trappetrinsmodellen).

Weekly, in `match`.  A citizen on the staircase track is moved up a step when living skills reach a bar and,
where the rule says so, severe use has stopped; beds limit it.  Relapse on the way means down and out.
Housing First knows no steps.  Both tracks can run side by side in one municipality.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hfabm.calendar import NEVER, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

TRACK = question("referral.track")
REVIEW = question("staircase.review")


@dataclass(frozen=True, slots=True)
class StaircaseParameters:
    """Numbers that only this process reads."""

    reviewed: float = parameter(
        0.06, Unit.PER_WEEK, 0.01, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a week that a resident's next step is considered.",
    )
    transitional_skills: float = parameter(
        0.35, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Living skills asked for before a transitional dwelling.",
    )
    training_skills: float = parameter(
        0.45, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Living skills asked for before a training dwelling.",
    )
    abstinence: bool = parameter(
        True, Unit.SWITCH, 0, 1, role=Role.LEVER, source=ASSUMED,
        means="Steps ask for no severe substance use.",
    )


@rule
def climb(me: Citizen, week: Week, p: StaircaseParameters) -> None:
    """Be offered the next step, or none."""
    me.next_step = 0
    if me.shelter_row < 0 or (me.housing != Housing.SHELTER and me.housing != Housing.TRANSITIONAL):
        return
    if uniform(week.life, TRACK, me.uid) < me.municipality.housing_first_share:
        return
    if (p.abstinence and me.substance_use >= 2) or luck(week, REVIEW, me.uid) >= p.reviewed:
        return
    if me.housing == Housing.SHELTER and me.skills >= p.transitional_skills:
        me.next_step = 2
    elif me.housing == Housing.TRANSITIONAL and me.place.step == 2 and me.skills >= p.training_skills:
        me.next_step = 3


@rule
def climb_from_outside(me: Citizen, week: Week, p: StaircaseParameters) -> None:
    """Be offered a transitional dwelling without having come from a shelter, where the law allows it."""
    outside = me.housing == Housing.STREET or me.housing == Housing.NIGHT_SHELTER or me.housing == Housing.SOFA
    if not outside or me.in_need_since_week == NEVER or me.skills < p.transitional_skills:
        return
    if uniform(week.life, TRACK, me.uid) < me.municipality.housing_first_share:
        return
    if (not p.abstinence or me.substance_use < 2) and luck(week, REVIEW, me.uid) < p.reviewed:
        me.next_step = 2


class Staircase(Process):
    """Steps up."""

    name = "staircase"
    phase = Phase.MATCH
    parameters = StaircaseParameters
    shares = ("housing_law",)
    rules = (climb, climb_from_outside)

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Steps from shelters; and from elsewhere under a law that opens § 63 dwellings to all."""
        world.sweep(climb, week, p)
        if self.shared["housing_law"].transitional_for_all:
            world.sweep(climb_from_outside, week, p)
