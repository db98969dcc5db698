import pytest
from small import Tiny, week

from hfabm.calendar import MONTHS_PER_WEEK, NEVER
from hfabm.processes.caretaking import Caretaking

pytestmark = pytest.mark.interpreted
RENT_WEEK = 3000.0 * MONTHS_PER_WEEK


def tenants(*weeks_owed: float, visits: float = 1.0) -> Tiny:
    tiny = Tiny(dwellings=len(weeks_owed))
    for home, owed in enumerate(weeks_owed):
        tiny.tenant(home)
        tiny.world.tenancies.arrears_dkk[home] = owed * RENT_WEEK
    k = tiny.world.social_caretakers
    k.visits_per_week[0], k.weeks_owed_seen[0], k.complaints_seen[0] = visits, 2.0, 1.5
    return tiny


def attended(tiny: Tiny, number: int = 10) -> list[bool]:
    return [bool(w == number) for w in tiny.world.tenancies.attended_week]


@pytest.mark.parametrize(
    ("visits", "seen"), [(0.0, [False] * 4), (1.0, [False, False, True, False]), (2.0, [False, True, True, False])]
)
def test_the_most_pressing_come_first(visits: float, seen: list[bool]) -> None:
    tiny = tenants(1.9, 3.0, 9.0, 2.5, visits=visits)

    tiny.run(Caretaking)

    assert attended(tiny) == seen


def test_complaints_are_pressing_too() -> None:
    tiny = tenants(2.1, 0.0, 0.0)
    tiny.world.tenancies.complaints[:] = (0.0, 1.4, 6.0)

    tiny.run(Caretaking)

    assert attended(tiny) == [False, False, True]


def test_a_visit_brings_a_plan_and_calls_the_team() -> None:
    tiny = tenants(5.0, 5.0, visits=2.0)
    tiny.world.citizens.case_row[1] = 0

    tiny.run(Caretaking, week(10), plan_agreed=1.0, plan_weeks=39.0)

    t = tiny.world.tenancies
    assert t.plan_until_week.tolist() == [49, 49]
    assert t.support_called_week.tolist() == [10, NEVER]


def test_complaints_alone_bring_no_plan() -> None:
    tiny = tenants(0.0)
    tiny.world.tenancies.complaints[0] = 3.0

    tiny.run(Caretaking, plan_agreed=1.0)

    assert tiny.world.tenancies.plan_until_week[0] == NEVER
    assert attended(tiny) == [True]


def test_the_same_tenant_is_attended_again_only_after_a_while() -> None:
    tiny = tenants(5.0)

    weeks = []
    for number in range(10, 20):
        tiny.run(Caretaking, week(number), weeks_between_visits=4.0)
        weeks += [number] if attended(tiny, number) == [True] else []

    assert weeks == [10, 14, 18]


def test_estates_without_a_caretaker_are_not_attended() -> None:
    tiny = tenants(5.0)
    tiny.world.estates.caretaker_row[0] = -1

    tiny.run(Caretaking)

    assert attended(tiny) == [False]
