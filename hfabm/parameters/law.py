"""The law of the day: statutes that more than one process reads, as dated, cited parameters.

Section 110 shelters, section 85 a support, section 107 homes of the Act on Social Services, and the
refunds of sections 176 and 176 a; allocation, guarantees and transitional dwellings of the housing acts.
Before 1 October 2023 the state co-paid every shelter day; after it, the first 120, from April 2026 the
first 90, of each running year.  Rules that no statute knows yet stand here too, switched to "no such
rule": a reform is a date and a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hfabm.parameters import wording
from hfabm.parameters.declare import BEGINNING, Role, parameter
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

REFORM = date(2023, 10, 1)
FINAL_CAP = date(2026, 4, 1)


@dataclass(frozen=True, slots=True)
class RefundLaw:
    """What the state and the region bear of the paying municipality's costs."""

    rate: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I01 I02 P2.081",
        means="Share of the municipality's net cost that the state refunds.",
        says=wording.RATE,
    )
    shelter_days: int = parameter(
        {BEGINNING: 366, REFORM: 120, FINAL_CAP: 90},
        Unit.DAYS_PER_YEAR, 0, 366, role=Role.LAW, source="I01 I02 I03",
        means="§ 110 days per citizen and running year that the state co-pays; 366 is no limit.",
        says=wording.SHELTER_DAYS,
    )
    running_year_days: int = parameter(
        365, Unit.DAYS, 1, 36500, role=Role.LAW, source="I02",
        means="Days after which the count of § 110 days starts again.",
        says=wording.RUNNING_YEAR_DAYS,
    )
    days_counted: bool = parameter(
        {BEGINNING: False, REFORM: True}, Unit.SWITCH, 0, 1, role=Role.LAW, source="I02 P25",
        means="§ 110 days are counted from the first admission after the act came into force.",
        says=wording.DAYS_COUNTED,
    )
    rate_beyond: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I02 I03",
        means="Share that the state refunds of § 110 days beyond the limit.",
        says=wording.RATE_BEYOND,
    )
    days_for_shortage: int = parameter(
        0, Unit.DAYS_PER_YEAR, 0, 366, role=Role.LAW, source="I02 I03",
        means="§ 110 days co-paid above the limit where no cheap dwelling at all can be allocated; fewer where more "
        "can, none where one a year can for each homeless citizen.",
        says=wording.DAYS_FOR_SHORTAGE,
    )
    elsewhere_state: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I11 I31",
        means="Share of the net cost of a § 110 stay in another municipality that the state bears, days not counted.",
        says=wording.ELSEWHERE_STATE,
    )
    own_payment: float = parameter(
        {
            BEGINNING: 87.0, date(2019, 1, 1): 89.0, date(2020, 1, 1): 91.0, date(2021, 1, 1): 93.0,
        },
        Unit.DKK_DAY, 0.0, 300.0, role=Role.LAW, source="I10",
        means="What the citizen pays for lodging in a § 110 shelter; the rate of 2018 stands for earlier years, "
        "that of 2021 for later ones.",
        says=wording.OWN_PAYMENT,
    )
    support_days: int = parameter(
        {BEGINNING: 0, REFORM: 730}, Unit.DAYS, 0, 36500, role=Role.LAW, source="I04",
        means="Days from first discharge in which § 85 a support is co-paid.",
        says=wording.SUPPORT_DAYS,
    )
    support_taper: float = parameter(
        0.0, Unit.PER_YEAR, 0.0, 1.0, role=Role.LAW, source="I04",
        means="Fall of the refund of support with every full year since the clock began.",
        says=wording.SUPPORT_TAPER,
    )
    restarts_on_relapse: bool = parameter(
        False, Unit.SWITCH, 0, 1, role=Role.LAW, source="I04",
        means="A discharge after readmission starts the clock of support again.",
        says=wording.RESTARTS_ON_RELAPSE,
    )
    decision_before_discharge: bool = parameter(
        True, Unit.SWITCH, 0, 1, role=Role.LAW, source="I04",
        means="Support is co-paid only if decided on before discharge.",
        says=wording.DECISION_BEFORE_DISCHARGE,
    )
    after_shelter_only: bool = parameter(
        True, Unit.SWITCH, 0, 1, role=Role.LAW, source="I06",
        means="Support is co-paid only after a § 110 stay; else for whoever moves into a home from homelessness.",
        says=wording.AFTER_SHELTER_ONLY,
    )
    prevention: bool = parameter(
        False, Unit.SWITCH, 0, 1, role=Role.LAW, source="I06",
        means="Help at notice of eviction, and support on leaving prison or hospital, are co-paid too.",
        says=wording.PREVENTION,
    )
    support_state_above: float = parameter(
        0.0, Unit.DKK_YEAR, 0.0, 1000000.0, role=Role.LAW, source="I14", price_year=2022,
        means="Yearly cost of § 85 a support of one citizen above which the state bears it all; 0 none.",
        says=wording.SUPPORT_STATE_ABOVE,
    )
    region_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I04",
        means="Share of the cost of § 85 a support that the region bears.",
        says=wording.REGION_SHARE,
    )
    floor_caseload: float = parameter(
        0.0, Unit.CASES_PER_WORKER, 0.0, 40.0, role=Role.LAW, source="I04",
        means="Cases per caseworker above which support is not co-paid; 0 no such rule.",
        says=wording.FLOOR_CASELOAD,
    )
    floor_fidelity: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I04",
        means="Individual support (fidelity) below which support is not co-paid; 0 no such rule.",
        says=wording.FLOOR_FIDELITY,
    )
    bonus_year_1: float = parameter(
        0.0, Unit.DKK, 0.0, 500000.0, role=Role.LAW, source="I04", price_year=2023,
        means="What the state pays for each placed citizen who has held the home for 12 months.",
        says=wording.BONUS_YEAR_1,
    )
    bonus_year_2: float = parameter(
        0.0, Unit.DKK, 0.0, 500000.0, role=Role.LAW, source="I04", price_year=2023,
        means="What the state pays for each placed citizen who has held the home for 24 months.",
        says=wording.BONUS_YEAR_2,
    )
    section_107_days: int = parameter(
        {BEGINNING: 0, REFORM: 183}, Unit.DAYS, 0, 3650, role=Role.LAW, source="I05",
        means="Days of a § 107 stay after a shelter that are co-paid.",
        says=wording.SECTION_107_DAYS,
    )
    section_107_within_days: int = parameter(
        365, Unit.DAYS, 1, 3650, role=Role.LAW, source="I05",
        means="Days from discharge within which the co-paid § 107 days must lie.",
        says=wording.SECTION_107_WITHIN_DAYS,
    )
    caretaker_rate: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="O13",
        means="Share of the cost of social caretakers that the state refunds.",
        says=wording.CARETAKER_RATE,
    )


@dataclass(frozen=True, slots=True)
class HousingLaw:
    """Allocation, what it guarantees and what it does not, transitional dwellings, private agreements, price caps."""

    allocation_right: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I15 P4.034",
        means="Share of vacant social family dwellings that the municipality may allocate without agreement.",
        says=wording.ALLOCATION_RIGHT,
    )
    vacancy_rent: float = parameter(
        1.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I16",
        means="Share of the rent that the municipality pays from a dwelling's availability to its letting.",
        says=wording.VACANCY_RENT,
    )
    fitting_out: float = parameter(
        1.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I16",
        means="Share of the restoration of an allocated dwelling that the municipality guarantees on leaving.",
        says=wording.FITTING_OUT,
    )
    arrears_covered: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I16 U03",
        means="Share of arrears and eviction cost of allocated tenants that the municipality must cover; none, so "
        "that they stay with the housing department.",
        says=wording.ARREARS_COVERED,
    )
    transitional_refund: bool = parameter(
        {BEGINNING: False, REFORM: True}, Unit.SWITCH, 0, 1, role=Role.LAW, source="I18",
        means="In a § 63 transitional dwelling the citizen pays no more than in a shelter; the municipality "
        "refunds the rest of the rent.",
        says=wording.TRANSITIONAL_REFUND,
    )
    transitional_for_all: bool = parameter(
        {BEGINNING: False, REFORM: True}, Unit.SWITCH, 0, 1, role=Role.LAW, source="I17",
        means="§ 63 transitional dwellings are open to people who do not come from a shelter.",
        says=wording.TRANSITIONAL_FOR_ALL,
    )
    private_share: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I36",
        means="Share of a private owner's vacancies that an agreement may cover at most.",
        says=wording.PRIVATE_SHARE,
    )
    shelter_price_cap: float = parameter(
        0.0, Unit.DKK_DAY, 0.0, 10000.0, role=Role.LAW, source="I19", price_year=2024,
        means="Highest price of a § 110 day; 0 none. 2,322 was agreed in 2025; whether the bill passed is not known.",
        says=wording.SHELTER_PRICE_CAP,
    )


@dataclass(frozen=True, slots=True)
class CentralRefundLaw:
    """The central refund (den centrale refusionsordning, § 176) of very costly cases."""

    above_1: float = parameter(
        860000.0, Unit.DKK_YEAR, 0.0, 10000000.0, role=Role.LAW, source="I14", price_year=2022,
        means="Net cost of a citizen in a calendar year above which the state bears the first share.",
        says=wording.ABOVE_1,
    )
    above_2: float = parameter(
        1680000.0, Unit.DKK_YEAR, 0.0, 10000000.0, role=Role.LAW, source="I14", price_year=2022,
        means="Net cost above which it bears the second share.",
        says=wording.ABOVE_2,
    )
    above_3: float = parameter(
        2120000.0, Unit.DKK_YEAR, 0.0, 10000000.0, role=Role.LAW, source="I14", price_year=2022,
        means="Net cost above which it bears the third share.",
        says=wording.ABOVE_3,
    )
    share_1: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I14", means="First share borne by the state.",
        says=wording.SHARE_1,
    )
    share_2: float = parameter(
        0.50, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I14", means="Second share borne by the state.",
        says=wording.SHARE_2,
    )
    share_3: float = parameter(
        0.75, Unit.SHARE, 0.0, 1.0, role=Role.LAW, source="I14", means="Third share borne by the state.",
        says=wording.SHARE_3,
    )
