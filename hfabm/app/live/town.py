"""How the housing network is drawn: a place for every dwelling, by landlord, estate and stairwell.

The map is made up: no real streets are known to the model.  It is the same whenever the place is the same.
Lengths are in cells: a dwelling is a square of one by one.  x grows to the right, y downward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np

from hfabm.app.live.layout import Rectangle, estate_sizes, lay_out, new_cells, places_in
from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.engine.table import Array
from hfabm.model import HousingFirstModel
from hfabm.state.codes import NOBODY, Sector
from hfabm.state.world import World


@dataclass(frozen=True, slots=True)
class Estate:
    """A block of the map: an estate (afdeling), or the ground kept for new dwellings.

    Attributes:
        row: Row of the estate in the world; -1 for the ground of new dwellings.
        number: Its number among the estates of its municipality, from 1; 0 for the ground of new dwellings.
        landlord_row: Landlord; -1 for the ground of new dwellings.
        municipality_row: Municipality it lies in.
        sector: Kind of its dwellings.
        caretaker_row: Social caretaker whose area it lies in; -1 where none.
        dwellings: Dwellings in it; on the ground of new dwellings, those there is room for.
        place: Where it is drawn.
    """

    row: int
    number: int
    landlord_row: int
    municipality_row: int
    sector: Sector
    caretaker_row: int
    dwellings: int
    place: Rectangle


@dataclass(frozen=True, slots=True)
class Owner:
    """A landlord.

    Attributes:
        row: Row of the landlord in the world.
        social: A social housing organisation (boligorganisation); else a private owner.
        number: Its number among those of its kind in its municipality, from 1.
        municipality_row: Municipality.
        dwellings: Dwellings it lets at the start.
    """

    row: int
    social: bool
    number: int
    municipality_row: int
    dwellings: int


@dataclass(frozen=True, slots=True)
class TownPlan:
    """Where everything is drawn; dwelling `i` of every array is dwelling row `i` of the world.

    Arrays are bytes in the order of the machine, as a canvas takes them.

    Attributes:
        municipalities: Names, by row.
        width: Width of the map [cells].
        height: Height of the map [cells].
        dwellings: Dwellings there are at the start.
        places: Dwellings there is a place for: those at the start, and ground for those built in the run.
        x: Middle of each place, float32 [cells].
        y: The same.
        estate: Index into `estates` for each place, uint16.
        estates: Estates by row; the last is the ground of new dwellings, if any are planned.
        landlords: Landlords by row.
        edges: Pairs of neighbouring dwellings, uint32.
    """

    municipalities: tuple[str, ...]
    width: float
    height: float
    dwellings: int
    places: int
    x: bytes
    y: bytes
    estate: bytes
    estates: tuple[Estate, ...]
    landlords: tuple[Owner, ...]
    edges: bytes


def plan_town(model: HousingFirstModel, municipalities: Sequence[str]) -> TownPlan:
    """Draw the map of a model before its first week.

    Args:
        model: A model that has not taken a step.
        municipalities: Names, by row.
    """
    world = model.world
    d, e = world.dwellings, world.estates
    stairs, inside = estate_sizes(d.estate_row, d.stairwell, e.size)
    blocks, width, height = lay_out(_drawn_order(world), stairs)
    reserved = new_dwellings_at_most(model)
    cells, ground = new_cells(reserved, width, height)
    x, y = places_in(blocks, d.estate_row, inside)
    if reserved:
        height = ground.y + ground.height
    return TownPlan(
        municipalities=tuple(municipalities),
        width=width,
        height=height,
        dwellings=d.size,
        places=d.size + reserved,
        x=np.concatenate([x, cells[:, 0]]).astype(np.float32).tobytes(),
        y=np.concatenate([y, cells[:, 1]]).astype(np.float32).tobytes(),
        estate=np.concatenate([d.estate_row, np.full(reserved, e.size)]).astype(np.uint16).tobytes(),
        estates=(*_estates(world, blocks), *((_ground(reserved, ground),) if reserved else ())),
        landlords=owners(world),
        edges=_edges(world),
    )


def _drawn_order(world: World) -> list[list[list[int]]]:
    """Estate rows in the order they are drawn: sections that begin on a new row of the map, and landlords in them."""
    e, social = world.estates, world.landlords.social
    sections: dict[tuple[int, bool], dict[int, list[int]]] = {}
    for row in range(e.size):
        landlord = int(e.landlord_row[row])
        section = sections.setdefault((int(e.municipality_row[row]), not social[landlord]), {})
        section.setdefault(landlord, []).append(row)
    return [[owned for _, owned in sorted(sections[key].items())] for key in sorted(sections)]


def new_dwellings_at_most(model: HousingFirstModel) -> int:
    """Room that dwellings built in the run can need: their expected number and six standard deviations."""
    years = model.weeks / WEEKS_PER_YEAR
    supply = [p for _, p in model.parameters.sections["supply"]]
    yearly = max(p.new_cheap for p in supply) + max(p.special for p in supply)
    expected = yearly * years * model.world.municipalities.size
    given = model.world.programmes
    weeks = np.minimum(given.last_week, model.weeks) - np.maximum(given.first_week, 0) + 1
    expected += float(((given.new_cheap + given.special) * np.maximum(0, weeks)).sum()) / WEEKS_PER_YEAR
    return ceil(expected + 6.0 * sqrt(expected)) if expected > 0.0 else 0


def _estates(world: World, blocks: Sequence[Rectangle]) -> tuple[Estate, ...]:
    e, sector = world.estates, world.dwellings.sector
    return tuple(
        Estate(
            row, number, int(e.landlord_row[row]), int(e.municipality_row[row]),
            Sector(int(sector[e.first_dwelling_row[row]])), int(e.caretaker_row[row]), int(e.dwellings[row]),
            blocks[row],
        )
        for row, number in enumerate(numbered(e.municipality_row))
    )  # fmt: skip


def _ground(dwellings: int, place: Rectangle) -> Estate:
    return Estate(NOBODY, 0, NOBODY, 0, Sector.SOCIAL_FAMILY, NOBODY, dwellings, place)


def owners(world: World) -> tuple[Owner, ...]:
    """The landlords of a world, numbered by kind within their municipality."""
    o = world.landlords
    numbers = numbered(o.municipality_row * 2 + o.social)
    return tuple(
        Owner(row, bool(o.social[row]), number, int(o.municipality_row[row]), int(o.dwellings[row]))
        for row, number in enumerate(numbers)
    )


def numbered(kinds: Array) -> list[int]:
    """A number for each row among those of its kind, from 1.

    >>> numbered(np.array([7, 7, 3, 7]))
    [1, 2, 1, 3]
    """
    seen: dict[Any, int] = {}
    found = []
    for kind in kinds.tolist():
        seen[kind] = seen.get(kind, 0) + 1
        found.append(seen[kind])
    return found


def _edges(world: World) -> bytes:
    homes = world.network.homes
    one = np.repeat(np.arange(homes.nodes), np.diff(homes.start))
    once = one < homes.neighbour
    return np.column_stack([one[once], homes.neighbour[once]]).astype(np.uint32).tobytes()
