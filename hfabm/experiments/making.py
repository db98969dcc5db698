"""Make a study, or go on with one: the folder, the lock, the workers, and what is said meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hfabm.experiments.chunks import StorageError
from hfabm.experiments.engines import Dask, Engine, InProcess
from hfabm.experiments.folder import StudyFolder, WrongFolder, create, is_begun, reopen
from hfabm.experiments.job import Simulate
from hfabm.experiments.lock import Shard, locked
from hfabm.experiments.plan import Plan
from hfabm.experiments.runner import Summary, execute, to_make
from hfabm.experiments.segments import finished
from hfabm.experiments.simulate import simulate as simulate_model
from hfabm.experiments.watch import PROGRESS, Progress

STUDIES = Path("studies")
"""Where studies go if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a study is to be made.

    Attributes:
        out: Its folder.
        workers: How many processes; one is this process.
        scheduler: Address of a `dask.distributed` scheduler that has workers of its own, instead.
        shard: The part of it to make; all of it where None.
        resume: Go on with what was begun.
        expand: Go on, with more points or seeds than it was begun with.
        retry: Make again what failed.
        limit: Make so many runs at most.
        quiet: Say nothing.
    """

    out: Path
    workers: int = 1
    scheduler: str = ""
    shard: Shard | None = None
    resume: bool = False
    expand: bool = False
    retry: bool = False
    limit: int | None = None
    quiet: bool = False


def cores() -> int:
    """Processes that this machine can give."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def opened(plan: Plan, wish: Wish) -> StudyFolder:
    """The folder of a study: a new one, or the one to go on with.

    Raises:
        WrongFolder: It holds something else, or was begun and nobody said to go on.
    """
    if not is_begun(wish.out):
        return create(plan, wish.out)
    if not (wish.resume or wish.expand or wish.retry or wish.shard):
        made = len(finished(wish.out))
        what = f"this study was begun: {made} of {plan.runs} runs are made"
        hint = (
            "Go on with --resume" if made < plan.runs else "Read them with `hfabm analyse`, add to them with --expand"
        )
        raise WrongFolder(f"{wish.out}: {what}. {hint}, or name another folder with --out.")
    return reopen(plan, wish.out, wish.expand)


def make(
    plan: Plan, wish: Wish, simulate: Simulate = simulate_model, remark: Callable[[str], None] = print
) -> tuple[StudyFolder, Summary]:
    """Make what is still to be made of a plan.

    Args:
        plan: The plan.
        wish: How to make it.
        simulate: What makes a run.
        remark: Told what there is to say of the folder.

    Raises:
        WrongFolder: The folder cannot be used.
        Locked: Somebody else is at work there.
        EngineError: The cluster cannot be used.
        StorageError: Results cannot be written; what was made is safe.
    """
    folder = opened(plan, wish)
    with locked(folder.path, wish.shard):
        if wish.shard is None:
            for said in folder.tidy():
                remark(said)
        try:
            folder.adopt(plan)
        except OSError as error:
            raise StorageError(f"{folder.path}: the plan cannot be written: {error.strerror or error}") from None
        jobs, before = to_make(plan, folder, wish.shard, wish.retry)
        name = f"progress-{wish.shard.number}-of-{wish.shard.of}.json" if wish.shard else PROGRESS
        with (
            engine_of(folder.path, wish, simulate, len(jobs)) as engine,
            Progress(folder.path, wish.quiet, name) as watch,
        ):
            summary = execute(jobs, folder, engine, watch, before, wish.limit)
        try:
            folder.close(summary.as_json())
        except OSError as error:
            what = f"{folder.path}: the manifest cannot be written: {error.strerror or error}"
            raise StorageError(what) from None
    return folder, summary


def engine_of(folder: Path, wish: Wish, simulate: Simulate, runs: int) -> Engine:
    """Whoever is to do the work."""
    if wish.scheduler:
        return Dask(folder, simulate, address=wish.scheduler)
    processes = min(wish.workers, max(1, runs))
    return Dask(folder, simulate, processes) if processes > 1 else InProcess(folder, simulate)
