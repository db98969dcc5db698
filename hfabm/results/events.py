"""Every tenancy, stay, referral, case and citizen of a run as a table, with codes in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from hfabm.calendar import NEVER
from hfabm.engine.table import Array, Column
from hfabm.results.names import in_words
from hfabm.state.citizens import Citizen
from hfabm.state.institutions import ShelterStay
from hfabm.state.papers import Case, Referral
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import World
from hfabm.units import Unit


def events(row_class: type, world: World) -> pd.DataFrame:
    """All rows of one table; a week that never was is empty, a code is its name."""
    table = world.table(row_class)
    columns = {name: column for name, column in table.columns.items() if column.width == 1}
    return pd.DataFrame({"row": range(len(table))} | {n: _values(c, getattr(table, n)) for n, c in columns.items()})


def _values(column: Column[object], array: Array) -> object:
    if column.codes is not None:
        words = [member.name.lower() for member in column.codes]
        numbers = {int(member): k for k, member in enumerate(column.codes)}
        return in_words([numbers[int(code)] for code in array], words)
    if column.unit is Unit.WEEK:
        return pd.array([None if week == NEVER else int(week) for week in array], dtype="Int32")
    return array.copy()


EVENTS: dict[str, Callable[[World], pd.DataFrame]] = {
    "tenancies": partial(events, Tenancy),
    "stays": partial(events, ShelterStay),
    "referrals": partial(events, Referral),
    "cases": partial(events, Case),
    "citizens": partial(events, Citizen),
}
"""The tables of events, by name."""
