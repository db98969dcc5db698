"""An outcome at the points of a design: futures, or policies where only levers are sampled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.ensemble import effects_at, known_policy, outcomes_at, sampled_futures
from hfabm.answers.texts import Text, both, outcome, text_of
from hfabm.experiments.designs import unit_points
from hfabm.experiments.plan import SAMPLED
from hfabm.experiments.results import Results
from hfabm.experiments.study import AS_IT_IS, Design, Factor, Kind
from hfabm.results.manifest import DamagedResults

SAME = 1e-5
"""Share of a value within which what is stored is that of the design: labels of numbers have six figures."""
TABLES = (Kind.GRID, Kind.LIST)
"""Designs of uncertainties whose points are known by their values alone."""


@dataclass(frozen=True)
class Sample:
    """An outcome at the points of a design.

    Attributes:
        subject: What it is said of.
        design: How the points were chosen.
        values: The value of each factor at each point.
        places: The points in the unit cube; none where they are known by their values alone.
        outcomes: One row for each point, one column for each seed.
    """

    subject: Text
    design: Design
    values: pd.DataFrame
    places: NDArray[np.float64]
    outcomes: NDArray[np.float64]


def sample_of(results: Results, metric: str, policy: int | None = None) -> Sample:
    """An outcome at every point of the design of a study.

    Args:
        results: The runs.
        metric: The outcome.
        policy: Whose outcome; for another than the base it is what the policy does to it, seed by seed.

    Raises:
        Incomplete: A run is missing, or has no value.
        DamagedResults: The points are not those of the design.
        ValueError: The study has no points to analyse, or no such policy or outcome.
    """
    study = results.study
    if study.uncertainties and study.futures.kind in (*SAMPLED, *TABLES):
        return _over_futures(results, metric, policy or 0)
    if not study.levers or study.policies.kind not in SAMPLED:
        raise ValueError(
            "on what an outcome depends is told from uncertainties (sobol, morris, latin_hypercube, grid or list) or "
            f"levers (sobol, morris or latin_hypercube): this study has {study.futures.kind} and {study.policies.kind}"
        )
    if policy:
        raise ValueError("the points of this study are its policies: leave the policy out")
    return _over_policies(results, metric)


def _over_futures(results: Results, metric: str, policy: int) -> Sample:
    """The points are futures, and the outcome is of one policy, or its effect."""
    study, futures = results.study, sampled_futures(results)
    label = str(results.policies.loc[known_policy(results, policy), "label"])
    values, places = _values(results.futures.loc[futures], study.uncertainties, study.futures)
    if policy:
        subject, outcomes = "answers.subject.effect", effects_at(results, metric, policy, futures)
    else:
        subject, outcomes = "answers.subject.of", outcomes_at(results, metric, [(0, f) for f in futures])
    said = text_of(subject, label=label, metric=both(outcome, metric))
    return Sample(said, study.futures, values, places, outcomes)


def _over_policies(results: Results, metric: str) -> Sample:
    """The points are the policies of the first scenario but its base, and the outcome is a mean over the futures."""
    study = results.study
    size = len(unit_points(study.policies, len(study.levers)))
    policies = [int(policy) for policy in results.policies.index[1 : size + 1]]
    values, places = _values(results.policies.loc[policies], study.levers, study.policies)
    futures = sampled_futures(results) or [int(results.futures.index[0])]
    outcomes = outcomes_at(results, metric, [(policy, future) for policy in policies for future in futures])
    means = outcomes.reshape(len(policies), len(futures), -1).mean(axis=1)
    subject = both(outcome, metric)
    if len(futures) > 1:
        subject = text_of("answers.subject.over_futures", metric=subject, count=len(futures))
    return Sample(subject, study.policies, values, places, means)


def _values(
    points: pd.DataFrame, factors: Sequence[Factor], design: Design
) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """The stored values of the factors, and the places of the design that they must be at.

    Raises:
        DamagedResults: They are not.
    """
    stored = pd.DataFrame({factor.name: comparable(points[factor.name]) for factor in factors}, index=points.index)
    if design.kind not in SAMPLED:
        return stored, np.empty((len(points), 0))
    places = unit_points(design, len(factors))
    if len(places) != len(points):
        raise DamagedResults(f"the design has {len(places)} points, but {len(points)} are stored")
    for factor, column in zip(factors, places.T, strict=True):
        if not _same(factor, stored[factor.name], column):
            raise DamagedResults(
                f"{factor.name}: the stored values are not those of the design, so indices would be of other points; "
                "the study was changed, or made with another version of SALib or SciPy"
            )
    return stored, places


def comparable(values: pd.Series) -> pd.Series:
    """Values of a factor: numbers where all are, else labels."""
    if pd.api.types.is_numeric_dtype(values) and values.notna().all():
        return values.astype(float)
    return values.astype(object).where(values.notna(), AS_IT_IS).astype(str)


def _same(factor: Factor, stored: pd.Series, places: NDArray[np.float64]) -> bool:
    choices = [factor.at(float(place)) for place in places]
    if stored.dtype == float:
        wanted = np.array([np.nan if choice.value is None else float(choice.value) for choice in choices])
        return np.allclose(stored.to_numpy(), wanted, rtol=SAME, atol=SAME * abs(factor.high - factor.low))
    labels = [choice.label for choice in choices]
    values = [str(choice.value) for choice in choices]
    return all(one in two for one, two in zip(stored, zip(labels, values, strict=True), strict=True))
