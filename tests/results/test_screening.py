"""Screening: known functions are ranked right, and the hamlet is screened the same by one worker and by two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import pytest

from hfabm.parameters.declare import ASSUMED, BEGINNING, Declared, Role, Value
from hfabm.parameters.scenario import Key, Scenario
from hfabm.population.hamlet import HAMLET
from hfabm.results.morris import BY_NUMBER, BY_SECTION, DEFAULTS, LUCK, Answer, Assumption, Design, Task, Untold
from hfabm.results.screening import PackageEffect, Screening, assumptions_of, screen
from hfabm.results.workers import Workers
from hfabm.schedule import SECTIONS
from hfabm.units import Unit

START = date(2009, 1, 5)
NOISE = 0.0
NAMES = ("strong", "curved", "weak", "idle")


def number(section: str, name: str, kind: type = float, value: Value = 0.0) -> Assumption:
    """An assumption between -1 and 3, whose default is not in the middle."""
    means = f"What is {name}"
    steps = ((BEGINNING, value),)
    known = Declared(section, name, steps, kind, Unit.RATIO, -1, 3, Role.UNCERTAINTY, ASSUMED, means, 0)
    return Assumption(known, value, -1.0, 3.0)


def known(given: Mapping[Key, Value], seed: int) -> Answer:
    """An effect of 100 that a straight line and a curve move, each over a range of 4, and a little luck."""

    def of(name: str) -> float:
        return sum(float(value) for key, value in given.items() if key[1] == name)

    effect = 100.0 + 10.0 * of("strong") + 3.0 * of("curved") ** 2 - 0.1 * of("weak") + NOISE * seed
    return {"count": (50.0, 50.0 + effect), "other": (0.0, of("weak"))}


def here(effect: Any, _: str, tasks: Sequence[Task]) -> list[Answer]:
    return [effect(*task) for task in tasks]


def screened(assumptions: list[Assumption], design: Design, names: Sequence[str] = ("count",)) -> Screening:
    return screen(names, assumptions, design, partial(here, known))


def column(frame: pd.DataFrame, name: str, outcome: str = "count") -> dict[str, Any]:
    frame = frame[frame["outcome"] == outcome]
    return dict(zip(frame["name"], frame[name], strict=True))


def test_an_assumption_goes_from_end_to_end_with_its_default_in_the_middle() -> None:
    real, whole, switch = number("a", "x"), number("a", "x", int, 1), number("a", "x", bool, True)

    assert [real.at(x) for x in (0.0, 0.25, 0.5, 0.75, 1.0)] == [-1.0, -0.5, 0.0, 1.5, 3.0]
    assert [whole.at(x) for x in (0.0, 0.5, 0.6, 1.0)] == [-1, 1, 1, 3]
    assert isinstance(whole.at(0.6), int)
    assert (switch.at(1 / 3), switch.at(2 / 3)) == (False, True)


def test_a_known_function_is_ranked_right() -> None:
    found = screened([number("a", name) for name in NAMES], Design(trajectories=8))

    assert list(column(found.numbers, "name")) == ["a.strong", "a.curved", "a.weak", "a.idle"]
    mu, mu_star, sigma = (column(found.numbers, name) for name in ("mu", "mu_star", "sigma"))
    assert mu_star["a.strong"] == pytest.approx(mu["a.strong"])
    assert 0.0 < mu_star["a.strong"] <= 40.0 * 1.25  # the default splits the range one to three
    assert mu["a.weak"] < 0.0 < mu_star["a.weak"] == pytest.approx(-mu["a.weak"])
    assert sigma["a.curved"] / mu_star["a.curved"] > sigma["a.strong"] / mu_star["a.strong"]
    assert (mu_star["a.idle"], sigma["a.idle"]) == (0.0, 0.0)
    assert found.sections.empty


def test_where_the_default_is_in_the_middle_a_straight_line_scores_its_rise_from_end_to_end() -> None:
    found = screened([number("a", "strong", value=1.0), number("a", "weak", value=1.0)], Design())

    assert column(found.numbers, "mu") == pytest.approx({"a.strong": 40.0, "a.weak": -0.4})
    assert column(found.numbers, "sigma") == pytest.approx({"a.strong": 0.0, "a.weak": 0.0}, abs=1e-9)


def test_of_many_the_numbers_of_the_strongest_sections_are_moved_one_by_one() -> None:
    many = [number(section, f"idle_{k}") for section in "cde" for k in range(5)]
    assumptions = [number("a", "strong"), number("b", "curved"), *many]
    design = Design(trajectories=3, strongest=2, direct=10)

    found = screened(assumptions, design)

    assert list(column(found.sections, "name"))[:2] == ["a", "b"]
    assert len(found.sections) == 5
    assert set(found.numbers["name"]) == {"a.strong", "b.curved"}
    assert found.runs.groupby("stage")["point"].nunique().to_dict() == {
        DEFAULTS: 3, BY_SECTION: 18, BY_NUMBER: 9, LUCK: 6,
    }  # fmt: skip
    most = design.points_at_most(assumptions)
    assert most == {DEFAULTS: 3, BY_SECTION: 18, BY_NUMBER: 39}


def test_each_outcome_is_ranked_by_itself() -> None:
    assumptions = [number("a", "strong"), number("b", "weak"), number("c", "idle")]

    found = screened(assumptions, Design(strongest=1, direct=1), ("count", "other"))

    assert list(column(found.numbers, "name", "count"))[0] == "a.strong"
    assert list(column(found.numbers, "name", "other"))[0] == "b.weak"


def test_what_moves_the_effect_no_more_than_luck_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assumptions = [number("a", name, value=1.0) for name in NAMES]
    named = screened(assumptions, Design()).hinges("count", 3)["name"].tolist()

    monkeypatch.setitem(globals(), "NOISE", 1.0)
    found = screened(assumptions, Design())

    assert named == ["a.strong", "a.curved", "a.weak"]
    # the other seeds lie 4 apart, and an assumption is moved over two thirds of its range
    assert found.luck("count") == pytest.approx(4.0 / (2.0 / 3.0))
    assert found.hinges("count", 3)["name"].tolist() == ["a.strong", "a.curved"]
    assert found.hinges("count", 1)["name"].tolist() == ["a.strong"]


def test_the_summary_tells_the_effect_at_the_defaults_and_how_far_the_base_went() -> None:
    said = screened([number("a", "strong")], Design()).summary("count")

    assert (said["base"], said["package"], said["effect"], said["deviation"]) == (50.0, 150.0, 100.0, 0.0)
    assert (said["base_low"], said["base_high"], said["same_sign"]) == (50.0, 50.0, 1.0)


def test_replications_are_averaged_and_trajectories_have_luck_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "NOISE", 1.0)

    found = screened([number("a", "strong", value=1.0)], Design(trajectories=2, replications=3, seed=7))

    seeds = found.runs[found.runs["stage"] == BY_NUMBER].groupby("trajectory")["seed"].unique()
    assert [sorted(s) for s in seeds] == [[7, 8, 9], [10, 11, 12]]
    assert column(found.numbers, "mu") == pytest.approx({"a.strong": 40.0})


def test_an_outcome_without_a_value_is_said_and_a_trajectory_without_one_left_out() -> None:
    def gap(given: Mapping[Key, Value], seed: int) -> Answer:
        return {"count": (1.0, math.nan if given and seed == 2 else 2.0), "never": (math.nan, 1.0)}

    found = screen(["count"], [number("a", "idle")], Design(), partial(here, gap))

    assert found.numbers["trajectories"].tolist() == [3]
    with pytest.raises(Untold, match="never: has no value at the defaults"):
        screen(["count", "never"], [number("a", "idle")], Design(), partial(here, gap))
    with pytest.raises(Untold, match="count: has no value in most runs"):
        screen(["count"], [number("a", "idle")], Design(trajectories=2), partial(here, gap))


def test_assumptions_are_moved_around_what_the_base_says_and_not_where_the_package_sets_them() -> None:
    bare = Scenario(title="test", place="odense", start=START, end=date(2011, 1, 1))
    base = bare.with_changes({("landlord", "social_base"): 1.0})
    package = base.with_changes({("landlord", "premium"): 0.0, ("municipality", "allocation_share"): 0.5})

    found = {a.key: a for a in assumptions_of(base, package, {"landlord": SECTIONS["landlord"]}, within=0.5)}

    assert ("landlord", "premium") not in found
    moved = found["landlord", "social_base"]
    assert (moved.default, moved.low, moved.high) == (1.0, 1.0 + 0.5 * (-4.0 - 1.0), 1.0 + 0.5 * (4.0 - 1.0))
    low = found["landlord", "hearsay"]
    # declared from 0 to 2: upwards no farther than downwards
    assert (low.default, low.low, low.high) == pytest.approx((0.15, 0.075, 0.225))
    assert all(a.low <= a.default <= a.high and a.declared.role is Role.UNCERTAINTY for a in found.values())


def double(x: int) -> int:
    return 2 * x


def test_workers_answer_in_order_and_tell_who_watches() -> None:
    seen: list[tuple[str, int, int]] = []

    with Workers(double, 1, lambda *said: seen.append(said)) as workers:
        assert workers("doubling", [(1,), (2,)]) == [2, 4]

    assert seen == [("doubling", 1, 2), ("doubling", 2, 2)]
    assert len(workers.seconds) == 2


@pytest.mark.slow
def test_the_hamlet_is_screened_the_same_by_one_worker_and_by_two() -> None:
    base = Scenario(title="test", place="odense", start=START, end=date(2010, 6, 1))
    package = base.with_changes({("municipality", "housing_first_share"): 1.0, ("municipality", "workers_icm"): 8.0})
    assumptions = assumptions_of(base, package, {"moves": SECTIONS["moves"]})
    effect = PackageEffect(base, package, ("homeless_mean", "placements_per_year"), HAMLET)
    found = []

    for processes in (1, 2):
        with Workers(effect, processes) as workers:
            found.append(screen(effect.names, assumptions, Design(trajectories=2), workers))

    one, two = found
    for name in ("numbers", "runs", "points"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
    assert one.numbers["mu_star"].max() > 0.0
    assert set(one.numbers["name"]) == {a.declared.key for a in assumptions}
