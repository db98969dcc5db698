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
        us, rows = world.municipalities, world.programmes
        if not rows.size:
            return
        n = rows.size
        on = np.flatnonzero((rows.first_week[:n] <= week.number) & (week.number <= rows.last_week[:n]))
        prices = self.shared["prices"]
        carried = (1.0 + prices.growth) ** (BASE_YEAR - rows.price_year[on])

        def total(amounts: Array) -> Array:
            return np.bincount(rows.municipality_row[on], weights=amounts, minlength=us.size)

        us.granted_ore[: us.size] = np.rint(total(rows.grant_ore_week[on] * carried * week.price_level))
        cost = self._cost_of_a_post()
        us.posts_cti[: us.size] = total(rows.cti_ore_week[on] * carried) / cost["cti"]
        us.posts_icm[: us.size] = total(rows.icm_ore_week[on] * carried) / cost["icm"]
        us.posts_act[: us.size] = total(rows.act_ore_week[on] * carried) / cost["act"]
        us.posts_ordinary[: us.size] = total(rows.ordinary_ore_week[on] * carried) / cost["ordinary"]
        us.granted_new_cheap[: us.size] = total(rows.new_cheap[on])
        us.granted_rent_cut[: us.size] = total(rows.rent_cut[on])
        us.granted_special[: us.size] = total(rows.special[on])

    def _cost_of_a_post(self) -> dict[str, float]:
        """What a caseworker with a full load of cases costs a week, by method [øre, base year]."""
        price, support = in_base_prices(self.shared["prices"], self.shared["prices"].growth), self.shared["support"]
        cases = {"ordinary": support.cases_per_ordinary_worker}
        return {
            method: price[f"support_{method}"] * cases.get(method, support.cases_per_worker) * ORE / WEEKS_PER_YEAR
            for method in ("cti", "icm", "act", "ordinary")
        }
