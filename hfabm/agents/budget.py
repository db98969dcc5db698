"""The quarterly budget: from the sums to what a municipality does more or less of than it planned.

A gain of a year of homelessness avoided moves effort up, a loss down; political commitment holds it at the
plan; other municipalities pull; what is above the plan must be within the budget; and every effort moves
only part of the way in a quarter, which is what a cost of adjustment that grows with its square comes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from hfabm.agents.books import Books
from hfabm.agents.calculation import (
    Expectation,
    Sum,
    Terms,
    break_even_nights,
    detour,
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
    """

    kinds: tuple[Reckoned, ...]
    efforts: Array
    referral_efforts: Array
    detours: tuple[float, float, float]
    support_worth: Array
    wait_weeks: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What the budget starts from.

    Attributes:
        workers: Planned caseworkers of CTI, ICM and ACT.
        commitment: How far politics holds to the plan, 0 to 1.
        others: Share by which other municipalities use Housing First more, below 0 less.
        rent_guarantee: Share of arrears and eviction cost covered.
        extra_days: § 110 days co-paid above the limit.
        efforts: Efforts before this quarter.
        referral_efforts: Likewise of referrals.
    """

    workers: tuple[float, float, float]
    commitment: float
    others: float
    rent_guarantee: float
    extra_days: int
    efforts: Array
    referral_efforts: Array


def leaning(gain: float, sensitivity: float) -> float:
    """Where a gain alone would take an effort: -1 nothing, 0 the plan, 1 twice the plan.

    >>> leaning(0.0, 60_000.0), round(leaning(60_000.0, 60_000.0), 3), round(leaning(-60_000.0, 60_000.0), 3)
    (0.0, 0.632, -0.632)
    """
    pull = 1.0 - exp(-abs(gain) / sensitivity)
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
            paid = allocation_cost(outlook, plan.rent_guarantee, of.held)
            whole[need, origin] = of, weigh(of, METHODS[need], paid, co_paid(origin, ahead[0]), ahead)
    leans = np.array([leaning(each.gain_a_year, sensitivity) for _, each in whole.values()])
    pull = p.neighbour_pull * plan.others
    targets = np.clip(1.0 + (1.0 - plan.commitment) * (leans + pull), 0.0, MOST)
    step = 1.0 / (1.0 + p.adjustment_cost)
    referral_efforts = plan.referral_efforts + step * (targets - plan.referral_efforts)
    aims = _aims(outlook, books, plan, whole, targets.reshape(len(Need), len(Origin)), ahead)
    efforts = plan.efforts + step * (_afforded(aims, outlook, plan) - plan.efforts)
    kinds = tuple(
        _reckoned(key, books, *whole[key], ahead[0], (float(leans[k]), float(targets[k]), float(referral_efforts[k])))
        for k, key in enumerate(whole)
    )
    nights = DAYS * wait
    detours = tuple(
        moved_by(detour(METHODS[need], nights, ahead, p.support_goes_on) / len(ahead), sensitivity, plan.commitment)
        for need in Need
    )
    worth = np.array([p.support_averts * whole[need, Origin.SHELTER][1].homeless for need in Need])
    return Budget(kinds, efforts, referral_efforts, detours, worth, wait)  # type: ignore[arg-type]


def co_paid(origin: Origin, now: Terms) -> bool:
    """Would support for a citizen of this origin be co-paid?"""
    law = now.refund
    return law.support_days > 0 and (origin != Origin.NO_REFUND or not law.after_shelter_only)


def allocation_cost(outlook: Outlook, rent_guarantee: float, held: float) -> float:
    """What a home costs besides support: referral, empty weeks, fitting-out and guarantee [DKK].

    Args:
        outlook: Law and prices.
        rent_guarantee: Share of arrears and eviction cost covered.
        held: Share of placements that hold a year.
    """
    law, price = outlook.sections["housing_law"], outlook.price
    ends = 1.0 - held**outlook.p.horizon_years
    empty = law.vacancy_rent * outlook.rent * MONTHS_PER_WEEK * outlook.empty_weeks
    covered = max(rent_guarantee, law.arrears_covered)
    cost: float = (
        price["referral"] + empty + ends * (law.fitting_out * price["fitting_out"] + covered * price["eviction"])
    )
    return cost


def _aims(
    outlook: Outlook, books: Books, plan: Plan, whole: dict[Any, tuple[Expectation, Sum]], targets: Array,
    ahead: tuple[Terms, ...],
) -> Array:  # fmt: skip
    """Where each effort should go: weighted by the people it is for."""
    aims = np.ones(len(Effort))
    weights = books.people + 1.0 / KINDS
    aims[Effort.HOUSING] = np.average(targets, weights=weights)
    elasticity = outlook.p.substitution * (1.0 - plan.commitment)
    shares = np.array([own_share(method, ahead, outlook.p.support_goes_on) for method in POSTS])
    pay = np.array([outlook.price[f"support_{method.name.lower()}"] for method in POSTS])
    mix = np.array(plan.workers) * np.maximum(shares, 0.05) ** -elasticity
    same = float(np.dot(plan.workers, pay) / np.dot(mix, pay)) if mix.any() else 1.0
    for k, (need, method) in enumerate(METHODS.items()):
        served = np.average(targets[need], weights=weights[need])
        aims[POSTS[method]] = served * same * max(shares[k], 0.05) ** -elasticity
    lost = np.average([whole[need, Origin.SHELTER][1].homeless for need in Need], weights=weights.sum(axis=1))
    bends, years = 1.0 - plan.commitment, outlook.p.horizon_years
    sensitivity = outlook.p.sensitivity * outlook.week.price_level
    law = outlook.sections["refund_law"]
    keeper = outlook.price["caretaker"] * (1.0 - law.caretaker_rate) / max(outlook.p.caretaker_averts, 1e-9)
    aims[Effort.CARETAKERS] += bends * leaning((lost - keeper) / years, sensitivity)
    help_at_notice = outlook.price["prevention"] * (1.0 - (law.rate if law.prevention else 0.0))
    saved = outlook.p.notice_ends_badly * lost - help_at_notice
    aims[Effort.PREVENTION] += bends * leaning(saved / years, sensitivity)
    return np.clip(aims, 0.0, MOST)


def _afforded(aims: Array, outlook: Outlook, plan: Plan) -> Array:
    """The aims, with what lies above the plan cut to what the budget has room for."""
    cases = outlook.sections["support"].cases_per_worker
    pay = np.array([outlook.price[f"support_{method.name.lower()}"] * cases for method in POSTS])
    planned = np.array(plan.workers) * pay
    above = np.maximum(0.0, aims[list(POSTS.values())] - 1.0)
    room, wanted = outlook.p.budget_room * planned.sum(), float(above @ planned)
    fits = 1.0 if wanted <= room else room / wanted
    return np.where(aims > 1.0, 1.0 + fits * (aims - 1.0), aims)


def _reckoned(
    key: tuple[Need, Origin], books: Books, of: Expectation, sums: Sum, now: Terms, set_to: tuple[float, float, float]
) -> Reckoned:
    need, origin = key
    nights = float(np.average(of.nights, weights=of.weights))
    limit = now.refund.shelter_days + now.extra_days if now.refund.days_counted else np.inf
    beyond = float(np.average(np.maximum(0.0, of.nights - limit), weights=of.weights))
    method = METHODS[need]
    year = now.support[method]
    left = year - support_refund(year, now, 0, co_paid(origin, now))
    leans, target, effort = set_to
    return Reckoned(
        int(need), int(origin), int(books.people[need, origin]), of.nights.size - 1, int(method), nights, beyond,
        now.night, sums.homeless, sums.support, sums.refund, sums.allocation, sums.relapse, of.held,
        sums.gain_a_year, min(break_even_nights(left, now), 1e6), leans, target, effort,
    )  # fmt: skip
