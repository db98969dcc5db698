"""What a municipality sees when it makes its budget: the law ahead, the price of a home, its own books."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from hfabm.agents.budget import Reckoned, allocation_cost, make_budget
from hfabm.calendar import MONTHS_PER_WEEK
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


@pytest.mark.parametrize("guarantee", [0.0, 0.5])
def test_a_home_costs_its_referral_its_empty_weeks_and_what_is_guaranteed_at_the_end(guarantee: float) -> None:
    outlook = outlook_on(FINAL_CAP, {("prices", "growth"): 0.0, ("allocation", "fit_out_weeks"): 2.0})

    found = allocation_cost(outlook, guarantee, held=0.9)

    ends, price = 1.0 - 0.9**4, outlook.price
    empty = outlook.rent * MONTHS_PER_WEEK * 2.0
    bill = price["fitting_out"] + guarantee * price["eviction"]
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


def test_other_beds_cost_their_prices() -> None:
    outlook, nights = outlook_on(FINAL_CAP), np.zeros((len(Need), 2, 3))
    nights[Need.MODERATE, 1] = 10.0, 20.0, 30.0

    found = [outlook.expectation(books(other_nights=nights), need, Origin.NO_REFUND).other_dkk for need in Need]

    price = outlook.price
    beds = 10.0 * price["night_shelter"] + 20.0 * price["hotel"] + 30.0 * price["transitional"]
    assert found == pytest.approx([0.0, beds, 0.0])


@pytest.mark.parametrize(
    ("waiting", "placed", "weeks"),
    [(0, 0, 6.5), (10, 0, 13.0), (0, 80, 10 / (80 / 52 + 10 / 6.5)), (1000, 0, 104.0), (30, 52, 40 / (1 + 10 / 6.5))],
)
def test_the_wait_is_those_who_wait_over_those_placed_a_week(waiting: int, placed: int, weeks: float) -> None:
    found = outlook_on(FINAL_CAP).wait_weeks(books(waiting=waiting, placed=placed))

    assert found == pytest.approx(weeks)


def test_a_price_cap_lowers_the_night_that_is_reckoned_with() -> None:
    capped = {("prices", "growth"): 0.0, ("housing_law", "shelter_price_cap"): 1_200.0}

    nights = [outlook_on(FINAL_CAP, changes).terms(0)[0].night for changes in (capped, {("prices", "growth"): 0.0})]

    assert nights == pytest.approx([1_200.0 - 93.0, 1_507.0 - 93.0])
