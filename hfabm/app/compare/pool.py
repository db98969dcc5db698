"""Workers that make the runs of all comparisons of a server, a run of each session in turn."""

from __future__ import annotations

import atexit
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from typing import cast

from hfabm.app.compare.runs import Made, Runner, Simulate, Worker
from hfabm.app.work.crew import MEMORY
from hfabm.app.work.failures import Cancelled, Failed, Lost
from hfabm.app.work.hand import LOG, Hand
from hfabm.experiments.job import Answer, Job, Status
from hfabm.experiments.making import cores
from hfabm.experiments.simulate import simulate as simulate_model

TRIES = 3
"""Workers that a run may cost before it is given up."""
IDLE = 300.0
"""Seconds after which a worker without work ends, and its memory is free."""
KEPT = 1000
"""Answers that are kept: some 20 kB each."""

Hire = Callable[[], Worker]
Hear = Callable[[Made], None]
"""Told of each run that is over, in a thread of the pool, or at once where the run was known."""


def hired(simulate: Simulate = simulate_model, memory: int | None = MEMORY) -> Worker:
    """A process that makes runs."""
    hand = Hand(memory=memory)
    try:
        hand.make(Runner, simulate)
    except Exception:
        hand.close()
        raise
    return cast(Worker, hand)


class Batch:
    """The runs of one comparison.

    Attributes:
        session: Whose they are.
        wanted: Are they wanted still?
    """

    def __init__(self, pool: Pool, session: str, hear: Hear) -> None:
        self.session, self.wanted, self.hear = session, True, hear
        self._pool = pool

    def cancel(self) -> None:
        """Nobody wants them any more: what waits is dropped, what is being made stops, and nothing more is told."""
        self._pool.drop(self)


class Pool:
    """Makes runs; any thread may use it.

    Attributes:
        workers: How many work at a time.
    """

    def __init__(self, workers: int | None = None, hire: Hire = hired, idle: float = IDLE, kept: int = KEPT) -> None:
        """Keep what is wanted, and start nothing.

        Args:
            workers: How many work at a time; the cores of this machine where None.
            hire: Makes a worker.
            idle: Seconds after which a worker without work ends.
            kept: Answers that are kept, for runs that are wanted again.
        """
        self.workers = max(1, cores() if workers is None else workers)
        self._hire, self._idle, self._kept = hire, idle, kept
        self._lock = threading.Condition()
        self._waiting: OrderedDict[str, deque[tuple[Batch, Job]]] = OrderedDict()
        self._lost: dict[str, int] = {}
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._threads: set[threading.Thread] = set()
        self._running: dict[Worker, Batch] = {}
        self._free, self._closed = 0, False

    def submit(self, session: str, jobs: Iterable[Job], hear: Hear) -> Batch:
        """Have runs made, in their order, in turn with those of other sessions.

        Args:
            session: Whose they are.
            jobs: The runs.
            hear: Told of each run that is over.
        """
        batch, known = Batch(self, session, hear), []
        with self._lock:
            if self._closed:
                raise Lost("the server is closing")
            queue = self._waiting.setdefault(session, deque())
            for job in jobs:
                answer = self._known(job)
                if answer is None:
                    queue.append((batch, job))
                else:
                    known.append(Made(job, Status.DONE, answer))
            if not queue:
                del self._waiting[session]
            self._staff()
        for made in known:
            hear(made)
        return batch

    def drop(self, batch: Batch) -> None:
        """Stop making the runs of a batch."""
        with self._lock:
            batch.wanted = False
            queue = self._waiting.get(batch.session)
            if queue is not None:
                left = deque(one for one in queue if one[0] is not batch)
                self._waiting[batch.session] = left
                if not left:
                    del self._waiting[batch.session]
            busy = [worker for worker, whose in self._running.items() if whose is batch]
        for worker in busy:
            worker.cancel()

    def close(self) -> None:
        """End all workers; what waits is dropped."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            busy, threads = list(self._running), list(self._threads)
            for whose in self._running.values():
                whose.wanted = False
            self._lock.notify_all()
        for worker in busy:
            worker.close()
        for thread in threads:
            thread.join()
        atexit.unregister(self.close)

    @property
    def staff(self) -> int:
        """Workers at the moment."""
        with self._lock:
            return len(self._threads)

    def _staff(self) -> None:
        """Enough workers for what waits; the lock is held."""
        atexit.unregister(self.close)
        atexit.register(self.close)
        waiting = sum(map(len, self._waiting.values()))
        for _ in range(min(self.workers - len(self._threads), waiting - self._free)):
            thread = threading.Thread(target=self._work, name="runs of comparisons", daemon=True)
            # Solara lends a thread the tab that starts it; this one serves all, and would keep a closed tab in memory
            thread.current_context = None  # type: ignore[attr-defined]
            self._threads.add(thread)
            thread.start()
        self._lock.notify_all()

    def _work(self) -> None:
        """A worker's life, in a thread that waits for it."""
        worker: Worker | None = None
        try:
            while (task := self._next()) is not None:
                worker = self._make(worker, *task)
        finally:
            if worker is not None:
                worker.close()
            with self._lock:
                self._threads.discard(threading.current_thread())

    def _next(self) -> tuple[Batch, Job] | None:
        """The next run of the session whose turn it is; None where there was nothing to do for long."""
        with self._lock:
            self._free += 1
            try:
                there = self._lock.wait_for(lambda: bool(self._waiting) or self._closed, self._idle)
                if not there or self._closed:
                    # leave now, so that whoever submits from here on does not count on this one
                    self._threads.discard(threading.current_thread())
                    return None
                session, queue = self._waiting.popitem(last=False)
                task = queue.popleft()
                if queue:
                    self._waiting[session] = queue
                return task
            finally:
                self._free -= 1

    def _make(self, worker: Worker | None, batch: Batch, job: Job) -> Worker | None:
        """Make a run and tell of it; the worker, None where it is gone."""
        with self._lock:
            known = self._known(job)
        if known is not None:
            self._tell(batch, Made(job, Status.DONE, known))
            return worker
        try:
            worker = worker or self._hire()
        except Exception as error:
            LOG.exception("no worker could be started")
            self._tell(batch, Made(job, Status.FAILED, error=f"no worker could be started: {error}"))
            return None
        with self._lock:
            if self._closed or not batch.wanted:  # while the worker was hired
                return worker
            self._running[worker] = batch
        try:
            self._tell(batch, self._made(worker, batch, job))
        except Cancelled:
            self._back(batch, job)  # if it is wanted, another was meant, which came to its end just then
        except Lost:
            worker.close()
            self._again(batch, job)
            return None
        except Exception as error:
            LOG.exception("a run could not be asked for")
            worker.close()
            self._tell(batch, Made(job, Status.FAILED, error=f"seed {job.seed}: {error}"))
            return None
        finally:
            with self._lock:
                self._running.pop(worker, None)
        return worker

    def _made(self, worker: Worker, batch: Batch, job: Job) -> Made:
        began = time.monotonic()

        def begun(_: object) -> None:
            if not batch.wanted:  # dropped between the turn and the start
                worker.cancel()

        try:
            answer = worker.call("run", job, on_progress=begun)
        except Failed as error:
            return Made(job, Status.FAILED, seconds=time.monotonic() - began, error=error.said)
        with self._lock:
            self._lost.pop(job.run, None)
            self._answers[job.run] = answer
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return Made(job, Status.DONE, answer, time.monotonic() - began)

    def _known(self, job: Job) -> Answer | None:
        """The answer of a run that was made before; the lock is held."""
        if job.run in self._answers:
            self._answers.move_to_end(job.run)
        return self._answers.get(job.run)

    def _again(self, batch: Batch, job: Job) -> None:
        """A worker died of a run: try once more, or give it up."""
        with self._lock:
            lost = self._lost[job.run] = self._lost.get(job.run, 0) + 1
            if lost >= TRIES:
                del self._lost[job.run]
        if lost < TRIES:
            self._back(batch, job)
            return
        error = f"seed {job.seed}: the run ended its worker {TRIES} times, perhaps for want of memory"
        self._tell(batch, Made(job, Status.KILLED, error=error))

    def _back(self, batch: Batch, job: Job) -> None:
        """A run is to be made as the next of its session, if it is wanted still."""
        with self._lock:
            if batch.wanted and not self._closed:
                self._waiting.setdefault(batch.session, deque()).appendleft((batch, job))
                self._lock.notify()

    def _tell(self, batch: Batch, made: Made) -> None:
        if batch.wanted:
            try:
                batch.hear(made)
            except Exception:
                LOG.exception("somebody who listens to runs failed")
