"""One runner at a time in a folder; shards may work side by side.

The locks are the kernel's, so that they go with the process, whatever kills it.  A whole runner holds `.lock` alone;
shards share it, and each holds a lock of its own.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

LOCK = ".lock"
ASKED, PAUSE = 5, 0.05
"""How often a lock is asked for before it is taken to be held for long, and the seconds between."""


class Locked(Exception):
    """Somebody else is at work in the folder."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several independent parts of a study.

    Attributes:
        number: Which, from 1.
        of: How many there are.
    """

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@contextmanager
def locked(folder: Path, shard: Shard | None = None) -> Iterator[None]:
    """Keep other runners out of a folder inside the block.

    Args:
        folder: The folder of a study.
        shard: Which part of it is worked on; all of it where None.

    Raises:
        Locked: Another runner is at work there; it says which.
    """
    with _held(folder / LOCK, shared=shard is not None, shard=None):
        if shard is None:
            yield
        else:
            with _held(folder / f"{LOCK}-{shard.number}-of-{shard.of}", shared=False, shard=shard):
                yield


@contextmanager
def briefly(folder: Path) -> Iterator[None]:
    """Wait for other shards that write the manifest, and keep them waiting inside the block."""
    import fcntl

    with (folder / f"{LOCK}-manifest").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_running(folder: Path) -> bool:
    """Is anybody at work in a folder?"""
    return bool(at_work(folder))


def at_work(folder: Path) -> list[str]:
    """What tells the locks apart that are held in a folder: nothing of a whole runner, `-1-of-3` of a shard."""
    import fcntl

    found = []
    others = (path for path in folder.glob(f"{LOCK}*") if path.name != f"{LOCK}-manifest")
    for path in others:
        with path.open("rb") as file:
            try:
                # shared, so that others that ask at this moment are not told wrong
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                found.append(path.name.removeprefix(LOCK))
    return found


@contextmanager
def _held(path: Path, shared: bool, shard: Shard | None) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:
        what = "studies need the file locks of Linux or macOS, which this system does not have"
        raise Locked(f"{path.parent}: {what}. On Windows, use the Windows Subsystem for Linux.") from None

    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise Locked(f"{path}: cannot be written: {error.strerror or error}") from None
    with file:
        for left in reversed(range(ASKED)):
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
                break
            except BlockingIOError:  # maybe only for the moment in which somebody asks for the status
                if not left:
                    raise Locked(_refusal(path, file, shard)) from None
                time.sleep(PAUSE)
            except OSError as error:
                what = f"{path}: cannot be locked: {error.strerror or error}"
                raise Locked(f"{what}. Name a folder on another disk with --out.") from None
        _sign(file)
        yield


def _sign(file: IO[str]) -> None:
    """Say who holds the lock, for those who are refused; a full disk is no reason not to hold it."""
    who = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.pwrite(file.fileno(), json.dumps(who).encode(), 0)


def _refusal(path: Path, file: IO[str], shard: Shard | None) -> str:
    file.seek(0)
    try:
        who: dict[str, Any] = json.loads(file.read())
        said = f"process {who['pid']} on {who['host']}, since {who['since']}"
    except (ValueError, KeyError, TypeError):
        said = "somebody"
    what = f"shard {shard} of it is being made" if shard else "runs of it are being made"
    hint = f"Wait for it, or stop it; `hfabm status {path.parent}` tells how far it is."
    return f"{path.parent}: {what} already, by {said}. {hint}"
