"""Referrals (indstillinger) and support cases: what the administration keeps on file; never deleted."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import code, integer, large, link, real
from hfabm.state.codes import NOBODY, Need, Origin, ReferralState, SupportMethod, Track
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


class Reckoning(Row):
    """What a municipality reckoned in one quarter for one kind of citizen in need of a home.

    Amounts are expected kroner for one citizen over the municipality's horizon, at the prices of the week.
    """

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality.")
    week = integer(NEVER, Unit.WEEK, "Week of the budget.")
    need = code(Need.LOW, "Complexity of needs.")
    origin = code(Origin.SHELTER, "Where the citizen is, as far as refunds go.")
    people = integer(0, Unit.PERSONS, "Citizens of this kind now.")
    seen = integer(0, Unit.PERSONS, "Citizens of its own that its expectation of nights rests on.")
    method = code(SupportMethod.ICM, "Support that would be given.")
    nights = real(0.0, Unit.DAYS_PER_YEAR, "§ 110 nights expected in the first year without a home.")
    beyond = real(0.0, Unit.DAYS_PER_YEAR, "Of these, nights beyond the limit of the refund.")
    night_dkk = real(0.0, Unit.DKK_DAY, "Net price of a § 110 night before refunds.")
    homeless_dkk = real(0.0, Unit.DKK, "Shelter and other beds, if left without a home, after refunds.")
    support_dkk = real(0.0, Unit.DKK, "Support in a home, before refunds.")
    refund_dkk = real(0.0, Unit.DKK, "Refund of it, and bonuses.")
    allocation_dkk = real(0.0, Unit.DKK, "Referral, empty weeks, fitting-out and guarantee.")
    relapse_dkk = real(0.0, Unit.DKK, "Shelter and other beds of placements that do not hold.")
    held = real(0.0, Unit.SHARE, "Placements expected to hold a year.")
    gain_dkk_year = real(0.0, Unit.DKK_YEAR, "What a home saves it a year, over the horizon; a loss below 0.")
    break_even_nights = real(0.0, Unit.DAYS_PER_YEAR, "Nights a year above which support in a home costs it less.")
    leans = real(0.0, Unit.SHARE, "Where the sums alone would take it: -1 nothing to 1 twice the plan.")
    target = real(1.0, Unit.RATIO, "Effort it aims at: with politics, neighbours and budget.")
    effort = real(1.0, Unit.RATIO, "Effort after this quarter's step.")


class Decision(Row):
    """What a municipality decided in one quarter, after its sums; amounts at the prices of the week."""

    municipality_row = integer(NOBODY, Unit.ROW, "Municipality.")
    week = integer(NEVER, Unit.WEEK, "Week of the budget.")
    commitment = real(1.0, Unit.SHARE, "How far politics holds to the plan.")
    sensitivity = real(1.0, Unit.DKK_YEAR, "Gain a year that alone moves it 63 % of the way.")
    wait_weeks = real(0.0, Unit.WEEKS, "Weeks from referral to home that it expects.")
    home_weeks = real(0.0, Unit.WEEKS, "Weeks from known need to home that it expects.")
    limit_days = integer(-1, Unit.DAYS_PER_YEAR, "§ 110 nights a year that are co-paid; -1 where none are counted.")
    horizon_years = integer(0, Unit.YEARS, "Years ahead that the sums look.")
    allocation_share = real(0.0, Unit.SHARE, "Share of vacant affordable dwellings taken for referrals.")
    private_places = real(0.0, Unit.DWELLINGS_PER_YEAR, "Private dwellings bought access to in a year.")
    workers_cti = real(0.0, Unit.WORKERS, "Caseworkers wanted, CTI.")
    workers_icm = real(0.0, Unit.WORKERS, "Caseworkers wanted, ICM.")
    workers_act = real(0.0, Unit.WORKERS, "Caseworkers wanted, ACT.")
    caretakers = real(0.0, Unit.PERSONS, "Social caretakers wanted in post.")
    prevention = real(0.0, Unit.PER_WEEK, "Chance a week that it settles a notice.")
    effort_housing = real(1.0, Unit.RATIO, "Effort on dwellings, of what is planned.")
    effort_cti = real(1.0, Unit.RATIO, "Effort on posts of CTI.")
    effort_icm = real(1.0, Unit.RATIO, "Effort on posts of ICM.")
    effort_act = real(1.0, Unit.RATIO, "Effort on posts of ACT.")
    effort_caretakers = real(1.0, Unit.RATIO, "Effort on caretakers.")
    effort_prevention = real(1.0, Unit.RATIO, "Effort on prevention.")
    detour_low = real(0.0, Unit.SHARE, "Citizens of low need asked to go through a shelter first.")
    detour_moderate = real(0.0, Unit.SHARE, "Citizens of moderate need asked so.")
    detour_complex = real(0.0, Unit.SHARE, "Citizens of complex need asked so.")
    worth_low = real(0.0, Unit.DKK_YEAR, "What a year of support saves it, low need.")
    worth_moderate = real(0.0, Unit.DKK_YEAR, "The same, moderate need.")
    worth_complex = real(0.0, Unit.DKK_YEAR, "The same, complex need.")


class Case(Row):
    """A support case: one citizen with one team."""

    citizen_row = integer(NOBODY, Unit.ROW, "Citizen.")
    citizen = link("citizen_row", "Citizen")
    citizen_uid = large(-1, Unit.IDENTITY, "Identity of the citizen.")
    team_row = integer(NOBODY, Unit.ROW, "Team.")
    team = link("team_row", "Team")
    method = code(SupportMethod.ICM, "Method.")
    first_week = integer(NEVER, Unit.WEEK, "First week.")

    # `support`
    last_week = integer(NEVER, Unit.WEEK, "Last week; NEVER while open.")
