"""Open-ended support is reviewed: cut where it costs the municipality more than it believes to save."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small import Tiny, week

from hfabm.calendar import NEVER
from hfabm.parameters.law import RefundLaw
from hfabm.parameters.prices import PriceParameters
from hfabm.processes.support import Support
from hfabm.processes.support_close import REVIEW, own_share
from hfabm.randomness import uniform
from hfabm.state.codes import Need, SupportMethod
from hfabm.state.municipalities import moved_by

pytestmark = pytest.mark.interpreted
ORDINARY, CTI, ICM, ACT = list(SupportMethod)[1:]
LAW = RefundLaw()
PRICES = PriceParameters(growth=0.0, support_icm=85_000.0, support_act=130_000.0)
PEOPLE, FIRST = 200, 8


def cut(
    age: int = 52, method: SupportMethod = ICM, worth: float = 0.0, commitment: float = 0.0, needs: int = 0,
    clock: int = NEVER, law: RefundLaw = LAW, level: float = 1.0, below_floor: bool = False,
) -> np.ndarray:  # fmt: skip
    """Who of 200 tenants loses a case of an age in weeks; those of other needs than theirs are worth a fortune."""
    tiny = Tiny(dwellings=PEOPLE)
    us, teams, cases = tiny.world.municipalities, tiny.world.teams, tiny.world.cases
    group = Need.LOW if needs <= 1 else (Need.MODERATE if needs == 2 else Need.COMPLEX)
    us.support_worth[0], us.support_worth[0, group] = 1e9, worth
    us.sensitivity[0], us.commitment[0] = 60_000.0, commitment
    teams.workers[:], teams.cases[method - 1] = 50.0, PEOPLE
    teams.below_floor[method - 1] = below_floor
    for home in range(PEOPLE):
        step = {"mental_illness": min(2, needs), "substance_use": max(0, needs - 2)}
        who = tiny.tenant(home, case_row=home, method=method, refund_clock_week=clock, skills=0.1, **step)
        cases.open(1, citizen_row=who, citizen_uid=1000 + who, team_row=method - 1, method=method, first_week=FIRST)
    shared = {"refund_law": law, "prices": PRICES}
    tiny.run(Support, week(FIRST + age, price_level=level), shared, graduates=0.0)
    gone = tiny.world.citizens.case_row < 0
    assert teams.cases[method - 1] == PEOPLE - gone.sum()
    return gone


def drawn(chance: float, age: int = 52) -> list[bool]:
    """Whose luck in the review lies below a chance."""
    return [uniform(week(FIRST + age).key, REVIEW, 1000 + row) < chance for row in range(PEOPLE)]


def test_support_is_cut_as_far_as_what_it_costs_above_its_worth_moves_the_municipality() -> None:
    found = cut(worth=25_000.0)

    chance = moved_by(85_000.0 - 25_000.0, 60_000.0, 0.0)
    assert 0.6 < chance < 0.7
    assert found.tolist() == drawn(chance)


@pytest.mark.parametrize("age", [0, 1, 51, 53, 103, 105])
def test_it_is_reviewed_on_the_anniversaries_of_the_case_alone(age: int) -> None:
    found = cut(age)

    assert not found.any()


@pytest.mark.parametrize("age", [52, 104, 156])
def test_it_is_reviewed_every_year(age: int) -> None:
    found = cut(age)

    assert found.tolist() == drawn(moved_by(85_000.0, 60_000.0, 0.0), age)


@pytest.mark.parametrize(
    "held",
    [
        {"worth": 85_000.0},
        {"worth": 400_000.0},
        {"commitment": 1.0},
        {"method": ORDINARY},
        {"worth": 42_500.0, "clock": FIRST + 52},
        {"worth": 60_000.0, "law": replace(LAW, region_share=0.3)},
        {"worth": 50_000.0, "law": replace(LAW, support_state_above=50_000.0)},
    ],
    ids=["as much", "far more", "the plan alone", "ordinary", "after refund", "after the region", "state above"],
)
def test_nothing_is_cut_where_worth_covers_it_or_politics_holds(held: dict[str, object]) -> None:
    found = cut(**held)  # type: ignore[arg-type]

    assert not found.any()


def test_commitment_holds_back_by_its_share() -> None:
    found = cut(commitment=0.6)

    assert found.tolist() == drawn(0.4 * moved_by(85_000.0, 60_000.0, 0.0))


@pytest.mark.parametrize(("needs", "method"), [(1, ICM), (2, ICM), (3, ACT), (4, ACT)])
def test_the_worth_is_that_of_the_need(needs: int, method: SupportMethod) -> None:
    found = cut(needs=needs, method=method)

    yearly = {ICM: 85_000.0, ACT: 130_000.0}[method]
    assert found.tolist() == drawn(moved_by(yearly, 60_000.0, 0.0))


def test_what_support_costs_follows_prices() -> None:
    found = cut(worth=85_000.0, level=1.5)

    assert found.tolist() == drawn(moved_by(42_500.0, 60_000.0, 0.0))


def test_support_is_cut_more_often_when_the_coming_year_is_not_co_paid() -> None:
    """The clock began now, a year ago, one and a half years ago, two years ago, never."""
    now = FIRST + 52

    shares = [cut(worth=30_000.0, clock=clock).mean() for clock in (now, now - 52, now - 78, now - 105, NEVER)]

    assert shares[0] == shares[1] < shares[2] < shares[3] == shares[4]
    assert drawn(moved_by(12_500.0, 60_000.0, 0.0)) == cut(worth=30_000.0, clock=now).tolist()


def test_a_longer_refund_keeps_support_beyond_the_two_years() -> None:
    two, three = (cut(104, worth=42_500.0, clock=FIRST, law=replace(LAW, support_days=days)) for days in (730, 1095))

    assert two.any() and not three.any()


@pytest.mark.parametrize(
    ("clock", "number", "law", "share"),
    [
        (NEVER, 300, (0.5, 0.0, 730.0, 0.0), 1.0),
        (NEVER, 300, (0.5, 0.0, 730.0, 0.3), 0.7),
        (300, 300, (0.5, 0.0, 730.0, 0.0), 0.5),
        (248, 300, (0.5, 0.0, 730.0, 0.0), 0.5),
        (300 - 78, 300, (0.5, 0.0, 730.0, 0.0), 1.0 - 0.5 * (730 - 546) / 365),
        (300 - 105, 300, (0.5, 0.0, 730.0, 0.0), 1.0),
        (300, 300, (0.5, 0.0, 0.0, 0.0), 1.0),
        (300, 300, (0.5, 0.1, 1825.0, 0.0), 0.5),
        (300 - 53, 300, (0.5, 0.1, 1825.0, 0.0), 0.6),
        (300 - 209, 300, (0.5, 0.1, 1825.0, 0.0), 1.0 - 0.1 * (1825 - 1463) / 365),
        (300, 300, (0.5, 0.0, 730.0, 0.2), 0.4),
    ],
    ids=[
        "never", "the region's share alone", "new", "a year old", "half a year left", "over", "no such refund",
        "tapered, new", "tapered, second year", "tapered, last year", "region and state",
    ],
)  # fmt: skip
def test_the_share_of_the_coming_year_that_is_left(
    clock: int, number: int, law: tuple[float, ...], share: float
) -> None:
    found = own_share(clock, number, law)

    assert found == pytest.approx(share)


def test_the_support_of_a_team_below_the_floor_is_reviewed_as_not_co_paid() -> None:
    """The clock began now: half of the coming year would be refunded, were it not for the team."""
    meets, below = (cut(worth=42_500.0, clock=FIRST + 52, below_floor=each) for each in (False, True))

    assert not meets.any()
    assert below.tolist() == drawn(moved_by(42_500.0, 60_000.0, 0.0))
