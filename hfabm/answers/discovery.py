"""Under which conditions does a policy fail?  Boxes and rules over the futures of a study, held against chance.

A box can be found in any noise.  So the search is repeated with the failures shuffled among the futures, and only a
box better than nearly all of those counts as a finding; a tree counts where it does better than guessing on futures
that it has not seen.  Boxes are sought among the few factors that a tree hangs on: where futures are few, a search
among all nibbles at the ends of many, and finds no condition that holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.conditions import in_words
from hfabm.answers.criterion import Criterion, criteria_of
from hfabm.answers.ensemble import independent_futures, known_policy
from hfabm.answers.prim import Box, Prim, best_score, prim
from hfabm.answers.sample import comparable
from hfabm.answers.texts import answer, percent
from hfabm.answers.tree import Rule, Tree, asked, tree_of
from hfabm.experiments.results import Results
from hfabm.experiments.study import Factor
from hfabm.language import Language

FEWEST = 5
"""Failures, and futures without, that there must be to learn from."""
FEWEST_FUTURES = 20
"""Futures that there must be to learn from."""
SHUFFLES, ENOUGH = 199, 10
"""Shuffles at most, and better boxes after which no more are made (Besag and Clifford, 1991, Biometrika 78(2))."""
SURE = 0.01
"""p below which a box is a finding: a study asks of many policies and outcomes."""
SHUFFLING_SEED = 1
SAID = 3
"""Rules told of in words."""


@dataclass(frozen=True)
class Chance:
    """What a search finds where there is nothing.

    Attributes:
        p: Share of shuffles in which a box was found that scores as high; the score is F, of coverage and density.
        score: Median score of the boxes found in shuffles.
    """

    p: float
    score: float


@dataclass(frozen=True)
class Discovery:
    """Where a policy fails.

    Attributes:
        policy: The policy.
        label: What it is called.
        criterion: What failing means.
        futures: The futures asked.
        fails: In which of them it fails.
        factors: The uncertainties.
        search: The box found; none where there is too little to learn from.
        chance: What a search finds where there is nothing.
        tree: The tree learnt; none where there is too little to learn from.
    """

    policy: int
    label: str
    criterion: Criterion
    futures: tuple[int, ...]
    fails: NDArray[np.bool_]
    factors: tuple[Factor, ...]
    search: Prim | None = None
    chance: Chance | None = None
    tree: Tree | None = None

    @property
    def share(self) -> float:
        """Share of futures in which it fails."""
        return float(self.fails.mean())

    @property
    def box(self) -> Box | None:
        """The box, where it is a finding: better than chance has it, and with a condition that holds."""
        if self.search is None or self.chance is None or self.chance.p > SURE:
            return None
        return self.search.box if self.search.box.restrictions else None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules under which it fails, where the tree is better than guessing."""
        return self.tree.rules if self.tree and self.tree.tells else ()

    def told(self, language: Language = Language.EN) -> tuple[str, ...]:
        """What that comes to, line by line."""
        failed, futures = int(self.fails.sum()), len(self.futures)
        which = f"{self.label}: {self.criterion.told(language)}"
        if failed in (0, futures):
            return (answer("fails_all" if failed else "fails_none", language, which=which, count=futures),)
        share = percent(self.share, language)
        head = answer("fails", language, which=which, failed=failed, count=futures, share=share)
        if self.search is None:
            return (head, self._too_few(failed, futures, language))
        return (head, self._box_in_words(language), *self._tree_in_words(language))

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        box, tree = self.box, self.tree
        return {
            "policy": self.policy,
            "label": self.label,
            "fails": self.criterion.told(),
            "futures": len(self.futures),
            "failures": [future for future, one in zip(self.futures, self.fails, strict=True) if one],
            "share": self.share,
            "chance": vars(self.chance) if self.chance else None,
            "box": box and {"where": in_words(box.restrictions, self.factors), **_numbers(box)},
            "tree": tree and {"accuracy": tree.accuracy, "guessing": tree.guessing, "tells": tree.tells},
            "rules": [
                {"where": in_words(rule.conditions, self.factors), "futures": rule.points, "share": rule.share}
                for rule in self.rules
            ],
            "words": list(self.told()),
        }

    def _too_few(self, failed: int, futures: int, language: Language) -> str:
        if futures < FEWEST_FUTURES:
            return answer("few_futures", language, count=futures, fewest=FEWEST_FUTURES)
        return answer("few_failures" if failed < FEWEST else "few_successes", language, fewest=FEWEST)

    def _box_in_words(self, language: Language) -> str:
        assert self.search is not None and self.chance is not None
        if self.box is None:
            return answer("box_none", language, chance=percent(self.chance.p, language))
        return answer(
            "box", language, density=percent(self.box.density, language), points=self.box.points,
            where=in_words(self.box.restrictions, self.factors, language),
            coverage=percent(self.box.coverage, language), chance=percent(self.chance.p, language, 1),
        )  # fmt: skip

    def _tree_in_words(self, language: Language) -> list[str]:
        assert self.tree is not None
        right, guessing = percent(self.tree.accuracy, language), percent(self.tree.guessing, language)
        if not self.tree.tells:
            return [answer("tree_none", language, right=right, guessing=guessing)]
        rules = [
            "  " + answer(
                "tree_rule", language, share=percent(rule.share, language), points=rule.points,
                where=in_words(rule.conditions, self.factors, language),
            )
            for rule in self.rules[:SAID]
        ]  # fmt: skip
        return [answer("tree", language, right=right, guessing=guessing), *rules]


def discover(results: Results, policy: int, criterion: Criterion) -> Discovery:
    """Ask under which conditions a policy fails.

    Args:
        results: The runs of a study.
        policy: The policy.
        criterion: What failing means.

    Raises:
        Incomplete: A run is missing, or has no value.
        ValueError: The study has no futures to learn from, or there is no such policy.
    """
    factors = results.study.uncertainties
    futures = tuple(independent_futures(results)) if factors else ()
    if not futures:
        raise ValueError("this study varies no uncertainty: there are no conditions to learn")
    fails = criterion.fails(results, known_policy(results, policy), futures)
    label = str(results.policies.loc[policy, "label"])
    found = Discovery(policy, label, criterion, futures, fails, factors)
    if min(fails.sum(), (~fails).sum()) < FEWEST or len(fails) < FEWEST_FUTURES:
        return found
    table = results.futures.loc[list(futures)]
    values = pd.DataFrame({factor.name: comparable(table[factor.name]) for factor in factors})
    search, chance = prim(values[asked(values, fails)], fails), by_chance(values, fails)
    return Discovery(policy, label, criterion, futures, fails, factors, search, chance, tree_of(values, fails))


def discoveries(results: Results, policies: Sequence[int] | None = None) -> list[Discovery]:
    """Ask it of policies and of all that the study wants.

    Args:
        results: The runs of a study.
        policies: Policies; None for all but the base.

    Raises:
        Incomplete: A run is missing, or has no value.
        ValueError: The study has no futures to learn from, or there is no such policy.
    """
    wanted = [int(policy) for policy in results.policies.index if policy] if policies is None else policies
    return [discover(results, policy, one) for policy in wanted for one in criteria_of(results.study)]


def by_chance(values: pd.DataFrame, cases: NDArray[np.bool_]) -> Chance:
    """How good boxes are where cases are shuffled among the points."""
    rng, observed = np.random.default_rng(SHUFFLING_SEED), _score(values, cases)
    found: list[float] = []
    as_good = 0
    while len(found) < SHUFFLES and as_good < ENOUGH:
        found.append(_score(values, rng.permutation(cases)))
        as_good += found[-1] >= observed
    p = as_good / len(found) if as_good == ENOUGH else (as_good + 1) / (len(found) + 1)
    return Chance(p, float(np.median(found)))


def _score(values: pd.DataFrame, cases: NDArray[np.bool_]) -> float:
    return best_score(values[asked(values, cases)], cases)


def _numbers(box: Box) -> dict[str, Any]:
    return {
        "coverage": box.coverage,
        "density": box.density,
        "mass": box.mass,
        "futures": box.points,
        "quasi_p": dict(box.quasi_p),
    }
