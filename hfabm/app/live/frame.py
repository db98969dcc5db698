"""A frame: what the map shows at the end of a week.  Made in one pass over columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

import numpy as np

from hfabm.app.live.marks import Mark, on_dwellings
from hfabm.calendar import MONTHS_PER_WEEK
from hfabm.engine.table import Array
from hfabm.model import HousingFirstModel
from hfabm.state.codes import HOMELESS, NOBODY, Housing, NoticeCause, TenancyStart
from hfabm.state.world import World

OUTSIDE = (*HOMELESS, Housing.INSTITUTION)
"""Where a citizen can be without an own home."""
NEAR = 0.5
"""Share of what a landlord puts up with, in rent owed or complaints, from which a home counts as in trouble."""


class Cell(IntEnum):
    """Who is in a dwelling; later ones hide earlier ones."""

    ORDINARY = 0
    """An ordinary tenant, who is not simulated as a person."""
    VACANT = 1
    CLAIMED = 2
    """Vacant, and taken by the municipality with its right of allocation."""
    AT_RISK = 3
    """A citizen at risk, on their own."""
    SUPPORTED = 4
    """A citizen with a support case, or placed by Housing First."""
    TROUBLE = 5
    """A citizen under notice, or who owes or is complained of so much that notice is near."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What there is to see at the end of a week.

    Arrays are bytes in the order of the machine, as a canvas takes them.

    Attributes:
        week: Number of the week; -1 before the first.
        day: Its Monday.
        dwellings: Dwellings there are now; the first so many places of the plan.
        states: A `Cell` for each of them, uint8.
        marks: Dwelling rows where something happened this week, uint32, by the value of a `Mark`.
        outside: Rows of citizens without an own home, uint32, by name of the `Housing` state.
        estates: By name of what is counted, a uint16 for each estate of the plan: `vacant`, `claimed`,
            `at_risk` (all citizens at home there), `supported`, `trouble` (both of these among them).
        numbers: The week's figures by name; empty before the first week.
        done: The horizon has been reached.
    """

    week: int
    day: date
    dwellings: int
    states: bytes
    marks: Mapping[str, bytes]
    outside: Mapping[str, bytes]
    estates: Mapping[str, bytes]
    numbers: Mapping[str, float] = field(default_factory=dict)
    done: bool = False


def frame(
    model: HousingFirstModel, start: int, estates: int, marks: Mapping[Mark, Array], numbers: Mapping[str, float]
) -> Frame:
    """The frame of a model's last week.

    Args:
        model: The model.
        start: Dwellings there were at the start: those built since are counted as the last estate of the plan.
        estates: Estates of the plan.
        marks: Tenancy rows of the week's events.
        numbers: The week's figures.
    """
    world, week = model.world, model.week
    number = -1 if week is None else week.number
    states = cells(world, 1.0 if week is None else week.price_level)
    return Frame(
        week=number,
        day=model.today,
        dwellings=world.dwellings.size,
        states=states.tobytes(),
        marks=on_dwellings(world, number, marks),
        outside=outside(world),
        estates=by_estate(world, states, start, estates),
        numbers=numbers,
        done=not model.running,
    )


def cells(world: World, price_level: float) -> Array:
    """A `Cell` for each dwelling, uint8.

    Args:
        world: What is true.
        price_level: Prices of the week relative to the base year.
    """
    d, c, t = world.dwellings, world.citizens, world.tenancies
    tenant = d.tenant
    states = np.zeros(d.size, np.uint8)
    vacant = np.flatnonzero(tenant == NOBODY)
    states[vacant] = np.where(d.claimed_week[vacant] > d.vacant_since_week[vacant], Cell.CLAIMED, Cell.VACANT)
    homes = np.flatnonzero(tenant >= 0)
    who = tenant[homes]
    tenancy = c.tenancy_row[who]
    supported = (c.case_row[who] >= 0) | (t.how[tenancy] == TenancyStart.HOUSING_FIRST)
    states[homes] = np.where(supported, Cell.SUPPORTED, Cell.AT_RISK)
    states[homes[in_trouble(world, tenancy, price_level)]] = Cell.TROUBLE
    return states


def in_trouble(world: World, tenancies: Array, price_level: float) -> Array:
    """Which of some running tenancies are under notice, or have used up half of their landlord's patience."""
    d, o, t = world.dwellings, world.landlords, world.tenancies
    owner = t.landlord_row[tenancies]
    rent_week = d.rent_dkk_month[t.dwelling_row[tenancies]] * (price_level * MONTHS_PER_WEEK)
    owed, complaints = t.arrears_dkk[tenancies], t.complaints[tenancies]
    owes = (owed > 0.0) & (owed >= NEAR * o.patience_weeks[owner] * rent_week)
    heard = (complaints > 0.0) & (complaints >= NEAR * o.tolerance[owner])
    found: Array = owes | heard | (t.notice_cause[tenancies] != NoticeCause.NONE)
    return found


def outside(world: World) -> dict[str, bytes]:
    """Rows of citizens without an own home, uint32, by name of where they are."""
    c = world.citizens
    live = c.live
    housing = c.housing[live]
    return {place.name: live[housing == place].astype(np.uint32).tobytes() for place in OUTSIDE}


def by_estate(world: World, states: Array, start: int, estates: int) -> dict[str, bytes]:
    """How many dwellings of each kind an estate has, uint16 for each estate of the plan."""
    estate = world.dwellings.estate_row
    if states.size > start:
        estate = estate.copy()
        estate[start:] = estates - 1
    kinds = np.bincount(estate * len(Cell) + states, minlength=estates * len(Cell)).reshape(estates, len(Cell))
    counts = {
        "vacant": kinds[:, Cell.VACANT] + kinds[:, Cell.CLAIMED],
        "claimed": kinds[:, Cell.CLAIMED],
        "at_risk": kinds[:, Cell.AT_RISK :].sum(axis=1),
        "supported": kinds[:, Cell.SUPPORTED],
        "trouble": kinds[:, Cell.TROUBLE],
    }
    return {name: count.astype(np.uint16).tobytes() for name, count in counts.items()}
