"""Write answers down: tables as CSV and Parquet, pictures as PNG and SVG, and a report that reads from the top."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from hfabm.answers.finding import Answers, Finding
from hfabm.answers.texts import percent
from hfabm.experiments.folder import StudyFolder
from hfabm.language import Language, say, translated
from hfabm.parameters.declare import declarations
from hfabm.results.store import OutputError
from hfabm.schedule import SECTIONS

ANSWERS = "answers"
ROWS = 30
"""Rows of a table that the report prints; all of them are in its file."""


def write(
    answers: Answers, folder: StudyFolder, out: Path, pictures: bool = True, language: Language = Language.EN
) -> Path:
    """Write all answers into a folder, in the place of earlier ones.

    Args:
        answers: The answers.
        folder: The study they are of.
        out: Where to.
        pictures: Draw the pictures too.
        language: The language of the report and of the pictures.

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
            picture.save(new, language)
        (new / "answers.md").write_text(
            "\n".join(_lines(answers, folder, bool(drawn), language)) + "\n", encoding="utf-8"
        )
        said = json.dumps(as_json(answers, folder, language), indent=1, ensure_ascii=False)
        (new / "answers.json").write_text(said + "\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        new.rename(out)
    except OSError as error:
        raise OutputError(f"{out}: answers cannot be written there: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return out


def as_json(answers: Answers, folder: StudyFolder, language: Language = Language.EN) -> dict[str, Any]:
    """Question, answer and findings, for programs; sentences are in a language."""
    results, manifest = answers.results, folder.manifest
    return {
        "version": 2,
        "language": language.value,
        "title": translated(results.study.title, language),
        "question": translated(results.study.question, language),
        "answer": answers.answer[language],
        "findings": [
            {
                "kind": f.kind,
                "about": f.about[language],
                "said": f.said[language],
                "more": [*f.more[language]],
                "tables": [*f.tables],
                "pictures": [*f.pictures],
            }
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


def _lines(answers: Answers, folder: StudyFolder, drawn: bool, language: Language) -> Iterator[str]:
    results, study = answers.results, answers.results.study
    yield f"# {translated(study.title, language)}\n"
    yield f"**{translated(study.question, language)}**\n"
    yield f"{answers.answer[language]}\n"
    yield _meaning(answers, language) + "\n"
    if len(results.missing):
        yield say("report.missing", language, count=len(results.missing)) + "\n"
    for finding in answers.findings:
        yield from _section(finding, answers, drawn, language)
    if answers.refused:
        yield f"## {say('report.cannot', language)}\n"
        for said in answers.refused:
            yield "- " + said.replace("\n", "\n  ")
        yield ""
    yield from _made(answers, folder, language)


def _meaning(answers: Answers, language: Language) -> str:
    """What was simulated, what the intervals are, and how much of what the model rests on is evidence."""
    declared = {(d.section, d.name): d for s, cls in SECTIONS.items() for d in declarations(s, cls)}
    behaviour = [d for d in declared.values() if d.role.value == "uncertainty"]
    varied = sum(factor.key is not None for factor in answers.results.study.uncertainties)
    results, study = answers.results, answers.results.study
    return say(
        "report.meaning", language, policies=len(results.policies), futures=len(results.futures),
        seeds=len(study.seeds), runs=len(results.runs), behaviour=len(behaviour),
        share=percent(sum(d.assumed for d in behaviour) / max(1, len(behaviour)), language),
        varied=say("report.varied" if varied else "report.none_varied", language, count=varied),
    )  # fmt: skip


def _section(finding: Finding, answers: Answers, drawn: bool, language: Language) -> Iterator[str]:
    yield f"## {finding.about[language]}\n"
    yield f"{finding.said[language]}\n"
    lines = finding.more[language]
    for line in lines:
        yield f"- {line.strip()}"
    if lines:
        yield ""
    if drawn:
        for name in finding.pictures:
            title = next(picture.title[language] for picture in answers.pictures if picture.name == name)
            yield f"![{title}]({name}.png)\n"
    for name in finding.tables:
        table = answers.tables[name]
        left = say("report.first_rows", language, rows=ROWS, count=len(table)) if len(table) > ROWS else ""
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


def _made(answers: Answers, folder: StudyFolder, language: Language) -> Iterator[str]:
    manifest, study = folder.manifest, answers.results.study
    yield f"## {say('report.made', language)}\n"
    if study.source:
        yield say("report.sources", language, source=study.source)
    path = f"`{study.path}`" if study.path else say("report.in_python", language)
    yield say("report.study", language, path=path, since=manifest["since"])
    commit = manifest["commit"] or say("report.unknown", language)
    yield say("report.plan", language, plan=manifest["plan"][:16], model=manifest["model"], commit=commit)
    used = manifest["made_with"][0]
    yield "- " + ", ".join(f"{name} {version}" for name, version in used.items())
    also = "" if language is Language.EN else f" --language {language}"
    yield say("report.again", language, path=study.path or "STUDY", folder=folder.path, also=also)
