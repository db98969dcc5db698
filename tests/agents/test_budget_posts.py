"""Posts and caretakers: what there is room for, and which methods they go to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hfabm.agents.budget import METHODS, make_budget
from hfabm.agents.calculation import own_share
from hfabm.state.codes import Effort, Need

from .ahead import AT_ONCE, FINAL_CAP, OWN_BOOKS, books, budget, outlook_on, plan


def bills(workers: tuple[float, float, float] = (2.0, 2.0, 2.0), caretakers: float = 2.0) -> np.ndarray:
    """What posts and caretakers of the plan cost a year, by effort; dwellings and prevention are no posts [DKK]."""
    outlook = outlook_on(FINAL_CAP)
    cases, found = outlook.sections["support"].cases_per_worker, np.zeros(len(Effort))
    for effort, count in zip((Effort.CTI, Effort.ICM, Effort.ACT), workers, strict=True):
        found[effort] = count * cases * outlook.price[f"support_{effort.name.lower()}"]
    found[Effort.CARETAKERS] = caretakers * outlook.price["caretaker"]
    return found


@pytest.mark.parametrize("caretakers", [0.0, 2.0, 40.0])
@pytest.mark.parametrize(("room", "binds"), [(0.0, True), (0.15, True), (0.5, True), (2.0, False)])
def test_what_lies_above_the_plan_must_be_within_the_budget(room: float, binds: bool, caretakers: float) -> None:
    """Shelters all year round: the sums alone would nearly double posts and caretakers."""
    free = budget(changes=AT_ONCE, nights=365.0, caretakers=caretakers)

    made = budget(changes={**AT_ONCE, ("incentives", "budget_room"): room}, nights=365.0, caretakers=caretakers)

    planned = bills(caretakers=caretakers)
    spent, wanted = (float((each.efforts - 1.0) @ planned) for each in (made, free))
    above = (free.efforts > 1.0) & (planned > 0.0)
    assert wanted > 0.5 * planned.sum()
    assert spent == pytest.approx(min(wanted, room * planned.sum()))
    assert (made.efforts < free.efforts).any() == binds
    assert np.ptp((made.efforts - 1.0)[above] / (free.efforts - 1.0)[above]) == pytest.approx(0.0), "all alike"
    assert (made.efforts >= np.minimum(1.0, free.efforts) - 1e-12).all(), "nothing is cut below the plan for it"


def test_posts_below_plan_make_room_for_others() -> None:
    """No nights of low need, all year round of complex need: fewer posts of CTI pay for more of ACT."""
    no_room = {**AT_ONCE, **OWN_BOOKS, ("incentives", "budget_room"): 0.0, ("incentives", "substitution"): 0.0}
    mixed = replace(
        books(held=np.full((len(Need), 2), 50)),
        nights=tuple((np.full(1000, n), np.full(1000, n)) for n in (0.0, 150.0, 365.0)),
    )

    made = make_budget(outlook_on(FINAL_CAP, no_room), mixed, plan())
    less = float(np.maximum(0.0, 1.0 - made.efforts) @ bills())

    assert made.efforts[Effort.CTI] < 1.0 < made.efforts[Effort.ACT] < 2.0
    assert less > 0.0
    assert float(np.maximum(0.0, made.efforts - 1.0) @ bills()) == pytest.approx(less)


def test_dwellings_and_prevention_are_not_held_back_by_posts() -> None:
    free, tight = (
        budget(changes={**AT_ONCE, ("incentives", "budget_room"): room}, nights=365.0).efforts for room in (2.0, 0.0)
    )

    others = [Effort.HOUSING, Effort.PREVENTION]
    assert (free[others] > 1.2).all()
    assert tight[others].tolist() == free[others].tolist()
    assert (
        tight[[Effort.ICM, Effort.ACT, Effort.CARETAKERS]] < free[[Effort.ICM, Effort.ACT, Effort.CARETAKERS]]
    ).all()


@pytest.mark.parametrize("workers", [(2.0, 2.0, 2.0), (5.0, 1.0, 0.0), (0.0, 3.0, 1.0)])
def test_the_mix_turns_to_what_is_borne_less_and_costs_what_was_planned(workers: tuple[float, float, float]) -> None:
    """Nights as many as leave every method near its plan, where nothing is cut for want of room."""
    posts = [Effort.CTI, Effort.ICM, Effort.ACT]
    even, turned = (
        budget(changes={**AT_ONCE, ("incentives", "substitution"): s}, commitment=0.6, workers=workers, nights=120.0)
        for s in (0.0, 1.0)
    )

    mix = turned.efforts[posts] / even.efforts[posts]

    outlook = outlook_on(FINAL_CAP)
    shares = np.array([own_share(METHODS[need], outlook.terms(0), outlook.p.support_goes_on) for need in Need])
    pay = np.array(workers) * [outlook.price[f"support_{effort.name.lower()}"] for effort in posts]
    assert mix / mix[0] == pytest.approx((shares / shares[0]) ** -0.4)
    assert mix @ pay == pytest.approx(pay.sum())


def test_without_a_refund_to_earn_no_course_is_favoured() -> None:
    mix = [
        budget(changes={**AT_ONCE, ("incentives", "substitution"): s}, commitment=0.5, refundable=False).efforts
        for s in (0.0, 1.0)
    ]

    assert mix[1] == pytest.approx(mix[0])


def test_nothing_is_done_of_what_was_not_planned() -> None:
    nobody = budget(changes=AT_ONCE, nights=365.0, workers=(0.0, 0.0, 0.0))
    only_act = budget(changes=AT_ONCE, nights=365.0, workers=(0.0, 0.0, 3.0))

    done = [np.array(workers) * made.efforts[[Effort.CTI, Effort.ICM, Effort.ACT]] for workers, made in (
        ((0.0, 0.0, 0.0), nobody), ((0.0, 0.0, 3.0), only_act),
    )]  # fmt: skip

    assert np.isfinite(nobody.efforts).all()
    assert done[0].tolist() == [0.0] * 3
    assert done[1][:2].tolist() == [0.0] * 2 and done[1][2] > 3.0


@pytest.mark.parametrize(("day", "moves"), [(date(2023, 1, 2), False), (FINAL_CAP, True)])
def test_the_refund_favours_the_course_that_it_covers(day: date, moves: bool) -> None:
    """The posts are the same in all: what CTI gains the others lose."""
    mix = [budget(day, {**AT_ONCE, ("incentives", "substitution"): s}, commitment=0.5).efforts for s in (0.0, 1.0)]

    assert (mix[1][Effort.CTI] > mix[0][Effort.CTI]) == moves
    assert (mix[1][Effort.ACT] < mix[0][Effort.ACT]) == moves
    assert moves or np.array_equal(*mix)
