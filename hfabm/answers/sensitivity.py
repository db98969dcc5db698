"""On which factors an outcome, or what a policy does to it, depends: the method follows from the design.

    Sobol               shares of the variance: alone (S1), and with all others (ST)
    Morris              what moving a factor over its range does (mu*), with its sign (mu), and its spread (sigma)
    Latin hypercube,    how far the distribution of the outcome moves where the factor is known (PAWN)
    grid, list

The points are the futures of the sample; where only levers are sampled, they are its policies.  All is said of
means over the seeds, which every point has in common; how much luck is left in them is said beside.  A factor has
a rank of its own only where its interval overlaps with no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.indices import constant, morris_measures, pawn_indices, ranks, sobol_indices
from hfabm.answers.noise import Noise, noise_of
from hfabm.answers.sample import Sample, sample_of
from hfabm.answers.sensitivity_words import in_words
from hfabm.answers.texts import Text
from hfabm.experiments.designs import LEVELS, problem
from hfabm.experiments.results import Results
from hfabm.experiments.study import Kind
from hfabm.language import Language
from hfabm.metrics.catalogue import metric as metric_of
from hfabm.results.manifest import plain


class Method(StrEnum):
    """How sensitivity is measured."""

    SOBOL = "sobol"
    MORRIS = "morris"
    PAWN = "pawn"


METHODS = {Kind.SOBOL: Method.SOBOL, Kind.MORRIS: Method.MORRIS}
"""What a design was made for; PAWN takes any other."""
MEASURES = {Method.SOBOL: "ST", Method.MORRIS: "mu_star", Method.PAWN: "pawn"}
"""The measure by which factors are ranked."""


@dataclass(frozen=True)
class Sensitivity:
    """On which factors an outcome depends.

    Attributes:
        metric: The outcome.
        unit: Its unit; also that of mu*, mu and sigma.
        subject: What it is said of.
        method: How it was measured.
        frame: One row for each factor, the strongest first: its measures with the ends of their 95 % intervals, the
            score of `luck` alone, whether it is `clear` of that, and the ranks it may have.
        points: Points of the design.
        mean: Mean over the points.
        deviation: Standard deviation from point to point, of means over the seeds.
        noise: The luck in it.
    """

    metric: str
    unit: str
    subject: Text
    method: Method
    frame: pd.DataFrame
    points: int
    mean: float
    deviation: float
    noise: Noise

    @property
    def measure(self) -> str:
        """The column by which factors are ranked; `<measure>_low` and `<measure>_high` are beside it."""
        return MEASURES[self.method]

    def told(self, language: Language = Language.EN) -> tuple[str, ...]:
        """What that comes to, line by line."""
        return in_words(self, language)

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        return {
            "metric": self.metric,
            "unit": self.unit,
            "subject": self.subject[Language.EN],
            "method": self.method.value,
            "measure": self.measure,
            "points": self.points,
            "seeds": self.noise.seeds,
            "mean": plain(self.mean),
            "deviation": plain(self.deviation),
            "seed_share": plain(self.noise.share),
            "noise_left": plain(self.noise.left),
            "factors": [
                {str(k): plain(v) if isinstance(v, float) else v for k, v in row.items()}
                for row in self.frame.to_dict("records")
            ],
            "words": list(self.told()),
        }


def sensitivity(results: Results, metric: str, policy: int | None = None) -> Sensitivity:
    """Measure on which factors an outcome depends.

    Args:
        results: Runs of a study, with none missing.
        metric: The outcome.
        policy: Whose outcome; for another than the base it is what the policy does to the outcome, seed by seed.
            None for the base, and where the levers are what is sampled.

    Raises:
        Incomplete: A run is missing, or has no value.
        DamagedResults: The points are not those of the design.
        ValueError: The design has too few points or cannot be analysed so; no such policy or outcome.
    """
    sample = sample_of(results, metric, policy)
    method = METHODS.get(sample.design.kind, Method.PAWN)
    means, noise = sample.outcomes.mean(axis=1), noise_of(sample.outcomes)
    frame, measure = _measured(method, sample, means, noise), MEASURES[method]
    frame["rank"] = ranks(frame[f"{measure}_low"], frame[f"{measure}_high"])
    return Sensitivity(
        metric,
        metric_of(metric).unit.value,
        sample.subject,
        method,
        frame.sort_values([measure, "factor"], ascending=[False, True], ignore_index=True),
        len(means),
        float(means.mean()),
        0.0 if constant(means) else float(means.std(ddof=1)),
        noise,
    )


def _measured(method: Method, sample: Sample, means: NDArray[np.float64], noise: Noise) -> pd.DataFrame:
    factors = problem(sample.values.columns.tolist())
    if method is Method.SOBOL:
        return sobol_indices(factors, means, noise)
    if method is Method.MORRIS:
        return morris_measures(factors, sample.places, means, LEVELS, noise)
    return pawn_indices(sample.values, means)
