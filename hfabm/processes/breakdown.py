"""Breakdown: homes that are lost without the bailiff: given up, left, fled from.

Weekly, after `eviction`.  The hazard is proportional: base x exp(needs - skills - ties - support) x
frailty, and frailty, which nobody can see, carries most of the difference between people.  Disturbed
neighbours and a rent beyond one's means add to it.  Moving to another home is not a loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.tenancies import Tenancy
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

BREAK_DOWN = question("breakdown.break_down")


@dataclass(frozen=True, slots=True)
class BreakdownParameters:
    """Numbers that only this process reads."""

    base: float = parameter(
        0.0195, Unit.PER_YEAR, 0.001, 0.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Homes lost a year at half skills and ties, no needs, no support, frailty 1.",
    )
    needs: float = parameter(
        0.42, Unit.LOG_HAZARD, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per step of mental illness or substance use.",
    )
    skills: float = parameter(
        0.9, Unit.LOG_HAZARD, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall from no to full living skills.",
    )
    ties: float = parameter(
        0.6, Unit.LOG_HAZARD, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall from no to full social ties.",
    )
    support: float = parameter(
        1.5, Unit.LOG_HAZARD, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall with full support of full fidelity.",
    )
    unrest: float = parameter(
        0.15, Unit.LOG_HAZARD, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per disturbing neighbour.",
    )
    rent_burden: float = parameter(
        0.8, Unit.LOG_HAZARD, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with the share of income that rent takes above a third (at most by a half).",
    )
    first_year: float = parameter(
        0.5, Unit.LOG_HAZARD, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise in the first year of a tenancy.",
    )


@rule
def break_down(home: Tenancy, week: Week, p: BreakdownParameters) -> None:
    """Give up or leave the home."""
    home.breaks_down = False
    if not home.running:
        return
    me = home.citizen
    u = luck(week, BREAK_DOWN, home.citizen_uid)
    yearly = p.base * me.frailty
    # most weeks nothing can happen, however bad it is: then look no closer
    worst = 4.0 * p.needs + 0.5 * (p.skills + p.ties + p.rent_burden) + 3.0 * p.unrest + p.first_year
    if u * WEEKS_PER_YEAR >= yearly * exp(worst):
        return
    x = p.needs * (me.mental_illness + me.substance_use)
    x -= p.skills * (me.skills - 0.5) + p.ties * (me.ties - 0.5) + p.support * me.dose
    x += p.unrest * min(3.0, home.dwelling.unrest)
    x += p.rent_burden * min(0.5, max(0.0, me.rent_share - 0.33))
    if week.number - home.start_week < 52:
        x += p.first_year
    home.breaks_down = u * WEEKS_PER_YEAR < yearly * exp(x)


class Breakdown(Process):
    """Homes lost without the bailiff."""

    name = "breakdown"
    phase = Phase.LOSS
    parameters = BreakdownParameters
    rules = (break_down,)
