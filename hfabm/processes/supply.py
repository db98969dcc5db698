"""Supply: cheap dwellings are built, lost, and made of dear ones.

Weekly, after `programmes`, before `vacancy`.  The scenario states dwellings a year, programmes add theirs.
New dwellings open at the affordable rent, know no neighbours yet and belong to the largest social landlord.
Cheap dwellings are lost (merged, renovated) only when they stand empty.  Rents are in base-year prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import poisson, question, uniform
from hfabm.state.codes import NOBODY, Sector
from hfabm.state.dwellings import Dwelling, Estate
from hfabm.state.municipalities import Municipality
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

BUILD = question("supply.build")
LOSE = question("supply.lose")
CUT = question("supply.cut_rent")
SPECIAL = question("supply.special")
PICK = question("supply.pick")


@dataclass(frozen=True, slots=True)
class SupplyParameters:
    """Numbers that only this process reads."""

    new_cheap: float = parameter(
        0.0, Unit.DWELLINGS_PER_YEAR, 0.0, 2000.0, role=Role.LEVER, source=ASSUMED,
        means="New cheap social dwellings a year in each municipality; nationally up to 2,250 to 2027 were "
        "granted (P20), none stood in 2025 (P6.009).",
    )
    rent_cut: float = parameter(
        0.0, Unit.DWELLINGS_PER_YEAR, 0.0, 2000.0, role=Role.LEVER, source=ASSUMED,
        means="Existing social dwellings a year whose rent is cut to the affordable level when they fall "
        "vacant; nationally 1,379 were covered in all (P22).",
    )
    special: float = parameter(
        0.0, Unit.DWELLINGS_PER_YEAR, 0.0, 200.0, role=Role.LEVER, source=ASSUMED,
        means="New alternative dwellings (skæve boliger) a year; 594 nationally by 2019 (P4.053).",
    )
    cheap_lost: float = parameter(
        0.0125, Unit.PER_YEAR, 0.0, 0.2, role=Role.LEVER, source="I29 I28",
        means="Share of the cheap dwellings lost a year; nationally some 5,000, of which a tenth is taken here "
        "to be of the cheapest 40,000.",
    )
    dear_rent: float = parameter(
        5600.0, Unit.DKK_MONTH, 4000.0, 9000.0, role=Role.CONSTANT, source="P4.058", price_year=2023,
        means="Rent of a dwelling after renovation: 899 DKK a m2 and year times 75 m2.",
    )


@kernel
def lose_and_cut(
    vacant: Array, municipality: Array, sector: Array, vacant_since: Array, rent: Array,
    cuts: Array, done: Array, key: Any, week: int, p: tuple[float, ...],
) -> None:
    """Cheap dwellings that fall vacant may be renovated dear; others get their rent cut."""
    lost_chance, affordable, dear = p
    done[:] = 0
    for d in vacant:
        if vacant_since[d] != week - 1 or sector[d] != Sector.SOCIAL_FAMILY:
            continue
        if rent[d] <= affordable:
            if uniform(key, LOSE, d) < lost_chance:
                rent[d] = dear
        elif cuts[municipality[d]] > 0:
            cuts[municipality[d]] -= 1
            done[municipality[d]] += 1
            rent[d] = affordable


class Supply(Process):
    """Building, loss and rent cuts."""

    name = "supply"
    phase = Phase.SUPPLY
    parameters = SupplyParameters
    shares = ("vacancy",)
    opens = frozenset({Dwelling})
    kernel_reads = frozenset({
        Dwelling.municipality_row, Dwelling.sector, Dwelling.vacant_since_week,
        Estate.municipality_row, Estate.landlord_row, Estate.dwellings, Municipality.code,
        Municipality.granted_new_cheap, Municipality.granted_rent_cut, Municipality.granted_special,
    })
    kernel_writes = frozenset({Dwelling.rent_dkk_month, Municipality.rents_cut})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """The week's losses, cuts and new dwellings."""
        d, us = world.dwellings, world.municipalities
        codes = us.code[: us.size].tolist()
        weekly = (us.granted_rent_cut[: us.size] + p.rent_cut) / WEEKS_PER_YEAR
        luck = [uniform(week.key, CUT, code) for code in codes]
        cuts = np.array([poisson(u, rate) for u, rate in zip(luck, weekly.tolist(), strict=True)])
        market = self.shared["vacancy"]
        lose_and_cut(
            world.vacant, d.municipality_row, d.sector, d.vacant_since_week, d.rent_dkk_month,
            cuts, us.rents_cut, np.uint64(week.key), week.number,
            (p.cheap_lost / market.turnover_cheap, market.cheap_rent, p.dear_rent),
        )
        for m in range(us.size):
            cheap, special = p.new_cheap + us.granted_new_cheap[m], p.special + us.granted_special[m]
            self._build(world, week, m, cheap, BUILD, Sector.SOCIAL_FAMILY, market.cheap_rent)
            self._build(world, week, m, special, SPECIAL, Sector.SPECIAL, market.cheap_rent)

    def _build(
        self, world: Lent, week: Week, municipality: int, yearly: float, asked: int, sector: Sector, rent: float
    ) -> None:
        code = int(world.municipalities.code[municipality])
        count = poisson(uniform(week.key, asked, code), yearly / WEEKS_PER_YEAR) if yearly else 0
        estates = world.estates
        ours = np.flatnonzero(estates.municipality_row[: estates.size] == municipality)
        if not count or not ours.size:
            return
        estate = int(ours[np.argmax(estates.dwellings[ours])])
        world.dwellings.open(
            count, municipality_row=municipality, estate_row=estate,
            landlord_row=estates.landlord_row[estate], stairwell=-1 - week.number, sector=sector,
            built_week=week.number, rent_dkk_month=rent, tenant=NOBODY, vacant_since_week=week.number,
        )
