"""hfabm in Python, as small as the command line: runs, comparisons and studies as frames of pandas.

    hfabm.run("odense", replications=3)                        one row for each seed
    hfabm.compare("odense_ahead", "reforms/01", "reforms/11")  one row for each package and outcome
    hfabm.experiment("experiments/refund_design.toml")         runs, years and groups of a study

With more than one worker, the runs are made by other processes, which import the script that asks for them: put what
is to be done under `if __name__ == "__main__":`, as for every use of several processes in Python.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from hfabm.answers.analysis import analyse as analysed
from hfabm.answers.finding import Answers
from hfabm.experiments.making import STUDIES, Wish, cores, make
from hfabm.experiments.plan import plan_of
from hfabm.experiments.results import Results, read_results
from hfabm.experiments.study import Study
from hfabm.experiments.study_file import read_study
from hfabm.model import SCENARIOS, read_scenario
from hfabm.parameters.load import load_scenario
from hfabm.parameters.names import located
from hfabm.parameters.scenario import Scenario
from hfabm.population.places import PLACES
from hfabm.results.compare import Replica, run_replica
from hfabm.results.compare import compare as compared
from hfabm.results.rules import changed, same_horizon
from hfabm.results.workers import Workers
from hfabm.schedule import SECTIONS

Given = Scenario | str | Path
"""A scenario, its file, or the name of one that comes with the project."""


def run(
    scenario: Given = "odense",
    *,
    packages: Sequence[str | Path] = (),
    replications: int = 1,
    seed: int | None = None,
    since: date | None = None,
    until: date | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Run a scenario with several seeds.

    Args:
        scenario: What to run.
        packages: Packages to lay on it, such as `reforms/01`.
        replications: How many seeds.
        seed: The first; the scenario's own where None.
        since: Day from which on outcomes are counted; from the start where None.
        until: An earlier end.
        workers: How many runs at a time.

    Returns:
        One row for each seed: `seed`, `hash` of all that happened, and every outcome by name.

    Raises:
        ScenarioError: The scenario has faults.
    """
    loaded = _loaded(scenario, packages, until)
    replicas = _replicas(loaded, _seeds(loaded, seed, replications), since, workers)
    return pd.DataFrame([{"seed": one.seed, "hash": one.hash, **one.outcomes} for one in replicas])


def compare(
    base: Given,
    *packages: Given,
    replications: int = 10,
    seed: int | None = None,
    since: date | None = None,
    until: date | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Compare packages, or other scenarios, with a base: the same people, the same luck.

    Args:
        base: The base.
        packages: Packages to lay on it, or whole scenarios of the same place and time.
        replications: How many seeds.
        seed: The first; the base's own where None.
        since: Day from which on outcomes are counted; the first on which any differs from the base where None.
        until: An earlier end.
        workers: How many runs at a time.

    Returns:
        One row for each package and outcome: package, metric, unit, better, a (base), b, difference, low and high of
        its 95 % interval, improves (share of seeds), seeds.

    Raises:
        ScenarioError: A scenario has faults, or another place or time than the base.
    """
    ground = _loaded(base, (), until)
    laid = [(_name(package), _laid(ground, base, package, until)) for package in packages]
    for _, scenario in laid:
        same_horizon(ground, scenario)
    days = [change.day for _, scenario in laid for change in changed(ground, scenario, SECTIONS)]
    counted = since or max(ground.start, min(days, default=ground.start))
    seeds = _seeds(ground, seed, replications)
    first = _replicas(ground, seeds, counted, workers)
    frames = []
    for name, scenario in laid:
        frame = compared(first, _replicas(scenario, seeds, counted, workers)).metrics
        frame.insert(0, "package", name)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def experiment(
    study: Study | str | Path,
    *,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str = "",
    resume: bool = False,
    expand: bool = False,
    replications: int | None = None,
    limit: int | None = None,
) -> Results:
    """Make the runs of a study.

    Args:
        study: The study, or its file.
        out: Its folder; one in `studies` where None.
        workers: Processes; all cores where None, this process where 1.
        scheduler: Address of a `dask.distributed` scheduler that has workers of its own.
        resume: Go on with what was begun.
        expand: Go on, with points or seeds that were added since.
        replications: Seeds for each point, instead of the study's.
        limit: Make so many runs at most.

    Returns:
        What the runs left: `runs`, `yearly`, `groups`, `policies`, `futures` and `missing` are frames.

    Raises:
        ScenarioError: The study has faults.
        WrongFolder: The folder was begun and nobody said to go on, or it is of another study.
    """
    asked = study if isinstance(study, Study) else read_study(study)
    if replications:
        asked = dataclasses.replace(asked, replications=replications)
    folder = Path(out) if out else STUDIES / (asked.path.stem if asked.path else "study")
    how = Wish(folder, workers or cores(), scheduler, None, resume, expand, limit=limit)
    made, _ = make(plan_of(asked), how)
    return read_results(made.path)


def analyse(results: Results | str | Path) -> Answers:
    """Answer the question of a study.

    Args:
        results: Its results, or its folder.

    Returns:
        `answer`, `findings`, `tables` (frames by name) and `pictures`.

    Raises:
        DamagedResults: The folder is none of a study, or not as it was written.
    """
    return analysed(results if isinstance(results, Results) else read_results(Path(results)))


def _loaded(given: Given, packages: Sequence[str | Path], until: date | None) -> Scenario:
    if isinstance(given, Scenario):
        if packages:
            raise ValueError("packages are laid on files: name the scenario's file, or its name")
        return given if until is None else dataclasses.replace(given, end=until)
    if not packages and until is None:
        return read_scenario(located(str(given), SCENARIOS))
    laid = [located(str(package), SCENARIOS) for package in packages]
    return load_scenario(located(str(given), SCENARIOS), SECTIONS, PLACES, packages=laid, until=until)


def _laid(ground: Scenario, base: Given, package: Given, until: date | None) -> Scenario:
    """A package on the base, or a whole scenario as it is."""
    if isinstance(package, Scenario):
        return _loaded(package, (), until)
    on = None if isinstance(base, Scenario) else located(str(base), SCENARIOS)
    return load_scenario(located(str(package), SCENARIOS), SECTIONS, PLACES, on=on, until=until or ground.end)


def _name(package: Given) -> str:
    return package.title if isinstance(package, Scenario) else Path(located(str(package), SCENARIOS)).stem


def _seeds(scenario: Scenario, seed: int | None, replications: int) -> range:
    first = scenario.seed if seed is None else seed
    return range(first, first + replications)


def _replicas(scenario: Scenario, seeds: range, since: date | None, workers: int) -> list[Replica]:
    with Workers(partial(run_replica, scenario, since), min(workers, len(seeds))) as ready:
        return ready("runs", [(seed,) for seed in seeds])
