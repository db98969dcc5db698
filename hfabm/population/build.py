"""Build a world from a place: municipalities, estates, dwellings, landlords, services, the network.

Citizens come after: `inflow` opens the people of week zero and `moves` settles them.  A town's buildings
hang on the town alone, not on the seed of the run: replications share them.
"""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import Any

import numpy as np

from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.population.places import Place, Town
from hfabm.population.streets import housing_network
from hfabm.randomness import normal, question, uniform, week_key
from hfabm.state.codes import OTHER, Housing, Sector, SupportMethod
from hfabm.state.ledger import Ledger
from hfabm.state.municipalities import QUEUE_PAST
from hfabm.state.world import World

# columns and numbers are laid out several to a line
# fmt: off

SIZE = question("build.size")
STAIRS = question("build.stairs")
RENT = question("build.rent")
OWNER = question("build.owner")

RENT_ABOVE = 3700.0
"""Rent of the cheapest dwellings that are not cheap [DKK/month, base year]; assumed."""
RENT_MEAN = 5600.0
"""Mean rent of the others: 899 DKK a m2 and year times 75 m2 (P4.058) [DKK/month]."""
RENT_LOWEST = 2500.0
"""Lowest rent [DKK/month]; assumed."""
CHEAP = 3500.0
"""Rent that counts as cheap [DKK/month] (P4.042)."""
YOUNGEST, OLDEST = 6, 10
"""Dwellings in a stairwell, least and most."""


def build(place: Place, seed: int) -> World:
    """A world without citizens.

    Args:
        place: The municipalities.
        seed: Seed of the run, kept in the world; buildings do not depend on it.
    """
    world: World = pickle.loads(_built(place))
    world.seed = seed
    return world


@lru_cache(maxsize=4)
def _built(place: Place) -> bytes:
    """The world of a place as bytes, some megabytes: to read it takes a hundredth of the time to build it."""
    world = World(seed=0)
    for town in place.towns:
        _add_town(world, town)
    world.ledger = Ledger(world.municipalities.size)
    world.network = housing_network(world)
    return pickle.dumps(world, pickle.HIGHEST_PROTOCOL)


def _add_town(world: World, town: Town) -> None:
    m = world.municipalities.open(
        1, code=town.code, adults=town.adults, homeless_at_start=town.homeless_at_start, queue=town.ordinary_queue,
        queue_head_week=-QUEUE_PAST,
    ).start
    _fill_queue(world, m, town)
    key = week_key(town.code, 0)
    social = world.landlords.open(town.organisations, municipality_row=m, social=True)
    private = world.landlords.open(max(1, town.private_landlords), municipality_row=m, social=False)
    youth = round(town.social_dwellings * town.youth_share)
    family = town.social_dwellings - youth
    first = world.dwellings.size
    _add_estates(world, m, town, key, family, social, Sector.SOCIAL_FAMILY)
    _add_estates(world, m, town, key, youth, social, Sector.SOCIAL_YOUTH)
    _add_estates(world, m, town, key, town.private_dwellings, private, Sector.PRIVATE)
    d = world.dwellings
    ours = slice(first, d.size)
    cheap = town.cheap_family_dwellings / max(1, family)
    set_rents(d.arrays["rent_dkk_month"][ours], d.sector[ours], d.estate_row[ours], cheap, key)
    for row in [*social, *private]:
        world.landlords.arrays["dwellings"][row] = int((d.landlord_row == row).sum())
    _add_services(world, m, town)


def _fill_queue(world: World, m: int, town: Town) -> None:
    """Spread the ordinary list over the last five years, later joiners more."""
    weeks = min(260, QUEUE_PAST)
    joined = world.municipalities.arrays["joined"][m]
    for i in range(town.ordinary_queue):
        joined[QUEUE_PAST - 1 - int(weeks * (1.0 - ((i + 0.5) / town.ordinary_queue) ** 0.5))] += 1
    world.municipalities.arrays["queue_head_week"][m] = -weeks


def _add_estates(
    world: World, m: int, town: Town, key: Any, dwellings: int, landlords: range, sector: Sector
) -> None:
    """Estates of varied size, dealt to landlords, until all dwellings are placed."""
    left = dwellings
    while left > 0:
        number = world.estates.size
        size = int(town.dwellings_per_estate * (0.4 + 1.2 * uniform(key, SIZE, number)))
        size = max(1, min(left, size if sector != Sector.PRIVATE else max(1, dwellings // len(landlords))))
        owner = landlords[int(uniform(key, OWNER, number) * len(landlords))]
        estate = world.estates.open(
            1, municipality_row=m, landlord_row=owner, first_dwelling_row=world.dwellings.size, dwellings=size
        ).start
        stairs = np.empty(size, np.int64)
        deal_stairwells(stairs, _next_stairwell(world), key)
        world.dwellings.open(
            size, municipality_row=m, estate_row=estate, landlord_row=owner, stairwell=stairs, sector=sector,
            tenant=OTHER,
        )
        left -= size


def _next_stairwell(world: World) -> int:
    return int(world.dwellings.stairwell[-1]) + 1 if world.dwellings.size else 0


@kernel
def deal_stairwells(stairs: Array, first: int, key: Any) -> None:
    """Number the stairwells of an estate: 6 to 10 dwellings each."""
    stairwell, room = first, 0
    for i in range(stairs.size):
        if room == 0:
            stairwell = stairwell + 1 if i else first
            room = YOUNGEST + int(uniform(key, STAIRS, stairwell) * (OLDEST - YOUNGEST + 1))
        stairs[i] = stairwell
        room -= 1


@kernel
def set_rents(rent: Array, sector: Array, estate: Array, cheap: float, key: Any) -> None:
    """Rents: cheap dwellings cluster in old estates, of which half of the dwellings are cheap."""
    for i in range(rent.size):
        u = uniform(key, RENT, i)
        old = uniform(key, RENT, 10_000_000 + estate[i]) < 2.0 * cheap
        if sector[i] == Sector.SOCIAL_YOUTH:
            rent[i] = RENT_LOWEST + (CHEAP + 500.0 - RENT_LOWEST) * u
        elif sector[i] == Sector.SOCIAL_FAMILY and old and u < 0.5:
            rent[i] = RENT_LOWEST + (CHEAP - RENT_LOWEST) * 2.0 * u
        else:
            z = normal(uniform(key, RENT, 20_000_000 + i))
            rent[i] = max(RENT_ABOVE, RENT_MEAN + 1100.0 * z)


def _add_services(world: World, m: int, town: Town) -> None:
    for method in (SupportMethod.ORDINARY, SupportMethod.CTI, SupportMethod.ICM, SupportMethod.ACT):
        world.teams.open(1, municipality_row=m, method=method)
    for beds in town.beds:
        world.shelters.open(
            1, municipality_row=m, kind=Housing[beds.kind], step=beds.step, elsewhere=beds.elsewhere,
            places=beds.beds, beds=beds.beds, price_dkk_day=beds.price_dkk_day,
        )
    _add_caretakers(world, m, town.caretaker_areas)


def _add_caretakers(world: World, m: int, areas: int) -> None:
    """Deal social estates to caretaker areas, those with most cheap dwellings first."""
    e, d = world.estates, world.dwellings
    cheap = np.bincount(d.estate_row, weights=(d.rent_dkk_month <= CHEAP), minlength=e.size)
    social = np.bincount(d.estate_row, weights=(d.sector == Sector.SOCIAL_FAMILY), minlength=e.size) > 0
    ours = np.flatnonzero((e.municipality_row == m) & social)
    ours = ours[np.argsort(-cheap[ours], kind="stable")]
    for turn, block in enumerate(np.array_split(ours, areas)):
        keeper = world.social_caretakers.open(
            1, municipality_row=m, by_municipality=True, turn=turn, dwellings=int(e.dwellings[block].sum())
        ).start
        e.arrays["caretaker_row"][block] = keeper
