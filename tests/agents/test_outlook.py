"""What a municipality sees when it makes its budget: the law ahead, the price of a home, its own books."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from hfabm.agents.budget import Reckoned, allocation_cost, make_budget
from hfabm.calendar import DAYS, MONTHS_PER_WEEK
from hfabm.state.codes import Need, Origin

from .ahead import FINAL_CAP, Changes, books, outlook_on, plan


def in_a_shelter(day: date, changes: Changes) -> Reckoned:
    """What is reckoned of a citizen of low need in a shelter, who stays there 200 nights a year."""
    return make_budget(outlook_on(day, changes), books(200.0), plan()).kinds[0]


CAP = date(2028, 1, 3)
NEW_CAP: Changes = {("refund_law", "shelter_days"): {date(2026, 4, 1): 90, CAP: 30}}


@pytest.mark.parametrize(("weeks_before", "reckons"), [(21, False), (20, True), (1, True), (0, True)])
def test_a_new_cap_is_reckoned_with_from_its_announcement_on(weeks_before: int, reckons: bool) -> None:
    day = CAP - timedelta(weeks=weeks_before)

    with_it, without = (in_a_shelter(day, law) for law in (NEW_CAP, {}))

    in_force = weeks_before == 0
    assert (with_it.homeless_dkk > without.homeless_dkk) == reckons
    assert (with_it.beyond > without.beyond) == in_force, "the first year ahead is that of the law in force"
    assert with_it.support_dkk == without.support_dkk


@pytest.mark.parametrize(("announced", "reckons"), [(3, False), (4, True), (52, True)])
def test_how_long_before_it_is_announced_is_a_parameter(announced: int, reckons: bool) -> None:
    law = {**NEW_CAP, ("incentives", "announced_weeks"): announced}

    costs = [in_a_shelter(CAP - timedelta(weeks=4), changes).homeless_dkk for changes in (law, {})]

    assert (costs[0] > costs[1]) == reckons


def test_one_with_a_horizon_of_a_year_reckons_with_the_law_in_force() -> None:
    year = {("incentives", "horizon_years"): 1}

    costs = [in_a_shelter(CAP - timedelta(weeks=4), {**law, **year}).homeless_dkk for law in (NEW_CAP, {})]

    assert costs[0] == costs[1]


def test_a_change_of_prices_ahead_is_not_reckoned_with() -> None:
    """The law is announced; prices are those of the day."""
    shelter, icm = ("prices", "shelter"), ("prices", "support_icm")
    dearer = {
        shelter: {date(2020, 1, 6): 1_500.0, CAP: 3_000.0}, icm: {date(2020, 1, 6): 85_000.0, CAP: 170_000.0}
    }  # fmt: skip
    same = {shelter: 1_500.0, icm: 85_000.0}

    before = [outlook_on(CAP - timedelta(weeks=4), {**NEW_CAP, **prices}).terms(0) for prices in (dearer, same)]
    since = outlook_on(CAP, {**NEW_CAP, **dearer}).terms(0)

    assert before[0] == before[1]
    assert [year.refund.shelter_days for year in before[0]] == [90, 30, 30, 30]
    assert since[0].support[3] == pytest.approx(2.0 * before[0][0].support[3])


@pytest.mark.parametrize(("guarantee", "by_law"), [(0.0, 0.0), (0.5, 0.0), (0.5, 0.8), (0.5, 0.2)])
@pytest.mark.parametrize("cap", [0.0, 10_000.0, 1e6])
def test_a_home_costs_its_referral_its_empty_weeks_and_what_is_guaranteed_at_the_end(
    guarantee: float, by_law: float, cap: float
) -> None:
    """The guarantee pays no more than its cap, which follows prices."""
    law = {("housing_law", "arrears_covered"): by_law, ("allocation", "fit_out_weeks"): 2.0}
    outlook = outlook_on(FINAL_CAP, {("prices", "growth"): 0.0, **law}, level=1.2)

    found = allocation_cost(outlook, plan(rent_guarantee=guarantee, guarantee_cap=cap), held=0.9)

    ends, price = 1.0 - 0.9**4, outlook.price
    empty = outlook.rent * MONTHS_PER_WEEK * 2.0
    claim = max(guarantee, by_law) * price["eviction"]
    bill = price["fitting_out"] + (min(claim, 1.2 * cap) if cap else claim)
    assert found == pytest.approx(price["referral"] + empty + ends * bill)


@pytest.mark.parametrize(("origin", "own", "known"), [(Origin.SHELTER, 200.0, 105.0), (Origin.NO_REFUND, 20.0, 60.0)])
def test_its_own_citizens_weigh_as_much_as_so_many_known_nationally(origin: Origin, own: float, known: float) -> None:
    outlook = outlook_on(FINAL_CAP, {("incentives", "prior_people"): 500.0})

    of = outlook.expectation(books(200.0, outside=20.0), Need.MODERATE, origin)

    assert of.nights.size == 1001
    assert np.average(of.nights, weights=of.weights) == pytest.approx((1000 * own + 500 * known) / 1500)


def test_who_has_seen_nobody_expects_what_is_known_nationally() -> None:
    outlook = outlook_on(FINAL_CAP)

    of = outlook.expectation(books(), Need.LOW, Origin.SHELTER)

    assert of.nights.tolist() == [105.0]
    assert (of.held, of.away, of.other_dkk) == pytest.approx((0.93, 0.0, 0.0))


@pytest.mark.parametrize(("seen", "held"), [((0, 0), 0.93), ((40, 20), (20 + 9.3) / 50), ((40, 40), (40 + 9.3) / 50)])
def test_placements_that_held_weigh_beside_what_is_known(seen: tuple[int, int], held: float) -> None:
    own = np.zeros((len(Need), 2), np.int64)
    own[Need.COMPLEX] = seen

    found = [outlook_on(FINAL_CAP).expectation(books(held=own), need, Origin.SHELTER).held for need in Need]

    assert found == pytest.approx([0.93, 0.93, held])


@pytest.mark.parametrize(
    ("refunds", "rent", "own"), [(False, 5_000.0, None), (True, 5_000.0, 93.0), (True, 2_500.0, None)]
)
def test_other_beds_cost_their_prices_less_what_residents_and_their_benefit_pay(
    refunds: bool, rent: float, own: float | None
) -> None:
    """In a transitional dwelling: the rent less a fifth of benefit, or no more than a shelter charges; and benefit."""
    law: Changes = {
        ("housing_law", "transitional_refund"): refunds, ("refund_law", "own_payment"): 93.0,
        ("income", "housing_benefit"): 0.2, ("prices", "transitional_rent"): rent, ("prices", "growth"): 0.0,
    }  # fmt: skip
    outlook, nights = outlook_on(FINAL_CAP, law), np.zeros((len(Need), 2, 3))
    nights[Need.MODERATE, 1] = 10.0, 20.0, 30.0

    found = [outlook.expectation(books(other_nights=nights), need, Origin.NO_REFUND).other_dkk for need in Need]

    price = outlook.price
    a_day = rent * MONTHS_PER_WEEK / DAYS
    paid = (0.8 * a_day if own is None else own) + 0.2 * a_day
    beds = 10.0 * price["night_shelter"] + 20.0 * price["hotel"] + 30.0 * (price["transitional"] - paid)
    assert found == pytest.approx([0.0, beds, 0.0])


@pytest.mark.parametrize(
    ("waiting", "placed", "weeks"),
    [(0, 0, 6.5), (10, 0, 13.0), (0, 80, 10 / (80 / 52 + 10 / 6.5)), (1000, 0, 104.0), (30, 52, 40 / (1 + 10 / 6.5))],
)
def test_the_wait_is_those_who_wait_over_those_placed_a_week(waiting: int, placed: int, weeks: float) -> None:
    found = outlook_on(FINAL_CAP).wait_weeks(books(waiting=waiting, placed=placed))

    assert found == pytest.approx(weeks)


@pytest.mark.parametrize(
    ("placed", "weeks", "expected"),
    [(0, 0.0, 11.0), (30, 900.0, (900 + 110) / 40), (30, 30.0, (30 + 110) / 40), (10, 50_000.0, 208.0)],
)
def test_the_weeks_to_a_home_are_those_of_last_years_placements_beside_what_is_known(
    placed: int, weeks: float, expected: float
) -> None:
    """Ten citizens known nationally waited eleven weeks from known need; four years at most are expected."""
    found = outlook_on(FINAL_CAP).home_weeks(books(home_weeks=weeks, placed=placed))

    assert found == pytest.approx(expected)


def test_the_weeks_of_nobody_are_what_is_known_nationally_however_little_that_weighs() -> None:
    found = outlook_on(FINAL_CAP, {("incentives", "prior_people"): 0.0}).home_weeks(books())

    assert found == pytest.approx(11.0)


def test_the_clock_has_run_for_those_outside_who_have_it() -> None:
    outlook, seen = outlook_on(FINAL_CAP), books(clock_years=0.7)

    found = {origin: outlook.expectation(seen, Need.LOW, origin).clock_years for origin in Origin}

    assert found == {Origin.SHELTER: 0.0, Origin.REFUND_IN_VIEW: 0.7, Origin.NO_REFUND: 0.0}


def test_a_price_cap_lowers_the_night_that_is_reckoned_with() -> None:
    capped = {("prices", "growth"): 0.0, ("housing_law", "shelter_price_cap"): 1_200.0}

    nights = [outlook_on(FINAL_CAP, changes).terms(0)[0].night for changes in (capped, {("prices", "growth"): 0.0})]

    assert nights == pytest.approx([1_200.0 - 93.0, 1_507.0 - 93.0])
