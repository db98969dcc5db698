"""Staffing: teams hire with a lag and lose people, and each change of caseworker breaks relations.

Weekly, after `decisions`, before `support`.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.state.codes import SupportMethod
from hfabm.state.institutions import Team
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True, slots=True)
class StaffingParameters:
    """Numbers that only this process reads."""

    hiring_weeks: float = parameter(
        13.0, Unit.WEEKS, 1.0, 52.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks in which two thirds of wanted caseworkers are hired or let go.",
    )
    turnover: float = parameter(
        0.20, Unit.PER_YEAR, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Caseworkers who leave in a year and are replaced.",
    )
    relation_weeks: float = parameter(
        8.0, Unit.WEEKS, 1.0, 52.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks in which two thirds of broken relations mend.",
    )


@rule
def hire_and_leave(team: Team, week: Week, p: StaffingParameters) -> None:
    """Move towards the number wanted, programmes' posts included; broken relations mend, new ones break."""
    us = team.municipality
    wanted = us.workers_ordinary + us.posts_ordinary
    if team.method == SupportMethod.CTI:
        wanted = us.workers_cti + us.posts_cti
    elif team.method == SupportMethod.ICM:
        wanted = us.workers_icm + us.posts_icm
    elif team.method == SupportMethod.ACT:
        wanted = us.workers_act + us.posts_act
    team.workers += (wanted - team.workers) / p.hiring_weeks
    team.new_workers_share += p.turnover / WEEKS_PER_YEAR - team.new_workers_share / p.relation_weeks


class Staffing(Process):
    """Hiring and turnover."""

    name = "staffing"
    phase = Phase.DECIDE
    parameters = StaffingParameters
    rules = (hire_and_leave,)
