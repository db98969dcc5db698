"""Landlords decide whom they let to and how long they wait for the rent."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.parameters.prices import in_base_prices
from hfabm.state import institutions
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True, slots=True)
class LandlordParameters:
    """What moves a landlord."""

    social_base: float = parameter(
        -0.2, Unit.LOG_ODDS, -4.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Log-odds that a social landlord accepts a referred citizen of moderate need, with nothing else.",
    )
    private_base: float = parameter(
        -1.7, Unit.LOG_ODDS, -6.0, 2.0, role=Role.UNCERTAINTY, source="X30",
        means="The same for a private landlord; in a Canadian test shelter residents were told 4.5 times less "
        "often that a dwelling was free.",
    )
    guarantee: float = parameter(
        1.0, Unit.LOG_ODDS, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with a full guarantee for arrears and damage.",
    )
    cooperation: float = parameter(
        1.6, Unit.LOG_ODDS, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with a full cooperation agreement.",
    )
    reachable: float = parameter(
        0.8, Unit.LOG_ODDS, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with full contact on support needs: a team that picks up the telephone.",
    )
    caretaker: float = parameter(
        0.5, Unit.LOG_ODDS, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise where a social caretaker covers all its dwellings.",
    )
    experience: float = parameter(
        0.30, Unit.LOG_ODDS, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per point of own experience.",
    )
    hearsay: float = parameter(
        0.15, Unit.LOG_ODDS, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per point of acquainted landlords' experience.",
    )
    premium: float = parameter(
        0.4, Unit.LOG_ODDS, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of a private landlord's acceptance per 1,000 kr. of monthly premium.",
    )
    patience_social: float = parameter(
        8.0, Unit.WEEKS, 2.0, 26.0, role=Role.LEVER, source=ASSUMED,
        means="Weeks of rent owed at which a social landlord serves notice.",
    )
    patience_private: float = parameter(
        5.0, Unit.WEEKS, 2.0, 26.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks of rent owed at which a private landlord serves notice.",
    )
    guarantee_patience: float = parameter(
        0.5, Unit.RATIO, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of the weeks waited before notice with a full guarantee for arrears and damage.",
    )
    tolerance: float = parameter(
        6.0, Unit.COUNT, 1.0, 30.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Complaints held against a tenant at which notice is served.",
    )


@dataclass(frozen=True, slots=True)
class LandlordDecision:
    """What a landlord decides for the month.

    Attributes:
        accepts: Chance that it accepts a referred citizen of moderate need, 0 to 1.
        patience_weeks: Weeks of rent owed before notice [weeks].
        tolerance: Complaints before notice [count].
    """

    accepts: float
    patience_weeks: float
    tolerance: float


class Landlord(institutions.Landlord):
    """A landlord that weighs guarantee, premium, agreement, contact, caretaker and experience."""

    @property
    def caretaker_share(self) -> float:
        """Share of its dwellings that a social caretaker covers now."""
        return self.model.caretaker_share(self.row)  # type: ignore[no-any-return]

    @property
    def covered(self) -> float:
        """Share of an expected claim, arrears and eviction, that is guaranteed: by law or by the municipality."""
        us, prices = self.municipality, self.model.in_force("prices")
        claim = in_base_prices(prices, prices.growth)["eviction"]
        within = min(1.0, us.guarantee_cap / claim) if us.guarantee_cap > 0.0 else 1.0
        share: float = max(us.rent_guarantee, self.model.in_force("housing_law").arrears_covered) * within
        return share

    def decide(self, p: LandlordParameters) -> LandlordDecision:
        """The month's decision; override it to try another landlord."""
        us, covered = self.municipality, self.covered
        x = p.social_base if self.social else p.private_base
        x += p.guarantee * covered + p.cooperation * us.cooperation + p.reachable * us.contact
        x += p.caretaker * self.caretaker_share + p.experience * self.experience + p.hearsay * self.heard
        if not self.social:
            x += p.premium * us.private_premium / 1000.0
        patience = p.patience_social if self.social else p.patience_private
        return LandlordDecision(1.0 / (1.0 + exp(-x)), patience * (1.0 + p.guarantee_patience * covered), p.tolerance)
