"""Landlords, social caretakers, support teams, shelters: the institutions that decide."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import code, flag, integer, large, link, real
from hfabm.state.codes import NOBODY, Housing, SupportMethod
from hfabm.units import Unit


class Landlord(Row):
    """A social housing organisation (almen boligorganisation) or a private owner."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality.")
    municipality = link("municipality_row", "Municipality")
    social = flag("A social housing organisation.")
    dwellings = integer(0, Unit.DWELLINGS, "Dwellings it lets.")

    # `decisions`, from `Landlord.decide`
    accepts = real(0.5, Unit.PROBABILITY, "Chance that it accepts a referred citizen of moderate need.")
    patience_weeks = real(8.0, Unit.WEEKS, "Weeks of rent owed before it serves notice.")
    tolerance = real(3.0, Unit.COUNT, "Complaints before it serves notice.")

    # `experience`
    experience = real(0.0, Unit.SCORE, "What it remembers of referred tenants: good above 0, bad below.")
    heard = real(0.0, Unit.SCORE, "What acquainted landlords tell.")
    seen_tenancies = integer(0, Unit.COUNT, "Running tenancies of referred citizens.")


class SocialCaretaker(Row):
    """A social caretaker (social vicevært), employed by the municipality or a landlord."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality.")
    municipality = link("municipality_row", "Municipality")
    by_municipality = flag("Employed by the municipality; else by the landlord.")
    turn = integer(0, Unit.COUNT, "How many of the municipality's posts are filled before this one.")
    dwellings = integer(0, Unit.DWELLINGS, "Dwellings covered.")

    # `decisions`, from `SocialCaretaker.decide`
    visits_per_week = real(5.0, Unit.COUNT, "Tenancies it can attend in a week.")
    weeks_owed_seen = real(2.0, Unit.WEEKS, "Weeks of rent owed at which it steps in.")
    complaints_seen = real(1.0, Unit.COUNT, "Complaints at which it steps in.")


class Team(Row):
    """A support team (bostøtteteam) of one method."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality.")
    municipality = link("municipality_row", "Municipality")
    method = code(SupportMethod.ICM, "Method it works by.")

    # `decisions`, from `Team.decide`
    takes_up_to = real(10.0, Unit.CASES_PER_WORKER, "Cases per caseworker above which it takes no more.")

    # `staffing`
    workers = real(0.0, Unit.WORKERS, "Caseworkers in post.")
    new_workers_share = real(0.0, Unit.SHARE, "Share of relations broken by turnover, mending.")

    # `support`
    cases = integer(0, Unit.COUNT, "Open cases.")

    # `reimbursement`
    below_floor = flag("Too many cases or too little fidelity for its support to be co-paid.")


class Shelter(Row):
    """A place with beds: § 110 shelter, night shelter, hotel, transitional dwellings, § 107/108 home."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality whose citizens it serves.")
    kind = code(Housing.SHELTER, "Housing state of those who stay there.")
    step = integer(0, Unit.SCORE, "Step of the staircase: 1 shelter, 2 transitional, 3 training dwelling.")
    elsewhere = flag("Lies in another municipality.")
    price_dkk_day = real(0.0, Unit.DKK_DAY, "Own price of a day in prices of the base year; 0 the common price.")
    places = integer(0, Unit.PLACES, "Places it was built for.")

    # `decisions`, from `Shelter.decide`
    beds = integer(0, Unit.PLACES, "Places open this week.")
    pushes_out = real(0.0, Unit.PER_WEEK, "Extra chance a week of discharge for those ready to move.")

    # `moves`
    residents = integer(0, Unit.PERSONS, "People staying there.")
    turned_away = integer(0, Unit.PERSONS, "People turned away at the door this week.")


class ShelterStay(Row):
    """One stay of one citizen, from week to week."""

    citizen_row = integer(NOBODY, Unit.ROW, "Citizen.")
    citizen_uid = large(-1, Unit.IDENTITY, "Identity of the citizen.")
    shelter_row = integer(NOBODY, Unit.ROW, "Where.")
    kind = code(Housing.SHELTER, "Kind of place.")
    first_week = integer(NEVER, Unit.WEEK, "First week.")
    last_week = integer(NEVER, Unit.WEEK, "Last week; NEVER while it lasts.")
