"""Simulated against observed: from stored runs of Odense's history, or from some that are made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hfabm.app.work.failures import Cancelled
from hfabm.results.load import Run, load_all, run_of
from hfabm.results.manifest import DamagedResults, read_manifest
from hfabm.results.observed import table
from hfabm.results.store import RUNS

if TYPE_CHECKING:
    from hfabm.app.work.child import Watch
    from hfabm.parameters.scenario import Scenario

PLACE = "odense"
SEEDS = 4
"""Runs that are made where none is stored."""

Progress = Callable[[int, int], None]
"""Told how many weeks of how many are simulated."""


@dataclass(frozen=True)
class Fit:
    """Simulated against observed.

    Attributes:
        table: As `hfabm.results.observed.table` has it: one row for each observation.
        runs: How many runs it is of.
        where: The folder they are stored in; empty where they were made for this.
    """

    table: pd.DataFrame
    runs: int
    where: str = ""

    @property
    def within(self) -> int:
        """Observations that the model comes near to."""
        return int((self.table["verdict"] == "within").sum())


def stored(root: Path = RUNS) -> Fit | None:
    """The fit of the newest stored runs of Odense as it was; None where there are none that are whole."""
    for _, folder in sorted(_candidates(root), reverse=True):
        try:
            return fit_of(load_all(folder), str(folder))
        except (DamagedResults, OSError, ValueError, KeyError, AttributeError):
            continue
    return None


def fit_of(runs: Sequence[Run], where: str = "") -> Fit:
    """The fit of some runs."""
    return Fit(table(runs), len(runs), where)


def make_runs(progress: Progress, cancelled: Callable[[], bool], seeds: int = SEEDS, **more: Any) -> Fit:
    """Run the history of Odense with several seeds, in this process.

    Args:
        progress: Told how far it is, some times a second.
        cancelled: Asked every week whether to stop.
        seeds: How many runs.
        **more: Other arguments of the model, such as a small town for tests.

    Raises:
        Cancelled: It was to stop.
    """
    from hfabm.model import HousingFirstModel

    scenario, runs = history(), []
    for seed in range(1, seeds + 1):
        model = HousingFirstModel(scenario, rng=seed, **more)
        before, total = (seed - 1) * model.weeks, seeds * model.weeks

        def on_week(week: Any, before: int = before, total: int = total) -> None:
            if cancelled():
                raise Cancelled
            if week.number % 26 == 0:
                progress(before + week.number + 1, total)

        model.run(on_week=on_week)
        runs.append(run_of(model))
        progress(before + model.weeks, total)
    return fit_of(runs)


class Maker:
    """Makes runs in a process of its own."""

    def fit(self, watch: Watch) -> Fit:
        """The fit, with its progress told as (weeks done, weeks in all)."""
        return make_runs(lambda done, total: watch.tell((done, total)), watch.cancelled)


def history() -> Scenario:
    """The scenario of Odense as it was."""
    from hfabm.model import SCENARIOS, read_scenario

    return read_scenario(SCENARIOS / f"{PLACE}.toml")


def _candidates(root: Path) -> Iterator[tuple[str, Path]]:
    """Folders that hold runs of it, with when they were written."""
    if not root.is_dir():
        return
    digest = history().digest()
    for folder in root.iterdir():
        try:
            manifest = read_manifest(folder)
            first = read_manifest(folder / manifest["runs"][0]["folder"]) if manifest["kind"] == "study" else manifest
            if first["kind"] == "run" and first["digest"] == digest:
                yield str(first["written"]), folder
        except (DamagedResults, OSError, KeyError, IndexError, TypeError):
            continue
