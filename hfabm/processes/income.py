"""Income: benefits of the day, jobs and education, housing benefit, what rent takes of it, and old debt.

Weekly, after `needs`.  Cash benefit (kontanthjælp) is law: dated amounts by age.  Wages, pensions and
rents are in prices of the base year and follow the price level.  Not modelled: single supplements,
sanctions, households of more than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hfabm.calendar import MONTHS_PER_WEEK, WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.parameters import wording
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.citizens import Citizen
from hfabm.state.codes import TenancyStart
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

WORK = question("income.work")


@dataclass(frozen=True, slots=True)
class IncomeParameters:
    """Numbers that only this process reads."""

    benefit_adult: float = parameter(
        {
            date(2009, 1, 1): 10500.0,
            date(2014, 1, 1): 10689.0,
            date(2016, 1, 1): 10968.0,
            date(2023, 1, 1): 11944.0,
            date(2024, 1, 1): 12326.0,
        },
        Unit.DKK_MONTH, 0.0, 25000.0, role=Role.LAW, source="P4.064 P4.065 P4.066 I25",
        means="Cash benefit a month before tax, 30 and over without children; the first known amount, of 2013, "
        "stands for the years before it.",
        says=wording.BENEFIT_ADULT,
    )
    benefit_young: float = parameter(
        {date(2009, 1, 1): 6800.0, date(2023, 1, 1): 7699.0},
        Unit.DKK_MONTH, 0.0, 25000.0, role=Role.LAW, source="P4.063",
        means="Cash or education benefit a month before tax, under 30; the amount before 2023 is assumed.",
        says=wording.BENEFIT_YOUNG,
    )
    early_pension: float = parameter(
        19500.0, Unit.DKK_MONTH, 0.0, 30000.0, role=Role.CONSTANT, source=ASSUMED, price_year=2023,
        means="Disability or old-age pension a month before tax.",
    )
    wage: float = parameter(
        23000.0, Unit.DKK_MONTH, 0.0, 60000.0, role=Role.CONSTANT, source=ASSUMED, price_year=2023,
        means="Pay or grant a month before tax for those in a job or in education, part time included.",
    )
    tax: float = parameter(
        0.28, Unit.SHARE, 0.0, 0.6, role=Role.CONSTANT, source=ASSUMED,
        means="Share of income that goes in tax.",
    )
    pension_age: float = parameter(
        66.0, Unit.YEARS, 60.0, 75.0, role=Role.CONSTANT, source=ASSUMED,
        means="Age from which everyone has a pension.",
    )
    housing_benefit: float = parameter(
        0.20, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of the rent that housing benefit (boligstøtte) and special support cover.",
    )
    rent_subsidy: float = parameter(
        0.0, Unit.DKK_MONTH, 0.0, 10000.0, role=Role.LEVER, source="I24", price_year=2023,
        means="Rent subsidy that the state pays to a placed citizen; one was passed for 2026, its amount per person "
        "was not found.",
    )
    debt_paid: float = parameter(
        0.03, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of income that goes to debt from a lost home.",
    )
    job_starts: float = parameter(
        0.06, Unit.PER_YEAR, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a year of starting a job or education, with full living skills and a home.",
    )
    support_leads_to_work: float = parameter(
        1.0, Unit.RATIO, 0.0, 5.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Extra starts with full support, relative to none.",
    )
    job_ends: float = parameter(
        0.25, Unit.PER_YEAR, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a year of losing job or education, per step of illness or use and one.",
    )
    job_ends_homeless: float = parameter(
        5.0, Unit.RATIO, 1.0, 20.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="How much faster it is lost in homelessness.",
    )


@rule
def work_or_not(me: Citizen, week: Week, p: IncomeParameters) -> None:
    """Start or lose a job or education."""
    if not me.present:
        return
    u = luck(week, WORK, me.uid) * WEEKS_PER_YEAR
    # most weeks nothing can happen: then look no closer
    if u >= max(2.5 * p.job_ends * p.job_ends_homeless, p.job_starts * (1.0 + p.support_leads_to_work)):
        return
    needs = me.mental_illness + me.substance_use
    if me.employed:
        ends = p.job_ends * (0.5 + 0.5 * needs)
        if me.homeless:
            ends = ends * p.job_ends_homeless
        if u < ends:
            me.employed = False
    elif me.at_home:
        me.employed = u < p.job_starts * me.skills * (1.0 + p.support_leads_to_work * me.dose)


@rule
def carry_debt(me: Citizen, week: Week, p: IncomeParameters) -> None:
    """What was owed when a home was lost stays with the person, and is paid off slowly."""
    if not me.present:
        return
    last_week = week.number - 1
    if me.lost_tenancy_row >= 0 and me.housing_since_week == last_week and me.lost_home.end_week == last_week:
        me.debt_dkk += me.lost_home.arrears_dkk
    elif me.debt_dkk > 0.0:
        me.debt_dkk = max(0.0, me.debt_dkk - p.debt_paid * me.income_dkk_month * MONTHS_PER_WEEK)


@rule
def receive_income(me: Citizen, week: Week, p: IncomeParameters) -> None:
    """Income, and the share of it that rent takes: once a month, and on entering or changing place."""
    if not me.present:
        return
    if not week.begins_month and me.income_dkk_month > 0.0 and week.number - me.housing_since_week > 1:
        return
    age = (week.number - me.birth_week) / WEEKS_PER_YEAR
    if me.employed:
        gross = p.wage * week.price_level
    elif age >= p.pension_age or (age >= 40.0 and me.mental_illness + me.substance_use >= 3):
        gross = p.early_pension * week.price_level
    elif age < 30.0:
        gross = p.benefit_young
    else:
        gross = p.benefit_adult
    me.income_dkk_month = gross * (1.0 - p.tax)
    if me.tenancy_row < 0:
        me.rent_share = 0.0
        return
    home = me.home
    rent = home.dwelling.rent_dkk_month * week.price_level
    left = rent * (1.0 - p.housing_benefit)
    if home.how >= TenancyStart.HOUSING_FIRST:
        left = max(0.0, left - p.rent_subsidy * week.price_level)
    me.rent_share = left / max(me.income_dkk_month, 1.0)


class Income(Process):
    """Benefits, work, and what rent takes."""

    name = "income"
    phase = Phase.PRESSURE
    parameters = IncomeParameters
    rules = (work_or_not, carry_debt, receive_income)
