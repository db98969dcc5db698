"""One scenario file: its text, its values, and where they stand."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hfabm.parameters import positions
from hfabm.parameters.faults import Fault, ScenarioError, Spot, nearest


@dataclass(frozen=True)
class Source:
    """A file that was read.

    Attributes:
        path: Its path as the user named it, or relative to the file that extends it.
        lines: Its text.
        data: Its values.
        places: Where they stand.
    """

    path: Path
    lines: tuple[str, ...]
    data: dict[str, Any]
    places: dict[positions.Path, positions.Position]

    def key(self, *path: str | int) -> Spot:
        """The place of a key."""
        return self._spot(self.places[path].key)

    def value(self, *path: str | int) -> Spot:
        """The place of a value."""
        return self._spot(self.places[path].value)

    def top(self) -> Spot:
        """The beginning, for what is missing."""
        return self._spot(positions.Place(1, 1))

    def _spot(self, place: positions.Place) -> Spot:
        return Spot(str(self.path), place.line, place.column, _line(self.lines, place.line))


def read(path: Path, cited: Spot | None = None, key: str = "extends") -> Source:
    """Read a file.

    Args:
        path: The file.
        cited: Where another file names it, to report there that it is missing.
        key: The key by which that file names it.

    Raises:
        ScenarioError: It is missing, is no text or is not TOML.
    """
    try:
        # As tomllib does: both kinds of line ending are one; a byte order mark is no part of the text.
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ScenarioError([_unreadable(path, error, cited, key)]) from None
    except UnicodeDecodeError as error:
        what = f"byte {error.start + 1} of the file is not UTF-8"
        raise ScenarioError([Spot(str(path)).fault("", what, "Save the file as UTF-8 text.")]) from None
    lines = tuple(text.split("\n"))
    try:
        return Source(path, lines, tomllib.loads(text), positions.positions(text))
    except (ValueError, RecursionError) as error:  # such as TOMLDecodeError, which is a ValueError
        raise ScenarioError([_malformed(path, lines, str(error))]) from None


def _unreadable(path: Path, error: OSError, cited: Spot | None, key: str) -> Fault:
    """A fault that names the file most like the missing one."""
    spot, key = (cited, key) if cited else (Spot(str(path)), "")
    if not isinstance(error, FileNotFoundError):
        return spot.fault(key, f"{path} cannot be read: {error.strerror}", "Name a scenario file.")
    names = sorted(p.name for p in path.parent.glob("*.toml") if not cited or p != Path(cited.file))
    folder = os.path.join(str(path.parent), "")
    if not path.parent.is_dir():
        return spot.fault(key, f"there is no file {path}, nor a folder {folder}", "Check the path.")
    like = nearest(path.name, names) or nearest(path.name + ".toml", names)
    hint = f"Did you mean '{like}'?" if like else f"Scenario files in {folder}: {', '.join(names) or 'none'}."
    return spot.fault(key, f"there is no file {path}", hint)


def _malformed(path: Path, lines: tuple[str, ...], said: str) -> Fault:
    """What tomllib says, at the place that it says it of."""
    match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
    line, column = len(lines), len(lines[-1]) + 1
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    elif not match:
        line, column = 1, 1
    what = f"not TOML: {said[: match.start()] if match else said}"
    spot = Spot(str(path), line, column, _line(lines, line))
    return spot.fault("", what, "Mend the line; see https://toml.io.")


def _line(lines: tuple[str, ...], number: int) -> str:
    return lines[number - 1].rstrip() if number <= len(lines) else ""
