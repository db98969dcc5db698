"""Caretaking: social caretakers attend to tenants who owe rent or are complained about.

Weekly, after `disturbance` and before `eviction`.  A caretaker covers the dwellings of some estates, sees
what is above its thresholds, and attends to the most pressing first, as many as a week allows.  A visit
can bring a repayment plan, mediates with neighbours, and calls the support team where nobody helps yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.calendar import MONTHS_PER_WEEK, Week
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.dwellings import Dwelling, Estate
from hfabm.state.institutions import SocialCaretaker
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

PLAN = question("caretaking.plan")


@dataclass(frozen=True, slots=True)
class CaretakingParameters:
    """Numbers that only this process reads."""

    plan_agreed: float = parameter(
        0.5, Unit.PROBABILITY, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance that a visit to a tenant in arrears ends in a repayment plan.",
    )
    plan_weeks: float = parameter(
        39.0, Unit.WEEKS, 4.0, 104.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks a repayment plan lasts.",
    )
    weeks_between_visits: float = parameter(
        4.0, Unit.WEEKS, 1.0, 26.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks before the same tenant is attended again.",
    )


@kernel
def attend(
    tenancies: Array, end: Array, dwelling_row: Array, estate_row: Array, estate_caretaker: Array,
    citizen_row: Array, case_row: Array, uid: Array, arrears: Array, complaints: Array, rent: Array,
    attended_week: Array, plan_until: Array, called_week: Array,
    visits: Array, owed_seen: Array, complaints_seen: Array, caretakers: int,
    key: Any, week: int, p: tuple[float, ...],
) -> None:
    """Let each caretaker attend to the most pressing tenancies it can see."""
    plan_agreed, plan_weeks, between, rent_weeks = p
    who = np.empty(tenancies.size, np.int64)
    pressing = np.empty(tenancies.size, np.float64)
    count = 0
    for t in tenancies:
        if end[t] != 0 or (arrears[t] <= 0.0 and complaints[t] <= 0.0) or week - attended_week[t] < between:
            continue
        home = dwelling_row[t]
        keeper = estate_caretaker[estate_row[home]]
        if keeper < 0 or visits[keeper] <= 0.0:
            continue
        owed = arrears[t] / (rent[home] * rent_weeks)
        if owed >= owed_seen[keeper] or complaints[t] >= complaints_seen[keeper]:
            who[count] = t
            pressing[count] = -(owed / owed_seen[keeper] + complaints[t] / complaints_seen[keeper])
            count += 1
    left = visits[:caretakers].copy()
    order = np.argsort(pressing[:count], kind="mergesort")
    for i in range(count):
        t = who[order[i]]
        keeper = estate_caretaker[estate_row[dwelling_row[t]]]
        if left[keeper] < 1.0:
            continue
        left[keeper] -= 1.0
        attended_week[t] = week
        if arrears[t] > 0.0 and uniform(key, PLAN, uid[t]) < plan_agreed:
            plan_until[t] = week + int(plan_weeks)
        if case_row[citizen_row[t]] < 0:
            called_week[t] = week


class Caretaking(Process):
    """Social caretakers on their rounds."""

    name = "caretaking"
    phase = Phase.PRESSURE
    parameters = CaretakingParameters
    kernel_reads = frozenset({
        Tenancy.end, Tenancy.dwelling_row, Dwelling.estate_row, Estate.caretaker_row, Tenancy.citizen_row,
        Citizen.case_row, Tenancy.citizen_uid, Tenancy.arrears_dkk, Tenancy.complaints, Dwelling.rent_dkk_month,
        SocialCaretaker.visits_per_week, SocialCaretaker.weeks_owed_seen, SocialCaretaker.complaints_seen,
    })
    kernel_writes = frozenset({Tenancy.attended_week, Tenancy.plan_until_week, Tenancy.support_called_week})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """One week's visits."""
        t, d, k = world.tenancies, world.dwellings, world.social_caretakers
        attend(
            t.live, t.end, t.dwelling_row, d.estate_row, world.estates.caretaker_row,
            t.citizen_row, world.citizens.case_row, t.citizen_uid, t.arrears_dkk, t.complaints, d.rent_dkk_month,
            t.attended_week, t.plan_until_week, t.support_called_week,
            k.visits_per_week, k.weeks_owed_seen, k.complaints_seen, k.size,
            np.uint64(week.key), week.number,
            (p.plan_agreed, p.plan_weeks, p.weeks_between_visits, MONTHS_PER_WEEK * week.price_level),
        )
