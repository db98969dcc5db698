"""Dwellings that can be let, and the estates (afdelinger) they belong to."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import code, flag, integer, link, real
from hfabm.state.codes import NOBODY, OTHER, Sector
from hfabm.units import Unit


class Estate(Row):
    """A department of a housing organisation (afdeling), or a private landlord's houses."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality it lies in.")
    landlord_row = integer(NOBODY, Unit.ROW, "Landlord it belongs to.")
    landlord = link("landlord_row", "Landlord")
    first_dwelling_row = integer(0, Unit.ROW, "First of its dwellings, which are numbered in a row.")
    dwellings = integer(0, Unit.DWELLINGS, "Dwellings in it.")
    caretaker_row = integer(NOBODY, Unit.ROW, "Social caretaker who covers it (social vicevært).")


class Dwelling(Row):
    """One home that can be let; a node of the housing network."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality it lies in.")
    estate_row = integer(NOBODY, Unit.ROW, "Estate it belongs to.")
    estate = link("estate_row", "Estate")
    landlord_row = integer(NOBODY, Unit.ROW, "Landlord it belongs to.")
    stairwell = integer(0, Unit.IDENTITY, "Stairwell (opgang), numbered over all estates.")
    sector = code(Sector.SOCIAL_FAMILY, "Kind of dwelling.")
    built_week = integer(NEVER, Unit.WEEK, "Week it was taken into use.")

    # `supply`
    rent_dkk_month = real(0.0, Unit.DKK_MONTH, "Rent in prices of the base year.")

    # `vacancy`
    moves_out = flag("The ordinary tenant moves out this week.")

    # `allocation`, `letting`
    claimed_week = integer(NEVER, Unit.WEEK, "Week the municipality took it with its right of allocation.")
    let_to_other = flag("Let this week to someone from the ordinary waiting list.")

    # `moves`
    tenant = integer(OTHER, Unit.ROW, "Citizen row; -1 nobody; -2 an ordinary tenant.")
    vacant_since_week = integer(NEVER, Unit.WEEK, "Week it fell vacant.")

    # `disturbance`
    unrest = real(0.0, Unit.SCORE, "Disturbance by neighbours, decaying.")
