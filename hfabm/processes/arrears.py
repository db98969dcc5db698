"""Arrears: tenants miss rent, owe it, and pay it back.

Weekly, after `income` and before `eviction`.  Missing rent is logistic in the share of income that rent
takes, illness, use, skills, support and the caretaker; who owes already is likelier to miss again.
A repayment plan (afdragsordning) pays back faster.  Not modelled: collection by other creditors.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import MONTHS_PER_WEEK, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import logistic, luck, question
from hfabm.state.tenancies import VISIT_WORKS_WEEKS, Tenancy
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

MISS_RENT = question("arrears.miss_rent")


@dataclass(frozen=True, slots=True)
class ArrearsParameters:
    """Numbers that only this process reads."""

    base: float = parameter(
        -5.6, Unit.LOG_ODDS, -9.0, -2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Log-odds a week of missing rent: no needs, half skills, no debt, rent a third of income.",
    )
    rent_burden: float = parameter(
        3.0, Unit.LOG_ODDS, 0.0, 8.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with the share of income that rent takes above a third (at most by a half).",
    )
    needs: float = parameter(
        0.45, Unit.LOG_ODDS, 0.0, 1.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per step of mental illness or substance use.",
    )
    skills: float = parameter(
        1.2, Unit.LOG_ODDS, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall from no to full living skills.",
    )
    debt: float = parameter(
        0.4, Unit.LOG_ODDS, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with debt from a home lost before.",
    )
    support: float = parameter(
        1.4, Unit.LOG_ODDS, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall with full support.",
    )
    caretaker: float = parameter(
        0.6, Unit.LOG_ODDS, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall for a quarter of a year after a visit of the social caretaker.",
    )
    persistence: float = parameter(
        2.6, Unit.LOG_ODDS, 0.0, 5.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise where rent is owed already.",
    )
    repaid: float = parameter(
        0.12, Unit.SHARE, 0.0, 0.3, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of income paid back in a week without a new miss.",
    )
    repaid_in_plan: float = parameter(
        0.2, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of income paid back in a week under a repayment plan.",
    )


@rule
def miss_or_pay_rent(home: Tenancy, week: Week, p: ArrearsParameters) -> None:
    """Owe a week's rent more, or pay back."""
    if not home.running:
        return
    u = luck(week, MISS_RENT, home.citizen_uid)
    # most weeks nothing can happen to someone who owes nothing: then look no closer
    if home.arrears_dkk <= 0.0 and u >= logistic(p.base + 4.0 * p.needs + 0.5 * (p.skills + p.rent_burden) + p.debt):
        return
    me = home.citizen
    in_plan = week.number < home.plan_until_week
    x = p.base + p.needs * (me.mental_illness + me.substance_use) - p.skills * (me.skills - 0.5)
    x += p.rent_burden * min(0.5, max(0.0, me.rent_share - 0.33)) - p.support * me.dose
    if me.debt_dkk > 0.0:
        x += p.debt
    if week.number - home.attended_week <= VISIT_WORKS_WEEKS:
        x -= p.caretaker
    if home.arrears_dkk > 0.0 and not in_plan:
        x += p.persistence
    if u < logistic(x):
        home.arrears_dkk += home.dwelling.rent_dkk_month * week.price_level * MONTHS_PER_WEEK
        home.missed_weeks += 1
    elif home.arrears_dkk > 0.0:
        share = p.repaid_in_plan if in_plan else p.repaid
        home.arrears_dkk = max(0.0, home.arrears_dkk - share * me.income_dkk_month * MONTHS_PER_WEEK)


class Arrears(Process):
    """Unpaid rent."""

    name = "arrears"
    phase = Phase.PRESSURE
    parameters = ArrearsParameters
    rules = (miss_or_pay_rent,)
