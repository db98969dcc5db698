"""The cost-effectiveness plane worked out by hand, and its frontier against one found by trying all mixes."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from written import COST, HOME, HOMELESS, Written, of_effects, row

from hfabm.answers.frontier import WORTH, budget_frontier, plane
from hfabm.experiments.results import Results
from hfabm.experiments.study import Limit

QUARTERS = ["more_dearer", "more_cheaper", "less_dearer", "less_cheaper"]


def certain(effects: NDArray[np.float64], costs: NDArray[np.float64], budget: Limit | None = None) -> Results:
    """Policies whose effects and costs over the base are the same in each of two seeds."""
    panels = {HOME: of_effects([512, 1024], *(effects[1:])), COST: of_effects([0, 0], *(costs[1:]))}
    return Written(panels, budget=budget).results()


def beaten(place: int, effect: NDArray[np.float64], cost: NDArray[np.float64]) -> bool:
    """Does another policy, or a mix of two others, give as much for less?"""
    others = [k for k in range(len(effect)) if k != place]
    if any(effect[k] >= effect[place] and cost[k] <= cost[place] for k in others):
        return True
    for a, b in combinations(others, 2):
        low, high = sorted((a, b), key=lambda k: float(effect[k]))
        if effect[low] <= effect[place] <= effect[high]:
            share = (effect[place] - effect[low]) / (effect[high] - effect[low])
            if cost[low] + share * (cost[high] - cost[low]) <= cost[place]:
                return True
    return False


@pytest.mark.parametrize(
    ("gain", "cost", "verdict", "ratio"),
    [
        (8.0, 2e6, "more, and dearer", 250_000.0),
        (8.0, -2e6, "dominant", math.nan),
        (8.0, 0.0, "dominant", math.nan),
        (0.0, -2e6, "dominant", math.nan),
        (-8.0, 2e6, "dominated", math.nan),
        (0.0, 2e6, "dominated", math.nan),
        (-8.0, 0.0, "dominated", math.nan),
        (-8.0, -2e6, "less, and cheaper", 250_000.0),
        (0.0, 0.0, "", math.nan),
    ],
)
def test_a_ratio_is_told_only_where_it_means_something(gain: float, cost: float, verdict: str, ratio: float) -> None:
    found = row(plane(certain(np.array([0.0, gain]), np.array([0.0, cost]))), policy=1)

    assert found["verdict"] == verdict
    assert found["ratio"] == pytest.approx(ratio, nan_ok=True)


def test_intervals_are_those_of_effects_paired_by_seed() -> None:
    luck = [0, 50, 100]
    given = Written({HOME: of_effects(luck, [1, 2, 3]), COST: of_effects(luck, [1e6, 1e6, 4e6])}).results()

    found = row(plane(given), policy=1)

    # t of 2 degrees of freedom is 4.30265; standard deviations are 1 and sqrt(3) m
    assert (found["effect"], found["cost"], found["seeds"]) == (2.0, 2e6, 3)
    assert found["effect_low"] == pytest.approx(2.0 - 4.30265 / math.sqrt(3.0), rel=1e-5)
    assert found["effect_high"] == pytest.approx(2.0 + 4.30265 / math.sqrt(3.0), rel=1e-5)
    assert found["cost_high"] == pytest.approx(2e6 + 4.30265e6, rel=1e-5)


def test_gains_and_costs_are_drawn_together() -> None:
    """Two seeds, one with more for more and one with less for less: never more for less."""
    given = Written({HOME: of_effects([100, 100], [1, -1]), COST: of_effects([0, 0], [1e6, -1e6])}).results()

    found = row(plane(given), policy=1)

    # of the draws a quarter are the first seed twice; 2000 of them lie within 0.04 of that
    assert found["more_dearer"] == pytest.approx(0.25, abs=0.04)
    assert found["less_cheaper"] == pytest.approx(0.75, abs=0.04)
    assert found["more_cheaper"] == found["less_dearer"] == 0.0


def test_every_draw_falls_into_one_quarter_and_a_dearer_unit_is_worth_more_often() -> None:
    rng = np.random.default_rng(5)
    gains, costs = rng.normal(2.0, 3.0, (5, 6)), rng.normal(5e5, 2e6, (5, 6))
    given = Written({HOME: of_effects(np.full(6, 100), *gains), COST: of_effects(np.zeros(6), *costs)}).results()

    found = plane(given)

    assert found[QUARTERS].sum(axis=1).tolist() == pytest.approx([1.0] * 6)
    at_nothing = found["worth_at_0"].to_numpy()
    assert at_nothing[1:] == pytest.approx((found["more_cheaper"] + found["less_cheaper"]).to_numpy()[1:])
    steadier = row(plane(certain(np.array([0.0, 4.0]), np.array([0.0, 1.5e6]))), policy=1)
    assert [steadier[f"worth_at_{worth:.0f}"] for worth in WORTH] == [0.0, 0.0, 0.0, 1.0, 1.0]


def test_the_frontier_by_hand() -> None:
    effects = np.array([0.0, 10.0, 12.0, 15.0, 16.0, 20.0])
    costs = np.array([0.0, 1e6, 3e6, 2e6, 4e6, 3.5e6])

    found = plane(certain(effects, costs))

    # 2 and 4 are dearer than others that do more; the others cost 100, 200 and 300 thousand for each unit more
    assert list(found["on_frontier"]) == [True, True, False, True, False, True]
    assert found["step_cost"].tolist() == pytest.approx([math.nan, 1e5, math.nan, 2e5, math.nan, 3e5], nan_ok=True)


@pytest.mark.parametrize("seed", range(8))
def test_the_frontier_is_what_no_other_and_no_mix_of_two_beats(seed: int) -> None:
    rng = np.random.default_rng(seed)
    effects = np.array([0.0, *rng.integers(-64, 256, 30)])
    costs = np.array([0.0, *rng.integers(-64, 256, 30)]) * 65_536.0

    found = plane(certain(effects, costs))

    points = set(zip(effects, costs, strict=True))
    assert len(points) == len(effects)
    assert list(found["on_frontier"]) == [not beaten(k, effects, costs) for k in range(len(effects))]
    steps = found[found["on_frontier"]].sort_values("cost")["step_cost"].to_numpy()[1:]
    assert (np.diff(steps) > 0.0).all()


def test_a_policy_without_runs_is_not_on_the_frontier() -> None:
    given = Written(
        {HOME: of_effects([9, 9], [1, 1], [math.nan] * 2), COST: of_effects([0, 0], [1, 1], [math.nan] * 2)}
    ).results()

    found = plane(given)

    assert list(found["on_frontier"]) == [True, True, False]
    assert row(found, policy=2)["verdict"] == ""
    assert math.isnan(row(found, policy=2)["worth_at_0"])


def test_one_seed_tells_no_chances() -> None:
    found = row(plane(Written({HOME: of_effects([9], [2]), COST: of_effects([0], [1e6])}).results()), policy=1)

    assert found["ratio"] == 500_000.0
    assert math.isnan(found["effect_low"])
    assert "more_dearer" not in found or math.isnan(found["more_dearer"])


def test_the_same_runs_give_the_same_draws() -> None:
    rng = np.random.default_rng(6)
    given = Written(
        {HOME: of_effects(np.zeros(5), rng.normal(size=5)), COST: of_effects(np.zeros(5), rng.normal(size=5))}
    ).results()

    pd.testing.assert_frame_equal(plane(given), plane(given))


def test_single_reforms_and_mixes_are_told_apart_from_cheap_to_dear() -> None:
    effects, costs = [5.0, 4.0, 9.0], [3e6, 1e6, 4e6]
    panels = {HOME: of_effects([512, 512], *effects), COST: of_effects([0, 0], *costs)}

    found = budget_frontier(Written(panels, levers=(2, 2), budget=Limit(COST, 3e6)).results())

    assert list(found["label"]) == ["base", "a1 b0", "a0 b1", "a1 b1"]
    assert list(found["kind"]) == ["base", "reform", "reform", "mix"]
    assert list(found["levers_moved"]) == [0, 1, 1, 2]
    assert list(found["cost"]) == [0.0, 1e6, 3e6, 4e6]
    assert list(found["affordable"]) == [True, True, True, False]
    assert list(found["best"]) == [True, True, True, True]


def test_of_two_that_do_the_same_the_cheaper_is_the_best() -> None:
    found = budget_frontier(certain(np.array([0.0, 5.0, 5.0, 3.0, 6.0]), np.array([0.0, 2e6, 1e6, 3e6, 4e6])))

    assert list(found["policy"]) == [0, 2, 1, 3, 4]
    assert list(found["best"]) == [True, True, False, False, True]


def test_a_budget_of_another_outcome_affords_nothing_here() -> None:
    given = certain(np.array([0.0, 5.0]), np.array([0.0, 2e6]), budget=Limit(HOMELESS, 1e6))

    assert "affordable" not in budget_frontier(given)
