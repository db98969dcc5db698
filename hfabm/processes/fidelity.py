"""Fidelity: the seven core elements of the Odense model are adopted, worn off and kept up.

Weekly, before the institutions decide.  Each element moves towards what the scenario asks for and wears
off as staff turn over; political safeguarding and maintenance (ambassadors, a shared oath, idea campaigns)
slow the wear.  Each element acts in one place: cooperation in landlords' acceptance, procedure in
the weeks from referral to offer, individual support in the dose, contact in landlords' patience, mindshift
in the readiness test, organisation in the weeks from need to referral, civil society in social ties.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import formula
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.state.municipalities import Municipality
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


def _element(means: str) -> float:
    asked: float = parameter(0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED, means=means)
    return asked


@dataclass(frozen=True, slots=True)
class FidelityParameters:
    """What is asked for of each element, and how fast it is adopted and wears off."""

    cooperation: float = _element("Asked for: cooperation agreement with housing organisations (G02).")
    procedure: float = _element("Asked for: systematic procedure for finding dwellings (G02).")
    individual_support: float = _element("Asked for: individual support in the home (G02).")
    contact: float = _element("Asked for: contact between municipality and landlords on support needs (G02).")
    mindshift: float = _element("Asked for: shift from readiness first to learning in the home (G02).")
    organisation: float = _element("Asked for: internal organisation that backs the effort (G02).")
    civil_society: float = _element("Asked for: cooperation with civil society (G02).")
    political_safeguarding: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="How firmly policy and strategy bind politicians and administration.",
    )
    maintenance: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="How much is done to keep the effort up: ambassadors, oath, idea campaigns.",
    )
    adoption: float = parameter(
        0.8, Unit.PER_YEAR, 0.1, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the way to what is asked for that is covered in a year.",
    )
    staff_turnover: float = parameter(
        0.25, Unit.PER_YEAR, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Staff who leave in a year and take what they learned with them.",
    )
    safeguarding_holds: float = parameter(
        0.6, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the wear that full political safeguarding prevents.",
    )
    maintenance_holds: float = parameter(
        0.6, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the wear that full maintenance prevents.",
    )
    ties_from_maintenance: float = parameter(
        0.1, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of cooperation with civil society from full maintenance.",
    )


@formula
def moved(now: float, asked: float, adoption: float, wear: float) -> float:
    """An element after a week: adopted where more is asked for, unlearned where less, worn always."""
    step = adoption / WEEKS_PER_YEAR
    after = now + step * (asked - now) - wear / WEEKS_PER_YEAR * now
    return min(1.0, max(0.0, after))


@rule
def keep_the_elements(us: Municipality, week: Week, p: FidelityParameters) -> None:
    """Each element moves towards what is asked for and wears off."""
    wear = p.staff_turnover * (1.0 - p.safeguarding_holds * p.political_safeguarding)
    wear *= 1.0 - p.maintenance_holds * p.maintenance
    us.cooperation = moved(us.cooperation, p.cooperation, p.adoption, wear)
    us.procedure = moved(us.procedure, p.procedure, p.adoption, wear)
    asked = max(p.individual_support, us.asked_individual)
    us.individual_support = moved(us.individual_support, asked, p.adoption, wear)
    us.contact = moved(us.contact, p.contact, p.adoption, wear)
    us.mindshift = moved(us.mindshift, p.mindshift, p.adoption, wear)
    us.organisation = moved(us.organisation, p.organisation, p.adoption, wear)
    society = min(1.0, p.civil_society + p.ties_from_maintenance * p.maintenance)
    us.civil_society = moved(us.civil_society, society, p.adoption, wear)


class Fidelity(Process):
    """The seven elements of the Odense model."""

    name = "fidelity"
    phase = Phase.DECIDE
    parameters = FidelityParameters
    rules = (keep_the_elements,)
