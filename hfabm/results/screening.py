"""A quick screening: on which assumptions the effect of a package hinges (Morris's elementary effects).

All assumptions start somewhere in their ranges; then one after the other is moved over two thirds of its range,
and what the move does to the effect (package less base, the same luck in both) is written down.  A few such
trajectories, each with other starts and other luck, give for every assumption

    mu*    the mean size of what it does to the effect, from one end of its range to the other
    mu     the same with its sign: does the effect rise or fall as the assumption rises?
    sigma  how much that differs from place to place: curves, and joint effects with other assumptions

Where there are many, whole sections are moved first, then one by one the numbers of the strongest, with all others
as they are.  It ranks and names; it apportions nothing.  What another seed alone would score says what to believe.

References: Morris, 1991, Technometrics 33(2); Campolongo, Cariboni and Saltelli, 2007, Environmental Modelling
and Software 22(10), on mu* and groups.  Design and measures are SALib's.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hfabm.metrics.catalogue import outcomes
from hfabm.model import HousingFirstModel
from hfabm.parameters.declare import Role, Sections, Value, declarations
from hfabm.parameters.scenario import Key, Scenario
from hfabm.population.places import Place
from hfabm.results.morris import (
    BY_NUMBER,
    BY_SECTION,
    DEFAULTS,
    LUCK,
    Answer,
    Assumption,
    Design,
    Runner,
    Stage,
    Untold,
    sampled,
)


def assumptions_of(base: Scenario, package: Scenario, sections: Sections, within: float = 0.5) -> list[Assumption]:
    """The assumptions of some sections, each to be moved within a part of its declared range around its value.

    Ends of declared ranges are what still makes sense, not what is likely, and all assumptions move at once: with
    whole ranges most of the design would lie far from any town there is.  So half of the way is the default, and
    upwards a number goes no farther than downwards: the upper end of a rate may lie a hundred times above it.  What
    the package itself changes is left out.

    Args:
        base: The scenario without the package.
        package: The scenario with it.
        sections: Sections to choose from.
        within: Share of the way to the ends.
    """
    found = []
    for declared in itertools.chain(*(declarations(name, cls) for name, cls in sections.items())):
        key = (declared.section, declared.name)
        changes = base.changes.get(key, ())
        if declared.role is Role.UNCERTAINTY and changes == package.changes.get(key, ()):
            value = (changes or declared.steps)[-1][1]
            down, up = value - declared.low, declared.high - value
            found.append(Assumption(declared, value, value - within * down, value + within * min(up, down or up)))
    return found


@dataclass(frozen=True)
class PackageEffect:
    """What a package does: two runs with the same luck.

    Attributes:
        base: The scenario without it.
        package: The scenario with it.
        names: Outcomes asked for.
        town: Another place than that of the scenarios.
    """

    base: Scenario
    package: Scenario
    names: tuple[str, ...]
    town: Place | None = None

    def __call__(self, assumptions: Mapping[Key, Value], seed: int) -> Answer:
        """Each outcome without the package and with it."""
        without, having = (
            outcomes(model.recorder, model.world)
            for model in (
                HousingFirstModel(scenario.with_changes(assumptions), rng=seed, town=self.town).run()
                for scenario in (self.base, self.package)
            )
        )
        return {name: (without[name], having[name]) for name in self.names}


@dataclass(frozen=True)
class Screening:
    """What a screening found.

    Attributes:
        outcomes: The outcomes asked for.
        design: How much was tried.
        sections: Stage one: how strongly each section moves the effect; empty if there was none.
        numbers: The assumptions moved one by one, strongest first, for each outcome.
        runs: Every point and seed: stage, trajectory, point, seed, outcome, base, package, effect.  The stage
            `luck` has some points of the stage `numbers` again, with other seeds.
        points: The values tried at each point.
    """

    outcomes: tuple[str, ...]
    design: Design
    sections: pd.DataFrame
    numbers: pd.DataFrame
    runs: pd.DataFrame
    points: pd.DataFrame

    def summary(self, outcome: str) -> dict[str, float]:
        """The effect at the defaults, what luck alone would score, and whether the sign of the effect held."""
        runs = self.runs[self.runs["outcome"] == outcome]
        there = runs[runs["stage"] == DEFAULTS]
        means = there.groupby("trajectory")[["base", "package", "effect"]].mean()
        effect, moved = float(means["effect"].mean()), runs[runs["stage"].isin([BY_SECTION, BY_NUMBER])]
        points = moved.groupby(["stage", "point"])["effect"].mean()
        return {
            "base": float(means["base"].mean()),
            "package": float(means["package"].mean()),
            "effect": effect,
            "deviation": float(there["effect"].std(ddof=1)),
            "luck": self.luck(outcome),
            "base_low": float(moved["base"].min()),
            "base_high": float(moved["base"].max()),
            "same_sign": float((np.sign(points.dropna()) == np.sign(effect)).mean()),
        }

    def luck(self, outcome: str) -> float:
        """What another seed alone would score as mu*: another effect at the same points, where numbers are moved."""
        runs = self.runs[self.runs["outcome"] == outcome]
        same, other = (runs[runs["stage"] == stage].groupby("point")["effect"].mean() for stage in (BY_NUMBER, LUCK))
        return float((same - other).abs().mean()) / self.design.move

    def hinges(self, outcome: str, top: int) -> pd.DataFrame:
        """The assumptions to name: the strongest, as far as they move the effect more than luck alone does."""
        found = self.numbers[self.numbers["outcome"] == outcome]
        return found[found["mu_star"] > self.luck(outcome)].head(top)


def screen(names: Sequence[str], assumptions: Sequence[Assumption], design: Design, run: Runner) -> Screening:
    """Screen assumptions.

    Args:
        names: Outcomes.
        assumptions: What may be moved.
        design: How much to try.
        run: What makes the runs.

    Raises:
        Untold: An outcome has no value at the defaults, or hardly anywhere else.
    """
    stages = [Stage(DEFAULTS, (), np.zeros((design.trajectories, 0)), design)]
    runs, sections = [stages[0].run(run)], pd.DataFrame()
    empty = [n for n in names if not runs[0].loc[runs[0]["outcome"] == n, "effect"].notna().all()]
    if empty:
        raise Untold(f"{', '.join(empty)}: has no value at the defaults, as nobody it is said of came to be")
    chosen = list(assumptions)
    if design.staged(chosen):
        stages.append(sampled(BY_SECTION, chosen, design))
        runs.append(stages[-1].run(run))
        sections = pd.concat([stages[-1].effects(runs[-1], name) for name in names], ignore_index=True)
        strong = set(sections.groupby("outcome", sort=False).head(design.strongest)["name"])
        chosen = [a for a in chosen if a.key[0] in strong]
    stages.append(sampled(BY_NUMBER, chosen, design))
    runs.append(stages[-1].run(run))
    numbers = pd.concat([stages[-1].effects(runs[-1], name) for name in names], ignore_index=True)
    return Screening(
        tuple(names),
        design,
        sections.drop(columns=["mu", "sigma"], errors="ignore"),
        numbers.merge(_described(chosen), on="name", how="left"),
        pd.concat(runs, ignore_index=True),
        pd.concat([stage.points() for stage in stages[1:]], ignore_index=True),
    )


def _described(assumptions: Sequence[Assumption]) -> pd.DataFrame:
    """What is known of each, for the table of results."""
    rows = [
        (d.key, float(a.default), a.low, a.high, d.unit.value, d.source, d.means)
        for a, d in ((a, a.declared) for a in assumptions)
    ]
    return pd.DataFrame(rows, columns=["name", "default", "low", "high", "unit", "source", "means"])
