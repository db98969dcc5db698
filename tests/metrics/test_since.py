"""A record without its early weeks: what is said of a run from some day on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from hfabm.calendar import NEVER, WEEKS_PER_YEAR, date_of
from hfabm.metrics.catalogue import outcomes
from hfabm.metrics.tenancies import spans, weeks_housed, weeks_to_home
from hfabm.metrics.waiting import shelter_days
from hfabm.model import HousingFirstModel
from hfabm.parameters.scenario import Scenario
from hfabm.population.hamlet import HAMLET
from hfabm.state.codes import Housing, TenancyEnd, TenancyStart
from hfabm.state.world import World

Make = Callable[..., Any]
CUT = 60


def hamlet(weeks: int) -> Any:
    """The hamlet after some weeks."""
    three_years = Scenario(title="Hamlet", place="odense", start=date(2009, 1, 5), end=date(2011, 12, 31), seed=1)
    return HousingFirstModel(three_years, town=HAMLET).run(date_of(three_years.start, weeks - 1))


@pytest.fixture(scope="module")
def ran() -> Any:
    """Three years of the hamlet."""
    return hamlet(156)


@pytest.mark.parametrize("first", [1, CUT, 155])
def test_series_and_money_are_those_of_the_later_weeks(ran: Any, first: int) -> None:
    whole = ran.recorder

    cut = whole.since(first)

    assert (cut.done, cut.first_week) == (156 - first, first)
    assert cut.thursday(0) == whole.thursday(first)
    for name in ("homeless", "let_to_others"):
        assert cut.series(name).tolist() == whole.series(name)[first:].tolist()
    assert cut.paid((0,)).tolist() == whole.paid((0,))[first:].tolist()
    assert cut.years_long == pytest.approx((156 - first) / WEEKS_PER_YEAR)


def test_a_record_cut_twice_is_cut_once(ran: Any) -> None:
    twice, once = ran.recorder.since(20).since(CUT - 20), ran.recorder.since(CUT)

    assert twice.first_week == once.first_week
    np.testing.assert_equal(outcomes(twice, ran.world), outcomes(once, ran.world))


def test_nothing_cut_is_the_whole(ran: Any) -> None:
    np.testing.assert_equal(outcomes(ran.recorder.since(0), ran.world), outcomes(ran.recorder, ran.world))


def test_weeks_at_home_are_those_spent_since(ran: Any) -> None:
    """The run up to the cut has the early weeks; tenants no longer at risk are at home to the end."""
    early = hamlet(CUT)
    before = np.zeros(len(ran.world.citizens), np.int64)
    before[: len(early.world.citizens)] = early.recorder.weeks_at_home[: len(early.world.citizens)]
    t = ran.world.tenancies
    settled = t.end == TenancyEnd.NO_LONGER_AT_RISK
    expected = ran.recorder.weeks_at_home[: before.size] - before
    np.add.at(expected, t.citizen_row[settled], 156 - np.maximum(CUT, t.end_week[settled]))

    found = weeks_housed(ran.recorder.since(CUT), ran.world)

    assert settled.any()
    assert found.tolist() == expected.tolist()


def test_waits_and_retention_are_of_people_placed_since(world: World, citizens: Make, record: Make) -> None:
    citizens(3)
    world.tenancies.open(
        3, citizen_row=[0, 1, 2], how=TenancyStart.HOUSING_FIRST, start_week=[2, 8, 12], weeks_waited=[10, 20, 40],
        end=[TenancyEnd.EVICTED, TenancyEnd.EVICTED, TenancyEnd.RUNNING], end_week=[9, 14, NEVER],
    )  # fmt: skip
    cut = record(20).since(8)

    weeks, lost = spans(cut, world, TenancyStart.HOUSING_FIRST)

    assert (weeks.tolist(), lost.tolist()) == ([6, 8], [True, False])
    assert weeks_to_home.function(cut, world) == 30.0


def test_shelter_days_are_counted_in_weeks_of_the_record(world: World, citizens: Make, record: Make) -> None:
    citizens(2)
    world.shelter_stays.open(
        2, citizen_row=[0, 1], kind=Housing.SHELTER, first_week=[3, 9], last_week=[9, NEVER],
    )  # fmt: skip
    cut = record(12).since(8)

    days = shelter_days(cut, world, slice(0, 4))

    assert days.tolist() == [2 * 7, 3 * 7]


def test_a_record_cannot_begin_after_its_end(record: Make) -> None:
    with pytest.raises(ValueError, match="cannot begin in week 5: the weeks 0 to 4 are recorded"):
        record(5).since(5)
