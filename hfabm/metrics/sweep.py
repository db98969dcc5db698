"""All weekly metrics of one table in one compiled pass.

The expressions of the metrics are read off their source, as those of rules are, and put side by side in
one loop over the rows: metrics that look at the same rows share one `if`.  Results are whole numbers, added
up in one order, so they are the same wherever they are computed.
"""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.kernel import kernel, loaded
from hfabm.engine.rewrite import Rewriter
from hfabm.engine.table import Array, Column
from hfabm.metrics.metric import Metric
from hfabm.randomness import uniform
from hfabm.state.world import World

Place = Callable[..., Any]
"""A function of a row and the week: the place in the record that the row is counted in."""


class _Expression(Rewriter):
    """The one expression that a metric returns, over columns instead of a row."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        # every name is looked up where the metric was written, since the loop runs elsewhere
        self.inlining = True
        self.text = ""
        self.source = self.rewrite()
        if not self.text:
            raise self.error(ast.Pass(), "a metric is one `return`")

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if node.value is None or self.text:
            raise self.error(node, "a metric returns one number, once")
        self.text = ast.unparse(self.visit(node.value))
        return ast.Pass()

    def visit_Name(self, node: ast.Name) -> ast.expr:
        new = super().visit_Name(node)
        value = self.imported.get(new.id) if isinstance(new, ast.Name) else None
        return ast.Constant(value) if isinstance(value, int | float) else new


class Sweep:
    """The metrics of one table, counted in one pass."""

    def __init__(self, metrics: Sequence[Metric], place: Place) -> None:
        self.metrics, self.place = tuple(metrics), place

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the metrics, in the order of the record."""
        return tuple(m.name for m in self.metrics)

    @functools.cached_property
    def _parts(self) -> list[tuple[_Expression | None, list[tuple[int, _Expression]]]]:
        """Metrics that look at the same rows, together."""
        found: dict[Any, list[tuple[int, _Expression]]] = {}
        for k, metric in enumerate(self.metrics):
            found.setdefault(metric.among, []).append((k, _Expression(metric.function)))
        return [(_Expression(among) if among else None, members) for among, members in found.items()]

    @functools.cached_property
    def _place(self) -> _Expression:
        return _Expression(self.place)

    @functools.cached_property
    def _expressions(self) -> list[_Expression]:
        members = [e for guard, group in self._parts for e in (guard, *(m for _, m in group)) if e is not None]
        return [self._place, *members]

    @functools.cached_property
    def columns(self) -> list[Column[Any]]:
        """Every column the metrics look at."""
        return sorted({c for e in self._expressions for c in e.source.arrays}, key=str)

    @functools.cached_property
    def _week_fields(self) -> list[str]:
        return sorted({name for e in self._expressions for name in e.source.week_fields})

    @functools.cached_property
    def _parameters(self) -> list[str]:
        return sorted({name for e in self._expressions for name in e.source.parameters})

    @functools.cached_property
    def row_class(self) -> type:
        """The kind of row that is counted.

        Raises:
            TypeError: The metrics are of several kinds of row.
        """
        kinds = {e.source.row_class for e in self._expressions}
        if len(kinds) != 1:
            named = ", ".join(sorted(k.__name__ for k in kinds))
            raise TypeError(f"metrics of one sweep look at rows of one kind, not at {named}: split the sweep")
        return kinds.pop()

    @functools.cached_property
    def text(self) -> str:
        """The loop, as Python."""
        arguments = ["rows_", "out_", *(f"week_{n}" for n in self._week_fields)]
        arguments += [f"p_{n}" for n in self._parameters]
        arguments += [f"{c.owner.__name__}_{c.name}" for c in self.columns]
        lines = [f"def count_{self.row_class.__name__.lower()}({', '.join(arguments)}):"]
        lines.append("    for row_ in rows_:")
        for guard, members in self._parts:
            lines.append(f"        if {guard.text if guard else 'True'}:")
            lines += [f"            value_{k} = int({expression.text})" for k, expression in members]
            # few rows count in anything, and finding their place takes longest
            lines.append(f"            if {' | '.join(f'value_{k}' for k, _ in members)} != 0:")
            lines.append(f"                place_ = {self._place.text}")
            lines += [f"                out_[place_, {k}] += value_{k}" for k, _ in members]
        return "\n".join(lines) + "\n"

    @functools.cached_property
    def _loop(self) -> Callable[..., None]:
        imported: dict[str, Any] = {}
        for expression in self._expressions:
            imported.update(expression.source.imported)
        functions = {name: value for name, value in imported.items() if not isinstance(value, int | float)}
        return _compile(self.text, self.row_class.__name__.lower(), functions)

    def count(self, world: World, week: Week, p: object, out: Array) -> None:
        """Add this week's numbers to a record.

        Args:
            world: What is true this week.
            week: The week.
            p: Parameters of observation.
            out: Whole numbers by place and metric, zero before.
        """
        arguments: list[Any] = [world.table(self.row_class).live, out]
        for name in self._week_fields:
            value = getattr(week, name)
            arguments.append(np.uint64(value) if name in ("key", "life") else value)
        arguments += [getattr(p, name) for name in self._parameters]
        self._loop(*arguments, *world.table(self.row_class).borrow(self, self.columns))


def _compile(text: str, name: str, functions: dict[str, Any]) -> Callable[..., None]:
    """Compile a loop; its text lies beside the machine code, where tracebacks and the cache find it."""
    foreign = (f for f in functions.values() if not f.__module__.startswith("hfabm."))
    scope = {"uniform": uniform, **functions}
    loop: Callable[..., None] = kernel(loaded(text, f"count_{name}", f"metrics_{name}", scope, _sources(foreign)))
    return loop


def _sources(functions: Iterable[Any]) -> str:
    return "\n".join(inspect.getsource(f) for f in functions)
