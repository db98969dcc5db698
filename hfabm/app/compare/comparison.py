"""A comparison in the making: its runs, how far they are, and the answer by the seeds that are complete."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hfabm.app.compare.pool import Batch, Pool
from hfabm.app.compare.request import LEVER, Request, plan_for, sameness
from hfabm.app.compare.runs import Made
from hfabm.experiments.job import Status
from hfabm.experiments.plan import Plan
from hfabm.population.places import Place

if TYPE_CHECKING:
    from hfabm.app.compare.found import Compared
    from hfabm.experiments.results import Results
    from hfabm.experiments.segments import Row

RECENT = 12
"""Runs by whose pace the time left is reckoned: the first of each worker are slow."""
ENOUGH = 2
"""Complete seeds from which on there is an answer: one has no interval."""

Hear = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a comparison is.

    Attributes:
        done: Runs that are over, those that failed among them.
        of: Runs that there are.
        seeds: Seeds that are complete for all policies.
        seconds_left: Time left at the pace of the last runs; unknown before two have been made.
        failed: What is to be said of each run that failed.
        cancelled: Was it stopped?
    """

    done: int
    of: int
    seeds: int
    seconds_left: float | None
    failed: tuple[str, ...]
    cancelled: bool

    @property
    def over(self) -> bool:
        """Is nothing left to wait for?"""
        return self.cancelled or self.done == self.of


class Comparison:
    """A base and some reforms, made with the same seeds; any thread may ask.

    Attributes:
        request: What was wanted.
        plan: Its runs; policy 0 is the base.
        same: Reforms that come to the same as the base or as another.
    """

    def __init__(
        self, request: Request, town: Place | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Work out what is to be run, and run nothing.

        Args:
            request: What is wanted.
            town: Another place than that of the base.
            clock: Seconds that pass.

        Raises:
            RequestError: It cannot be compared.
            ScenarioError: A file cannot be read, or does not fit.
        """
        self.request, self.plan = request, plan_for(request, town)
        self.same = sameness(self.plan)
        self._clock, self._started = clock, False
        self._lock = threading.Lock()
        self._made: dict[str, Made] = {}
        self._ends: deque[float] = deque(maxlen=RECENT)
        self._batch: Batch | None = None
        self._cancelled = threading.Event()
        self._hear: Hear | None = None
        self._answer: tuple[int, Compared | None] = (0, None)

    def start(self, pool: Pool, session: str, hear: Hear | None = None) -> None:
        """Have its runs made in the background; a second start does nothing.

        Args:
            pool: Who makes them.
            session: Whose it is.
            hear: Told of the progress after each run, in another thread.
        """
        with self._lock:
            if self._started or self._cancelled.is_set():
                return
            self._started, self._hear = True, hear
        batch = pool.submit(session, self.plan.jobs(), self._take)
        with self._lock:
            self._batch = batch
        if self._cancelled.is_set():
            batch.cancel()

    def cancel(self) -> None:
        """Stop; what has been made is kept, and so is its answer."""
        self._cancelled.set()
        with self._lock:
            batch = self._batch
        if batch is not None:
            batch.cancel()
        if self._hear is not None:
            self._hear(self.progress)

    @property
    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            done, of, ends = len(self._made), self.plan.runs, self._ends
            left = (of - done) * (ends[-1] - ends[0]) / (len(ends) - 1) if len(ends) > 1 else None
            failed = tuple(made.error for made in self._made.values() if made.status is not Status.DONE)
            seeds = len(self._complete())
            return Progress(done, of, seeds, 0.0 if done == of else left, failed, self._cancelled.is_set())

    def answer(self) -> Compared | None:
        """What the seeds that are complete come to; None where they are fewer than two."""
        from hfabm.app.compare.answer import compared

        with self._lock:
            seeds = self._complete()
            if len(seeds) < ENOUGH:
                return None
            if self._answer[0] == len(seeds):
                return self._answer[1]
            made = [one for one in self._made.values() if one.job.seed in seeds]
        found = compared(self.plan, results_of(self.plan, made), tuple(sorted(seeds)), self.same)
        with self._lock:
            self._answer = len(seeds), found
        return found

    def _take(self, made: Made) -> None:
        with self._lock:
            self._made[made.job.run] = made
            if made.seconds > 0.0:  # what was known before says nothing of the pace
                self._ends.append(self._clock())
        if self._hear is not None:
            self._hear(self.progress)

    def _complete(self) -> set[int]:
        """Seeds with which every policy has come to its end; the lock is held."""
        digests = set(self.plan.digests.values())
        done = {run for run, made in self._made.items() if made.status is Status.DONE}
        return {seed for seed in self.plan.seeds if all(f"{digest}-{seed}" in done for digest in digests)}


def results_of(plan: Plan, made: list[Made]) -> Results:
    """The results of a plan by the runs that are made.

    Args:
        plan: The plan.
        made: Runs that are over; one of them has come to its end, at least.
    """
    import pandas as pd

    from hfabm.experiments.results import assembled

    policies = pd.DataFrame(
        [{"policy": p.number, "label": p.label, LEVER: p.choices[LEVER].label} for p in plan.policies]
    ).set_index("policy")
    futures = pd.DataFrame([{"future": f.number, "label": f.label, "sampled": f.sampled} for f in plan.futures])
    expected = plan.points().merge(pd.DataFrame({"seed": list(plan.seeds)}), how="cross")
    expected["run"] = expected["digest"] + "-" + expected["seed"].astype(str)
    rows = pd.DataFrame([_row(one) for one in made])
    study = dataclasses.replace(plan.study, since=plan.since)
    return assembled(study, policies, futures.set_index("future"), expected.drop(columns="digest"), rows)


def _row(made: Made) -> Row:
    from hfabm.experiments.segments import failed_row, row_of

    if made.answer is None:
        return failed_row(made.job, made.status, made.error, made.seconds)
    return row_of(made.job, made.answer, made.seconds, 0.0)
