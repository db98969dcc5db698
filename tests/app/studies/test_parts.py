"""Every finding has its place on the page."""

from __future__ import annotations

from typing import get_args

import pytest

from hfabm.answers.finding import Answers, Finding, FindingKind
from hfabm.answers.texts import text_of
from hfabm.app.studies.opened import Opened
from hfabm.app.studies.parts import PARTS, is_of_all, part_of, parts_of
from hfabm.language import Language, say


def test_a_grid_with_futures_fills_every_part_in_order(small: Opened) -> None:
    assert tuple(parts_of(small.answers)) == PARTS


def test_no_finding_picture_or_table_is_lost(small: Opened) -> None:
    shown = [one for part, some in parts_of(small.answers).items() if part != "answer" for one in some]

    assert {id(one.finding) for one in shown} == {id(finding) for finding in small.answers.findings}
    pictures = sorted(name for one in shown for name in one.pictures)
    assert pictures == sorted(picture.name for picture in small.answers.pictures)
    assert sorted(name for one in shown for name in one.tables) == sorted(small.answers.tables)


def test_a_study_without_runs_has_its_answer_and_how_it_was_made(small: Opened) -> None:
    assert tuple(parts_of(Answers(small.answers.results))) == ("answer", "made")


@pytest.mark.parametrize(
    ("kind", "part"),
    [("target", "effects"), ("plane", "frontier"), ("budget", "frontier"), ("fails", "discovery"), ("money", "money")],
)
def test_findings_are_placed_by_their_kind(kind: FindingKind, part: str) -> None:
    anything = text_of("answers.no_runs")

    assert part_of(Finding(kind, anything, anything)) == part


@pytest.mark.parametrize("kind", get_args(FindingKind))
def test_every_kind_of_finding_has_a_part(kind: FindingKind) -> None:
    anything = text_of("answers.no_runs")

    assert part_of(Finding(kind, anything, anything)) in PARTS


def test_the_short_list_leaves_out_what_is_of_one_policy(small: Opened) -> None:
    short = [finding for finding in small.answers.findings if is_of_all(finding)]

    assert short
    assert not any("_policy_" in table for finding in short for table in finding.tables)
    assert not any(part_of(finding) == "discovery" for finding in short)


def test_every_part_and_table_has_its_words(small: Opened) -> None:
    for language in Language:
        for part in PARTS:
            assert say(f"studies.part_{part}", language)
        for name in small.answers.tables:
            family = name.partition("_")[0]
            assert say(f"studies.table.{family if family in ('robustness', 'sensitivity') else name}", language)
