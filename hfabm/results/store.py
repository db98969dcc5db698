"""A run on disk: a folder that is there whole or not at all.

Tables are Parquet, the manifest is JSON and says what was run, with what, and what came out.  Everything
is written to a sibling folder `.tmp-...` first, which is renamed when all of it is on disk.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hfabm.results.events import EVENTS
from hfabm.results.manifest import (
    MANIFEST,
    DamagedResults,
    content_hash,
    file_hash,
    manifest_of,
    sealed,
    study_hash,
    verified,
)
from hfabm.results.tables import TABLES

__all__ = [
    "DamagedResults",
    "OutputError",
    "content_hash",
    "folder_for",
    "hash_of",
    "new_folder",
    "save",
    "write_run",
]

RUNS = Path("runs")


class OutputError(Exception):
    """Results cannot be put where they should go."""


def folder_for(scenario: Any, seed: int, out: Path | None, replications: int = 1) -> Path:
    """Where the results of a run go, asked before it starts.

    Args:
        scenario: The scenario.
        seed: First seed.
        out: The folder asked for; None for a new one in `runs`.
        replications: How many runs there will be; more than one are a study.

    Raises:
        OutputError: The folder asked for holds something already.
    """
    if out is not None:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            what = "is not empty" if out.is_dir() else "is a file"
            raise OutputError(f"--out {out}: {what}. Results never overwrite anything: name another folder.")
        return out
    name = scenario.path.stem if scenario.path else re.sub(r"[^a-z0-9]+", "_", scenario.title.lower()).strip("_")
    times = f"x{replications}" if replications > 1 else ""
    return _free(RUNS / f"{name}-{seed}{times}-{scenario.digest()[:6]}")


def _free(folder: Path) -> Path:
    """The folder, or the next of its name that does not exist."""
    if not folder.exists():
        return folder
    return next(f for k in count(2) if not (f := folder.with_name(f"{folder.name}-{k}")).exists())


class NewFolder:
    """A folder in the making.

    Attributes:
        path: Where to write.
        target: Where it will be in the end.
    """

    def __init__(self, path: Path, target: Path) -> None:
        self.path, self.target = path, target


@contextmanager
def new_folder(target: Path, or_next: bool = False) -> Iterator[NewFolder]:
    """A temporary folder that becomes the target if the block ends well, and vanishes if not.

    Args:
        target: The folder to be made; it may be there, empty.
        or_next: Take the next free name if somebody else has made the target meanwhile.

    Raises:
        OutputError: The folder cannot be written, the disk is full, or the target holds something.
    """
    new = NewFolder(target.parent / f".tmp-{target.name}-{socket.gethostname()}-{os.getpid()}", target)
    shutil.rmtree(new.path, ignore_errors=True)
    try:
        new.path.mkdir(parents=True)
        yield new
        for folder in (*(p for p in new.path.rglob("*") if p.is_dir()), new.path):
            flush(folder)
        _rename(new, or_next)
        flush(new.target.parent)
    except BaseException as error:
        shutil.rmtree(new.path, ignore_errors=True)
        if isinstance(error, OSError):
            raise OutputError(
                f"{target}: results cannot be written there: {error.strerror or error}. Nothing was left "
                "behind; free some space, or name another folder with --out."
            ) from error
        raise


def _rename(new: NewFolder, or_next: bool) -> None:
    while True:
        try:
            if new.target.is_dir():
                new.target.rmdir()  # fails unless it is empty: what filled up meanwhile is not touched
            os.rename(new.path, new.target)
            return
        except OSError:
            if not (or_next and new.target.exists()):
                raise
            new.target = _free(new.target)


def flush(path: Path) -> None:
    """Make sure that a file or folder is on disk."""
    if os.name == "nt" and path.is_dir():
        return  # folders cannot be opened there
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def save(model: Any, target: Path, events: bool = False) -> dict[str, Any]:
    """Write one run into a folder of its own.

    Args:
        model: A model that has run.
        target: Folder to be made.
        events: Also write every tenancy, stay, referral, case and citizen.

    Returns:
        The manifest.

    Raises:
        OutputError: The disk is full, or the folder cannot be written; nothing is left behind.
    """
    with new_folder(target) as new:
        return write_run(model, new.path, events)


def write_run(model: Any, folder: Path, events: bool = False) -> dict[str, Any]:
    """Write the files of one run into a folder that exists; see `save`."""
    tables: dict[str, Callable[[], pd.DataFrame]] = {
        name: partial(make, model.recorder, model.world) for name, make in TABLES.items()
    }
    if events:
        tables |= {name: partial(make, model.world) for name, make in EVENTS.items()}
    files = {}
    for name, make in tables.items():
        path = folder / f"{name}.parquet"
        write_table(make(), path)
        files[path.name] = file_hash(path)
    return write_manifest(manifest_of(model, files), folder)


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write one table, down to the disk."""
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, compression="zstd")
    flush(path)


def write_manifest(manifest: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Seal and write a manifest, down to the disk."""
    whole = sealed(manifest)
    path = folder / MANIFEST
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    flush(path)
    return whole


def add_files(manifest: dict[str, Any], folder: Path, paths: Iterable[Path]) -> dict[str, Any]:
    """Write a manifest again, with more files in it."""
    added = {str(path.relative_to(folder)): file_hash(path) for path in paths}
    return write_manifest(manifest | {"files": manifest["files"] | added}, folder)


def write_study(manifests: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Write the combined manifest of a study into its folder, whose runs lie in `seed-...`."""
    hashes = [m["hash"] for m in manifests]
    first = manifests[0]
    combined = {key: first[key] for key in ("schema", "title", "place", "start", "end", "scenario", "versions")}
    runs = [{"folder": f"seed-{m['seed']}", "seed": m["seed"], "hash": m["hash"]} for m in manifests]
    return write_manifest(combined | {"kind": "study", "runs": runs, "hash": study_hash(hashes), "files": {}}, folder)


def hash_of(folder: Path) -> str:
    """The hash of stored results, after checking that every file is as it was written.

    Raises:
        DamagedResults: Something is missing, changed or unreadable.
    """
    return str(verified(folder)["hash"])
