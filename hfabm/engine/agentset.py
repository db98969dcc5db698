"""Mesa's AgentSet over the rows of a table: columns are read as arrays, handles are made when asked for."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

import numpy as np
from mesa.agent import AgentSet
from numpy.typing import NDArray

from hfabm.engine import kernel
from hfabm.engine.agents import Row
from hfabm.engine.rule import Rule
from hfabm.engine.table import Array, Column, Table

try:
    from mesa.agentset import GroupBy
except ImportError:
    from mesa.agent import GroupBy

__all__ = ["GroupBy", "HandleCache", "RowGroups", "RowSet", "limit"]

Rows = NDArray[np.int64]

_FIXED = "these agents are rows of a table: rows are opened by the process that owns them, and never deleted"


class HandleCache:
    """The handles of one table in one model: one lasting object per row, made when first asked for.

    Lasting, because Mesa keeps agents by weak reference in several places and would lose them.
    """

    def __init__(self, model: Any, table: Table, handle_class: type, first_id: int) -> None:
        self.model, self.table, self.handle_class, self.first_id = model, table, handle_class, first_id
        self.made: dict[int, Any] = {}

    def __call__(self, row: int) -> Any:
        """The handle of a row."""
        row = operator.index(row)
        found = self.made.get(row)
        if found is None:
            make: Any = self.handle_class
            found = self.made[row] = make.handle(self.model, self.table, row, self.first_id + row)
        return found

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.table.handle = self


class RowSet(AgentSet):  # type: ignore[misc]
    """All rows of a table, or some of them, as a Mesa AgentSet.

    Reading a column by name (`get`, `agg`, `sort`, `groupby`) makes no handles.  A set of all rows grows
    with its table; a selection stays as it was.

    Attributes:
        rows: Row numbers in order; None for all rows.
    """

    def __init__(self, cache: HandleCache, rows: Rows | None = None, random: Random | None = None) -> None:
        # Mesa's own __init__ would make a handle of every row
        self.cache, self.rows = cache, rows
        self.random = cache.model.random if random is None else random

    @property
    def table(self) -> Table:
        """The table that the rows belong to."""
        return self.cache.table

    @property
    def row_numbers(self) -> Rows:
        """Row numbers, in order."""
        return np.arange(self.table.size) if self.rows is None else self.rows

    def __len__(self) -> int:
        return self.table.size if self.rows is None else len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return map(self.cache, range(self.table.size) if self.rows is None else self.rows.tolist())

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, Row) or agent.table is not self.table or agent.model is not self.cache.model:
            return False
        return self.rows is None or agent.row in self.rows

    def __getitem__(self, item: int | slice) -> Any:
        chosen = self.row_numbers[item].tolist()
        return [self.cache(row) for row in chosen] if isinstance(item, slice) else self.cache(chosen)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.cache.handle_class.__name__} rows>"

    def to_list(self) -> list[Any]:
        """Handles of all the rows."""
        return list(self)

    def copy(self) -> RowSet:
        """The same rows in a set of its own."""
        return RowSet(self.cache, self.rows, self.random)

    __copy__ = copy

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _from_iterable(self, agents: Iterable[Any]) -> Any:
        # what `|`, `&` and `-` make their result with
        listed = list(dict.fromkeys(agents))
        mine = all(isinstance(agent, Row) and agent.table is self.table for agent in listed)
        return self._kept([a.row for a in listed], False) if mine else AgentSet(listed, self.random)

    def _kept(self, rows: Any, inplace: bool) -> RowSet:
        chosen = np.asarray(rows, np.int64)
        if not inplace:
            return RowSet(self.cache, chosen, self.random)
        self.rows = chosen
        return self

    def _column(self, name: str) -> Column[Any] | None:
        found = getattr(self.cache.handle_class, name, None)
        return found if isinstance(found, Column) else None

    def _array(self, column: Column[Any]) -> Array:
        stored = self.table.readonly[column.name][: self.table.size]
        chosen = stored if self.rows is None else stored[self.rows]
        # as NumPy would make of a list, so that sums of small integers cannot overflow
        return chosen.astype(np.int64) if column.dtype.kind == "i" else chosen

    def _listed(self, name: str, missing: tuple[Any, ...]) -> list[Any]:
        column = self._column(name)
        if column is None:
            return [getattr(agent, name, *missing) for agent in self]
        if column.width > 1:
            return list(self._array(column))
        values: list[Any] = self._array(column).tolist()
        if column.codes is None:
            return values
        members = {int(member): member for member in column.codes}
        return [members[value] for value in values]

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of an attribute, or lists of values of several, as plain Python numbers."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        missing = () if handle_missing == "error" else (default_value,)
        if isinstance(attr_names, str):
            return self._listed(attr_names, missing)
        return [list(v) for v in zip(*(self._listed(n, missing) for n in attr_names), strict=True)]

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """What a function, or each of several, makes of the values: NumPy's get an array, others a list."""
        column = self._column(attribute)

        def result(function: Callable[..., Any]) -> Any:
            fast = column is not None and (getattr(function, "__module__", None) or "").startswith("numpy")
            value = function(self._array(column) if fast and column is not None else self.get(attribute))
            return value.item() if isinstance(value, np.generic) else value

        return result(func) if callable(func) else [result(function) for function in func]

    def set(self, attr_name: str, value: Any) -> RowSet:
        """Give every handle an attribute of its own; columns are refused.

        Raises:
            AttributeError: It is a column, which only rules write.
        """
        column = self._column(attr_name)
        if column is not None:
            raise column.refusal()
        for agent in self:
            setattr(agent, attr_name, value)
        return self

    def where(self, mask: Array | Callable[[Table], Array]) -> RowSet:
        """Those of the rows for which a condition holds.

        Args:
            mask: One boolean per row of the table, such as `table.skills > 0.5`, or a function from the
                table to such an array.
        """
        holds = np.asarray(mask(self.table) if callable(mask) else mask)
        if holds.dtype != np.bool_ or holds.shape != (self.table.size,):
            raise ValueError(f"give one boolean for each of the {self.table.size} rows of the table")
        return self._kept(np.flatnonzero(holds) if self.rows is None else self.rows[holds[self.rows]], False)

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> RowSet:
        """Rows whose handle passes a test; see `where` for a fast way."""
        stop = limit(at_most, len(self))
        if agent_type is not None and not issubclass(self.cache.handle_class, agent_type):
            return self._kept([], inplace)
        if filter_func is None:
            return self._kept(self.row_numbers[:stop], inplace)
        return self._kept([a.row for a in islice(filter(filter_func, self), stop)], inplace)

    def shuffle(self, inplace: bool = False) -> RowSet:
        """The rows in a random order."""
        rows = self.row_numbers.tolist()
        self.random.shuffle(rows)
        return self._kept(rows, inplace)

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> RowSet:
        """The rows by a column, an attribute or a function of the handle; falling unless told otherwise."""
        values = [key(agent) for agent in self] if callable(key) else self.get(key)
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        return self._kept(self.row_numbers[order], inplace)

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> Any:
        """The rows by the value of a column, an attribute or a function of the handle."""
        values = [by(agent) for agent in self] if callable(by) else self.get(by)
        groups: dict[Any, list[int]] = {}
        for value, row in zip(values, self.row_numbers.tolist(), strict=True):
            groups.setdefault(value, []).append(row)
        if result_type == "list":
            return GroupBy({value: list(map(self.cache, rows)) for value, rows in groups.items()})
        return RowGroups({value: self._kept(rows, False) for value, rows in groups.items()})

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> RowSet:
        """Call a method of every handle, or a function with every handle, or run a rule."""
        if isinstance(method, Rule):
            self._run(method, *args, **kwargs)
        else:
            self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> RowSet:
        """The same in a random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method of every handle, or a function of every handle, returns."""
        if callable(method):
            return [method(agent, *args, **kwargs) for agent in self]
        return [getattr(agent, method)(*args, **kwargs) for agent in self]

    def _run(self, rule: Rule, week: Any, p: object = None) -> None:
        if not issubclass(self.cache.handle_class, rule.row_class):
            raise TypeError(
                f"the rule {rule.function.__name__!r} is for {rule.row_class.__name__} rows, "
                f"not for {self.cache.handle_class.__name__}"
            )
        way = getattr(self.cache.model, "way", "sweep")
        in_order = self.rows is None or np.array_equal(self.rows, np.arange(self.table.size))
        if in_order and way == "sweep" and not kernel.interpreted:
            rule.sweep(self.table.relations, week, p, self.row_numbers)
            return
        with kernel.interpret(kernel.interpreted or way == "plain"):
            for agent in self:
                rule(agent, week, p)

    def add(self, agent: Any) -> None:
        """Refused: rows cannot be added by hand."""
        raise TypeError(_FIXED)

    def discard(self, agent: Any) -> None:
        """Refused: rows cannot be taken away."""
        raise TypeError(_FIXED)

    def remove(self, agent: Any) -> None:
        """Refused: rows cannot be taken away."""
        raise TypeError(_FIXED)


class RowGroups(GroupBy):  # type: ignore[misc]
    """Groups of rows, whose columns are aggregated without making handles."""

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        """What a function makes of the values of each group."""
        return {value: rows.agg(attr_name, func) for value, rows in self.groups.items()}


def limit(at_most: float, size: int) -> int | None:
    """How many agents `at_most` allows: a count, or a share of `size` if it is a float up to 1."""
    if at_most == float("inf"):
        return None
    return int(size * at_most) if isinstance(at_most, float) and at_most <= 1.0 else int(at_most)
