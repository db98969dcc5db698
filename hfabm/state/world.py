"""World: everything that is true this week.  Tables, ledger, seed; no behaviour.

A process gets a `Lent` world: it sees only the columns it named, and can write only those it named
for writing.  So "who may change a citizen's housing?" has one answer, kept by the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.rule import Rule
from hfabm.engine.table import Array, Column, Table
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY
from hfabm.state.dwellings import Dwelling
from hfabm.state.ledger import Ledger
from hfabm.state.network import HousingNetwork
from hfabm.state.tables import ROWS, table_name
from hfabm.state.tenancies import Tenancy

WEEKS_BETWEEN_ROLL_CALLS = 4
"""Weeks between looking for rows that are no longer alive: they do no harm, and cost little."""

Drive = Callable[[Rule, "World", Week, object], None]


class World:
    """All tables by row class and by name, the ledger, the network, the seed."""

    def __init__(self, seed: int, capacity: int = 16) -> None:
        self.seed = seed
        self.relations = {cls.__name__: Table(cls, capacity) for cls in ROWS}
        for name, table in self.relations.items():
            table.relations = self.relations
            setattr(self, table_name(name), table)
        self.ledger = Ledger()
        self.network = HousingNetwork.empty()
        self.vacant: Array = np.arange(0)
        self.drive: Drive = _sweep

    def __getattr__(self, name: str) -> Table:
        raise AttributeError(
            f"the world has no table {name!r}; it has {', '.join(table_name(c.__name__) for c in ROWS)}"
        )

    def table(self, row_class: type) -> Table:
        """The table of a kind of row."""
        return self.relations[row_class.__name__]

    def refresh(self, week: int) -> None:
        """Find the citizens and tenancies that are alive, after moves, and the dwellings that stand empty."""
        if week % WEEKS_BETWEEN_ROLL_CALLS == 0:
            self.table(Citizen).refresh(week)
            self.table(Tenancy).refresh(week)
        self.vacant = np.flatnonzero(self.table(Dwelling).tenant == NOBODY)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "drive": _sweep}

    def lend(
        self, borrower: str, reads: Iterable[Column[Any]], writes: Iterable[Column[Any]], opens: Iterable[type]
    ) -> Lent:
        """The world as one process may see it."""
        return Lent(self, borrower, frozenset(reads), frozenset(writes), frozenset(opens))


def _sweep(rule: Rule, world: World, week: Week, p: object) -> None:
    rule.sweep(world.relations, week, p)


class LentTable:
    """A table of which only some columns can be seen, fewer written.

    Columns are the arrays with room to grow: loop over `live` or over `size` rows, not over their length.
    They are plain attributes, put in place again whenever the table grows.
    """

    def __init__(self, table: Table, borrower: str, reads: set[str], writes: set[str], may_open: bool) -> None:
        self._table, self._borrower, self._reads, self._writes = table, borrower, reads, writes
        self._may_open = may_open
        table.borrowers.add(self)
        self.bind()

    def bind(self) -> None:
        """Take the table's present arrays, read-only where the process may not write."""
        for name in self._reads | self._writes:
            self.__dict__[name] = (self._table.arrays if name in self._writes else self._table.readonly)[name]

    @property
    def size(self) -> int:
        """Rows in use."""
        return self._table.size

    @property
    def live(self) -> Array:
        """Rows that are alive, as of the last refresh."""
        return self._table.live

    def __getattr__(self, name: str) -> Array:
        raise AttributeError(
            f"the process {self._borrower!r} did not say that it reads or writes "
            f"{self._table.row_class.__name__}.{name}: add it to its `reads` or `writes`"
        )

    def open(self, count: int, /, **first: Any) -> range:
        """Open rows with first values, if this process is the table's opener."""
        if not self._may_open:
            raise PermissionError(
                f"the process {self._borrower!r} does not open {self._table.row_class.__name__} rows: "
                "each table has one opener; add it to `opens` there, not here"
            )
        return self._table.open(count, **first)

    def open_rows(self, count: int) -> dict[str, Array]:
        """Open rows and give their columns to be filled with first values, by name."""
        rows = self.open(count)
        return {name: array[rows.start : rows.stop] for name, array in self._table.arrays.items()}


class Lent:
    """The world as lent to one process."""

    def __init__(
        self,
        world: World,
        borrower: str,
        reads: frozenset[Column[Any]],
        writes: frozenset[Column[Any]],
        opens: frozenset[type],
    ) -> None:
        self._world = world
        self.relations: dict[str, LentTable] = {}
        for name, table in world.relations.items():
            mine = {c.name for c in reads if c.owner.__name__ == name}
            theirs = {c.name for c in writes if c.owner.__name__ == name}
            lent = LentTable(table, borrower, mine, theirs, table.row_class in opens)
            self.relations[name] = lent
            setattr(self, table_name(name), lent)
        self.ledger, self.seed = world.ledger, world.seed

    @property
    def network(self) -> HousingNetwork:
        """Who lives next to whom, and which landlords know each other."""
        return self._world.network

    @property
    def vacant(self) -> Array:
        """Dwellings that stood empty after last week's moves."""
        return self._world.vacant

    def sweep(self, rule: Rule, week: Week, p: object) -> None:
        """Run a rule over all rows, in the way the model was asked to."""
        self._world.drive(rule, self._world, week, p)

    def __getattr__(self, name: str) -> LentTable:
        raise AttributeError(f"the world has no table {name!r}")
