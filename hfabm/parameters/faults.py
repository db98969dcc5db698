"""What is wrong in a scenario, said as a compiler says it; all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        path: File as the user named it, or the option, such as `--set arrears.patience=80`.
        line: Line, from 1; 0 where there is none, as in an option.
        column: Column, from 1.
        key: Key it is about; may be empty.
        what: What is wrong and why, a sentence without its full stop.
        hint: What to do about it; may be empty.
        source_line: The line itself.
    """

    path: str
    line: int
    column: int
    key: str
    what: str
    hint: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        about = f"{self.key}: " if self.key else ""
        said = f"{where}: error: {about}{self.what}. {self.hint}".rstrip()
        if not self.source_line.strip():
            return said
        # Tabs stay tabs, so that the caret stands under its character however wide they are shown.
        before = "".join("\t" if c == "\t" else " " for c in self.source_line[: self.column - 1])
        return f"{said}\n   | {self.source_line}\n   | {before}^"

    def as_json(self) -> dict[str, str | int]:
        """The parts, for programs."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "key": self.key,
            "what": self.what,
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a fault may be reported at, or that a value came from.

    Attributes:
        file: File as the user named it, or an option.
        line: Line, from 1; 0 in an option.
        column: Column, from 1.
        text: The line itself.
    """

    file: str
    line: int = 0
    column: int = 0
    text: str = ""

    def fault(self, key: str, what: str, hint: str = "") -> Fault:
        """A fault at this place."""
        return Fault(self.file, self.line, self.column, key, what, hint, self.text)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class ScenarioError(Exception):
    """A scenario cannot be used; carries every fault that was found.

    Attributes:
        faults: The faults, by file and line.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def nearest(name: str, valid: Sequence[str]) -> str | None:
    """The valid name most like a mistyped one, if any is."""
    found = difflib.get_close_matches(name.lower(), valid, n=1)
    return found[0] if found else None


def suggestion(name: str, valid: Sequence[str], kind: str) -> str:
    """A hint: the nearest valid name, or else the names there are."""
    like = nearest(name, valid)
    if like:
        return f"Did you mean '{like}'?"
    shown = ", ".join(list(valid)[:12]) + (", ..." if len(valid) > 12 else "")
    return f"Known {kind}: {shown}." if valid else f"There are no {kind}."
