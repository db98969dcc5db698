"""Regret, chances and satisfaction over futures, worked out by hand from small tables."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from written import COST, HOME, HOMELESS, Written

from hfabm.answers.robustness import robustness
from hfabm.experiments.study import Design, Kind, Limit

HYPERCUBE = Design(Kind.LATIN_HYPERCUBE, 4)

# the defaults first, then four futures
HOMELESS_BY_FUTURE = [
    [0.0, 10.0, 20.0, 30.0, 40.0],
    [99.0, 8.0, 22.0, 20.0, 36.0],
    [99.0, 9.0, 10.0, 40.0, 36.0],
]


def panel(by_future: list[list[float]], seeds: int = 2) -> np.ndarray:
    """Numbers by policy and future, with luck that cancels out over the seeds."""
    luck = np.linspace(-1.0, 1.0, seeds) if seeds > 1 else np.zeros(1)
    return np.asarray(by_future)[:, :, np.newaxis] + luck


def test_regret_by_hand() -> None:
    given = Written({HOMELESS: panel(HOMELESS_BY_FUTURE)}, futures=HYPERCUBE).results()

    found = robustness(given, HOMELESS, "lower").set_index("policy")

    # regret of each policy: 2 10 10 4, 0 12 0 0 and 1 0 20 0
    assert found["regret_mean"].to_dict() == {0: 6.5, 1: 3.0, 2: 5.25}
    assert found["regret_most"].to_dict() == {0: 10.0, 1: 12.0, 2: 20.0}
    assert found.loc[1, "regret_90"] == pytest.approx(0.7 * 12.0)
    assert found["worst"].to_dict() == {0: 40.0, 1: 36.0, 2: 40.0}
    assert found["beats_base"].to_dict() == {0: 0.0, 1: 0.75, 2: 0.75}
    assert list(found.index) == [0, 1, 2]
    assert set(found["futures"]) == {4}


def test_those_that_are_equally_good_share_being_best() -> None:
    given = Written({HOMELESS: panel(HOMELESS_BY_FUTURE)}, futures=HYPERCUBE).results()

    found = robustness(given, HOMELESS, "lower").set_index("policy")

    assert found["best"].to_dict() == {0: 0.0, 1: 0.625, 2: 0.375}
    assert found["best"].sum() == 1.0


def test_where_more_is_better_all_of_it_turns_round() -> None:
    lower = Written({HOMELESS: panel(HOMELESS_BY_FUTURE)}, futures=HYPERCUBE).results()
    higher = Written({HOME: -panel(HOMELESS_BY_FUTURE)}, futures=HYPERCUBE).results()

    found, turned = robustness(lower, HOMELESS, "lower"), robustness(higher, HOME, "higher")

    same = ["policy", "regret_mean", "regret_90", "regret_most", "best", "beats_base"]
    pd.testing.assert_frame_equal(found[same], turned[same])
    assert turned["worst"].tolist() == (-found["worst"]).tolist()


def test_the_smallest_highest_regret_comes_first() -> None:
    turned = [HOMELESS_BY_FUTURE[k] for k in (2, 1, 0)]

    found = robustness(Written({HOMELESS: panel(turned)}, futures=HYPERCUBE).results(), HOMELESS, "lower")

    assert list(found["policy"]) == [2, 1, 0]


def test_where_all_seeds_agree_the_chance_of_being_best_is_certain() -> None:
    given = Written({HOMELESS: panel(HOMELESS_BY_FUTURE)}, futures=HYPERCUBE).results()

    found = robustness(given, HOMELESS, "lower")

    assert found["best_low"].tolist() == found["best"].tolist() == found["best_high"].tolist()


def test_where_seeds_disagree_the_chance_of_being_best_is_open() -> None:
    """One seed speaks for either policy in every future, as clearly as the other against it."""
    numbers = np.zeros((2, 3, 2))
    numbers[1] = [-1.0, 1.0]

    found = robustness(Written({HOMELESS: numbers}, futures=HYPERCUBE).results(), HOMELESS, "lower")

    assert found["best"].tolist() == [0.5, 0.5]
    assert found["best_low"].tolist() == [0.0, 0.0]
    assert found["best_high"].tolist() == [1.0, 1.0]


def test_budget_and_target_are_kept_in_a_share_of_futures() -> None:
    costs = panel([[0.0, 10.0, 10.0, 10.0, 10.0], [99.0, 11.0, 12.0, 13.0, 14.0], [99.0, 9.0, 9.0, 9.0, 16.0]])
    given = Written(
        {HOMELESS: panel(HOMELESS_BY_FUTURE), COST: costs}, futures=HYPERCUBE,
        budget=Limit(COST, 3.0), target=Limit(HOMELESS, 20.0),
    ).results()  # fmt: skip

    found = robustness(given, HOMELESS, "lower").set_index("policy")

    # the budget is over the base, the target is not
    assert found["within_budget"].to_dict() == {0: 1.0, 1: 0.75, 2: 0.75}
    assert found["reaches_target"].to_dict() == {0: 0.5, 1: 0.5, 2: 0.5}


def test_a_future_that_one_policy_lacks_is_left_out_for_all() -> None:
    numbers = panel(HOMELESS_BY_FUTURE)
    numbers[2, 3, 0] = math.nan
    given = Written({HOMELESS: numbers}, futures=HYPERCUBE, target=Limit(HOMELESS, 20.0)).results()

    found = robustness(given, HOMELESS, "lower").set_index("policy")

    assert set(found["futures"]) == {3}
    assert found["regret_most"].to_dict() == {0: 10.0, 1: 12.0, 2: 1.0}
    assert found["reaches_target"].to_dict() == pytest.approx({0: 2 / 3, 1: 1 / 3, 2: 2 / 3})


def test_of_saltellis_sample_only_points_that_lie_apart_are_counted() -> None:
    """Two uncertainties: blocks of four, of which the middle two repeat the ends but for one factor."""
    numbers = np.zeros((2, 9, 1))
    numbers[1, [1, 4, 5, 8], 0] = [-1.0, -1.0, -1.0, 1.0]
    numbers[1, [2, 3, 6, 7], 0] = 1000.0

    found = robustness(Written({HOMELESS: numbers}, futures=Design(Kind.SOBOL, 2)).results(), HOMELESS, "lower")

    assert set(found["futures"]) == {4}
    assert found.set_index("policy").loc[1, "beats_base"] == 0.75
    assert found["regret_most"].max() == 1.0


def test_the_points_of_a_morris_design_have_no_shares() -> None:
    given = Written({HOMELESS: np.zeros((2, 4, 1))}, futures=Design(Kind.MORRIS, 1)).results()

    with pytest.raises(ValueError, match="lie on 1 trajectories"):
        robustness(given, HOMELESS, "lower")


def test_one_whole_future_is_too_few() -> None:
    numbers = np.zeros((2, 3, 1))
    numbers[0, 2] = math.nan

    with pytest.raises(ValueError, match="fewer than two sampled futures"):
        robustness(Written({HOMELESS: numbers}, futures=HYPERCUBE).results(), HOMELESS, "lower")


def test_the_same_runs_give_the_same_intervals() -> None:
    rng = np.random.default_rng(4)
    given = Written({HOMELESS: rng.normal(size=(3, 9, 4))}, futures=HYPERCUBE).results()

    pd.testing.assert_frame_equal(robustness(given, HOMELESS, "lower"), robustness(given, HOMELESS, "lower"))
