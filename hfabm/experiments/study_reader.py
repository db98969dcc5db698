"""The hand that reads a study file: every key known, every value checked, every fault in its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hfabm.parameters.faults import Fault, nearest, suggestion
from hfabm.parameters.source import Source
from hfabm.parameters.values import RefusedError, shown

T = TypeVar("T")
Check = Callable[[Any], Any]
Keys = tuple[str | int, ...]


class StudyReader:
    """Reads keys of one file and collects what is wrong with them.

    Attributes:
        source: The file.
        faults: What was wrong so far.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []

    def table(self, *keys: str) -> dict[str, Any]:
        """A table of the file, empty where there is none."""
        found: Any = self.source.data
        for key in keys:
            found = found.get(key, {})
        if isinstance(found, dict):
            return found
        self.fault(
            keys, f"{shown(found)} stands where a table is meant", f"Write its keys as lines under [{dotted(keys)}]."
        )
        return {}

    def read(self, known: Mapping[str, Check], *keys: str, tables: Sequence[str] = ()) -> dict[str, Any]:
        """The checked values of a table; unknown keys and refused values are faults.

        Args:
            known: Its keys, and what checks each.
            keys: Where it stands.
            tables: Keys that are tables of their own, read elsewhere.
        """
        found = {}
        for name, raw in self.table(*keys).items():
            if name in tables:
                continue
            if name not in known:
                self.unknown((*keys, name), [*known, *tables])
                continue
            value = self.tried((*keys, name), known[name], raw)
            if value is not None:
                found[name] = value
        return found

    def tried(self, keys: Keys, check: Callable[..., T], *args: Any) -> T | None:
        """What a check returns; None and a fault where it refuses."""
        try:
            return check(*args)
        except RefusedError as error:
            self.fault(keys, error.what, error.hint)
            return None

    def unknown(self, keys: Keys, known: Sequence[str]) -> None:
        """A fault for a key that there is not."""
        spot = self.source.key(*keys)
        where = f"keys of [{dotted(keys[:-1])}]" if len(keys) > 1 else "keys here"
        self.faults.append(spot.fault(dotted(keys), "unknown key", suggestion(str(keys[-1]), known, where)))

    def fault(self, keys: Keys, what: str, hint: str = "") -> None:
        """A fault at a value; at the top of the file where it is missing."""
        spot = self.source.value(*keys) if keys in self.source.places else self.source.top()
        self.faults.append(spot.fault(dotted(keys), what, hint))


def dotted(keys: Sequence[str | int]) -> str:
    """A path of keys as one word."""
    return ".".join(map(str, keys))


def one_of(words: Sequence[str], kind: str) -> Check:
    """A check that takes one of some words."""

    def check(raw: Any) -> str:
        if raw not in words or not isinstance(raw, str):
            like = nearest(raw, words) if isinstance(raw, str) else None
            hint = f"Did you mean '{like}'?" if like else f"Choose one of: {', '.join(words)}."
            raise RefusedError(f"{shown(raw)} is no {kind}", hint)
        return raw

    return check


def whole(low: int, high: int = 1_000_000) -> Check:
    """A check that takes a whole number in a range."""

    def check(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not low <= raw <= high:
            raise RefusedError(f"{shown(raw)} is no whole number from {low} to {high}", "Write such a number.")
        return raw

    return check


def number(raw: Any) -> float:
    """A check that takes a number."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise RefusedError(f"{shown(raw)} is no number", "Write a number.")
    return float(raw)


def share(raw: Any) -> float:
    """A check that takes a share above 0."""
    if not 0.0 < number(raw) <= 1.0:
        raise RefusedError(f"{shown(raw)} is no share", "Write a number above 0 and up to 1.")
    return float(raw)


def yes(raw: Any) -> bool:
    """A check that takes `true` alone."""
    if raw is not True:
        raise RefusedError(f"{shown(raw)} means nothing here", "Write true, or leave the line out.")
    return True


def names(raw: Any) -> tuple[str, ...]:
    """A check that takes a list of names."""
    if not isinstance(raw, list) or not all(isinstance(name, str) and name for name in raw):
        raise RefusedError(f"{shown(raw)} is no list of names", 'Write such as ["odense_ahead"].')
    return tuple(raw)


def file_of(name: str, beside: Path, shipped: Path) -> Path:
    """The file that a name in a study means: beside the study, or among the scenarios that come with the project.

    A name may be in a folder, without `.toml`, and may be left off after a whole word: `reforms/01`.

    Raises:
        RefusedError: There is none, or more than one.
    """
    given = Path(name)
    folders = [folder for folder in (beside / given.parent, shipped / given.parent) if folder.is_dir()]
    for path in (folder / f"{given.name}{suffix}" for folder in folders for suffix in ("", ".toml")):
        if path.is_file():
            return path
    begun = [sorted(folder.glob(f"{given.name}_*.toml")) for folder in reversed(folders)]
    for found in begun:
        if len(found) == 1:
            return found[0]
    if any(begun):
        raise RefusedError(f"'{name}' may mean {', '.join(p.stem for p in sum(begun, []))}", "Write the whole name.")
    stems = sorted({path.stem for folder in folders for path in folder.glob("*.toml")})
    raise RefusedError(f"there is no file '{name}'", suggestion(given.name.removesuffix(".toml"), stems, "files there"))
