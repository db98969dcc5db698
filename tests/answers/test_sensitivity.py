"""On which factors an outcome depends: what is measured, what is said of it, and what is refused."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from ensembles import METRIC, ranges, results_of, study_of, without

from hfabm.answers.ensemble import Incomplete, Lacking
from hfabm.answers.indices import pawn_indices, ranks
from hfabm.answers.noise import noise_of
from hfabm.answers.sensitivity import Method, sensitivity
from hfabm.experiments.designs import chosen
from hfabm.experiments.job import Status
from hfabm.experiments.results import Results
from hfabm.experiments.study import Design, Factor, Kind, Study
from hfabm.language import Language
from hfabm.results.manifest import DamagedResults

HYPERCUBE = Design(Kind.LATIN_HYPERCUBE, 200)
SOBOL, MORRIS = Design(Kind.SOBOL, 64), Design(Kind.MORRIS, 10)
every_design = pytest.mark.parametrize("design", [SOBOL, MORRIS, HYPERCUBE], ids=lambda one: one.kind)


def slope(policy: int, at: Mapping[str, float], luck: np.random.Generator) -> float:
    """Homelessness hangs on x1, and what a reform does to it on x2."""
    return 10.0 * at["x1"] + policy * 10.0 * at["x2"] + at.get("x3", 0.0)


def noisy(policy: int, at: Mapping[str, float], luck: np.random.Generator) -> float:
    """As much variance from x1 as from luck."""
    return 12.0**0.5 * at["x1"] + luck.normal()


@every_design
def test_the_outcome_is_of_the_base_and_the_effect_of_the_policy(design: Design) -> None:
    results = results_of(study_of(ranges(3), design, seeds=2), slope)

    base, effect = sensitivity(results, METRIC), sensitivity(results, METRIC, 1)

    assert base.frame["factor"][0] == "x1" and base.frame["rank"][0] == "1"
    assert effect.frame["factor"][0] == "x2" and effect.frame["rank"][0] == "1"
    assert base.subject[Language.EN] == "long-term homelessness of base"
    assert effect.subject[Language.EN] == "effect of reform 1 on long-term homelessness"


@every_design
def test_the_same_runs_say_the_same(design: Design) -> None:
    results = results_of(study_of(ranges(3), design, seeds=2), noisy)

    first, again = sensitivity(results, METRIC), sensitivity(results, METRIC)

    assert json.dumps(first.as_json()) == json.dumps(again.as_json())


def test_sobol_of_a_sum_is_known() -> None:
    results = results_of(study_of(ranges(3), Design(Kind.SOBOL, 256)), slope)

    frame = sensitivity(results, METRIC).frame.set_index("factor").sort_index()

    exact = pd.Series({"x1": 100.0 / 101.0, "x2": 0.0, "x3": 1.0 / 101.0})
    for measure in ("S1", "ST"):
        assert frame[measure].to_dict() == pytest.approx(exact.to_dict(), abs=0.03)
        assert (frame[f"{measure}_low"] <= exact).all() and (exact <= frame[f"{measure}_high"]).all()


def test_morris_of_a_sum_is_its_slopes() -> None:
    results = results_of(study_of(ranges(3), MORRIS), slope)

    frame = sensitivity(results, METRIC).frame.set_index("factor")

    assert frame["mu_star"].to_dict() == pytest.approx({"x1": 10.0, "x2": 0.0, "x3": 1.0})
    assert frame["sigma"].to_dict() == pytest.approx({"x1": 0.0, "x2": 0.0, "x3": 0.0}, abs=1e-9)
    assert frame["rank"].to_dict() == {"x1": "1", "x2": "3", "x3": "2"}


def test_morris_says_which_way_an_outcome_goes() -> None:
    results = results_of(study_of(ranges(2), MORRIS), lambda policy, at, luck: at["x1"] - 2.0 * at["x2"])

    found = sensitivity(results, METRIC)

    assert found.frame.set_index("factor")["mu"].to_dict() == pytest.approx({"x1": 1.0, "x2": -2.0})
    assert "1. x2: moved over its range it moves this by 2 (2 to 2) persons, down." in found.told()


@every_design
def test_choices_are_factors_as_well_as_ranges(design: Design) -> None:
    """The last of three choices alone moves the outcome: in quantiles of few values it would go unseen."""
    three = Factor("x2", key=("valuation", "x2"), choices=tuple(Factor("").of(value) for value in (0, 20, 50)))
    results = results_of(study_of([*ranges(1), three], design), lambda policy, at, luck: at["x2"] == 50)

    found = sensitivity(results, METRIC)

    assert found.frame["factor"].tolist() == ["x2", "x1"] and found.frame["clear"].tolist() == [True, False]


def test_pawn_is_that_of_salib() -> None:
    from SALib.analyze.pawn import analyze

    rng = np.random.default_rng(1)
    values = pd.DataFrame(rng.random((1000, 3)), columns=["a", "b", "c"])
    outcome = (values["a"] ** 2 + 0.5 * values["b"]).to_numpy()
    theirs = analyze({"num_vars": 3, "names": ["a", "b", "c"]}, values.to_numpy(), outcome, S=10, seed=1)

    ours = pawn_indices(values, outcome)

    assert ours["pawn"].to_list() == pytest.approx(theirs["mean"], abs=0.01)


def test_pawn_orders_factors_and_names_what_could_be_luck() -> None:
    results = results_of(study_of(ranges(6), HYPERCUBE), lambda policy, at, luck: 2.0 * at["x1"] + at["x2"])

    found = sensitivity(results, METRIC)

    assert found.frame["factor"].tolist()[:2] == ["x1", "x2"]
    assert found.frame["clear"].tolist() == [True, True, False, False, False, False]
    assert "4 of 6 factors cannot be told from factors that do nothing." in found.told()


def test_ranks_are_ranges_where_intervals_overlap() -> None:
    low, high = [0.5, 0.3, 0.25, 0.0, 0.3], [0.6, 0.4, 0.35, 0.1, 0.9]

    assert ranks(low, high) == ["1-2", "2-4", "2-4", "5", "1-4"]


def test_the_share_of_luck_is_the_known_one() -> None:
    results = results_of(study_of(ranges(1), Design(Kind.LATIN_HYPERCUBE, 1000), seeds=4), noisy)

    noise = sensitivity(results, METRIC).noise

    assert noise.share == pytest.approx(0.5, abs=0.02)
    assert noise.left == pytest.approx(0.25 / 1.25, abs=0.02)
    assert noise.deviation_left == pytest.approx(0.5, abs=0.02)


def test_luck_that_all_points_share_blurs_nothing() -> None:
    outcomes = np.linspace(0.0, 1.0, 50)[:, None] + np.array([[-5.0, 0.0, 5.0]])

    noise = noise_of(outcomes)

    assert noise.share > 0.95 and noise.left == pytest.approx(0.0, abs=1e-9)


def test_much_luck_is_warned_of_and_little_is_not() -> None:
    many, few = (sensitivity(results_of(study_of(ranges(2), SOBOL, seeds), noisy), METRIC) for seeds in (30, 2))

    assert many.noise.left < 0.1 < few.noise.left
    assert not any("Warning" in line for line in many.told())
    assert any(line.startswith("Warning: that is more than 10%. S1 is too low") for line in few.told())


def test_with_one_seed_luck_is_not_known() -> None:
    found = sensitivity(results_of(study_of(ranges(2), SOBOL), noisy), METRIC)

    assert np.isnan(found.noise.share) and found.as_json()["noise_left"] is None
    assert found.told()[-1].startswith("One seed at each point: how much of this is luck is not known.")


@every_design
def test_an_outcome_that_is_the_same_everywhere_depends_on_nothing(design: Design) -> None:
    found = sensitivity(results_of(study_of(ranges(3), design, seeds=2), lambda policy, at, luck: 7.0), METRIC)

    assert found.frame["rank"].tolist() == ["1-3"] * 3
    assert found.deviation == 0.0 and found.told()[-1].startswith("It is the same at every point")


@every_design
def test_an_incomplete_set_of_runs_is_refused_and_told(design: Design) -> None:
    results = results_of(study_of(ranges(2), design, seeds=2), slope)
    lacking = without(without(without(results, 1, 3, 2), 0, 5, 1, Status.FAILED), 0, 0, 1)

    with pytest.raises(Incomplete) as refused:
        sensitivity(lacking, METRIC, 1)

    assert refused.value.missing == (Lacking(0, 5, 1, "failed"), Lacking(1, 3, 2, "not made"))
    message = str(refused.value)
    assert "policy 0, future 5, seed 1: failed" in message and "policy 1, future 3, seed 2: not made" in message
    assert "--resume" in message and "hfabm failed DIR" in message


def test_a_run_without_a_value_is_named_and_not_dropped() -> None:
    results = results_of(study_of(ranges(2), SOBOL), slope)
    results.runs.loc[(results.runs["policy"] == 0) & (results.runs["future"] > 9), METRIC] = np.nan

    with pytest.raises(Incomplete, match="there was nobody it is said of") as refused:
        sensitivity(results, METRIC)

    assert refused.value.missing[0] == Lacking(0, 10, 1, "no value")
    assert len(refused.value.missing) == 64 * 4 - 9 and "and 242 more" in str(refused.value)


@pytest.mark.parametrize("kind", [Kind.GRID, Kind.LIST])
def test_tables_of_futures_are_analysed_by_their_values(kind: Kind) -> None:
    factors = [
        Factor(name, key=("valuation", name), choices=tuple(Factor("").of(one) for one in range(count)))
        for name, count in (("x1", 3), ("x2", 8), ("x3", 2))
    ]
    rows = tuple(chosen(factors, Design(Kind.GRID))) if kind is Kind.LIST else ()

    found = sensitivity(results_of(study_of(factors, Design(kind, rows=rows)), slope), METRIC)

    assert found.method is Method.PAWN and found.points == 48
    assert found.frame["factor"][0] == "x1" and found.frame["rank"][0] == "1"


def test_points_that_are_not_those_of_the_design_are_refused() -> None:
    results = results_of(study_of(ranges(2), SOBOL), slope)
    results.futures.loc[7, "x2"] += 0.01

    with pytest.raises(DamagedResults, match="x2: the stored values are not those of the design"):
        sensitivity(results, METRIC)


def test_where_levers_are_sampled_the_points_are_policies() -> None:
    results = over_levers(study_of_levers(Design(Kind.SOBOL, 32)))

    found = sensitivity(results, METRIC)

    assert found.method is Method.SOBOL and found.points == 32 * 4
    assert found.frame["factor"][0] == "x2"
    with pytest.raises(ValueError, match="leave the policy out"):
        sensitivity(results, METRIC, 1)


def study_of_levers(design: Design) -> Study:
    return Study("Levers", "?", (Path("odense_ahead"),), levers=ranges(2), policies=design, metrics={METRIC: "lower"})


def over_levers(study: Study) -> Results:
    rows = [[choice.value for choice in choices] for choices in chosen(study.levers, study.policies)]
    policies = pd.DataFrame([[np.nan] * 2, *rows], columns=["x1", "x2"]).astype(float).rename_axis("policy")
    policies.insert(0, "label", [f"policy {number}" for number in policies.index])
    futures = pd.DataFrame([("as it is", False)], columns=["label", "sampled"]).rename_axis("future")
    runs = pd.DataFrame({"policy": policies.index, "future": 0, "seed": 1, "status": "done"})
    runs[METRIC] = (policies["x1"] + 5.0 * policies["x2"]).fillna(0.0).to_numpy()
    nothing = pd.DataFrame(columns=["policy", "future", "seed", "status"])
    return Results(study, policies, futures, runs, pd.DataFrame(), pd.DataFrame(), nothing)


@pytest.mark.parametrize(
    ("kind", "said"), [(Kind.NONE, "has none and none"), (Kind.ONE_AT_A_TIME, "has one_at_a_time and none")]
)
def test_designs_that_tell_nothing_are_refused(kind: Kind, said: str) -> None:
    results = results_of(study_of(ranges(2), HYPERCUBE), slope)
    other = dataclasses.replace(results, study=dataclasses.replace(results.study, futures=Design(kind)))

    with pytest.raises(ValueError, match=said):
        sensitivity(other, METRIC)


@pytest.mark.parametrize(
    ("design", "said"),
    [(Design(Kind.MORRIS, 1), "two trajectories"), (Design(Kind.LATIN_HYPERCUBE, 29), "29 points are too few")],
)
def test_too_few_points_are_refused(design: Design, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sensitivity(results_of(study_of(ranges(3), design), slope), METRIC)


def test_there_must_be_such_a_policy_and_such_an_outcome() -> None:
    results = results_of(study_of(ranges(3), HYPERCUBE), slope)

    with pytest.raises(ValueError, match="there is no policy 2"):
        sensitivity(results, METRIC, 2)
    with pytest.raises(ValueError, match="no outcome 'happiness'"):
        sensitivity(results, "happiness")
