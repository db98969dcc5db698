from math import exp

import pytest
from small import Tiny, lucky, week

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.processes.breakdown import BREAK_DOWN, Breakdown, BreakdownParameters
from hfabm.state.codes import TenancyEnd

pytestmark = pytest.mark.interpreted


def breaks(hazard: float, start: int = -100, unrest: float = 0.0, **who: object) -> list[bool]:
    """Does the home break down with luck just below a hazard, and just above?"""
    found = []
    for low, high in ((0.95 * hazard, hazard), (hazard, 1.05 * hazard)):
        tiny = Tiny()
        tiny.tenant(uid=5, start=start, **who)
        tiny.world.dwellings.unrest[0] = unrest
        tiny.run(Breakdown, week(lucky(BREAK_DOWN, 5, low, high)), base=5.0)
        found.append(bool(tiny.world.tenancies.breaks_down[0]))
    return found


BASE = 5.0 / WEEKS_PER_YEAR
P = BreakdownParameters()


@pytest.mark.parametrize(
    ("hazard", "who"),
    [
        (BASE, {"skills": 0.5, "ties": 0.5}),
        (2.5 * BASE, {"skills": 0.5, "ties": 0.5, "frailty": 2.5}),
        (BASE * exp(P.needs * 3), {"mental_illness": 1, "substance_use": 2}),
        (BASE * exp(-P.skills * 0.3 - P.ties * 0.4), {"skills": 0.8, "ties": 0.9}),
        (BASE * exp(-P.support * 0.8), {"dose": 0.8}),
        (BASE * exp(P.rent_burden * 0.37), {"rent_share": 0.7}),
        (BASE * exp(P.unrest * 2.0), {"unrest": 2.0}),
        (BASE * exp(P.unrest * 3.0), {"unrest": 9.0}),
    ],
    ids=["base", "frailty", "needs", "skills and ties", "support", "rent", "unrest", "much unrest"],
)
def test_the_hazard_is_proportional(hazard: float, who: dict[str, float]) -> None:
    found = breaks(hazard, **who)

    assert found == [True, False]


def test_the_first_year_is_harder() -> None:
    number = lucky(BREAK_DOWN, 5, 1.1 * BASE, 1.5 * BASE)

    found = []
    for start in (number - 51, number - 52):
        tiny = Tiny()
        tiny.tenant(uid=5, start=start)
        tiny.run(Breakdown, week(number), base=5.0, first_year=0.5)
        found.append(bool(tiny.world.tenancies.breaks_down[0]))

    assert found == [True, False]


def test_who_is_worst_off_is_not_overlooked() -> None:
    worst = 4 * P.needs + 0.5 * (P.skills + P.ties + P.rent_burden) + 3 * P.unrest + P.first_year
    chance = 0.05 / WEEKS_PER_YEAR * exp(worst) * 2.0
    number = lucky(BREAK_DOWN, 5, 0.95 * chance, chance)
    tiny = Tiny()
    tiny.tenant(
        uid=5, start=number, mental_illness=2, substance_use=2, skills=0.0, ties=0.0, rent_share=9.0, frailty=2.0
    )
    tiny.world.dwellings.unrest[0] = 9.0

    tiny.run(Breakdown, week(number), base=0.05)

    assert tiny.world.tenancies.breaks_down[0]


def test_a_home_that_is_lost_is_not_lost_again() -> None:
    tiny = Tiny()
    tiny.tenant()
    tiny.world.tenancies.end[0], tiny.world.tenancies.breaks_down[0] = TenancyEnd.EVICTED, True

    tiny.run(Breakdown, base=1e6)

    assert not tiny.world.tenancies.breaks_down[0]
