"""`@rule`: a rule written once, as if for one agent, that runs three ways with the same bits.

    @rule
    def miss_rent(home: Tenancy, week: Week, p: ArrearsParameters) -> None:
        if home.running and luck(week, MISS_RENT, home.citizen_uid) < p.missed_rent:
            home.arrears_dkk += home.rent_dkk_week

Swept (default): the source is rewritten so that `home.x` becomes `x[row]` inside one loop over the
columns, and compiled.  One at a time: the same loop over a single row.  Plain Python: the function as
it stands, on Mesa handles, with a debugger.  What a rule reads and writes is read off its source.

What a rule may do: read and write its own row; read rows it is linked to (`home.citizen.skills`), with
a name for a linked row if it likes; read its parameters, the week, enumerations, constants and formulas;
return early, but not from inside a loop of its own.  It may not read, through a link, a column it writes:
that would make the result depend on the order of rows.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from hfabm.calendar import Week
from hfabm.engine import kernel
from hfabm.engine.rewrite import Rewritten, RuleError, rewrite
from hfabm.engine.table import Array, Column, Table
from hfabm.randomness import uniform

__all__ = ["Rule", "RuleError", "rule"]


class Rule:
    """A rule, with what it reads and writes and the ways to run it."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        functools.update_wrapper(self, function)

    @functools.cached_property
    def source(self) -> Rewritten:
        """The rule rewritten as a loop over columns."""
        return rewrite(self.function)

    @property
    def row_class(self) -> type:
        """The kind of row it is a rule for."""
        return self.source.row_class

    @property
    def reads(self) -> frozenset[Column[Any]]:
        """Columns it reads, its own row's and linked rows'."""
        return self.source.reads

    @property
    def writes(self) -> frozenset[Column[Any]]:
        """Columns of its own row that it writes."""
        return self.source.writes

    @functools.cached_property
    def _loop(self) -> Callable[..., None]:
        return _compile(self.function, self.source)

    def __reduce__(self) -> str:
        # by name, as functions are: a model that holds rules can be copied and sent to another process
        return self.function.__qualname__

    def sweep(self, relations: dict[str, Table], week: Week, p: object = None, rows: Array | None = None) -> None:
        """Run it, compiled, for some rows (default: all that are alive)."""
        source = self.source
        own = relations.get(source.row_class.__name__) or _table_of(source.row_class, relations)
        dates = [getattr(week, name) for name in source.week_fields]
        numbers = [getattr(p, name) for name in source.parameters]
        self._loop(own.live if rows is None else rows, *dates, *numbers, *own.borrow(self, source.arrays, self.writes))

    def alone(self, row: Any, week: Week, p: object = None) -> None:
        """Run it, compiled, for the row of one handle."""
        self.sweep(row.table.relations, week, p, np.array([row.row]))

    def plainly(self, row: Any, week: Week, p: object = None) -> None:
        """Run it as plain Python on one handle."""
        table = row.table
        before, table.writable = table.writable, frozenset(c.name for c in self.writes)
        try:
            self.function(row, week, *((p,) if self.source.takes_parameters else ()))
        finally:
            table.writable = before

    def __call__(self, row: Any, week: Week, p: object = None) -> None:
        """Run it for one agent: compiled, or as plain Python while kernels are interpreted."""
        (self.plainly if kernel.interpreted else self.alone)(row, week, p)


def rule(function: Callable[..., None]) -> Rule:
    """Make a rule of a function of one row, the week and parameters."""
    return Rule(function)


def _table_of(row_class: type, relations: dict[str, Table]) -> Table:
    found = next((relations[c.__name__] for c in row_class.__mro__ if c.__name__ in relations), None)
    if found is None:
        raise LookupError(f"there is no table of {row_class.__name__}; there are {', '.join(relations)}")
    return found


def _compile(function: Callable[..., None], source: Rewritten) -> Callable[..., None]:
    closed = inspect.getclosurevars(function).nonlocals
    scope = {**function.__globals__, **closed, "uniform": uniform, **source.imported}
    stem = f"{function.__module__.rpartition('.')[2]}_{function.__name__}"
    sources = _sources_of(function, source.imported)
    return kernel.compiled(kernel.loaded(source.text, function.__name__, stem, scope, sources))


def _sources_of(function: Callable[..., Any], imported: dict[str, Any]) -> str:
    """What a rule from outside the package calls and reads, so that an edit there is noticed too."""
    texts: list[str] = []
    seen: set[Any] = {function}
    todo = [*imported.items(), *_names_of(function)]
    while todo:
        name, value = todo.pop(0)
        if isinstance(value, int | float | str | tuple):
            texts.append(f"{name}={value!r}")
        elif inspect.isfunction(value) and value not in seen and not value.__module__.startswith("hfabm."):
            seen.add(value)
            texts.append(inspect.getsource(value))
            todo += _names_of(value)
    return "\n".join(texts)


def _names_of(function: Callable[..., Any]) -> list[tuple[str, Any]]:
    names = inspect.getclosurevars(function)
    return sorted({**names.globals, **names.nonlocals}.items())
