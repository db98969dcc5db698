"""When money comes back, payer by payer, worked out by hand from four years of payments."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest
from numpy.typing import ArrayLike
from written import HOME, Written, row

from hfabm.answers.break_even import AT_ONCE, NEVER, break_even, cumulative
from hfabm.experiments.results import Results


def paying(extra: Mapping[str, ArrayLike], until: date | None = None, futures: int = 1) -> Results:
    """A base and a policy that costs each payer something more by seed and year; luck is shared and large."""
    payments = {}
    for payer, values in extra.items():
        added = np.atleast_2d(np.asarray(values, float))
        luck = 1000.0 * np.arange(added.shape[0])[:, np.newaxis] * np.ones_like(added)
        payments[payer] = np.array([luck, luck + added])
    seeds = next(iter(payments.values())).shape[1]
    return Written({HOME: np.zeros((2, futures, seeds))}, payments=payments, until=until).results()


@pytest.mark.parametrize(
    ("extra", "year", "reading"),
    [
        ([5.0, -6.0, 3.0, -4.0], 2030, "in 2030"),  # 5 -1 2 -2: back in 2028, and not for good
        ([5.0, -6.0, 1.0, -4.0], 2028, "in 2028"),  # 5 -1 0 -4: nothing is no more than the base
        ([5.0, -1.0, -1.0, -1.0], math.nan, NEVER),
        ([-5.0, 1.0, 1.0, 1.0], 2027, AT_ONCE),
        ([0.0, 0.0, 0.0, 0.0], 2027, AT_ONCE),
        ([-5.0, 2.0, 2.0, 2.0], math.nan, NEVER),
        ([5.0, 5.0, 5.0, -15.0], 2030, "in 2030"),
    ],
)
def test_money_is_back_in_the_first_year_from_which_on_it_stays_back(
    extra: list[float], year: float, reading: str
) -> None:
    found = row(break_even(paying({"public": extra}), 2027), policy=1, payer="public")

    assert found["year"] == pytest.approx(year, nan_ok=True)
    assert found["reading"] == reading
    assert found["cost_at_end"] == sum(extra)


def test_payers_are_told_apart() -> None:
    given = paying({"municipality": [4, 4, 4, 4], "state": [-6, 1, 1, 1], "public": [-2, 5, 5, 5]})

    found = break_even(given, 2027).set_index("payer")

    assert found["reading"].to_dict() == {
        "municipality": NEVER, "state": AT_ONCE, "region": AT_ONCE, "public": NEVER
    }  # fmt: skip
    assert found["cost_at_end"].to_dict() == {"municipality": 16.0, "state": -3.0, "region": 0.0, "public": 13.0}


def test_seeds_that_break_even_are_counted_beside_the_mean() -> None:
    given = paying({"public": [[4, 0, 0, -8], [4, 0, 0, -8], [4, 0, 0, -8], [4, 0, 0, 3]]})

    found = row(break_even(given, 2027), payer="public")

    assert (found["reading"], found["seeds_even"], found["cost_at_end"]) == ("in 2030", 0.75, -1.25)


def test_what_was_paid_before_is_not_counted() -> None:
    given = paying({"public": [50.0, 5.0, -5.0, 0.0]})

    found = row(break_even(given, 2028), payer="public")

    assert (found["reading"], found["cost_at_end"]) == ("in 2029", 0.0)
    assert list(cumulative(given, 2028)["year"].unique()) == [2028, 2029, 2030]


def test_a_week_that_hangs_over_the_horizon_is_no_year() -> None:
    given = paying({"public": [5.0, 5.0, -5.0, -500.0]}, until=date(2029, 12, 31))

    assert row(break_even(given, 2027), payer="public")["reading"] == NEVER
    assert cumulative(given, 2027)["year"].max() == 2029


def test_sums_have_paired_intervals_and_the_share_of_seeds_that_are_paid_back() -> None:
    given = paying({"public": [[1, 1, -9, 0], [2, 2, -4, 0], [3, 3, 1, 0]]})

    found = cumulative(given, 2027)

    second = row(found, payer="public", year=2028)
    half = 4.30265 * 2.0 / math.sqrt(3.0)
    assert second["cost"] == 4.0
    assert second["low"] == pytest.approx(4.0 - half, rel=1e-5)
    assert second["high"] == pytest.approx(4.0 + half, rel=1e-5)
    shares = found[found["payer"] == "public"].set_index("year")["paid_back"]
    assert shares.to_dict() == pytest.approx({2027: 0.0, 2028: 0.0, 2029: 2 / 3, 2030: 2 / 3})


def test_a_seed_without_the_policy_is_left_out() -> None:
    given = paying({"public": [[4.0, -4.0, 0.0, 0.0], [math.nan] * 4]})

    found = row(break_even(given, 2027), payer="public")

    assert (found["reading"], found["seeds_even"], found["cost_at_end"]) == ("in 2028", 1.0, 0.0)


def test_a_policy_without_any_run_is_told_as_unknown_in_money() -> None:
    found = row(break_even(paying({"public": [[math.nan] * 4] * 2}), 2027), payer="public")

    assert math.isnan(found["cost_at_end"])
    assert math.isnan(found["seeds_even"])
    assert math.isnan(found["year"])


def test_every_policy_but_the_base_has_a_row_for_each_payer_and_year() -> None:
    given = paying({"public": [[1, 1, 1, 1]]}, futures=2)

    assert list(break_even(given, 2027)["payer"]) == ["municipality", "state", "region", "public"]
    assert len(cumulative(given, 2027)) == 4 * 4
