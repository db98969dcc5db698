"""The law of the day: statutes that more than one process reads, as dated, cited parameters.

Section 110 shelters, section 85 a support, section 107 homes of the Act on Social Services, and the
refunds of section 176 a.  Before 1 October 2023 the state co-paid every shelter day; after it, the first
120, from April 2026 the first 90, of each running year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hfabm.parameters.declare import ASSUMED, BEGINNING, Role, parameter
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

REFORM = date(2023, 10, 1)
FINAL_CAP = date(2026, 4, 1)


@dataclass(frozen=True, slots=True)
class RefundLaw:
    """What the state refunds to the paying municipality."""

    rate: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I01 I02 P2.081",
        means="Share of the municipality's net cost that the state refunds.",
    )
    shelter_days: int = parameter(
        {BEGINNING: 366, REFORM: 120, FINAL_CAP: 90},
        Unit.DAYS_PER_YEAR, 0, 366, role=Role.LAW, source="I01 I02 I03",
        means="§ 110 days per citizen and running year that the state co-pays; 366 is no limit.",
    )
    running_year_days: int = parameter(
        365, Unit.DAYS, 1, 36500, role=Role.LAW, source="I02",
        means="Days after which the count of § 110 days starts again.",
    )
    days_counted: bool = parameter(
        {BEGINNING: False, REFORM: True}, Unit.SWITCH, 0, 1, role=Role.LAW, source="I02 P25",
        means="§ 110 days are counted from the first admission after the act came into force.",
    )
    support_days: int = parameter(
        {BEGINNING: 0, REFORM: 730}, Unit.DAYS, 0, 36500, role=Role.LAW, source="I04",
        means="Days from first discharge in which § 85 a support is co-paid.",
    )
    section_107_days: int = parameter(
        {BEGINNING: 0, REFORM: 183}, Unit.DAYS, 0, 3650, role=Role.LAW, source="I05",
        means="Days of a § 107 stay after a shelter that are co-paid.",
    )
    own_payment: float = parameter(
        {
            BEGINNING: 87.0, date(2019, 1, 1): 89.0, date(2020, 1, 1): 91.0, date(2021, 1, 1): 93.0,
        },
        Unit.DKK_DAY, 0.0, 300.0, role=Role.LAW, source="I10",
        means="What the citizen pays for lodging in a § 110 shelter; the rate of 2018 stands for earlier years, "
        "that of 2021 for later ones.",
    )
    decision_before_discharge: bool = parameter(
        True, Unit.SWITCH, 0, 1, role=Role.LAW, source="I04",
        means="Support is co-paid only if decided on before discharge.",
    )


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
