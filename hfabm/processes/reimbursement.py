"""Reimbursement: which shelter days and which support the state co-pays, under the law of the day.

Weekly, after `moves`, before `spending`.  Days count per citizen and running year from the first admission;
a week that crosses the turn of a running year is split by days.  The clock of support starts with the first
discharge, if the decision was taken before it, and is not restarted inside its window.
"""

from __future__ import annotations

from hfabm.calendar import DAYS, NEVER, Week
from hfabm.engine.kernel import formula
from hfabm.engine.rule import rule
from hfabm.parameters.law import RefundLaw
from hfabm.processes.process import Phase, Process
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing, SupportMethod


@formula
def refunded(nights: int, used_days: int, cap_days: int) -> int:
    """Days of a stay that the state co-pays.

    Args:
        nights: Nights of the stay inside the running year [days].
        used_days: § 110 days of that year before them [days].
        cap_days: Days of a running year that are co-paid [days].

    Returns:
        Co-paid days, between 0 and `nights`.

    >>> refunded(30, 100, 120)
    20
    """
    return max(0, min(used_days + nights, cap_days) - min(used_days, cap_days))


@rule
def count_shelter_days(me: Citizen, week: Week, law: RefundLaw) -> None:
    """Count § 110 days in the running year and those that are co-paid."""
    today = DAYS * week.number
    me.refunded_days = 0
    if me.running_year_day != NEVER and today - me.running_year_day >= law.running_year_days:
        me.running_year_day = NEVER
        me.shelter_days = 0
    if me.housing != Housing.SHELTER:
        return
    if not law.days_counted:
        me.refunded_days = DAYS
        return
    if me.running_year_day == NEVER:
        me.running_year_day = today
    inside = min(DAYS, law.running_year_days - (today - me.running_year_day))
    me.refunded_days = refunded(inside, me.shelter_days, law.shelter_days)
    me.shelter_days += inside
    if inside < DAYS:
        me.running_year_day += law.running_year_days
        me.shelter_days = DAYS - inside
        me.refunded_days += refunded(DAYS - inside, 0, law.shelter_days)


@rule
def run_refund_clock(me: Citizen, week: Week, law: RefundLaw) -> None:
    """Start the clock at the first discharge and see whether support is co-paid this week."""
    running = me.refund_clock_week != NEVER and DAYS * (week.number - me.refund_clock_week) < law.support_days
    if me.left_shelter_week == week.number - 1 and law.support_days > 0 and not running:
        decided = me.decided_week != NEVER and me.decided_week < week.number
        if decided or not law.decision_before_discharge:
            me.refund_clock_week = week.number
            running = True
    me.support_refunded = running and me.method >= SupportMethod.CTI


class Reimbursement(Process):
    """Days and support that the state co-pays."""

    name = "refund_law"
    phase = Phase.ACCOUNT
    parameters = RefundLaw
    rules = (count_shelter_days, run_refund_clock)
