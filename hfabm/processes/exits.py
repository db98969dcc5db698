"""Exits: deaths, moves to other municipalities, and citizens who are no longer at risk.

Weekly, first of all.  Writes an intent; `moves` closes home or stay.  A citizen who is no longer at risk
keeps the dwelling, as an ordinary tenant.  Not modelled: causes of death.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Exit, Sex
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

LEAVE = question("exits.leave")
OLDEST = 100.0
"""Age from which the death rate rises no more [years]."""


@dataclass(frozen=True, slots=True)
class ExitsParameters:
    """Numbers that only this process reads."""

    deaths_after_shelter: float = parameter(
        0.02403, Unit.PER_YEAR, 0.0, 0.1, role=Role.CONSTANT, source="X32",
        means="Deaths a year per person who has ever stayed in a shelter.",
    )
    deaths_others: float = parameter(
        0.01178, Unit.PER_YEAR, 0.0, 0.1, role=Role.CONSTANT, source="X32",
        means="Deaths a year per other person in the comparison group.",
    )
    deaths_per_year_of_age: float = parameter(
        0.06, Unit.LOG_HAZARD, 0.0, 0.12, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of the death rate with each year of age, around age 45.",
    )
    deaths_of_women: float = parameter(
        0.75, Unit.RATIO, 0.4, 1.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Death rate of women relative to men of the same age and history.",
    )
    moves_away: float = parameter(
        0.03, Unit.PER_YEAR, 0.0, 0.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Moves to another municipality, which then pays, a year.",
    )
    recovers: float = parameter(
        0.22, Unit.PER_YEAR, 0.0, 0.6, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a year that a settled tenant without illness or use is no longer at risk.",
    )
    settled_weeks: float = parameter(
        78.0, Unit.WEEKS, 0.0, 260.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks in the same home before a tenant counts as settled.",
    )


@rule
def leave(me: Citizen, week: Week, p: ExitsParameters) -> None:
    """Die, move away, or stop being at risk."""
    me.exit_intent = Exit.NONE
    if not me.present:
        return
    u = luck(week, LEAVE, me.uid) * WEEKS_PER_YEAR
    # most weeks nothing can happen, even to the oldest: then look no closer
    oldest = max(p.deaths_after_shelter, p.deaths_others) * exp(p.deaths_per_year_of_age * (OLDEST - 45.0))
    if u >= max(1.0, p.deaths_of_women) * oldest + p.moves_away + p.recovers:
        return
    age = min(OLDEST, (week.number - me.birth_week) / WEEKS_PER_YEAR)
    dies = p.deaths_after_shelter if me.ever_in_shelter else p.deaths_others
    dies = dies * exp(p.deaths_per_year_of_age * (age - 45.0))
    if me.sex == Sex.WOMAN:
        dies = dies * p.deaths_of_women
    settled = me.at_home and me.case_row < 0 and week.number - me.housing_since_week >= p.settled_weeks
    recovers = p.recovers if settled and me.mental_illness + me.substance_use == 0 else 0.0
    if u < dies:
        me.exit_intent = Exit.DIED
    elif u < dies + p.moves_away:
        me.exit_intent = Exit.MOVED_AWAY
    elif u < dies + p.moves_away + recovers:
        me.exit_intent = Exit.NO_LONGER_AT_RISK


class Exits(Process):
    """Deaths, moves away, and the end of risk."""

    name = "exits"
    phase = Phase.ARRIVE
    parameters = ExitsParameters
    rules = (leave,)
