"""What `hfabm run` says at the end: JSON for programs, tables for people, a report to keep."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from hfabm.cli.compare import number, wide_console
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.results import observed, picture
from hfabm.results.manifest import MANIFEST, plain, read_manifest

if TYPE_CHECKING:
    from hfabm.results.load import Run

REPORT = "report.md"


def print_json(folder: Path, runs: Sequence[Run], compile_seconds: float) -> None:
    """Print exactly one JSON object."""
    first, rows = runs[0].manifest, observed.table(runs)
    said: dict[str, Any] = {
        "run": str(folder),
        "weeks": first["weeks"],
        "citizens": first["citizens"],
        "dwellings": first["dwellings"],
        "replications": len(runs),
        "seeds": [r.manifest["seed"] for r in runs],
        "metrics": {name: plain(value) for name, value in means(runs).items()},
        "observed": {
            "within": int((rows["verdict"] == "within").sum()),
            "of": len(rows),
            "rows": [
                {str(k): plain(v) if isinstance(v, float) else v for k, v in r.items()} for r in rows.to_dict("records")
            ],
        },
        "seconds": round(sum(r.manifest["timings"]["seconds"] for r in runs), 3),
        "population_seconds": round(sum(r.manifest["timings"]["population_seconds"] for r in runs), 3),
        "compile_seconds": round(compile_seconds, 3),
        "hash": read_manifest(folder)["hash"],
    }
    print(json.dumps(said, ensure_ascii=False, allow_nan=False))


def means(runs: Sequence[Run]) -> dict[str, float]:
    """Every outcome, its mean over the runs that tell."""
    found = {}
    for metric in OUTCOMES:
        told = [x for run in runs if np.isfinite(x := run.outcomes[metric.name])]
        found[metric.name] = float(np.mean(told)) if told else float("nan")
    return found


def print_report(folder: Path, runs: Sequence[Run], report: bool) -> None:
    """Print tables of simulated against observed and of outcomes, and where everything lies."""
    from rich import box
    from rich.table import Table

    console = wide_console()
    console.print(picture.finding(runs).replace("\n", " "), style="bold", highlight=False)
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("simulated against observed", "when", "observed", "simulated", "unit", "verdict", "source"):
        aligned: Literal["left", "right"] = "right" if head in ("observed", "simulated") else "left"
        table.add_column(head, justify=aligned, no_wrap=head != "simulated against observed")
    for row in observed.table(runs).to_dict("records"):
        numbers = number(row["observed"]), number(row["simulated"])
        verdict = f"{row['verdict']} x{row['factor']:g}"
        table.add_row(row["quantity"], row["period"], *numbers, row["unit"], verdict, row["source"])
    if table.rows:
        console.print(table)
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("outcome", "", "unit", "means"):
        table.add_column(head, justify="left" if head else "right", no_wrap=head != "means")
    values = means(runs)
    for metric in OUTCOMES:
        table.add_row(metric.name.replace("_", " "), number(values[metric.name]), metric.unit.value, metric.means)
    console.print(table)
    console.print(closing(folder, runs, report), highlight=False, soft_wrap=True)


def closing(folder: Path, runs: Sequence[Run], report: bool) -> str:
    """Where everything lies and what to try next."""
    lines = [
        f"Results: {folder}",
        f"  {MANIFEST}: what was run, with which parameters and versions; hash and timings",
    ]
    if report:
        lines.append("  homelessness.png, homelessness.svg: the picture")
        lines.append(f"  {REPORT}: these tables, to keep")
    where = f"{folder}/seed-{runs[0].manifest['seed']}" if len(runs) > 1 else str(folder)
    inside = "  seed-...: one folder for each run, with" if len(runs) > 1 else " "
    tables = "weekly, municipal, ledger, yearly, costs, retention, equity, sums, decisions"
    lines.append(f"{inside} {tables} as Parquet tables")
    lines.append("What next?")
    lines.append(f"  in Python    import hfabm; run = hfabm.load({where!r}); run.yearly")
    lines.append(f"  check it     hfabm hash {folder}")
    month = f"{runs[0].manifest['end'][:7]}-01"
    lines.append(f"  the sums     hfabm explain-decision {where} --municipality Odense --date {month}")
    lines.append("  a policy     hfabm compare odense_ahead reforms/01 reforms/11; hfabm scenarios")
    lines.append("  a parameter  hfabm parameters; hfabm run ... --set section.name=value")
    return "\n".join(lines)


def write_report(runs: Sequence[Run], folder: Path) -> list[Path]:
    """Draw the picture and write the report beside it; the files made."""
    paths = list(picture.picture(runs, folder))
    first, values, rows = runs[0].manifest, means(runs), observed.table(runs)
    seeds = ", ".join(str(r.manifest["seed"]) for r in runs)
    weeks = f"{first['start']} to {first['end']}, {first['weeks']} weeks"
    lines = [f"# {first['title']}", "", picture.finding(runs).replace("\n", " ") + ".", ""]
    lines += ["![Homelessness, simulated and observed](homelessness.svg)", ""]
    lines += [
        f"{first['place'].capitalize()}, {weeks}; seeds {seeds}.",
        "",
        "## Simulated against observed",
        "",
    ]
    lines.append("| what | when | unit | observed | simulated | verdict | source |")
    lines.append("| --- | --- | --- | ---: | ---: | --- | --- |")
    for row in rows.itertuples():
        verdict = f"{row.verdict} a factor of {row.factor:g}"
        cells = (
            row.quantity,
            row.period,
            row.unit,
            number(row.observed),
            number(row.simulated),
            verdict,
            row.source,
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", "## Outcomes", "", "| outcome | value | unit | means |", "| --- | ---: | --- | --- |"]
    for metric in OUTCOMES:
        lines.append(f"| {metric.name} | {number(values[metric.name])} | {metric.unit.value} | {metric.means} |")
    path = folder / REPORT
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*paths, path]
