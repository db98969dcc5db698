"""A search for mixes finds what is best, keeps to its limits, and goes on where it was stopped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from synthetic import study

from hfabm.answers.front import front_table, in_words
from hfabm.experiments.job import Answer, Job
from hfabm.experiments.making import Wish, make
from hfabm.experiments.results import Results
from hfabm.experiments.search import Amount, NothingToSearch, begun, front, scores, search, searchable
from hfabm.experiments.study import Choice, Factor, Limit, Study
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
    metrics = {HOME: "higher", COST: "lower"}
    return searchable(study(levers=levers(), metrics=metrics, seeds=2, budget=Limit(COST, budget), **more))


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


def test_a_search_that_was_stopped_comes_out_the_same(tmp_path: Path) -> None:
    undisturbed = found(tmp_path / "whole", asked(), AMOUNT)
    calls: list[int] = []

    def stopping(job: Job) -> Answer:
        calls.append(1)
        if len(calls) == 60:
            raise KeyboardInterrupt
        return curve(job)

    with pytest.raises(KeyboardInterrupt):
        found(tmp_path / "out", asked(), AMOUNT, stopping)
    made = len(calls)
    resumed = found(tmp_path / "out", asked(), AMOUNT, stopping)

    assert front(resumed) == front(undisturbed)
    assert list(resumed.policies["label"]) == list(undisturbed.policies["label"])
    assert len(calls) - made < len(undisturbed.runs)  # what was made was not made again


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
    assert "keeps to public_cost_per_year" in in_words(front_table(results, [], None), results)[0]


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
    [({"levers": ()}, "no levers"), ({"metrics": {HOME: "higher"}}, "two outcomes or more")],
)
def test_what_cannot_be_searched_is_told(more: dict[str, object], said: str) -> None:
    with pytest.raises(NothingToSearch, match=said):
        searchable(study(**{"levers": levers(), "metrics": {HOME: "higher", COST: "lower"}} | more))  # type: ignore[arg-type]
