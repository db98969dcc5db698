"""Options of charts: uncertainty is in them, colours can be read, nothing is told by colour alone."""

from __future__ import annotations

import json

import pytest

from hfabm.app.widgets.option_style import COLOURS, contrast, darkened, mixed, wrapped
from hfabm.app.widgets.options import Interval, Line, form, heat_map, intervals, lines, stacked_bars

YEARS = [2009, 2010, 2011, 2012]


def of_type(option, kind):
    return [series for series in option["series"] if series["type"] == kind]


def test_a_line_with_an_interval_has_a_band_of_low_and_high():
    line = Line("reform", [5.0, 6.0, 7.0, None], [4.0, 5.0, 6.0, None], [6.0, 7.0, 9.0, None])

    option = lines(YEARS, [line], "people")

    (band,) = of_type(option, "custom")
    assert band["data"] == [[2009, 4.0, 6.0], [2010, 5.0, 7.0], [2011, 6.0, 9.0], [2012, None, None]]
    assert band["id"].startswith("band")


def test_a_line_is_named_at_its_last_known_number_and_not_in_a_legend():
    option = lines(YEARS, [Line("reform", [5.0, 6.0, None, None])], "people")

    (line,) = of_type(option, "line")
    assert [point[:2] for point in line["data"]] == [[2009, 5.0], [2010, 6.0]]
    assert line["endLabel"]["formatter"] == "reform"
    assert "legend" not in option
    assert option["narrow"]["legend"]["data"] == ["reform"]


def test_lines_differ_by_more_than_colour():
    option = lines(YEARS, [Line(name, [1.0, 2.0, 3.0, 4.0]) for name in "abcd"], "people")

    dashes = [json.dumps(line["lineStyle"]["type"]) for line in of_type(option, "line")]
    assert len(set(dashes)) == 4


def test_what_was_counted_is_points_with_one_name_where_no_line_is_covered():
    modelled = Line("modelled", [10.0, 10.0, 10.0, 10.0])
    counted = Line("counted", [9.0, 12.0, None, 9.0], observed=True)

    option = lines(YEARS, [modelled, counted], "people")

    (points,) = of_type(option, "scatter")
    assert [point["value"][:2] for point in points["data"]] == [[2009, 9.0], [2010, 12.0], [2012, 9.0]]
    assert [point.get("label", {}).get("position") for point in points["data"]] == [None, "top", None]


def test_what_was_counted_may_have_intervals_of_its_own():
    counted = Line("counted", [9.0, None, 8.0, 7.0], [8.0, None, 7.0, None], [10.0, None, 9.0, None], observed=True)

    option = lines(YEARS, [counted], "people")

    (whiskers,) = of_type(option, "custom")
    assert whiskers["renderItem"] == "whisker_y"
    assert whiskers["data"] == [[2009, 9.0, 8.0, 10.0], [2011, 8.0, 7.0, 9.0]]


def test_a_dot_is_filled_only_where_its_interval_leaves_out_nought():
    option = intervals([Interval("sure", -4.0, -6.0, -2.0), Interval("unsure", 1.0, -1.0, 3.0)], "people")

    (dots,) = of_type(option, "scatter")
    assert [dot["itemStyle"]["color"] == "#ffffff" for dot in dots["data"]] == [False, True]
    (whiskers,) = of_type(option, "custom")
    assert whiskers["data"] == [[0, -4.0, -6.0, -2.0], [1, 1.0, -1.0, 3.0]]


def test_bars_of_payers_carry_the_interval_of_their_sum():
    option = stacked_bars(["law"], {"state": [3.0], "municipality": [4.0]}, [Interval("law", 7.0, 5.0, 9.0)], "DKK m")

    assert [bar["data"] for bar in of_type(option, "bar")] == [[3.0], [4.0]]
    assert len({bar["stack"] for bar in of_type(option, "bar")}) == 1
    assert of_type(option, "custom")[0]["data"] == [[0, 7.0, 5.0, 9.0]]
    patterns = [json.dumps(bar["itemStyle"]["decal"]) for bar in of_type(option, "bar")]
    assert patterns[0] != patterns[1]


def test_a_heat_map_leaves_blank_what_is_not_known_and_brackets_what_is_in_doubt():
    option = heat_map(["few", "many"], ["short"], [[-2.0, None]], "homes", "weeks", doubtful=[[True, False]])

    (cell,) = option["series"][0]["data"]
    assert cell["value"] == [0, 0, -2.0]
    assert cell["label"]["formatter"]["brackets"] is True


@pytest.mark.parametrize("value", [-10.0, -7.0, -3.0, 0.5, 4.0, 6.0, 8.0, 10.0])
def test_numbers_in_cells_can_be_read(value):
    option = heat_map(["a", "b"], ["c"], [[value, 10.0]], "x", "y")

    letters = option["series"][0]["data"][0]["label"]["color"]
    fill = mixed("#f7f7f5", "#0072B2" if value > 0 else "#D55E00", abs(value) / 10.0)
    light, dark = sorted((contrast(letters), contrast(fill)))
    assert dark / light >= 4.5


@pytest.mark.parametrize("colour", COLOURS)
def test_letters_stand_out_from_white(colour):
    assert contrast(darkened(colour)) >= 4.5


def test_a_paragraph_stays_with_its_number():
    assert wrapped("Herberg efter § 110", 15) == "Herberg efter\n§\u00a0110"


def test_options_are_plain_enough_to_travel():
    option = lines(YEARS, [Line("a", [1.0, None, 2.0, 3.0])], "people", shown=form("million", 1), marked=(2010, "law"))

    assert json.loads(json.dumps(option)) == option
