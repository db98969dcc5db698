"""One run to be made, and what it leaves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hfabm.parameters.scenario import Scenario
from hfabm.population.places import Place


class Status(StrEnum):
    """What became of a run."""

    DONE = "done"
    FAILED = "failed"
    """It raised an error, which is on record."""
    KILLED = "killed"
    """Every worker that tried it died of it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run to be made.

    Attributes:
        run: Its identity: the digest of all that shapes it but the seed, and the seed.
        scenario: What to run.
        seed: With which luck.
        since: Day from which on outcomes are counted.
        town: Another place than the scenario's, such as a small one for tests.
    """

    run: str
    scenario: Scenario
    seed: int
    since: date
    town: Place | None = None


@dataclass(frozen=True)
class Answer:
    """What a run leaves.

    Attributes:
        hash: Hash of the content of the run.
        outcomes: Every outcome by name, counted from the job's `since` on.
        years: Calendar years of the columns of `yearly`.
        yearly: By name: one number for each year.  `municipality_dkk`, `state_dkk`, `region_dkk` and so on are net
            payments in prices of the base year [DKK]; stocks are means over the year [persons].
        groups: By name: person-years since `since`, for each municipality, age, sex and need, flattened.
        municipalities: Names of the municipalities.
    """

    hash: str
    outcomes: Mapping[str, float]
    years: tuple[int, ...] = ()
    yearly: Mapping[str, tuple[float, ...]] = dataclasses.field(default_factory=dict)
    groups: Mapping[str, tuple[float, ...]] = dataclasses.field(default_factory=dict)
    municipalities: tuple[str, ...] = ()


Simulate = Callable[[Job], Answer]
"""Makes a run.  Importable by name, as workers are other processes."""
