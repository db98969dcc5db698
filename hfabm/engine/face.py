"""The face towards Mesa: a `mesa.Model` whose agents are rows of tables, beside ordinary Mesa agents."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Any, Protocol

import mesa
import numpy as np

from hfabm.calendar import Week
from hfabm.engine import kernel
from hfabm.engine.agentset import HandleCache, RowSet
from hfabm.engine.everybody import AllAgents
from hfabm.engine.rule import Rule
from hfabm.engine.table import Table, columns_of

Drive = Callable[[Rule, Any, Week, object], None]

_IDS_PER_TABLE = 10**9


class Way(StrEnum):
    """How rules run: all rows in one compiled loop, one agent at a time, or as plain Python."""

    SWEEP = "sweep"
    ALONE = "alone"
    PLAIN = "plain"


class Order(StrEnum):
    """In which order agents come where they go one at a time."""

    ROWS = "rows"
    SHUFFLED = "shuffled"


class HasTables(Protocol):
    """What a model needs of a world."""

    @property
    def relations(self) -> dict[str, Table]:
        """Tables by the name of their row class."""


class AgentsByType(dict[type, Any]):
    """Sets of agents by type; a row class that was replaced, and every class between, is found but not listed."""

    def __init__(self, sets: dict[type, Any], replaced: dict[type, type]) -> None:
        super().__init__(sets)
        self._replaced = replaced

    def __missing__(self, key: type) -> Any:
        return self[self._replaced[key]]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._replaced

    def get(self, key: type, default: Any = None) -> Any:
        """The set of a type, or the default."""
        return self[key] if key in self else default


class ColumnModel(mesa.Model):  # type: ignore[misc]
    """A Mesa model over a world of tables.

    A world that has a `drive` is given the one of the model, so that processes run rules its way.

    Attributes:
        world: What is true this week.
        seed: The integer that all luck follows from.
        way: How rules run.
        order: In which order, where agents go one at a time.
    """

    def __init__(
        self,
        world: HasTables,
        agents: Sequence[type] = (),
        *,
        rng: int | None = None,
        way: str = "sweep",
        order: str = "rows",
    ) -> None:
        """Make every row of the world an agent.

        Args:
            world: The tables.
            agents: Subclasses of row classes, to take their place as the type of agent.
            rng: The seed; drawn from the system if left out.
            way: A `Way`.
            order: An `Order`.

        Raises:
            TypeError: A class in `agents` cannot take the place of a row class, or `rng` is no integer.
            ValueError: No such way or order, or an order is asked of a sweep.
        """
        self.way, self.order = Way(way), Order(order)
        if self.way == Way.SWEEP and self.order != Order.ROWS:
            raise ValueError("a sweep has no order: ask for it with way='alone' or way='plain'")
        self.seed = seed_of(rng)
        super().__init__(rng=self.seed)
        self.world = world
        # of its own, so that the model's results cannot depend on it
        self._order_random = random.Random(self.seed)
        handles = _replacements(world.relations.values(), agents)
        self._caches: dict[type, HandleCache] = {}
        for index, table in enumerate(world.relations.values(), start=1):
            first_id = index * _IDS_PER_TABLE + 1
            table.handle = self._caches[table.row_class] = HandleCache(self, table, handles[table.row_class], first_id)
        self._attach()

    def _attach(self) -> None:
        if hasattr(self.world, "drive"):
            self.world.drive = drive(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._attach()

    if "time" not in vars(mesa.Model):

        @property
        def time(self) -> float:
            """Weeks run; newer Mesa has this itself."""
            return float(self.steps)

    @property
    def scenario(self) -> None:
        """Mesa's own scenario, which is not used.

        None, because Mesa's control panel, finding one here, would pass its own kind of scenario to
        `__init__` at every reset.
        """
        return None

    @scenario.setter
    def scenario(self, given: Any) -> None:
        if not type(given).__module__.startswith("mesa."):
            raise AttributeError("`model.scenario` belongs to Mesa: keep yours under another name")

    def row_sets(self) -> list[RowSet]:
        """All rows of every table."""
        return [RowSet(cache) for cache in self._caches.values()]

    def one(self, row_class: type, row: int) -> Any:
        """The handle of one row, always the same object."""
        for cls in row_class.__mro__:
            if cls in self._caches:
                return self._caches[cls](row)
        raise KeyError(f"there is no table of {row_class.__name__}")

    @property
    def ordinary_agents(self) -> Any:
        """Agents that are no rows, made as usual in Mesa."""
        return super().agents

    @property
    def agents(self) -> AllAgents:
        """Every agent."""
        return AllAgents(self)

    @property
    def agents_by_type(self) -> AgentsByType:
        """Sets of agents by their type."""
        sets: dict[type, Any] = {cache.handle_class: RowSet(cache) for cache in self._caches.values()}
        replaced = {
            between: cache.handle_class
            for base, cache in self._caches.items()
            for between in cache.handle_class.__mro__[1:]
            if issubclass(between, base)
        }
        return AgentsByType({**sets, **super().agents_by_type}, replaced)

    @property
    def agent_types(self) -> list[type]:
        """Types of agents."""
        return list(self.agents_by_type)

    def kernels(self) -> AbstractContextManager[None]:
        """A block in which kernels run as the model was asked to: as plain Python if that is its way."""
        return kernel.interpret(kernel.interpreted or self.way == Way.PLAIN)

    def set_of(self, rule: Rule) -> RowSet:
        """The rows that a rule is for."""
        found = self.agents_by_type[rule.row_class]
        return RowSet(found.cache, found.cache.table.live, random=self._order_random)


def drive(model: ColumnModel) -> Drive:
    """The callable that runs a rule the model's way."""

    def run(rule: Rule, world: Any, week: Week, p: object) -> None:
        if model.way == Way.SWEEP:
            rule.sweep(world.relations, week, p)
        elif model.order == Order.SHUFFLED:
            model.set_of(rule).shuffle_do(rule, week, p)
        else:
            model.set_of(rule).do(rule, week, p)

    return run


def seed_of(rng: object) -> int:
    """A seed as an integer, drawn from the system if there is none.

    Raises:
        TypeError: It is no integer, such as a generator, whose state cannot be told again.
    """
    if rng is None:
        return secrets.randbits(31)
    if isinstance(rng, int | np.integer):
        return int(rng)
    raise TypeError(f"the seed is an integer, not {rng!r}")


def _replacements(tables: Iterable[Table], agents: Sequence[type]) -> dict[type, type]:
    handles = {table.row_class: table.row_class for table in tables}
    for given in agents:
        base = next((cls for cls in given.__mro__ if cls in handles), None)
        if base is None:
            names = ", ".join(cls.__name__ for cls in handles)
            raise TypeError(f"{given.__name__} extends no kind of row; extend one of {names}")
        if handles[base] is not base:
            raise TypeError(f"{handles[base].__name__} and {given.__name__} both replace {base.__name__}")
        changed = [n for n, column in columns_of(given).items() if columns_of(base).get(n) is not column]
        if changed:
            raise TypeError(f"{given.__name__} declares the columns {', '.join(changed)}: use attributes")
        handles[base] = given
    return handles
