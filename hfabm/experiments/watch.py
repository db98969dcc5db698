"""What is said while a study runs: a bar on a terminal, a line a minute elsewhere, and `progress.json` for others."""

from __future__ import annotations

import os
import socket
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from hfabm.experiments.chunks import Done
from hfabm.experiments.files import write_json
from hfabm.experiments.job import Status

PROGRESS = "progress.json"
EVERY = 60.0
"""Seconds between two lines where there is no terminal."""
WRITTEN = 1.0
"""Seconds between two writings of the progress."""


class Progress:
    """Tells how far a study is.

    Attributes:
        done: Runs made.
        total: Runs to make.
        failed: Runs made that failed.
    """

    def __init__(self, folder: Path, quiet: bool = False, name: str = PROGRESS) -> None:
        """Keep where to write, and whether to say anything."""
        self.done = self.total = self.failed = self.before = 0
        self._path, self._quiet = folder / name, quiet
        self._began = self._spoke = self._wrote = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def begin(self, to_do: int, done: int) -> None:
        """Before the first run."""
        self.total, self.before = to_do, done
        self._began = self._spoke = time.monotonic()
        if not self._quiet and sys.stderr.isatty():
            self._open_bar()
        self._write()
        self._say()

    def made(self, done: Done) -> None:
        """After each chunk."""
        self.done += len(done.made)
        self.failed += sum(made.status is not Status.DONE for made in done.made)
        now = time.monotonic()
        if self._bar is not None:
            self._bar.update(self._task, completed=self.done, description=self._rate())
        elif now - self._spoke >= EVERY:
            self._spoke = now
            self._say()
        if now - self._wrote >= WRITTEN:
            self._wrote = now
            self._write()

    @property
    def rate(self) -> float:
        """Runs a second so far."""
        passed = time.monotonic() - self._began
        return self.done / passed if passed > 0.0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate; unknown before anything is made."""
        return (self.total - self.done) / self.rate if self.rate else None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        self._write()
        self._say()

    def _open_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn()
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=self.total)
        self._bar.start()

    def _rate(self) -> str:
        wrong = f", {self.failed} failed" if self.failed else ""
        return f"{self.rate:.2f} runs/s{wrong}"

    def _say(self) -> None:
        if self._quiet or self._bar is not None:
            return
        left = self.seconds_left
        rest = f", {clock(left)} left" if left and self.done < self.total else ""
        pace = f", {self._rate()}{rest}" if self.done else ""
        before = f" ({self.before} before)" if self.before else ""
        print(f"{self.done} of {self.total} runs made{before}{pace}", file=sys.stderr, flush=True)

    def _write(self) -> None:
        said = {
            "done": self.done, "total": self.total, "before": self.before, "failed": self.failed,
            "rate": round(self.rate, 4), "seconds_left": self.seconds_left, "pid": os.getpid(),
            "host": socket.gethostname(), "updated": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        with suppress(OSError):  # a full disk is told of by what matters
            write_json(said, self._path)


def clock(seconds: float) -> str:
    """A time for people.

    >>> clock(42.0), clock(310.0), clock(9000.0)
    ('42 s', '5 min 10 s', '2 h 30 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
