"""`hfabm compare`: packages against a base with the same luck, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hfabm.results.words import number

if TYPE_CHECKING:
    from rich.console import Console

    from hfabm.cli.run import Progress
    from hfabm.parameters.scenario import Scenario
    from hfabm.results.appraisal import EqualBudget

__all__ = ["compare", "number", "wide_console"]


def compare(
    base: str,
    packages: Sequence[str],
    replications: int,
    seed: int | None,
    sets: list[str],
    until: date | None,
    json: bool,
    out: Path | None,
    since: date | None = None,
    full: bool = False,
    equal_budget: bool = False,
    budget: float | None = None,
    by: Sequence[str] = (),
    workers: int = 1,
) -> int:
    """Run a base and packages on it with the same seeds, and print what differs, the headlines first.

    Args:
        base: File of the scenario that the others are laid on.
        packages: Files of packages, or of whole scenarios of the same place and horizon.
        replications: How many seeds.
        seed: First seed, instead of that of the base.
        sets: Overrides for all.
        until: An earlier end.
        json: Print one JSON object instead of tables.
        out: Folder for the tables.
        since: Day from which on outcomes are counted; None for the first on which any package differs.
        full: Print every table; one package alone has them in any case.
        equal_budget: Scale the packages to the same net public cost first.
        budget: That cost, over the base [DKK/year]; None for what the first package costs.
        by: Levers to scale by, as `package=section.name`.
        workers: Runs at a time.

    Returns:
        The exit code.

    Raises:
        ScenarioError: A scenario or an option has faults.
    """
    import json as json_module
    import sys

    from hfabm.cli.compared import print_appraisal
    from hfabm.cli.run import Progress, compiled
    from hfabm.results.appraisal import appraise
    from hfabm.results.equal_budget import BudgetError
    from hfabm.results.store import OutputError, folder_for

    ground, laid = _loaded(base, packages, sets, until)
    since = _since(ground, laid, since)
    equal = _equal(ground, laid, equal_budget, budget, by)
    try:
        target = folder_for(ground, 0, out) if out else None
    except OutputError as error:
        print(error, file=sys.stderr)
        return 2
    compiled(quiet=json)
    first = ground.seed if seed is None else seed
    seeds = range(first, first + replications)
    with (
        Progress((1 + len(laid)) * replications, show=not json) as progress,
        _Runs(seeds, since, progress, workers) as run,
    ):
        try:
            found = appraise(ground, laid, run, since, equal)
        except BudgetError as error:
            print(error, file=sys.stderr)
            return 2
    if target is not None:
        try:
            found.save(target)
        except OutputError as error:
            print(error, file=sys.stderr)
            return 1
    if json:
        print(json_module.dumps(found.as_json(), ensure_ascii=False, allow_nan=False))
    else:
        print_appraisal(found, full or len(laid) == 1)
    return 0


class _Runs:
    """Runs a scenario with every seed; keeps no model."""

    def __init__(self, seeds: range, since: date, progress: Progress, workers: int) -> None:
        self.seeds, self.since, self.progress = seeds, since, progress
        self.workers = min(workers, len(seeds))
        self._several: Any = None

    def __enter__(self) -> _Runs:
        if self.workers > 1:
            from hfabm.results.compare import run_replica
            from hfabm.results.workers import Workers

            self._several = Workers(run_replica, self.workers, lambda *_: self.progress.one())
        return self

    def __exit__(self, *how: Any) -> None:
        if self._several is not None:
            self._several.__exit__(*how)

    def __call__(self, scenario: Scenario) -> list[Any]:
        from hfabm.cli.run import model_of
        from hfabm.results.compare import replica

        # scales that are tried come on top of the runs that were foreseen
        self.progress.runs = max(self.progress.runs, self.progress.done + len(self.seeds))
        if self._several is not None:
            found: list[Any] = self._several("runs", [(scenario, self.since, seed) for seed in self.seeds])
            return found
        return [replica(model_of(scenario, seed, self.progress), self.since) for seed in self.seeds]


def _loaded(
    base: str, packages: Sequence[str], sets: list[str], until: date | None
) -> tuple[Scenario, dict[str, Scenario]]:
    """The base, and each package laid on it, by a name of its own."""
    from hfabm.parameters.load import load_scenario
    from hfabm.population.places import PLACES
    from hfabm.results.rules import same_horizon
    from hfabm.schedule import SECTIONS

    ground = load_scenario(base, SECTIONS, PLACES, sets=sets, until=until)
    laid: dict[str, Scenario] = {}
    for path in packages:
        scenario = load_scenario(path, SECTIONS, PLACES, on=base, sets=sets, until=until)
        same_horizon(ground, scenario)
        stem, again = Path(path).stem, 1
        while (name := stem if again == 1 else f"{stem}-{again}") in laid:
            again += 1
        laid[name] = scenario
    return ground, laid


def _since(ground: Scenario, laid: dict[str, Scenario], since: date | None) -> date:
    """The day from which on outcomes are counted."""
    from hfabm.calendar import week_of
    from hfabm.parameters.faults import ScenarioError, Spot
    from hfabm.results.rules import changed, first_week
    from hfabm.schedule import SECTIONS

    last = week_of(ground.start, ground.end)
    if since is None:
        days = [change.day for scenario in laid.values() for change in changed(ground, scenario, SECTIONS)]
        found = min(days, default=ground.start)
        return found if first_week(ground, found) <= last else ground.start
    if since < ground.start or first_week(ground, since) > last:
        what = f"no week from then on is within the scenario, which runs from {ground.start} to {ground.end}"
        raise ScenarioError([Spot(f"--since {since}").fault("", what, "Choose a day after its start, before its end.")])
    return since


def _equal(
    ground: Scenario, laid: dict[str, Scenario], equal: bool, budget: float | None, by: Sequence[str]
) -> EqualBudget | None:
    """What is scaled by which lever to which cost; None where nothing is."""
    from hfabm.parameters.faults import ScenarioError, Spot
    from hfabm.results.appraisal import EqualBudget
    from hfabm.results.lever import levers
    from hfabm.schedule import SECTIONS

    if not equal:
        idle = ([] if budget is None else [f"--budget {budget:g}"]) + [f"--by {item}" for item in by]
        faults = [Spot(option).fault("", "nothing is scaled", "Add --equal-budget.") for option in idle]
        if faults:
            raise ScenarioError(faults)
        return None
    first = next(iter(laid))
    if budget is None and len(laid) == 1:
        what = "one package alone has nothing to be equal to"
        raise ScenarioError([Spot("--equal-budget").fault("", what, "Name a second one, or a sum with --budget.")])
    # without a sum the first package sets it, as it is written
    scaled = {name: scenario for name, scenario in laid.items() if budget is not None or name != first}
    return EqualBudget(levers(ground, scaled, _by(by, scaled), SECTIONS), budget)


def _by(options: Sequence[str], scaled: dict[str, Scenario]) -> dict[str, str]:
    """Keys of levers by name of the package, as the options give them."""
    from hfabm.parameters.faults import ScenarioError, Spot, suggestion

    found, faults = {}, []
    for option in options:
        said, _, key = option.partition("=")
        stem = Path(said).stem
        names = [name for name in scaled if name == stem] or [n for n in scaled if n.startswith(f"{stem}_")]
        if not key:
            faults.append(Spot(f"--by {option}").fault("", "names no lever", "Write package=section.name."))
        elif len(names) != 1:
            hint = suggestion(stem, list(scaled), "packages that are scaled")
            faults.append(Spot(f"--by {option}").fault("", f"'{said}' is no package that is scaled", hint))
        else:
            found[names[0]] = key
    if faults:
        raise ScenarioError(faults)
    return found


def wide_console() -> Console:
    """A console for tables: as wide as the terminal, and wide enough where there is none."""
    import sys

    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120)
