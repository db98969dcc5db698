"""Reimbursement: which shelter days and which support the state co-pays, under the law of the day.

Weekly, after `moves`, before `spending`.  Days count per citizen and running year from the first admission;
a week that crosses the turn of a running year is split by days.  The clock of support starts with the first
discharge, if the decision was taken before it or the way leads over a § 107 home, and is not restarted
inside its window.  Laws that reward prevention, or homes for those who never saw a shelter, start it with
the home.  Where the law asks for a floor, teams below it earn no refund.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.calendar import DAYS, NEVER, WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import formula
from hfabm.engine.rule import rule
from hfabm.parameters.law import RefundLaw
from hfabm.processes.process import Phase, Process
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing, Sector, SupportMethod
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Team
from hfabm.state.municipalities import Municipality
from hfabm.state.world import Lent

# columns are listed several to a line
# fmt: off

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
    if law.elsewhere_state > 0.0 and me.place.elsewhere:
        return
    if me.running_year_day == NEVER:
        me.running_year_day = today
    limit = law.shelter_days + me.municipality.extra_days
    inside = min(DAYS, law.running_year_days - (today - me.running_year_day))
    me.refunded_days = refunded(inside, me.shelter_days, limit)
    me.shelter_days += inside
    if inside < DAYS:
        me.running_year_day += law.running_year_days
        me.shelter_days = DAYS - inside
        me.refunded_days += refunded(DAYS - inside, 0, limit)


@rule
def see_floor(team: Team, week: Week, law: RefundLaw) -> None:
    """Too many cases in a team, or too little fidelity, for a refund?  One case too many is no breach."""
    crowded = law.floor_caseload > 0.0 and team.cases - 1.0 > law.floor_caseload * team.workers
    team.below_floor = crowded or team.municipality.individual_support < law.floor_fidelity


@rule
def run_refund_clock(me: Citizen, week: Week, law: RefundLaw) -> None:
    """Start the clock at the first discharge and see whether support is co-paid this week."""
    running = me.refund_clock_week != NEVER and DAYS * (week.number - me.refund_clock_week) < law.support_days
    if law.support_days > 0 and (not running or law.restarts_on_relapse):
        left = me.left_shelter_week == week.number - 1
        decided = me.decided_week != NEVER and me.decided_week < week.number
        in_time = decided or not law.decision_before_discharge or me.housing == Housing.INSTITUTION
        housed = me.refund_in_view and me.placed_week == week.number and not running
        if (left and in_time) or housed:
            me.refund_clock_week = week.number
            running = True
    if law.prevention and me.tenancy_row >= 0 and me.home.notice_week != NEVER:
        running = True
    me.support_refunded = running and me.method >= SupportMethod.CTI
    if me.support_refunded and me.case_row >= 0 and me.case.team.below_floor:
        me.support_refunded = False


class Reimbursement(Process):
    """Days and support that the state co-pays."""

    name = "refund_law"
    phase = Phase.ACCOUNT
    parameters = RefundLaw
    shares = ("vacancy", "housing_law")
    rules = (count_shelter_days, see_floor, run_refund_clock)
    kernel_reads = frozenset({
        Dwelling.municipality_row, Dwelling.rent_dkk_month, Dwelling.sector, Dwelling.vacant_since_week,
        Citizen.municipality_row, Citizen.housing,
    })
    kernel_writes = frozenset({Municipality.extra_days})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """The month's limits, then the rules."""
        if week.begins_month or week.number <= 0:
            self._lift_limits(world, week, p.days_for_shortage)
        super().step(world, week, p)

    def _lift_limits(self, world: Lent, week: Week, most: int) -> None:
        """More co-paid days where fewer cheap dwellings can be allocated in a year than people are homeless."""
        us, d, c = world.municipalities, world.dwellings, world.citizens
        us.extra_days[:] = 0
        if not most:
            return
        homes = slice(0, d.size)
        cheap = d.rent_dkk_month[homes] <= self.shared["vacancy"].cheap_rent
        fell = d.vacant_since_week[homes] > week.number - WEEKS_PER_YEAR
        social = d.sector[homes] == Sector.SOCIAL_FAMILY
        where = d.municipality_row[homes][cheap & fell & social]
        state = c.housing[c.live]
        homeless = (state != Housing.OWN_HOME) & (state != Housing.INSTITUTION) & (state < Housing.GONE)
        people = np.bincount(c.municipality_row[c.live][homeless], minlength=us.size)
        homes_a_year = self.shared["housing_law"].allocation_right * np.bincount(where, minlength=us.size)
        short = 1.0 - np.minimum(1.0, homes_a_year / np.maximum(1, people))
        us.extra_days[: us.size] = np.rint(most * short)
