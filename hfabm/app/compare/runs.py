"""One run as a worker of the pool makes it, and what the pool tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hfabm.app.work.child import Watch
from hfabm.app.work.hand import Told
from hfabm.calendar import Week
from hfabm.experiments.job import Answer, Job, Status

LISTENS = 4
"""Weeks between two looks whether the run is still wanted: some hundredths of a second."""


class Simulate(Protocol):
    """Makes a run; importable by name."""

    def __call__(self, job: Job, on_week: OnWeek | None = None) -> Answer:
        """The answer of a run; `on_week` is called after each week, and its errors end the run."""


class OnWeek(Protocol):
    """Called after each week."""

    def __call__(self, week: Week) -> None:
        """A week is over."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a run.

    Attributes:
        job: The run.
        status: Done, failed, or killed.
        answer: What it left; None unless it is done.
        seconds: What it took; 0 where it was known.
        error: Why it failed, in a sentence.
    """

    job: Job
    status: Status
    answer: Answer | None = None
    seconds: float = 0.0
    error: str = ""


class Runner:
    """Makes runs in a worker, one after the other."""

    def __init__(self, simulate: Simulate) -> None:
        self._simulate = simulate

    def run(self, job: Job, watch: Watch) -> Answer:
        """Make a run, and stop it where nobody wants it any more.

        Raises:
            Cancelled: Nobody wants it.
        """
        watch.tell("begun")

        def listen(week: Week) -> None:
            if week.number % LISTENS == 0:
                watch.check()

        watch.check()
        return self._simulate(job, on_week=listen)


class Worker(Protocol):
    """A process that makes runs: a `Hand` with a `Runner`."""

    def call(self, method: str, *arguments: object, on_progress: Told | None = None) -> Answer:
        """Make a run."""

    def cancel(self) -> None:
        """Stop the one that is being made."""

    def close(self) -> None:
        """End."""
