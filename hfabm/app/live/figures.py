"""The figures of a week: the model's own metrics, as it recorded them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from hfabm.metrics.record import MILLION, PUBLIC, Record
from hfabm.model import HousingFirstModel
from hfabm.state.ledger import Party
from hfabm.state.world import World

PAYERS: Mapping[str, tuple[Party, ...]] = {
    "municipal_cost": (Party.MUNICIPALITY,),
    "state_cost": (Party.STATE,),
    "regional_cost": (Party.REGION,),
    "public_cost": PUBLIC,
}
"""Net payments of the week, by name [DKK, prices of the base year]."""
ACCEPTANCE = "landlords_accept"
"""Chance that a landlord accepts a referred citizen of moderate need: mean over dwellings."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A week in figures.

    Attributes:
        week: Number of the week.
        day: Its Monday.
        values: Every weekly metric by name, the payments of `PAYERS`, and `ACCEPTANCE`.
    """

    week: int
    day: date
    values: Mapping[str, float]


def figures(record: Record, world: World, week: int, day: date) -> Figures:
    """The figures of the week that was recorded last.

    Args:
        record: What was recorded.
        world: What is true at the end of that week.
        week: Its number.
        day: Its Monday.
    """
    values: dict[str, float] = {}
    for names, counts in (
        (record.group_metrics, record.by_group[week].sum(axis=0)),
        (record.municipal_metrics, record.by_municipality[week].sum(axis=0)),
    ):
        values.update(zip(names, map(float, counts.tolist()), strict=True))
    by_party = record.ledger[week].sum(axis=(0, 1))
    level = float(record.price_ppm[week]) / MILLION
    for name, parties in PAYERS.items():
        values[name] = -float(by_party[list(parties)].sum()) / 100.0 / level
    values[ACCEPTANCE] = acceptance(world)
    return Figures(week, day, values)


def acceptance(world: World) -> float:
    """Chance that a landlord accepts a referred citizen of moderate need, mean over dwellings."""
    o = world.landlords
    return float(np.average(o.accepts, weights=o.dwellings)) if o.dwellings.sum() else 0.0


def last_figures(model: HousingFirstModel) -> Figures | None:
    """The figures of a model's last week; None before the first."""
    week = model.week
    return None if week is None else figures(model.recorder, model.world, week.number, week.day)
