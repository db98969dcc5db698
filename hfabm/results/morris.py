"""The stages of a screening: which points are tried, and what their runs say (Morris's elementary effects)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.parameters.declare import Declared, Value
from hfabm.parameters.scenario import Key

Task = tuple[Mapping[Key, Value], int]
"""Assumptions to set, and a seed."""
Answer = Mapping[str, tuple[float, float]]
"""Each outcome without the package and with it."""
Runner = Callable[[str, Sequence[Task]], list[Answer]]
"""Does tasks, under a name for those who watch; the answers come in the order of the tasks."""

DEFAULTS, BY_SECTION, BY_NUMBER = "defaults", "sections", "numbers"
"""The stages."""
LUCK = "luck"
"""Points of the last stage once more, with other seeds: what luck alone does."""


class Untold(Exception):
    """An outcome that is asked for has no value."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that nobody knows, and how far it is moved.

    Attributes:
        declared: What is known of it.
        default: Its value in the scenario.
        low: Lowest value tried.
        high: Highest value tried.
    """

    declared: Declared
    default: Value
    low: float
    high: float

    @property
    def key(self) -> Key:
        """Section and name."""
        return self.declared.section, self.declared.name

    def at(self, place: float) -> Value:
        """The value at a place from 0, the lowest, to 1, the highest; the default is at one half."""
        lower, upper = min(place, 0.5) * 2.0, max(place - 0.5, 0.0) * 2.0
        value = self.low + lower * (self.default - self.low) + upper * (self.high - self.default)
        if self.declared.kind is bool:
            return place > 0.5
        return round(value) if self.declared.kind is int else float(value)


@dataclass(frozen=True, slots=True)
class Design:
    """How much is tried.

    Attributes:
        trajectories: Ways through the ranges, from different starts and with different luck; two or more.
        levels: Values tried of each assumption; an even number.
        replications: Seeds for each point; the effect there is their mean.
        seed: First seed, of the design too.
        strongest: Sections whose numbers are moved one by one, for each outcome.
        direct: Numbers up to which the sections are not screened first.
    """

    trajectories: int = 4
    levels: int = 4
    replications: int = 1
    seed: int = 1
    strongest: int = 3
    direct: int = 40

    @property
    def move(self) -> float:
        """Share of its range by which an assumption is moved."""
        return self.levels / (2.0 * (self.levels - 1))

    def staged(self, assumptions: Sequence[Assumption]) -> bool:
        """Are sections screened first?"""
        return len(assumptions) > self.direct and len({a.key[0] for a in assumptions}) > self.strongest

    def points_at_most(self, assumptions: Sequence[Assumption], outcomes: int = 1) -> dict[str, int]:
        """Points of each stage, where two runs are made per seed; the last stage may turn out shorter."""
        members = sorted(
            (sum(b.key[0] == s for b in assumptions) for s in {a.key[0] for a in assumptions}), reverse=True
        )
        staged = self.staged(assumptions)
        singles = sum(members[: self.strongest * outcomes]) if staged else len(assumptions)
        sections = {BY_SECTION: self.trajectories * (len(members) + 1)} if staged else {}
        return {DEFAULTS: self.trajectories, **sections, BY_NUMBER: self.trajectories * (singles + 1 + 2)}

    def seeds(self, trajectory: int) -> range:
        """The seeds of a trajectory; those of trajectories that are not made are for other luck."""
        first = self.seed + trajectory * self.replications
        return range(first, first + self.replications)


@dataclass(frozen=True)
class Stage:
    """Some points of a design: places from 0 to 1 in the range of each assumption, trajectory by trajectory."""

    name: str
    assumptions: tuple[Assumption, ...]
    places: NDArray[np.float64]
    design: Design

    @property
    def problem(self) -> dict[str, Any]:
        """The assumptions as SALib wants them."""
        names = [a.declared.key for a in self.assumptions]
        groups = [a.key[0] for a in self.assumptions] if self.name == BY_SECTION else names
        return {"num_vars": len(names), "names": names, "groups": groups, "bounds": [[0.0, 1.0]] * len(names)}

    def run(self, run: Runner) -> pd.DataFrame:
        """Run every point with the seeds of its trajectory, and ends of trajectories with other seeds too."""
        trajectories, points = self.design.trajectories, len(self.places)
        size = points // trajectories
        wanted = [(self.name, k // size, k, seed) for k in range(points) for seed in self.design.seeds(k // size)]
        if self.name == BY_NUMBER:
            ends = [k for k in range(points) if k % size in (0, size - 1)]
            wanted += [(LUCK, k // size, k, seed) for k in ends for seed in self.design.seeds(trajectories + k // size)]
        values = [{a.key: a.at(x) for a, x in zip(self.assumptions, at, strict=True)} for at in self.places]
        answers = run(self.name, [(values[point], seed) for _, _, point, seed in wanted])
        rows = [
            (*one, outcome, without, having, having - without)
            for one, answer in zip(wanted, answers, strict=True)
            for outcome, (without, having) in answer.items()
        ]
        columns = ["stage", "trajectory", "point", "seed", "outcome", "base", "package", "effect"]
        return pd.DataFrame(rows, columns=columns)

    def effects(self, runs: pd.DataFrame, outcome: str) -> pd.DataFrame:
        """Elementary effects on the effect of the package, strongest first.

        A trajectory on which the outcome has no value somewhere is left out.

        Raises:
            Untold: Fewer than two trajectories are left.
        """
        from SALib.analyze.morris import analyze

        runs = runs[(runs["outcome"] == outcome) & (runs["stage"] == self.name)]
        means = runs["effect"].to_numpy().reshape(-1, self.design.replications).mean(axis=1)
        told = np.isfinite(means.reshape(self.design.trajectories, -1)).all(axis=1)
        if told.sum() < 2:
            raise Untold(f"{outcome}: has no value in most runs, as nobody it is said of came to be")
        kept = np.repeat(told, len(means) // len(told))
        found = analyze(
            self.problem, self.places[kept], means[kept], num_levels=self.design.levels, seed=self.design.seed
        )
        # the difference of two large numbers is hardly ever quite zero, though nothing changed
        nothing = 1e-9 * np.nanmax(np.abs(runs[["base", "package"]].to_numpy()))
        measures = {}
        for name in ("mu_star", "mu_star_conf", "mu", "sigma"):
            values = np.ma.filled(found[name], np.nan)
            measures[name] = np.where(np.abs(values) <= nothing, 0.0, values)
        frame = pd.DataFrame({"outcome": outcome, "name": found["names"], **measures, "trajectories": int(told.sum())})
        return frame.sort_values(["mu_star", "name"], ascending=[False, True], ignore_index=True)

    def points(self) -> pd.DataFrame:
        """The values tried at each point, one to a row."""
        rows = [
            (self.name, point, a.declared.key, float(a.at(x)))
            for point, places in enumerate(self.places)
            for a, x in zip(self.assumptions, places, strict=True)
        ]
        return pd.DataFrame(rows, columns=["stage", "point", "name", "value"])


def sampled(name: str, assumptions: Sequence[Assumption], design: Design) -> Stage:
    """A stage with points for it: of one group to a section, or of single numbers."""
    from SALib.sample.morris import sample

    stage = Stage(name, tuple(assumptions), np.zeros((0, len(assumptions))), design)
    places = sample(stage.problem, design.trajectories, num_levels=design.levels, seed=design.seed)
    return Stage(name, tuple(assumptions), places, design)
