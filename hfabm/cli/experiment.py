"""`hfabm experiment`: say what a study asks for, make its runs, and say what was made."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hfabm.experiments.estimate import Estimate
    from hfabm.experiments.lock import Shard
    from hfabm.experiments.making import Wish
    from hfabm.experiments.plan import Plan
    from hfabm.experiments.runner import Summary


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for besides the file.

    Attributes:
        workers: Processes, or tasks of a job array; all cores where None.
        scheduler: Address of a scheduler with workers of its own.
        shard: The part to make, as `3/100`.
        out: The folder.
        resume: Go on.
        expand: Go on with what was added.
        retry: Make again what failed.
        limit: Runs at most.
        replications: Seeds for each point, instead of the study's.
        dry_run: Only say what it asks for.
        slurm: Only print the script of a job array.
        json: Print one JSON object.
        quiet: No progress and no remarks.
    """

    workers: int | None = None
    scheduler: str = ""
    shard: str = ""
    out: Path | None = None
    resume: bool = False
    expand: bool = False
    retry: bool = False
    limit: int | None = None
    replications: int | None = None
    dry_run: bool = False
    slurm: bool = False
    json: bool = False
    quiet: bool = False


class WrongCall(Exception):
    """Options that cannot be meant; says which, and what to do."""


def experiment(file: Path, options: Options) -> int:
    """Make a study.

    Args:
        file: The study.
        options: What else is asked for.

    Returns:
        The exit code.

    Raises:
        ScenarioError: The study has faults.
    """
    from hfabm.cli.run import compiled
    from hfabm.experiments.chunks import StorageError
    from hfabm.experiments.engines import EngineError
    from hfabm.experiments.folder import WrongFolder
    from hfabm.experiments.job import Status
    from hfabm.experiments.lock import Locked
    from hfabm.experiments.making import make
    from hfabm.experiments.plan import plan_of
    from hfabm.experiments.segments import finished
    from hfabm.experiments.study_file import read_study
    from hfabm.results.store import OutputError

    study = read_study(file)
    if options.replications:
        study = dataclasses.replace(study, replications=options.replications)
    plan = plan_of(study)
    try:
        wish = _wish(file, options)
        if not (options.slurm or options.dry_run):
            _check_folder(plan, wish)
    except (WrongCall, WrongFolder) as error:
        print(error, file=sys.stderr)
        return 2
    compiled(options.quiet or options.json)
    if _only_said(file, plan, wish, options):
        return 0
    try:
        folder, summary = make(plan, wish, remark=_remark)
    except (WrongFolder, Locked, EngineError, OutputError) as error:
        print(error, file=sys.stderr)
        return 2
    except StorageError as error:
        print(f"{error}. {_safe(wish.out)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Stopped. {_safe(wish.out)}", file=sys.stderr)
        raise
    _print_summary(folder.path, summary, options)
    wrong = sum(status is not Status.DONE for status in finished(folder.path).values())
    if wrong and not options.json:
        what = f"{wrong} runs of it failed: `hfabm failed {folder.path}` lists them, --retry makes them again"
        print(what, file=sys.stderr)
    return 1 if wrong else 0


def _wish(file: Path, options: Options) -> Wish:
    from hfabm.experiments.making import STUDIES, Wish, cores

    shard = _shard(options.shard)
    if shard and options.scheduler:
        raise WrongCall("--shard and --scheduler: a shard works alone. Leave one of the two out.")
    if shard and options.limit:
        raise WrongCall("--shard and --limit: make more and smaller shards instead.")
    if options.slurm and (shard or options.scheduler):
        raise WrongCall("--slurm prints a script of shards. Leave --shard and --scheduler out.")
    workers = options.workers or (1 if shard else cores())
    return Wish(
        options.out or STUDIES / file.stem, workers, options.scheduler, shard, options.resume, options.expand,
        options.retry, options.limit, options.quiet or options.json,
    )  # fmt: skip


def _shard(said: str) -> Shard | None:
    from hfabm.experiments.lock import Shard

    if not said:
        return None
    match = re.fullmatch(r"(\d+)/(\d+)", said)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise WrongCall(f"--shard {said}: is no part of a whole. Write such as 3/100, from 1/100 to 100/100.")
    return Shard(int(match[1]), int(match[2]))


def _check_folder(plan: Plan, wish: Wish) -> None:
    """Refuse a wrong folder before anything is compiled or run."""
    from hfabm.experiments.folder import is_begun
    from hfabm.experiments.making import opened

    if is_begun(wish.out):
        opened(plan, wish)


def _only_said(file: Path, plan: Plan, wish: Wish, options: Options) -> bool:
    """Say what the study asks for; was that all?"""
    from hfabm.experiments.estimate import estimate
    from hfabm.experiments.slurm import script

    if options.slurm:
        work = estimate(plan, 1, wish.out)
        more = [f"--replications {options.replications}"] if options.replications else []
        more += [f"--{name}" for name in ("expand", "retry") if getattr(options, name)]
        print(script(plan.study.title, file, wish.out, wish.workers, work.minutes, more), end="")
        return True
    if options.dry_run or not wish.quiet:
        found = estimate(plan, wish.workers, wish.out)
        if options.dry_run and options.json:
            print(json.dumps(_asked(plan, found, wish), ensure_ascii=False))
        else:
            print("\n".join(_lines(plan, found, wish)), file=sys.stdout if options.dry_run else sys.stderr)
    return options.dry_run


def _asked(plan: Plan, found: Estimate, wish: Wish) -> dict[str, Any]:
    return {
        "version": 1, "title": plan.study.title, "policies": len(plan.policies), "futures": len(plan.futures),
        "seeds": list(plan.seeds), "runs": plan.runs, "since": plan.since.isoformat(), "workers": wish.workers,
        "seconds_a_run": round(found.seconds, 3), "minutes": round(found.minutes, 2),
        "megabytes": round(found.megabytes, 1), "out": str(wish.out),
    }  # fmt: skip


def _lines(plan: Plan, found: Estimate, wish: Wish) -> list[str]:
    from hfabm.experiments.watch import clock

    points, every = plan.runs // len(plan.seeds), len(plan.policies) * len(plan.futures)
    alike = f" ({every - points} points come to the same as another)" if every > points else ""
    who = wish.scheduler or f"{wish.workers} {'process' if wish.workers == 1 else 'processes'}"
    learned = "as its runs so far took" if found.from_runs else "by a trial of half a year"
    size = f"{len(plan.policies)} policies x {len(plan.futures)} futures x {len(plan.seeds)} seeds"
    return [
        plan.study.title,
        f"  {size} = {plan.runs} runs{alike}",
        *(f"  lever        {factor.name}: {span(factor)}" for factor in plan.study.levers),
        *_uncertain(plan),
        f"  counted from {plan.since} to {plan.policies[0].scenario.end}",
        f"  about {clock(60.0 * found.minutes)} with {who} ({found.seconds:.2f} s a run, {learned})",
        f"  about {max(1.0, found.megabytes):.0f} MB in {wish.out}",
    ]


def span(factor: Any) -> str:
    """The values of a factor, or its range."""
    if factor.choices:
        return ", ".join(choice.label for choice in factor.choices)
    return f"{factor.low:.6g} to {factor.high:.6g} {factor.unit}"


def _uncertain(plan: Plan, shown: int = 8) -> list[str]:
    factors = plan.study.uncertainties
    lines = [f"  uncertainty  {factor.name}: {span(factor)}" for factor in factors[:shown]]
    return lines + ([f"  and {len(factors) - shown} more uncertainties"] if len(factors) > shown else [])


def _print_summary(folder: Path, summary: Summary, options: Options) -> None:
    from hfabm.experiments.watch import clock

    if options.json:
        print(json.dumps({"version": 1, "folder": str(folder), **summary.as_json()}))
        return
    if options.quiet:
        return
    if not summary.made + summary.failed + summary.killed:
        print(f"{summary.before} runs are made, none is left", file=sys.stderr)
        print(f"{folder}: hfabm analyse {folder}")
        return
    wrong = f", {summary.failed + summary.killed} failed (hfabm failed {folder})"
    print(
        f"{summary.made} runs made{wrong if summary.failed or summary.killed else ''} in {clock(summary.seconds)}: "
        f"{summary.rate:.2f} a second on {summary.workers}, {summary.overhead:.1%} of the time for handing out; "
        f"memory {summary.memory_early:.0f} MB at first, {summary.memory_late:.0f} MB at last",
        file=sys.stderr,
    )
    todo = f"{summary.left} runs are left: add --resume" if summary.left else f"hfabm analyse {folder}"
    print(f"{folder}: {todo}")


def _safe(out: Path) -> str:
    from hfabm.experiments.segments import finished

    return f"{len(finished(out))} runs are safe in {out}; go on with the same command and --resume."


def _remark(said: str) -> None:
    print(said, file=sys.stderr)
