"""Answers with known effects: every table finds what was put in."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from tables import results, without

from hfabm.answers.break_even import NEVER, break_even, cumulative
from hfabm.answers.effects import effects, effects_over_futures
from hfabm.answers.equity import equity, left_behind
from hfabm.answers.frontier import budget_frontier, plane
from hfabm.answers.grid import alone, interactions, is_grid, main_effects, together
from hfabm.answers.paired import levers_moved, mean_of
from hfabm.answers.robustness import robustness
from hfabm.answers.target import in_words, smallest
from hfabm.experiments.study import Kind, Limit

HOME, COST = "home_years_per_year", "public_cost_per_year"


def added(a: int, b: int, x: float) -> dict[str, float]:
    """Homes add 10 person-years for 2 m, support 4 for nothing; together 3 more."""
    return {HOME: 10.0 * a + 4.0 * b + 3.0 * a * b, COST: 2e6 * a, "homeless_mean": -5.0 * a}


def row(frame: pd.DataFrame, **told: object) -> pd.Series:
    for name, value in told.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_luck_that_all_share_leaves_no_interval() -> None:
    found = row(effects(results(added)), label="homes 1", metric=HOME)

    assert found["difference"] == pytest.approx(10.0)
    assert found["low"] == pytest.approx(10.0)
    assert found["clear"]
    assert found["improves"] == 1.0
    assert found["mean"] - found["base"] == pytest.approx(10.0)


def test_an_interval_holds_the_true_effect_about_as_often_as_it_says() -> None:
    held = []
    for k in range(400):
        differences = np.random.default_rng(k).normal(3.0, 2.0, 8)
        held.append(mean_of(differences).low <= 3.0 <= mean_of(differences).high)

    # 400 trials at 95 %: 361 or fewer, or 396 or more, come in 1 of 500 by luck
    assert 361 < sum(held) < 396


def test_seeds_that_are_not_made_are_left_out_and_counted() -> None:
    found = row(effects(without(results(added), policy=2, seed=3)), label="homes 1", metric=HOME)

    assert found["seeds"] == 5
    assert found["difference"] == pytest.approx(10.0)


def test_one_seed_has_no_interval() -> None:
    found = row(effects(results(added, seeds=1)), label="homes 1", metric=HOME)

    assert found["difference"] == pytest.approx(10.0)
    assert math.isnan(found["low"])
    assert not found["clear"]


def test_effects_over_futures_are_apart_from_those_at_the_defaults() -> None:
    def grows(a: int, b: int, x: float) -> dict[str, float]:
        return {HOME: 10.0 * a * x}

    given = results(grows, futures=10)

    at_defaults = row(effects(given), label="homes 1", metric=HOME)
    over = row(effects_over_futures(given), label="homes 1", metric=HOME)

    assert at_defaults["difference"] == pytest.approx(5.0)
    drawn = 10.0 * given.futures["x"].dropna()
    assert at_defaults["future_low"] == pytest.approx(drawn.quantile(0.05))
    assert at_defaults["future_high"] == pytest.approx(drawn.quantile(0.95))
    assert over["difference"] == pytest.approx(drawn.mean())
    assert effects_over_futures(results(grows)).empty


def test_the_plane_knows_what_dominates() -> None:
    found = plane(results(added))

    assert row(found, label="support 1")["verdict"] == "dominant"
    homes = row(found, label="homes 1")
    assert homes["verdict"] == "more, and dearer"
    assert homes["ratio"] == pytest.approx(200_000.0)
    assert homes["more_dearer"] == 1.0
    assert homes["worth_at_250000"] == 1.0
    assert homes["worth_at_100000"] == 0.0


def test_the_frontier_leaves_out_what_two_others_beat() -> None:
    def concave(a: int, b: int, x: float) -> dict[str, float]:
        return {HOME: (0.0, 1.0, 10.0)[a], COST: (0.0, 1e6, 2e6)[a]}

    found = plane(results(concave, choices=(3, 1)))

    assert list(found["on_frontier"]) == [True, False, True]
    assert found["step_cost"].iloc[2] == pytest.approx(200_000.0)


def test_a_budget_buys_the_best_it_affords() -> None:
    found = budget_frontier(results(added, budget=Limit(COST, 1e6)))

    best = found[found["best"]]
    assert list(best["label"]) == ["support 1", "homes 1, support 1"]
    assert list(best["kind"]) == ["reform", "mix"]
    assert list(found[found["affordable"]]["label"]) == ["support 1", "base"]


def test_regret_is_what_the_best_of_that_future_would_have_done_better() -> None:
    def crossing(a: int, b: int, x: float) -> dict[str, float]:
        return {HOME: (0.0, 10.0 * x, 10.0 * (1.0 - x))[a]}

    given = results(crossing, choices=(3, 1), futures=10)

    found = robustness(given, HOME, "higher").set_index("policy")

    assert found.loc[1, "regret_most"] == pytest.approx(10.0 - 20.0 * given.futures["x"].min())
    assert found.loc[1, "best"] == pytest.approx(0.5)
    assert found.loc[2, "best"] == pytest.approx(0.5)
    assert found.loc[0, "best"] == 0.0
    assert found.loc[0, "beats_base"] == 0.0
    assert found.loc[1, "beats_base"] == 1.0


def test_robustness_needs_futures() -> None:
    with pytest.raises(ValueError, match="fewer than two sampled futures"):
        robustness(results(added), HOME, "higher")


def test_money_comes_back_in_the_year_it_does() -> None:
    given = results(added)

    table, course = break_even(given, 2027), cumulative(given, 2027)

    # 2 m more in 2027 and 2028, 4 m less in 2029 and 2030
    assert row(table, label="homes 1", payer="public")["year"] == 2029
    assert row(table, label="homes 1", payer="public")["reading"] == "in 2029"
    sums = course[(course["label"] == "homes 1") & (course["payer"] == "public")]["cost"]
    assert list(sums) == pytest.approx([2e6, 4e6, 0.0, -4e6])
    later = break_even(given, 2027)
    assert row(later, label="support 1", payer="state")["reading"] == "from the start"


def test_what_never_pays_back_is_said_so() -> None:
    def dearer(a: int, b: int, x: float) -> dict[str, float]:
        return {COST: -1e6 * a}

    found = row(break_even(results(dearer), 2027), label="homes 1", payer="public")

    assert found["reading"] == NEVER
    assert math.isnan(found["year"])
    assert found["seeds_even"] == 0.0


def test_a_group_that_gains_nothing_is_left_behind() -> None:
    found = equity(results(added))

    complex_ = row(found, label="homes 1", by="need", group="complex", measure="home_years")
    low = row(found, label="homes 1", by="need", group="low", measure="home_years")
    assert complex_["left_behind"]
    assert not low["left_behind"]
    assert low["share_of_change"] == pytest.approx(0.5)
    assert left_behind(found)[0].startswith("support 1: need complex")


def test_the_smallest_package_that_reaches_the_target() -> None:
    found = smallest(results(added, target=Limit("homeless_mean", 147.5)))

    assert found.iloc[0]["label"] == "homes 1"
    assert found.iloc[0]["levers_moved"] == 1
    assert "smallest package that reaches" in in_words(found)
    assert "homes 1" in in_words(found)


def test_a_target_that_the_base_reaches_needs_no_package() -> None:
    found = smallest(results(added, target=Limit("homeless_mean", 500.0)))

    assert in_words(found).startswith("The base reaches homelessness of at most 500 already")


def test_a_target_that_none_reaches_is_said_so() -> None:
    found = smallest(results(added, target=Limit("homeless_mean", 10.0)))

    assert in_words(found).startswith("No package of these reaches homelessness of at most 10; homes 1")


def test_a_grid_tells_effects_apart_and_what_they_do_together() -> None:
    given = results(added)

    main = row(main_effects(given, HOME), lever="homes")
    single = row(alone(given, HOME), lever="homes")
    both = interactions(given, HOME).iloc[0]

    assert is_grid(given)
    assert main["difference"] == pytest.approx(11.5)  # 10 alone, 13 beside support
    assert single["difference"] == pytest.approx(10.0)
    assert both["difference"] == pytest.approx(3.0)
    assert both["clear"]


def test_levers_moved_are_counted() -> None:
    assert list(levers_moved(results(added))) == [0, 1, 1, 2]


def test_all_together_against_the_sum_of_each() -> None:
    given = results(added)
    policies = dataclasses.replace(given.study.policies, kind=Kind.ONE_AT_A_TIME)

    found = together(dataclasses.replace(given, study=dataclasses.replace(given.study, policies=policies)), HOME)

    assert found["sum_of_each"][0] == pytest.approx(14.0)
    assert found["together"][0] == pytest.approx(17.0)
    assert found["difference"][0] == pytest.approx(3.0)
    assert together(given, HOME).empty


def test_what_gives_nothing_is_judged_by_its_cost() -> None:
    found = plane(results(lambda a, b, x: {COST: 1e6 * a - 1e6 * b}))

    assert row(found, label="homes 1")["verdict"] == "dominated"
    assert row(found, label="support 1")["verdict"] == "dominant"
    assert row(found, label="base")["verdict"] == ""
