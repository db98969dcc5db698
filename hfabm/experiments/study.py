"""A study: a question, what is varied to answer it, and how.  Data, never code.

A **policy** is a choice for every lever, a **future** a value for every uncertainty: every policy is run in every
future, with the same seeds in all.  Policy 0 is the base: the first scenario, every lever as it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from hfabm.metrics.metric import Better
from hfabm.parameters.declare import Value
from hfabm.parameters.scenario import Key

AS_IT_IS = "as it is"
"""Label of a factor that is left at the scenario's own value."""


class Kind(StrEnum):
    """How points are chosen."""

    NONE = "none"
    """Nothing is varied: one point."""
    GRID = "grid"
    """Every value of each factor with every value of the others."""
    LATIN_HYPERCUBE = "latin_hypercube"
    """Points spread evenly over the range of each factor."""
    SOBOL = "sobol"
    """Saltelli's sample, for Sobol's indices: N x (factors + 2) points."""
    MORRIS = "morris"
    """Trajectories, for elementary effects: N x (factors + 1) points."""
    ONE_AT_A_TIME = "one_at_a_time"
    """Each value of each factor alone, the others at their base; and the last values of all together."""
    LIST = "list"
    """The rows of a CSV file."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a factor that has a list of values.

    Attributes:
        label: What it is called in tables and pictures.
        packages: Files of packages that it lays on the scenario.
        value: Value of the parameter; None where the scenario's own stays.
    """

    label: str
    packages: tuple[Path, ...] = ()
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that is varied: a lever or an uncertainty; a list of choices, or a range.

    Attributes:
        name: Its column in tables.
        means: One line for a policy designer.
        unit: Unit of its values; empty where they are packages.
        choices: Its values, the base first; empty where it has a range.
        key: Section and name of the parameter it sets; None where its choices are packages.
        day: From when on it is set; None for the whole horizon.
        low: Lowest value of the range.
        high: Highest value of the range.
        base: Value at the base; None for the scenario's own.
        whole: Are only whole numbers meant?
    """

    name: str
    means: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    key: Key | None = None
    day: date | None = None
    low: float = 0.0
    high: float = 1.0
    base: Value | None = None
    whole: bool = False

    def at(self, place: float) -> Choice:
        """The choice at a place from 0 to 1 in the range, or in the list of values."""
        if self.choices:
            return self.choices[min(int(place * len(self.choices)), len(self.choices) - 1)]
        value = self.low + place * (self.high - self.low)
        return self.of(min(round(value), int(self.high)) if self.whole else value)

    def of(self, value: Value) -> Choice:
        """A choice that sets the parameter to a value."""
        return Choice(f"{value:.6g}", value=value)

    @property
    def at_base(self) -> Choice:
        """The choice at the base."""
        return self.choices[0] if self.choices else Choice(AS_IT_IS) if self.base is None else self.of(self.base)


@dataclass(frozen=True, slots=True)
class Design:
    """How points are chosen.

    Attributes:
        kind: The kind of design.
        points: Its size N: points of a Latin hypercube, base samples of Sobol, trajectories of Morris.
        seed: Seed of the sample.
        rows: For a list: the choices of each factor, row by row.
    """

    kind: Kind = Kind.NONE
    points: int = 0
    seed: int = 1
    rows: tuple[tuple[Choice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on the mean of an outcome.

    Attributes:
        metric: The outcome.
        at_most: Its highest mean that will do; for a budget, over the base.
    """

    metric: str
    at_most: float


@dataclass(frozen=True)
class Study:
    """A study.

    Attributes:
        title: One line.
        question: The question that it is to answer.
        scenarios: Files of whole scenarios; the first is the base.
        levers: What somebody may set.
        uncertainties: What nobody knows.
        policies: How points of the levers are chosen.
        futures: How points of the uncertainties are chosen.
        metrics: Names of the outcomes it is about, and which direction is better.
        replications: Seeds for each point.
        seed: The first.
        until: Last day of the horizon; None for that of the scenarios.
        since: Day from which on outcomes are counted; None for the first day on which a policy differs.
        budget: What a policy may cost more than the base.
        target: What a policy is to reach.
        description: What else there is to say.
        source: Ids of the evidence register, and words.
        path: The file it was read from, if it was.
    """

    title: str
    question: str
    scenarios: tuple[Path, ...]
    levers: tuple[Factor, ...] = ()
    uncertainties: tuple[Factor, ...] = ()
    policies: Design = field(default_factory=Design)
    futures: Design = field(default_factory=Design)
    metrics: Mapping[str, Better] = field(default_factory=dict)
    replications: int = 1
    seed: int = 1
    until: date | None = None
    since: date | None = None
    budget: Limit | None = None
    target: Limit | None = None
    description: str = ""
    source: str = ""
    path: Path | None = field(default=None, compare=False)

    @property
    def seeds(self) -> range:
        """The seeds of every point."""
        return range(self.seed, self.seed + self.replications)
