"""A search for mixes finds what is best, keeps to its limits, and goes on where it was stopped."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pymoo.indicators.hv import HV
from synthetic import study, value_of

from hfabm.answers.front import front_table, in_words
from hfabm.experiments import runner
from hfabm.experiments.folder import WrongFolder
from hfabm.experiments.job import Answer, Job
from hfabm.experiments.making import Wish, make
from hfabm.experiments.results import Results
from hfabm.experiments.search import Amount, NothingToSearch, begun, front, scores, search, searchable
from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study
from hfabm.metrics.catalogue import OUTCOMES

HOME, COST = "home_years_per_year", "public_cost_per_year"
KEYS = (("supply", "new_cheap"), ("supply", "rent_cut"), ("supply", "special"))
FROM = date(2021, 1, 11)


def levers() -> tuple[Factor, ...]:
    ranges = [Factor(key[1], key=key, day=FROM, low=0.0, high=100.0, base=0.0) for key in KEYS[:2]]
    listed = Factor("special", key=KEYS[2], day=FROM, choices=(Choice("0", value=0.0), Choice("100", value=100.0)))
    return (*ranges, listed)


def curve(job: Job) -> Answer:
    """Homes gained against cost: only the first lever is worth its money, the others cost and give nothing."""
    steps = [job.scenario.changes.get(key, ()) for key in KEYS]
    first, second, third = (float(step[-1][1]) / 100.0 if step else 0.0 for step in steps)
    luck = 0.5 * job.seed
    outcomes = {metric.name: 0.0 for metric in OUTCOMES}
    outcomes[HOME] = 100.0 + luck + 10.0 * np.sqrt(first)
    outcomes[COST] = 1e8 + 1e5 * luck + 1e7 * (first + second + third)
    return Answer(job.run, outcomes)


def asked(budget: float = 5e6, **more: object) -> Study:
    return mixed(*levers(), budget=Limit(COST, budget), **more)


def mixed(*levers: Factor, **more: object) -> Study:
    return searchable(study(levers=levers, metrics={HOME: "higher", COST: "lower"}, seeds=2, **more))


def found(path: Path, wanted: Study, amount: Amount, simulate=curve) -> Results:
    def made(plan):
        return make(plan, Wish(path, expand=True, quiet=True), simulate)[0]

    *_, (_, results) = search(begun(path, wanted), amount, made)
    return results


AMOUNT = Amount(generations=8, population=12)


def test_the_front_is_near_the_true_one_and_within_the_budget(tmp_path: Path) -> None:
    results = found(tmp_path / "out", asked(), AMOUNT)

    best = front(results)

    aims, over = scores(results)
    gained = -(aims[best, 0] - aims[0, 0])
    cost = aims[best, 1] - aims[0, 1]
    assert (over[best] <= 0.0).all()
    assert cost.max() <= 5e6
    assert cost.max() > 3.5e6
    # the true front is 10 sqrt(cost / 1e7)
    assert (gained / np.maximum(1e-9, 10.0 * np.sqrt(cost / 1e7)))[cost > 1e6].max() > 0.95


def test_more_generations_go_on_from_what_is_there(tmp_path: Path) -> None:
    few = found(tmp_path / "out", asked(), Amount(3, 12))

    more = found(tmp_path / "out", asked(), Amount(6, 12))

    assert len(more.policies) > len(few.policies)
    assert list(more.policies["label"])[: len(few.policies)] == list(few.policies["label"])


def test_it_begins_with_each_lever_alone_and_all_together(tmp_path: Path) -> None:
    results = found(tmp_path / "out", asked(), Amount(1, 12))

    labels = list(results.policies["label"])
    assert {"new cheap 100", "rent cut 100", "special 100"} <= set(labels)
    assert "new cheap 100, rent cut 100, special 100" in labels


def test_limits_that_none_keeps_are_said(tmp_path: Path) -> None:
    impossible = asked(budget=-1e6)

    results = found(tmp_path / "out", impossible, Amount(2, 8))

    assert front(results) == []
    assert "keeps to net public cost of at most" in in_words(front_table(results, [], None), results)[0]


def test_a_failed_run_is_never_on_the_front(tmp_path: Path) -> None:
    def failing(job: Job) -> Answer:
        if "rent_cut" in {name for _, name in job.scenario.changes} and job.seed == 1:
            raise ZeroDivisionError
        return curve(job)

    results = found(tmp_path / "out", asked(), Amount(3, 10), failing)

    wrong = set(results.missing["policy"])
    assert wrong
    assert not wrong & set(front(results))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"levers": ()}, "no levers"),
        ({"metrics": {HOME: "higher"}}, "two outcomes or more"),
        ({"scenarios": study().scenarios * 2}, "on one scenario"),
    ],
)
def test_what_cannot_be_searched_is_told(more: dict[str, object], said: str) -> None:
    with pytest.raises(NothingToSearch, match=said):
        searchable(study(**{"levers": levers(), "metrics": {HOME: "higher", COST: "lower"}} | more))  # type: ignore[arg-type]


def noisy(job: Job) -> Answer:
    """As `curve`, with luck that differs from mix to mix."""
    answer = curve(job)
    luck = np.random.default_rng([int(job.run[:8], 16), job.seed]).normal(0.0, 0.1)
    return dataclasses.replace(answer, outcomes={**answer.outcomes, HOME: answer.outcomes[HOME] + luck})


class Counting:
    """Counts runs, and is stopped at one of them."""

    def __init__(self, stop: int = 0) -> None:
        self.runs: list[str] = []
        self.stop = stop

    def __call__(self, job: Job) -> Answer:
        self.runs.append(job.run)
        if len(self.runs) == self.stop:
            raise KeyboardInterrupt
        return curve(job)


@pytest.mark.slow
def test_the_front_covers_the_true_one_in_spite_of_luck(tmp_path: Path) -> None:
    results = found(tmp_path / "out", asked(), Amount(16, 16), noisy)

    # what the mixes come to without their luck, beside 10 sqrt(cost / 1e7)
    shares = results.policies.loc[front(results)].drop(columns="label").to_numpy(np.float64) / 100.0
    reached = np.column_stack([-10.0 * np.sqrt(shares[:, 0]), 1e7 * shares.sum(axis=1)])
    costs = np.linspace(0.0, 5e6, 1000)
    volume = HV(ref_point=np.array([0.0, 5e6]))
    true = volume(np.column_stack([-10.0 * np.sqrt(costs / 1e7), costs]))
    assert (reached[:, 1] <= 5e6).all()
    assert 0.9 * true < volume(reached) <= true


@pytest.mark.parametrize("stop", [1, 9, 41])
def test_a_crash_loses_the_run_in_flight_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    monkeypatch.setattr(runner, "MOST", 1)
    undisturbed, disturbed, amount = Counting(), Counting(stop), Amount(3, 8)
    whole = found(tmp_path / "whole", asked(), amount, undisturbed)

    with pytest.raises(KeyboardInterrupt):
        found(tmp_path / "out", asked(), amount, disturbed)
    resumed = found(tmp_path / "out", asked(), amount, disturbed)

    twice = [run for run, times in Counter(disturbed.runs).items() if times > 1]
    assert twice == [disturbed.runs[stop - 1]]
    assert sorted(set(disturbed.runs)) == sorted(undisturbed.runs)
    assert front_table(resumed, front(resumed), None).equals(front_table(whole, front(whole), None))


def test_no_run_is_made_twice_and_a_search_of_old_makes_none(tmp_path: Path) -> None:
    counting = Counting()
    first = found(tmp_path / "out", asked(), Amount(4, 10), counting)
    made = len(counting.runs)

    again = found(tmp_path / "out", asked(), Amount(4, 10), counting)

    assert made == len(set(counting.runs)) == len(first.runs)
    assert len(counting.runs) == made
    assert front(again) == front(first)


def test_the_search_is_a_function_of_its_seed(tmp_path: Path) -> None:
    one, same, other = (
        list(found(tmp_path / name, asked(), Amount(3, 8, seed)).policies["label"])
        for name, seed in (("one", 1), ("same", 1), ("other", 2))
    )

    assert one == same != other


def test_another_budget_takes_the_mixes_that_were_tried(tmp_path: Path) -> None:
    wide = found(tmp_path / "out", asked(), Amount(4, 12))

    narrow = found(tmp_path / "out", asked(budget=2e6), Amount(1, 12))

    kept = narrow.policies["label"][front(narrow)]
    assert list(narrow.policies["label"])[: len(wide.policies)] == list(wide.policies["label"])
    assert front_table(narrow, front(narrow), None)[COST].max() <= 2e6
    assert set(kept) < set(wide.policies["label"][front(wide)])


def test_the_base_of_a_range_is_kept_to_the_digit(tmp_path: Path) -> None:
    caseload = Factor("caseload", key=KEYS[0], day=FROM, low=4.0, high=10.0, base=8.0)  # at two thirds

    results = found(tmp_path / "out", mixed(caseload, levers()[2]), Amount(1, 6))

    assert list(results.policies["label"])[:4] == ["base", "caseload 10", "special 100", "caseload 10, special 100"]


def test_whole_numbers_and_choices_stay_what_they_are(tmp_path: Path) -> None:
    whole = Factor("turns", key=KEYS[0], day=FROM, low=0.0, high=3.0, base=0, whole=True)

    results = found(tmp_path / "out", mixed(whole, levers()[2]), Amount(6, 8))

    mixes = results.policies[["turns", "special"]]
    assert set(mixes["turns"]) == {0.0, 1.0, 2.0, 3.0}
    assert set(mixes["special"]) == {0.0, 100.0}
    assert not mixes.duplicated().any()
    assert len(results.runs) == 2 * len(mixes)


def test_what_a_choice_means_may_not_change_under_its_label(tmp_path: Path) -> None:
    def lever(much: float) -> Factor:
        return Factor("p", key=KEYS[0], day=FROM, choices=(Choice("none", value=0.0), Choice("much", value=much)))

    found(tmp_path / "out", mixed(lever(100.0), levers()[2]), Amount(1, 4))

    gone = dataclasses.replace(lever(100.0), choices=(Choice("none", value=0.0), Choice("some", value=20.0)))
    for changed in (lever(50.0), gone):
        with pytest.raises(WrongFolder, match="the study has changed since it was begun"):
            found(tmp_path / "out", mixed(changed, levers()[2]), Amount(1, 4))


def test_a_folder_of_other_levers_is_refused(tmp_path: Path) -> None:
    found(tmp_path / "out", asked(), Amount(1, 4))

    with pytest.raises(WrongFolder, match=r"mixes new_cheap, rent_cut, special, this one special\."):
        begun(tmp_path / "out", mixed(levers()[2]))


def test_a_policy_comes_to_its_mean_over_seeds_and_futures(tmp_path: Path) -> None:
    commitment = Factor("commitment", key=("municipality", "commitment"), low=0.2, high=0.8)
    wanted = asked(uncertainties=(commitment,), futures=Design(Kind.LATIN_HYPERCUBE, 4))

    def answering(job: Job) -> Answer:
        answer = curve(job)
        moved = value_of(job, ("municipality", "commitment"))
        return dataclasses.replace(answer, outcomes={**answer.outcomes, HOME: moved + job.seed})

    results = found(tmp_path / "out", wanted, Amount(1, 6), answering)
    aims, _ = scores(results)

    means = results.runs.groupby("policy")[[HOME, COST]].mean()
    assert len(results.runs) == 2 * 5 * len(results.policies)
    assert results.runs[HOME].nunique() > 2
    np.testing.assert_allclose(aims, np.column_stack([-means[HOME], means[COST]]))


def test_a_target_is_a_limit_too(tmp_path: Path) -> None:
    def answering(job: Job) -> Answer:
        answer = curve(job)
        return dataclasses.replace(
            answer, outcomes={**answer.outcomes, "homeless_mean": 100.0 - value_of(job, KEYS[0])}
        )

    wanted = asked(budget=8e6, target=Limit("homeless_mean", 70.0))

    results = found(tmp_path / "out", wanted, Amount(6, 12), answering)

    best = results.policies.loc[front(results)]
    assert len(best) > 0
    assert (best["new_cheap"] >= 30.0).all()  # the base, cheapest of all, does not reach it


def test_mixes_that_come_to_the_same_are_told_once(tmp_path: Path) -> None:
    same = {metric.name: 1.0 for metric in OUTCOMES}
    results = found(tmp_path / "out", asked(), Amount(1, 8), lambda job: Answer(job.run, same))

    assert front(results) == [0]
    assert "base" in in_words(front_table(results, [0], None), results)[1]


@pytest.mark.parametrize("budget", [math.nan, math.inf, -math.inf])
def test_a_budget_is_an_amount(budget: float) -> None:
    with pytest.raises(NothingToSearch, match="is no amount"):
        searchable(asked(), budget)
