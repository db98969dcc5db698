"""Programmes: what is in force this week of the grants, posts and dwellings that the state gives.

Weekly, before `supply`.  A programme's grant is paid in equal weekly parts, carried forward with prices; the part
of it that is meant for further posts buys as many caseworkers as it pays the cases of.  `staffing` hires
them, `supply` builds the dwellings, `prices` books the grant.  Where no programme is in force, nothing happens.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.table import Array
from hfabm.parameters.prices import BASE_YEAR, in_base_prices
from hfabm.processes.process import Phase, Process
from hfabm.state.ledger import ORE
from hfabm.state.municipalities import Municipality
from hfabm.state.programmes import Programme
from hfabm.state.world import Lent

# columns and numbers are laid out several to a line
# fmt: off


class Programmes(Process):
    """Money, posts and dwellings from the state, for a time."""

    name = "programmes"
    phase = Phase.SUPPLY
    shares = ("prices", "support")
    kernel_reads = frozenset({
        Programme.municipality_row, Programme.first_week, Programme.last_week, Programme.price_year,
        Programme.grant_ore_week, Programme.cti_ore_week, Programme.icm_ore_week, Programme.act_ore_week,
        Programme.ordinary_ore_week, Programme.new_cheap, Programme.rent_cut, Programme.special,
    })
    kernel_writes = frozenset({
        Municipality.granted_ore, Municipality.posts_cti, Municipality.posts_icm, Municipality.posts_act,
        Municipality.posts_ordinary, Municipality.granted_new_cheap, Municipality.granted_rent_cut,
        Municipality.granted_special,
    })

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Add up what is in force for each municipality."""
        rows = world.programmes
        if not rows.size:
            return
        n = rows.size
        on = np.flatnonzero((rows.first_week[:n] <= week.number) & (week.number <= rows.last_week[:n]))
        self._clear(world)
        if on.size:
            self._add_up(world, week, on)

    def _clear(self, world: Lent) -> None:
        us = world.municipalities
        us.granted_ore[:], us.posts_cti[:], us.posts_icm[:], us.posts_act[:], us.posts_ordinary[:] = 0, 0, 0, 0, 0
        us.granted_new_cheap[:], us.granted_rent_cut[:], us.granted_special[:] = 0, 0, 0

    def _add_up(self, world: Lent, week: Week, on: Array) -> None:
        us, rows, prices = world.municipalities, world.programmes, self.shared["prices"]
        who = rows.municipality_row[on]
        money = (1.0 + prices.growth) ** (BASE_YEAR - rows.price_year[on])
        # ufunc.at adds up where several programmes give to one municipality
        np.add.at(us.granted_ore, who, np.rint(rows.grant_ore_week[on] * money * week.price_level).astype(np.int64))
        cost = self._cost_of_a_post()
        np.add.at(us.posts_cti, who, rows.cti_ore_week[on] * money / cost["cti"])
        np.add.at(us.posts_icm, who, rows.icm_ore_week[on] * money / cost["icm"])
        np.add.at(us.posts_act, who, rows.act_ore_week[on] * money / cost["act"])
        np.add.at(us.posts_ordinary, who, rows.ordinary_ore_week[on] * money / cost["ordinary"])
        np.add.at(us.granted_new_cheap, who, rows.new_cheap[on])
        np.add.at(us.granted_rent_cut, who, rows.rent_cut[on])
        np.add.at(us.granted_special, who, rows.special[on])

    def _cost_of_a_post(self) -> dict[str, float]:
        """What a caseworker with a full load of cases costs a week, by method [øre, base year]."""
        price, support = in_base_prices(self.shared["prices"], self.shared["prices"].growth), self.shared["support"]
        cases = {"ordinary": support.cases_per_ordinary_worker}
        return {
            method: price[f"support_{method}"] * cases.get(method, support.cases_per_worker) * ORE / WEEKS_PER_YEAR
            for method in ("cti", "icm", "act", "ordinary")
        }
