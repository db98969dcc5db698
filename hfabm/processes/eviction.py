"""Eviction: notice, bailiff's court, out or settled.

Weekly, after `arrears` and `disturbance`.  A landlord serves notice (ophævelse) when rent owed or
complaints exceed its patience; the contact between municipality and landlord makes it more patient.
Then two things race: a settlement (paid, planned, mediated), which the caretaker, support and the
municipality's prevention hasten, and the bailiff's court (fogedretten), which puts the tenant out.
About one notice in four ends so.
Not modelled: appeals, evictions of ordinary tenants.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import MONTHS_PER_WEEK, NEVER, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.codes import NoticeCause
from hfabm.state.tenancies import VISIT_WORKS_WEEKS, Tenancy
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

SETTLE = question("eviction.settle")
COURT = question("eviction.court")


@dataclass(frozen=True, slots=True)
class EvictionParameters:
    """Numbers that only this process reads."""

    contact_adds_patience: float = parameter(
        0.5, Unit.RATIO, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise of a landlord's patience where contact on support needs is at its best.",
    )
    settles: float = parameter(
        0.035, Unit.PER_WEEK, 0.0, 0.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a week that a notice is settled without help.",
    )
    support_settles: float = parameter(
        0.060, Unit.PER_WEEK, 0.0, 0.3, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Further chance a week with full support.",
    )
    caretaker_settles: float = parameter(
        0.050, Unit.PER_WEEK, 0.0, 0.3, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Further chance a week for a quarter of a year after a caretaker's visit.",
    )
    court: float = parameter(
        0.040, Unit.PER_WEEK, 0.005, 0.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a week, from the eighth on, that the bailiff's court takes the case.",
    )
    court_puts_out: float = parameter(
        0.55, Unit.PROBABILITY, 0.0, 1.0, role=Role.UNCERTAINTY, source="P3.046",
        means="Chance that the court puts the tenant out; set so that a quarter of notices end in eviction.",
    )
    longest_weeks: float = parameter(
        52.0, Unit.WEEKS, 8.0, 104.0, role=Role.CONSTANT, source=ASSUMED,
        means="Weeks from notice to the court at most.",
    )


@rule
def serve_notice(home: Tenancy, week: Week, p: EvictionParameters) -> None:
    """Serve notice where rent owed or complaints exceed the landlord's patience."""
    home.evicted = False
    if not home.running or (home.arrears_dkk <= 0.0 and home.complaints <= 0.0):
        return
    if home.under_notice or home.plan_until_week > week.number:
        return
    owner = home.landlord
    leniency = 1.0 + p.contact_adds_patience * owner.municipality.contact if home.citizen.case_row >= 0 else 1.0
    rent_week = home.dwelling.rent_dkk_month * week.price_level * MONTHS_PER_WEEK
    if home.arrears_dkk >= max(1.0, owner.patience_weeks * leniency * rent_week):
        home.notice_week = week.number
        home.notice_cause = NoticeCause.ARREARS
        home.notices += 1
    elif home.complaints >= owner.tolerance * leniency:
        home.notice_week = week.number
        home.notice_cause = NoticeCause.COMPLAINTS
        home.notices += 1


@rule
def settle_or_go_to_court(home: Tenancy, week: Week, p: EvictionParameters) -> None:
    """A notice is settled, or the bailiff's court decides."""
    home.prevented = False
    if not home.running or not home.under_notice or home.notice_week == week.number:
        return
    waited = week.number - home.notice_week
    settles = p.settles + p.support_settles * home.citizen.dose
    if week.number - home.attended_week <= VISIT_WORKS_WEEKS:
        settles += p.caretaker_settles
    paid = home.notice_cause == NoticeCause.ARREARS and home.arrears_dkk <= 0.0
    u = luck(week, SETTLE, home.citizen_uid)
    if paid or u < settles + home.citizen.municipality.prevention:
        home.prevented = not paid and u >= settles
        home.notice_week = NEVER
        home.notice_cause = NoticeCause.NONE
        return
    u = luck(week, COURT, home.citizen_uid)
    takes = 1.0 if waited >= p.longest_weeks else (p.court if waited >= 8 else 0.0)
    if u < takes * p.court_puts_out:
        home.evicted = True
    elif u < takes:
        home.notice_week = NEVER
        home.notice_cause = NoticeCause.NONE


class Eviction(Process):
    """Notice, court, out or settled."""

    name = "eviction"
    phase = Phase.LOSS
    parameters = EvictionParameters
    rules = (serve_notice, settle_or_go_to_court)
