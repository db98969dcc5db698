"""The recorder: fills the record at the end of every week, in room made beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.metrics.catalogue import BY_GROUP, BY_MUNICIPALITY, SECTIONS
from hfabm.metrics.record import MILLION, Record
from hfabm.parameters.declare import Parameters
from hfabm.state.codes import Housing
from hfabm.state.world import World


@kernel
def add_by_citizen(
    citizens: Array, housing: Array, since: Array, week: int, cost: Array, net: Array, costs: Array,
    nets: Array, at_home: Array,
) -> None:  # fmt: skip
    """Add the week to each citizen's account of the quarter and weeks at home."""
    for c in citizens:
        h = housing[c]
        if h == Housing.OWN_HOME:
            at_home[c] += 1
        # the last bill of somebody who left this week still counts
        if h != Housing.GONE or since[c] == week:
            costs[c] += cost[c]
            nets[c] += net[c]


class Recorder(Record):
    """A record that the model fills, one call a week."""

    def __init__(self, world: World, weeks: int, start: date, parameters: Parameters | None = None) -> None:
        """Make room.

        Args:
            world: The world that will be recorded.
            weeks: Weeks to be recorded at most.
            start: First day of the run.
            parameters: Parameters of the run; what is declared where None.
        """
        super().__init__(
            start,
            weeks,
            len(world.municipalities),
            tuple(name for sweep in BY_GROUP for name in sweep.names),
            tuple(name for sweep in BY_MUNICIPALITY for name in sweep.names),
        )
        self._citizens = 0
        sections = parameters.sections if parameters else {}
        declared = ((date.min, SECTIONS["observation"]()),)
        self._observation: tuple[tuple[date, Any], ...] = sections.get("observation", declared)
        if "valuation" in sections:
            self.discount_rate = sections["valuation"][0][1].discount_rate

    def record(self, world: World, week: Week) -> None:
        """Record a week that has ended.

        Raises:
            IndexError: The week does not follow the last one recorded, or there is no room for it.
        """
        if week.number != self.done or week.number >= self.weeks:
            raise IndexError(
                f"week {week.number} cannot be recorded: {self.done} of {self.weeks} weeks are, and weeks "
                "follow one another; make a new model to run again, or one with a later end"
            )
        p = next(p for day, p in reversed(self._observation) if day <= week.day)
        self._count(BY_GROUP, self.by_group[week.number], world, week, p)
        self._count(BY_MUNICIPALITY, self.by_municipality[week.number], world, week, p)
        self.ledger[week.number] = world.ledger.book
        self.price_ppm[week.number] = int(week.price_level * MILLION + 0.5)
        self._add_by_citizen(world, week)
        self.done += 1

    @staticmethod
    def _count(sweeps: tuple[Any, ...], out: Array, world: World, week: Week, p: Any) -> None:
        first = 0
        for sweep in sweeps:
            sweep.count(world, week, p, out[:, first : first + len(sweep.metrics)])
            first += len(sweep.metrics)

    def _add_by_citizen(self, world: World, week: Week) -> None:
        c = world.citizens
        if c.capacity > self.weeks_at_home.size:
            self._grow(c.capacity)
        new = slice(self._citizens, len(c))
        score = c.mental_illness[new] + c.substance_use[new]
        self.need_at_entry[new] = (score >= 2).astype(np.int8) + (score >= 3)
        self._citizens = len(c)
        quarter = self.quarter(week.number)
        housing, since, cost, net = (
            c.readonly[name] for name in ("housing", "housing_since_week", "cost_ore", "net_municipal_ore")
        )
        costs, nets = self.cost_ore[quarter], self.net_municipal_ore[quarter]
        add_by_citizen(c.live, housing, since, week.number, cost, net, costs, nets, self.weeks_at_home)

    def _grow(self, capacity: int) -> None:
        def wider(array: Array) -> Array:
            new = np.zeros((*array.shape[:-1], capacity), array.dtype)
            new[..., : array.shape[-1]] = array
            return new

        self.cost_ore, self.net_municipal_ore = wider(self.cost_ore), wider(self.net_municipal_ore)
        self.weeks_at_home, self.need_at_entry = wider(self.weeks_at_home), wider(self.need_at_entry)
