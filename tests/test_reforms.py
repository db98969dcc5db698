"""The library of reforms, run on Odense: each bites from its day on and leaves a trace; a placebo leaves none."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from small import columns

from hfabm.calendar import week_of
from hfabm.model import HousingFirstModel, read_scenario
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Scenario
from hfabm.population.places import PLACES
from hfabm.results.manifest import content_hash
from hfabm.schedule import SECTIONS
from hfabm.state.codes import Housing

pytestmark = pytest.mark.slow

LIBRARY = Path(__file__).resolve().parent.parent / "scenarios"
GROUND = LIBRARY / "odense_ahead.toml"
UNTIL = date(2029, 1, 1)
BITES = date(2027, 1, 1)
PLACEBOS = {"10b_agreed_price_cap"}
REFORMS = sorted(p.stem for p in (LIBRARY / "reforms").glob("[0-9][0-9]_*.toml"))
COMBINATIONS = sorted(p.stem for p in (LIBRARY / "reforms").glob("combi_*.toml"))
RECORDED = ("by_group", "by_municipality", "ledger")


def scenario(name: str) -> Scenario:
    if not name:
        return load_scenario(GROUND, SECTIONS, PLACES, until=UNTIL)
    return load_scenario(LIBRARY / "reforms" / f"{name}.toml", SECTIONS, PLACES, on=GROUND, until=UNTIL)


@cache
def lived(name: str) -> HousingFirstModel:
    return HousingFirstModel(scenario(name), rng=1).run()


@pytest.mark.parametrize("name", REFORMS + COMBINATIONS)
def test_a_reform_bites_from_its_day_on_and_leaves_a_trace(name: str) -> None:
    base, reformed = lived(""), HousingFirstModel(scenario(name), rng=1).run()

    differs = [
        (getattr(base.recorder, kind) != getattr(reformed.recorder, kind)).reshape(base.weeks, -1).any(axis=1)
        for kind in RECORDED
    ]
    weeks = np.flatnonzero(np.logical_or.reduce(differs))

    announced = BITES - timedelta(weeks=base.in_force("incentives").announced_weeks)
    assert weeks.size > 40, "it changes what is recorded, week after week"
    assert weeks[0] >= week_of(base.policy.start, announced), "and nothing before it was announced"
    assert set(reformed.policy.changes) > set(base.policy.changes) or reformed.policy.changes != base.policy.changes


def test_there_are_twenty_four_reforms() -> None:
    numbers = {int(name[:2]) for name in REFORMS}

    assert numbers == set(range(1, 25))
    assert len(COMBINATIONS) >= 1


@pytest.mark.parametrize("name", sorted(PLACEBOS))
def test_a_placebo_changes_no_bit(name: str) -> None:
    base, placebo = lived(""), HousingFirstModel(scenario(name), rng=1).run()

    assert placebo.policy.changes != base.policy.changes
    assert content_hash(placebo) == content_hash(base)


def test_a_limit_that_nobody_reaches_changes_nobody() -> None:
    """366 days of a year of 365, against 365: what differs is the rule on file, and nothing else."""
    law = {("refund_law", "shelter_days"): ((date(2023, 10, 1), 366),)}
    binding = {("refund_law", "shelter_days"): ((date(2023, 10, 1), 365),)}
    until = date(2026, 1, 1)
    runs = [
        HousingFirstModel(read_scenario(str(GROUND)).with_changes(changes), rng=1).run(until)
        for changes in (law, binding)
    ]

    one, other = (columns(ran.world) for ran in runs)
    different = {name for name in one if one[name].tobytes() != other[name].tobytes()}

    assert different == {"Decision.limit_days"}


def test_a_limit_that_somebody_reaches_does() -> None:
    """The twin of the placebo: nearly all stay below 330 days, not all."""
    ground = read_scenario(str(GROUND))
    runs = [
        HousingFirstModel(
            ground.with_changes({("refund_law", "shelter_days"): ((date(2023, 10, 1), days),)}), rng=1
        ).run(date(2026, 1, 1))
        for days in (366, 330)
    ]  # fmt: skip

    reached = int((runs[0].world.citizens.shelter_days > 330).sum())
    one, other = (columns(ran.world) for ran in runs)

    assert 0 < reached < 0.1 * int((runs[0].world.citizens.housing == Housing.SHELTER).sum() + 100)
    assert (one["ledger"] != other["ledger"]).any() or (
        one["Citizen.refunded_days"] != other["Citizen.refunded_days"]
    ).any()
