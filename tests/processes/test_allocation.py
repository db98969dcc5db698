import pytest
from small import Tiny, week

from hfabm.calendar import NEVER, WEEKS_PER_YEAR
from hfabm.processes.allocation import Allocation, accepted
from hfabm.state.codes import Exit, Sector, TenancyStart, Track

from .vacancies import YES, offered, town, waiting

pytestmark = pytest.mark.interpreted


def test_a_vacant_affordable_dwelling_is_offered_and_taken() -> None:
    tiny = town()
    waiting(tiny)

    tiny.run(Allocation, **YES)

    assert offered(tiny) == [0]
    assert tiny.world.citizens.offered_track[0] == TenancyStart.HOUSING_FIRST
    assert tiny.world.dwellings.claimed_week[0] == 10
    assert tiny.world.municipalities.claimed[0] == 1


def test_the_track_comes_with_the_offer() -> None:
    tiny = town()
    waiting(tiny, Track.STAIRCASE)

    tiny.run(Allocation, **YES)

    assert tiny.world.citizens.offered_track[0] == TenancyStart.STAIRCASE


@pytest.mark.parametrize(
    ("homes", "share", "since", "claimed"),
    [
        ({}, 1.0, 9, True),
        ({}, 0.0, 9, False),
        ({"rent_dkk_month": 3500.0}, 1.0, 9, True),
        ({"rent_dkk_month": 3501.0}, 1.0, 9, False),
        ({}, 1.0, 8, False),
        ({"sector": Sector.SPECIAL}, 0.0, 5, True),
    ],
    ids=["cheap", "no share", "just affordable", "dear", "let to others last week", "special"],
)
def test_the_municipality_takes_affordable_dwellings_that_fall_vacant(
    homes: dict[str, object], share: float, since: int, claimed: bool
) -> None:
    tiny = town(share=share, **homes)
    tiny.vacate(0, since)

    tiny.run(Allocation, affordable_rent=3500.0, **YES)

    assert (tiny.world.dwellings.claimed_week[0] == 10) == claimed


def test_a_dwelling_is_fitted_out_before_it_is_offered() -> None:
    tiny = town()
    waiting(tiny)
    fitting = {**YES, "fit_out_weeks": 2.0}

    tiny.run(Allocation, week(10), **fitting)
    at_once = offered(tiny)
    tiny.run(Allocation, week(11), **fitting)

    assert (at_once, offered(tiny)) == ([-1], [0])


def test_a_dwelling_kept_too_long_is_given_back() -> None:
    tiny = town()

    tiny.run(Allocation, week(10), kept_weeks=3.0, **YES)
    held = []
    for number in range(11, 15):
        tiny.run(Allocation, week(number), kept_weeks=3.0, **YES)
        held.append(int(tiny.world.dwellings.claimed_week[0]))

    assert held == [10, 10, 10, NEVER]


def test_nobody_is_offered_two_and_nothing_is_offered_twice() -> None:
    tiny = town(vacant=3)
    for _ in range(5):
        waiting(tiny)

    tiny.run(Allocation, **YES)

    given = [d for d in offered(tiny) if d >= 0]
    assert sorted(given) == [0, 1, 2]


def test_offers_begin_when_the_procedure_is_done_and_end_with_an_exit() -> None:
    tiny = town(vacant=3)
    waiting(tiny, opened=7)
    waiting(tiny, exit_intent=Exit.DIED)
    waiting(tiny, opened=6)

    tiny.run(Allocation, week(10), **YES)

    assert [d >= 0 for d in offered(tiny)] == [False, False, True]


@pytest.mark.parametrize(
    ("rule", "first"), [(0, "urgent"), (1, "long homeless"), (2, "first referred"), (4, "ready"), (5, "urgent")]
)
def test_the_order_decides_who_comes_first(rule: int, first: str) -> None:
    tiny = town()
    rows = {
        "urgent": waiting(tiny, urgency=4.0, homeless_since_week=0, opened=5, skills=0.3),
        "long homeless": waiting(tiny, homeless_since_week=-500, opened=5, skills=0.3),
        "first referred": waiting(tiny, homeless_since_week=0, opened=-300, skills=0.3),
        "ready": waiting(tiny, homeless_since_week=0, opened=5, skills=0.9),
    }

    tiny.run(Allocation, order=rule, **YES)

    assert {name for name, row in rows.items() if offered(tiny)[row] >= 0} == {first}


def test_the_lottery_draws_others_in_other_weeks() -> None:
    winners = set()

    for number in range(10, 40):
        tiny = town()
        tiny.vacate(0, number - 1)
        for urgency in range(3):
            waiting(tiny, urgency=float(urgency))
        tiny.run(Allocation, week(number), order=3, **YES)
        winners.add(offered(tiny).index(0))

    assert winners == {0, 1, 2}


def test_who_waits_beyond_the_guarantee_comes_first_and_more_is_taken() -> None:
    tiny = town(share=0.0)
    urgent = waiting(tiny, urgency=4.0, opened=2)
    overdue = waiting(tiny, in_need_since_week=-4)
    tiny.world.municipalities.guarantee_weeks[0] = 13.0

    tiny.run(Allocation, week(10), guarantee_takes=1.0, **YES)

    assert (offered(tiny)[urgent], offered(tiny)[overdue]) == (-1, 0)


@pytest.mark.parametrize(("since", "kept"), [(-2, True), (-3, True), (-4, False)])
def test_the_guarantee_is_kept_to_the_week(since: int, kept: bool) -> None:
    tiny = town(share=0.0)
    waiting(tiny, in_need_since_week=since)
    tiny.world.municipalities.guarantee_weeks[0] = 13.0

    tiny.run(Allocation, week(10), guarantee_takes=1.0, **YES)

    assert (offered(tiny) == [-1]) == kept


@pytest.mark.parametrize(("spread", "placed"), [(1, 1), (2, 2), (3, 3), (9, 4)])
def test_a_stairwell_takes_so_many(spread: int, placed: int) -> None:
    tiny = Tiny(dwellings=0)
    tiny.dwellings(4, stairwell=7)
    tiny.dwellings(8, stairwell=8)
    for home in range(4):
        tiny.vacate(home, since=9)
        waiting(tiny)
    tiny.world.municipalities.allocation_share[0] = 1.0

    tiny.run(Allocation, **{**YES, "spread": spread})

    assert sum(d >= 0 for d in offered(tiny)) == placed


def test_running_placements_count_in_the_spread_and_others_do_not() -> None:
    tiny = Tiny(dwellings=0)
    tiny.dwellings(3, stairwell=0)
    tiny.tenant(0, how=TenancyStart.HOUSING_FIRST)
    tiny.tenant(1, how=TenancyStart.OWN_SEARCH)
    tiny.vacate(2, since=9)
    tiny.world.municipalities.allocation_share[0] = 1.0
    who = waiting(tiny)

    tiny.run(Allocation, **{**YES, "spread": 1})
    full = offered(tiny)[who]
    tiny.run(Allocation, **{**YES, "spread": 2})

    assert (full, offered(tiny)[who]) == (-1, 2)


@pytest.mark.parametrize(("age", "suits"), [(29, True), (31, False)])
def test_youth_dwellings_are_for_the_young(age: int, suits: bool) -> None:
    tiny = town(sector=Sector.SOCIAL_YOUTH)
    waiting(tiny, birth_week=10 - int(age * WEEKS_PER_YEAR))

    tiny.run(Allocation, **YES)

    assert (offered(tiny) == [0]) == suits


def test_landlords_refuse_and_citizens_decline() -> None:
    refused, declined = town(), town()
    refused.world.landlords.accepts[0] = 0.0
    for tiny in (refused, declined):
        waiting(tiny)

    refused.run(Allocation, **YES)
    declined.run(Allocation, **{**YES, "citizen_accepts": 0.0})

    assert offered(refused) == offered(declined) == [-1]
    assert (refused.world.municipalities.refused[0], refused.world.municipalities.declined[0]) == (1, 0)
    assert (declined.world.municipalities.refused[0], declined.world.municipalities.declined[0]) == (0, 1)
    assert (refused.world.citizens.offers_declined[0], declined.world.citizens.offers_declined[0]) == (0, 1)


def test_need_puts_landlords_off_in_odds() -> None:
    odds = 0.3 / 0.7

    harder, easier = odds * 2.718281828**-1.0, odds * 2.718281828**0.5

    assert accepted(0.999 * harder / (1 + harder), 0.3, 4, 0.5)
    assert not accepted(1.001 * harder / (1 + harder), 0.3, 4, 0.5)
    assert accepted(0.999 * easier / (1 + easier), 0.3, 1, 0.5)
    assert accepted(0.299, 0.3, 2, 0.5) and not accepted(0.301, 0.3, 2, 0.5)
    assert accepted(0.99, 1.0, 4, 0.5) and not accepted(0.0, 0.0, 0, 0.5)


@pytest.mark.parametrize(("used", "claimed"), [(0.0, True), (4.0, True), (4.5, True), (4.6, False)])
def test_private_places_are_used_up(used: float, claimed: bool) -> None:
    tiny = town(share=0.0, sector=Sector.PRIVATE, rent_dkk_month=5000.0)
    us = tiny.world.municipalities
    us.private_places[0], us.private_used[0] = 5.0, used

    tiny.run(Allocation, **YES)

    assert (tiny.world.dwellings.claimed_week[0] == 10) == claimed
    assert us.private_used[0] == used + claimed
