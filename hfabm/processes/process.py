"""What every process is: a name, a phase of the week, parameters, and a step that changes columns."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.rule import Rule
from hfabm.engine.table import Array, Column
from hfabm.state.world import Lent


class Phase(IntEnum):
    """The ten phases of the week, in order."""

    ARRIVE = 1
    PRESSURE = 2
    LOSS = 3
    SUPPLY = 4
    DECIDE = 5
    MATCH = 6
    SUPPORT = 7
    MOVE = 8
    ACCOUNT = 9
    MEASURE = 10


@dataclass(frozen=True, slots=True)
class NoParameters:
    """For a process that reads no number of its own."""


class Process:
    """Something that happens every week.

    A process made of rules lists them; their reads and writes are read off their source.  A process with
    kernels declares what the kernels read and write and calls them in `step`.  `shares` names sections of
    parameters it reads besides its own; they reach `step` as `self.shared[name]`.
    """

    name: ClassVar[str]
    phase: ClassVar[Phase]
    parameters: ClassVar[type] = NoParameters
    rules: ClassVar[tuple[Rule, ...]] = ()
    kernel_reads: ClassVar[frozenset[Column[Any]]] = frozenset()
    kernel_writes: ClassVar[frozenset[Column[Any]]] = frozenset()
    opens: ClassVar[frozenset[type]] = frozenset()
    shares: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        self.shared: dict[str, Any] = {}
        self._scratch: dict[str, Array] = {}

    def scratch(self, name: str, size: int, dtype: str = "i8") -> Array:
        """Working space of at least `size`, kept from week to week: its contents are anything."""
        space = self._scratch.get(name)
        if space is None or space.size < size:
            space = self._scratch[name] = np.empty(2 * size, dtype)
        return space

    @functools.cached_property
    def reads(self) -> frozenset[Column[Any]]:
        """Every column it looks at."""
        return self.kernel_reads.union(*(r.reads for r in self.rules))

    @functools.cached_property
    def writes(self) -> frozenset[Column[Any]]:
        """Every column it is the one writer of."""
        return self.kernel_writes.union(*(r.writes for r in self.rules))

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Do what happens this week: by default, sweep the rules in their order."""
        for rule in self.rules:
            world.sweep(rule, week, p)
