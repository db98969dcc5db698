"""What a study comes to."""

from __future__ import annotations

import dataclasses
from datetime import date

from synthetic import COMMITMENT, HOMES, homes, study

from hfabm.experiments.plan import plan_of
from hfabm.experiments.study import Choice, Design, Factor, Kind
from hfabm.model import SCENARIOS


def commitment(**more: object) -> Factor:
    return Factor("commitment", key=COMMITMENT, **{"low": 0.4, "high": 0.9, **more})  # type: ignore[arg-type]


def test_every_policy_is_run_in_every_future_with_every_seed() -> None:
    asked = study(0, 20, uncertainties=(commitment(),), futures=Design(Kind.LATIN_HYPERCUBE, 5))

    plan = plan_of(asked)

    jobs = list(plan.jobs())
    assert len(plan.policies) == 2
    assert [future.sampled for future in plan.futures] == [False, True, True, True, True, True]
    assert len(jobs) == plan.runs == 2 * 6 * 3 == len({job.run for job in jobs})
    assert {job.seed for job in jobs} == {1, 2, 3}


def test_seeds_come_one_after_the_other() -> None:
    seeds = [job.seed for job in plan_of(study(0, 20)).jobs()]

    assert seeds == sorted(seeds)


def test_points_that_come_to_the_same_are_run_once() -> None:
    twice = dataclasses.replace(homes(0, 20), choices=(Choice("none", value=0.0), Choice("none again", value=0.0)))

    plan = plan_of(study(levers=(twice,)))

    assert len(plan.policies) == 2
    assert plan.runs == 3


def test_what_a_run_is_called_hangs_on_what_it_comes_to_alone() -> None:
    plain, renamed = study(0, 20), study(0, 20, title="Another", question="Why?", metrics={"deaths_per_year": "lower"})
    moved = dataclasses.replace(plain, levers=(dataclasses.replace(homes(0, 20), day=date(2021, 2, 1)),))

    runs = [{job.run for job in plan_of(one).jobs()} for one in (plain, renamed, moved)]

    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_more_seeds_keep_the_runs_of_fewer() -> None:
    few, many = ({job.run for job in plan_of(study(0, 20, seeds=n)).jobs()} for n in (2, 5))

    assert few < many


def test_the_day_counted_from_is_the_first_on_which_a_policy_differs() -> None:
    assert plan_of(study(0, 20)).since == date(2021, 1, 11)
    assert plan_of(study(0, 20, since=date(2021, 2, 1))).since == date(2021, 2, 1)


def test_levers_set_what_they_say_from_their_day_on() -> None:
    plan = plan_of(study(0, 20))

    (_, base), (day, value) = plan.policies[1].scenario.changes[HOMES][-1:] * 2

    assert (day, value) == (date(2021, 1, 11), 20.0)
    assert base == 20.0
    assert plan.policies[0].label == "base"
    assert plan.policies[1].label == "homes 20"


def test_scenarios_are_crossed_with_the_levers() -> None:
    paths = tuple(SCENARIOS / f"{name}.toml" for name in ("odense", "odense_staircase"))
    asked = study(0, 20, scenarios=paths, until=date(2009, 12, 31))
    asked = dataclasses.replace(asked, levers=(dataclasses.replace(homes(0, 20), day=date(2009, 2, 1)),))

    plan = plan_of(asked)

    assert [policy.label for policy in plan.policies] == [
        "base", "homes 20", "odense_staircase", "odense_staircase, homes 20",
    ]  # fmt: skip
    assert plan.runs == 12


def test_futures_change_the_number_that_nobody_knows() -> None:
    asked = study(0, 20, uncertainties=(commitment(),), futures=Design(Kind.LATIN_HYPERCUBE, 4))

    plan = plan_of(asked)

    values = [future.values["commitment"] for future in plan.futures]
    assert values[0] is None
    assert all(0.4 <= value <= 0.9 for value in values[1:])
    assert len(set(values[1:])) == 4
