"""Prices, each in its own year's kroner, with the source it was read in.

What the law says about who bears them is in `law`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, fields
from typing import Any

from hfabm.parameters import wording
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

BASE_YEAR = 2023
"""Year whose prices amounts are carried to."""


@dataclass(frozen=True, slots=True)
class PriceParameters:
    """Prices, each in its own year's kroner, carried forward by the price level."""

    growth: float = parameter(
        0.02, Unit.PER_YEAR, -0.02, 0.1, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of prices, rents and wages a year.",
    )
    shelter: float = parameter(
        1507.0, Unit.DKK_DAY, 300.0, 4000.0, role=Role.LEVER, source="I12 P2.073", price_year=2023,
        means="§ 110 shelter: 550,000 a place and year over 365 days.",
    )
    night_shelter: float = parameter(
        600.0, Unit.DKK_DAY, 50.0, 3000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Night shelter.",
    )
    hotel: float = parameter(
        700.0, Unit.DKK_DAY, 100.0, 3000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Hotel room.",
    )
    transitional: float = parameter(
        500.0, Unit.DKK_DAY, 50.0, 3000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Transitional or training dwelling with staff.",
    )
    institution: float = parameter(
        1762.0, Unit.DKK_DAY, 500.0, 6000.0, role=Role.UNCERTAINTY, source="U06", price_year=2024,
        means="§ 107 or 108 home: 53,594 a month at one provider.",
    )
    justice: float = parameter(
        1469.0, Unit.DKK_DAY, 300.0, 5000.0, role=Role.UNCERTAINTY, source="U01", price_year=2015,
        means="Prison or hospital day of someone without a home to return to (mean prison day).",
    )
    support_ordinary: float = parameter(
        30000.0, Unit.DKK_YEAR, 5000.0, 150000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Ordinary § 85 support, per case.",
    )
    support_cti: float = parameter(
        65333.0, Unit.DKK_YEAR, 54000.0, 83000.0, role=Role.UNCERTAINTY, source="M01", price_year=2017,
        means="CTI, per case: 49,000 for nine months.",
    )
    support_icm: float = parameter(
        85000.0, Unit.DKK_YEAR, 40000.0, 130000.0, role=Role.UNCERTAINTY, source="M09 P2.074", price_year=2023,
        means="ICM, per case.",
    )
    support_act: float = parameter(
        130000.0, Unit.DKK_YEAR, 85000.0, 250000.0, role=Role.UNCERTAINTY, source="M09", price_year=2023,
        means="ACT, per case: the upper end of Housing First support.",
    )
    psychiatric: float = parameter(
        12000.0, Unit.DKK_YEAR, 0.0, 200000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Psychiatric care of a housed person, per step of mental illness.",
    )
    psychiatric_homeless: float = parameter(
        1.32, Unit.RATIO, 1.0, 5.0, role=Role.UNCERTAINTY, source="X11",
        means="Psychiatric care in homelessness relative to housed: one over the trials' 0.76 hospitalisations.",
    )
    somatic: float = parameter(
        18000.0, Unit.DKK_YEAR, 0.0, 200000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Somatic care of a housed person at risk.",
    )
    somatic_homeless: float = parameter(
        1.59, Unit.RATIO, 1.0, 5.0, role=Role.UNCERTAINTY, source="X10",
        means="Somatic care in homelessness relative to housed: one over the trials' 0.63 emergency visits.",
    )
    treatment: float = parameter(
        60000.0, Unit.DKK_YEAR, 0.0, 500000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Substance-use treatment.",
    )
    police_homeless: float = parameter(
        15000.0, Unit.DKK_YEAR, 0.0, 200000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Police and courts, per year of homelessness outside shelters.",
    )
    benefits_municipal: float = parameter(
        0.7, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source=ASSUMED,
        means="Share of cash benefit and pension that the municipality bears; the state bears the rest.",
        says=wording.BENEFITS_MUNICIPAL,
    )
    eviction: float = parameter(
        40000.0, Unit.DKK, 10000.0, 150000.0, role=Role.UNCERTAINTY, source="U03", price_year=2016,
        means="Cost to the landlord of putting a tenant out.",
    )
    fitting_out: float = parameter(
        15000.0, Unit.DKK, 0.0, 150000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Restoration of an allocated dwelling when the tenant leaves, covered by the municipality (I16).",
    )
    caretaker: float = parameter(
        480000.0, Unit.DKK_YEAR, 300000.0, 800000.0, role=Role.UNCERTAINTY, source="U07", price_year=2024,
        means="A social caretaker in post: a social educator's pay, pension and overheads.",
    )
    referral: float = parameter(
        8000.0, Unit.DKK, 0.0, 100000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Administration of one referral.",
    )
    new_dwelling: float = parameter(
        455105.0, Unit.DKK, 0.0, 2000000.0, role=Role.LEVER, source="P6.007", price_year=2024,
        means="State grant for a new cheap dwelling.",
    )
    rent_cut: float = parameter(
        16965.0, Unit.DKK, 0.0, 500000.0, role=Role.LEVER, source="P22", price_year=2023,
        means="State grant for cutting the rent of an existing dwelling.",
    )
    prevention: float = parameter(
        12000.0, Unit.DKK, 0.0, 100000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Settling a notice of eviction: debt advice and the rent owed.",
    )
    transitional_rent: float = parameter(
        5000.0, Unit.DKK_MONTH, 2000.0, 12000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Rent and charges of a § 63 transitional dwelling, within the price of its day.",
    )


@functools.cache
def in_base_prices(p: Any, growth: float) -> dict[str, float]:
    """Every amount of a set of parameters carried to the base year.

    Args:
        p: A dataclass of parameters, such as `PriceParameters`.
        growth: Rise of prices a year.
    """
    return {
        f.name: float(getattr(p, f.name)) * (1.0 + growth) ** (BASE_YEAR - f.metadata["price_year"])
        for f in fields(p)
        if f.metadata["price_year"]
    }


def capped(price: float, cap: float) -> float:
    """A price a day under a price cap; 0 is no cap.

    >>> capped(1507.0, 0.0), capped(1507.0, 1200.0)
    (1507.0, 1200.0)
    """
    return min(price, cap) if cap > 0.0 else price
