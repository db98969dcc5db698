"""`hfabm status` and `hfabm failed`: how far a study is, and what went wrong."""

from __future__ import annotations

import json as javascript
from collections import Counter
from pathlib import Path
from typing import Any


def status(path: Path, json: bool) -> int:
    """Say how far a study is.

    Args:
        path: Its folder.
        json: Print JSON.

    Returns:
        The exit code.

    Raises:
        DamagedResults: It is no folder of a study.
    """
    found = _status(path)
    if json:
        print(javascript.dumps(found))
        return 0
    done, runs = found["made"], found["runs"]
    wrong = f", {found['failed']} failed (hfabm failed {path})" if found["failed"] else ""
    print(f"{found['title']}\n  {done} of {runs} runs made{wrong}")
    if found["running"]:
        print(f"  running: {found['rate']:.2f} runs a second{_left(found['seconds_left'])}, since {found['begun']}")
    elif done + found["failed"] < runs:
        print("  not running: go on with `hfabm experiment ... --resume`")
    else:
        print(f"  whole: hfabm analyse {path}")
    return 0


def failed(path: Path, everything: bool, json: bool) -> int:
    """List runs that failed.

    Args:
        path: Folder of the study.
        everything: The whole error of each.
        json: Print JSON.

    Returns:
        The exit code.

    Raises:
        DamagedResults: It is no folder of a study.
    """
    rows = _failures(path)
    if json:
        print(javascript.dumps({"version": 1, "failed": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['policy']} | {row['future']} | seed {row['seed']}: {row['status']}")
        print(row["error"].rstrip() if everything else f"  {row['error'].strip().splitlines()[-1]}")
        print(f"  again: {row['again']}")
    if not rows:
        print("No run failed.")
    return 0


def _status(path: Path) -> dict[str, Any]:
    from hfabm.experiments.job import Status
    from hfabm.experiments.lock import at_work
    from hfabm.experiments.segments import finished

    manifest, study = _read(path)
    made = Counter(finished(path).values())
    working = at_work(path)
    files = [file for of in working if (file := path / f"progress{of}.json").is_file()]  # others are of the past
    told = [javascript.loads(file.read_text(encoding="utf-8")) for file in files]
    running = bool(working)
    return {
        "version": 1,
        "title": study["title"],
        "runs": manifest["runs"],
        "made": made[Status.DONE],
        "failed": made[Status.FAILED] + made[Status.KILLED],
        "running": running,
        "rate": sum(one["rate"] for one in told) if running else 0.0,
        "seconds_left": max((one["seconds_left"] or 0.0 for one in told), default=None) if running else None,
        "begun": manifest["begun"],
    }


def _failures(path: Path) -> list[dict[str, Any]]:
    from hfabm.experiments.folder import FAILURES
    from hfabm.experiments.results import read_results

    _read(path)
    found = read_results(path)
    wrong = found.runs[found.runs["error"] != ""]
    return [
        {
            "policy": found.policies["label"][row["policy"]],
            "future": found.futures["label"][row["future"]],
            "seed": row["seed"],
            "status": row["status"],
            "error": row["error"],
            "again": f"hfabm run {path / FAILURES / row['run']}.toml --seed {row['seed']}",
        }
        for row in wrong.to_dict("records")
    ]


def _read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    from hfabm.experiments.folder import KIND, STUDY
    from hfabm.results.manifest import DamagedResults, read_manifest

    manifest = read_manifest(path)
    if manifest["kind"] != KIND:
        raise DamagedResults(f"{path}: holds the results of a {manifest['kind']}, not of a study.")
    return manifest, javascript.loads((path / STUDY).read_text(encoding="utf-8"))


def _left(seconds: float | None) -> str:
    from hfabm.experiments.watch import clock

    return f", {clock(seconds)} left" if seconds else ""
