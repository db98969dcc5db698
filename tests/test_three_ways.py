"""A rule is written once and runs in three ways: swept, one agent at a time, as plain Python.  Same bits."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from small import after, columns, differing, model, week

from hfabm.engine.rule import Rule
from hfabm.schedule import WEEK

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
def lived_in():
    return after(80)


@pytest.mark.interpreted
@pytest.mark.parametrize(("process", "rule"), RULES, ids=[f"{p.name}.{r.__name__}" for p, r in RULES])
def test_a_rule_gives_the_same_bits_in_each_way(lived_in, process: type, rule: Rule) -> None:
    """Three weeks of luck from one state, rows in one order and another."""
    table = lived_in.world.relations[rule.row_class.__name__]
    p = lived_in.in_force(process.name)
    before = {name: array.copy() for name, array in table.arrays.items()}
    moments = [week(number, price_level=1.07) for number in (80, 81, 82)]

    results = []
    for run, backwards in ((None, False), (rule.alone, False), (rule.alone, True), (rule.plainly, True)):
        for moment in moments:
            if run is None:
                rule.sweep(lived_in.world.relations, moment, p)
                continue
            for row in np.arange(table.size)[:: -1 if backwards else 1]:
                run(lived_in.one(rule.row_class, int(row)), moment, p)
        results.append(columns(lived_in.world))
        for name, array in before.items():
            table.arrays[name][:] = array

    assert all(differing(results[0], other) == [] for other in results[1:])
    assert table.size > 0
