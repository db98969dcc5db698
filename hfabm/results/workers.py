"""The same work here or spread over processes; what comes out does not depend on how many work."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, Generic, TypeVar

T = TypeVar("T")

Watch = Callable[[str, int, int], None]
"""Called after each task with the name of the work, how many tasks are done, and of how many."""


class Workers(Generic[T]):
    """Somebody who does tasks.

    Attributes:
        seconds: What each task took, in the order they were given.
    """

    def __init__(self, work: Callable[..., T], processes: int = 1, watch: Watch | None = None) -> None:
        """Keep what is to be done with a task; it must be importable where there are several processes."""
        self.seconds: list[float] = []
        self._work = partial(_timed, work)
        self._watch = watch
        self._pool: ProcessPoolExecutor | None = None
        if processes > 1:
            # forked, a compiled library with threads may hang
            self._pool = ProcessPoolExecutor(processes, get_context("spawn"), _ready)

    def __call__(self, name: str, tasks: Sequence[Sequence[Any]]) -> list[T]:
        """Do tasks; the answers come in their order."""
        done: Iterable[tuple[T, float]] = (self._pool.map if self._pool else map)(self._work, tasks)
        answers = []
        for answer, seconds in done:
            answers.append(answer)
            self.seconds.append(seconds)
            if self._watch is not None:
                self._watch(name, len(answers), len(tasks))
        return answers

    def __enter__(self) -> Workers[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _timed(work: Callable[..., T], task: Sequence[Any]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(*task), time.perf_counter() - began


def _ready() -> None:
    """Stop at once on Ctrl-C, as who started it says what there is to say; and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
