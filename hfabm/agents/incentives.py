"""What a municipality weighs: how it looks ahead, what it believes, and how strongly money moves it.

The numbers that the calculation of `calculation` and the decisions of `municipality` rest on.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True, slots=True)
class IncentiveParameters:
    """What a municipality believes and weighs."""

    horizon_years: int = parameter(
        4, Unit.YEARS, 1, 10, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Years ahead that the sums look: a budget year and three more.",
    )
    sensitivity: float = parameter(
        60000.0, Unit.DKK_YEAR, 5000.0, 500000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Gain per citizen and year that moves a municipality led by money alone 63 % of the way (1 - 1/e).",
    )
    announced_weeks: int = parameter(
        20, Unit.WEEKS, 0, 260, role=Role.UNCERTAINTY, source="P25",
        means="Weeks before it is in force that a new rule is reckoned with: the act of 12 May 2023 came into force "
        "on 1 October.",
    )
    prior_people: float = parameter(
        10.0, Unit.PERSONS, 0.0, 500.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Citizens of its own that weigh as much as what is known nationally.",
    )
    prior_shelter_days: float = parameter(
        105.0, Unit.DAYS_PER_YEAR, 0.0, 365.0, role=Role.UNCERTAINTY, source="P2.033",
        means="§ 110 days a year expected of a shelter user before it has seen its own.",
    )
    prior_days_outside: float = parameter(
        60.0, Unit.DAYS_PER_YEAR, 0.0, 365.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="§ 110 days a year expected of a homeless citizen outside shelters before it has seen its own.",
    )
    prior_held: float = parameter(
        0.93, Unit.SHARE, 0.3, 1.0, role=Role.UNCERTAINTY, source="O01 P03",
        means="Share of placements expected to hold a year before it has seen its own: four fifths over three.",
    )
    prior_wait_weeks: float = parameter(
        6.5, Unit.WEEKS, 1.0, 104.0, role=Role.UNCERTAINTY, source="O08",
        means="Weeks from referral to home expected before it has seen its own.",
    )
    prior_home_weeks: float = parameter(
        11.0, Unit.WEEKS, 1.0, 208.0, role=Role.UNCERTAINTY, source="P5.024",
        means="Weeks from known need to home expected before it has seen its own: two and a half months.",
    )
    stays_homeless: float = parameter(
        0.6, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of those left alone that it expects to be homeless a year on.",
    )
    support_goes_on: float = parameter(
        0.8, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of open-ended support that it expects to go on a year later.",
    )
    support_averts: float = parameter(
        0.15, Unit.PER_YEAR, 0.0, 0.8, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall of the yearly chance of losing a home that it credits to specialised support.",
    )
    notice_ends_badly: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P3.046",
        means="Share of notices that it expects to end in eviction if it does nothing.",
    )
    caretaker_averts: float = parameter(
        2.0, Unit.PERSONS_PER_YEAR, 0.0, 30.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Evictions a year that it credits to a social caretaker.",
    )
    substitution: float = parameter(
        1.0, Unit.RATIO, 0.0, 5.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall of a method's share of posts per rise of the share of its cost that the municipality bears itself.",
    )
    neighbour_pull: float = parameter(
        0.1, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Pull towards what other municipalities do, per share of the homeless that they give more Housing First.",
    )
    others_adopt: float = parameter(
        0.08, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source="P26",
        means="Share of the homeless outside the place who are given Housing First.",
    )
    adjustment_cost: float = parameter(
        3.0, Unit.RATIO, 0.0, 40.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Cost of moving an effort relative to that of keeping it wrong: 3 moves a quarter of the way a quarter.",
    )
    budget_room: float = parameter(
        0.15, Unit.SHARE, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="What may be spent above the plan in a year, as a share of what the plan costs.",
    )
