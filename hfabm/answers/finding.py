"""What a study comes to, as plain data: findings in both languages, tables, pictures, and what cannot be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from hfabm.answers.pictures.canvas import Picture
from hfabm.answers.texts import Text, text_of
from hfabm.experiments.results import Results
from hfabm.language import Language

FindingKind = Literal["target", "effects", "plane", "budget", "money", "equity", "robustness", "sensitivity", "fails"]


def no_more() -> Mapping[Language, Sequence[str]]:
    """No further lines."""
    return {language: () for language in Language}


@dataclass(frozen=True)
class Finding:
    """One answer, in both languages.

    Attributes:
        kind: What sort of answer it is.
        about: What it is about; the heading in the report.
        said: What it comes to.
        tables: Names of its tables.
        pictures: Names of its pictures.
        more: Further lines.
    """

    kind: FindingKind
    about: Text
    said: Text
    tables: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    more: Mapping[Language, Sequence[str]] = field(default_factory=no_more)


@dataclass
class Answers:
    """All that the runs of a study come to.

    Attributes:
        results: The runs.
        findings: The answers, the one to the study's question first.
        tables: Every table by name.
        pictures: Every picture that may be drawn.
        refused: What cannot be said, and why.
    """

    results: Results
    findings: list[Finding] = field(default_factory=list)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def answer(self) -> Text:
        """The first finding: the answer to the question."""
        if self.findings:
            return self.findings[0].said
        return text_of("answers.one_policy" if len(self.results.runs) else "answers.no_runs")
