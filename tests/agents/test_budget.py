"""From the sums to what a municipality does more or less of than it planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp

import numpy as np
import pytest

from hfabm.agents.budget import METHODS, co_paid, leaning, make_budget
from hfabm.agents.calculation import detour
from hfabm.calendar import DAYS
from hfabm.state.codes import Effort, Need, Origin
from hfabm.state.municipalities import KINDS, moved_by

from .ahead import AT_ONCE, BEFORE, FINAL_CAP, FIRST_CAP, OWN_BOOKS, Changes, books, budget, kind, outlook_on, plan


@pytest.mark.parametrize("commitment", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("day", [BEFORE, FIRST_CAP, FINAL_CAP])
@pytest.mark.parametrize("nights", [10.0, 150.0, 350.0])
def test_all_amounts_of_what_is_reckoned_add_up(day: date, nights: float, commitment: float) -> None:
    made = budget(day, nights=nights, commitment=commitment, others=0.2, rent_guarantee=0.5)

    pull = 0.1 * 0.2
    for each in made.kinds:
        home = each.support_dkk - each.refund_dkk + each.allocation_dkk + each.relapse_dkk
        assert each.gain_dkk_year * 4 == pytest.approx(each.homeless_dkk - home)
        assert each.leans == pytest.approx(leaning(each.gain_dkk_year, 60_000.0))
        assert each.target == pytest.approx(max(0.0, min(2.0, 1.0 + (1.0 - commitment) * (each.leans + pull))))
        assert each.effort == pytest.approx(1.0 + (each.target - 1.0) / 4.0)
    assert [(each.need, each.origin) for each in made.kinds] == [(need, origin) for need in Need for origin in Origin]
    assert made.referral_efforts.tolist() == [each.effort for each in made.kinds]


def test_what_is_reckoned_of_one_kind_by_hand() -> None:
    """Moderate need in a shelter, 200 nights a year, ICM, all placements hold, nothing known nationally."""
    own = {**OWN_BOOKS, ("prices", "growth"): 0.0, ("prices", "referral"): 8_000.0, ("prices", "support_icm"): 85_000.0}
    held = books(200.0, held=np.full((len(Need), 2), 50))

    made = make_budget(outlook_on(FINAL_CAP, own), held, plan())

    found = kind(made, Need.MODERATE, Origin.SHELTER)
    year = 707.0 * 90 + 1_414.0 * 110
    assert (found.nights, found.beyond, found.night_dkk, found.seen) == pytest.approx((200.0, 110.0, 1_414.0, 1000))
    assert found.homeless_dkk == pytest.approx(year * (1 + 0.6 + 0.36 + 0.216))
    assert found.support_dkk == pytest.approx(85_000.0 * (1 + 0.8 + 0.64 + 0.512))
    assert found.refund_dkk == pytest.approx(42_500.0 * 1.8)
    assert (found.held, found.relapse_dkk) == pytest.approx((1.0, 0.0))
    assert found.break_even_nights == pytest.approx(42_500.0 / 707.0)
    assert found.method == METHODS[Need.MODERATE]


@pytest.mark.parametrize(
    ("day", "changes", "co_paid_from"),
    [
        (BEFORE, {}, set()),
        (FINAL_CAP, {}, {Origin.SHELTER, Origin.REFUND_IN_VIEW}),
        (FINAL_CAP, {("refund_law", "after_shelter_only"): False}, set(Origin)),
    ],
)
def test_support_is_co_paid_by_origin(day: date, changes: Changes, co_paid_from: set[Origin]) -> None:
    now = outlook_on(day, changes).terms(0)[0]

    found = {origin for origin in Origin if co_paid(origin, now)}

    assert found == co_paid_from


@pytest.mark.parametrize(
    ("gain", "where"), [(0.0, 0.0), (6e4, 1 - exp(-1)), (-6e4, exp(-1) - 1), (1e9, 1.0), (-1e9, -1.0)]
)
def test_a_gain_leans_towards_twice_the_plan_and_a_loss_towards_nothing(gain: float, where: float) -> None:
    found = leaning(gain, 60_000.0)

    assert found == pytest.approx(where)


@pytest.mark.parametrize("day", [BEFORE, FIRST_CAP, FINAL_CAP])
@pytest.mark.parametrize("nights", [0.0, 365.0])
def test_full_commitment_keeps_the_plan(day: date, nights: float) -> None:
    made = budget(day, AT_ONCE, nights, commitment=1.0, others=1.0)

    assert made.efforts.tolist() == [1.0] * len(Effort)
    assert made.referral_efforts.tolist() == [1.0] * KINDS
    assert made.detours == (0.0, 0.0, 0.0)


def test_full_commitment_leads_back_to_the_plan() -> None:
    made = budget(commitment=1.0, efforts=np.zeros(len(Effort)), referral_efforts=np.full(KINDS, 2.0))

    assert made.efforts.tolist() == [0.25] * len(Effort)
    assert made.referral_efforts.tolist() == [1.75] * KINDS


@pytest.mark.parametrize(("adjustment", "step"), [(0.0, 1.0), (1.0, 0.5), (3.0, 0.25), (9.0, 0.1)])
def test_efforts_move_part_of_the_way(adjustment: float, step: float) -> None:
    """From what was done last quarter to where the sums lead; a quarter of the way as declared."""
    whole = budget(changes=AT_ONCE)
    was = {"efforts": np.full(len(Effort), 0.4), "referral_efforts": np.full(KINDS, 0.4)}

    made = budget(changes={**AT_ONCE, ("incentives", "adjustment_cost"): adjustment}, **was)
    declared = budget(changes={("incentives", "budget_room"): 2.0}, **was)

    assert np.allclose(made.efforts, 0.4 + step * (whole.efforts - 0.4))
    assert np.allclose(made.referral_efforts, 0.4 + step * (whole.referral_efforts - 0.4))
    assert np.allclose(declared.efforts, 0.4 + 0.25 * (whole.efforts - 0.4))


def test_more_nights_and_a_tighter_cap_make_a_home_worth_more() -> None:
    gains = [
        kind(budget(day, nights=nights), Need.COMPLEX, Origin.SHELTER).gain_dkk_year
        for day, nights in ((FIRST_CAP, 150.0), (FIRST_CAP, 200.0), (FINAL_CAP, 200.0), (FINAL_CAP, 300.0))
    ]

    assert gains == sorted(gains) and len(set(gains)) == 4


def test_the_refund_favours_those_in_a_shelter() -> None:
    before, after = (budget(day, OWN_BOOKS) for day in (BEFORE, FINAL_CAP))

    gaps = [
        kind(made, Need.LOW, Origin.SHELTER).gain_dkk_year - kind(made, Need.LOW, Origin.NO_REFUND).gain_dkk_year
        for made in (before, after)
    ]
    assert gaps[0] == pytest.approx(0.0, abs=0.01)
    assert gaps[1] > 1_000.0


def test_others_pull() -> None:
    none, up, down = (budget(others=others, commitment=0.5) for others in (0.0, 0.5, -0.5))

    targets = [np.array([each.target for each in made.kinds]) for made in (none, up, down)]

    inside = (targets[0] > 0.1) & (targets[0] < 1.9)
    assert np.allclose(targets[1][inside] - targets[0][inside], 0.5 * 0.1 * 0.5)
    assert np.allclose(targets[2][inside] - targets[0][inside], -0.5 * 0.1 * 0.5)


def test_what_moves_a_municipality_follows_prices() -> None:
    """A level of 1.3 lifts prices and what moves it alike; what the citizen pays a night is a fixed amount."""
    free_of_charge = {("refund_law", "own_payment"): 0.0}

    plain, dear = (budget(changes=free_of_charge, level=level) for level in (1.0, 1.3))

    assert [each.gain_dkk_year for each in dear.kinds] == pytest.approx([1.3 * e.gain_dkk_year for e in plain.kinds])
    assert [each.leans for each in dear.kinds] == pytest.approx([each.leans for each in plain.kinds])
    assert dear.efforts == pytest.approx(plain.efforts)


@pytest.mark.parametrize("commitment", [0.0, 0.5])
def test_people_are_asked_to_go_through_a_shelter_as_far_as_it_pays(commitment: float) -> None:
    outlook = outlook_on(FINAL_CAP)

    made = make_budget(outlook, books(200.0), plan(commitment))

    ahead, nights = outlook.terms(0), DAYS * made.wait_weeks
    gains = [detour(METHODS[need], nights, ahead, outlook.p.support_goes_on) / 4 for need in Need]
    assert made.detours == pytest.approx([moved_by(gain, 60_000.0, commitment) for gain in gains])
    assert made.detours[Need.COMPLEX] > made.detours[Need.MODERATE] > made.detours[Need.LOW] == 0.0


@pytest.mark.parametrize(("day", "changes"), [(BEFORE, {}), (FINAL_CAP, {("refund_law", "after_shelter_only"): False})])
def test_nobody_is_asked_where_it_earns_nothing(day: date, changes: Changes) -> None:
    made = budget(day, changes)

    assert made.detours == (0.0, 0.0, 0.0)


def test_a_long_wait_makes_the_detour_dear() -> None:
    outlook, queue = outlook_on(FINAL_CAP), books(200.0, waiting=200, placed=20)

    made = make_budget(outlook, queue, plan())

    assert made.wait_weeks > 40.0
    assert made.detours == (0.0, 0.0, 0.0)


def test_a_year_of_support_is_worth_what_it_averts() -> None:
    made = budget(nights=200.0)

    expected = [0.15 * kind(made, need, Origin.SHELTER).homeless_dkk for need in Need]
    assert made.support_worth.tolist() == pytest.approx(expected)


@pytest.mark.parametrize("years", [1, 2, 4])
def test_a_year_of_support_saves_the_bonus_of_a_home_that_is_not_lost(years: int) -> None:
    """The bonus of the second year; that of the first is earned before support is reviewed."""
    seen: Changes = {("prices", "growth"): 0.0, ("incentives", "horizon_years"): years}
    law = {("refund_law", "bonus_year_1"): 50_000.0, ("refund_law", "bonus_year_2"): 30_000.0}

    plain, aided = (budget(changes={**seen, **more}).support_worth for more in ({}, law))

    assert aided - plain == pytest.approx([0.15 * 30_000.0] * len(Need))


def test_a_bonus_is_worth_what_the_law_will_pay_when_it_falls_due() -> None:
    """Reckoned a month before the bonus comes to an end, and is known to."""
    ends = {("refund_law", "bonus_year_2"): {date(2020, 1, 6): 30_000.0, date(2026, 5, 1): 0.0}}

    worth = [budget(changes=law).support_worth.tolist() for law in (ends, {})]

    assert worth[0] == worth[1]


def test_without_teams_that_meet_the_law_nothing_is_refunded_and_nobody_is_asked() -> None:
    """No team, or none that meets the floor: support costs its price from everywhere, and a detour earns nothing."""
    with_teams, without = (
        budget(changes={**AT_ONCE, ("prices", "growth"): 0.0, ("prices", "support_icm"): 85_000.0}, refundable=has)
        for has in (True, False)
    )

    assert all(each.refund_dkk > 0.0 for each in with_teams.kinds if each.origin != Origin.NO_REFUND)
    assert with_teams.detours[Need.COMPLEX] > 0.0
    assert [each.refund_dkk for each in without.kinds] == [0.0] * KINDS
    assert without.detours == (0.0, 0.0, 0.0)
    found = kind(without, Need.MODERATE, Origin.SHELTER)
    assert found.break_even_nights == pytest.approx(90 + (85_000.0 - 90 * 707.0) / 1_414.0)


@pytest.mark.parametrize("refundable", [True, False])
def test_what_the_region_bears_makes_no_support_co_paid(refundable: bool) -> None:
    law = {("refund_law", "region_share"): 0.3, ("prices", "growth"): 0.0, ("prices", "support_icm"): 85_000.0}

    found = kind(budget(changes=law, refundable=refundable), Need.MODERATE, Origin.SHELTER)

    left = 0.7 * 85_000.0 * (0.5 if refundable else 1.0)
    assert found.break_even_nights == pytest.approx(left / 707.0)


def test_a_clock_that_has_run_leaves_less_to_refund() -> None:
    """A year of the two has gone for those outside who have it; those in a shelter begin anew."""
    fresh, run = (
        make_budget(outlook_on(FINAL_CAP, {("prices", "growth"): 0.0}), books(200.0, clock_years=years), plan())
        for years in (0.0, 1.0)
    )

    refunds = [[kind(made, Need.MODERATE, origin).refund_dkk for origin in Origin] for made in (fresh, run)]
    year = 0.5 * kind(fresh, Need.MODERATE, Origin.SHELTER).support_dkk / (1 + 0.8 + 0.64 + 0.512)
    assert refunds[0] == pytest.approx([1.8 * year, 1.8 * year, 0.0])
    assert refunds[1] == pytest.approx([1.8 * year, 1.0 * year, 0.0])


def test_the_weeks_to_a_home_are_those_of_the_books() -> None:
    outlook, seen = outlook_on(FINAL_CAP), books(200.0, home_weeks=900.0, placed=30)

    made = make_budget(outlook, seen, plan())

    assert made.home_weeks == outlook.home_weeks(seen) > 0.0


def test_days_added_for_want_of_homes_make_nights_cheaper() -> None:
    costs = [budget(changes=OWN_BOOKS, extra_days=extra).kinds[0].homeless_dkk for extra in (0, 60)]

    assert costs[0] - costs[1] == pytest.approx(60 * 707.0 * (1 + 0.6 + 0.36 + 0.216))


def test_a_refund_makes_prevention_and_caretakers_more_worth_while() -> None:
    """So few nights that both cost the municipality more than they save it."""
    law = {("refund_law", "prevention"): True, ("refund_law", "caretaker_rate"): 0.5}
    little = {**AT_ONCE, **OWN_BOOKS}

    plain, aided = (
        make_budget(outlook_on(FINAL_CAP, {**little, **more}), books(5.0, outside=0.0), plan()) for more in ({}, law)
    )

    for effort in (Effort.PREVENTION, Effort.CARETAKERS):
        assert plain.efforts[effort] < aided.efforts[effort] < 1.0
    others = [Effort.HOUSING, Effort.CTI, Effort.ICM, Effort.ACT]
    assert aided.efforts[others] == pytest.approx(plain.efforts[others])


def test_the_effort_on_dwellings_is_that_of_the_people_in_need() -> None:
    """Nobody of low need, and many of complex need who cost much: their target is what counts."""
    people = np.zeros((len(Need), len(Origin)), np.int64)
    people[Need.COMPLEX, Origin.NO_REFUND] = 100_000
    seen = replace(books(365.0, outside=0.0), people=people)

    made = make_budget(outlook_on(FINAL_CAP, AT_ONCE), seen, plan())

    assert made.efforts[Effort.HOUSING] == pytest.approx(kind(made, Need.COMPLEX, Origin.NO_REFUND).target, abs=1e-4)
