"""Municipalities: the payers, with what they decided, what their organisation can, and their queues."""

from __future__ import annotations

from hfabm.engine.agents import Row
from hfabm.engine.table import Column, integer, real
from hfabm.units import Unit

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

    # `fidelity`: the seven core elements of the Odense model
    cooperation = real(0.0, Unit.SHARE, "Cooperation agreement with housing organisations.")
    procedure = real(0.0, Unit.SHARE, "Systematic procedure for finding dwellings.")
    individual_support = real(0.0, Unit.SHARE, "Individual support in the home.")
    contact = real(0.0, Unit.SHARE, "Contact between municipality and landlords on support needs.")
    mindshift = real(0.0, Unit.SHARE, "Shift from readiness first to learning in the home.")
    organisation = real(0.0, Unit.SHARE, "Internal organisation that backs the effort.")
    civil_society = real(0.0, Unit.SHARE, "Cooperation with civil society.")

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
