"""`hfabm screen`: on which assumptions the effect of a package hinges."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hfabm.cli.run import Progress
    from hfabm.parameters.scenario import Scenario
    from hfabm.results.morris import Assumption, Design
    from hfabm.results.screening import Screening

YEARS = 10
"""Years of the package that are run where no end is asked for: long enough for what ends after two or three."""

DEFAULTS = "defaults"
DOING = {DEFAULTS: "at the defaults", "sections": "section by section", "numbers": "one by one"}
"""The stages of a screening in their order, and what the bar says meanwhile."""
ORDER = tuple(DOING)


@dataclass(frozen=True)
class Options:
    """What may be asked for besides the two files.

    Attributes:
        on: Outcomes, each perhaps several joined by commas.
        sections: Sections of assumptions, likewise; those about behaviour where empty.
        only_assumed: Leave out numbers that rest on evidence.
        within: Share of the way from a default to the ends of its declared range.
        trajectories: Ways through the ranges.
        levels: Values tried of each assumption.
        replications: Seeds for each point.
        top: How many assumptions to name.
        processes: How many runs at a time.
        seed: First seed, instead of the base's.
        sets: Overrides for both.
        until: The end, instead of some years after the package begins.
        out: Folder for the results.
        json: Print one JSON object instead of tables.
    """

    on: Sequence[str] = ("long_term_last_year",)
    sections: Sequence[str] = ()
    only_assumed: bool = False
    within: float = 0.5
    trajectories: int = 4
    levels: int = 4
    replications: int = 1
    top: int = 3
    processes: int = 2
    seed: int | None = None
    sets: Sequence[str] = ()
    until: date | None = None
    out: Path | None = None
    json: bool = False


class Wrong(Exception):
    """What was asked for cannot be done; said as the commands say it."""


def screen(base: str, package: str, options: Options) -> int:
    """Screen the assumptions under which a package has its effect, and name those on which it hinges.

    Args:
        base: File of the scenario without the package.
        package: File of the package, or of a scenario that has it.
        options: What else is asked for.

    Returns:
        The exit code.
    """
    from hfabm.cli.run import Progress, compiled
    from hfabm.cli.screen_said import described, print_report
    from hfabm.results.morris import Untold
    from hfabm.results.screening import PackageEffect
    from hfabm.results.screening import screen as screened
    from hfabm.results.store import OutputError, folder_for
    from hfabm.results.workers import Workers

    try:
        outcomes, scenarios = _outcomes(options), _loaded(base, package, options)
        assumptions, design = _assumptions(*scenarios, options), _design(scenarios[0], options)
        target = folder_for(scenarios[1], 0, options.out) if options.out else None
    except (OutputError, Wrong) as error:
        print(error, file=sys.stderr)
        return 2
    compiled(quiet=options.json)
    watch = Watch(design, design.points_at_most(assumptions, len(outcomes)), options)
    watch.announce(scenarios[0], assumptions)
    effect = PackageEffect(*scenarios, outcomes)
    try:
        with Progress(1, show=not options.json) as progress, Workers(effect, options.processes, watch) as workers:
            watch.progress, watch.seconds = progress, workers.seconds
            found = screened(outcomes, assumptions, design, workers)
        said = described(scenarios, found, options)
        took = {
            "runs": 2 * len(workers.seconds), "minutes": round(watch.minutes(), 2), "processes": options.processes,
        }  # fmt: skip
        if options.json:
            print(json.dumps(said | took, ensure_ascii=False, allow_nan=False))
        else:
            print_report(said | took)
        if target is not None:
            _save(scenarios, found, said, took, target)
    except (OutputError, Untold) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class Watch:
    """What is said while it runs: how much there is to do, how long it will take, how far it is."""

    def __init__(self, design: Design, points: dict[str, int], options: Options) -> None:
        self.points = {name: count * design.replications for name, count in points.items()}
        self.options = options
        self.progress: Progress | None = None
        self.seconds: list[float] = []
        self.began = time.monotonic()

    def announce(self, base: Scenario, assumptions: list[Assumption]) -> None:
        """Say what will be done."""
        years = "" if self.options.until else f" (at most {YEARS} years of the package; another end: --until)"
        sections = len({a.key[0] for a in assumptions})
        which = f"{len(assumptions)} assumptions of {sections} section{'s' if sections > 1 else ''}"
        runs = f"{2 * sum(self.points.values())} runs, {self.options.processes} at a time"
        first = f"How long they take is said after the first {2 * self.points[DEFAULTS]}."
        self._say(f"{which}, {base.start} to {base.end}{years}: at most {runs}. {first}")

    def __call__(self, stage: str, done: int, of: int) -> None:
        """After every two runs."""
        before = sum(count for name, count in self.points.items() if ORDER.index(name) < ORDER.index(stage))
        if self.progress is not None and self.progress.bar is not None:
            completed = (before + done) / sum(self.points.values())
            self.progress.bar.update(self.progress.task, completed=completed, description=DOING[stage])
        if stage == DEFAULTS and done == of:
            # the first of a process loads the compiled code: the quickest tells what the others will take
            left = min(self.seconds) * (sum(self.points.values()) - of) / self.options.processes
            self._say(f"About {max(left / 60.0, 0.1):.1f} minutes to go.")

    def minutes(self) -> float:
        """Since it began."""
        return (time.monotonic() - self.began) / 60.0

    def _say(self, text: str) -> None:
        if not self.options.json:
            bar = self.progress.bar if self.progress else None
            bar.console.print(text, highlight=False) if bar else print(text, file=sys.stderr, flush=True)


def _save(
    scenarios: Sequence[Scenario], found: Screening, said: dict[str, Any], took: dict[str, Any], target: Path
) -> None:
    """Store the tables, and a manifest that says what was run and what came out; its hash leaves out the clock."""
    from importlib.metadata import version

    from hfabm.results.manifest import SCHEMA, commit, file_hash, study_hash, versions
    from hfabm.results.store import new_folder, write_manifest, write_table

    tables = {"numbers": found.numbers, "sections": found.sections, "runs": found.runs, "points": found.points}
    with new_folder(target) as new:
        files = {}
        for name, frame in tables.items():
            if len(frame):
                path = new.path / f"{name}.parquet"
                write_table(frame, path)
                files[path.name] = file_hash(path)
        head = {"schema": SCHEMA, "kind": "screening", "hash": study_hash([repr(sorted(said.items()))])}
        software = {"commit": commit(), "versions": versions() | {"SALib": version("SALib")}}
        ran = {"scenarios": [scenario.as_toml() for scenario in scenarios]} | software
        write_manifest(head | said | took | ran | {"files": files}, new.path)


def _design(base: Scenario, options: Options) -> Design:
    from hfabm.results.morris import Design

    if options.levels % 2:
        raise Wrong(f"--levels {options.levels}: error: an odd number gives a lopsided design. Choose an even one.")
    seed = base.seed if options.seed is None else options.seed
    return Design(options.trajectories, options.levels, options.replications, seed)


def _split(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for name in names for one in name.split(",") if one.strip()))


def _outcomes(options: Options) -> tuple[str, ...]:
    from hfabm.metrics.catalogue import OUTCOMES
    from hfabm.parameters.faults import suggestion

    known, asked = [m.name for m in OUTCOMES], _split(options.on)
    for name in asked:
        if name not in known:
            raise Wrong(f"--on {name}: error: unknown outcome. {suggestion(name, known, 'outcomes')}")
    if not asked:
        raise Wrong(f"--on: error: names no outcome. Known outcomes: {', '.join(known)}.")
    return asked


def _loaded(base: str, package: str, options: Options) -> tuple[Scenario, Scenario]:
    """Both scenarios, up to the end that is asked for or makes sense."""
    from hfabm.parameters.load import load_scenario
    from hfabm.population.places import PLACES
    from hfabm.schedule import SECTIONS

    def both(until: date | None) -> tuple[Scenario, Scenario]:
        without = load_scenario(base, SECTIONS, PLACES, sets=options.sets, until=until)
        return without, load_scenario(package, SECTIONS, PLACES, on=base, sets=options.sets, until=until)

    without, having = both(options.until)
    for name in ("place", "start", "end"):
        if getattr(without, name) != getattr(having, name):
            one, other = getattr(without, name), getattr(having, name)
            raise Wrong(f"{package}: error: its {name} is {other}, that of {base} is {one}. Choose two that share it.")
    begins = first_difference(without, having, SECTIONS)
    if begins is None:
        hint = "Choose a later --until." if options.until else "Choose another package."
        raise Wrong(f"{package}: error: changes nothing in {base} until {without.end}. {hint}")
    end = date(begins.year + YEARS, begins.month, min(begins.day, 28))
    return both(end) if options.until is None and end < without.end else (without, having)


def first_difference(one: Scenario, other: Scenario, sections: dict[str, type]) -> date | None:
    """The first day on which two scenarios differ in a parameter; None where they never do."""
    a, b = one.parameters(sections), other.parameters(sections)
    days = sorted({one.start, *(day for day in (*a.dates, *b.dates) if one.start < day <= one.end)})
    return next((day for day in days if a.at(day) != b.at(day)), None)


def _assumptions(base: Scenario, package: Scenario, options: Options) -> list[Assumption]:
    from hfabm.parameters.declare import Role, declarations
    from hfabm.parameters.faults import suggestion
    from hfabm.parameters.report import BEHAVIOUR
    from hfabm.results.screening import assumptions_of
    from hfabm.schedule import SECTIONS

    asked = _split(options.sections)
    uncertain = [s for s, cls in SECTIONS.items() if any(d.role is Role.UNCERTAINTY for d in declarations(s, cls))]
    for name in asked:
        if name not in uncertain:
            what = "has no uncertain numbers" if name in SECTIONS else "unknown section"
            hint = suggestion(name, uncertain, "sections with uncertain numbers")
            raise Wrong(f"--sections {name}: error: {what}. {hint}")
    chosen = {s: SECTIONS[s] for s in uncertain if s in (asked or BEHAVIOUR)}
    found = assumptions_of(base, package, chosen, options.within)
    found = [a for a in found if a.declared.assumed or not options.only_assumed]
    if not found:
        raise Wrong("--sections: error: none of their numbers is an assumption that the package leaves as it is.")
    return found
