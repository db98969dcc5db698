"""Make the runs of a plan that are not made yet, in chunks, with whoever works."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from hfabm.experiments.chunks import Done, Made, StorageError
from hfabm.experiments.engines import Chunk, Engine, Killed
from hfabm.experiments.folder import StudyFolder
from hfabm.experiments.job import Job, Status
from hfabm.experiments.lock import Shard
from hfabm.experiments.plan import Plan
from hfabm.experiments.segments import failed_row, finished, write_segment

TARGET = 1.5
"""Seconds of work that a chunk is meant to be: some 100 times what it costs to hand it out."""
MOST = 500
"""Runs in a chunk at most."""
AHEAD = 2
"""Chunks for each worker that are handed out at a time."""
TOGETHER = 1000
"""Chunks after which small segments are put together."""
AGAIN = (Status.FAILED, Status.KILLED)
"""What may be tried again."""


class Watch(Protocol):
    """Somebody who looks on."""

    def begin(self, to_do: int, done: int) -> None:
        """Before the first run: how many there are to make, and how many were made before."""

    def made(self, done: Done) -> None:
        """After each chunk."""


@dataclass(frozen=True)
class Summary:
    """What a runner did.

    Attributes:
        made: Runs that came to their end.
        failed: Runs that raised an error.
        killed: Runs of which every worker died.
        before: Runs that were made before.
        left: Runs that are still to be made.
        workers: How many worked at most.
        seconds: From the first run handed out to the last made.
        busy: What workers spent on runs and writing, all together [seconds].
        memory_early: Memory of a worker in the first quarter of the runs, median [MB].
        memory_late: The same in the last quarter [MB].
    """

    made: int
    failed: int
    killed: int
    before: int
    left: int
    workers: int
    seconds: float
    busy: float
    memory_early: float
    memory_late: float

    @property
    def rate(self) -> float:
        """Runs a second."""
        return (self.made + self.failed) / self.seconds if self.seconds else 0.0

    @property
    def overhead(self) -> float:
        """Share of the workers' time that went neither into runs nor into writing."""
        return max(0.0, 1.0 - self.busy / (self.seconds * self.workers)) if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        """The parts, for the manifest and for programs."""
        numbers = dataclasses.asdict(self) | {"rate": self.rate, "overhead": self.overhead}
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in numbers.items()}


def to_make(plan: Plan, folder: StudyFolder, shard: Shard | None = None, retry: bool = False) -> tuple[list[Job], int]:
    """The runs of a plan that are not made yet, and how many are.

    Args:
        plan: The plan.
        folder: Its folder.
        shard: The part of it that is wanted.
        retry: Make again what failed.
    """
    there = finished(folder.path)
    wanted = [job for k, job in enumerate(plan.jobs()) if shard is None or k % shard.of == shard.number - 1]
    left = [job for job in wanted if job.run not in there or (retry and there[job.run] in AGAIN)]
    return left, len(wanted) - len(left)


def execute(
    jobs: Iterable[Job], folder: StudyFolder, engine: Engine, watch: Watch, before: int = 0, limit: int | None = None
) -> Summary:
    """Make runs; each is on the disk before it is counted.

    Args:
        jobs: What is to be made.
        folder: Where results go.
        engine: Who makes it.
        watch: Who looks on.
        before: How many were made before.
        limit: At most so many now.

    Raises:
        StorageError: Results cannot be written; what is counted is safe.
        EngineError: The cluster is lost.
    """
    every = list(jobs)
    wanted = every if limit is None else every[:limit]
    work = _Work(deque(wanted), folder, engine, watch)
    watch.begin(len(wanted), before)
    began = time.perf_counter()
    work.go()
    counts = Counter(made.status for made in work.done)
    memory = [made.rss_mb for made in work.done if made.status is Status.DONE]
    quarter = -(-len(memory) // 4)
    return Summary(
        made=counts[Status.DONE],
        failed=counts[Status.FAILED],
        killed=counts[Status.KILLED],
        before=before,
        left=len(every) - len(work.done),
        workers=work.workers,
        seconds=time.perf_counter() - began,
        busy=work.busy,
        memory_early=statistics.median(memory[:quarter]) if memory else 0.0,
        memory_late=statistics.median(memory[-quarter:]) if memory else 0.0,
    )


@dataclass
class _Work:
    """What is left, what is handed out, and what is done."""

    left: deque[Job]
    folder: StudyFolder
    engine: Engine
    watch: Watch
    out: int = 0
    busy: float = 0.0
    workers: int = 1
    chunks: int = 0
    done: list[Made] = field(default_factory=list)
    suspects: deque[Chunk] = field(default_factory=deque)

    def go(self) -> None:
        """Hand out and take back until nothing is left."""
        while True:
            self.workers = max(self.workers, self.engine.workers)
            while self.out < AHEAD * self.engine.workers and (chunk := next(self._chunks(), None)):
                self.engine.submit(chunk)
                self.out += 1
            if not self.out:
                return
            chunk, answer = self.engine.next()
            self.out -= 1
            self._take(chunk, answer)

    def _chunks(self) -> Iterator[Chunk]:
        if self.suspects:
            yield self.suspects.popleft()
        elif self.left:
            yield tuple(self.left.popleft() for _ in range(self._size()))

    def _size(self) -> int:
        """Runs in the next chunk: as many as fill the time, fewer near the end, one before anything is known."""
        known = [made.seconds for made in self.done[-100:]]
        if not known:
            return 1
        fits = round(TARGET / max(statistics.mean(known), 1e-6))
        shared = -(-len(self.left) // (AHEAD * self.engine.workers))
        return max(1, min(fits, shared, MOST, len(self.left)))

    def _take(self, chunk: Chunk, answer: Done | Exception) -> None:
        if isinstance(answer, Killed):
            if len(chunk) > 1:
                # which of them is deadly is found one by one
                self.suspects.extend((job,) for job in chunk)
                return
            self._record(chunk[0], str(answer))
            answer = Done((Made(chunk[0].run, Status.KILLED, 0.0, 0.0),), 0.0)
        if isinstance(answer, Exception):
            raise answer
        self.chunks += 1
        if self.chunks % TOGETHER == 0:
            self.folder.compact()
        self.done += answer.made
        self.busy += answer.busy
        self.watch.made(answer)

    def _record(self, job: Job, error: str) -> None:
        """Put a run on record of which every worker died."""
        try:
            self.folder.write_failure(job)
            write_segment([failed_row(job, Status.KILLED, error, 0.0)], self.folder.path)
        except OSError as wrong:
            what = f"{self.folder.path}: results cannot be written there: {wrong.strerror or wrong}"
            raise StorageError(what) from None
