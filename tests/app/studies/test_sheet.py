"""Tables as people and their spreadsheets read them."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from hfabm.app.studies.opened import Opened
from hfabm.app.studies.sheet import MARK, cell, cells, column_name, csv_of, heads, numeric
from hfabm.language import Language

FRAME = pd.DataFrame(
    {
        "policy": [1, 2], "label": ["thirty; days", "a \"quote\""], "metric": ["homeless_mean"] * 2,
        "difference": [-1234.5, float("nan")], "clear": [True, False], "year": [2027.0, 2028.0],
    }
)  # fmt: skip


def test_danish_spreadsheets_get_semicolons_and_decimal_commas() -> None:
    text = csv_of(FRAME, Language.DA)

    assert text.startswith(MARK + "policy;label;")
    assert '"thirty; days"' in text
    assert "-1234,5" in text


@pytest.mark.parametrize(("language", "separator", "decimal"), [(Language.DA, ";", ","), (Language.EN, ",", ".")])
def test_what_is_saved_reads_back_as_it_was(language: Language, separator: str, decimal: str) -> None:
    text = csv_of(FRAME, language).removeprefix(MARK)

    back = pd.read_csv(io.StringIO(text), sep=separator, decimal=decimal)

    pd.testing.assert_frame_equal(back, FRAME)


def test_cells_are_written_for_people() -> None:
    first, second = cells(FRAME, Language.DA)

    assert first == ["1", "thirty; days", "Hjemløshed, gennemsnit", "−1.234", "ja", "2027"]
    assert second[3:5] == ["–", "nej"]
    assert numeric(FRAME) == [0, 3, 5]


@pytest.mark.parametrize(
    ("value", "said"), [(0.01234, "0.0123"), (0.5, "0.500"), (12.345, "12.35"), (123.45, "123.5"), (2e6, "2,000,000")]
)
def test_numbers_have_the_digits_that_tell(value: float, said: str) -> None:
    assert cell(value, "mean", Language.EN) == said


def test_codes_that_nobody_knows_stay_as_they_are() -> None:
    assert cell("my_own", "metric", Language.DA) == "my_own"
    assert cell("lower", "better", Language.DA) == "lavere"
    assert column_name("worth_at_0", Language.EN) == "Worth at 0"


def test_columns_of_a_study_have_danish_names(small: Opened) -> None:
    for name in ("effects", "cost_effectiveness", "break_even", "equity", "budget_frontier"):
        frame = small.answers.tables[name]
        known = [column for column in frame.columns if not column.startswith("worth_at_")]
        english = dict(zip(frame.columns, heads(frame, Language.EN), strict=True))
        danish = dict(zip(frame.columns, heads(frame, Language.DA), strict=True))
        same = [column for column in known if english[column] == danish[column]]
        assert set(same) <= {"region"}, f"{name}: {same}"
