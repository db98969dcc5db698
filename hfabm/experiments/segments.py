"""Segments: Parquet files with the rows of finished runs.  Done means found in one.

All of a run is one row, years and groups as columns of lists, so that a run is there whole or not at all.  A segment
is written under a temporary name, flushed to the disk and renamed to the hash of its bytes: what has such a name is
whole, and a changed one is noticed without any list.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hfabm.experiments.job import Answer, Job, Status
from hfabm.results.manifest import DamagedResults
from hfabm.results.store import flush

SEGMENTS = "segments"
TEMPORARY = ".tmp-"
NAMED = 16
"""Digits of the hash that a segment is named after."""

Row = dict[str, Any]

_HEAD: dict[str, pa.DataType] = {
    "run": pa.string(), "seed": pa.int64(), "status": pa.string(), "hash": pa.string(), "seconds": pa.float64(),
    "rss_mb": pa.float64(), "error": pa.string(), "years": pa.list_(pa.int64()),
    "municipalities": pa.list_(pa.string()),
}  # fmt: skip


def row_of(job: Job, answer: Answer, seconds: float, rss_mb: float) -> Row:
    """The row of a run that came to its end."""
    return {
        "run": job.run, "seed": job.seed, "status": Status.DONE.value, "hash": answer.hash, "seconds": seconds,
        "rss_mb": rss_mb, "error": "", "years": list(answer.years), "municipalities": list(answer.municipalities),
        **{f"outcome.{name}": value for name, value in answer.outcomes.items()},
        **{f"yearly.{name}": list(values) for name, values in answer.yearly.items()},
        **{f"groups.{name}": list(values) for name, values in answer.groups.items()},
    }  # fmt: skip


def failed_row(job: Job, status: Status, error: str, seconds: float, rss_mb: float = 0.0) -> Row:
    """The row of a run that did not."""
    return {
        "run": job.run, "seed": job.seed, "status": status.value, "hash": "", "seconds": seconds, "rss_mb": rss_mb,
        "error": error, "years": None, "municipalities": None,
    }  # fmt: skip


def write_segment(rows: Sequence[Row], folder: Path) -> str:
    """Write rows down to the disk, whole or not at all.

    Args:
        rows: The rows of some runs.
        folder: The folder of the study.

    Returns:
        Name of the segment.

    Raises:
        OSError: The disk is full, or the folder cannot be written; nothing is left behind.
    """
    names = list(dict.fromkeys(name for row in rows for name in row if name not in _HEAD))
    kinds = {**_HEAD, **{name: _kind(name) for name in names}}
    table = pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in kinds.items()})
    return write_table(table, folder)


def write_table(table: pa.Table, folder: Path) -> str:
    """Write a table as a segment; see `write_segment`."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    content = buffer.getvalue()
    name = f"{hashlib.sha256(content).hexdigest()[:NAMED]}.parquet"
    temporary = folder / SEGMENTS / f"{TEMPORARY}{uuid4().hex}"
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / SEGMENTS / name)
        flush(folder / SEGMENTS)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return name


def names_of(folder: Path) -> list[str]:
    """Names of the segments of a study, in order."""
    return sorted(path.name for path in (folder / SEGMENTS).glob("*.parquet") if not path.name.startswith("."))


def is_whole(path: Path) -> bool:
    """Is a segment as it was written?  One that a merge has removed meanwhile was."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:NAMED] == path.stem
    except FileNotFoundError:
        return True


def damaged(folder: Path) -> list[Path]:
    """Segments that are not as they were written."""
    return [path for name in names_of(folder) if not is_whole(path := folder / SEGMENTS / name)]


def finished(folder: Path) -> dict[str, Status]:
    """What became of each run that is found in a whole segment."""
    found: dict[str, Status] = {}
    for table in _tables(folder, ["run", "status"]):
        for run, status in zip(*(table[name].to_pylist() for name in ("run", "status")), strict=True):
            if found.get(run) is not Status.DONE:  # what failed once and was made again is done
                found[run] = Status(status)
    return found


def taken(folder: Path) -> list[float]:
    """Seconds that each run took that came to its end; damaged segments do not count."""
    tables = list(_tables(folder, ["status", "seconds"]))
    pairs = ((table["status"].to_pylist(), table["seconds"].to_pylist()) for table in tables)
    return [seconds for two in pairs for status, seconds in zip(*two, strict=True) if status == Status.DONE]


def read_segments(folder: Path) -> pd.DataFrame:
    """One row for each run that was made.

    Raises:
        DamagedResults: A segment is not as it was written, or two of them tell two stories of one run.
    """
    broken = damaged(folder)
    if broken:
        raise DamagedResults(
            f"{broken[0]}: is not as it was written. `hfabm experiment --resume` makes its runs again."
        )
    tables = list(_tables(folder, None))
    if not tables:
        tables = [pa.table({name: pa.array([], kind) for name, kind in _HEAD.items()})]
    frame: pd.DataFrame = pa.concat_tables(tables, promote_options="default").to_pandas()
    return _once(frame)


def _once(frame: pd.DataFrame) -> pd.DataFrame:
    """Each run once: what was made twice must have come to the same, a run that was made again counts if it is done."""
    frame = frame.sort_values(["run", "status"], kind="stable", ignore_index=True)  # done, failed, killed
    done = frame[frame["status"] == Status.DONE]
    stories = done.groupby("run")["hash"].nunique()
    if (stories > 1).any():
        run = stories.index[stories > 1][0]
        raise DamagedResults(
            f"run {run}: was made twice and came to two results. Please report it, with both machines."
        )
    return frame.drop_duplicates("run", ignore_index=True)


def study_hash(frame: pd.DataFrame) -> str:
    """Hash of what some runs came to: the same however and in whichever order they were made.

    Args:
        frame: Rows of `read_segments`.
    """
    outcomes = sorted(name for name in frame.columns if name.startswith("outcome."))
    digest = hashlib.sha256()
    for row in frame.sort_values("run").itertuples(index=False):
        said = dict(zip(frame.columns, row, strict=True))
        told = [f"{name}={float(said[name]).hex()}" for name in outcomes if said["status"] == Status.DONE]
        digest.update(" ".join([said["run"], said["status"], said["hash"], *told, "\n"]).encode())
    return digest.hexdigest()


def _tables(folder: Path, columns: Iterable[str] | None) -> Iterator[pa.Table]:
    """The tables of whole segments; one that a merge removes meanwhile is in the merged one, which is read too."""
    seen: set[str] = set()
    while new := [name for name in names_of(folder) if name not in seen]:
        for name in new:
            seen.add(name)
            try:
                content = (folder / SEGMENTS / name).read_bytes()
            except FileNotFoundError:
                continue
            if hashlib.sha256(content).hexdigest()[:NAMED] == Path(name).stem:
                yield pq.read_table(io.BytesIO(content), columns=list(columns) if columns else None, use_threads=False)


def _kind(name: str) -> pa.DataType:
    return pa.float64() if name.startswith("outcome.") else pa.list_(pa.float64())
