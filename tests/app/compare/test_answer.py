"""What a comparison finds, against numbers worked out by hand from runs whose answers are known."""

from __future__ import annotations

import math
from datetime import date

import pytest

from app.compare.invented import PLACEBO, SIXTY, THIRTY, YEARS, found, request
from hfabm.app.compare.answer import BY, COSTS, HEADLINES, MEASURES
from hfabm.app.compare.courses import SHOWN
from hfabm.app.compare.found import Compared
from hfabm.app.compare.tables import tables
from hfabm.metrics.catalogue import OUTCOMES

T_975 = 4.302653
"""Student's t at 97.5 %, two degrees of freedom."""


@pytest.fixture(scope="module")
def three() -> Compared:
    """60 days, 30 days, and a placebo."""
    return found(request(SIXTY, THIRTY, PLACEBO, placebo=True))


def test_an_effect_is_the_mean_difference_with_its_paired_interval(three: Compared) -> None:
    effect = three.reforms[0].effect("long_term_mean")

    half = T_975 * 2.0 / math.sqrt(3.0)
    assert effect.by_seed == pytest.approx((-10.0, -12.0, -14.0))
    assert effect.difference == pytest.approx(-12.0)
    assert (effect.low, effect.high) == pytest.approx((-12.0 - half, -12.0 + half), rel=1e-6)
    assert effect.base == pytest.approx(100.0 + 2.0 / 3.0)
    assert effect.mean == pytest.approx(88.0 + 2.0 / 3.0)
    assert (effect.unit, effect.better, effect.improves, effect.seeds) == ("persons", "lower", 1.0, 3)
    assert (effect.clear, effect.verdict) == (True, "better")


def test_what_has_nought_in_its_interval_is_not_clear(three: Compared) -> None:
    effect = three.reforms[1].effect("long_term_mean")

    assert effect.by_seed == pytest.approx((5.0, 0.0, -5.0))
    assert (effect.clear, effect.verdict) == (False, "unclear")
    assert effect.improves == pytest.approx(1.0 / 3.0)


def test_a_higher_number_is_better_where_it_is(three: Compared) -> None:
    assert three.reforms[0].effect("home_years_per_year").verdict == "better"


def test_a_seed_without_a_number_is_left_out_and_not_guessed(three: Compared) -> None:
    effect = three.reforms[0].effect("weeks_to_home")

    assert effect.by_seed == (-2.0, -2.0, None)
    assert (effect.difference, effect.seeds) == (-2.0, 2)


def test_a_placebo_makes_exactly_no_difference(three: Compared) -> None:
    placebo = three.reforms[2]

    assert (placebo.same_as, placebo.identical) == (0, True)
    told = [e for e in placebo.outcomes if e.seeds == 3]
    assert len(told) >= len(OUTCOMES) - 1
    assert {(e.difference, e.low, e.high, e.verdict) for e in told} == {(0.0, 0.0, 0.0, "same")}
    assert {value for course in placebo.differences for value in (*course.mean, *course.low, *course.high)} == {0.0}
    assert all(group.same for group in placebo.groups)
    assert all(even.same and even.cost == 0.0 for even in placebo.break_even.values())


def test_every_headline_and_every_payer_is_there(three: Compared) -> None:
    for reform in three.reforms:
        assert tuple(effect.metric for effect in reform.headlines) == HEADLINES
        assert {payer: effect.metric for payer, effect in reform.costs.items()} == COSTS
        assert set(reform.break_even) == {course.name for course in reform.summed} == set(COSTS)


def test_costs_are_summed_from_the_first_counted_year_on(three: Compared) -> None:
    summed = next(course for course in three.reforms[0].summed if course.name == "municipality")

    assert three.since == date(2027, 1, 1)
    assert summed.years == (2027, 2028, 2029, 2030)
    # means over seeds of 3, 3, 3; 2, 4, 2; -2, 5, 1; -2, 6, -3 [m DKK]
    assert summed.mean == pytest.approx((3e6, 8e6 / 3.0, 4e6 / 3.0, 1e6 / 3.0))
    assert summed.paid_back == pytest.approx((0.0, 0.0, 1.0 / 3.0, 2.0 / 3.0))


def test_break_even_is_told_with_the_share_of_seeds(three: Compared) -> None:
    ours, states = (three.reforms[0].break_even[payer] for payer in ("municipality", "state"))

    assert (ours.year, ours.share, ours.cost) == (None, pytest.approx(2.0 / 3.0), pytest.approx(1e6 / 3.0))
    assert not ours.same
    assert (states.same, states.at_once, states.year) == (True, True, 2027)


def test_courses_have_a_band_over_seeds_and_differences_an_interval(three: Compared) -> None:
    base, sixty = (
        next(course for course in three.courses if course.name == "homeless" and course.policy == policy)
        for policy in (0, 1)
    )
    difference = next(course for course in three.reforms[0].differences if course.name == "homeless")

    assert base.years == YEARS
    assert base.mean[0] == pytest.approx(200.0 + 2.0 / 3.0) == sixty.mean[0]
    # of 199, 200 and 203, between neighbours
    assert (base.low[0], base.high[0]) == pytest.approx((199.1, 202.7))
    assert difference.mean == pytest.approx((0.0, -12.0, -12.0, -12.0, -12.0))
    half = T_975 * 2.0 / math.sqrt(3.0)
    assert difference.high[1] == pytest.approx(-12.0 + half, rel=1e-6)


def test_years_that_a_run_does_not_tell_are_left_out(three: Compared) -> None:
    assert {course.name for course in three.courses if not course.years} == set(SHOWN) - {"homeless"}


def test_groups_are_told_a_year_with_their_size(three: Compared) -> None:
    groups = {(g.by, g.group, g.measure): g for g in three.reforms[0].groups}
    young, old = (groups["age", age, "homeless_years"] for age in ("18-24", "60+"))

    # 208.7 counted weeks; 24 groups of the record, 6 of each age, 8 + 24 person-years each
    years = 209 * 7 / 365.25
    assert young.size == pytest.approx(6 * 32.0 / years)
    assert young.base == pytest.approx(6 * 8.0 / years)
    assert young.difference == pytest.approx(-6 * 1.2 / years)
    assert (young.verdict, old.verdict, old.difference) == ("better", "same", 0.0)
    assert (young.left_behind, old.left_behind) == (False, True)


def test_one_municipality_is_no_group(three: Compared) -> None:
    told = {(g.by, g.measure) for g in three.reforms[0].groups}

    assert told == {(by, measure) for by in BY if by != "municipality" for measure in MEASURES}


def test_only_complete_seeds_count() -> None:
    two = found(request(SIXTY), seeds=(1, 3))

    effect = two.reforms[0].effect("long_term_mean")
    assert (effect.by_seed, effect.seeds) == (pytest.approx((-10.0, -14.0)), 2)
    assert (two.seeds, two.wanted) == ((1, 3), 3)


def test_assumptions_are_counted(three: Compared) -> None:
    told = three.assumptions

    assert 0 < told.evidence < told.parameters
    assert told.share == pytest.approx(told.evidence / told.parameters)
    assert {"overall", "lever", "uncertainty"} <= set(told.roles)


def test_tables_hold_plain_numbers_under_their_columns(three: Compared) -> None:
    every = {table.name: table for table in tables(three)}

    assert len(every) == 9
    for table in every.values():
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert {type(cell) for row in table.rows for cell in row} <= {str, int, float, type(None)}
    row = next(row for row in every["effects"].rows if row[:2] == ("60 days", "long_term_mean"))
    assert row[every["effects"].columns.index("difference")] == pytest.approx(-12.0)
    assert len(every["seeds"].rows) == 3 * 3 * len(OUTCOMES)
