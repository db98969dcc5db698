"""A municipality's own books of placements: those that held, those of the year, who waits, whose clock runs."""

from __future__ import annotations

import pytest
from small import Tiny

from hfabm.calendar import NEVER
from hfabm.state.codes import Housing, Need, ReferralState, TenancyEnd, TenancyStart

from .test_books import NOW, SINCE, read, somebody, town


def placement(tiny: Tiny, start: int, end: int = NEVER, why: TenancyEnd = TenancyEnd.RUNNING, **more: object) -> None:
    how = more.pop("how", TenancyStart.HOUSING_FIRST)
    home = tiny.world.tenancies.size
    tiny.tenant(home, start, how, **more)  # type: ignore[arg-type]
    t = tiny.world.tenancies
    t.end_week[home], t.end[home] = end, why


@pytest.mark.parametrize(
    ("start", "lasts", "why", "seen"),
    [
        (60, None, TenancyEnd.RUNNING, [1, 1]),
        (60, 51, TenancyEnd.EVICTED, [1, 0]),
        (60, 51, TenancyEnd.BROKE_DOWN, [1, 0]),
        (60, 52, TenancyEnd.BROKE_DOWN, [1, 1]),
        (60, 20, TenancyEnd.DIED, [0, 0]),
        (60, 60, TenancyEnd.DIED, [1, 1]),
        (60, 20, TenancyEnd.MOVED_HOME, [0, 0]),
        (SINCE, None, TenancyEnd.RUNNING, [0, 0]),
        (SINCE - 1, None, TenancyEnd.RUNNING, [1, 1]),
        (SINCE - 104, None, TenancyEnd.RUNNING, [1, 1]),
        (SINCE - 105, None, TenancyEnd.RUNNING, [0, 0]),
    ],
)
def test_placements_held_a_year_or_not(start: int, lasts: int | None, why: TenancyEnd, seen: list[int]) -> None:
    """Those of the two years before the last; who died or moved within the year tells nothing."""
    tiny = town()
    placement(tiny, start, NEVER if lasts is None else start + lasts, why)

    found = read(tiny).held

    assert found[Need.LOW].tolist() == seen


def test_only_placements_of_ones_own_citizens_count_by_need_at_the_start() -> None:
    tiny = town()
    placement(tiny, 60)
    placement(tiny, 60, how=TenancyStart.STAIRCASE)
    placement(tiny, 60, how=TenancyStart.OWN_SEARCH)
    placement(tiny, 60, municipality_row=1)
    tiny.world.tenancies.need_at_start[1] = 3

    ours, theirs = read(tiny).held, read(tiny, municipality=1).held

    assert ours.tolist() == [[1, 1], [0, 0], [1, 1]]
    assert theirs.tolist() == [[1, 1], [0, 0], [0, 0]]


def test_placements_of_the_last_year_and_those_who_wait() -> None:
    tiny = town()
    for start in (SINCE - 1, SINCE, NOW - 1):
        placement(tiny, start)
    placement(tiny, NOW - 1, how=TenancyStart.OWN_SEARCH)
    placement(tiny, NOW - 1, municipality_row=1)
    for state in (ReferralState.OPEN, ReferralState.OPEN, ReferralState.HOUSED, ReferralState.STRUCK_OFF):
        tiny.world.referrals.open(1, citizen_row=0, municipality_row=0, state=state)

    ours, theirs = read(tiny), read(tiny, municipality=1)

    assert (ours.placed, ours.waiting) == (2, 2)
    assert (theirs.placed, theirs.waiting) == (1, 0)


def test_the_waits_of_last_years_placements_are_added_up() -> None:
    tiny = town()
    weeks = ((SINCE - 1, 100), (SINCE, 7), (NOW - 1, 5))
    for start, _ in weeks:
        placement(tiny, start)
    placement(tiny, NOW - 1, how=TenancyStart.OWN_SEARCH)
    placement(tiny, NOW - 1, how=TenancyStart.STAIRCASE, municipality_row=1)
    tiny.world.tenancies.weeks_waited[:5] = [*(waited for _, waited in weeks), 50, 3]

    ours, theirs = read(tiny), read(tiny, municipality=1)

    assert (ours.home_weeks, ours.placed) == (12.0, 2)
    assert (theirs.home_weeks, theirs.placed) == (3.0, 1)


def test_the_clock_is_that_of_those_outside_who_have_the_refund() -> None:
    """A year, and half a year: three quarters in the mean; others tell nothing."""
    tiny = town()
    in_view = {"refund_in_view": True}
    somebody(tiny, refund_clock_week=NOW - 52, **in_view)
    somebody(tiny, Housing.SOFA, Need.COMPLEX, refund_clock_week=NOW - 26, **in_view)
    somebody(tiny, Housing.STREET, **in_view)
    somebody(tiny, Housing.STREET, refund_clock_week=NOW - 150)
    somebody(tiny, Housing.STREET, refund_clock_week=NOW - 10, municipality_row=1, **in_view)
    for housing in (Housing.SHELTER, Housing.INSTITUTION, Housing.OWN_HOME, Housing.GONE):
        somebody(tiny, housing, refund_clock_week=NOW - 100, **in_view)

    years = [read(tiny, municipality=m).clock_years for m in (0, 1)]

    assert years == pytest.approx([7 * (52 + 26) / 2 / 365, 70 / 365])


def test_where_no_clock_runs_none_has_run() -> None:
    tiny = town()
    somebody(tiny)

    found = read(tiny)

    assert (found.clock_years, found.home_weeks) == (0.0, 0.0)
