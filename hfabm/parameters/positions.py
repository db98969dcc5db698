"""Where every key and value of a TOML text stands; `tomllib` reads the values but forgets the places."""

from __future__ import annotations

import bisect
import tomllib
from dataclasses import dataclass
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and list indices from the top of the document to a value."""

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_SCALAR_ENDS = frozenset(",]}#\r\n")


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Position:
    """Where a key stands, and where its value does.

    Attributes:
        key: First character of the key; for an element of a list, of the element.
        value: First character of the value; for a table with a header, the bracket of the header.
    """

    key: Place
    value: Place


def positions(text: str) -> dict[Path, Position]:
    r"""Find every key and value.

    Args:
        text: A document that `tomllib.loads` accepts; this scanner does not check it again.

    >>> positions("[arrears]\npatience = 12")[("arrears", "patience")].value
    Place(line=2, column=12)
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.found


class _Scanner:
    """Walks over the text once; `at` is the offset reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Position] = {}
        self._last_of: dict[Path, int] = {}  # index of the latest element of each array of tables
        self._line_starts = [0] + [i + 1 for i, c in enumerate(text) if c == "\n"]

    def document(self) -> None:
        """Headers and pairs, to the end."""
        table: Path = ()
        self._skip_blank()
        while self.at < len(self.text):
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_blank()

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the path of the table that it opens."""
        bracket = self._place(self.at)
        repeated = self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        parts = self._key()
        path: Path = ()
        for name, place in parts[:-1]:
            path = self._into_latest((*path, name))
            self.found.setdefault(path, Position(place, bracket))
        name, place = parts[-1]
        path = (*path, name)
        if repeated:
            self.found.setdefault(path, Position(place, bracket))
            self._last_of[path] = self._last_of.get(path, -1) + 1
            path = self._into_latest(path)
        self.found[path] = Position(place, bracket)
        self.at += 2 if repeated else 1
        return path

    def _into_latest(self, path: Path) -> Path:
        """A header below an array of tables means the latest of them."""
        return (*path, self._last_of[path]) if path in self._last_of else path

    def _pair(self, table: Path) -> None:
        """`key = value`, where a dotted key opens tables on its way."""
        path = table
        parts = self._key()
        for name, place in parts[:-1]:
            path = (*path, name)
            self.found.setdefault(path, Position(place, place))
        self.at += 1  # the equals sign
        self._skip_blank()
        name, place = parts[-1]
        self._value((*path, name), place)

    def _value(self, path: Path, key: Place | None = None) -> None:
        here = self._place(self.at)
        self.found[path] = Position(key or here, here)
        first = self._peek()
        if first in "\"'":
            self._string()
        elif first == "[":
            self._list(path)
        elif first == "{":
            self._inline_table(path)
        else:
            while self._peek() and self._peek() not in _SCALAR_ENDS:
                self.at += 1

    def _list(self, path: Path) -> None:
        self.at += 1
        index = 0
        while not self._closes("]"):
            self._value((*path, index))
            index += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while not self._closes("}"):
            self._pair(path)
        self.at += 1

    def _closes(self, bracket: str) -> bool:
        """Skip what separates elements; is the bracket next?"""
        self._skip_blank()
        if self._peek() == ",":
            self.at += 1
            self._skip_blank()
        return self._peek() == bracket

    def _key(self) -> list[tuple[str, Place]]:
        """The parts of a key that may be dotted, and where each stands; leaves `at` on what follows."""
        parts: list[tuple[str, Place]] = []
        while True:
            self._skip_blank()
            start = self.at
            if self._peek() in "\"'":
                self._string()
                name = str(tomllib.loads("k = " + self.text[start : self.at])["k"])
            else:
                while self._peek() in _BARE:
                    self.at += 1
                name = self.text[start : self.at]
            parts.append((name, self._place(start)))
            self._skip_blank()
            if self._peek() != ".":
                return parts
            self.at += 1

    def _string(self) -> None:
        """Go past a string of any of the four kinds."""
        quote = self._peek()
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if quote == '"' and self._peek() == "\\" else 1
        self.at += len(fence)
        while len(fence) == 3 and self._peek() == quote:  # such a string may end in quotes of its own
            self.at += 1

    def _skip_blank(self) -> None:
        """Go past spaces, ends of lines and comments."""
        while self._peek() and self._peek() in " \t\r\n#":
            if self._peek() == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                self.at += 1

    def _peek(self) -> str:
        """The next character, or nothing at the end (which is in no set of characters)."""
        return self.text[self.at : self.at + 1]

    def _place(self, offset: int) -> Place:
        line = bisect.bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)
