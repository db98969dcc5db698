"""Many small segments into a few large ones: a million runs should not be a million files.

The large one is written first, then the small ones are deleted: killed in between, runs stand twice, which is legal as
long as they are the same.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hfabm.experiments.segments import SEGMENTS, is_whole, names_of, write_table

MANY = 200
"""Small segments that are let be."""
SMALL = 8 << 20
"""Bytes below which a segment is small."""
LARGE = 64 << 20
"""Bytes up to which small segments are put together."""


def compact(folder: Path, many: int = MANY) -> int:
    """Put small segments together where there are many.

    Args:
        folder: The folder of a study that nobody else is compacting.
        many: How many small ones are let be.

    Returns:
        How many small ones there were and are no more.
    """
    paths = [folder / SEGMENTS / name for name in names_of(folder)]
    small = [(path, path.stat().st_size) for path in paths if path.stat().st_size < SMALL]
    if len(small) <= many:
        return 0
    gone = 0
    batch: list[Path] = []
    weight = 0
    for path, size in small:
        if not is_whole(path):
            continue
        batch.append(path)
        weight += size
        if weight >= LARGE:
            gone += _merge(batch, folder)
            batch, weight = [], 0
    return gone + (_merge(batch, folder) if len(batch) > 1 else 0)


def _merge(paths: list[Path], folder: Path) -> int:
    tables = [pq.read_table(path, use_threads=False) for path in paths]
    name = write_table(pa.concat_tables(tables, promote_options="default"), folder)
    old = [path for path in paths if path.name != name]
    for path in old:
        os.unlink(path)
    return len(old)
