"""Files that take the place of others whole or not at all, and are on the disk when they do."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from hfabm.results.store import flush, write_table


def replace_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table in the place of another, whole or not at all."""
    with _replacing(path) as temporary:
        write_table(frame, temporary)


def write_json(said: Any, path: Path) -> None:
    """Write JSON in the place of a file, whole or not at all."""
    write_text(json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False) + "\n", path)


def read_json(path: Path) -> Any:
    """What a file of JSON says."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_text(text: str, path: Path) -> None:
    """Write a text in the place of a file, whole or not at all."""
    with _replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
        flush(temporary)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside a file, which takes its place if the block ends well."""
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f".tmp-{path.name}-{uuid4().hex[:8]}")
    try:
        yield temporary
        os.replace(temporary, path)
        flush(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
