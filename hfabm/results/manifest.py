"""The manifest of a run: what was run, with what, and what came out; and the hash of its content.

The content hash covers the recorded whole numbers and the final columns of all tables, byte by byte: not
the files, whose bytes depend on the version of the Parquet writer, and not the clock.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from hfabm.metrics.catalogue import OUTCOMES, WEEKLY, outcomes
from hfabm.parameters.declare import BEGINNING

MANIFEST = "manifest.json"
SCHEMA = 1
"""Version of the layout of a results folder."""
PACKAGES = ("hfabm", "numpy", "numba", "mesa", "networkx", "pandas", "pyarrow")
BY_WEEK = ("by_group", "by_municipality", "ledger", "price_ppm")
BY_CITIZEN = ("cost_ore", "net_municipal_ore", "weeks_at_home", "need_at_entry")


class DamagedResults(Exception):
    """Stored results are not what was written."""


def content_hash(model: Any) -> str:
    """SHA-256 of all that a run recorded and of how its world ended; the same on every machine."""
    digest = hashlib.sha256()
    record, citizens = model.recorder, len(model.world.citizens)
    for name in BY_WEEK:
        _feed(digest, name, getattr(record, name)[: record.done])
    for name in BY_CITIZEN:
        # room for weeks or citizens that never came does not count
        array = getattr(record, name)
        quarters = record.quarter(record.done - 1) + 1
        _feed(digest, name, array[:quarters, :citizens] if array.ndim == 2 else array[:citizens])
    for row_class, table in model.world.relations.items():
        for name in sorted(table.columns):
            _feed(digest, f"{row_class}.{name}", getattr(table, name))
    return digest.hexdigest()


def _feed(digest: Any, name: str, array: np.ndarray[Any, Any]) -> None:
    kind = array.dtype.newbyteorder("<")
    digest.update(f"{name} {kind.str} {array.shape}\n".encode())
    digest.update(np.ascontiguousarray(array, kind).tobytes())


def study_hash(hashes: Sequence[str]) -> str:
    """Hash of several runs, in the order of their seeds."""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def manifest_of(model: Any, files: Mapping[str, str]) -> dict[str, Any]:
    """All that is to be said of one run.

    Args:
        model: A model that has run.
        files: SHA-256 of each table, by file name.
    """
    scenario, world, record = model.policy, model.world, model.recorder
    return {
        "schema": SCHEMA,
        "kind": "run",
        "hash": content_hash(model),
        "title": scenario.title,
        "place": scenario.place,
        "start": scenario.start.isoformat(),
        "end": scenario.end.isoformat(),
        "seed": int(world.seed),
        "weeks": record.done,
        "citizens": len(world.citizens),
        "dwellings": len(world.dwellings),
        "scenario": scenario.as_toml(),
        "digest": scenario.digest(),
        "changes": [f"{section}.{name}" for section, name in sorted(scenario.changes)],
        "parameters": _parameters(model.parameters.sections),
        "outcomes": {name: plain(value) for name, value in outcomes(record, world).items()},
        "metrics": [_described(metric) for metric in (*WEEKLY, *OUTCOMES)],
        "versions": versions(),
        "commit": commit(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "timings": {name: round(float(seconds), 3) for name, seconds in model.timings.items()},
        "files": dict(files),
    }


def plain(value: float) -> float | None:
    """A number as JSON has it: nothing where it is not a number."""
    return value if math.isfinite(value) else None


def _described(metric: Any) -> dict[str, str]:
    return {name: str(getattr(metric, name)) for name in ("name", "unit", "better", "kind", "means")}


def _parameters(sections: Mapping[str, tuple[tuple[Any, Any], ...]]) -> dict[str, list[dict[str, Any]]]:
    """Every value in force, and from when: only the dates on which it changes."""
    found: dict[str, list[dict[str, Any]]] = {}
    for section, steps in sections.items():
        for name in type(steps[0][1]).__dataclass_fields__:
            course: list[dict[str, Any]] = []
            for day, values in steps:
                value = getattr(values, name)
                if not course or course[-1]["value"] != value:
                    course.append({"from": None if day == BEGINNING else day.isoformat(), "value": value})
            found[f"{section}.{name}"] = course
    return found


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that shape results."""
    found = {"python": platform.python_version(), "system": platform.platform()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            import hfabm

            found[package] = hfabm.__version__ if package == "hfabm" else "unknown"
    return found


def commit() -> str | None:
    """The commit that the source is at, with `+` where it was changed since; None outside a checkout."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return None
    try:
        return _git(root, "rev-parse", "HEAD") + ("+" if _git(root, "status", "--porcelain", "hfabm") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest with a seal, by which a later change of it is noticed."""
    bare = {key: value for key, value in manifest.items() if key != "seal"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return bare | {"seal": hashlib.sha256(text.encode()).hexdigest()}


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a manifest and check its seal.

    Raises:
        DamagedResults: There is none, or it is not as it was written.
    """
    path = folder / MANIFEST
    if not folder.is_dir():
        what = "is a file, not a folder of results" if folder.exists() else "does not exist"
        raise DamagedResults(f"{folder}: {what}. Name a folder that `hfabm run` made.")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DamagedResults(
            f"{folder}: has no {MANIFEST}, so it is no folder of results, or not a whole one."
        ) from None
    except (OSError, ValueError) as error:
        raise DamagedResults(f"{path}: cannot be read ({error}). Run the scenario again.") from None
    if not isinstance(manifest, dict) or sealed(manifest).get("seal") != manifest.get("seal"):
        raise DamagedResults(f"{path}: was changed after it was written. Run the scenario again.")
    if manifest.get("schema") != SCHEMA:
        said = manifest.get("schema")
        raise DamagedResults(f"{path}: is of layout {said}; this version of hfabm reads layout {SCHEMA}.")
    return manifest


def verified(folder: Path) -> dict[str, Any]:
    """The manifest of stored results, every file of which is as it was written.

    Raises:
        DamagedResults: Something is missing, changed or unreadable.
    """
    manifest = read_manifest(folder)
    for name, hash in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise DamagedResults(f"{path}: is missing. Run the scenario again.")
        if file_hash(path) != hash:
            raise DamagedResults(f"{path}: was changed after it was written. Run the scenario again.")
    if manifest["kind"] == "study":
        for run in manifest["runs"]:
            found = verified(folder / run["folder"])["hash"]
            if found != run["hash"]:
                raise DamagedResults(f"{folder / run['folder']}: is another run than the study was made of.")
    return manifest
