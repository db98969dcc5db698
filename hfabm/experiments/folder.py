"""The folder of a study: what was asked, what is planned, what was made; and who may go on with it.

study.toml, study.json      what was asked, and what it came to
policies, futures, points   the plan, as Parquet
segments/                   rows of finished runs
failures/                   scenarios of runs that failed, each to be run again alone
manifest.json               sealed: hash of the plan, digest of the model, versions, segments
progress.json               how far the runner is
answers/                    what the analysis wrote
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from hfabm.engine.kernel import model_digest
from hfabm.experiments.compaction import compact
from hfabm.experiments.files import replace_table, write_json, write_text
from hfabm.experiments.job import Job
from hfabm.experiments.lock import briefly
from hfabm.experiments.plan import Plan
from hfabm.experiments.segments import (
    SEGMENTS,
    TEMPORARY,
    damaged,
    finished,
    names_of,
    read_segments,
    study_hash,
)
from hfabm.experiments.study_json import as_json
from hfabm.results.manifest import MANIFEST, SCHEMA, DamagedResults, commit, read_manifest, sealed, versions
from hfabm.results.store import OutputError, new_folder

KIND = "experiment"
STUDY, STUDY_FILE, FAILURES = "study.json", "study.toml", "failures"


class WrongFolder(Exception):
    """A folder cannot be used for a study; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """The folder of a study.

    Attributes:
        path: Where it is.
    """

    path: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """The sealed manifest.

        Raises:
            DamagedResults: It is not as it was written.
        """
        return read_manifest(self.path)

    def hash(self) -> str:
        """Hash of what all its runs came to, in whatever order they were made.

        Raises:
            DamagedResults: Something is not as it was written.
        """
        return study_hash(self.rows())

    def rows(self) -> pd.DataFrame:
        """One row for each run that was made.

        Raises:
            DamagedResults: Something is not as it was written, or was made and is gone.
        """
        # counted first: a runner that ends meanwhile only adds
        counted, found = sum(self.manifest["counts"].values()), read_segments(self.path)
        if len(found) < counted:
            gone = f"{counted - len(found)} runs that were made are gone from {self.path / SEGMENTS}"
            raise DamagedResults(f"{gone}. `hfabm experiment --resume` makes them again.")
        return found

    def tidy(self) -> list[str]:
        """Remove what killed runners left, and set damaged segments aside; what is to be said of it."""
        for left in (self.path / SEGMENTS).glob(f"{TEMPORARY}*"):
            left.unlink(missing_ok=True)
        said = []
        for broken in damaged(self.path):
            broken.rename(broken.with_suffix(".damaged"))
            said.append(f"{broken}: is not as it was written; its runs are made again.")
        gone = sum(self.manifest["counts"].values()) - len(finished(self.path))
        if gone > 0 and not said:
            said.append(f"{self.path / SEGMENTS}: {gone} runs that were made are gone; they are made again.")
        return said

    def adopt(self, plan: Plan) -> None:
        """Write a plan that was found to fit in the place of the one there; others that write wait."""
        with briefly(self.path):
            if self.manifest["plan"] != plan.hash:
                kept = {name: self.manifest[name] for name in _HISTORY}
                write_json(sealed(_manifest_of(plan) | kept), self.path / MANIFEST)
            _write_plan(plan, self.path)

    def compact(self) -> None:
        """Put small segments together where there are many; other shards wait, workers need not."""
        with briefly(self.path), suppress(OSError):  # where there is no room to do it, small ones will do
            compact(self.path)

    def close(self, summary: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Write down what was made.

        Args:
            summary: What there is to say of the runner.
        """
        self.compact()
        with briefly(self.path):
            return self._close(summary)

    def _close(self, summary: Mapping[str, Any] | None) -> dict[str, Any]:
        manifest, made = self.manifest, finished(self.path)
        counts = {status: sum(one == status for one in made.values()) for status in set(made.values())}
        known = manifest["made_with"]
        now = versions()
        manifest |= {
            "segments": names_of(self.path),
            "counts": {status.value: count for status, count in sorted(counts.items())},
            "made_with": known if now in known else [*known, now],
            "summaries": [*manifest["summaries"], dict(summary)] if summary else manifest["summaries"],
            "updated": _now(),
        }
        write_json(sealed(manifest), self.path / MANIFEST)
        return manifest

    def write_failure(self, job: Job) -> None:
        """Write the scenario of a run that failed, so that it can be run alone."""
        write_text(job.scenario.as_toml(), self.path / FAILURES / f"{job.run}.toml")


def create(plan: Plan, path: Path) -> StudyFolder:
    """Make the folder of a study, or take the one that another runner made of the same plan meanwhile.

    Raises:
        WrongFolder: It holds something else.
        OutputError: It cannot be written; nothing is left behind.
    """
    try:
        with new_folder(path) as new:
            (new.path / SEGMENTS).mkdir()
            (new.path / FAILURES).mkdir()
            _write_plan(plan, new.path)
            write_json(sealed(_manifest_of(plan)), new.path / MANIFEST)
    except OutputError:
        if not (path / MANIFEST).exists():
            raise
        return reopen(plan, path)
    return StudyFolder(path)


def reopen(plan: Plan, path: Path, grow: bool = False) -> StudyFolder:
    """Take the folder of a study that was begun; nothing in it is changed before `adopt`.

    Args:
        plan: What the study comes to now.
        path: The folder.
        grow: More points or seeds than it was begun with are meant.

    Raises:
        WrongFolder: It is of another study, or of another version of the model.
        DamagedResults: Its manifest is not as it was written.
    """
    manifest = _manifest(path)
    if manifest["model"] != model_digest():
        made = manifest["made_with"][0].get("hfabm", "unknown")
        raise WrongFolder(
            f"{path}: its runs were made with another version of the model ({manifest['model']}, hfabm {made}, commit "
            f"{manifest['commit'] or 'unknown'}; here it is {model_digest()}), and would not be comparable. Use that "
            "version to go on, or begin anew with another --out."
        )
    if manifest["plan"] != plan.hash:
        vanished = _vanished(path, plan)
        if vanished or not grow:
            raise WrongFolder(f"{path}: {_difference(manifest, plan, vanished)}")
    return StudyFolder(path)


def is_begun(path: Path) -> bool:
    """Is there a folder of a study?

    Raises:
        WrongFolder: There is something else.
    """
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return False
    _manifest(path)
    return True


def _manifest(path: Path) -> dict[str, Any]:
    if not (path / MANIFEST).is_file():
        raise WrongFolder(f"{path}: is not empty, and no folder of a study. Name another with --out.")
    manifest = read_manifest(path)
    if manifest["kind"] != KIND:
        raise WrongFolder(
            f"{path}: holds the results of a {manifest['kind']}, not of a study. Name another with --out."
        )
    return manifest


_HISTORY = ("segments", "counts", "made_with", "summaries", "begun", "commit")
"""What a manifest keeps when a study grows."""


def _manifest_of(plan: Plan) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": KIND,
        "plan": plan.hash,
        "model": model_digest(),
        "since": plan.since.isoformat(),
        "seeds": list(plan.seeds),
        "runs": plan.runs,
        "segments": [],
        "counts": {},
        "made_with": [versions()],
        "summaries": [],
        "commit": commit(),
        "begun": _now(),
        "updated": _now(),
    }


def _difference(manifest: Mapping[str, Any], plan: Plan, vanished: int) -> str:
    """What a plan has otherwise than the one that was begun, and what to do."""
    if not vanished:
        what = f"{plan.runs - manifest['runs']} runs were added to the study since it was begun"
        return f"{what}. Make them too with --expand."
    parts = []
    if date.fromisoformat(manifest["since"]) != plan.since:
        parts.append(f"outcomes were counted from {manifest['since']}, now from {plan.since}")
    seeds = manifest["seeds"]
    if not set(seeds) <= set(plan.seeds):
        parts.append(f"it had the seeds {seeds[0]} to {seeds[-1]}, now {plan.seeds[0]} to {plan.seeds[-1]}")
    why = "; ".join(parts) or "a scenario, a package, a value or a design has changed"
    hint = "Put it back as it was, or begin anew with another --out."
    if "latin_hypercube" in (plan.study.policies.kind, plan.study.futures.kind):
        hint += " (A Latin hypercube cannot grow: the designs sobol and morris can.)"
    what = f"the study has changed since it was begun: {vanished} of its {manifest['runs']} runs are no more"
    return f"{what}; {why}. {hint}"


def _vanished(path: Path, plan: Plan) -> int:
    """How many runs that a folder was begun with are not in a plan."""
    manifest = read_manifest(path)
    old = pd.read_parquet(path / "points.parquet")["digest"].unique()
    before = {f"{digest}-{seed}" for digest in old for seed in manifest["seeds"]}
    now = {f"{digest}-{seed}" for digest in set(plan.digests.values()) for seed in plan.seeds}
    return len(before - now)


def _write_plan(plan: Plan, path: Path) -> None:
    """Write what was asked and what is planned, each file whole or not at all."""
    study = plan.study
    if study.path is not None and study.path.is_file():
        write_text(study.path.read_text(encoding="utf-8-sig"), path / STUDY_FILE)
    write_json(as_json(study), path / STUDY)
    policies = [
        {"policy": p.number, "label": p.label, "toml": p.scenario.as_toml()}
        | {name: choice.label for name, choice in p.choices.items()}
        for p in plan.policies
    ]
    futures = [{"future": f.number, "label": f.label, "sampled": f.sampled, **f.values} for f in plan.futures]
    replace_table(pd.DataFrame(policies), path / "policies.parquet")
    replace_table(pd.DataFrame(futures), path / "futures.parquet")
    replace_table(plan.points(), path / "points.parquet")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
