"""Read a study file: a question, what is varied, how, and what it is about; every fault of it is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study
from hfabm.experiments.study_factors import levers_of, uncertainties_of, varied_by
from hfabm.experiments.study_lists import LISTED, rows_of
from hfabm.experiments.study_reader import StudyReader, file_of, names, number, one_of, whole
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.metrics.metric import Better
from hfabm.model import SCENARIOS
from hfabm.parameters.faults import ScenarioError
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Scenario
from hfabm.parameters.source import read
from hfabm.parameters.values import MOST_SEEDS, day, header, words
from hfabm.population.places import PLACES
from hfabm.results.words import HEADLINES
from hfabm.schedule import SECTIONS

TOP = {
    "title": words, "question": words, "description": words, "source": header([])["source"], "scenarios": names,
    "until": day, "since": day, "replications": whole(1, MOST_SEEDS), "seed": whole(0, 2**31),
}  # fmt: skip
TABLES = ("metrics", "levers", "uncertainties", "design", "budget", "target")
NEITHER = "neither"
"""The direction of an outcome of which neither more nor less is better."""
METRICS = tuple(metric.name for metric in OUTCOMES)
KINDS = [kind.value for kind in Kind if kind is not Kind.NONE]
DESIGN = {
    "levers": one_of(KINDS, "design"), "uncertainties": one_of(KINDS, "design"), "lever_points": whole(1),
    "uncertainty_points": whole(1), "levers_csv": words, "uncertainties_csv": words, "seed": whole(0, 2**31),
}  # fmt: skip
LIMIT = {"metric": one_of(METRICS, "outcome"), "at_most": number}
SIZED = (Kind.LATIN_HYPERCUBE, Kind.SOBOL, Kind.MORRIS)
"""Designs that need to be told how many points they have."""


def read_study(path: str | Path) -> Study:
    """Read a study file and make sure that everything it names is there and fits.

    Args:
        path: The file.

    Raises:
        ScenarioError: Something is wrong; it carries all that is.
    """
    reader = StudyReader(read(Path(path)))
    study = _study(reader, Path(path))
    if study is None or reader.faults:
        raise ScenarioError(sorted(dict.fromkeys(reader.faults), key=lambda fault: (fault.line, fault.column)))
    return study


def _study(reader: StudyReader, path: Path) -> Study | None:
    top = reader.read(TOP, tables=TABLES)
    for key in ("title", "question", "scenarios"):
        if key not in reader.source.data:
            reader.fault((key,), "missing", f"Write it at the top: {key} = ...")
    scenarios = _scenarios(reader, top.get("scenarios", ()), path.parent)
    metrics = _metrics(reader)
    budget, target = _limit(reader, "budget"), _limit(reader, "target")
    loaded = _loaded(reader, scenarios, top.get("until"))
    if loaded is None:
        return None
    base = loaded[0]
    _within(reader, "since", top.get("since"), base)
    levers = levers_of(reader, base, path.parent)
    uncertainties = uncertainties_of(reader, base, levers)
    _clashes(reader, scenarios, levers, top.get("until"))
    design = reader.read(DESIGN, "design")
    listed = _listed(reader, levers, uncertainties, design, path.parent)
    if reader.faults:
        return None
    return Study(
        title=top["title"],
        question=top["question"],
        scenarios=scenarios,
        levers=levers,
        uncertainties=listed.factors or uncertainties,
        policies=_design(reader, "lever", levers, design, listed.policies),
        futures=_design(reader, "uncertainty", listed.factors or uncertainties, design, listed.futures),
        metrics=metrics,
        replications=top.get("replications", 1),
        seed=top.get("seed", base.seed),
        until=top.get("until"),
        since=top.get("since"),
        budget=budget,
        target=target,
        description=top.get("description", ""),
        source=top.get("source", ""),
        path=path,
    )


def _scenarios(reader: StudyReader, given: Sequence[str], folder: Path) -> tuple[Path, ...]:
    found = [reader.tried(("scenarios", place), file_of, name, folder, SCENARIOS) for place, name in enumerate(given)]
    if not given and "scenarios" in reader.source.data:
        reader.fault(("scenarios",), "no scenario is named", 'Write such as scenarios = ["odense_ahead"].')
    return tuple(path for path in found if path is not None)


def _loaded(reader: StudyReader, paths: Sequence[Path], until: date | None) -> list[Scenario] | None:
    """The scenarios themselves; their own faults are told where they stand."""
    found: list[Scenario] = []
    for place, path in enumerate(paths):
        try:
            whole = load_scenario(path, SECTIONS, PLACES)
            if until is not None and not _within(reader, "until", until, whole):
                return None
            found.append(load_scenario(path, SECTIONS, PLACES, until=until))
        except ScenarioError as error:
            reader.faults += error.faults
            return None
        base, key = found[0], ("scenarios", place)
        for name in ("place", "start", "end"):
            if getattr(found[-1], name) != getattr(base, name):
                what = f"{path.stem} has another {name} than {paths[0].stem}: {getattr(found[-1], name)}"
                reader.fault(key, what, "Scenarios of one study share place, start and end; `until` cuts all.")
    return found or None


def _within(reader: StudyReader, key: str, given: date | None, base: Scenario) -> bool:
    """Is a day within a scenario, or none?  If not, that is a fault."""
    if given is None or base.start <= given <= base.end:
        return True
    reader.fault((key,), f"{given} lies outside the scenario, {base.start} to {base.end}", "Choose a day within it.")
    return False


def _metrics(reader: StudyReader) -> dict[str, Better]:
    directions = one_of(("lower", "higher", NEITHER), "direction")
    told = reader.read({name: directions for name in METRICS}, "metrics")
    better = {metric.name: metric.better for metric in OUTCOMES}
    if told:
        return {name: "" if direction == NEITHER else direction for name, direction in told.items()}
    return {headline.metric: better[headline.metric] for headline in HEADLINES}


def _limit(reader: StudyReader, key: str) -> Limit | None:
    if key not in reader.source.data:
        return None
    told = reader.read(LIMIT, key)
    for missing in (name for name in LIMIT if name not in reader.table(key)):
        reader.fault((key, missing), "missing", f"Write {missing} = ... under [{key}].")
    return Limit(told["metric"], told["at_most"]) if len(told) == len(LIMIT) else None


def _clashes(reader: StudyReader, scenarios: Sequence[Path], levers: Sequence[Factor], until: date | None) -> None:
    """Faults of packages on the scenarios, one choice at a time."""
    for path in scenarios:
        for lever in levers:
            for choice in lever.choices:
                if choice.packages:
                    try:
                        load_scenario(path, SECTIONS, PLACES, packages=choice.packages, until=until)
                    except ScenarioError as error:
                        reader.faults += error.faults


class _Listed:
    """What CSV files list.

    Attributes:
        policies: The choices of each lever, row by row.
        futures: Those of each uncertainty.
        factors: Uncertainties that stand in the file alone.
    """

    policies: tuple[tuple[Choice, ...], ...] = ()
    futures: tuple[tuple[Choice, ...], ...] = ()
    factors: tuple[Factor, ...] = ()


def _listed(
    reader: StudyReader, levers: Sequence[Factor], uncertainties: Sequence[Factor], design: dict[str, Any], folder: Path
) -> _Listed:
    found = _Listed()
    for name, factors in (("levers", levers), ("uncertainties", uncertainties)):
        key = LISTED[name]
        if (design.get(name) == Kind.LIST) != (key in design):
            hint = f'Write both {name} = "list" and {key} = "file.csv", or neither.'
            reader.fault(("design", key if key in design else name), "a list needs its file, and a file its list", hint)
        elif key in design:
            others = varied_by(levers if name == "uncertainties" else ())
            columns, rows = rows_of(reader, ("design", key), folder / design[key], factors, others)
            if name == "levers":
                found.policies = rows
            else:
                found.futures, found.factors = rows, columns
    return found


def _design(
    reader: StudyReader,
    word: str,
    factors: Sequence[Factor],
    told: dict[str, Any],
    rows: tuple[tuple[Choice, ...], ...],
) -> Design:
    """How levers, or uncertainties, are chosen."""
    name = "levers" if word == "lever" else "uncertainties"
    if not factors:
        if name in told:
            reader.fault(
                ("design", name), f"there are no {name} to choose", f"Name some under [{name}], or leave it out."
            )
        return Design()
    ranged = [factor.name for factor in factors if not factor.choices]
    kind = Kind(told.get(name, Kind.LATIN_HYPERCUBE if ranged else Kind.GRID))
    points = int(told.get(f"{word}_points", 0))
    if name not in told and ranged and word == "lever":
        what = f"{', '.join(ranged)}: a range, and no design that chooses points in it"
        reader.fault(("design", name), what, f'Write {name} = "latin_hypercube" under [design], or give values.')
    if kind is Kind.GRID and ranged:
        hint = "Give values, or choose latin_hypercube, sobol or morris."
        reader.fault(("design", name), f"a grid needs values, and {', '.join(ranged)} has a range", hint)
    if points and kind not in SIZED:
        hint = "Leave it out, or choose latin_hypercube, sobol or morris."
        reader.fault(("design", f"{word}_points"), f"{kind} has the points it has", hint)
    if kind in SIZED and not points:
        reader.fault(("design", f"{word}_points"), f"missing, for {kind}", f"Write {word}_points = 64 under [design].")
    if kind is Kind.SOBOL and points & (points - 1):
        what = f"{points} is no power of two, and Sobol's sequence is even only at such"
        reader.fault(
            ("design", f"{word}_points"), what, f"Write {2 ** points.bit_length()} or {2 ** (points.bit_length() - 1)}."
        )
    return Design(kind, points if kind in SIZED else 0, told.get("seed", 1), rows)
