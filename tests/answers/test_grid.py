"""Levers alone, on average and together, in grids whose cells are sums of known parts."""

from __future__ import annotations

import dataclasses
import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from written import HOME, Written, row

from hfabm.answers.grid import alone, interactions, is_grid, main_effects, together
from hfabm.experiments.results import Results
from hfabm.experiments.study import Kind

A, B, C = [0.0, 8.0], [0.0, 1.0, 4.0], [0.0, 2.0]
A_WITH_B = {(1, 1): 6.0, (1, 2): 12.0}
ALL = {(1, 2, 1): 24.0}


def cell(a: int, b: int, c: int) -> float:
    return A[a] + B[b] + C[c] + A_WITH_B.get((a, b), 0.0) + ALL.get((a, b, c), 0.0)


def three_levers(own: np.ndarray | float = 0.0) -> Results:
    """Twelve policies, four seeds whose luck they share, and some of their own."""
    luck = np.array([0.0, 100.0, 200.0, 300.0])
    cells = np.array([cell(*at) for at in product(range(2), range(3), range(2))])
    return Written({HOME: (cells[:, np.newaxis] + luck + own)[:, np.newaxis, :]}, levers=(2, 3, 2)).results()


def differences(frame: pd.DataFrame, *by: str) -> dict[tuple[str, ...], float]:
    return frame.set_index(list(by))["difference"].to_dict()


def two_levers(*cells: list[float]) -> Results:
    """Neither, the second, the first, both; each by seed."""
    return Written({HOME: np.array(cells, float)[:, np.newaxis, :]}, levers=(2, 2)).results()


def test_main_effects_are_means_over_the_other_levers() -> None:
    found = differences(main_effects(three_levers(), HOME), "lever", "choice")

    assert found == pytest.approx(
        {
            ("a", "a1"): 8.0 + (0.0 + 6.0 + 12.0) / 3.0 + 24.0 / 6.0,
            ("b", "b1"): 1.0 + 6.0 / 2.0,
            ("b", "b2"): 4.0 + 12.0 / 2.0 + 24.0 / 4.0,
            ("c", "c1"): 2.0 + 24.0 / 6.0,
        }
    )


def test_alone_is_beside_the_base_of_the_others() -> None:
    found = differences(alone(three_levers(), HOME), "lever", "choice")

    assert found == {("a", "a1"): 8.0, ("b", "b1"): 1.0, ("b", "b2"): 4.0, ("c", "c1"): 2.0}


def test_interactions_are_what_two_do_beyond_their_sum() -> None:
    found = differences(interactions(three_levers(), HOME), "lever", "with")

    assert found == pytest.approx(
        {
            ("a: a1", "b: b1"): 6.0,
            ("a: a1", "b: b2"): 12.0 + 24.0 / 2.0,
            ("a: a1", "c: c1"): 24.0 / 3.0,
            ("b: b1", "c: c1"): 0.0,
            ("b: b2", "c: c1"): 24.0 / 2.0,
        }
    )


def test_luck_that_all_cells_share_leaves_no_interval() -> None:
    frame = interactions(three_levers(), HOME)

    assert frame["low"].tolist() == pytest.approx(frame["difference"].tolist())
    assert set(frame["seeds"]) == {4}
    assert frame.set_index(["lever", "with"]).loc[("a: a1", "b: b1"), "clear"]


def test_what_works_only_together_does_nothing_alone() -> None:
    given = two_levers([50.0, 60.0, 70.0], [51.0, 60.0, 69.0], [49.0, 60.0, 71.0], [60.0, 71.0, 79.0])

    first, both = row(alone(given, HOME), lever="a"), interactions(given, HOME).iloc[0]

    assert first["difference"] == pytest.approx(0.0)
    assert not first["clear"]
    assert both["difference"] == pytest.approx(10.0)
    assert both["clear"]


def test_an_interval_of_an_interaction_by_hand() -> None:
    """Both less each alone, seed by seed: 1, 3 and 5."""
    given = two_levers([0, 100, 200], [2, 102, 202], [3, 103, 203], [6, 108, 210])

    found = interactions(given, HOME).iloc[0]

    assert found["difference"] == 3.0
    assert found["low"] == pytest.approx(3.0 - 4.30265 * 2.0 / math.sqrt(3.0), rel=1e-5)
    assert not found["clear"]
    assert found["unit"] == "persons"


def test_intervals_hold_what_was_put_in_about_as_often_as_they_say() -> None:
    held = []
    for seed in range(100):
        own = np.random.default_rng(seed).normal(0.0, 3.0, (12, 4))
        found = interactions(three_levers(own), HOME).iloc[0]
        held.append(found["low"] <= 6.0 <= found["high"])

    # 100 trials at 95 %: fewer than 88, or all, come in 1 of 100 by luck
    assert 88 <= sum(held) < 100


def test_a_seed_that_lacks_one_cell_of_a_mean_is_left_out_of_it() -> None:
    given = two_levers([0, 0, 0], [1, 1, 1], [2, 2, 90], [3, 3, math.nan])

    assert row(main_effects(given, HOME), lever="a")["difference"] == 2.0
    assert row(main_effects(given, HOME), lever="a")["seeds"] == 2
    assert row(alone(given, HOME), lever="a")["seeds"] == 3
    assert interactions(given, HOME).iloc[0]["seeds"] == 2


def test_a_single_lever_has_no_interactions() -> None:
    given = Written({HOME: np.array([[[1.0, 2.0]], [[4.0, 5.0]]])}).results()

    assert interactions(given, HOME).empty
    assert row(main_effects(given, HOME), lever="a")["difference"] == 3.0


def test_what_is_no_full_grid_of_one_scenario_is_none() -> None:
    given = three_levers()
    study = given.study

    listed = dataclasses.replace(study, policies=dataclasses.replace(study.policies, kind=Kind.LIST))
    several = dataclasses.replace(study, scenarios=study.scenarios * 2)

    assert is_grid(given)
    assert not is_grid(dataclasses.replace(given, study=listed))
    assert not is_grid(dataclasses.replace(given, study=several))
    assert not is_grid(dataclasses.replace(given, policies=given.policies.iloc[:-1]))


def test_all_together_against_the_sum_of_each_needs_each_tried_alone() -> None:
    """Base, each of two levers alone, both: 1 and 2 apart, by seed 4 and 6 together."""
    given = two_levers([0, 50], [1, 51], [2, 52], [4, 56])
    one = dataclasses.replace(given.study.policies, kind=Kind.ONE_AT_A_TIME)
    tried = dataclasses.replace(given, study=dataclasses.replace(given.study, policies=one))

    found = together(tried, HOME).iloc[0]

    assert (found["sum_of_each"], found["together"], found["difference"]) == (3.0, 5.0, 2.0)
    assert found["seeds"] == 2
    lacking = dataclasses.replace(tried, policies=tried.policies.drop(index=2))
    assert together(lacking, HOME).empty
    assert together(given, HOME).empty
