"""Live runs of a village, shared by tests that only look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from hfabm.app.live.run import LiveRun
from hfabm.model import BUSY
from hfabm.parameters.scenario import Scenario
from hfabm.population.hamlet import hamlet
from hfabm.population.places import Place
from hfabm.state.world import World

START, END = date(2022, 1, 3), date(2025, 12, 28)
WEEKS = 208
LEVERS = {
    **BUSY,
    ("municipality", "workers_cti"): 3.0,
    ("municipality", "workers_ordinary"): 2.0,
    ("municipality", "housing_first_share"): 0.7,
    ("allocation", "citizen_accepts"): 0.6,
    ("allocation", "affordable_rent"): 5000.0,
    ("arrears", "base"): -4.0,
    ("landlord", "patience_social"): 4.0,
    ("landlord", "tolerance"): 2.0,
}
"""So that within four years of a village something of everything happens."""


VILLAGE = Place("Village", (hamlet("Village", adults=12_000, dwellings=1_200),))


def live(weeks: int = 0, seed: int = 1, changes: Mapping[tuple[str, str], Any] | None = None) -> LiveRun:
    """A live run of the village, some weeks on."""
    bare = Scenario(title="live", place="odense", start=START, end=END)
    given = bare.with_changes(LEVERS if changes is None else changes)
    run = LiveRun(given, seed, VILLAGE)
    if weeks:
        run.step(weeks)
    return run


@cache
def seen() -> LiveRun:
    """A live run that has come to its end: to look at, not to change."""
    return live(WEEKS)


def world_of(run: LiveRun) -> World:
    """What is true in a live run, to count again by other means."""
    return run._model.world


def rows(told: bytes) -> np.ndarray:
    """Rows as a frame gives them."""
    return np.frombuffer(told, np.uint32)
