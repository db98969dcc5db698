import numpy as np
import pytest
from small import Tiny, week

from hfabm.calendar import NEVER, WEEKS_PER_YEAR
from hfabm.processes.experience import Experience
from hfabm.state.codes import TenancyEnd, TenancyStart
from hfabm.state.network import Links

pytestmark = pytest.mark.interpreted
PLAIN = {"forgotten": 0.0, "quiet_year": 0.3, "notice": 1.0, "eviction": 2.0}


def referred(how: TenancyStart = TenancyStart.HOUSING_FIRST, **tenancy: int) -> Tiny:
    tiny = Tiny()
    tiny.tenant(how=how)
    for name, value in tenancy.items():
        getattr(tiny.world.tenancies, name)[0] = value
    return tiny


@pytest.mark.parametrize(
    ("tenancy", "change", "seen"),
    [
        ({}, 0.3 / WEEKS_PER_YEAR, 1),
        ({"notice_week": 10}, -1.0, 1),
        ({"notice_week": 8}, 0.0, 1),
        ({"end": TenancyEnd.EVICTED, "end_week": 9}, -2.0, 0),
        ({"end": TenancyEnd.EVICTED, "end_week": 8}, 0.0, 0),
        ({"end": TenancyEnd.BROKE_DOWN, "end_week": 9}, 0.0, 0),
        ({"how": TenancyStart.OWN_SEARCH}, 0.0, 0),
    ],
    ids=["quiet", "notice", "under notice", "eviction", "old eviction", "breakdown", "not referred"],
)
def test_landlords_remember_referred_tenants(tenancy: dict[str, int], change: float, seen: int) -> None:
    tiny = referred(**tenancy)

    tiny.run(Experience, week(10), **PLAIN)

    assert tiny.world.landlords.experience[0] == pytest.approx(change)
    assert tiny.world.landlords.seen_tenancies[0] == seen


def test_memory_fades_and_has_bounds() -> None:
    tiny = Tiny(landlords=3)
    tiny.world.landlords.experience[:] = (2.0, -90.0, 90.0)

    tiny.run(Experience, **{**PLAIN, "forgotten": 0.35})

    assert tiny.world.landlords.experience == pytest.approx([2.0 * (1 - 0.35 / WEEKS_PER_YEAR), -4.0, 4.0])


def test_landlords_hear_the_mean_of_those_they_know() -> None:
    tiny = Tiny(landlords=4)
    tiny.world.landlords.experience[:] = (1.0, -2.0, 3.0, 0.5)
    # the first knows the second and third, the last knows nobody
    tiny.world.network.landlords = Links(np.array([0, 2, 3, 4, 4], np.int32), np.array([1, 2, 0, 0], np.int32))

    tiny.run(Experience, **PLAIN)

    assert tiny.world.landlords.heard == pytest.approx([0.5, 1.0, 1.0, 0.0])


def test_a_served_notice_is_remembered_once() -> None:
    tiny = referred(notice_week=10)

    for number in (10, 11, 12):
        tiny.run(Experience, week(number), **PLAIN)
    tiny.world.tenancies.notice_week[0] = NEVER

    assert tiny.world.landlords.experience[0] == pytest.approx(-1.0)
