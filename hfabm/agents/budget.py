"""The quarterly budget: from the sums to what a municipality does more or less of than it planned.

A gain of a year of homelessness avoided moves effort up, a loss down; political commitment holds it at the
plan; other municipalities pull; what is above the plan must be within the budget; and every effort moves
only part of the way in a quarter, which is what a cost of adjustment that grows with its square comes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.agents.books import Books
from hfabm.agents.calculation import (
    Expectation,
    Sum,
    Terms,
    break_even_nights,
    detour,
    mean,
    own_share,
    support_refund,
    weigh,
)
from hfabm.agents.outlook import Outlook
from hfabm.calendar import DAYS, MONTHS_PER_WEEK
from hfabm.engine.table import Array
from hfabm.state.codes import Effort, Need, Origin, SupportMethod
from hfabm.state.municipalities import KINDS, moved_by

METHODS = {Need.LOW: SupportMethod.CTI, Need.MODERATE: SupportMethod.ICM, Need.COMPLEX: SupportMethod.ACT}
"""Support that each need asks for."""
POSTS = {SupportMethod.CTI: Effort.CTI, SupportMethod.ICM: Effort.ICM, SupportMethod.ACT: Effort.ACT}
MOST = 2.0
"""Effort at most, of what is planned."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One kind of citizen, as reckoned: the fields are columns of `Reckoning`, with the same units."""

    need: int
    origin: int
    people: int
    seen: int
    method: int
    nights: float
    beyond: float
    night_dkk: float
    homeless_dkk: float
    support_dkk: float
    refund_dkk: float
    allocation_dkk: float
    relapse_dkk: float
    held: float
    gain_dkk_year: float
    break_even_nights: float
    leans: float
    target: float
    effort: float


@dataclass(frozen=True, slots=True)
class Budget:
    """A quarter's budget.

    Attributes:
        kinds: What was reckoned, by need and origin.
        efforts: What is done of what is planned, by `Effort` [ratio].
        referral_efforts: The same of referrals, by need and origin [ratio].
        detours: Share of citizens outside shelters asked to go through one, by need.
        support_worth: What a year of support saves, by need [DKK/year].
        wait_weeks: Weeks from referral to home that are expected [weeks].
        home_weeks: Weeks from known need to home that are expected [weeks].
    """

    kinds: tuple[Reckoned, ...]
    efforts: Array
    referral_efforts: Array
    detours: tuple[float, float, float]
    support_worth: Array
    wait_weeks: float
    home_weeks: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What the budget starts from.

    Attributes:
        workers: Planned caseworkers of CTI, ICM and ACT.
        commitment: How far politics holds to the plan, 0 to 1.
        others: Share of the homeless by which other municipalities give more Housing First, below 0 less.
        rent_guarantee: Share of arrears and eviction cost covered.
        guarantee_cap: Most that it pays for one case [DKK]; 0 no limit.
        caretakers: Planned social caretakers.
        refundable: Are there teams whose support the state would co-pay?
        extra_days: § 110 days co-paid above the limit.
        efforts: Efforts before this quarter.
        referral_efforts: Likewise of referrals.
    """

    workers: tuple[float, float, float]
    commitment: float
    others: float
    rent_guarantee: float
    guarantee_cap: float
    caretakers: float
    refundable: bool
    extra_days: int
    efforts: Array
    referral_efforts: Array


def leaning(gain: float, sensitivity: float) -> float:
    """Where a gain alone would take an effort: -1 nothing, 0 the plan, 1 twice the plan.

    >>> leaning(0.0, 60_000.0), round(leaning(60_000.0, 60_000.0), 3), round(leaning(-60_000.0, 60_000.0), 3)
    (0.0, 0.632, -0.632)
    """
    pull = moved_by(abs(gain), sensitivity, 0.0)
    return pull if gain >= 0.0 else -pull


def make_budget(outlook: Outlook, books: Books, plan: Plan) -> Budget:
    """Reckon every kind of citizen and set every effort.

    Args:
        outlook: Law, prices and beliefs.
        books: The municipality's own books.
        plan: What it planned, and what it did last quarter.
    """
    p, level = outlook.p, outlook.week.price_level
    sensitivity = p.sensitivity * level
    ahead = outlook.terms(plan.extra_days)
    wait = outlook.wait_weeks(books)
    whole: dict[tuple[Need, Origin], tuple[Expectation, Sum]] = {}
    for need in Need:
        for origin in Origin:
            of = outlook.expectation(books, need, origin)
            paid = allocation_cost(outlook, plan, of.held)
            refunds = plan.refundable and co_paid(origin, ahead[0])
            whole[need, origin] = of, weigh(of, METHODS[need], paid, refunds, ahead)
    leans = np.array([leaning(each.gain_a_year, sensitivity) for _, each in whole.values()])
    pull = p.neighbour_pull * plan.others
    targets = np.clip(1.0 + (1.0 - plan.commitment) * (leans + pull), 0.0, MOST)
    step = 1.0 / (1.0 + p.adjustment_cost)
    referral_efforts = plan.referral_efforts + step * (targets - plan.referral_efforts)
    aims = _aims(outlook, books, plan, whole, targets.reshape(len(Need), len(Origin)), ahead)
    efforts = plan.efforts + step * (_afforded(aims, outlook, plan) - plan.efforts)
    kinds = tuple(
        _reckoned(
            key,
            books,
            *whole[key],
            ahead[0],
            plan.refundable,
            (float(leans[k]), float(targets[k]), float(referral_efforts[k])),
        )
        for k, key in enumerate(whole)
    )
    gains = [detour(METHODS[need], DAYS * wait, ahead, p.support_goes_on) if plan.refundable else 0.0 for need in Need]
    detours = tuple(moved_by(gain / len(ahead), sensitivity, plan.commitment) for gain in gains)
    later = ahead[min(2, len(ahead) - 1)].bonuses[1]
    worth = np.array([p.support_averts * (whole[need, Origin.SHELTER][1].homeless + later) for need in Need])
    return Budget(kinds, efforts, referral_efforts, detours, worth, wait, outlook.home_weeks(books))  # type: ignore[arg-type]


def co_paid(origin: Origin, now: Terms) -> bool:
    """Would support for a citizen of this origin be co-paid?"""
    law = now.refund
    return law.support_days > 0 and (origin != Origin.NO_REFUND or not law.after_shelter_only)


def allocation_cost(outlook: Outlook, plan: Plan, held: float) -> float:
    """What a home costs besides support: referral, empty weeks, fitting-out and guarantee [DKK].

    Args:
        outlook: Law and prices.
        plan: What is guaranteed to landlords.
        held: Share of placements that hold a year.
    """
    law, price = outlook.sections["housing_law"], outlook.price
    ends = 1.0 - held**outlook.p.horizon_years
    empty = law.vacancy_rent * outlook.rent * MONTHS_PER_WEEK * outlook.empty_weeks
    claim = max(plan.rent_guarantee, law.arrears_covered) * price["eviction"]
    if plan.guarantee_cap > 0.0:
        claim = min(claim, plan.guarantee_cap * outlook.week.price_level)
    cost: float = price["referral"] + empty + ends * (law.fitting_out * price["fitting_out"] + claim)
    return cost


def _aims(
    outlook: Outlook, books: Books, plan: Plan, whole: dict[Any, tuple[Expectation, Sum]], targets: Array,
    ahead: tuple[Terms, ...],
) -> Array:  # fmt: skip
    """Where each effort should go: weighted by the people it is for."""
    aims = np.ones(len(Effort))
    weights = books.people + 1.0 / KINDS
    aims[Effort.HOUSING] = mean(targets.ravel(), weights.ravel())
    mix = _mix(outlook, plan, ahead)
    for need, method in METHODS.items():
        aims[POSTS[method]] = mean(targets[need], weights[need]) * mix[method]
    lost = mean(np.array([whole[need, Origin.SHELTER][1].homeless for need in Need]), weights.sum(axis=1))
    bends, years = 1.0 - plan.commitment, outlook.p.horizon_years
    sensitivity = outlook.p.sensitivity * outlook.week.price_level
    law = outlook.sections["refund_law"]
    keeper = outlook.price["caretaker"] * (1.0 - law.caretaker_rate) / max(outlook.p.caretaker_averts, 1e-9)
    aims[Effort.CARETAKERS] += bends * leaning((lost - keeper) / years, sensitivity)
    help_at_notice = outlook.price["prevention"] * (1.0 - (law.rate if law.prevention else 0.0))
    saved = outlook.p.notice_ends_badly * lost - help_at_notice
    aims[Effort.PREVENTION] += bends * leaning(saved / years, sensitivity)
    return np.clip(aims, 0.0, MOST)


def _mix(outlook: Outlook, plan: Plan, ahead: tuple[Terms, ...]) -> dict[SupportMethod, float]:
    """What each method gets of its plan where the municipality bears unequal shares of them; the sum is the plan's."""
    elasticity, goes_on = outlook.p.substitution * (1.0 - plan.commitment), outlook.p.support_goes_on
    planned = mixed = 0.0
    turned: dict[SupportMethod, float] = {}
    for method, workers in zip(POSTS, plan.workers, strict=True):
        share = own_share(method, ahead, goes_on) if plan.refundable else 1.0
        turned[method] = pow(max(share, 0.05), -elasticity)
        pay = workers * outlook.price[f"support_{method.name.lower()}"]
        planned += pay
        mixed += pay * turned[method]
    same = planned / mixed if mixed else 1.0
    return {method: same * turn for method, turn in turned.items()}


def _afforded(aims: Array, outlook: Outlook, plan: Plan) -> Array:
    """The aims; where posts and caretakers together cost more than there is room for, less of what is above plan."""
    cases = outlook.sections["support"].cases_per_worker
    bills = [
        (effort, workers * cases * outlook.price[f"support_{method.name.lower()}"])
        for (method, effort), workers in zip(POSTS.items(), plan.workers, strict=True)
    ]
    bills.append((Effort.CARETAKERS, plan.caretakers * outlook.price["caretaker"]))
    planned = more = less = 0.0
    for effort, bill in bills:
        planned += bill
        change = (float(aims[effort]) - 1.0) * bill
        more, less = more + max(0.0, change), less + max(0.0, -change)
    room = outlook.p.budget_room * planned + less
    fits = room / more if more > room else 1.0
    afforded = aims.copy()
    for effort, _ in bills:
        if aims[effort] > 1.0:
            afforded[effort] = 1.0 + fits * (aims[effort] - 1.0)
    return afforded


def _reckoned(
    key: tuple[Need, Origin],
    books: Books,
    of: Expectation,
    sums: Sum,
    now: Terms,
    refundable: bool,
    set_to: tuple[float, float, float],
) -> Reckoned:
    need, origin = key
    nights = mean(of.nights, of.weights)
    limit = now.refund.shelter_days + now.extra_days if now.refund.days_counted else np.inf
    beyond = mean(np.maximum(0.0, of.nights - limit), of.weights)
    method = METHODS[need]
    year = now.support[method]
    left = year - support_refund(year, now, of.clock_years, refundable and co_paid(origin, now))
    leans, target, effort = set_to
    return Reckoned(
        int(need), int(origin), int(books.people[need, origin]), of.nights.size - 1, int(method), nights, beyond,
        now.night, sums.homeless, sums.support, sums.refund, sums.allocation, sums.relapse, of.held,
        sums.gain_a_year, min(break_even_nights(left, now), 1e6), leans, target, effort,
    )  # fmt: skip
