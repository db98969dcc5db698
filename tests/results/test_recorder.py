"""The recorder against the world it records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from hfabm.calendar import Week
from hfabm.metrics.record import Record
from hfabm.metrics.recorder import Recorder
from hfabm.randomness import week_key
from hfabm.state.codes import HOMELESS, Housing
from hfabm.state.ledger import Account, Ledger, Party
from hfabm.state.world import World

START = date(2009, 1, 5)


def week(number: int) -> Week:
    return Week(number, week_key(1, number), week_key(1, -1), START + timedelta(weeks=number), 0.75)


@pytest.fixture
def world() -> World:
    made = World(seed=1, capacity=1)
    made.municipalities.open(1)
    made.ledger = Ledger(1)
    return made


def test_money_of_a_citizen_adds_up_by_quarter(world: World) -> None:
    world.citizens.open(1, housing=Housing.OWN_HOME, municipality_row=0, cost_ore=100, net_municipal_ore=60)
    recorder = Recorder(world, 30, START)

    for number in range(14):
        recorder.record(world, week(number))

    assert recorder.cost_ore[:3, 0].tolist() == [1200, 200, 0]  # 8 January to 26 March are twelve Thursdays
    assert recorder.net_municipal_ore[:2, 0].tolist() == [720, 120]
    assert recorder.weeks_at_home[0] == 14


def test_room_grows_with_the_citizens_and_keeps_what_is_there(world: World) -> None:
    recorder = Recorder(world, 3, START)
    for number in range(3):
        world.citizens.open(5, municipality_row=0, housing=Housing.OWN_HOME, mental_illness=number, cost_ore=7)
        recorder.record(world, week(number))

    assert recorder.weeks_at_home[:15].tolist() == [3] * 5 + [2] * 5 + [1] * 5
    assert recorder.need_at_entry[:15].tolist() == [0] * 10 + [1] * 5
    assert recorder.cost_ore[0, :15].tolist() == [21] * 5 + [14] * 5 + [7] * 5


def test_the_dead_cost_in_the_week_they_die_and_no_more(world: World) -> None:
    world.citizens.open(2, municipality_row=0, housing=Housing.GONE, housing_since_week=[0, -1], cost_ore=9)
    recorder = Recorder(world, 2, START)

    for number in range(2):
        recorder.record(world, week(number))

    assert recorder.cost_ore[0, :2].tolist() == [9, 0]


def test_the_ledger_is_copied_and_prices_are_kept(world: World) -> None:
    recorder = Recorder(world, 2, START)
    world.ledger.book[0, Account.SUPPORT, Party.MUNICIPALITY] = -300
    recorder.record(world, week(0))
    world.ledger.clear()
    recorder.record(world, week(1))

    assert recorder.ledger[:, 0, Account.SUPPORT, Party.MUNICIPALITY].tolist() == [-300, 0]
    assert recorder.price_ppm.tolist() == [750_000, 750_000]
    assert recorder.paid((Party.MUNICIPALITY,)).tolist() == [4.0, 0.0]


def test_weeks_follow_one_another(world: World) -> None:
    recorder = Recorder(world, 1, START)

    with pytest.raises(IndexError, match="week 1 cannot be recorded"):
        recorder.record(world, week(1))
    recorder.record(world, week(0))
    with pytest.raises(IndexError, match="1 of 1 weeks are"):
        recorder.record(world, week(1))


def test_an_unknown_metric_is_named_with_those_there_are(world: World) -> None:
    with pytest.raises(KeyError, match="no weekly metric 'homles'.*homeless"):
        Recorder(world, 1, START).series("homles")


def test_a_run_is_recorded_as_it_is(model: Any) -> None:
    record: Record = model.recorder
    c = model.world.citizens

    assert record.done == model.weeks == 103
    assert record.series("homeless")[-1] == np.isin(c.housing, HOMELESS).sum()
    assert record.series("own_home").sum() == record.weeks_at_home.sum()
    assert (record.series("shelter_nights") == 7 * record.series("shelter")).all()
    assert record.ledger.sum() == 0


def test_homelessness_changes_by_what_goes_in_and_out(model: Any) -> None:
    record: Record = model.recorder
    present = sum(record.series(h.name.lower()) for h in Housing if h < Housing.GONE)
    left = record.series("died") + record.series("moved_away") + record.series("recovered")

    np.testing.assert_array_equal(np.diff(present), (record.series("arrived") - left)[1:])
    t = model.world.tenancies
    assert record.series("evicted").sum() + record.series("broke_down").sum() == np.isin(t.end, (1, 2)).sum()
