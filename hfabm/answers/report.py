"""Write answers down: tables as CSV and Parquet, pictures as PNG and SVG, and a report that reads from the top."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from hfabm.answers.analysis import Answers, Finding
from hfabm.experiments.folder import StudyFolder
from hfabm.parameters.declare import declarations
from hfabm.results.store import OutputError
from hfabm.schedule import SECTIONS

ANSWERS = "answers"
ROWS = 30
"""Rows of a table that the report prints; all of them are in its file."""


def write(answers: Answers, folder: StudyFolder, out: Path, pictures: bool = True) -> Path:
    """Write all answers into a folder, in the place of earlier ones.

    Args:
        answers: The answers.
        folder: The study they are of.
        out: Where to.
        pictures: Draw the pictures too.

    Raises:
        OutputError: It cannot be written, or holds something else; what was there is there still.
    """
    if out.exists() and not (out / "answers.md").exists() and any(out.iterdir()):
        raise OutputError(f"{out}: holds something else than answers. Name another folder with --out.")
    new = out.with_name(f".tmp-{out.name}-{uuid4().hex[:8]}")
    try:
        new.mkdir(parents=True)
        for name, table in answers.tables.items():
            table.to_csv(new / f"{name}.csv", index=False)
            table.to_parquet(new / f"{name}.parquet", index=False)
        drawn = answers.pictures if pictures else []
        for picture in drawn:
            picture.save(new)
        (new / "answers.md").write_text("\n".join(_lines(answers, folder, bool(drawn))) + "\n", encoding="utf-8")
        said = json.dumps(as_json(answers, folder), indent=1, ensure_ascii=False)
        (new / "answers.json").write_text(said + "\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        new.rename(out)
    except OSError as error:
        raise OutputError(f"{out}: answers cannot be written there: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return out


def as_json(answers: Answers, folder: StudyFolder) -> dict[str, Any]:
    """Question, answer and findings, for programs."""
    results, manifest = answers.results, folder.manifest
    return {
        "version": 1,
        "title": results.study.title,
        "question": results.study.question,
        "answer": answers.answer,
        "findings": [
            {"about": f.about, "said": f.said, "more": [*f.more], "tables": [*f.tables], "pictures": [*f.pictures]}
            for f in answers.findings
        ],
        "refused": answers.refused,
        "policies": len(results.policies),
        "futures": len(results.futures),
        "seeds": list(results.study.seeds),
        "runs": len(results.runs),
        "missing": len(results.missing),
        "model": manifest["model"],
        "plan": manifest["plan"],
    }


def _lines(answers: Answers, folder: StudyFolder, drawn: bool) -> Iterator[str]:
    results, study = answers.results, answers.results.study
    yield f"# {study.title}\n"
    yield f"**{study.question}**\n"
    yield f"{answers.answer}\n"
    yield (
        f"Simulated, not observed: {len(results.policies)} policies, {len(results.futures)} futures, "
        f"{len(study.seeds)} seeds, {len(results.runs)} runs. Differences are to the base (policy 0), with the same "
        "people and the same luck. Intervals of 95 % are over seeds: they say how sure the mean of this model is, not "
        "how sure the model is. One interval in twenty leaves out nought by luck alone. " + _assumed(answers) + "\n"
    )
    if len(results.missing):
        yield f"**{len(results.missing)} runs are missing or failed**: what follows is of those there are.\n"
    for finding in answers.findings:
        yield from _section(finding, answers, drawn)
    if answers.refused:
        yield "## What cannot be said\n"
        for said in answers.refused:
            yield "- " + said.replace("\n", "\n  ")
        yield ""
    yield from _made(answers, folder)


def _section(finding: Finding, answers: Answers, drawn: bool) -> Iterator[str]:
    yield f"## {finding.about}\n"
    yield f"{finding.said}\n"
    for line in finding.more:
        yield f"- {line.strip()}"
    if finding.more:
        yield ""
    if drawn:
        for name in finding.pictures:
            title = next(picture.title for picture in answers.pictures if picture.name == name)
            yield f"![{title}]({name}.png)\n"
    for name in finding.tables:
        table = answers.tables[name]
        left = f", the first {ROWS} of {len(table)} rows" if len(table) > ROWS else ""
        yield f"<details><summary>{name}{left} ({name}.csv)</summary>\n"
        yield from _table(table.head(ROWS))
        yield "\n</details>\n"


def _table(table: pd.DataFrame) -> Iterator[str]:
    yield "| " + " | ".join(map(str, table.columns)) + " |"
    yield "|" + " --- |" * len(table.columns)
    for row in table.itertuples(index=False):
        cells = (_cell(value, name == "year") for name, value in zip(table.columns, row, strict=True))
        yield "| " + " | ".join(cells) + " |"


def _cell(value: Any, is_year: bool) -> str:
    if not isinstance(value, float):
        return str(value).replace("|", "\\|")
    if value != value:
        return ""
    return f"{value:.0f}" if is_year else f"{value:,.0f}" if abs(value) >= 1e3 else f"{value:.4g}"


def _assumed(answers: Answers) -> str:
    """How much of what the levers and uncertainties set rests on evidence."""
    declared = {(d.section, d.name): d for s, cls in SECTIONS.items() for d in declarations(s, cls)}
    behaviour = [d for d in declared.values() if d.role.value == "uncertainty"]
    share = sum(d.assumed for d in behaviour) / max(1, len(behaviour))
    varied = sum(factor.key is not None for factor in answers.results.study.uncertainties)
    moved = f"{varied} of them are varied here." if varied else "None of them is varied here."
    return f"Of {len(behaviour)} numbers that nobody knows {share:.0%} are assumed without evidence; {moved}"


def _made(answers: Answers, folder: StudyFolder) -> Iterator[str]:
    manifest, study = folder.manifest, answers.results.study
    yield "## How it was made\n"
    if study.source:
        yield f"- Sources: {study.source}"
    yield f"- Study: `{study.path or 'made in Python'}`; counted from {manifest['since']}"
    yield f"- Plan {manifest['plan'][:16]}, model {manifest['model']}, commit {manifest['commit'] or 'unknown'}"
    used = manifest["made_with"][0]
    yield "- " + ", ".join(f"{name} {version}" for name, version in used.items())
    yield f"- Again: `hfabm experiment {study.path or 'STUDY'}`, then `hfabm analyse {folder.path}`"
