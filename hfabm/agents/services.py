"""Social caretakers, support teams and shelters decide how they work."""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.parameters.prices import capped, in_base_prices
from hfabm.state import institutions
from hfabm.state.codes import Housing, SupportMethod
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True, slots=True)
class CaretakerParameters:
    """How social caretakers work."""

    in_post: float = parameter(
        2.0, Unit.PERSONS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED,
        means="Social caretakers planned in each municipality, up to one for each area.",
    )
    visits: float = parameter(
        6.0, Unit.COUNT, 0.0, 40.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Tenancies a caretaker attends in a week.",
    )
    sees_arrears: float = parameter(
        2.0, Unit.WEEKS, 0.2, 13.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks of rent owed at which a caretaker steps in.",
    )
    sees_complaints: float = parameter(
        1.5, Unit.COUNT, 0.2, 10.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Complaints at which a caretaker steps in.",
    )


@dataclass(frozen=True, slots=True)
class CaretakerDecision:
    """Visits a week [count], and what a caretaker steps in at [weeks of rent; complaints]."""

    visits_per_week: float
    weeks_owed_seen: float
    complaints_seen: float


class SocialCaretaker(institutions.SocialCaretaker):
    """A social caretaker (social vicevært)."""

    def decide(self, p: CaretakerParameters) -> CaretakerDecision:
        """The month's rounds; override it to try another caretaker."""
        visits = p.visits if self.turn + 0.5 <= self.municipality.caretakers else 0.0
        return CaretakerDecision(visits, p.sees_arrears, p.sees_complaints)


@dataclass(frozen=True, slots=True)
class TeamParameters:
    """How support teams take cases."""

    takes_up_to: float = parameter(
        12.0, Unit.CASES_PER_WORKER, 2.0, 60.0, role=Role.LEVER, source=ASSUMED,
        means="Cases per caseworker above which a CTI, ICM or ACT team takes no more.",
    )
    ordinary_takes_up_to: float = parameter(
        25.0, Unit.CASES_PER_WORKER, 2.0, 100.0, role=Role.LEVER, source=ASSUMED,
        means="Cases per caseworker above which ordinary § 85 support takes no more.",
    )


@dataclass(frozen=True, slots=True)
class TeamDecision:
    """Cases per caseworker above which it takes no more [cases/worker]."""

    takes_up_to: float


class Team(institutions.Team):
    """A support team (bostøtteteam)."""

    def decide(self, p: TeamParameters) -> TeamDecision:
        """The month's intake; override it to try another team."""
        if self.method <= SupportMethod.ORDINARY:
            return TeamDecision(p.ordinary_takes_up_to)
        law = self.model.in_force("refund_law")
        # a refund lost for all cases weighs more than a case more
        floor = law.floor_caseload if law.support_days > 0 and law.rate > 0.0 else 0.0
        return TeamDecision(min(p.takes_up_to, floor) if floor > 0.0 else p.takes_up_to)


@dataclass(frozen=True, slots=True)
class BedParameters:
    """How many beds are open, and how hard shelters discharge."""

    shelter_beds: float = parameter(
        1.0, Unit.RATIO, 0.0, 10.0, role=Role.LEVER, source=ASSUMED,
        means="§ 110 beds in the municipality, relative to those it was built with.",
    )
    night_beds: float = parameter(
        1.0, Unit.RATIO, 0.0, 10.0, role=Role.LEVER, source=ASSUMED,
        means="Night shelter beds relative to those built.",
    )
    transitional_places: float = parameter(
        1.0, Unit.RATIO, 0.0, 10.0, role=Role.LEVER, source=ASSUMED,
        means="Transitional and training dwellings relative to those built.",
    )
    price_elasticity: float = parameter(
        0.5, Unit.RATIO, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of § 110 places lost per share of the price that a price cap takes away.",
    )
    pushes_out: float = parameter(
        0.0, Unit.PER_WEEK, 0.0, 0.5, role=Role.LEVER, source=ASSUMED,
        means="Extra chance a week that a shelter discharges someone ready to move, home or no home.",
    )


@dataclass(frozen=True, slots=True)
class ShelterDecision:
    """Places open [places] and extra discharges of those ready to move [per week]."""

    beds: int
    pushes_out: float


class Shelter(institutions.Shelter):
    """A place with beds."""

    def decide(self, p: BedParameters) -> ShelterDecision:
        """The month's capacity; override it to try another shelter."""
        share = 1.0
        if self.kind == Housing.SHELTER:
            share = 1.0 if self.elsewhere else p.shelter_beds
            share *= self._worth_running(p)
        elif self.kind == Housing.NIGHT_SHELTER:
            share = p.night_beds
        elif self.kind == Housing.TRANSITIONAL:
            share = p.transitional_places
        return ShelterDecision(round(self.places * share), p.pushes_out)

    def _worth_running(self, p: BedParameters) -> float:
        """Share of its places that the provider keeps open under a price cap below its price."""
        prices = self.model.in_force("prices")
        base = in_base_prices(prices, prices.growth)
        cap = in_base_prices(self.model.in_force("housing_law"), prices.growth)["shelter_price_cap"]
        price = self.price_dkk_day or base["shelter"]
        return max(0.0, 1.0 - p.price_elasticity * (1.0 - capped(price, cap) / price))
