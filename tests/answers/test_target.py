"""The smallest package that reaches a target: levers first, then money, and plainly so if there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from numpy.typing import ArrayLike
from written import COST, HOMELESS, Written, of_effects, row

from hfabm.answers.target import in_words, smallest
from hfabm.experiments.results import Results
from hfabm.experiments.study import Limit


def aimed(
    at_most: float, base: ArrayLike, effects: Sequence[ArrayLike], costs: Sequence[float], levers: Sequence[int] = ()
) -> Results:
    panel = of_effects(base, *effects)
    money = of_effects([0.0] * panel.shape[2], *costs)
    return Written({HOMELESS: panel, COST: money}, levers=levers, target=Limit(HOMELESS, at_most)).results()


def test_fewer_levers_come_before_less_money() -> None:
    """All but one single reform reach it; the mixes are cheaper."""
    effects, costs = [-6, -2, -8, -6, -9], [5e6, 1e6, 1e6, 2e6, 1.5e6]

    found = smallest(aimed(95.0, [99, 101], effects, costs, levers=(3, 2)))

    assert list(found["label"]) == ["a2 b0", "a0 b1", "a1 b1", "a2 b1", "a1 b0", "base"]
    assert list(found["levers_moved"]) == [1, 1, 2, 2, 1, 0]
    assert list(found["reaches"]) == [True] * 4 + [False] * 2


def test_the_mean_reaches_it_or_not_and_seeds_are_counted() -> None:
    found = row(smallest(aimed(100.0, [104, 108, 112], [[-8, -8, -8]], [2e6])), policy=1)

    # 96, 100 and 104
    assert found["mean"] == 100.0
    assert found["reaches"]
    assert not found["surely"]
    assert found["seeds_reach"] == pytest.approx(2 / 3)
    assert found["low"] == pytest.approx(100.0 - 4.30265 * 4.0 / math.sqrt(3.0), rel=1e-5)
    assert (found["metric"], found["at_most"], found["cost"]) == (HOMELESS, 100.0, 2e6)


def test_it_is_surely_reached_where_the_whole_interval_reaches_it() -> None:
    found = smallest(aimed(100.0, [104, 108, 112], [[-30, -30, -30]], [2e6])).set_index("policy")

    assert found["surely"].to_dict() == {0: False, 1: True}


def test_where_none_reaches_it_the_nearest_comes_first() -> None:
    found = smallest(aimed(10.0, [100, 100], [-3, -9, 5, -9], [0, 5e6, 0, 2e6]))

    assert list(found["policy"]) == [4, 2, 1, 0, 3]
    assert not found["reaches"].any()
    assert in_words(found) == "No package of these reaches homelessness of at most 10; a4 comes nearest, at 91."


def test_the_smallest_is_said_with_its_chance_and_its_cost() -> None:
    always = in_words(smallest(aimed(95.0, [100, 100], [-10], [2e6])))
    sometimes = in_words(smallest(aimed(95.0, [96, 100], [-4], [-3e6])))

    assert always.startswith("The smallest package that reaches homelessness of at most 95 is: a1 (90; in every seed;")
    assert always.endswith("DKK a year more of public money).")
    assert "in 50% of the seeds" in sometimes
    assert sometimes.endswith("DKK a year less of public money).")


def test_the_base_may_reach_it_already() -> None:
    found = smallest(aimed(150.0, [100, 100], [-10], [2e6]))

    assert list(found["policy"]) == [0, 1]
    assert found.iloc[0]["levers_moved"] == 0


def test_a_policy_without_any_run_comes_last_and_reaches_nothing() -> None:
    found = smallest(aimed(10.0, [100, 100], [[math.nan] * 2, 5], [1, 1]))

    assert list(found["policy"]) == [0, 2, 1]
    assert not found.iloc[-1]["reaches"]
    assert math.isnan(found.iloc[-1]["seeds_reach"])


def test_a_study_without_a_target_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no target: write one under \[target\]"):
        smallest(Written({HOMELESS: of_effects([1, 2], [1, 1])}).results())
