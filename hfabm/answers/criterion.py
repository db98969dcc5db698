"""What it means that a policy fails in a future: no better than the base, over the budget, or short of the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hfabm.answers.ensemble import effects_at, outcomes_at
from hfabm.answers.texts import answer, number, outcome
from hfabm.experiments.results import Results
from hfabm.experiments.study import Limit, Study
from hfabm.language import Language
from hfabm.metrics.metric import Better


@dataclass(frozen=True, slots=True)
class NoBetter:
    """A policy fails where its effect over the base is nought or for the worse, on the mean over seeds.

    Attributes:
        metric: The outcome.
        better: Which direction is better.
    """

    metric: str
    better: Better

    def told(self, language: Language = Language.EN) -> str:
        """What failing means, after the name of a policy."""
        return answer("criterion.no_better", language, metric=outcome(self.metric, language))

    def fails(self, results: Results, policy: int, futures: Sequence[int]) -> NDArray[np.bool_]:
        """In which futures it fails."""
        effect = effects_at(results, self.metric, policy, futures).mean(axis=1)
        return np.asarray(effect >= 0.0 if self.better == "lower" else effect <= 0.0)


@dataclass(frozen=True, slots=True)
class OverBudget:
    """A policy fails where it costs more over the base than the budget has, on the mean over seeds."""

    budget: Limit

    def told(self, language: Language = Language.EN) -> str:
        """What failing means, after the name of a policy."""
        limit, metric = number(self.budget.at_most, language), outcome(self.budget.metric, language)
        return answer("criterion.over_budget", language, limit=limit, metric=metric)

    def fails(self, results: Results, policy: int, futures: Sequence[int]) -> NDArray[np.bool_]:
        """In which futures it fails."""
        effect = effects_at(results, self.budget.metric, policy, futures).mean(axis=1)
        return np.asarray(effect > self.budget.at_most)


@dataclass(frozen=True, slots=True)
class OffTarget:
    """A policy fails where an outcome lies above the target, on the mean over seeds."""

    target: Limit

    def told(self, language: Language = Language.EN) -> str:
        """What failing means, after the name of a policy."""
        limit, metric = number(self.target.at_most, language), outcome(self.target.metric, language)
        return answer("criterion.off_target", language, limit=limit, metric=metric)

    def fails(self, results: Results, policy: int, futures: Sequence[int]) -> NDArray[np.bool_]:
        """In which futures it fails."""
        outcome = outcomes_at(results, self.target.metric, [(policy, future) for future in futures]).mean(axis=1)
        return np.asarray(outcome > self.target.at_most)


Criterion = NoBetter | OverBudget | OffTarget


def criteria_of(study: Study) -> list[Criterion]:
    """What a study may ask of its policies: every outcome with a direction, its budget and its target."""
    found: list[Criterion] = [NoBetter(name, better) for name, better in study.metrics.items() if better]
    if study.budget:
        found.append(OverBudget(study.budget))
    if study.target:
        found.append(OffTarget(study.target))
    return found
