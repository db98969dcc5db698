"""Searches find what has all words, in any case, and pages hold every row once."""

from __future__ import annotations

import pytest

from hfabm.app.trust.find import (
    AT_A_TIME,
    all_parameters,
    figures,
    figures_frame,
    page_of,
    parameters,
    parameters_frame,
)
from hfabm.evidence import register


def test_without_words_there_is_everything() -> None:
    assert len(figures()) == len(register())
    assert len(parameters()) == len(all_parameters())


@pytest.mark.parametrize("words", ["odense SHELTER", "shelter odense", "  Odense   shelter "])
def test_every_word_must_occur_in_any_order_and_case(words: str) -> None:
    found = figures(words)

    assert found
    for one in found:
        text = f"{one.quantity} {one.scope} {one.source} {one.unit} {one.url} {one.value}".casefold()
        assert "odense" in text
        assert "shelter" in text
    assert len(found) < len(figures("odense"))


def test_an_id_comes_first_though_others_begin_with_it() -> None:
    found = figures("p5.01")
    (exact, *_) = figures("O01")

    assert len(found) > 1
    assert exact.id == "O01"


def test_a_search_may_find_nothing() -> None:
    assert figures("no such word anywhere") == []
    assert list(figures_frame([]).columns)[0] == "id"


def test_confidence_filters() -> None:
    by_grade = {grade: figures("", grade) for grade in {one.confidence for one in register().values()}}

    assert sum(map(len, by_grade.values())) == len(register())
    assert all(one.confidence == grade for grade, found in by_grade.items() for one in found)


def test_parameters_are_found_by_key_role_and_grade() -> None:
    found = parameters("arrears", "uncertainty", assumed=True)

    assert found
    for row in found:
        assert "arrears" in f"{row['key']} {row['means']}".casefold()
        assert (row["role"], row["assumed"]) == ("uncertainty", True)
    both = len(parameters(assumed=True)) + len(parameters(assumed=False))
    assert both == len(all_parameters())


def test_pages_hold_every_row_once_and_no_page_is_beyond_the_last() -> None:
    rows = list(range(2 * AT_A_TIME + 3))

    pages = [page_of(rows, number) for number in range(3)]

    assert [row for shown, _, _ in pages for row in shown] == rows
    assert {count for _, _, count in pages} == {3}
    assert page_of(rows, 99)[1] == 2
    assert page_of([], 5) == ([], 0, 1)


def test_files_have_all_rows_and_where_each_is_from() -> None:
    told = parameters_frame(parameters())

    assert len(told) == len(all_parameters())
    assert set(told["grade"]) == {"assumed", "evidence"}
    assert len(figures_frame(figures())) == len(register())
