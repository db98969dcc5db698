"""The municipality's sums: one citizen left without a home, against the same citizen given one, with support.

Plain arithmetic on the law of the day and announced, at the prices of the day; no politics.  What a
caseworker would do on a sheet of paper, for each kind of citizen.

    left without a home   nights of a year at (1 - r) n up to the limit, n beyond it, and other beds;
                          each year fewer are still homeless
    in a home             support less its refund while it lasts, allocation, and the first sum again
                          for placements that do not hold

Source: the formulas of the reimbursement rules (I01-I06, I15-I16) and of the break-even nights made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np

from hfabm.engine.table import Array
from hfabm.parameters.law import RefundLaw
from hfabm.state.codes import SupportMethod

YEAR_DAYS = 365.0
COURSE_YEARS = 0.75
"""A course of CTI lasts nine months (M03)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Law and prices of one year ahead.

    Attributes:
        refund: The refund law.
        night: Net price of a § 110 night, own payment taken off [DKK/day].
        extra_days: Days co-paid above the limit [days/year].
        support: What a year of each method costs [DKK/year].
        support_most: Yearly cost above which the state bears it all [DKK/year]; 0 none.
        bonuses: What the state pays for homes held 12 and 24 months [DKK].
    """

    refund: RefundLaw
    night: float
    extra_days: int
    support: tuple[float, ...]
    support_most: float
    bonuses: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of one kind of citizen.

    Attributes:
        nights: § 110 nights a year of each citizen seen, and of those imagined [days/year].
        weights: Weight of each.
        away: Share of nights in other municipalities' shelters.
        other_dkk: Other beds a year [DKK/year].
        stays: Share of those left alone who are still homeless a year on.
        held: Share of placements that hold a year.
        goes_on: Share of open-ended support that goes on a year later.
        clock_years: Years that the clock of the refund has run already [years].
    """

    nights: Array
    weights: Array
    away: float
    other_dkk: float
    stays: float
    held: float
    goes_on: float = 1.0
    clock_years: float = 0.0


@dataclass(frozen=True, slots=True)
class Sum:
    """The two sides for one citizen over the horizon [DKK], and what follows from them.

    Attributes:
        homeless: Left without a home, after refunds.
        support: Support in a home, before refunds.
        refund: Refund of it, region's share and bonuses.
        allocation: Referral, empty weeks, fitting-out, guarantee.
        relapse: What placements that do not hold cost again.
        years: Horizon [years].
    """

    homeless: float
    support: float
    refund: float
    allocation: float
    relapse: float
    years: int

    @property
    def home(self) -> float:
        """Given a home with support, after refunds [DKK]."""
        return self.support - self.refund + self.allocation + self.relapse

    @property
    def gain_a_year(self) -> float:
        """What the home saves the municipality a year [DKK/year]."""
        return (self.homeless - self.home) / self.years


def mean(values: Array, weights: Array) -> float:
    """Weighted mean; exactly rounded sums, so that it is the same on every machine."""
    return fsum((values * weights).tolist()) / fsum(weights.tolist())


def shelter_cost(nights: Array | float, terms: Terms, used: Array | float = 0.0) -> Array:
    """What § 110 nights of one running year cost the municipality after refunds [DKK].

    Args:
        nights: Nights [days].
        terms: Law and prices.
        used: Nights of the same running year before them [days].
    """
    law, spent = terms.refund, np.asarray(nights, np.float64)
    limit = law.shelter_days + terms.extra_days if law.days_counted else np.inf
    inside = np.minimum(used + spent, limit) - np.minimum(used, limit)
    cost = terms.night * (spent - law.rate * inside - law.rate_beyond * (spent - inside))
    return np.asarray(cost)


def support_refund(cost: float, terms: Terms, year: float, co_paid: bool = True) -> float:
    """What others bear of a year of § 85 a support [DKK].

    Args:
        cost: What the year costs [DKK].
        terms: Law and prices of that year.
        year: Years since the first discharge, 0 for the first.
        co_paid: Does the state refund it; else only what it, and the region, bear of all such support.
    """
    law = terms.refund
    above = max(0.0, cost - terms.support_most) if terms.support_most > 0.0 else 0.0
    shared = (cost - above) * law.region_share
    if not co_paid:
        return above + shared
    covered = min(1.0, max(0.0, law.support_days / YEAR_DAYS - year))
    rate = max(0.0, law.rate - law.support_taper * int(year))
    return above + shared + rate * covered * (cost - above - shared)


def break_even_nights(support: float, terms: Terms) -> float:
    """§ 110 nights a year that cost the municipality as much as support does [days/year]; no limit of a year is set.

    Args:
        support: What a year of support leaves it with [DKK].
        terms: Law and prices.
    """
    law = terms.refund
    limit = law.shelter_days + terms.extra_days if law.days_counted else np.inf
    inside, beyond = (1.0 - law.rate) * terms.night, (1.0 - law.rate_beyond) * terms.night
    if inside > 0.0 and support <= inside * limit:
        return float(support / inside)
    spent = inside * limit if inside > 0.0 else 0.0
    return float(limit + (support - spent) / beyond) if beyond > 0.0 else np.inf


def year_without_a_home(of: Expectation, terms: Terms, year: int) -> float:
    """Shelter and other beds of a whole year without a home, after refunds [DKK].

    Args:
        of: What is expected of the citizen.
        terms: Law and prices of that year.
        year: Years from now: under a law whose count never starts again, earlier nights are used up.
    """
    runs_on = terms.refund.running_year_days > 2 * YEAR_DAYS
    used = of.nights * year if runs_on else np.zeros(of.nights.size)
    at_home = mean(shelter_cost(of.nights, terms, used), of.weights)
    if terms.refund.elsewhere_state > 0.0 and of.away > 0.0:
        nights = mean(of.nights, of.weights)
        paid = (1.0 - terms.refund.elsewhere_state) * terms.night * nights
        at_home = (1.0 - of.away) * at_home + of.away * paid
    return at_home + of.other_dkk


def support_over(
    method: SupportMethod, co_paid: bool, ahead: tuple[Terms, ...], goes_on: float = 1.0, clock_years: float = 0.0
) -> tuple[float, float]:
    """What support in a home costs over the horizon, and what others bear of it [DKK].

    Args:
        method: Support that would be given.
        co_paid: Would the state refund it?
        ahead: Law and prices, year by year.
        goes_on: Share of open-ended support that goes on a year later.
        clock_years: Years that the clock of the refund has run already [years].
    """
    cost = borne = 0.0
    for year, terms in enumerate(ahead):
        lasts = goes_on**year if method != SupportMethod.CTI else (COURSE_YEARS if year == 0 else 0.0)
        cost += lasts * terms.support[method]
        borne += lasts * support_refund(terms.support[method], terms, year + clock_years, co_paid)
    return cost, borne


def weigh(of: Expectation, method: SupportMethod, allocation: float, co_paid: bool, ahead: tuple[Terms, ...]) -> Sum:
    """Both sides for one citizen.

    Args:
        of: What is expected of the citizen.
        method: Support that would be given.
        allocation: Cost of finding and guaranteeing the home [DKK].
        co_paid: Would the state refund the support?
        ahead: Law and prices, year by year, as far as the municipality looks.
    """
    homeless = relapse = 0.0
    for year, terms in enumerate(ahead):
        without = of.stays**year * year_without_a_home(of, terms, year)
        homeless += without
        relapse += (1.0 - of.held ** (year + 0.5)) * without
    support, refund = support_over(method, co_paid, ahead, of.goes_on, of.clock_years)
    for held_years in (1, 2):
        if held_years <= len(ahead):
            paid_in = ahead[min(held_years, len(ahead) - 1)]
            refund += paid_in.bonuses[held_years - 1] * of.held**held_years
    return Sum(homeless, support, refund, allocation, relapse, len(ahead))


def own_share(method: SupportMethod, ahead: tuple[Terms, ...], goes_on: float = 1.0) -> float:
    """Share of a method's cost that the municipality is left with, after a shelter stay, over the horizon."""
    cost, borne = support_over(method, ahead[0].refund.support_days > 0, ahead, goes_on)
    return 1.0 - borne / cost if cost else 1.0


def detour(method: SupportMethod, nights: float, ahead: tuple[Terms, ...], goes_on: float = 1.0) -> float:
    """What a shelter stay on the way to a home gains the municipality: the refund earned less the nights [DKK].

    Args:
        method: Support that would be given.
        nights: Nights in the shelter until there is a home [days].
        ahead: Law and prices, year by year.
        goes_on: Share of open-ended support that goes on a year later.
    """
    law = ahead[0].refund
    if law.support_days == 0 or not law.after_shelter_only:
        return -float(shelter_cost(nights, ahead[0]))
    earned = support_over(method, True, ahead, goes_on)[1] - support_over(method, False, ahead, goes_on)[1]
    return earned - float(shelter_cost(nights, ahead[0]))
