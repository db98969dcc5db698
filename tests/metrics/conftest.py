"""Small worlds, written down by hand, and a recorder on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from hfabm.calendar import Week
from hfabm.metrics.recorder import Recorder
from hfabm.randomness import week_key
from hfabm.state.ledger import Ledger
from hfabm.state.world import World

START = date(2009, 1, 5)


def week(number: int, price_level: float = 1.0) -> Week:
    day = START + timedelta(weeks=number)
    return Week(number, week_key(1, number), week_key(1, -1), day, price_level)


@pytest.fixture
def world() -> World:
    """One municipality, Odense, and nobody in it."""
    made = World(seed=1)
    made.municipalities.open(1, code=461)
    made.ledger = Ledger(1)
    return made


@pytest.fixture
def citizens(world: World) -> Callable[..., range]:
    """Open citizens who are 40 years old, without needs, and pay nothing attention."""

    def make(count: int, **columns: Any) -> range:
        first = len(world.citizens)
        columns = {
            "uid": range(first, first + count),
            "municipality_row": 0,
            "birth_week": -40 * 52,
        } | columns
        return world.citizens.open(count, **columns)

    return make


@pytest.fixture
def record(world: World) -> Callable[..., Recorder]:
    """Record some weeks in which nothing changes."""

    def make(weeks: int = 1, room: int = 0) -> Recorder:
        recorder = Recorder(world, max(weeks, room), START)
        for number in range(weeks):
            recorder.record(world, week(number))
        return recorder

    return make
