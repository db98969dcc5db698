"""Packages appraised against one base: what each changes, what comes of it, and at which scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hfabm.calendar import WEEKS_PER_YEAR, week_of
from hfabm.parameters.scenario import Scenario, Steps
from hfabm.results.compare import Comparison, Replica, compare
from hfabm.results.equal_budget import CLOSE_TO_NOTHING, BudgetError, Costs, Scaled, scaled
from hfabm.results.lever import Lever
from hfabm.results.manifest import SCHEMA, file_hash, study_hash, versions
from hfabm.results.rules import Change, changed, first_week
from hfabm.results.store import new_folder, write_manifest, write_table
from hfabm.schedule import SECTIONS

VERSION = 2
"""Version of the JSON of a comparison; 1 had one package and neither effects nor changes."""


@dataclass(frozen=True)
class Package:
    """A package that was run on the base.

    Attributes:
        name: What it is called on the command line and in tables.
        scenario: The base with the package on it, scaled if it was.
        changes: What that changes.
        comparison: What came of it.
        scaled: How it was scaled, if it was.
    """

    name: str
    scenario: Scenario
    changes: tuple[Change, ...]
    comparison: Comparison
    scaled: Scaled | None = None

    def as_json(self) -> dict[str, Any]:
        """All that is said of the package."""
        return {
            "name": self.name,
            "title": self.scenario.title,
            "hypothesis": self.scenario.hypothesis,
            "source": self.scenario.source,
            "changes": [change.as_json() for change in self.changes],
            "scaled": self.scaled.as_json() if self.scaled else None,
            **self.comparison.as_json(),
        }


@dataclass(frozen=True)
class Appraisal:
    """Some packages against one base, all with the same seeds.

    Attributes:
        base: The base.
        since: Day from which on outcomes are counted.
        packages: What was laid on it.
        budget: Extra net public cost a year that all were scaled to, if they were [DKK/year].
    """

    base: Scenario
    since: date
    packages: tuple[Package, ...]
    budget: float | None = None

    @property
    def years(self) -> float:
        """Years that are counted."""
        weeks = week_of(self.base.start, self.base.end) + 1 - first_week(self.base, self.since)
        return weeks / WEEKS_PER_YEAR

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that all ran with."""
        return self.packages[0].comparison.seeds

    def as_json(self) -> dict[str, Any]:
        """The whole appraisal; with one package also as version 1 had it, beside `packages`."""
        packages = [package.as_json() for package in self.packages]
        alone = self.packages[0].comparison.as_json() if len(packages) == 1 else {}
        head = {
            "version": VERSION,
            "a": self.base.title,
            "seeds": list(self.seeds),
            "since": self.since.isoformat(),
            "end": self.base.end.isoformat(),
            "years": round(self.years, 3),
            "budget_dkk_year": self.budget,
        }
        return head | alone | {"packages": packages}

    def tables(self) -> dict[str, pd.DataFrame]:
        """Tables of all packages, each row with the name of its package."""
        tables = {
            name: _stacked((p.name, getattr(p.comparison, name)) for p in self.packages)
            for name in ("effects", "metrics", "payers", "people")
        }
        changes = [{"package": p.name, **_texts(change)} for p in self.packages for change in p.changes]
        scales = [
            {"package": p.name, **{k: v for k, v in p.scaled.as_json().items() if k not in ("course", "range")}}
            for p in self.packages
            if p.scaled
        ]
        named = {"changes": pd.DataFrame(changes), "scales": pd.DataFrame(scales)}
        return tables | {name: frame for name, frame in named.items() if len(frame)}

    def save(self, target: Path) -> None:
        """Write the tables, the manifest and the scenarios that were run into a folder of their own.

        Raises:
            OutputError: The folder cannot be written; nothing is left behind.
        """
        with new_folder(target) as new:
            files = {}
            for name, frame in self.tables().items():
                path = new.path / f"{name}.parquet"
                write_table(frame, path)
                files[path.name] = file_hash(path)
            said = self.as_json()
            head = {"schema": SCHEMA, "kind": "comparison", "hash": study_hash([repr(sorted(said.items()))])}
            scenarios = {p.name: p.scenario.as_toml() for p in self.packages}
            ran = {"base": self.base.as_toml(), "scenarios": scenarios, "versions": versions(), "files": files}
            write_manifest(head | said | ran, new.path)


@dataclass(frozen=True)
class EqualBudget:
    """How packages are brought to one cost.

    Attributes:
        levers: What each package is scaled by, by name; a package without one stays as it is written.
        budget: Extra net public cost a year [DKK/year]; None for what the first package costs as written.
    """

    levers: Mapping[str, Lever]
    budget: float | None = None


Run = Callable[[Scenario], list[Replica]]
"""Runs a scenario with every seed."""


def appraise(
    base: Scenario, packages: Mapping[str, Scenario], run: Run, since: date, equal: EqualBudget | None = None
) -> Appraisal:
    """Run packages and what they are laid on, and compare each with that.

    Args:
        base: What they are laid on.
        packages: The packages on it, by name.
        run: Runs a scenario with all seeds, counted from `since` on.
        since: Day from which on outcomes are counted.
        equal: How to scale them to one cost first; None to take them as they are written.

    Raises:
        BudgetError: A package cannot be scaled to the budget.
    """
    ground = run(base)
    target = np.full(len(ground), equal.budget) if equal and equal.budget is not None else None
    done = []
    for name, scenario in packages.items():
        runs, found = run(scenario), None
        if equal and target is None:
            target = _cost(runs) - _cost(ground)
        if equal and target is not None and name in equal.levers:
            try:
                scenario, runs, found = _scaled(scenario, runs, ground, equal.levers[name], target, run)
            except BudgetError as error:
                raise BudgetError(f"{name}: {error}") from None
        done.append(Package(name, scenario, changed(base, scenario, SECTIONS), compare(ground, runs), found))
    return Appraisal(base, since, tuple(done), None if target is None else float(target.mean()))


def _scaled(
    package: Scenario, written: list[Replica], ground: list[Replica], lever: Lever, target: Costs, run: Run
) -> tuple[Scenario, list[Replica], Scaled]:
    """A package at the scale at which it costs what is sought, and its runs."""
    known = {lever.at(1.0): (package, written)}

    def cost(values: Steps) -> Costs:
        if values not in known:
            other = package.with_changes({lever.key: values}, "scaled to an equal budget")
            known[values] = other, run(other)
        return _cost(known[values][1]) - _cost(ground)

    found = scaled(lever, cost, target, CLOSE_TO_NOTHING * abs(float(_cost(ground).mean())))
    return *known[lever.at(found.scale)], found


def _cost(runs: list[Replica]) -> Costs:
    """Net public cost a year, by seed [DKK/year]."""
    return np.array([r.outcomes["public_cost_per_year"] for r in runs])


def _stacked(frames: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    marked = []
    for name, frame in frames:
        copy = frame.copy()
        copy.insert(0, "package", name)
        marked.append(copy)
    return pd.concat(marked, ignore_index=True)


def _texts(change: Change) -> dict[str, Any]:
    """A change whose values are numbers in one column, switches as 0 and 1."""
    return change.as_json() | {"old": float(change.old), "new": float(change.new)}
