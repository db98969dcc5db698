"""A small decision tree: rules that tell cases from others, and how well they do on points they have not seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.prim import Among, Restriction, Within

DEPTH = 3
"""Questions that a rule asks at most."""
LEAST_LEAF = 0.05
"""Share of all points that a rule must have."""
FOLDS = 5
"""Parts of the points, each predicted by a tree of the others."""
ASKED, LEAST_IMPORTANCE = 4, 0.1
"""Factors that a tree is said to hang on at most, and share of what it tells that each must have."""
ONE_SIDED_99 = 2.326
"""Standard errors by which a tree must beat guessing."""
SEED = 1

Conditions = Mapping[str, Restriction]
Feature = tuple[str, str | None]
"""A factor; and the choice that is asked for, where it has choices."""


@dataclass(frozen=True)
class Rule:
    """A leaf of a tree.

    Attributes:
        conditions: How one comes there.
        points: Points there.
        share: Share of these that are cases.
    """

    conditions: Conditions
    points: int
    share: float


@dataclass(frozen=True)
class Tree:
    """A decision tree.

    Attributes:
        accuracy: Share of points that a tree tells rightly, which learnt from others.
        guessing: Share that is right if always the commoner of the two is said.
        tells: Is it better than guessing by more than its error?
        rules: The leaves where most points are cases, the surest first.
    """

    accuracy: float
    guessing: float
    tells: bool
    rules: tuple[Rule, ...]


def tree_of(values: pd.DataFrame, cases: NDArray[np.bool_]) -> Tree:
    """Learn a tree.

    Args:
        values: One row for each point; columns of numbers, or of choices as text.
        cases: Which points are cases; five and more must be, and five and more must not.
    """
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    features = _features(values)
    learner, points = _learnt(features, cases)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    accuracy = float(cross_val_score(learner, points, cases, cv=folds).mean())
    share = float(cases.mean())
    error = math.sqrt(share * (1.0 - share) / len(cases))
    rules = sorted(_rules(learner.tree_, list(features), values), key=lambda rule: (-rule.share, -rule.points))
    guessing = max(share, 1.0 - share)
    return Tree(accuracy, guessing, accuracy > guessing + ONE_SIDED_99 * error, tuple(rules))


def asked(values: pd.DataFrame, cases: NDArray[np.bool_]) -> list[str]:
    """The factors that a tree hangs on, the most important first."""
    features = _features(values)
    learner, _ = _learnt(features, cases)
    important = {str(name): 0.0 for name in values}
    for (name, _), importance in zip(features, learner.feature_importances_, strict=True):
        important[name] += float(importance)
    ordered = sorted(important, key=lambda name: -important[name])[:ASKED]
    return [name for name in ordered if important[name] >= LEAST_IMPORTANCE] or ordered[:1]


def _learnt(features: Mapping[Feature, NDArray[Any]], cases: NDArray[np.bool_]) -> tuple[Any, NDArray[np.float64]]:
    """A tree, and the points it learnt from."""
    from sklearn.tree import DecisionTreeClassifier

    points = np.column_stack(list(features.values())).astype(np.float64)
    least = max(math.ceil(LEAST_LEAF * len(cases)), 2)
    learner = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=least, random_state=SEED)
    return learner.fit(points, cases), points


def _features(values: pd.DataFrame) -> dict[Feature, NDArray[Any]]:
    """Numbers as they are, and a column of yes and no for each choice."""
    columns: dict[Feature, NDArray[Any]] = {}
    for name, column in values.items():
        if pd.api.types.is_numeric_dtype(column):
            columns[str(name), None] = column.to_numpy()
        else:
            columns |= {(str(name), one): (column == one).to_numpy() for one in sorted(column.unique())}
    return columns


def _rules(tree: Any, features: Sequence[Feature], values: pd.DataFrame) -> Iterator[Rule]:
    """The leaves where most are cases; a node is one of cases on the left of its threshold, and of others."""
    waiting: list[tuple[int, Conditions]] = [(0, {})]
    while waiting:
        node, conditions = waiting.pop()
        left, right = int(tree.children_left[node]), int(tree.children_right[node])
        if left < 0:
            others, cases = tree.value[node][0]
            if cases > others:
                yield Rule(conditions, int(tree.n_node_samples[node]), float(cases / (cases + others)))
            continue
        (name, choice), threshold = features[tree.feature[node]], float(tree.threshold[node])
        for child, high_side in ((left, False), (right, True)):
            narrower = _narrower(conditions.get(name), choice, threshold, high_side, values[name])
            waiting.append((child, {**conditions, name: narrower}))


def _narrower(
    old: Restriction | None, choice: str | None, threshold: float, high_side: bool, values: pd.Series
) -> Restriction:
    """A condition after one question more."""
    if choice is not None:
        left = old.choices if isinstance(old, Among) else frozenset(str(value) for value in values.unique())
        return Among(frozenset({choice}) if high_side else left - {choice})
    within = old if isinstance(old, Within) else Within()
    return replace(within, low=threshold) if high_side else replace(within, high=threshold)
