"""The arguments and options of `hfabm experiment`, `status` and `failed`; they need typer only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hfabm.cli.arguments import Json

StudyFile = Annotated[Path, typer.Argument(metavar="FILE", help="A study, such as experiments/refund_design.toml.")]
StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a study.")]
WorkerCount = Annotated[int | None, typer.Option("--workers", min=1, help="Processes; all cores if not said.")]
Scheduler = Annotated[str, typer.Option(metavar="ADDRESS", help="A dask.distributed scheduler, as tcp://host:8786.")]
ShardOf = Annotated[str, typer.Option("--shard", metavar="I/N", help="Make one of N independent parts, as 3/100.")]
StudyOut = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder; else one in studies/.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with what was begun.")]
Expand = Annotated[bool, typer.Option("--expand", help="Go on, with points or seeds that were added since.")]
Retry = Annotated[bool, typer.Option("--retry", help="Go on, and make again what failed.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Make so many runs at most, this time.")]
Seeds = Annotated[int | None, typer.Option("--replications", min=1, help="Seeds for each point, not the study's.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how much there is to do, and do nothing.")]
Slurm = Annotated[bool, typer.Option("--slurm", help="Print the script of a Slurm job array of --workers tasks.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no remarks.")]
WholeTrace = Annotated[bool, typer.Option("--all", help="The whole error of each, not its last line.")]

Finish = Callable[[Callable[[], int]], None]


def experimenting(finish: Finish) -> Callable[..., None]:
    """The command `experiment`.

    Args:
        finish: Does its work and leaves with the exit code.
    """

    def experiment(
        study: StudyFile,
        workers: WorkerCount = None,
        scheduler: Scheduler = "",
        shard: ShardOf = "",
        out: StudyOut = None,
        resume: Resume = False,
        expand: Expand = False,
        retry: Retry = False,
        limit: Limit = None,
        replications: Seeds = None,
        dry_run: DryRun = False,
        slurm: Slurm = False,
        json: Json = False,
        quiet: Quiet = False,
    ) -> None:
        """Make the runs of a study: many, on all cores or a cluster; stop and resume as you like."""

        def work() -> int:
            from hfabm.cli.experiment import Options
            from hfabm.cli.experiment import experiment as worker

            how = resume, expand, retry, limit, replications
            return worker(study, Options(workers, scheduler, shard, out, *how, dry_run, slurm, json, quiet))

        finish(work)

    return experiment


def telling_status(finish: Finish) -> Callable[..., None]:
    """The command `status`."""

    def status(folder: StudyDir, json: Json = False) -> None:
        """Say how far a study is."""

        def work() -> int:
            from hfabm.cli.status import status as worker

            return worker(folder, json)

        finish(work)

    return status


def telling_failed(finish: Finish) -> Callable[..., None]:
    """The command `failed`."""

    def failed(folder: StudyDir, everything: WholeTrace = False, json: Json = False) -> None:
        """List the runs of a study that failed, why, and how to run each alone."""

        def work() -> int:
            from hfabm.cli.status import failed as worker

            return worker(folder, everything, json)

        finish(work)

    return failed
