"""Workers that make the runs of all comparisons: in turn, once, again after a death, and not at all if unwanted."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import Queue

import psutil
import pytest

from app.compare.invented import SIXTY, UNTIL, Here, days, deadly, endless, invented, request
from hfabm.app.compare.pool import Batch, Pool, hired
from hfabm.app.compare.request import plan_for
from hfabm.app.compare.runs import Made
from hfabm.app.work.failures import Cancelled, Lost
from hfabm.experiments.job import Job, Status
from hfabm.parameters.scenario import Scenario

PATIENCE = 60.0
"""Seconds after which a test gives up; no result hangs on it."""
EMPTY = Scenario(title="test", place="odense", start=UNTIL, end=UNTIL, seed=1)


def job(name: str, seed: int = 1) -> Job:
    return Job(f"{name}-{seed}", EMPTY, seed, UNTIL)


def jobs(name: str, seeds: Sequence[int] = (1, 2, 3)) -> list[Job]:
    return [job(name, seed) for seed in seeds]


class Gate(Here):
    """A worker that has begun, and does not go on before it is let."""

    begun, open = threading.Event(), threading.Event()

    def call(self, method: str, job: Job, on_progress: object = None) -> object:  # type: ignore[override]
        self.begun.set()
        assert self.open.wait(PATIENCE)
        return super().call(method, job, on_progress)


@pytest.fixture
def gate(asked: list[Job]) -> Callable[[], Gate]:
    Gate.begun.clear()
    Gate.open.clear()
    return lambda: Gate(asked)


@pytest.fixture
def asked() -> list[Job]:
    return []


@pytest.fixture
def pool_of() -> Iterator[Callable[..., Pool]]:
    pools: list[Pool] = []

    def make(*arguments: object, **named: object) -> Pool:
        pools.append(Pool(*arguments, **named))  # type: ignore[arg-type]
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def heard(queue: Queue[Made], number: int) -> list[Made]:
    return [queue.get(timeout=PATIENCE) for _ in range(number)]


def test_sessions_take_turns_whoever_came_first(pool_of, gate, asked) -> None:
    pool, told = pool_of(1, gate), Queue()
    pool.submit("ann", jobs("ann", range(1, 6)), told.put)
    assert Gate.begun.wait(PATIENCE)

    pool.submit("bo", jobs("bo", (1, 2)), told.put)
    pool.submit("eva", jobs("eva", (1,)), told.put)
    Gate.open.set()

    heard(told, 8)
    assert [one.run.partition("-")[0] for one in asked] == "ann ann bo eva ann bo ann ann".split()


def test_runs_of_a_session_come_in_their_order(pool_of, asked) -> None:
    pool, told = pool_of(1, lambda: Here(asked)), Queue()

    pool.submit("ann", jobs("a", (3, 1, 2)), told.put)

    assert [made.job.seed for made in heard(told, 3)] == [3, 1, 2]


def test_a_run_that_is_known_is_not_made_again(pool_of, asked) -> None:
    pool, told = pool_of(2, lambda: Here(asked)), Queue()
    pool.submit("ann", jobs("base"), told.put)
    first = {made.job.run: made.answer for made in heard(told, 3)}

    pool.submit("bo", [*jobs("base"), job("other")], told.put)

    again = {made.job.run: made.answer for made in heard(told, 4)}
    assert Counter(one.run for one in asked) == {"base-1": 1, "base-2": 1, "base-3": 1, "other-1": 1}
    assert all(again[run] is answer for run, answer in first.items())


def test_the_answers_used_last_are_kept(pool_of, asked) -> None:
    pool, told = pool_of(1, lambda: Here(asked), kept=2), Queue()

    for name in ("a", "b", "a", "c", "a", "b"):
        pool.submit("ann", [job(name)], told.put)
        heard(told, 1)

    assert [one.run for one in asked] == ["a-1", "b-1", "c-1", "b-1"]


def test_a_worker_that_dies_costs_one_more_try(pool_of, asked) -> None:
    lost, workers = {2: 1}, []

    def hire() -> Here:
        workers.append(Here(asked, lost))
        return workers[-1]

    pool, told = pool_of(1, hire), Queue()
    pool.submit("ann", jobs("a"), told.put)

    assert {made.status for made in heard(told, 3)} == {Status.DONE}
    assert Counter(one.seed for one in asked) == {1: 1, 2: 2, 3: 1}
    assert [worker.closed for worker in workers] == [True, False]


def test_a_run_that_kills_three_workers_is_given_up_and_named(pool_of, asked) -> None:
    lost = {2: 99}
    pool, told = pool_of(1, lambda: Here(asked, lost)), Queue()

    pool.submit("ann", jobs("a"), told.put)

    by_seed = {made.job.seed: made for made in heard(told, 3)}
    assert [by_seed[seed].status for seed in (1, 2, 3)] == [Status.DONE, Status.KILLED, Status.DONE]
    assert by_seed[2].error.startswith("seed 2: the run ended its worker 3 times")
    assert Counter(one.seed for one in asked)[2] == 3


def test_a_run_that_fails_is_told_and_the_worker_kept(pool_of, asked) -> None:
    workers: list[Here] = []

    def hire() -> Here:
        workers.append(Here(asked))
        return workers[-1]

    pool, told = pool_of(1, hire), Queue()
    pool.submit("ann", [job("a", -1), job("a", 1)], told.put)

    failed, done = heard(told, 2)
    assert (failed.status, failed.error, done.status) == (Status.FAILED, "nobody to divide by", Status.DONE)
    assert len(workers) == 1


def test_where_no_worker_starts_every_run_fails_and_says_so(pool_of) -> None:
    def hire() -> Here:
        raise OSError("too many processes")

    pool, told = pool_of(1, hire), Queue()
    pool.submit("ann", jobs("a"), told.put)

    assert {made.error for made in heard(told, 3)} == {"no worker could be started: too many processes"}


def test_what_nobody_wants_is_neither_made_nor_told(pool_of, gate, asked) -> None:
    pool, told, unwanted = pool_of(1, gate), Queue(), Queue()
    batch: Batch = pool.submit("ann", jobs("a", range(1, 9)), unwanted.put)
    pool.submit("ann", jobs("b"), told.put)
    assert Gate.begun.wait(PATIENCE)

    batch.cancel()
    Gate.open.set()

    assert {made.job.run for made in heard(told, 3)} == {"b-1", "b-2", "b-3"}
    assert [one.run for one in asked] == ["a-1", "b-1", "b-2", "b-3"]  # the first had begun
    assert unwanted.empty()


def test_a_stop_that_comes_too_late_does_not_cost_another_its_run(pool_of, asked) -> None:
    late = {2: 1}

    class Late(Here):
        def call(self, method: str, job: Job, on_progress: object = None) -> object:  # type: ignore[override]
            if late.get(job.seed):
                late[job.seed] -= 1
                raise Cancelled
            return super().call(method, job, on_progress)

    pool, told = pool_of(1, lambda: Late(asked)), Queue()
    pool.submit("ann", jobs("a"), told.put)

    assert [made.job.seed for made in heard(told, 3)] == [1, 2, 3]


def test_a_run_that_cannot_be_asked_for_is_told_and_the_next_is_made(pool_of, asked) -> None:
    class Odd(Here):
        def call(self, method: str, job: Job, on_progress: object = None) -> object:  # type: ignore[override]
            if job.seed == 1:
                raise TypeError("cannot be pickled")
            return super().call(method, job, on_progress)

    pool, told = pool_of(1, lambda: Odd(asked)), Queue()
    pool.submit("ann", jobs("a"), told.put)

    failed, *done = heard(told, 3)
    assert (failed.status, failed.error) == (Status.FAILED, "seed 1: cannot be pickled")
    assert {made.status for made in done} == {Status.DONE}


def test_what_is_given_up_while_a_worker_starts_is_not_made(pool_of, asked) -> None:
    hiring, hired_ = threading.Event(), threading.Event()

    def hire() -> Here:
        hiring.set()
        assert hired_.wait(PATIENCE)
        return Here(asked)

    pool, told, unwanted = pool_of(1, hire), Queue(), Queue()
    batch = pool.submit("ann", jobs("a", (1,)), unwanted.put)
    assert hiring.wait(PATIENCE)

    batch.cancel()
    hired_.set()
    pool.submit("bo", jobs("b", (1,)), told.put)

    assert [made.job.run for made in heard(told, 1)] == ["b-1"]
    assert [one.run for one in asked] == ["b-1"]


def test_workers_start_with_the_first_run_and_end_when_there_is_none(pool_of, asked) -> None:
    workers: list[Here] = []

    def hire() -> Here:
        workers.append(Here(asked))
        return workers[-1]

    pool, told = pool_of(2, hire, idle=0.01), Queue()
    assert pool.staff == 0
    pool.submit("ann", jobs("a"), told.put)
    heard(told, 3)

    for thread in list(pool._threads):
        thread.join(PATIENCE)

    assert pool.staff == 0
    assert all(worker.closed for worker in workers)
    pool.submit("ann", jobs("b"), told.put)
    assert len(heard(told, 3)) == 3


def test_there_are_no_more_workers_than_were_asked_for(pool_of, gate) -> None:
    pool, told = pool_of(2, gate), Queue()

    pool.submit("ann", jobs("a", range(1, 9)), told.put)
    pool.submit("bo", jobs("b", range(1, 9)), told.put)

    assert pool.staff == 2
    Gate.open.set()
    heard(told, 16)


def test_a_closed_pool_takes_nothing(asked) -> None:
    pool = Pool(1, lambda: Here(asked))
    pool.close()

    with pytest.raises(Lost):
        pool.submit("ann", jobs("a"), lambda made: None)


@pytest.fixture
def two_runs() -> dict[str, list[Job]]:
    """Jobs of 60 days and of the base, which other processes can read."""
    every = list(plan_for(request(SIXTY)).jobs())
    return {"reform": [j for j in every if days(j) == 60.0], "base": [j for j in every if days(j) == 90.0]}


def test_a_real_worker_that_is_killed_by_its_run(pool_of, two_runs) -> None:
    pool, told = pool_of(1, partial(hired, deadly)), Queue()

    pool.submit("ann", [*two_runs["reform"], *two_runs["base"]], told.put)

    by_run = {made.job.run: made for made in heard(told, 6)}
    statuses = Counter(made.status for made in by_run.values())
    assert statuses == {Status.DONE: 5, Status.KILLED: 1}
    assert by_run[two_runs["reform"][1].run].status is Status.KILLED


def test_a_real_run_stops_when_nobody_wants_it_and_its_worker_goes_on(pool_of, two_runs) -> None:
    pool, told, unwanted = pool_of(1, partial(hired, endless)), Queue(), Queue()
    pool.submit("ann", two_runs["base"][:1], told.put)
    heard(told, 1)
    before = {child.pid for child in psutil.Process().children()}
    batch = pool.submit("ann", two_runs["reform"], unwanted.put)
    while not pool._running:
        threading.Event().wait(0.001)

    batch.cancel()

    pool.submit("bo", two_runs["base"], told.put)
    assert [made.answer.hash for made in heard(told, 3)] == [invented(j).hash for j in two_runs["base"]]
    assert {child.pid for child in psutil.Process().children()} == before
    assert unwanted.empty()
