"""`hfabm analyse`: what the runs of a study come to."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hfabm.language import Language, say, translated

if TYPE_CHECKING:
    from hfabm.answers.finding import Answers


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for besides the folder.

    Attributes:
        out: Where answers go.
        metrics: Outcomes, instead of the study's.
        policies: Policies to look at closely.
        pictures: Draw pictures.
        json: Print one JSON object.
        quiet: Print only the folder.
        language: The language of sentences and pictures.
    """

    out: Path | None = None
    metrics: Sequence[str] = ()
    policies: Sequence[int] = ()
    pictures: bool = True
    json: bool = False
    quiet: bool = False
    language: Language = Language.EN


def analyse(path: Path, options: Options) -> int:
    """Answer the question of a study.

    Args:
        path: Its folder.
        options: What else is asked for.

    Returns:
        The exit code.

    Raises:
        DamagedResults: The folder is none of a study, or not as it was written.
    """
    from hfabm.answers.analysis import analyse as analysed
    from hfabm.answers.report import ANSWERS, as_json, write
    from hfabm.experiments.folder import StudyFolder
    from hfabm.experiments.results import read_results
    from hfabm.results.store import OutputError

    results = read_results(path)
    if results.runs.empty:
        print(f"{path}: no run is made yet. Make some with `hfabm experiment`.", file=sys.stderr)
        return 2
    try:
        answers = analysed(results, options.metrics, options.policies)
        out = write(answers, StudyFolder(path), options.out or path / ANSWERS, options.pictures, options.language)
    except (ValueError, OutputError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(
            json.dumps(as_json(answers, StudyFolder(path), options.language) | {"folder": str(out)}, ensure_ascii=False)
        )
    elif options.quiet:
        print(out)
    else:
        _print(answers, out, options.language)
    return 0


def _print(answers: Answers, out: Path, language: Language) -> None:
    study = answers.results.study
    title, question = (translated(text, language) for text in (study.title, study.question))
    print(f"{title}\n\n{question}\n  {answers.answer[language]}\n")
    for finding in answers.findings[1:]:
        print(f"{finding.about[language]}\n  {finding.said[language]}")
    if len(answers.results.missing):
        print("\n" + say("report.see_failed", language, count=len(answers.results.missing)))
    for said in answers.refused:
        print("\n" + say("report.not_said", language, said=said))
    amounts = {"tables": len(answers.tables), "pictures": len(answers.pictures)}
    print("\n" + say("report.written", language, folder=out, **amounts))
