"""PRIM finds the box that was planted, and says where it ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hfabm.answers.prim import Among, Within, best_score, prim
from hfabm.answers.tree import asked, tree_of


def cube(points: int, factors: int, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.random((points, factors)), columns=[f"p{k}" for k in range(factors)])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_box_is_found(seed: int) -> None:
    points = cube(1000, 10, seed)
    cases = ((points["p0"] > 0.7) & (points["p1"] < 0.4)).to_numpy()

    box = prim(points, cases).box

    assert set(box.restrictions) == {"p0", "p1"}
    assert box.coverage >= 0.95 and box.density >= 0.98
    first, second = box.restrictions["p0"], box.restrictions["p1"]
    assert isinstance(first, Within) and isinstance(second, Within)
    assert first.low == pytest.approx(0.7, abs=0.02) and first.high == np.inf
    assert second.high == pytest.approx(0.4, abs=0.02) and second.low == -np.inf


def test_a_box_with_choices_is_found() -> None:
    points = cube(400, 4)
    points["town"] = np.random.default_rng(2).choice(["north", "south", "west"], 400)
    cases = (points["town"].isin(["north", "west"]) & (points["p0"] < 0.5)).to_numpy()

    box = prim(points, cases).box

    assert box.restrictions["town"] == Among(frozenset({"north", "west"}))
    assert set(box.restrictions) == {"town", "p0"}
    assert box.coverage >= 0.95 and box.density >= 0.98


def test_a_box_among_numbers_of_few_values_is_found() -> None:
    points = cube(300, 3)
    points["homes"] = np.random.default_rng(3).choice([0.0, 20.0, 50.0], 300)

    box = prim(points, (points["homes"] < 50.0).to_numpy()).box

    assert box.restrictions == {"homes": Within(high=35.0)}
    assert box.coverage == box.density == 1.0


def test_numbers_of_the_box_are_those_of_its_points() -> None:
    points, rng = cube(500, 5), np.random.default_rng(4)
    cases = (points["p2"] > 0.6).to_numpy() ^ (rng.random(500) < 0.1)

    found = prim(points, cases)

    inside = np.ones(500, bool)
    for name, restriction in found.box.restrictions.items():
        inside &= restriction.holds(points[name].to_numpy())
    assert found.box.points == inside.sum()
    assert found.box.mass == pytest.approx(inside.mean())
    assert found.box.density == pytest.approx(cases[inside].mean())
    assert found.box.coverage == pytest.approx(cases[inside].sum() / cases.sum())
    assert set(found.box.quasi_p) == {"p2"} and found.box.quasi_p["p2"] < 1e-10


def test_the_box_with_the_best_score_is_picked() -> None:
    points, rng = cube(500, 5), np.random.default_rng(5)
    cases = rng.random(500) < np.where(points["p0"] > 0.5, 0.8, 0.2)

    found = prim(points, cases)

    way, box = found.trajectory, found.box
    assert way["coverage"].is_monotonic_decreasing and way["mass"].min() >= 0.05
    assert way.iloc[0]["mass"] == 1.0 and way.iloc[0]["dims"] == 0
    assert way["score"].tolist() == pytest.approx(
        (2.0 * way["coverage"] * way["density"] / (way["coverage"] + way["density"])).tolist()
    )
    assert box.score == pytest.approx(way["score"].max(), abs=0.05) and way["picked"].sum() == 1
    assert best_score(points, cases) == way["score"].max()


def test_restrictions_that_could_be_luck_are_dropped() -> None:
    points = cube(200, 20)
    cases = np.random.default_rng(6).random(200) < 0.4

    box = prim(points, cases).box

    assert len(box.restrictions) < prim(points, cases).trajectory["dims"].max()
    assert all(p <= 0.05 for p in box.quasi_p.values())


def test_without_cases_there_is_no_box() -> None:
    with pytest.raises(ValueError, match="no cases"):
        prim(cube(10, 2), np.zeros(10, bool))


def test_a_tree_asks_for_choices_as_for_numbers() -> None:
    points = cube(400, 4)
    points["town"] = np.random.default_rng(2).choice(["north", "south", "west"], 400)
    cases = (points["town"].isin(["north", "west"]) & (points["p0"] < 0.5)).to_numpy()

    tree = tree_of(points, cases)

    assert tree.tells and tree.accuracy > 0.97
    assert set(asked(points, cases)) == {"town", "p0"}
    conditions = tree.rules[0].conditions
    assert conditions["town"] == Among(frozenset({"north", "west"}))
    assert conditions["p0"].holds(np.array([0.4, 0.6])).tolist() == [True, False]
    assert sum(rule.points for rule in tree.rules) == cases.sum()
