"""Mesa agents whose attributes live in columns; handles are made only when somebody looks."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from hfabm.engine.table import Array, Table


class Row(mesa.Agent):  # type: ignore[misc]
    """A handle: one row of one table, as a Mesa agent.  Read-only outside rules.

    Subclasses declare columns; the class is both the schema of the table and the agent's type.
    """

    table: Table
    row: int

    @classmethod
    def alive(cls, table: Table, rows: Array, week: int) -> Array:
        """Which of some rows rules and counts still have to look at, as a mask: all, unless a subclass differs.

        A row that ended in `week` is alive until the next; one that is not stays so.
        """
        return np.ones(rows.size, np.bool_)

    def __init__(self, *_: Any, **__: Any) -> None:
        raise TypeError(f"{type(self).__name__} rows are opened by processes; a model hands out handles")

    @classmethod
    def handle(cls, model: Any, table: Table, row: int, unique_id: int) -> Any:
        """Make the handle of a row without registering an agent in the model."""
        if not 0 <= row < table.size:
            raise IndexError(f"there is no {cls.__name__} {row}: rows go from 0 to {table.size - 1}")
        agent = object.__new__(cls)
        agent.model, agent.table, agent.row = model, table, row
        agent.unique_id, agent.pos = unique_id, None
        return agent

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"

    def remove(self) -> None:
        """Rows are never deleted.

        Raises:
            TypeError: Always.
        """
        raise TypeError(f"{type(self).__name__} rows are never deleted; their process closes them")
