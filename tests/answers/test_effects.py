"""What every policy does, worked out by hand: paired by seed and future, on complete seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from written import COST, HOME, HOMELESS, Written, of_effects, row

from hfabm.answers.effects import effects, effects_over_futures
from hfabm.experiments.study import Design, Kind

HYPERCUBE = Design(Kind.LATIN_HYPERCUBE, 5)
NONE = math.nan


def test_an_effect_by_hand() -> None:
    given = Written({HOME: of_effects([100, 110, 90, 104], [3, 1, 5, 1])}).results()

    found = row(effects(given), policy=1)

    # mean 2.5, standard deviation sqrt(11 / 3), t of 3 degrees of freedom 3.18245
    half = 3.18245 * math.sqrt(11.0 / 3.0) / 2.0
    assert found["base"] == 101.0
    assert found["mean"] == 103.5
    assert found["difference"] == 2.5
    assert found["low"] == pytest.approx(2.5 - half, rel=1e-5)
    assert found["high"] == pytest.approx(2.5 + half, rel=1e-5)
    assert not found["clear"]
    assert (found["improves"], found["seeds"]) == (1.0, 4)
    assert (found["unit"], found["better"]) == ("persons", "higher")


def test_luck_that_both_sides_share_does_not_hide_an_effect() -> None:
    luck = np.random.default_rng(1).normal(0.0, 100.0, 10)
    own = np.random.default_rng(2).normal(1.0, 0.5, 10)

    found = row(effects(Written({HOME: of_effects(luck, own)}).results()), policy=1)

    assert found["clear"]
    assert found["high"] - found["low"] < 1.0


def test_intervals_hold_the_true_effect_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    luck, own = rng.normal(100.0, 20.0, 8), rng.normal(3.0, 2.0, (400, 8))

    found = effects(Written({HOME: of_effects(luck, *own)}).results())

    held = ((found["low"] <= 3.0) & (found["high"] >= 3.0)).sum()
    # 400 policies at 95 %: 361 or fewer, or 396 or more, come in 1 of 500 by luck
    assert len(found) == 400
    assert 361 < held < 396


@pytest.mark.parametrize(("metric", "share"), [(HOME, 0.5), (HOMELESS, 0.25)])
def test_what_improves_is_told_in_the_direction_of_better_and_nothing_is_no_improvement(
    metric: str, share: float
) -> None:
    given = Written({metric: of_effects([10, 10, 10, 10], [2, 1, 0, -1])}).results()

    assert row(effects(given), policy=1)["improves"] == share


def test_only_seeds_that_both_sides_have_are_used_for_all_numbers() -> None:
    panel = of_effects([10, 20, 30, 1000], [1, 2, 3, 4], [1, 1, 1, 1])
    panel[1, 0, 0] = NONE
    panel[0, 0, 3] = NONE

    found = effects(Written({HOME: panel}).results())

    first, second = row(found, policy=1), row(found, policy=2)
    assert (first["seeds"], first["base"], first["mean"], first["difference"]) == (2, 25.0, 27.5, 2.5)
    assert (second["seeds"], second["base"], second["difference"]) == (3, 20.0, 1.0)


def test_a_policy_without_any_run_is_told_as_unknown() -> None:
    panel = of_effects([10, 20], [1, 1], [NONE, NONE])

    found = row(effects(Written({HOME: panel}).results()), policy=2)

    assert found["seeds"] == 0
    assert math.isnan(found["difference"])
    assert math.isnan(found["improves"])
    assert not found["clear"]


def test_a_policy_without_any_run_in_the_sample_is_told_as_unknown() -> None:
    panel = np.full((3, 4, 2), 10.0)
    panel[1] += 1.0
    panel[2] = NONE

    found = effects(Written({HOME: panel}, futures=HYPERCUBE).results())

    assert math.isnan(row(found, policy=2)["future_low"])
    assert row(found, policy=1)["future_low"] == 1.0


def test_without_the_base_nothing_is_known() -> None:
    panel = np.full((2, 4, 2), 10.0)
    panel[0] = NONE

    found = row(effects(Written({HOME: panel}, futures=HYPERCUBE).results()), policy=1)

    assert found["seeds"] == 0
    assert math.isnan(found["difference"])
    assert math.isnan(found["future_high"])


def test_percentiles_over_futures_are_of_means_over_seeds() -> None:
    panel = np.zeros((2, 6, 2))
    panel[1, 1:, 0] = [0.0, 10.0, 20.0, 30.0, 40.0]
    panel[1, 1:, 1] = [20.0, 30.0, 40.0, 50.0, 60.0]
    panel[1, 0] = 1000.0

    found = row(effects(Written({HOME: panel}, futures=HYPERCUBE).results()), policy=1)

    # means over seeds are 10 to 50; the 5th percentile of five lies a fifth of a step above the lowest
    assert found["difference"] == 1000.0
    assert found["future_low"] == pytest.approx(12.0)
    assert found["future_high"] == pytest.approx(48.0)


def test_one_future_has_no_percentiles() -> None:
    found = row(effects(Written({HOME: of_effects([1, 2], [1, 1])}).results()), policy=1)

    assert math.isnan(found["future_low"])
    assert math.isnan(found["future_high"])


def test_over_futures_a_seed_that_lacks_one_is_left_out() -> None:
    panel = np.zeros((2, 3, 3))
    panel[1, 1:] = [[2.0, 4.0, 100.0], [6.0, 8.0, 100.0]]
    panel[1, 2, 2] = NONE

    given = Written({HOME: panel}, futures=HYPERCUBE).results()
    over, at_defaults = row(effects_over_futures(given), policy=1), row(effects(given), policy=1)

    assert (over["difference"], over["seeds"]) == (5.0, 2)
    assert (at_defaults["difference"], at_defaults["seeds"]) == (0.0, 3)


def test_where_there_are_no_defaults_effects_are_over_all_futures() -> None:
    panel = np.zeros((2, 3, 2))
    panel[1] = [[1.0, 1.0], [2.0, 2.0], [6.0, 6.0]]

    given = Written({HOME: panel}, futures=Design(Kind.LIST), alone=True).results()

    assert row(effects(given), policy=1)["difference"] == 3.0
    assert row(effects_over_futures(given), policy=1)["difference"] == 3.0


def test_every_policy_but_the_base_and_every_outcome_asked_for_has_a_row() -> None:
    panel = of_effects([1, 2], [1, 1], [2, 2])
    given = Written({HOME: panel, COST: panel, HOMELESS: panel}).results()

    every, asked = effects(given), effects(given, [COST])

    assert sorted(zip(every["policy"], every["metric"], strict=True)) == [
        (policy, metric) for policy in (1, 2) for metric in (HOME, HOMELESS, COST)
    ]
    assert list(asked["metric"]) == [COST, COST]


def test_an_unknown_outcome_is_refused() -> None:
    given = Written({HOME: of_effects([1, 2], [1, 1])}).results()

    with pytest.raises(ValueError, match="no outcome 'nonsense'"):
        effects(given, ["nonsense"])
