"""Tenancies (lejemål): a citizen in a dwelling, from week to week; never deleted."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import Array, Table, code, flag, integer, large, link, real
from hfabm.state.codes import NOBODY, NoticeCause, TenancyEnd, TenancyStart
from hfabm.units import Unit

VISIT_WORKS_WEEKS = 13
"""Weeks for which a social caretaker's visit tells; assumed."""


class Tenancy(Row):
    """One home, seen the way a caseworker sees it."""

    # first values by `moves`
    citizen_row = integer(NOBODY, Unit.ROW, "Tenant.")
    citizen = link("citizen_row", "Citizen")
    citizen_uid = large(-1, Unit.IDENTITY, "Identity of the tenant; luck hangs on it.")
    municipality_row = integer(NOBODY, Unit.ROW, "Municipality the dwelling lies in.")
    dwelling_row = integer(NOBODY, Unit.ROW, "Dwelling.")
    dwelling = link("dwelling_row", "Dwelling")
    landlord_row = integer(NOBODY, Unit.ROW, "Landlord.")
    landlord = link("landlord_row", "Landlord")
    start_week = integer(NEVER, Unit.WEEK, "Week of moving in.")
    how = code(TenancyStart.INITIAL, "How it came about.")
    need_at_start = integer(0, Unit.SCORE, "Mental illness plus substance use on moving in, 0 to 4.")
    skills_at_start = real(0.0, Unit.SHARE, "Living skills on moving in.")
    ties_at_start = real(0.0, Unit.SHARE, "Social ties on moving in.")
    age_at_start = integer(0, Unit.YEARS, "Age on moving in.")
    weeks_waited = integer(0, Unit.WEEKS, "Weeks from need to home; 0 where the municipality had no part.")
    weeks_from_referral = integer(0, Unit.WEEKS, "Weeks from referral to home; 0 where there was none.")
    weeks_homeless_before = integer(0, Unit.WEEKS, "Weeks of the spell that the tenancy ended.")

    # `moves`
    end_week = integer(NEVER, Unit.WEEK, "Week it ended.")
    end = code(TenancyEnd.RUNNING, "Why it ended.")

    # `arrears`
    arrears_dkk = real(0.0, Unit.DKK, "Rent owed, at current prices.")
    missed_weeks = integer(0, Unit.WEEKS, "Weeks of rent missed so far.")

    # `disturbance`
    disturbs = flag("The tenant is in a crisis that neighbours hear this week.")
    complaints = real(0.0, Unit.COUNT, "Complaints (naboklager) that the landlord remembers; decaying.")

    # `caretaking`
    attended_week = integer(NEVER, Unit.WEEK, "Latest visit of the social caretaker.")
    plan_until_week = integer(NEVER, Unit.WEEK, "Repayment plan (afdragsordning) in force until.")
    support_called_week = integer(NEVER, Unit.WEEK, "Latest week the caretaker called the support team.")

    # `eviction`
    notice_week = integer(NEVER, Unit.WEEK, "Week notice was served (ophævelse).")
    notice_cause = code(NoticeCause.NONE, "What the notice is for.")
    notices = integer(0, Unit.COUNT, "Notices so far.")
    prevented = flag("The municipality settles the notice this week (forebyggelse).")
    evicted = flag("The bailiff puts the tenant out this week (udsættelse).")

    # `breakdown`
    breaks_down = flag("The tenant gives up or leaves the home this week.")

    @classmethod
    def alive(cls, table: Table, rows: Array, week: int) -> Array:
        """Those that run, or ended this week."""
        running: Array = table.end[rows] == TenancyEnd.RUNNING
        now: Array = table.end_week[rows] == week
        return running | now

    @property
    def running(self) -> bool:
        """Not ended."""
        return self.end == TenancyEnd.RUNNING

    @property
    def under_notice(self) -> bool:
        """Notice served and neither settled nor carried out."""
        return self.notice_week != NEVER
