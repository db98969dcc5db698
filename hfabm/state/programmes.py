"""Programmes: what the state gives each municipality that takes part, from when to when."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import integer, large, real
from hfabm.state.codes import NOBODY
from hfabm.units import Unit


class Programme(Row):
    """The part of one programme (projekt, pulje) that one municipality has.

    Money is in kroner of the programme's own price year; it is carried forward as it is paid.
    """

    number = integer(0, Unit.COUNT, "Which of the scenario's programmes it is, from 0.")
    municipality_row = integer(NOBODY, Unit.ROW, "Municipality that takes part.")
    first_week = integer(NEVER, Unit.WEEK, "First week in force.")
    last_week = integer(NEVER, Unit.WEEK, "Last week in force.")
    price_year = integer(0, Unit.YEAR, "Year whose prices the money is in.")
    grant_ore_week = large(0, Unit.ORE, "Grant a week.")
    cti_ore_week = large(0, Unit.ORE, "Part of it for further posts of CTI.")
    icm_ore_week = large(0, Unit.ORE, "Part of it for further posts of ICM.")
    act_ore_week = large(0, Unit.ORE, "Part of it for further posts of ACT.")
    ordinary_ore_week = large(0, Unit.ORE, "Part of it for further posts of ordinary § 85 support.")
    new_cheap = real(0.0, Unit.DWELLINGS_PER_YEAR, "New cheap dwellings.")
    rent_cut = real(0.0, Unit.DWELLINGS_PER_YEAR, "Dwellings whose rent is cut.")
    special = real(0.0, Unit.DWELLINGS_PER_YEAR, "New alternative dwellings (skæve boliger).")
