"""What happened this week, as marks on dwellings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from hfabm.engine.table import Array
from hfabm.state.codes import NoticeCause, TenancyEnd, TenancyStart
from hfabm.state.world import World


class Mark(StrEnum):
    """Something that happened in a dwelling this week."""

    PLACED = "placed"
    """A citizen moved in by the municipality's allocation (boligsocial anvisning)."""
    MOVED_IN = "moved_in"
    """A citizen moved in without it, or came into the population as a tenant here."""
    LOST = "lost"
    """A citizen was put out, or gave the home up."""
    NOTICE = "notice"
    """Notice was served (ophævelse)."""
    VISITED = "visited"
    """A social caretaker (social vicevært) came."""
    HEARD = "heard"
    """The tenant was in a crisis that neighbours heard."""
    COMPLAINT = "complaint"
    """Neighbours complained."""
    BUILT = "built"
    """The dwelling was taken into use."""


def marked(world: World, week: int, complained: Array) -> dict[Mark, Array]:
    """Tenancy rows of the week's events, by kind.

    Args:
        world: What is true at the end of the week.
        week: Its number.
        complained: Tenancy rows about which neighbours complained.
    """
    t = world.tenancies
    rows = t.live
    how, began = t.how[rows], t.start_week[rows] == week
    by_municipality = (how == TenancyStart.HOUSING_FIRST) | (how == TenancyStart.STAIRCASE)
    end = t.end[rows]
    lost = (t.end_week[rows] == week) & ((end == TenancyEnd.EVICTED) | (end == TenancyEnd.BROKE_DOWN))
    served = (t.notice_week[rows] == week) & (t.notice_cause[rows] != NoticeCause.NONE)
    return {
        Mark.PLACED: rows[began & by_municipality],
        Mark.MOVED_IN: rows[began & ~by_municipality],
        Mark.LOST: rows[lost],
        Mark.NOTICE: rows[served],
        Mark.VISITED: rows[t.attended_week[rows] == week],
        Mark.HEARD: rows[t.disturbs[rows] & ((end == TenancyEnd.RUNNING) | (t.end_week[rows] == week))],
        Mark.COMPLAINT: complained,
    }


def on_dwellings(world: World, week: int, tenancies: Mapping[Mark, Array]) -> dict[str, bytes]:
    """The same on dwelling rows, as uint32, with dwellings taken into use."""
    homes = world.tenancies.dwelling_row
    found = {mark.value: homes[rows].astype(np.uint32).tobytes() for mark, rows in tenancies.items()}
    found[Mark.BUILT.value] = np.flatnonzero(world.dwellings.built_week == week).astype(np.uint32).tobytes()
    return found
