"""The week, in the order it happens.  Change this and results change: say so in CHANGELOG."""

from __future__ import annotations

from hfabm.agents.decisions import Decisions
from hfabm.agents.incentives import IncentiveParameters
from hfabm.agents.landlord import LandlordParameters
from hfabm.agents.municipality import MunicipalityParameters
from hfabm.agents.services import BedParameters, CaretakerParameters, TeamParameters
from hfabm.metrics.catalogue import SECTIONS as METRIC_SECTIONS
from hfabm.parameters.law import CentralRefundLaw, HousingLaw
from hfabm.processes.allocation import Allocation
from hfabm.processes.arrears import Arrears
from hfabm.processes.breakdown import Breakdown
from hfabm.processes.caretaking import Caretaking
from hfabm.processes.casework import Casework
from hfabm.processes.disturbance import Disturbance
from hfabm.processes.eviction import Eviction
from hfabm.processes.exits import Exits
from hfabm.processes.experience import Experience
from hfabm.processes.fidelity import Fidelity
from hfabm.processes.income import Income
from hfabm.processes.inflow import Inflow
from hfabm.processes.letting import Letting
from hfabm.processes.moves import Moves
from hfabm.processes.needs import Needs
from hfabm.processes.process import NoParameters, Process
from hfabm.processes.programmes import Programmes
from hfabm.processes.referral import Referrals
from hfabm.processes.reimbursement import Reimbursement
from hfabm.processes.shelter import Whereabouts
from hfabm.processes.spending import Spending
from hfabm.processes.staffing import Staffing
from hfabm.processes.staircase import Staircase
from hfabm.processes.supply import Supply
from hfabm.processes.support import Support
from hfabm.processes.vacancy import Vacancy

WEEK: tuple[type[Process], ...] = (
    Inflow, Exits,
    Needs, Income, Arrears, Disturbance, Caretaking,
    Eviction, Breakdown,
    Programmes, Supply, Vacancy,
    Experience, Fidelity, Decisions, Staffing,
    Casework, Referrals, Allocation, Letting, Staircase,
    Support,
    Whereabouts, Moves,
    Reimbursement, Spending,
)  # fmt: skip
"""One process after the other; measuring comes last."""

SECTIONS: dict[str, type] = {
    **{process.name: process.parameters for process in WEEK if process.parameters is not NoParameters},
    "housing_law": HousingLaw,
    "central_refund": CentralRefundLaw,
    "municipality": MunicipalityParameters,
    "incentives": IncentiveParameters,
    "landlord": LandlordParameters,
    "caretaker": CaretakerParameters,
    "team": TeamParameters,
    "beds": BedParameters,
    **METRIC_SECTIONS,
}
"""Every section of parameters, by the name it has in a scenario."""


def weekly() -> tuple[Process, ...]:
    """The processes of a week, new and in order."""
    return tuple(process() for process in WEEK)
