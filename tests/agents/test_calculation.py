"""The municipality's sums against the formulas of the reimbursement rules, with law and prices as declared.

n = 1,507 - 93 = 1,414 kr. a night; before October 2023 half of every night is refunded, after it half of the first
120, from April 2026 of the first 90 nights of a running year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hfabm.agents.calculation import (
    Expectation,
    Terms,
    break_even_nights,
    detour,
    shelter_cost,
    support_refund,
    weigh,
    year_without_a_home,
)
from hfabm.state.codes import SupportMethod

from .ahead import BEFORE, FINAL_CAP, FIRST_CAP, Changes, outlook_on

ORDINARY, CTI, ICM, ACT = list(SupportMethod)[1:]
REGIMES = {"before": (BEFORE, np.inf), "120": (FIRST_CAP, 120), "90": (FINAL_CAP, 90)}
AS_READ: Changes = {("prices", "growth"): 0.0}
"""Prices as they were read, whatever their year: a course of CTI at 49,000 kr."""
N, R = 1_414.0, 0.5

by_regime = pytest.mark.parametrize("regime", REGIMES)


def terms(day: date, **law: object) -> Terms:
    """Law and prices of a day, with some of the refund law changed."""
    found = outlook_on(day, AS_READ).terms(0)[0]
    return replace(found, refund=replace(found.refund, **law))  # type: ignore[arg-type]


def expected(*nights: float, **more: float) -> Expectation:
    first = {"away": 0.0, "other_dkk": 0.0, "stays": 1.0, "held": 1.0}
    return Expectation(np.array(nights), np.ones(len(nights)), **{**first, **more})


def municipal(days: float, limit: float) -> float:
    return (1 - R) * N * min(days, limit) + N * max(0.0, days - limit)


def test_the_net_price_of_a_night_is_the_declared_one() -> None:
    nights = [terms(day).night for day, _ in REGIMES.values()]

    assert nights == [N] * 3
    assert [terms(day).refund.rate for day, _ in REGIMES.values()] == [R] * 3


@pytest.mark.parametrize(
    ("cost", "before", "co_paid", "third_year"), [(49_000, 69, 35, 69), (85_000, 120, 60, 105), (130_000, 184, 91, 137)]
)
def test_the_break_even_nights(cost: float, before: int, co_paid: int, third_year: int) -> None:
    """The nine cells of the table in the evidence: shelter nights a year above which support pays."""
    old, new = terms(BEFORE), terms(FINAL_CAP)

    left = [
        (cost - support_refund(cost, old, 0), old),
        (cost - support_refund(cost, new, 0), new),
        (cost - support_refund(cost, new, 2), new),
    ]

    found = [break_even_nights(support, law) for support, law in left]
    assert [round(nights) for nights in found] == [before, co_paid, third_year]
    assert [float(shelter_cost(n, law)) for n, (_, law) in zip(found, left, strict=True)] == pytest.approx(
        [support for support, _ in left]
    ), "that many nights cost as much as the support"


def test_support_that_was_never_co_paid_breaks_even_like_that_of_the_third_year() -> None:
    law = terms(FINAL_CAP)

    never = 85_000.0 - support_refund(85_000.0, law, 0, co_paid=False)

    assert round(break_even_nights(never, law)) == 105


def test_nights_that_cost_nothing_never_pay_for_support() -> None:
    free = terms(BEFORE, rate=1.0)
    free_to_the_limit = terms(FINAL_CAP, rate=1.0)
    free_beyond = terms(FINAL_CAP, rate=1.0, rate_beyond=1.0)

    found = [break_even_nights(14_140.0, law) for law in (free, free_to_the_limit, free_beyond)]

    assert found == [np.inf, 100.0, np.inf]


@by_regime
@pytest.mark.parametrize("days", [60, 90, 129, 180, 240, 365])
def test_nights_cost_what_the_law_says(days: int, regime: str) -> None:
    day, limit = REGIMES[regime]

    cost = float(shelter_cost(days, terms(day)))

    assert cost == pytest.approx(municipal(days, limit), abs=0.005)


def test_the_examples_of_a_whole_year() -> None:
    year = {regime: float(shelter_cost(365, terms(day))) for regime, (day, _) in REGIMES.items()}

    rounded = {regime: round(cost, -3) for regime, cost in year.items()}

    assert rounded == {"before": 258_000, "120": 431_000, "90": 452_000}


@pytest.mark.parametrize(("used", "nights"), [(0, 30), (75, 30), (90, 30), (200, 30)])
def test_nights_used_before_count_towards_the_limit(used: int, nights: int) -> None:
    law = terms(FINAL_CAP)

    cost = float(shelter_cost(nights, law, used))

    assert cost == pytest.approx(municipal(used + nights, 90) - municipal(used, 90))


def test_further_days_and_a_rate_beyond_the_limit_make_nights_cheaper() -> None:
    law = terms(FINAL_CAP, rate_beyond=0.2)

    cost = float(shelter_cost(200, replace(law, extra_days=60)))

    assert cost == pytest.approx(0.5 * N * 150 + 0.8 * N * 50)


@pytest.mark.parametrize(("method", "course", "gate"), [(CTI, 49_000, 35), (ICM, 85_000, 105), (ACT, 130_000, 137)])
def test_the_shelter_gate(method: SupportMethod, course: float, gate: int) -> None:
    """A course of CTI, or two years of ICM or ACT, pay for a stay of so many nights on the way to a home."""
    ahead = outlook_on(FINAL_CAP, AS_READ).terms(0)

    earned = R * course * (1 if method == CTI else 2)
    nights = break_even_nights(earned, ahead[0])

    assert round(nights) == gate
    assert detour(method, nights, ahead) == pytest.approx(0.0, abs=1.0)
    assert detour(method, gate - 1, ahead) > 0.0 > detour(method, gate + 1, ahead)


def test_support_that_may_not_go_on_earns_less_on_the_way() -> None:
    ahead = outlook_on(FINAL_CAP, AS_READ).terms(0)

    found = detour(ICM, 30, ahead, goes_on=0.8)

    assert found == pytest.approx(R * 85_000 * 1.8 - municipal(30, 90))


@pytest.mark.parametrize(
    ("day", "changes"),
    [(BEFORE, {}), (FINAL_CAP, {("refund_law", "after_shelter_only"): False})],
    ids=["before the reform", "refund follows the person"],
)
def test_a_detour_that_earns_nothing_costs_its_nights(day: date, changes: Changes) -> None:
    ahead = outlook_on(day, {**AS_READ, **changes}).terms(0)

    assert ahead[0].night == N
    assert detour(ACT, 60, ahead) == pytest.approx(-municipal(60, np.inf))


def test_every_running_year_begins_anew() -> None:
    law = terms(FIRST_CAP)

    years = [year_without_a_home(expected(200.0), law, year) for year in range(3)]

    assert years == pytest.approx([municipal(200, 120)] * 3)


def test_under_a_count_that_never_starts_again_later_years_cost_more() -> None:
    law = terms(FIRST_CAP, running_year_days=36_500)

    years = [year_without_a_home(expected(70.0), law, year) for year in range(3)]

    assert years == pytest.approx([municipal(70, 120), municipal(140, 120) - municipal(70, 120), N * 70])


def test_a_year_is_the_mean_over_citizens_and_not_the_cost_of_their_mean() -> None:
    of = Expectation(np.array([0.0, 240.0]), np.array([3.0, 1.0]), 0.0, 5_000.0, 1.0, 1.0)

    cost = year_without_a_home(of, terms(FIRST_CAP), 0)

    assert cost == pytest.approx(municipal(240, 120) / 4 + 5_000.0)


@pytest.mark.parametrize(("state_bears", "away"), [(0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_what_the_state_bears_of_nights_elsewhere_is_not_counted(state_bears: float, away: float) -> None:
    law = terms(FIRST_CAP, elsewhere_state=state_bears)

    cost = year_without_a_home(expected(200.0, away=away), law, 0)

    share = away if state_bears else 0.0
    assert cost == pytest.approx((1 - share) * municipal(200, 120) + share * (1 - state_bears) * N * 200)


@pytest.mark.parametrize("years", [1, 2, 4])
def test_the_sums_look_as_far_as_the_horizon(years: int) -> None:
    ahead = outlook_on(FINAL_CAP, {**AS_READ, ("incentives", "horizon_years"): years}).terms(0)

    found = weigh(expected(100.0, stays=0.6), ICM, 20_000.0, True, ahead)

    assert (len(ahead), found.years) == (years, years)
    assert found.homeless == pytest.approx(sum(0.6**year for year in range(years)) * municipal(100, 90))
    assert found.support == pytest.approx(85_000.0 * years)
    assert found.refund == pytest.approx(R * 85_000.0 * min(years, 2))
    assert found.allocation == 20_000.0 and found.relapse == 0.0
    assert found.gain_a_year * years == pytest.approx(found.homeless - found.support + found.refund - 20_000.0)


def test_placements_that_do_not_hold_cost_the_shelter_again() -> None:
    ahead = outlook_on(FINAL_CAP, AS_READ).terms(0)

    found = weigh(expected(100.0, stays=0.6, held=0.9), ICM, 0.0, True, ahead)

    lost = [1.0 - 0.9 ** (year + 0.5) for year in range(4)]
    assert found.relapse == pytest.approx(sum(share * 0.6**k * municipal(100, 90) for k, share in enumerate(lost)))
    assert found.home == pytest.approx(found.support - found.refund + found.relapse)
