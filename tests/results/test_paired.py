"""Comparisons seed by seed, against the observed, and the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hfabm.results import observed
from hfabm.results.compare import Replica, compare, replica, t_975
from hfabm.results.load import Run, load
from hfabm.results.picture import finding, picture

Make = Callable[..., Any]


def test_a_run_compared_with_itself_is_exactly_the_same(model: Any, run_hamlet: Make) -> None:
    found = compare([model], [run_hamlet()])

    assert found.identical
    told = found.metrics[np.isfinite(found.metrics["a"])]
    assert (told["difference"] == 0.0).all()
    assert (found.payers["difference"] == 0.0).all()
    assert (found.people[["gainers", "losers", "weeks_gained", "weeks_lost", "weeks_net"]] == 0).all().all()


def one(seed: int, homeless: float, weeks: list[int]) -> Replica:
    """A replica made by hand; needs are low, moderate, complex, complex."""
    from hfabm.metrics.catalogue import OUTCOMES

    outcomes = {m.name: float("nan") for m in OUTCOMES} | {"homeless_mean": homeless}
    return Replica(
        seed, "t", str((seed, homeless, weeks)), outcomes, {"public": homeless},
        np.arange(4), np.array(weeks), np.array([0, 1, 2, 2], np.int8),
    )  # fmt: skip


def test_differences_are_paired_by_seed() -> None:
    a = [one(1, 100.0, [0, 0, 0, 0]), one(2, 200.0, [0, 0, 0, 0]), one(3, 150.0, [0, 0, 0, 0])]
    b = [one(1, 90.0, [0, 0, 0, 0]), one(2, 188.0, [0, 0, 0, 0]), one(3, 152.0, [0, 0, 0, 0])]

    row = compare(a, b).metrics.set_index("metric").loc["homeless_mean"]

    differences = np.array([-10.0, -12.0, 2.0])
    half = 4.3027 * differences.std(ddof=1) / sqrt(3)
    assert row["a"] == 150.0
    assert row["difference"] == pytest.approx(differences.mean())
    assert (row["low"], row["high"]) == pytest.approx((differences.mean() - half, differences.mean() + half))
    assert row["improves"] == pytest.approx(2 / 3)


def test_who_gains_and_who_loses_is_told_person_by_person() -> None:
    people = compare([one(1, 1.0, [10, 10, 10, 0])], [one(1, 1.0, [10, 13, 5, 4])]).people.set_index("need")

    assert people.loc["all", ["gainers", "losers", "weeks_gained", "weeks_lost"]].tolist() == [2, 1, 7, 5]
    assert people.loc["complex", ["citizens", "gainers", "losers", "weeks_net"]].tolist() == [2, 1, 1, -1]


def test_people_are_matched_by_identity_not_by_row() -> None:
    a, b = one(1, 1.0, [1, 2, 3, 4]), one(1, 1.0, [4, 3, 2, 1])
    b = replace(b, uid=np.array([3, 2, 1, 0]))

    assert compare([a], [b]).people["weeks_gained"].sum() == 0


def test_other_seeds_are_refused() -> None:
    with pytest.raises(ValueError, match=r"seeds are \[1\] and \[2\]"):
        compare([one(1, 1.0, [0] * 4)], [one(2, 1.0, [0] * 4)])


def test_a_policy_touches_some_and_leaves_the_rest(model: Any, run_hamlet: Make) -> None:
    other = run_hamlet(changes={("municipality", "housing_first_share"): 1.0})

    found = compare([replica(model)], [other])

    assert not found.identical
    assert found.people.set_index("need").loc["all", "citizens"] == pytest.approx(len(model.world.citizens), abs=3)
    assert found.as_json()["metrics"][0]["metric"] == "homeless_mean"


@pytest.mark.parametrize("degrees", [1, 5, 10, 11, 30, 200])
def test_students_t(degrees: int) -> None:
    stats = pytest.importorskip("scipy.stats")

    assert t_975(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=3e-4)


def town(counts: dict[int, float], share: float) -> Run:
    """A run of Odense, made by hand."""
    yearly = pd.DataFrame(
        {
            "year": list(counts), "municipality": "Odense", "full": True, "weeks": 52,
            "counted_homeless_week_6": list(counts.values()), "placed_housing_first": 50,
            "weeks_to_home_median": 30.0,
            "weeks_from_referral_median": 6.5,
        }
    )  # fmt: skip
    retention = pd.DataFrame([{"path": "housing_first", "need": "all", "months": 36, "share": share}])
    costs = pd.DataFrame(
        [
            ("2011-2013", year, 10.0, public, 100_000.0)
            for year, public in ((-1, 300_000.0), (1, 250_000.0), (5, 200_000.0))
        ],
        columns=["cohort", "year", "person_years", "public_dkk", "municipal_dkk"],
    )
    return Run({"files": {}}, None, {"yearly": yearly, "retention": retention, "costs_around_placement": costs})


def test_simulated_against_observed_by_hand() -> None:
    run = town({year: 208.0 for year in range(2009, 2023)}, share=0.8)

    rows = observed.table([run]).set_index(["quantity", "period"])

    count = rows.loc["homeless, week 6 count"]
    assert count.loc["2009", ["observed", "simulated", "verdict", "source"]].tolist() == [
        208,
        208.0,
        "within",
        "P5.007",
    ]
    assert count.loc["2013", "verdict"] == "outside"
    assert len(count) == 7
    placed = rows.loc["placed by Housing First"]
    assert placed.loc["2011-2016", "simulated"] == 300
    assert rows.loc[("still housed 3 years after placement", "to 2020"), "ratio"] == pytest.approx(1.0)
    assert rows.loc[("months from referral to a home, median", "2018"), "simulated"] == pytest.approx(1.5, abs=0.01)
    assert rows.loc[("lower public cost 5 years after placement", "2011-2016"), "simulated"] == 100_000


def test_nothing_is_said_of_years_that_were_not_run() -> None:
    rows = observed.table([town({2009: 100.0, 2010: 90.0}, share=0.9)])

    assert set(rows["period"]) == {"2009", "to 2020"}


def test_several_runs_give_an_interval() -> None:
    runs = [town({2009: count}, share=0.9) for count in (100.0, 200.0, 300.0)]

    row = observed.table(runs).iloc[0]

    assert (row["simulated"], row["low"], row["high"]) == pytest.approx((200.0, 105.0, 295.0))


@pytest.mark.slow
def test_the_picture_states_its_finding(stored: Path, tmp_path: Path) -> None:
    runs = [load(stored)]
    paths = picture(runs, tmp_path)

    assert [p.name for p in paths] == ["homelessness.png", "homelessness.svg"]
    assert all(p.stat().st_size > 10_000 for p in paths)
    assert finding(runs).startswith("Odense: homelessness ") or finding(runs).startswith("0001: homelessness ")
