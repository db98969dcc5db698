"""The week as a list one can print: order, what each process reads and writes, what it costs.

Also where the one-writer rule is checked: a column that two processes write has no owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hfabm.engine.table import Column


@dataclass(frozen=True, slots=True)
class Line:
    """One process in the plan.

    Attributes:
        order: Place in the week, from 1.
        phase: Phase of the week.
        name: Name of the process.
        does: First sentence of what it is.
        reads: Columns it looks at and does not write, in words.
        writes: Columns it is the one writer of.
        opens: Kinds of row it opens.
        seconds: Time it took in a run, or 0.
    """

    order: int
    phase: str
    name: str
    does: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    opens: tuple[str, ...]
    seconds: float = 0.0


def plan(processes: Iterable[Any], seconds: Mapping[str, float] | None = None) -> tuple[Line, ...]:
    """The plan of a week.

    Args:
        processes: Processes in their order.
        seconds: Time per process name.
    """
    times = seconds or {}
    return tuple(
        Line(
            order,
            process.phase.name.lower(),
            process.name,
            (process.__doc__ or "").split("\n")[0],
            _names(process.reads - process.writes),
            _names(process.writes),
            tuple(sorted(kind.__name__ for kind in process.opens)),
            times.get(process.name, 0.0),
        )
        for order, process in enumerate(processes, start=1)
    )


def _names(columns: Iterable[Column[Any]]) -> tuple[str, ...]:
    return tuple(sorted(map(str, columns)))


def two_writers(processes: Sequence[Any]) -> dict[str, list[str]]:
    """Columns that more than one process writes, with the processes; empty if all is well."""
    writers: dict[str, list[str]] = {}
    for process in processes:
        for column in process.writes:
            writers.setdefault(str(column), []).append(process.name)
    return {column: names for column, names in sorted(writers.items()) if len(names) > 1}


def as_markdown(lines: Iterable[Line]) -> str:
    """The plan as a Markdown table."""
    rows = ["| # | phase | process | what it is | writes | reads |", "|---|---|---|---|---|---|"]
    for line in lines:
        opens = "".join(f"new {kind} rows, " for kind in line.opens)
        rows.append(
            f"| {line.order} | {line.phase} | `{line.name}` | {line.does} "
            f"| {opens}{', '.join(line.writes)} | {', '.join(line.reads)} |"
        )
    return "\n".join(rows)
