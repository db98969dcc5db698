"""Comparisons seed by seed, against the observed, and the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hfabm.parameters.faults import ScenarioError
from hfabm.parameters.scenario import Scenario
from hfabm.results import observed
from hfabm.results.compare import Replica, compare, replica, t_975
from hfabm.results.load import Run, load
from hfabm.results.picture import finding, picture
from hfabm.results.rules import changed, first_week, same_horizon
from hfabm.results.words import HEADLINES, reading
from hfabm.schedule import SECTIONS

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
    half = 4.302653 * differences.std(ddof=1) / sqrt(3)
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


def test_effects_are_the_headlines_with_a_reading() -> None:
    def with_cost(seed: int, cost: float, street: float) -> Replica:
        made = one(seed, 1.0, [0] * 4)
        return replace(made, outcomes=made.outcomes | {"municipal_cost_per_year": cost, "rough_sleepers_mean": street})

    a = [with_cost(1, 10e6, 5.0), with_cost(2, 12e6, 6.0), with_cost(3, 11e6, 7.0)]
    b = [with_cost(1, 13e6, 4.0), with_cost(2, 15.2e6, 7.0), with_cost(3, 14.1e6, 8.0)]

    effects = compare(a, b).effects.set_index("metric")

    cost, half = effects.loc["municipal_cost_per_year"], 4.302653 * 0.1e6 / sqrt(3)
    assert (cost["difference"], cost["low"], cost["high"]) == pytest.approx(
        (3.1e6, 3.1e6 - half, 3.1e6 + half), rel=1e-4
    )
    assert (cost["clear"], cost["better_in"], cost["seeds"]) == (True, 0, 3)
    assert cost["reading"] == "3.1 m DKK a year more for the municipality (2.85 m to 3.35 m)"
    street = effects.loc["rough_sleepers_mean"]
    assert (street["clear"], street["better_in"]) == (False, 1)
    assert street["reading"].startswith("no clear effect on people on the street (")
    assert (
        effects.loc["weeks_to_home", "reading"]
        == "nothing can be told of the time from need to a home: it has no cases"
    )


def test_one_seed_gives_no_interval() -> None:
    found = compare([one(1, 5.0, [0] * 4)], [one(1, 3.0, [0] * 4)])

    row = found.metrics.set_index("metric").loc["homeless_mean"]
    assert row["difference"] == -2.0 and np.isnan(row["low"])
    assert set(found.effects["clear"]) == {None}
    assert found.as_json()["effects"][0]["low"] is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((-12.0, -16.0, -8.0, 10), "about 12 fewer in long-term homelessness (8 to 16)"),
        ((12.0, 8.0, 16.0, 10), "about 12 more in long-term homelessness (8 to 16)"),
        ((1.0, -8.0, 10.0, 10), "no clear effect on long-term homelessness (-8 to +10)"),
        ((1.0, 0.0, 2.0, 10), "no clear effect on long-term homelessness (0 to +2)"),
        ((0.0, 0.0, 0.0, 10), "no difference in long-term homelessness"),
        ((-3.0, np.nan, np.nan, 1), "about 3 fewer in long-term homelessness (one seed: no interval)"),
        ((np.nan, np.nan, np.nan, 0), "nothing can be told of long-term homelessness: it has no cases"),
    ],
)
def test_an_effect_is_read_as_a_sentence(values: tuple[float, float, float, int], said: str) -> None:
    assert reading(HEADLINES[0], *values) == said


def test_a_higher_refund_moves_cost_from_the_municipality_to_the_state(model: Any, run_hamlet: Make) -> None:
    change = {("refund_law", "rate"): ((date(2010, 1, 4), 0.9),)}
    since = date(2010, 1, 4)

    found = compare([model, run_hamlet(2)], [run_hamlet(1, change), run_hamlet(2, change)], since)

    effects = found.effects.set_index("metric")
    assert effects.loc["municipal_cost_per_year", "difference"] < 0 < effects.loc["state_cost_per_year", "difference"]
    assert effects.loc["municipal_cost_per_year", "better_in"] == 2
    whole = compare([model], [run_hamlet(1, change)]).metrics.set_index("metric")["difference"]
    late = compare([model], [run_hamlet(1, change)], since).metrics.set_index("metric")["difference"]
    # nothing differs before, so a mean over fewer years differs more, by as much
    assert late["state_cost_per_year"] == pytest.approx(whole["state_cost_per_year"] * 103 / 51, rel=0.01)


def test_runs_counted_from_different_weeks_are_refused(model: Any) -> None:
    with pytest.raises(ValueError, match=r"counted from the weeks \[0, 52\] on"):
        compare([replica(model)], [replica(model, date(2010, 1, 4))])


def hamlet(changes: dict[tuple[str, str], Any] | None = None, **more: Any) -> Scenario:
    bare = Scenario(title="t", place="odense", start=date(2009, 1, 1), end=date(2011, 12, 31), **more)
    return bare.with_changes(changes or {})


def test_a_rule_is_told_by_date_with_the_old_value_and_the_new() -> None:
    day = date(2010, 5, 1)
    a = hamlet({("municipality", "guarantee_weeks"): ((date(2010, 1, 1), 26.0),)})
    b = hamlet({("municipality", "guarantee_weeks"): ((date(2010, 1, 1), 13.0), (day, 26.0), (date(2011, 1, 1), 8.0))})

    found = [(c.key, c.day, c.old, c.new) for c in changed(a, b, SECTIONS)]

    key = "municipality.guarantee_weeks"
    assert found == [
        (key, date(2010, 1, 1), 26.0, 13.0), (key, day, 26.0, 26.0), (key, date(2011, 1, 1), 26.0, 8.0),
    ]  # fmt: skip
    assert changed(a, a, SECTIONS) == ()


def test_a_rule_that_holds_from_the_start_differs_from_the_start() -> None:
    found = changed(hamlet(), hamlet({("supply", "new_cheap"): 5.0}), SECTIONS)

    assert [(c.day, c.old, c.new) for c in found] == [(date(2009, 1, 1), 0.0, 5.0)]


@pytest.mark.parametrize(
    ("day", "week"), [("2008-12-29", 0), ("2009-01-01", 0), ("2009-01-02", 1), ("2009-01-05", 1), ("2009-01-06", 2)]
)
def test_weeks_count_from_the_monday_on_or_after_a_day(day: str, week: int) -> None:
    assert first_week(hamlet(), date.fromisoformat(day)) == week


def test_another_horizon_cannot_be_compared() -> None:
    with pytest.raises(ScenarioError, match="end: 2011-12-31, while that of t is 2011-06-01.*--until"):
        same_horizon(replace(hamlet(), end=date(2011, 6, 1)), hamlet())


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
