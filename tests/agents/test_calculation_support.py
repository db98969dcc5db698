"""What support costs and what others bear of it: refunds over the years, bonuses, the share of a method."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hfabm.agents.calculation import (
    mean,
    own_share,
    support_over,
    support_refund,
    weigh,
)
from hfabm.state.codes import SupportMethod

from .ahead import BEFORE, FINAL_CAP, Changes, outlook_on
from .test_calculation import ACT, AS_READ, CTI, ICM, expected, terms


@pytest.mark.parametrize(("years", "paid"), [(1, 0.9 * 20_000.0), (4, 0.9 * 20_000.0 + 0.81 * 30_000.0)])
def test_bonuses_are_reckoned_for_placements_that_hold(years: int, paid: float) -> None:
    law = {("refund_law", "bonus_year_1"): 20_000.0, ("refund_law", "bonus_year_2"): 30_000.0}
    ahead, plain = (
        outlook_on(FINAL_CAP, {**AS_READ, **more, ("incentives", "horizon_years"): years}).terms(0)
        for more in (law, {})
    )

    found = [weigh(expected(0.0, held=0.9), ICM, 0.0, True, seen).refund for seen in (ahead, plain)]

    assert found[0] - found[1] == pytest.approx(paid)


@pytest.mark.parametrize(
    ("changes", "co_paid", "borne"),
    [
        ({"support_state_above": 100_000.0}, False, 30_000.0),
        ({"support_state_above": 100_000.0}, True, 30_000.0 + 50_000.0),
        ({"region_share": 0.2}, False, 26_000.0),
        ({"region_share": 0.2}, True, 26_000.0 + 52_000.0),
        ({"support_state_above": 100_000.0, "region_share": 0.2}, True, 30_000.0 + 20_000.0 + 40_000.0),
    ],
)
def test_what_others_bear_of_a_dear_year_of_support(changes: dict[str, float], co_paid: bool, borne: float) -> None:
    day = outlook_on(FINAL_CAP, {**AS_READ, **{("refund_law", name): value for name, value in changes.items()}})

    found = support_refund(130_000.0, day.terms(0)[0], 0, co_paid)

    assert found == pytest.approx(borne)


def test_a_tapered_refund_over_five_years() -> None:
    law = terms(FINAL_CAP, support_taper=0.1, support_days=1_825)

    years = [support_refund(100_000.0, law, year) for year in range(6)]

    assert years == pytest.approx([50_000.0, 40_000.0, 30_000.0, 20_000.0, 10_000.0, 0.0])


def test_part_of_a_year_is_co_paid_in_part() -> None:
    law = terms(FINAL_CAP, support_days=547)

    years = [support_refund(100_000.0, law, year) for year in range(3)]

    assert years == pytest.approx([50_000.0, 50_000.0 * 182 / 365, 0.0])


def test_a_course_of_cti_fits_the_refund_and_open_ended_support_does_not() -> None:
    ahead, before = outlook_on(FINAL_CAP).terms(0), outlook_on(BEFORE, {("incentives", "announced_weeks"): 0}).terms(0)

    shares = {method: own_share(method, ahead) for method in (CTI, ICM, ACT)}
    fading = own_share(ACT, ahead, goes_on=0.8)

    assert shares[CTI] == pytest.approx(0.5)
    assert shares[ICM] == pytest.approx(0.75) and shares[ACT] == pytest.approx(0.75)
    assert 0.5 < fading < shares[ACT]
    assert [own_share(method, before) for method in (CTI, ICM, ACT)] == [1.0] * 3


@pytest.mark.parametrize(
    ("year", "refund"), [(0.5, 50_000.0), (0.9, 50_000.0), (1.0, 40_000.0), (1.5, 40_000.0), (4.5, 0.5 * 10_000.0)]
)
def test_a_taper_falls_with_full_years_and_the_last_part_of_the_refund_is_paid_in_part(
    year: float, refund: float
) -> None:
    law = terms(FINAL_CAP, support_taper=0.1, support_days=1_825)

    found = support_refund(100_000.0, law, year)

    assert found == pytest.approx(refund)


@pytest.mark.parametrize(
    ("method", "clock", "borne"),
    [
        (ICM, 0.0, 42_500.0 * (1 + 0.8)),
        (ICM, 0.5, 42_500.0 * (1 + 0.8 * 0.5)),
        (ICM, 1.5, 42_500.0 * 0.5),
        (ICM, 2.0, 0.0),
        (CTI, 0.0, 24_500.0),
        (CTI, 1.5, 24_500.0 * 0.5),
        (CTI, 3.0, 0.0),
    ],
)
def test_a_clock_that_has_run_leaves_the_rest_of_the_two_years(
    method: SupportMethod, clock: float, borne: float
) -> None:
    ahead = outlook_on(FINAL_CAP, AS_READ).terms(0)

    fresh, run = (support_over(method, True, ahead, 0.8, years) for years in (0.0, clock))

    assert run[1] == pytest.approx(borne, abs=0.5)
    assert run[0] == fresh[0], "support costs the same"


def test_what_is_expected_of_a_citizen_holds_the_clock() -> None:
    ahead = outlook_on(FINAL_CAP, AS_READ).terms(0)

    found = weigh(expected(100.0, clock_years=1.0), ICM, 0.0, True, ahead)

    assert found.refund == pytest.approx(42_500.0)


def test_what_the_state_bears_of_dear_support_is_reckoned_by_full_years() -> None:
    """A course of nine months, and support that fades: so much of what a whole year would earn."""
    law: Changes = {**AS_READ, ("refund_law", "support_state_above"): 60_000.0}
    ahead = outlook_on(FINAL_CAP, law).terms(0)

    course, fading = support_over(CTI, False, ahead), support_over(ACT, False, ahead, 0.8)

    assert course[1] == pytest.approx(0.75 * (49_000.0 / 0.75 - 60_000.0), abs=0.5)
    assert fading[1] == pytest.approx(70_000.0 * (1 + 0.8 + 0.64 + 0.512))


@pytest.mark.parametrize(
    ("years", "paid"),
    [(1, 0.9 * 1_000.0), (2, 0.9 * 2_000.0 + 0.81 * 20_000.0), (3, 0.9 * 2_000.0 + 0.81 * 30_000.0)],
)
def test_a_bonus_is_paid_under_the_law_of_the_year_in_which_it_falls_due(years: int, paid: float) -> None:
    """A thousand kroner a year from now for the first, ten times as much for the second, more with every year."""
    plain = outlook_on(FINAL_CAP, {**AS_READ, ("incentives", "horizon_years"): years}).terms(0)
    rising = tuple(replace(year, bonuses=(1_000.0 * k, 10_000.0 * k)) for k, year in enumerate(plain, start=1))

    found = [weigh(expected(0.0, held=0.9), ICM, 0.0, True, ahead).refund for ahead in (rising, plain)]

    assert found[0] - found[1] == pytest.approx(paid)


def test_a_mean_does_not_hang_on_the_order_of_what_it_is_of() -> None:
    values, weights = np.array([1e16, 1.0, -1e16, 3.0]), np.ones(4)

    found = {mean(np.roll(values, k), weights) for k in range(4)}

    assert found == {1.0}
