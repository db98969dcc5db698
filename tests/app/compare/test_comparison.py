"""A comparison in the making: progress, cancelling, and an answer that real runs agree with."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import pytest

from app.compare.invented import PLACEBO, SIXTY, THIRTY, UNTIL, invented, request
from hfabm.app.compare.comparison import Comparison, Progress
from hfabm.app.compare.found import Compared
from hfabm.app.compare.pool import Pool
from hfabm.app.compare.runs import Made
from hfabm.experiments.job import Job, Status
from hfabm.model import HousingFirstModel
from hfabm.population.hamlet import HAMLET
from hfabm.results.compare import compare, replica

PATIENCE = 240.0
"""Seconds after which a test gives up; no result hangs on it."""


class Slow:
    """A pool that makes a run whenever it is told to."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.hear: Callable[[Made], None] = lambda made: None
        self.cancelled = False

    def submit(self, session: str, jobs: Iterable[Job], hear: Callable[[Made], None]) -> Slow:
        self.jobs, self.hear = list(jobs), hear
        return self

    def cancel(self) -> None:
        self.cancelled = True

    def make(self, number: int, seconds: float = 1.0) -> None:
        for _ in range(number):
            job = self.jobs.pop(0)
            self.hear(Made(job, Status.DONE, invented(job), seconds))

    def fail(self) -> None:
        job = self.jobs.pop(0)
        self.hear(Made(job, Status.FAILED, error=f"seed {job.seed}: nobody to divide by"))


@pytest.fixture
def slow() -> Slow:
    return Slow()


def started(slow: Slow, clock: Callable[[], float] = lambda: 0.0, **more: object) -> Comparison:
    comparison = Comparison(request(SIXTY, THIRTY), clock=clock)
    comparison.start(slow, "ann", **more)  # type: ignore[arg-type]
    return comparison


def test_there_is_an_answer_from_the_second_complete_seed_on(slow: Slow) -> None:
    comparison = started(slow)

    slow.make(5)
    before = comparison.answer()
    slow.make(1)
    two = comparison.answer()
    slow.make(3)
    three = comparison.answer()

    assert before is None
    assert two is not None and two.seeds == (1, 2)
    assert three is not None and three.seeds == (1, 2, 3)
    assert three.reforms[0].effect("long_term_mean").difference == pytest.approx(-12.0)
    assert comparison.answer() is three  # worked out once


def test_progress_counts_runs_seeds_and_the_time_left(slow: Slow) -> None:
    now = iter((10.0, 12.0, 14.0))
    comparison = started(slow, lambda: next(now))

    slow.make(1)
    one = comparison.progress
    slow.make(2)
    three = comparison.progress

    assert one == Progress(1, 9, 0, None, (), False)
    assert three == Progress(3, 9, 1, 12.0, (), False)
    assert not three.over


def test_runs_that_were_known_say_nothing_of_the_pace(slow: Slow) -> None:
    comparison = started(slow)

    slow.make(3, seconds=0.0)

    assert (comparison.progress.done, comparison.progress.seconds_left) == (3, None)


def test_who_looks_on_is_told_after_each_run(slow: Slow) -> None:
    told: list[int] = []
    started(slow, hear=lambda progress: told.append(progress.done))

    slow.make(9)

    assert told == list(range(1, 10))


def test_a_failed_run_is_named_and_its_seed_left_out(slow: Slow) -> None:
    comparison = started(slow)

    slow.make(3)
    slow.fail()
    slow.make(5)

    assert comparison.progress.failed == ("seed 2: nobody to divide by",)
    assert comparison.progress.over
    found = comparison.answer()
    assert found is not None and found.seeds == (1, 3)


def test_what_was_made_before_a_cancel_is_kept(slow: Slow) -> None:
    told: list[bool] = []
    comparison = started(slow, hear=lambda progress: told.append(progress.cancelled))
    slow.make(6)

    comparison.cancel()

    assert slow.cancelled and comparison.progress.over and told[-1]
    found = comparison.answer()
    assert found is not None and found.seeds == (1, 2)


def test_a_comparison_that_was_cancelled_does_not_start(slow: Slow) -> None:
    comparison = Comparison(request(SIXTY))

    comparison.cancel()
    comparison.start(slow, "ann")  # type: ignore[arg-type]

    assert slow.jobs == []


def test_reforms_that_are_one_are_run_once(slow: Slow) -> None:
    comparison = Comparison(request(SIXTY, PLACEBO, placebo=True))

    comparison.start(slow, "ann")  # type: ignore[arg-type]
    slow.make(6)

    assert comparison.progress.over
    found = comparison.answer()
    assert found is not None and found.reforms[1].identical


class Real:
    """A comparison of the hamlet that real workers made, once for all tests."""

    def __init__(self, pool: Pool) -> None:
        asked = request(SIXTY, PLACEBO, placebo=True, until=date(2027, 12, 31), replications=2)
        self.comparison = Comparison(asked, HAMLET)
        over = threading.Event()
        self.comparison.start(pool, "ann", lambda progress: over.set() if progress.over else None)
        assert over.wait(PATIENCE)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def real(pool: Pool) -> Compared:
    found = Real(pool).comparison.answer()
    assert found is not None
    return found


@pytest.mark.slow
def test_real_runs_come_to_what_models_compared_here_come_to(real: Compared) -> None:
    plan = Comparison(request(SIXTY, until=date(2027, 12, 31), replications=2), HAMLET).plan
    here = [
        [replica(HousingFirstModel(policy.scenario, rng=seed, town=HAMLET).run(), plan.since) for seed in (1, 2)]
        for policy in plan.policies
    ]
    expected = compare(*here).metrics.set_index("metric")

    for effect in real.reforms[0].outcomes:
        row = expected.loc[effect.metric]
        assert effect.seeds == row["seeds"]
        if effect.seeds:
            assert effect.difference == pytest.approx(row["difference"], rel=0.0, abs=1e-9 * max(1.0, abs(row["a"])))
        if effect.seeds == 2:
            assert effect.low == pytest.approx(row["low"], abs=1e-9 * max(1.0, abs(row["a"])))


@pytest.mark.slow
def test_a_real_placebo_makes_exactly_no_difference(real: Compared) -> None:
    placebo = real.reforms[1]

    assert placebo.identical
    assert {effect.difference for effect in placebo.outcomes if effect.seeds} == {0.0}


@pytest.mark.slow
def test_a_base_that_is_known_is_not_run_again_when_one_reform_changes(real: Compared, pool: Pool) -> None:
    asked = request(THIRTY, until=date(2027, 12, 31), replications=2)
    comparison = Comparison(asked, HAMLET)
    fresh: list[float] = []
    over = threading.Event()
    take = comparison._take

    def counted(made: Made) -> None:
        fresh.append(made.seconds)
        take(made)

    comparison._take = counted  # type: ignore[method-assign]
    comparison.start(pool, "bo", lambda progress: over.set() if progress.over else None)

    assert over.wait(PATIENCE)
    assert sum(seconds > 0.0 for seconds in fresh) == 2
    assert sum(seconds == 0.0 for seconds in fresh) == 2


def test_a_finding_can_be_sent_to_another_process(slow: Slow) -> None:
    comparison = started(slow)
    slow.make(9)

    found = comparison.answer()

    assert pickle.loads(pickle.dumps(found)) == found
    assert found is not None and found.until == UNTIL
