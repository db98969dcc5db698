"""Every finding has its place on the page, under a heading that both languages have."""

from __future__ import annotations

import pytest

from hfabm.answers.analysis import Answers, Finding
from hfabm.app.studies.opened import Opened
from hfabm.app.studies.parts import PARTS, heading, is_of_all, part_of, parts_of
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
    ("table", "part"),
    [
        ("effects", "effects"), ("target", "effects"), ("cost_effectiveness", "frontier"),
        ("budget_frontier", "frontier"), ("break_even", "money"), ("equity", "equity"),
        ("robustness_homeless_mean", "robustness"), ("sensitivity_homeless_mean_policy_3", "sensitivity"),
    ],
)  # fmt: skip
def test_findings_are_placed_by_their_tables(table: str, part: str) -> None:
    assert part_of(Finding("Anything", "said", (table,))) == part


def test_headings_are_danish_in_danish(small: Opened) -> None:
    told = [(heading(f, small.answers, Language.EN), heading(f, small.answers, Language.DA))
            for f in small.answers.findings]  # fmt: skip

    assert [english for english, danish in told if english == danish] == []
    assert "When does cheap homes 60 fail?" in [english for english, _ in told]
    assert "Hvornår svigter cheap homes 60?" in [danish for _, danish in told]


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
