"""`hfabm compare`: two scenarios with the same luck, and what differs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from hfabm.results.compare import Comparison


def compare(
    a: str,
    b: str,
    replications: int,
    seed: int | None,
    sets: list[str],
    until: date | None,
    json: bool,
    out: Path | None,
) -> int:
    """Run two scenarios with the same seeds and print the differences, person by person too.

    Args:
        a: File of the first scenario, the baseline.
        b: File of the second.
        replications: How many seeds.
        seed: First seed, instead of that of the first scenario.
        sets: Overrides for both.
        until: An earlier end.
        json: Print one JSON object instead of tables.
        out: Folder for the tables.

    Returns:
        The exit code.
    """
    import json as json_module
    import sys

    from hfabm.cli.run import Progress, compiled, model_of
    from hfabm.parameters.load import load_scenario
    from hfabm.population.places import PLACES
    from hfabm.results.compare import compare as paired
    from hfabm.results.compare import replica
    from hfabm.results.store import OutputError, folder_for
    from hfabm.schedule import SECTIONS

    scenarios = [load_scenario(path, SECTIONS, PLACES, sets=sets, until=until) for path in (a, b)]
    try:
        target = folder_for(scenarios[0], 0, out) if out else None
    except OutputError as error:
        print(error, file=sys.stderr)
        return 2
    first = scenarios[0].seed if seed is None else seed
    compiled(quiet=json)
    found: list[list[Any]] = [[], []]
    with Progress(2 * replications, show=not json) as progress:
        for k in range(replications):
            for runs, scenario in zip(found, scenarios, strict=True):
                runs.append(replica(model_of(scenario, first + k, progress)))
    comparison = paired(*found)
    if target is not None:
        try:
            _save(comparison, target)
        except OutputError as error:
            print(error, file=sys.stderr)
            return 1
    if json:
        print(json_module.dumps(comparison.as_json(), ensure_ascii=False, allow_nan=False))
    else:
        _print(comparison)
    return 0


def _save(comparison: Comparison, target: Path) -> None:
    from hfabm.results.manifest import SCHEMA, file_hash, study_hash, versions
    from hfabm.results.store import new_folder, write_manifest, write_table

    tables = {"metrics": comparison.metrics, "payers": comparison.payers, "people": comparison.people}
    with new_folder(target) as new:
        files = {}
        for name, frame in tables.items():
            path = new.path / f"{name}.parquet"
            write_table(frame, path)
            files[path.name] = file_hash(path)
        said = comparison.as_json()
        head = {"schema": SCHEMA, "kind": "comparison", "hash": study_hash([repr(sorted(said.items()))])}
        write_manifest(head | said | {"versions": versions(), "files": files}, new.path)


def _print(comparison: Comparison) -> None:
    from math import isnan

    from rich import box
    from rich.table import Table

    console = wide_console()
    a, b = comparison.titles
    console.print(f"A: {a}\nB: {b}\n{len(comparison.seeds)} seeds, the same luck in both.", highlight=False)
    if comparison.identical:
        console.print("The two are the same, bit by bit: nothing that B changes touched anybody.")
    shown = {"what (B less A)": comparison.metrics, "net payments of (B less A)": comparison.payers}
    for title, frame in shown.items():
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column(title, no_wrap=True)
        for head in ("A", "B", "difference", "95 % interval", "better in", "unit"):
            table.add_column(head, justify="left" if head == "unit" else "right", no_wrap=True)
        for row in frame.to_dict("records"):
            share = "" if isnan(row["improves"]) else f"{row['improves']:.0%}"
            interval = "" if isnan(row["low"]) else f"{number(row['low'])} to {number(row['high'])}"
            cells = (number(row["a"]), number(row["b"]), number(row["difference"]), interval, share)
            table.add_row(row["metric"].replace("_", " "), *cells, row["unit"])
        console.print(table)
    table = Table(box=box.SIMPLE_HEAD, title="weeks at home, person by person (per run)", title_justify="left")
    for head in ("need", "citizens", "gain", "lose", "weeks gained", "weeks lost", "net"):
        table.add_column(head, justify="left" if head == "need" else "right", no_wrap=True)
    for people in comparison.people.to_dict("records"):
        need, *numbers = people.values()
        table.add_row(need, *map(number, numbers))
    console.print(table)


def wide_console() -> Console:
    """A console for tables: as wide as the terminal, and wide enough where there is none."""
    import sys

    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120)


def number(value: Any) -> str:
    """A number for people: three figures, millions as `m`.

    >>> number(0.12345), number(12345.6), number(1234567.0), number(-2.5e9), number(float("nan"))
    ('0.123', '12,346', '1.23 m', '-2,500 m', '-')
    """
    if value is None or value != value:
        return "-"
    if abs(value) >= 1e6:
        millions = value / 1e6
        return f"{millions:,.0f} m" if abs(millions) >= 100 else f"{millions:.3g} m"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
