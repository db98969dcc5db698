"""What the law of the day and the municipality's sums mean for one citizen without a home."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest
from small import Tiny, lucky, week

from hfabm.calendar import DAYS, NEVER
from hfabm.parameters.law import RefundLaw
from hfabm.processes.casework import WAY_OUT, WEEKS_BETWEEN_REVIEWS, Casework, nights_beyond
from hfabm.state.codes import Housing

pytestmark = pytest.mark.interpreted
LAW = RefundLaw(shelter_days=120)
NOW, NIGHT = 40, 1_414.0


def weighed(tiny: Tiny, law: RefundLaw = LAW, number: int = NOW) -> Tiny:
    tiny.run(Casework, week(number), {"refund_law": law})
    return tiny


def shelter(commitment: float = 0.0, wait: float = 8.0, sensitivity: float = 60_000.0, **more: object) -> Tiny:
    """A resident of a shelter, in need of a home that is expected in eight weeks; in half a week once referred."""
    tiny = Tiny(beds={Housing.SHELTER: 1})
    us = tiny.world.municipalities
    us.home_weeks[0], us.wait_weeks[0] = wait, 0.5
    us.night_dkk[0], us.sensitivity[0], us.commitment[0] = NIGHT, sensitivity, commitment
    tiny.resident(**{"in_need_since_week": 0, "running_year_day": DAYS * (NOW - 20), **more})
    return tiny


def pressing(tiny: Tiny, law: RefundLaw = LAW, number: int = NOW) -> float:
    return float(weighed(tiny, law, number).world.citizens.pressing[0])


@pytest.mark.parametrize(
    ("used", "ahead", "left", "limit", "beyond"),
    [
        (0, 56.0, 365.0, 120, 0.0),
        (64, 56.0, 365.0, 120, 0.0),
        (65, 56.0, 365.0, 120, 1.0),
        (120, 56.0, 365.0, 120, 56.0),
        (200, 56.0, 365.0, 120, 56.0),
        (200, 56.0, 10.0, 120, 10.0),
        (100, 56.0, 30.0, 120, 10.0),
        (200, 56.0, 0.0, 120, 0.0),
        (0, 200.0, 365.0, 120, 80.0),
        (200, 182.0, 10.0, 90, 10.0 + 82.0),
        (0, 182.0, 10.0, 90, 82.0),
        (200, 90.0, 0.0, 90, 0.0),
        (100, 100.0, 30.0, 120, 10.0),
    ],
)
def test_nights_of_the_wait_beyond_the_limit(used: int, ahead: float, left: float, limit: int, beyond: float) -> None:
    found = nights_beyond(used, ahead, left, limit)

    assert found == beyond


def test_the_end_of_the_refund_presses_as_much_as_it_costs() -> None:
    tiny = shelter(commitment=0.25, shelter_days=100)

    found = pressing(tiny)

    # 56 nights ahead, 36 of them beyond, half the price of each lost
    assert found == pytest.approx(0.75 * (1.0 - exp(-36 * 0.5 * NIGHT / 60_000.0)))


@pytest.mark.parametrize(
    ("law", "who"),
    [
        (replace(LAW, days_counted=False), {}),
        (replace(LAW, rate_beyond=0.5), {}),
        (replace(LAW, rate=0.0), {}),
        (LAW, {"commitment": 1.0}),
        (LAW, {"shelter_days": 60}),
        (LAW, {"wait": 0.0}),
        (LAW, {"in_need_since_week": NEVER}),
        (LAW, {"housing": Housing.SOFA}),
    ],
    ids=["no limit", "as much beyond", "no refund", "the plan alone", "far off", "no wait", "not known", "on a sofa"],
)
def test_nothing_presses_where_nothing_is_lost(law: RefundLaw, who: dict[str, object]) -> None:
    housing = who.pop("housing", None)
    tiny = shelter(**{"shelter_days": 119, "pressing": 0.5, **who})
    if housing is not None:
        tiny.world.citizens.housing[0] = housing

    found = pressing(tiny, law)

    assert found == 0.0


def test_it_presses_more_as_the_limit_comes_nearer() -> None:
    found = [pressing(shelter(shelter_days=used)) for used in range(50, 121, 10)]

    assert found[0] == 0.0
    assert all(later > sooner for sooner, later in zip(found[1:], found[2:], strict=False))
    assert found[1] == pressing(shelter(shelter_days=60)) == 0.0
    assert found[-1] == pressing(shelter(shelter_days=200)), "what is lost already presses no more"


@pytest.mark.parametrize(("left", "nights"), [(365, 56), (56, 56), (21, 21), (7, 7), (0, 0), (-30, 0)])
def test_it_presses_within_the_running_year_and_few_nights_not_beyond_its_turn(left: int, nights: int) -> None:
    tiny = shelter(shelter_days=120, running_year_day=DAYS * NOW - (365 - left))

    found = pressing(tiny)

    assert found == pytest.approx(1.0 - exp(-nights * 0.5 * NIGHT / 60_000.0))


def test_it_presses_after_the_turn_of_the_year_too() -> None:
    """Of 56 nights ahead 21 are of this year, all beyond; of 35 of the next, 15 are."""
    tiny = shelter(shelter_days=120, running_year_day=DAYS * NOW - (365 - 21))

    found = pressing(tiny, replace(LAW, shelter_days=20))

    assert found == pytest.approx(1.0 - exp(-(21 + 15) * 0.5 * NIGHT / 60_000.0))


@pytest.mark.parametrize(("referral", "weeks"), [(-1, 8), (0, 4)])
def test_the_wait_is_that_from_need_until_there_is_a_referral(referral: int, weeks: int) -> None:
    tiny = shelter(shelter_days=120, referral_row=referral)
    us = tiny.world.municipalities
    us.home_weeks[0], us.wait_weeks[0] = 8.0, 4.0

    found = pressing(tiny)

    assert found == pytest.approx(1.0 - exp(-weeks * DAYS * 0.5 * NIGHT / 60_000.0))


def test_days_added_for_want_of_homes_make_it_press_later() -> None:
    tiny = shelter(shelter_days=100)
    tiny.world.municipalities.extra_days[0] = 36

    found = pressing(tiny)

    assert found == 0.0


@pytest.mark.parametrize(("state_bears", "presses"), [(0.0, True), (0.5, False)])
def test_days_that_are_not_counted_elsewhere_do_not_press(state_bears: float, presses: bool) -> None:
    tiny = shelter(shelter_days=119)
    tiny.world.shelters.elsewhere[0] = True

    found = pressing(tiny, replace(LAW, elsewhere_state=state_bears))

    assert (found > 0.0) == presses


def offered(
    used: int, law: RefundLaw = LAW, night_107: float = 1_762.0, number: int | None = None, **more: object
) -> bool:
    """Is a § 107 place offered in a week in which luck would have it, to somebody of moderate need?"""
    tiny = shelter(
        **{"shelter_days": used, "mental_illness": 1, "substance_use": 1, "uid": 4, "sensitivity": 1.0, **more}
    )
    us = tiny.world.municipalities
    us.night_107_dkk[0], us.move_dkk[0] = night_107, 8_000.0
    number = lucky(WAY_OUT, 4, 0.0, 0.2, first=NOW) if number is None else number
    tiny.world.citizens.running_year_day[0] = DAYS * (number - 20)
    return bool(weighed(tiny, law, number).world.citizens.offered_107[0])


@pytest.mark.parametrize(
    ("used", "law", "night_107", "is_offered"),
    [
        (0, LAW, 1_762.0, False),
        (120, LAW, 1_762.0, True),
        (80, LAW, 1_762.0, False),
        (90, LAW, 1_762.0, True),
        (120, LAW, 2_500.0, True),
        (120, LAW, 2_600.0, False),
        (0, LAW, 1_100.0, True),
        (0, LAW, 1_200.0, False),
        (120, replace(LAW, section_107_days=0), 1_762.0, False),
        (120, replace(LAW, section_107_days=0), 1_200.0, False),
        (120, replace(LAW, section_107_days=20), 1_762.0, True),
        (120, replace(LAW, section_107_days=10), 1_762.0, False),
        (120, replace(LAW, rate_beyond=0.5), 1_762.0, False),
        (120, replace(LAW, days_counted=False), 1_762.0, False),
        (120, LAW, 0.0, False),
    ],
)
def test_a_107_place_is_offered_where_it_is_cheaper_for_the_wait(
    used: int, law: RefundLaw, night_107: float, is_offered: bool
) -> None:
    """56 nights ahead at 1,414 kr., or as many as a § 107 place is co-paid; a move costs 8,000 kr."""
    found = offered(used, law, night_107)

    ahead = min(56, law.section_107_days)
    inside = ahead if not law.days_counted else min(ahead, 120 - used)
    stays = NIGHT * (ahead - 0.5 * inside - law.rate_beyond * (ahead - inside))
    moves = night_107 * ahead * 0.5 + 8_000.0
    assert found == is_offered == (moves < stays and night_107 > 0.0)


def test_a_short_wait_is_not_worth_a_move_and_a_long_one_is_reckoned_while_it_is_co_paid() -> None:
    short = offered(120, wait=1.0)
    long = [offered(120, night_107=night, wait=52.0) for night in (2_700.0, 2_780.0)]

    # half a year, in which all nights lie beyond the limit, and in which half of a § 107 place is co-paid
    assert not short
    assert 2_700.0 < (NIGHT * 183 - 8_000.0) / (0.5 * 183) < 2_780.0
    assert long == [True, False]


@pytest.mark.parametrize(
    ("more", "is_offered"),
    [
        ({}, True),
        ({"mental_illness": 0}, False),
        ({"commitment": 1.0}, False),
        ({"in_need_since_week": NEVER}, False),
    ],
    ids=["moderate need", "low need", "the plan alone", "not known"],
)
def test_a_107_place_is_for_those_in_need_of_one(more: dict[str, object], is_offered: bool) -> None:
    found = offered(120, **more)

    assert found == is_offered


def test_the_way_out_is_reviewed_once_a_month() -> None:
    in_turn = lucky(WAY_OUT, 4, 0.0, 1.0 / WEEKS_BETWEEN_REVIEWS, first=NOW)
    not_now = lucky(WAY_OUT, 4, 1.0 / WEEKS_BETWEEN_REVIEWS, 1.0, first=NOW)

    found = offered(120, number=in_turn), offered(120, number=not_now)

    assert found == (True, False)


@pytest.mark.parametrize("law", [LAW, replace(LAW, after_shelter_only=False), replace(LAW, prevention=True)])
@pytest.mark.parametrize("clock", [NEVER, NOW - 104, NOW - 105])
def test_a_refund_is_in_view_where_support_would_be_co_paid(law: RefundLaw, clock: int) -> None:
    places = (Housing.SHELTER, Housing.STREET, Housing.PRISON_HOSPITAL, Housing.INSTITUTION)
    tiny = Tiny(beds={Housing.SHELTER: 1})
    tiny.resident(refund_clock_week=clock, in_need_since_week=0)
    for place in places[1:]:
        tiny.citizen(place, refund_clock_week=clock)
    tiny.tenant(refund_clock_week=clock, refund_in_view=True)
    tiny.citizen(Housing.GONE, refund_clock_week=clock, refund_in_view=True)

    found = weighed(tiny, law).world.citizens.refund_in_view.tolist()
    before = weighed(tiny, replace(law, support_days=0)).world.citizens.refund_in_view.tolist()

    running = clock == NOW - 104 or not law.after_shelter_only
    assert found == [True, running, running or law.prevention, running, False, False]
    assert before == [False] * 6
