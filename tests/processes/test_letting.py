from math import exp

import numpy as np
import pytest
from small import Tiny, lucky, week

from hfabm.calendar import NEVER
from hfabm.processes.letting import SEARCH, Letting, LettingParameters
from hfabm.state.codes import Exit, Housing, Sector
from hfabm.state.municipalities import QUEUE_PAST

pytestmark = pytest.mark.interpreted
P = LettingParameters()
ALL_LET = {"weeks_empty": 1.0, "joins": 0.0, "gives_up": 0.0}
FINDS = {**ALL_LET, "search": 1e6}


def queue(tiny: Tiny, joined: dict[int, int]) -> None:
    """Households on the list, by the week they joined."""
    us = tiny.world.municipalities
    for number, households in joined.items():
        us.joined[0, number + QUEUE_PAST] = households
    us.queue[0], us.queue_head_week[0] = sum(joined.values()), min(joined, default=0)


def test_who_joined_first_is_housed_first() -> None:
    tiny = Tiny(dwellings=3)
    queue(tiny, {-20: 1, -5: 3})
    for home in (0, 1, 2):
        tiny.vacate(home, since=5)

    tiny.run(Letting, week(10), **ALL_LET)

    us = tiny.world.municipalities
    assert us.let_to_others[0] == 3
    assert us.queue_wait_weeks[0] == pytest.approx((30 + 15 + 15) / 3)
    assert (us.queue[0], us.queue_head_week[0]) == (1, -5)
    assert us.joined[0, QUEUE_PAST - 5] == 1
    assert tiny.world.dwellings.let_to_other.all()


@pytest.mark.parametrize(
    ("home", "let", "from_list"),
    [
        ({}, True, 1),
        ({"rent_dkk_month": 5000.0}, True, 0),
        ({"sector": Sector.PRIVATE}, True, 0),
        ({"sector": Sector.SPECIAL}, False, 0),
        ({"claimed_week": 9}, False, 0),
        ({"vacant_since_week": 10}, False, 0),
        ({"tenant": -2}, False, 0),
    ],
    ids=["cheap", "dear", "private", "special", "taken for referrals", "just empty", "lived in"],
)
def test_only_cheap_family_dwellings_go_to_the_list(home: dict[str, object], let: bool, from_list: int) -> None:
    tiny = Tiny(dwellings=0)
    tiny.dwellings(1, **{"tenant": -1, "vacant_since_week": 5, **home})
    queue(tiny, {0: 2})

    tiny.run(Letting, week(10), **ALL_LET)

    us = tiny.world.municipalities
    assert tiny.world.dwellings.let_to_other[0] == let
    assert (us.let_to_others[0], us.queue[0]) == (from_list, 2 - from_list)


def test_households_join_and_give_up() -> None:
    tiny = Tiny(dwellings=200)
    queue(tiny, {number: 5 for number in range(-40, 0)})

    tiny.run(Letting, week(10), joins=50.0, gives_up=0.0, weeks_empty=1.0)
    grown = int(tiny.world.municipalities.queue[0])
    tiny.run(Letting, week(11), joins=0.0, gives_up=20.0, weeks_empty=1.0)

    us = tiny.world.municipalities
    assert 200 + 120 < grown < 200 + 270
    assert us.queue[0] < grown
    assert us.queue[0] == us.joined[0].sum()
    assert us.joined.min() >= 0


def test_an_empty_list_lets_to_whoever_comes() -> None:
    tiny = Tiny()
    tiny.vacate(0, since=5)

    tiny.run(Letting, week(10), **ALL_LET)

    assert tiny.world.dwellings.let_to_other[0]
    assert tiny.world.municipalities.queue_wait_weeks[0] == 0.0


@pytest.mark.parametrize(
    ("log_hazard", "who"),
    [
        (0.0, {"skills": 0.5, "ties": 0.5, "homeless_since_week": "now"}),
        (-3 * P.search_needs, {"mental_illness": 2, "substance_use": 1, "homeless_since_week": "now"}),
        (0.4 * P.search_skills - 0.2 * P.search_ties, {"skills": 0.9, "ties": 0.3, "homeless_since_week": "now"}),
        (P.search_work, {"employed": True, "homeless_since_week": "now"}),
        (-104 * P.search_fades, {"homeless_since_week": -9999}),
    ],
    ids=["base", "needs", "skills and ties", "work", "long homeless"],
)
def test_the_chance_to_find_a_home_alone(log_hazard: float, who: dict[str, object]) -> None:
    chance, found = P.search * exp(log_hazard), []

    for low, high in ((0.8 * chance, chance), (chance, 1.2 * chance)):
        number = lucky(SEARCH, 6, low, high)
        tiny = Tiny()
        tiny.vacate(0, since=5)
        tiny.citizen(uid=6, **{k: number if v == "now" else v for k, v in who.items()})
        tiny.run(Letting, week(number), **ALL_LET)
        found.append(int(tiny.world.citizens.found_dwelling_row[0]))

    assert found == [0, -1]


def test_two_who_search_do_not_find_the_same_home() -> None:
    tiny = Tiny(dwellings=3)
    for home in (0, 1):
        tiny.vacate(home, since=5)
    for _ in range(3):
        tiny.citizen()

    tiny.run(Letting, **FINDS)

    found = tiny.world.citizens.found_dwelling_row
    assert sorted(found.tolist()) == [-1, 0, 1]
    assert not tiny.world.dwellings.let_to_other.any()


@pytest.mark.parametrize(
    "who",
    [
        {"housing": Housing.OWN_HOME}, {"housing": Housing.INSTITUTION}, {"housing": Housing.PRISON_HOSPITAL},
        {"offered_dwelling_row": 0}, {"exit_intent": Exit.MOVED_AWAY},
    ],
    ids=["at home", "institution", "prison", "has an offer", "leaves"],
)  # fmt: skip
def test_not_everybody_searches(who: dict[str, object]) -> None:
    tiny = Tiny()
    tiny.vacate(0, since=5)
    tiny.citizen(**who)

    tiny.run(Letting, **FINDS)

    assert tiny.world.citizens.found_dwelling_row[0] == -1


def test_too_dear_is_not_taken() -> None:
    tiny = Tiny()
    tiny.vacate(0, since=5)
    tiny.world.dwellings.rent_dkk_month[0] = 6000.0
    tiny.citizen()

    tiny.run(Letting, dearest_rent=5500.0, **FINDS)

    assert tiny.world.citizens.found_dwelling_row[0] == -1
    assert np.all(tiny.world.dwellings.claimed_week == NEVER)
