"""What a study comes to: every policy in every future with every seed, and the identity of each run.

The identity of a run is the digest of all that shapes it: two points that come to the same are run once, and a
study that grows finds the runs it has.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hfabm.experiments.designs import chosen
from hfabm.experiments.job import Job
from hfabm.experiments.study import Choice, Factor, Kind, Study
from hfabm.parameters.declare import BEGINNING, Value
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Key, Scenario, Steps
from hfabm.population.places import PLACES, Place
from hfabm.results.rules import changed
from hfabm.schedule import SECTIONS

if TYPE_CHECKING:
    import pandas as pd

SCENARIO = "scenario"
"""Name under which the scenario of a policy stands beside its levers, where there are several."""
DIGITS = 16
"""Length of the digest of a point."""

MANY = 4
"""Levers from which on all of them together are called so, instead of one by one."""

Choices = Mapping[str, Choice]
Changes = Mapping[Key, Value | Steps]


@dataclass(frozen=True)
class Policy:
    """A choice for every lever.

    Attributes:
        number: Its number; 0 is the base.
        label: What it is called.
        scenario: What is run, but for the future.
        choices: The choice of each lever, and of the scenario where there are several.
    """

    number: int
    label: str
    scenario: Scenario
    choices: Choices


@dataclass(frozen=True)
class Future:
    """A value for every uncertainty.

    Attributes:
        number: Its number.
        label: What it is called.
        values: The value of each uncertainty; None where it is as in the scenario.
        changes: What that sets.
        sampled: Is it of the sample, rather than the defaults beside it?
    """

    number: int
    label: str
    values: Mapping[str, Value | None]
    changes: Changes
    sampled: bool = True


@dataclass(frozen=True)
class Plan:
    """Every run of a study.

    Attributes:
        study: The study.
        policies: Its policies, the base first.
        futures: Its futures.
        since: Day from which on outcomes are counted.
        town: Another place than that of the scenarios, such as a small one for tests.
    """

    study: Study
    policies: tuple[Policy, ...]
    futures: tuple[Future, ...]
    since: date
    town: Place | None = None

    @property
    def seeds(self) -> range:
        """The seeds of every point."""
        return self.study.seeds

    @cached_property
    def digests(self) -> dict[tuple[int, int], str]:
        """The identity of each point: its policy and its future, to the digest of what they come to."""
        return {
            (policy.number, future.number): self._digest(self._scenario(policy, future))
            for future in self.futures
            for policy in self.policies
        }

    def jobs(self) -> Iterator[Job]:
        """Every run, once: seed by seed, so that runs that begin with the same people follow each other."""
        first = {digest: point for point, digest in reversed(self.digests.items())}
        scenarios: dict[str, Scenario] = {}  # one for all seeds of a point: they are large
        for seed in self.seeds:
            for future in self.futures:
                for policy in self.policies:
                    digest = self.digests[policy.number, future.number]
                    if first[digest] == (policy.number, future.number):
                        if digest not in scenarios:
                            scenarios[digest] = self._scenario(policy, future)
                        yield Job(f"{digest}-{seed}", scenarios[digest], seed, self.since, self.town)

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(set(self.digests.values())) * len(self.seeds)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the identity of every run."""
        lines = sorted(set(self.digests.values())) + [str(seed) for seed in self.seeds]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def points(self) -> pd.DataFrame:
        """Policy, future and digest of every point."""
        import pandas as pd

        rows = [(policy, future, digest) for (policy, future), digest in self.digests.items()]
        return pd.DataFrame(rows, columns=["policy", "future", "digest"])

    def _scenario(self, policy: Policy, future: Future) -> Scenario:
        if not future.changes:
            return policy.scenario
        return dataclasses.replace(policy.scenario.with_changes(future.changes), origins={})

    def _digest(self, scenario: Scenario) -> str:
        shaped = dataclasses.replace(scenario, seed=0).digest()
        where = repr(self.town) if self.town else ""
        return hashlib.sha256(f"{shaped} {self.since} {where}".encode()).hexdigest()[:DIGITS]


def plan_of(study: Study, town: Place | None = None) -> Plan:
    """Work out every policy and every future of a study.

    Args:
        study: The study.
        town: Another place than that of its scenarios.

    Raises:
        ScenarioError: A scenario cannot be read with the packages of a policy.
    """
    policies = tuple(_policies(study))
    futures = tuple(_futures(study))
    return Plan(study, policies, futures, study.since or _first_difference(policies), town)


def combinations(study: Study) -> list[tuple[Choice, ...]]:
    """The choices of every policy within one scenario, the base first."""
    base = tuple(lever.at_base for lever in study.levers)
    drawn = [] if study.policies.kind is Kind.NONE else chosen(study.levers, study.policies)
    return [base, *(choices for choices in drawn if choices != base or study.policies.kind in SAMPLED)]


SAMPLED = (Kind.LATIN_HYPERCUBE, Kind.SOBOL, Kind.MORRIS)
"""Designs whose points must all be there, in their order."""


def _policies(study: Study) -> Iterator[Policy]:
    read = _Reader(study)
    several = len(study.scenarios) > 1
    for number, (path, choices) in enumerate(itertools.product(study.scenarios, combinations(study))):
        named = dict(zip((lever.name for lever in study.levers), choices, strict=True))
        scenario = read.policy(path, choices)
        if several:
            named = {SCENARIO: Choice(path.stem), **named}
        yield Policy(number, _label(number, named, study), scenario, named)


class _Reader:
    """Reads each scenario with each set of packages once."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._read: dict[tuple[Path, tuple[Path, ...]], Scenario] = {}

    def policy(self, path: Path, choices: tuple[Choice, ...]) -> Scenario:
        """A scenario with the choices of a policy on it."""
        packages = tuple(itertools.chain(*(choice.packages for choice in choices)))
        if (path, packages) not in self._read:
            read = load_scenario(path, SECTIONS, PLACES, packages=packages, until=self.study.until)
            self._read[path, packages] = dataclasses.replace(read, origins={}, path=None)
        changes = {
            lever.key: steps_of(lever, choice)
            for lever, choice in zip(self.study.levers, choices, strict=True)
            if lever.key and choice.value is not None
        }
        scenario = self._read[path, packages]
        if not changes:
            return scenario
        return dataclasses.replace(scenario.with_changes(changes), origins={})


def steps_of(factor: Factor, choice: Choice) -> Steps:
    """The steps by which a choice sets its parameter."""
    assert choice.value is not None
    return ((factor.day or BEGINNING, choice.value),)


def _label(number: int, choices: Choices, study: Study) -> str:
    """The choices that differ from the base, or what the policy is called without any."""
    base = {lever.name: lever.at_base.label for lever in study.levers} | {SCENARIO: study.scenarios[0].stem}
    words = [_words(name, choice) for name, choice in choices.items() if choice.label != base[name]]
    last = all(lever.choices and choices[lever.name] == lever.choices[-1] for lever in study.levers)
    if last and len(words) == len(study.levers) >= MANY:
        return "all together"
    return ", ".join(words) or ("base" if number == 0 else f"base ({number})")


def _words(name: str, choice: Choice) -> str:
    says = choice.value is None and any(letter.isalpha() for letter in choice.label)
    return choice.label if says else f"{name.replace('_', ' ')} {choice.label}"


def _futures(study: Study) -> Iterator[Future]:
    defaults = {factor.name: None for factor in study.uncertainties}
    kind = study.futures.kind
    if kind is not Kind.LIST or not study.uncertainties:
        yield Future(0, "defaults" if study.uncertainties else "as it is", defaults, {}, sampled=False)
    if kind is Kind.NONE or not study.uncertainties:
        return
    first = 0 if kind is Kind.LIST else 1
    for number, choices in enumerate(chosen(study.uncertainties, study.futures), first):
        pairs = list(zip(study.uncertainties, choices, strict=True))
        values = {factor.name: choice.value for factor, choice in pairs}
        changes = {f.key: steps_of(f, choice) for f, choice in pairs if f.key and choice.value is not None}
        yield Future(number, f"future {number}", values, changes)


def _first_difference(policies: tuple[Policy, ...]) -> date:
    """The first day on which any policy differs from the base; the start where none does."""
    base = policies[0].scenario
    days = [change.day for policy in policies[1:] for change in changed(base, policy.scenario, SECTIONS)]
    return max(base.start, min(days, default=base.start))
