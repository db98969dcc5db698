"""What a worker does: a handful of runs, one segment, and a short answer."""

from __future__ import annotations

import gc
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from hfabm.experiments.folder import StudyFolder
from hfabm.experiments.job import Job, Simulate, Status
from hfabm.experiments.segments import Row, failed_row, row_of, write_segment


class StorageError(Exception):
    """Results cannot be written: the disk is full, or the folder is out of reach."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a run.

    Attributes:
        run: Its identity.
        status: Whether it came to its end.
        seconds: What it took.
        rss_mb: Memory of the worker when it had ended [MB].
    """

    run: str
    status: Status
    seconds: float
    rss_mb: float


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker says of a chunk: identities and numbers, no results.

    Attributes:
        made: The runs of it.
        busy: What all of it took, writing included [seconds].
    """

    made: tuple[Made, ...]
    busy: float


def do_chunk(jobs: Sequence[Job], folder: Path, simulate: Simulate) -> Done:
    """Make some runs and write their segment; a run that fails is on record, and the others are made.

    Args:
        jobs: The runs.
        folder: The folder of the study.
        simulate: What makes a run.

    Raises:
        StorageError: The segment cannot be written.
    """
    began = time.perf_counter()
    rows = [_row(job, folder, simulate) for job in jobs]
    try:
        write_segment(rows, folder)
    except OSError as error:
        raise StorageError(f"{folder}: results cannot be written there: {error.strerror or error}") from None
    made = tuple(Made(row["run"], Status(row["status"]), row["seconds"], row["rss_mb"]) for row in rows)
    return Done(made, time.perf_counter() - began)


def _row(job: Job, folder: Path, simulate: Simulate) -> Row:
    began = time.perf_counter()
    try:
        answer = simulate(job)
    except Exception:
        said = traceback.format_exc()
        _keep(job, folder)
        return failed_row(job, Status.FAILED, said, time.perf_counter() - began, _memory())
    # models hold themselves in circles, and memory that is freed late is memory that grows
    _freeze()
    gc.collect()
    return row_of(job, answer, time.perf_counter() - began, _memory())


@cache
def _freeze() -> None:
    """After the first run of a worker: what is there stays, so that looking for circles need not look at it."""
    gc.collect()
    gc.freeze()


def _keep(job: Job, folder: Path) -> None:
    try:
        StudyFolder(folder).write_failure(job)
    except OSError as error:
        raise StorageError(f"{folder}: results cannot be written there: {error.strerror or error}") from None


def _memory() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)
