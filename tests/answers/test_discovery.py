"""Conditions under which a policy fails: those that were planted, and none in noise."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest
from ensembles import METRIC, ranges, results_of, study_of, without

from hfabm.answers.criterion import NoBetter, OffTarget, OverBudget, criteria_of
from hfabm.answers.discovery import discover, discoveries
from hfabm.answers.ensemble import Incomplete
from hfabm.experiments.study import Design, Factor, Kind, Limit

HYPERCUBE = Design(Kind.LATIN_HYPERCUBE, 128)
NO_BETTER = NoBetter(METRIC, "lower")
COMMITMENT = Factor("commitment", unit="share", key=("municipality", "commitment"), low=0.4, high=0.9)
HOMES = Factor(
    "homes", unit="dwellings/year", key=("supply", "new_cheap"), choices=tuple(Factor("").of(n) for n in (0, 20, 50))
)


def helps_the_committed(policy: int, at: Mapping[str, float], luck: np.random.Generator) -> float:
    """Fails where commitment is low and there are no homes."""
    fails = at["commitment"] < 0.65 and at["homes"] < 50
    return 100.0 + policy * (1.0 if fails else -5.0) + luck.normal(0.0, 0.1)


def only_luck(policy: int, at: Mapping[str, float], luck: np.random.Generator) -> float:
    return 100.0 + luck.normal(-0.5 * policy, 1.0)


def test_planted_conditions_are_found_and_said_with_numbers_and_units() -> None:
    results = results_of(study_of([*ranges(4), COMMITMENT, HOMES], HYPERCUBE, seeds=2), helps_the_committed)

    found = discover(results, 1, NO_BETTER)

    assert found.box is not None and set(found.box.restrictions) == {"commitment", "homes"}
    assert found.box.density >= 0.95 and found.box.coverage >= 0.95
    told = "\n".join(found.told())
    assert "reform 1: no better than the base on long-term homelessness in 39 of 128 futures (30%)" in told
    assert "commitment < 0.649 and homes < 35 dwellings/year" in told
    assert found.tree is not None and found.tree.accuracy > 0.9 and found.rules[0].share > 0.95
    assert set(found.rules[0].conditions) == {"commitment", "homes"}


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_nothing_is_found_in_noise(seed: int) -> None:
    study = dataclasses.replace(study_of(ranges(20), HYPERCUBE), seed=seed * 100)

    found = discover(results_of(study, only_luck), 1, NO_BETTER)

    assert 5 < found.fails.sum() < 123
    assert found.box is None and found.rules == ()
    assert "No conditions were found" in "\n".join(found.told())
    assert "no better than guessing" in "\n".join(found.told())


@pytest.mark.parametrize(("effect", "said"), [(-1.0, "in none of 128"), (1.0, "in all of 128"), (0.0, "in all of 128")])
def test_where_it_fails_everywhere_or_nowhere_there_is_nothing_to_learn(effect: float, said: str) -> None:
    results = results_of(study_of(ranges(3), HYPERCUBE), lambda policy, at, luck: policy * effect)

    found = discover(results, 1, NO_BETTER)

    assert found.search is None and found.tree is None
    assert said in found.told()[0]


def test_few_failures_are_too_few_to_learn_from() -> None:
    results = results_of(study_of(ranges(3), HYPERCUBE), lambda policy, at, luck: policy * (at["x1"] - 0.97))

    found = discover(results, 1, NO_BETTER)

    assert found.search is None
    assert "in 4 of 128 futures (3%)" in found.told()[0] and "too few failures" in found.told()[1]


def test_few_futures_are_too_few_to_learn_from() -> None:
    design = Design(Kind.LATIN_HYPERCUBE, 16)
    results = results_of(study_of(ranges(3), design), lambda policy, at, luck: policy * (at["x1"] - 0.5))

    found = discover(results, 1, NO_BETTER)

    assert found.share == 0.5 and "16 futures are too few" in found.told()[1]


def test_effects_are_means_over_the_seeds() -> None:
    """One seed of two speaks for the policy, and the other more so against it."""
    results = results_of(study_of(ranges(1), Design(Kind.LATIN_HYPERCUBE, 1), seeds=2), lambda *_: 10.0)
    for seed, outcome in ((1, 9.0), (2, 13.0)):
        results.runs.loc[(results.runs["policy"] == 1) & (results.runs["seed"] == seed), METRIC] = outcome

    fails = NO_BETTER.fails(results, 1, [1])

    assert fails.tolist() == [True]


def test_a_study_may_ask_for_its_outcomes_its_budget_and_its_target() -> None:
    study = dataclasses.replace(study_of(ranges(1), HYPERCUBE), budget=Limit(METRIC, 0.25), target=Limit(METRIC, 10.8))
    results = results_of(study, lambda policy, at, luck: 10.0 + policy * at["x1"])

    asked = discoveries(results)

    assert [one.criterion for one in asked] == criteria_of(study)
    assert [type(one.criterion) for one in asked] == [NoBetter, OverBudget, OffTarget]
    assert [one.share for one in asked] == pytest.approx([1.0, 0.75, 0.2], abs=0.01)
    assert asked[2].box is not None and "x1 > 0.8" in asked[2].told()[1]


def test_a_higher_outcome_may_be_the_better_one() -> None:
    results = results_of(study_of(ranges(1), HYPERCUBE), lambda policy, at, luck: policy * (at["x1"] - 0.25))

    shares = [NoBetter(METRIC, better).fails(results, 1, range(1, 129)).mean() for better in ("higher", "lower")]

    assert shares == [0.25, 0.75]


def test_a_missing_run_is_refused() -> None:
    results = without(results_of(study_of(ranges(2), HYPERCUBE), only_luck), 1, 7, 1)

    with pytest.raises(Incomplete, match="policy 1, future 7, seed 1: not made"):
        discover(results, 1, NO_BETTER)


def test_a_study_without_uncertainties_has_no_conditions() -> None:
    results = results_of(study_of(ranges(2), HYPERCUBE), only_luck)
    alone = dataclasses.replace(results, study=dataclasses.replace(results.study, uncertainties=()))

    with pytest.raises(ValueError, match="varies no uncertainty"):
        discover(alone, 1, NO_BETTER)
