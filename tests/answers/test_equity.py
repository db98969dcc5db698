"""Who gains and who is left behind, worked out by hand from a few groups."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from numpy.typing import ArrayLike
from written import HOME, WHICH, Written, row

from hfabm.answers.equity import equity, left_behind
from hfabm.experiments.results import Results

Group = tuple[str, str, str, str]
"""Municipality, age, sex and need."""
LOW: Group = ("Odense", "30-59", "man", "low")
COMPLEX: Group = ("Odense", "30-59", "woman", "complex")
YOUNG: Group = ("Nyborg", "18-24", "woman", "complex")


def grouped(
    base: Mapping[Group, float], added: Mapping[Group, ArrayLike], measure: str = "home_years", luck: float = 0.0
) -> Results:
    """A base, and a policy that adds to each group something by seed; luck is shared by both."""
    seeds = len(np.atleast_1d(np.asarray(next(iter(added.values())))))
    rows = []
    for group, start in base.items():
        for policy in (0, 1):
            for seed, more in enumerate(np.atleast_1d(np.asarray(added[group], float))):
                value = start + luck * (seed - (seeds - 1) / 2.0) + policy * more
                measures = {"home_years": 1.0, "homeless_years": 1.0, "long_term_years": 1.0, measure: value}
                rows.append((policy, 0, seed + 1, *group, *measures.values()))
    columns = [*WHICH, "municipality", "age", "sex", "need", "home_years", "homeless_years", "long_term_years"]
    frame = pd.DataFrame(rows, columns=columns).dropna()
    return dataclasses.replace(Written({HOME: np.zeros((2, 1, seeds))}).results(), groups=frame)


def test_a_group_by_hand() -> None:
    given = grouped({LOW: 60.0, COMPLEX: 40.0}, {LOW: [5, 6, 7], COMPLEX: [2, 2, 2]}, luck=10.0)

    found = row(equity(given), by="need", group="low", measure="home_years")

    assert (found["base"], found["difference"]) == (60.0, 6.0)
    assert found["low"] == pytest.approx(6.0 - 4.30265 / math.sqrt(3.0), rel=1e-5)
    assert found["high"] == pytest.approx(6.0 + 4.30265 / math.sqrt(3.0), rel=1e-5)
    assert found["relative"] == pytest.approx(0.1)
    assert found["share_of_base"] == pytest.approx(0.6)
    assert found["share_of_change"] == pytest.approx(0.75)
    assert (found["policy"], found["better"]) == (1, "higher")


def test_groups_are_told_apart_one_way_and_by_need_and_age() -> None:
    effects = {LOW: [8, 8], COMPLEX: [4, 4], YOUNG: [1, 1]}
    found = equity(grouped({LOW: 10.0, COMPLEX: 10.0, YOUNG: 10.0}, effects))

    told = found[found["measure"] == "home_years"].set_index(["by", "group"])["difference"].to_dict()

    assert told == {
        ("need", "low"): 8.0, ("need", "complex"): 5.0,
        ("age", "30-59"): 12.0, ("age", "18-24"): 1.0,
        ("sex", "man"): 8.0, ("sex", "woman"): 5.0,
        ("municipality", "Odense"): 12.0, ("municipality", "Nyborg"): 1.0,
        ("need x age", "low, 30-59"): 8.0, ("need x age", "complex, 30-59"): 4.0, ("need x age", "complex, 18-24"): 1.0,
    }  # fmt: skip


def test_shares_add_up_over_the_groups() -> None:
    found = equity(grouped({LOW: 10.0, COMPLEX: 30.0, YOUNG: 10.0}, {LOW: [8, 9], COMPLEX: [4, 4], YOUNG: [1, 1]}))

    shares = found[found["measure"] == "home_years"].groupby("by")[["share_of_base", "share_of_change"]].sum()

    assert shares.to_numpy().ravel().tolist() == pytest.approx([1.0] * 10)


@pytest.mark.parametrize(
    ("gains", "behind"),
    [
        ([4.0, 4.1, 3.9], False),  # 16 in all, of which 8 by size: 4 is half as much, and no less
        ([3.0, 3.1, 2.9], True),
        ([-1.0, -1.1, -0.9], True),
        ([12.0, 12.1, 11.9], False),
        ([-9.0, 3.0, 9.0], False),  # less than its share on the mean, and not clearly
    ],
)
def test_a_group_is_left_behind_if_clearly_helped_less_than_half_as_much_for_its_size(
    gains: list[float], behind: bool
) -> None:
    given = grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [12.0] * 3, COMPLEX: gains})

    found = equity(given)

    assert row(found, by="need", group="complex", measure="home_years")["left_behind"] == behind
    assert not row(found, by="need", group="low", measure="home_years")["left_behind"]


def test_the_size_of_a_group_counts() -> None:
    """Both gain two, of which the large group would have got nine in ten by its size."""
    found = equity(grouped({LOW: 90.0, COMPLEX: 10.0}, {LOW: [2.0, 2.0], COMPLEX: [2.0, 2.0]}))

    large, small = (row(found, by="need", group=need, measure="home_years") for need in ("low", "complex"))

    # half of its part of four is 1.8: two is just enough
    assert not large["left_behind"]
    assert not small["left_behind"]
    larger = equity(grouped({LOW: 90.0, COMPLEX: 10.0}, {LOW: [1.5, 1.5], COMPLEX: [2.5, 2.5]}))
    assert row(larger, by="need", group="low", measure="home_years")["left_behind"]


@pytest.mark.parametrize("measure", ["homeless_years", "long_term_years"])
def test_where_less_is_better_a_group_whose_years_do_not_fall_is_left_behind(measure: str) -> None:
    found = equity(grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [-9, -9, -9], COMPLEX: [0, 0, 0]}, measure))

    behind = found[found["left_behind"] & (found["by"] == "need")]

    assert list(zip(behind["group"], behind["measure"], strict=True)) == [("complex", measure)]
    assert set(behind["better"]) == {"lower"}


def test_where_all_together_do_not_clearly_gain_nobody_is_left_behind() -> None:
    found = equity(grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [-30, 10, 30], COMPLEX: [-1, -1, -1]}))

    assert not found["left_behind"].any()
    assert row(found, by="need", group="complex", measure="home_years").isna()["share_of_change"]


def test_where_all_together_lose_nobody_is_left_behind() -> None:
    found = equity(grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [-1, -1, -1], COMPLEX: [-9, -9, -9]}))

    assert not found["left_behind"].any()


def test_a_seed_that_lacks_the_policy_is_left_out() -> None:
    found = equity(grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [4, 6, math.nan], COMPLEX: [1, 1, math.nan]}))

    assert row(found, by="need", group="low", measure="home_years")["difference"] == 5.0


def test_one_seed_leaves_nobody_behind() -> None:
    found = equity(grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [9], COMPLEX: [0]}))

    assert row(found, by="need", group="low", measure="home_years")["difference"] == 9.0
    assert not found["left_behind"].any()


def test_those_left_behind_are_named_once_for_each_policy() -> None:
    found = equity(grouped({LOW: 50.0, COMPLEX: 50.0}, {LOW: [9, 9], COMPLEX: [0, 0]}))

    assert left_behind(found) == ["a1: need complex, sex woman"]
    assert left_behind(found[found["group"] == "low"]) == []


def test_without_groups_there_is_nothing_to_tell() -> None:
    found = equity(Written({HOME: np.zeros((2, 1, 2))}).results())

    assert found.empty
    assert left_behind(found) == []
