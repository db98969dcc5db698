"""Referrals (indstillinger) and support cases: what the administration keeps on file; never deleted."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import code, integer, large, link, real
from hfabm.state.codes import NOBODY, ReferralState, SupportMethod, Track
from hfabm.units import Unit


class Referral(Row):
    """An open or closed request for a home."""

    citizen_row = integer(NOBODY, Unit.ROW, "Citizen.")
    citizen = link("citizen_row", "Citizen")
    citizen_uid = large(-1, Unit.IDENTITY, "Identity of the citizen.")
    municipality_row = integer(NOBODY, Unit.ROW, "Municipality.")
    track = code(Track.HOUSING_FIRST, "Way to a home.")
    opened_week = integer(NEVER, Unit.WEEK, "Week it was made.")
    offers_from_week = integer(NEVER, Unit.WEEK, "Week from which offers can be made.")
    urgency = real(0.0, Unit.SCORE, "Place in the order: higher first.")

    # `referral`
    closed_week = integer(NEVER, Unit.WEEK, "Week it was closed.")
    state = code(ReferralState.OPEN, "What became of it.")


class Case(Row):
    """A support case: one citizen with one team."""

    citizen_row = integer(NOBODY, Unit.ROW, "Citizen.")
    citizen = link("citizen_row", "Citizen")
    citizen_uid = large(-1, Unit.IDENTITY, "Identity of the citizen.")
    team_row = integer(NOBODY, Unit.ROW, "Team.")
    method = code(SupportMethod.ICM, "Method.")
    first_week = integer(NEVER, Unit.WEEK, "First week.")

    # `support`
    last_week = integer(NEVER, Unit.WEEK, "Last week; NEVER while open.")
