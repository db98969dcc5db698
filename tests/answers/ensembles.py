"""Results of studies whose outcomes are functions, without a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from hfabm.experiments.designs import chosen
from hfabm.experiments.results import NOT_MADE, Results
from hfabm.experiments.study import Choice, Design, Factor, Study

METRIC = "long_term_mean"

Outcome = Callable[[int, Mapping[str, float], np.random.Generator], float]
"""Of a policy, the values of the uncertainties, and the luck of the run."""


def ranges(count: int, low: float = 0.0, high: float = 1.0) -> tuple[Factor, ...]:
    return tuple(
        Factor(f"x{number}", key=("valuation", f"x{number}"), low=low, high=high) for number in range(1, count + 1)
    )


def study_of(factors: Sequence[Factor], futures: Design, seeds: int = 1, policies: int = 2) -> Study:
    choices = tuple(Choice(f"reform {number}" if number else "base") for number in range(policies))
    return Study(
        title="Functions",
        question="Are they found out?",
        scenarios=(Path("odense_ahead"),),
        levers=(Factor("reform", choices=choices),),
        uncertainties=tuple(factors),
        futures=futures,
        metrics={METRIC: "lower"},
        replications=seeds,
    )


def results_of(study: Study, outcome: Outcome) -> Results:
    names = [factor.name for factor in study.uncertainties]
    rows = [[choice.value for choice in choices] for choices in chosen(study.uncertainties, study.futures)]
    values = pd.DataFrame([[np.nan] * len(names), *rows], columns=names).astype(float)
    told = [(0, "defaults", False), *((number, f"future {number}", True) for number in range(1, len(rows) + 1))]
    futures = pd.DataFrame(told, columns=["future", "label", "sampled"]).join(values).set_index("future")
    labels = [choice.label for choice in study.levers[0].choices]
    policies = pd.DataFrame({"label": labels, "reform": labels}).rename_axis("policy")
    records = values.fillna(0.5).to_dict("records")
    runs = pd.DataFrame(
        [
            (policy, future, seed, "done", outcome(policy, at, np.random.default_rng([policy, future, seed])))
            for seed in study.seeds
            for future, at in enumerate(records)
            for policy in policies.index
        ],
        columns=["policy", "future", "seed", "status", METRIC],
    )
    nothing = pd.DataFrame(columns=["policy", "future", "seed", "status"])
    return Results(study, policies, futures, runs, pd.DataFrame(), pd.DataFrame(), nothing)


def without(results: Results, policy: int, future: int, seed: int, status: str = NOT_MADE) -> Results:
    """The same, but for one run that has not been made, or has failed."""
    runs = results.runs.copy()
    this = (runs["policy"] == policy) & (runs["future"] == future) & (runs["seed"] == seed)
    runs.loc[this, [METRIC, "status"]] = [np.nan, status]
    if status == NOT_MADE:
        runs = runs[~this]
    missing = pd.DataFrame([(policy, future, seed, status)], columns=["policy", "future", "seed", "status"])
    missing = missing if len(results.missing) == 0 else pd.concat([results.missing, missing], ignore_index=True)
    return Results(results.study, results.policies, results.futures, runs, results.yearly, results.groups, missing)
