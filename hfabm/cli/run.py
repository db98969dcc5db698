"""`hfabm run`: run a scenario, store what it leaves, and say what it found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hfabm.parameters.scenario import Scenario
    from hfabm.results.load import Run


def run(
    scenario: str,
    replications: int,
    seed: int | None,
    sets: list[str],
    until: date | None,
    out: Path | None,
    json: bool,
    report: bool,
    events: bool,
    quiet: bool,
    packages: Sequence[str] = (),
) -> int:
    """Run a scenario once or with several seeds.

    Args:
        scenario: Its file.
        replications: How many runs; more than one make a study, with a folder for each.
        seed: First seed, instead of the scenario's.
        sets: Overrides.
        until: An earlier end.
        out: Folder for the results; a new one in `runs` where None.
        json: Print one JSON object instead of tables.
        report: Also draw the picture and write a report.
        events: Also store every tenancy, stay, referral, case and citizen.
        quiet: No progress and no remarks.
        packages: Files of packages to lay on the scenario.

    Returns:
        The exit code.

    Raises:
        ScenarioError: The scenario has faults.
    """
    from hfabm.parameters.load import load_scenario
    from hfabm.population.places import PLACES
    from hfabm.results.store import OutputError, folder_for
    from hfabm.schedule import SECTIONS

    loaded = load_scenario(scenario, SECTIONS, PLACES, packages=packages, sets=sets, until=until)
    first = loaded.seed if seed is None else seed
    try:
        target = folder_for(loaded, first, out, replications)
    except OutputError as error:
        print(error, file=sys.stderr)
        return 2
    compile_seconds = compiled(quiet)
    try:
        folder, runs = _run(loaded, range(first, first + replications), target, out is None, (report, events, quiet))
    except OutputError as error:
        print(error, file=sys.stderr)
        return 1
    from hfabm.cli.said import print_json, print_report

    if json:
        print_json(folder, runs, compile_seconds)
    else:
        print_report(folder, runs, report)
    return 0


def _run(
    scenario: Scenario, seeds: range, target: Path, or_next: bool, options: tuple[bool, bool, bool]
) -> tuple[Path, list[Run]]:
    """Run and store; the folder of results and what is in it."""
    from hfabm.results.load import Run, load_all
    from hfabm.results.store import add_files, new_folder, write_run, write_study

    report, events, quiet = options
    with new_folder(target, or_next) as new, Progress(len(seeds), show=not quiet) as progress:
        manifests, runs = [], []
        for seed in seeds:
            folder = new.path / f"seed-{seed}" if len(seeds) > 1 else new.path
            folder.mkdir(exist_ok=True)
            manifests.append(write_run(model_of(scenario, seed, progress), folder, events))
            runs.append(Run(manifests[-1], folder))
        whole = write_study(manifests, new.path) if len(seeds) > 1 else manifests[0]
        if report:
            from hfabm.cli.said import write_report

            add_files(whole, new.path, write_report(runs, new.path))
    return new.target, load_all(new.target)


def model_of(scenario: Scenario, seed: int, progress: Progress) -> Any:
    """Build and run one model."""
    from hfabm.model import HousingFirstModel

    model = HousingFirstModel(scenario, rng=seed)
    model.run(on_week=progress.of(model.weeks))
    return model


def compiled(quiet: bool) -> float:
    """Have everything compiled, and say so if it takes long; seconds it took."""
    from hfabm.engine.kernel import is_warm

    if not is_warm() and not quiet:
        print("compiling ... (about a minute, once)", file=sys.stderr, flush=True)
    from hfabm.model import warm

    return warm()


class Progress:
    """A bar on the error stream, if that is a terminal; else nothing."""

    def __init__(self, runs: int, show: bool) -> None:
        self.runs, self.done = runs, 0
        self.bar: Any = None
        self.task: Any = None
        if show and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %")
            bar = Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self.bar = bar
            self.task = bar.add_task("simulating", total=1.0)

    def of(self, weeks: int) -> Any:
        """What to call after each week of the next run of so many weeks; None to call nothing."""
        before = self.done
        self.done += 1
        if self.bar is None:
            return None

        def move(week: Any) -> None:
            if week.number % 8 == 0 or week.number + 1 == weeks:
                done = (before + (week.number + 1) / weeks) / self.runs
                self.bar.update(self.task, completed=done, description=f"{week.day:%Y-%m}")

        return move

    def one(self) -> None:
        """A whole run was made elsewhere."""
        self.done += 1
        if self.bar is not None:
            self.bar.update(self.task, completed=self.done / self.runs)

    def __enter__(self) -> Progress:
        if self.bar is not None:
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
