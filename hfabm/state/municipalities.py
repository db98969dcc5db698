"""Municipalities: the payers, with what they decided, what their organisation can, and their queues."""

from __future__ import annotations

from math import exp

from hfabm.engine.agents import Row
from hfabm.engine.kernel import formula
from hfabm.engine.table import Column, integer, large, real, reals
from hfabm.state.codes import Effort, Need, Origin
from hfabm.units import Unit

KINDS = len(Need) * len(Origin)
"""Kinds of citizens in need of a home that a municipality reckons with: by need, and within it by origin."""
QUEUE_PAST = 780
"""Weeks before the start that a waiting list remembers (15 years)."""
QUEUE_WEEKS = 2600
"""Weeks of arrivals that it remembers in all (50 years)."""


class Municipality(Row):
    """The acting municipality (handlekommune)."""

    code = integer(0, Unit.IDENTITY, "Official number, such as 461 for Odense.")
    adults = integer(0, Unit.PERSONS, "Inhabitants aged 18 and over.")
    homeless_at_start = integer(0, Unit.PERSONS, "People in homelessness as counted nearest the start.")

    # `decisions`, from `Municipality.decide`
    allocation_share = real(0.0, Unit.SHARE, "Share of vacant affordable dwellings taken for referrals.")
    housing_first_share = real(0.0, Unit.SHARE, "Share of referrals on the Housing First track.")
    refers_after_weeks = real(4.0, Unit.WEEKS, "Weeks homeless before a referral can be made.")
    guarantee_weeks = real(0.0, Unit.WEEKS, "Housing guarantee (boliggaranti); 0 none.")
    rent_guarantee = real(0.0, Unit.SHARE, "Share of arrears and damage covered for landlords.")
    private_places = real(0.0, Unit.DWELLINGS_PER_YEAR, "Private dwellings bought access to in a year.")
    workers_ordinary = real(0.0, Unit.WORKERS, "Caseworkers wanted, ordinary § 85 support.")
    workers_cti = real(0.0, Unit.WORKERS, "Caseworkers wanted, CTI.")
    workers_icm = real(0.0, Unit.WORKERS, "Caseworkers wanted, ICM.")
    workers_act = real(0.0, Unit.WORKERS, "Caseworkers wanted, ACT.")
    support_cut_month = real(0.0, Unit.MONTHS, "Month of support after which it is cut; 0 never.")
    prevention = real(0.0, Unit.PER_WEEK, "Chance a week that it settles a notice of eviction.")
    guarantee_cap = real(0.0, Unit.DKK, "Most that its guarantee pays for one case, base-year prices; 0 no limit.")
    private_premium = real(0.0, Unit.DKK_MONTH, "Premium to private owners for a placed citizen, base-year prices.")
    caretakers = real(0.0, Unit.PERSONS, "Social caretakers wanted in post.")
    commitment = real(1.0, Unit.SHARE, "How far politics holds to the plan whatever the sums say.")
    efforts = reals(1.0, Unit.RATIO, "What is done of what is planned, by `Effort`.", len(Effort))
    referral_efforts = reals(1.0, Unit.RATIO, "The same of referrals, by need and `Origin`.", KINDS)
    detour_low = real(0.0, Unit.SHARE, "Citizens of low need asked to go through a shelter first.")
    detour_moderate = real(0.0, Unit.SHARE, "Citizens of moderate need asked to go through a shelter first.")
    detour_complex = real(0.0, Unit.SHARE, "Citizens of complex need asked to go through a shelter first.")
    support_worth = reals(0.0, Unit.DKK_YEAR, "What a year of support saves it, by need.", 3)
    wait_weeks = real(0.0, Unit.WEEKS, "Weeks from referral to home that it expects.")
    home_weeks = real(0.0, Unit.WEEKS, "Weeks from known need to home that it expects.")
    asked_individual = real(0.0, Unit.SHARE, "Individual support it asks for so as to meet a floor of the law.")
    sensitivity = real(1.0, Unit.DKK_YEAR, "Gain a year, at current prices, that alone moves it 63 % of the way.")
    night_dkk = real(0.0, Unit.DKK_DAY, "Net price of a § 110 night before refunds, at current prices.")
    night_107_dkk = real(0.0, Unit.DKK_DAY, "Price of a § 107 night before refunds, at current prices.")
    move_dkk = real(0.0, Unit.DKK, "Cost of deciding on another place for somebody, at current prices.")

    # `fidelity`: the seven core elements of the Odense model
    cooperation = real(0.0, Unit.SHARE, "Cooperation agreement with housing organisations.")
    procedure = real(0.0, Unit.SHARE, "Systematic procedure for finding dwellings.")
    individual_support = real(0.0, Unit.SHARE, "Individual support in the home.")
    contact = real(0.0, Unit.SHARE, "Contact between municipality and landlords on support needs.")
    mindshift = real(0.0, Unit.SHARE, "Shift from readiness first to learning in the home.")
    organisation = real(0.0, Unit.SHARE, "Internal organisation that backs the effort.")
    civil_society = real(0.0, Unit.SHARE, "Cooperation with civil society.")

    # `reimbursement`
    extra_days = integer(0, Unit.DAYS_PER_YEAR, "§ 110 days co-paid above the limit for want of cheap dwellings.")

    # `programmes`: what the programmes in force give this week
    granted_ore = large(0, Unit.ORE, "Grant from the state this week.")
    posts_cti = real(0.0, Unit.WORKERS, "Further caseworkers of CTI that programmes pay for.")
    posts_icm = real(0.0, Unit.WORKERS, "Further caseworkers of ICM that programmes pay for.")
    posts_act = real(0.0, Unit.WORKERS, "Further caseworkers of ACT that programmes pay for.")
    posts_ordinary = real(0.0, Unit.WORKERS, "Further caseworkers of ordinary § 85 support that programmes pay for.")
    granted_new_cheap = real(0.0, Unit.DWELLINGS_PER_YEAR, "New cheap dwellings from programmes.")
    granted_rent_cut = real(0.0, Unit.DWELLINGS_PER_YEAR, "Rent cuts from programmes.")
    granted_special = real(0.0, Unit.DWELLINGS_PER_YEAR, "New alternative dwellings (skæve boliger) from programmes.")

    # `supply`
    rents_cut = integer(0, Unit.DWELLINGS, "Dwellings whose rent was cut this week.")

    # `letting`
    queue = integer(0, Unit.PERSONS, "Households on the ordinary waiting list for cheap dwellings.")
    queue_head_week = integer(0, Unit.WEEK, "Week the household first in line joined.")
    queue_wait_weeks = real(0.0, Unit.WEEKS, "Mean wait of households housed from the list this week.")
    let_to_others = integer(0, Unit.COUNT, "Cheap dwellings let from the ordinary list this week.")
    joined = Column("i4", 0, Unit.PERSONS, "Households that joined, by week, still waiting.", width=QUEUE_WEEKS)

    # `allocation`
    claimed = integer(0, Unit.COUNT, "Vacant dwellings taken for referrals this week.")
    refused = integer(0, Unit.COUNT, "Offers refused by landlords this week.")
    declined = integer(0, Unit.COUNT, "Offers declined by citizens this week.")
    private_used = real(0.0, Unit.DWELLINGS, "Private places used of this year's.")


@formula
def moved_by(gain: float, sensitivity: float, commitment: float) -> float:
    """How far a gain moves a municipality: 0 where there is none, towards one less its commitment.

    Args:
        gain: What it saves by acting, in the budget of a year [DKK/year].
        sensitivity: Gain that moves a municipality led by money alone by 1 - 1/e [DKK/year].
        commitment: How far politics holds to the plan, 0 to 1.

    >>> moved_by(-5_000.0, 60_000.0, 0.0), moved_by(5e9, 60_000.0, 0.25)
    (0.0, 0.75)
    """
    return (1.0 - commitment) * (1.0 - exp(-gain / sensitivity)) if gain > 0.0 else 0.0
