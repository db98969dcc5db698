"""Weekly metrics, on worlds of one to five rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from hfabm.calendar import Week
from hfabm.engine.kernel import interpret
from hfabm.metrics import catalogue, groups
from hfabm.metrics.homelessness import ObservationParameters, seen_share
from hfabm.metrics.metric import GROUPS, Kind, stock
from hfabm.metrics.recorder import Recorder
from hfabm.metrics.sweep import Sweep
from hfabm.state.citizens import Citizen
from hfabm.state.codes import (
    HOMELESS,
    NOBODY,
    OTHER,
    Exit,
    Housing,
    ReferralState,
    SupportMethod,
    TenancyEnd,
    TenancyStart,
)
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import World
from hfabm.units import Unit

Make = Callable[..., Any]
START = date(2009, 1, 5)


def told(recorder: Recorder) -> dict[str, int]:
    """What was counted in week 0, without zeros."""
    names = (*recorder.group_metrics, *recorder.municipal_metrics)
    return {name: int(recorder.series(name)[0]) for name in names if recorder.series(name)[0]}


@pytest.mark.interpreted
@pytest.mark.parametrize("state", [h for h in Housing if h < Housing.GONE])
def test_everybody_is_in_one_state(citizens: Make, record: Make, state: Housing) -> None:
    citizens(1, housing=state, housing_since_week=-5, homeless_since_week=-5)

    found = told(record())

    states = {h.name.lower() for h in Housing} & set(found)
    assert states == {state.name.lower()}
    assert ("homeless" in found) == (state in HOMELESS)


def test_those_who_are_gone_are_counted_in_the_week_they_leave_only(citizens: Make, record: Make) -> None:
    for exit_intent in (Exit.DIED, Exit.MOVED_AWAY, Exit.NO_LONGER_AT_RISK):
        citizens(1, housing=Housing.GONE, housing_since_week=0, exit_intent=exit_intent)
    citizens(1, housing=Housing.GONE, housing_since_week=-1, exit_intent=Exit.NONE)

    assert told(record()) == {"died": 1, "moved_away": 1, "recovered": 1}


def test_long_term_begins_after_a_year(citizens: Make, record: Make) -> None:
    citizens(4, housing=Housing.SOFA, homeless_since_week=[0, -51, -52, -104], spells=[2, 1, 1, 1])

    found = told(record())

    assert (found["long_term_homeless"], found["very_long_term_homeless"]) == (2, 1)
    assert (found["entered"], found["returned"]) == (1, 1)


def test_groups_are_municipality_age_sex_and_need(world: World, citizens: Make, record: Make) -> None:
    world.municipalities.open(1, code=101)
    citizens(1, municipality_row=1, birth_week=-65 * 53, sex=1, mental_illness=2, substance_use=1)
    world.citizens.arrays["housing"][0] = Housing.OWN_HOME

    counts = record().groups("own_home")[0]

    assert np.argwhere(counts).tolist() == [[1, 3, 1, 2]]
    assert groups.labels(GROUPS - 1) == ("60+", "woman", "complex")


def test_the_count_sees_a_share_of_each_state(citizens: Make, record: Make) -> None:
    citizens(4000, housing=[Housing.SHELTER, Housing.SOFA] * 2000, homeless_since_week=-9)

    found = told(record())

    expected = 2000 * (ObservationParameters().shelter + ObservationParameters().sofa)
    assert abs(found["counted_homeless"] - expected) < 4 * np.sqrt(2000 * 0.25)


def test_who_is_seen_does_not_depend_on_who_else_is_there(citizens: Make, record: Make) -> None:
    citizens(30, housing=Housing.SOFA)
    alone = record().series("counted_homeless")[0]
    citizens(70, uid=range(500, 570), housing=Housing.OWN_HOME)

    assert record().series("counted_homeless")[0] == alone


def test_seen_shares_follow_the_codes() -> None:
    shares = ObservationParameters()
    numbers = tuple(getattr(shares, name) for name in ObservationParameters.__dataclass_fields__)
    named = {h: getattr(shares, h.name.lower()) for h in HOMELESS}

    assert {h: seen_share(int(h), *numbers) for h in HOMELESS} == named


@pytest.mark.interpreted
def test_tenancies_are_counted_as_they_begin_run_and_end(world: World, citizens: Make, record: Make) -> None:
    citizens(5, housing=Housing.OWN_HOME)
    world.tenancies.open(
        5,
        citizen_row=range(5),
        start_week=[0, 0, -9, -9, -9],
        how=[
            TenancyStart.HOUSING_FIRST,
            TenancyStart.OWN_SEARCH,
            TenancyStart.INITIAL,
            TenancyStart.INITIAL,
            0,
        ],
        weeks_homeless_before=[7, 0, 0, 0, 0],
        end=[0, 0, TenancyEnd.EVICTED, TenancyEnd.BROKE_DOWN, TenancyEnd.RUNNING],
        end_week=[-1_000_000, -1_000_000, 0, -1, -1_000_000],
        notice_week=[-1_000_000, -1_000_000, -8, -1_000_000, 0],
        complaints=[0.0, 0.5, 0.0, 9.0, 1.25],
    )

    found = told(record())

    flows = {"placed_housing_first": 1, "found_alone": 1, "rehoused": 1, "evicted": 1, "notices_served": 1}
    assert {name: found[name] for name in flows} == flows
    assert "broke_down" not in found
    assert (found["at_risk"], found["complaints_milli"]) == (1, 1750)


def test_support_and_dose(citizens: Make, record: Make) -> None:
    methods = [SupportMethod.ICM, SupportMethod.ACT, SupportMethod.NONE]
    citizens(3, housing=Housing.OWN_HOME, method=methods, dose=[0.5, 0.75, 0.0], in_treatment=True, employed=True)

    found = told(record())

    assert (found["in_icm"], found["in_act"], found["dose_milli"]) == (1, 1, 1250)
    assert (found["treated"], found["employed"]) == (3, 3)


def test_dwellings_referrals_teams_and_queues(world: World, record: Make) -> None:
    world.dwellings.open(3, municipality_row=0, tenant=[NOBODY, 0, OTHER])
    world.referrals.open(2, municipality_row=0, state=[ReferralState.OPEN, ReferralState.HOUSED])
    world.teams.open(
        2, municipality_row=0, method=[SupportMethod.CTI, SupportMethod.ACT], cases=[9, 4], workers=[1.5, 1]
    )
    world.shelters.open(2, municipality_row=0, kind=[Housing.SHELTER, Housing.HOTEL], beds=[8, 5], turned_away=[2, 1])
    us = world.municipalities.arrays
    us["claimed"][0], us["queue"][0], us["let_to_others"][0], us["queue_wait_weeks"][0] = 3, 50, 3, 10 / 3

    found = told(record())

    assert found == {
        "vacant": 1, "open_referrals": 1, "turned_away": 2, "shelter_beds": 8, "claimed": 3,
        "others_waiting": 50, "let_to_others": 3, "others_waited": 10, "cases_cti": 9, "cases_act": 4,
        "workers_cti_milli": 1500, "workers_act_milli": 1000,
    }  # fmt: skip


@pytest.mark.parametrize("sweep", [*catalogue.BY_GROUP, *catalogue.BY_MUNICIPALITY], ids=lambda s: s.row_class.__name__)
def test_compiled_and_plain_python_count_the_same(world: World, citizens: Make, sweep: Sweep) -> None:
    rng = np.random.Generator(np.random.PCG64(7))
    citizens(60, housing=rng.integers(0, 10, 60), mental_illness=rng.integers(0, 3, 60), homeless_since_week=-60)
    world.tenancies.open(
        60, citizen_row=range(60), end=rng.integers(0, 3, 60), start_week=rng.integers(-2, 1, 60), how=3
    )
    world.dwellings.open(20, municipality_row=0, tenant=rng.integers(-2, 5, 20))
    world.referrals.open(9, municipality_row=0)
    world.teams.open(4, municipality_row=0, cases=5, workers=1.3)
    world.shelters.open(2, municipality_row=0, beds=4)
    world.municipalities.arrays["queue"][0] = 40
    present = Week(0, np.uint64(77), np.uint64(1), START)
    outs = [np.zeros((GROUPS, len(sweep.metrics)), np.int32) for _ in range(2)]

    sweep.count(world, present, ObservationParameters(), outs[0])
    with interpret(), np.errstate(over="ignore"):
        sweep.count(world, present, ObservationParameters(), outs[1])

    assert outs[0].any()
    np.testing.assert_array_equal(*outs)


def test_names_are_said_once_and_every_metric_says_what_it_means() -> None:
    names = [m.name for m in (*catalogue.WEEKLY, *catalogue.OUTCOMES)]

    assert len(names) == len(set(names))
    assert all(m.means.endswith(".") for m in (*catalogue.WEEKLY, *catalogue.OUTCOMES))
    assert catalogue.metric("homeless").kind is Kind.STOCK
    with pytest.raises(KeyError, match="no metric 'homles'"):
        catalogue.metric("homles")


def test_a_metric_of_another_kind_of_row_is_refused() -> None:
    @stock(Unit.COUNT)
    def of_tenancies(home: Tenancy, week: Week) -> bool:
        """Tenancies."""
        return home.running

    @stock(Unit.COUNT)
    def of_citizens(me: Citizen, week: Week) -> bool:
        """Citizens."""
        return me.present

    with pytest.raises(TypeError, match="Citizen, Tenancy"):
        _ = Sweep((of_tenancies, of_citizens), groups.citizens_group).row_class


def test_a_metric_without_a_meaning_is_refused() -> None:
    with pytest.raises(TypeError, match="says nothing"):

        @stock(Unit.COUNT)
        def silent(me: Citizen, week: Week) -> bool:
            return me.present
