"""Municipalities decide on referral, allocation, guarantee and team size.

Here a municipality does what the scenario states.  A subclass with its own `decide` can calculate.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.state import municipalities
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True, slots=True)
class MunicipalityParameters:
    """What the scenario states that municipalities do."""

    allocation_share: float = parameter(
        0.17, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source="P5.018 P4.043",
        means="Share of vacant affordable dwellings taken for referrals: 54 placed of 326 cheap lettings a year "
        "in Odense; the legal right is 0.25 (P4.034).",
    )
    housing_first_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of citizens on the Housing First track; the rest are on the staircase.",
    )
    refers_after_weeks: float = parameter(
        4.0, Unit.WEEKS, 0.0, 104.0, role=Role.LEVER, source=ASSUMED,
        means="Weeks homeless before the municipality knows of the need.",
    )
    guarantee_weeks: float = parameter(
        0.0, Unit.WEEKS, 0.0, 104.0, role=Role.LEVER, source=ASSUMED,
        means="Housing guarantee: waits beyond it come first and open more dwellings; 0 none. Odense promised "
        "13 weeks from 8 February 2019 (O09).",
    )
    rent_guarantee: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of arrears and eviction cost of referred tenants that the municipality covers; the law "
        "covers fitting-out only (I16).",
    )
    private_places: float = parameter(
        0.0, Unit.DWELLINGS_PER_YEAR, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED,
        means="Private dwellings taken by agreement in a year; a pilot in Odense had 5 (O14).",
    )
    workers_ordinary: float = parameter(
        6.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED,
        means="Caseworkers of ordinary § 85 support for tenants at risk.",
    )
    workers_cti: float = parameter(
        0.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED, means="Caseworkers of CTI.",
    )
    workers_icm: float = parameter(
        0.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED, means="Caseworkers of ICM.",
    )
    workers_act: float = parameter(
        0.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED, means="Caseworkers of ACT.",
    )
    support_cut_month: float = parameter(
        0.0, Unit.MONTHS, 0.0, 240.0, role=Role.LEVER, source=ASSUMED,
        means="Month of support after which it is cut whatever the sums say; 0 never.",
    )
    prevention: float = parameter(
        0.01, Unit.PER_WEEK, 0.0, 0.5, role=Role.LEVER, source=ASSUMED,
        means="Chance a week that the municipality settles a notice of eviction: prevention at notice.",
    )
    guarantee_cap: float = parameter(
        0.0, Unit.DKK, 0.0, 1000000.0, role=Role.LEVER, source=ASSUMED, price_year=2023,
        means="Most that the guarantee for rent and eviction pays for one case; 0 no limit.",
    )
    private_premium: float = parameter(
        0.0, Unit.DKK_MONTH, 0.0, 20000.0, role=Role.LEVER, source=ASSUMED, price_year=2023,
        means="Premium to a private owner for each placed citizen.",
    )
    commitment: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="How far politics holds to what is planned, whatever the sums say: 0 money alone, 1 the plan alone.",
    )


@dataclass(frozen=True, slots=True)
class MunicipalityDecision:
    """What a municipality decides; the fields are those of `MunicipalityParameters`, with the same units."""

    allocation_share: float
    housing_first_share: float
    refers_after_weeks: float
    guarantee_weeks: float
    rent_guarantee: float
    private_places: float
    workers_ordinary: float
    workers_cti: float
    workers_icm: float
    workers_act: float
    support_cut_month: float


class Municipality(municipalities.Municipality):
    """A municipality that does what the scenario states."""

    def decide(self, p: MunicipalityParameters) -> MunicipalityDecision:
        """The month's decision; override it to try another municipality."""
        return MunicipalityDecision(
            p.allocation_share, p.housing_first_share, p.refers_after_weeks, p.guarantee_weeks, p.rent_guarantee,
            p.private_places, p.workers_ordinary, p.workers_cti, p.workers_icm, p.workers_act, p.support_cut_month,
        )
