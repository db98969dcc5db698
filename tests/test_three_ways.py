"""A rule is written once and runs in three ways: swept, one agent at a time, as plain Python.  Same bits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from small import after, columns, differing, model, week

from hfabm.calendar import NEVER
from hfabm.engine.rule import Rule
from hfabm.schedule import WEEK
from hfabm.state.codes import Housing

RULES = [(process, rule) for process in WEEK for rule in process.rules]
WAYS = [("alone", "rows", 12), ("alone", "shuffled", 12), ("plain", "rows", 4), ("plain", "shuffled", 8)]


@pytest.mark.parametrize(("way", "order", "weeks"), WAYS)
def test_every_way_gives_the_same_bits(way: str, order: str, weeks: int) -> None:
    swept = model(way="sweep")
    other = model(way=way, order=order)

    for _ in range(weeks):
        swept.step()
        other.step()

    assert differing(swept.world, other.world) == []


@pytest.mark.parametrize("name", ["odense_staircase", "odense_homes_without_support"])
def test_every_way_gives_the_same_bits_under_other_policies(name: str) -> None:
    swept, alone, plain = model(name, 7), model(name, 7, way="alone", order="shuffled"), model(name, 7, way="plain")

    for each in (swept, alone, plain):
        for _ in range(3):
            each.step()

    assert differing(swept.world, alone.world) == []
    assert differing(swept.world, plain.world) == []


def test_stepping_is_running() -> None:
    stepped, ran = model(), model()

    for _ in range(30):
        stepped.step()
    ran.run(stepped.today)

    assert ran.week == stepped.week
    assert differing(stepped.world, ran.world) == []


def test_running_on_is_running_through() -> None:
    through, on = model(), model()

    through.run(through.today + timedelta(weeks=40))
    for weeks in (3, 20, 40):
        on.run(through.policy.start + timedelta(weeks=weeks))

    assert differing(through.world, on.world) == []


def test_the_same_seed_gives_the_same_bits_and_another_does_not() -> None:
    one, same, another = after(10), after(10), after(10, seed=2)

    changed = differing(one.world, another.world)

    assert differing(one.world, same.world) == []
    assert "Citizen.uid" in changed or "Citizen.skills" in changed


def test_looking_does_not_change_what_happens() -> None:
    looked, left = model(), model()

    for _ in range(8):
        looked.step()
        left.step()
        looked.agents.shuffle_do(lambda agent: agent.unique_id)
        looked.random.random()
        looked.housing_graph(range(50))

    assert differing(looked.world, left.world) == []


@pytest.fixture(scope="module")
def stirred():
    """A hamlet in which everything happens: people everywhere, arrears, complaints, notices, clocks."""
    ran = after(60)
    c, t, chance = ran.world.citizens, ran.world.tenancies, np.random.default_rng(5)
    n, shelters = c.size, ran.world.shelters
    for name, high in {"mental_illness": 3, "substance_use": 3, "employed": 2, "in_treatment": 2, "method": 5}.items():
        getattr(c, name)[:] = chance.integers(0, high, n)
    for name in ("skills", "ties", "dose"):
        getattr(c, name)[:] = chance.random(n)
    homeless = np.flatnonzero((c.tenancy_row < 0) | (np.arange(n) % 3 == 0))
    c.tenancy_row[homeless] = -1
    bed = chance.integers(0, shelters.size, homeless.size)
    c.housing[homeless] = np.where(chance.random(homeless.size) < 0.7, shelters.kind[bed], Housing.SOFA)
    c.shelter_row[homeless] = np.where(c.housing[homeless] == Housing.SOFA, -1, bed)
    for name in ("homeless_since_week", "left_shelter_week", "decided_week", "refund_clock_week"):
        getattr(c, name)[:] = chance.integers(20, 66, n)
    c.debt_dkk[:] = np.where(chance.random(n) < 0.3, 8000.0 * chance.random(n), 0.0)
    c.debt_dkk[:] = np.maximum(0.0, chance.normal(0.0, 5000.0, n))
    t.arrears_dkk[:] = np.maximum(0.0, chance.normal(0.0, 9000.0, t.size))
    t.complaints[:] = np.maximum(0.0, chance.normal(0.0, 5.0, t.size))
    t.notice_week[:] = np.where(chance.random(t.size) < 0.5, chance.integers(5, 60, t.size), NEVER)
    t.notice_cause[:] = np.where(t.notice_week == NEVER, 0, chance.integers(1, 3, t.size))
    t.attended_week[:] = chance.integers(30, 60, t.size)
    us = ran.world.municipalities
    us.housing_first_share[:], us.individual_support[:], us.commitment[:] = 0.3, 0.4, 0.0
    us.wait_weeks[:], us.sensitivity[:], us.night_dkk[:], us.night_107_dkk[:] = 12.0, 60_000.0, 1414.0, 800.0
    us.detour_low[:], us.detour_moderate[:], us.detour_complex[:] = 0.3, 0.5, 0.7
    c.in_need_since_week[:] = np.where(chance.random(n) < 0.8, 30, NEVER)
    c.referral_row[:] = -1
    for table in (c, t):
        table.refresh(59)
    return ran


@pytest.mark.interpreted
@pytest.mark.parametrize(("process", "rule"), RULES, ids=[f"{p.name}.{r.__name__}" for p, r in RULES])
def test_a_rule_gives_the_same_bits_in_each_way(stirred, process: type, rule: Rule) -> None:
    table = stirred.world.relations[rule.row_class.__name__]
    law = stirred.parameters.at(date(2024, 6, 3))
    p = law[process.name if process.name in law else process.shares[0]]
    if process.name == "refund_law":
        p = replace(p, floor_fidelity=0.5)
    state = {name: array.copy() for name, array in table.arrays.items()}

    results = []
    for run, step in ((None, 1), (rule.alone, 1), (rule.alone, -1), (rule.plainly, -1)):
        weeks = [columns(stirred.world)]
        for number in range(60, 72):
            moment = week(number, price_level=1.07)
            if run is None:
                rule.sweep(stirred.world.relations, moment, p)
            else:
                for row in table.live[::step]:
                    run(stirred.one(rule.row_class, row), moment, p)
            weeks.append(columns(stirred.world))
        results.append(weeks)
        for name, array in state.items():
            table.arrays[name][:] = array

    assert any(differing(results[0][0], now) for now in results[0])
    for other in results[1:]:
        assert [differing(one, same) for one, same in zip(results[0], other, strict=True)] == [[]] * 13
