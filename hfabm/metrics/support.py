"""Who is supported, by which method, how much; and what teams carry."""

from __future__ import annotations

from hfabm.calendar import Week
from hfabm.metrics.homelessness import present
from hfabm.metrics.metric import Metric, outcome, stock
from hfabm.metrics.record import Record, per
from hfabm.state.citizens import Citizen
from hfabm.state.codes import SupportMethod
from hfabm.state.institutions import Team
from hfabm.state.world import World
from hfabm.units import Unit


def supported(me: Citizen, week: Week) -> bool:
    """Citizens with an open support case."""
    return me.present and me.method != SupportMethod.NONE


@stock(Unit.PERSONS, among=supported)
def in_ordinary_support(me: Citizen, week: Week) -> bool:
    """Citizens in ordinary § 85 support."""
    return me.method == SupportMethod.ORDINARY


@stock(Unit.PERSONS, among=supported)
def in_cti(me: Citizen, week: Week) -> bool:
    """Citizens in critical time intervention."""
    return me.method == SupportMethod.CTI


@stock(Unit.PERSONS, among=supported)
def in_icm(me: Citizen, week: Week) -> bool:
    """Citizens in intensive case management."""
    return me.method == SupportMethod.ICM


@stock(Unit.PERSONS, among=supported)
def in_act(me: Citizen, week: Week) -> bool:
    """Citizens in assertive community treatment."""
    return me.method == SupportMethod.ACT


@stock(Unit.COUNT, "higher", among=supported)
def dose_milli(me: Citizen, week: Week) -> int:
    """Support received, in thousandths of a full dose, summed over citizens."""
    return int(me.dose * 1000.0 + 0.5)


@stock(Unit.PERSONS, "higher", among=present)
def treated(me: Citizen, week: Week) -> bool:
    """Citizens in psychiatric or substance-use treatment."""
    return me.in_treatment


@stock(Unit.PERSONS, "higher", among=present)
def employed(me: Citizen, week: Week) -> bool:
    """Citizens in a job or in education."""
    return me.employed


@stock(Unit.COUNT)
def cases_ordinary(team: Team, week: Week) -> int:
    """Open cases of ordinary § 85 support."""
    return team.cases if team.method == SupportMethod.ORDINARY else 0


@stock(Unit.COUNT)
def cases_cti(team: Team, week: Week) -> int:
    """Open cases of critical time intervention."""
    return team.cases if team.method == SupportMethod.CTI else 0


@stock(Unit.COUNT)
def cases_icm(team: Team, week: Week) -> int:
    """Open cases of intensive case management."""
    return team.cases if team.method == SupportMethod.ICM else 0


@stock(Unit.COUNT)
def cases_act(team: Team, week: Week) -> int:
    """Open cases of assertive community treatment."""
    return team.cases if team.method == SupportMethod.ACT else 0


@stock(Unit.WORKERS)
def workers_ordinary_milli(team: Team, week: Week) -> int:
    """Caseworkers of ordinary § 85 support in post, in thousandths."""
    return int(team.workers * 1000.0 + 0.5) if team.method == SupportMethod.ORDINARY else 0


@stock(Unit.WORKERS)
def workers_cti_milli(team: Team, week: Week) -> int:
    """Caseworkers of critical time intervention in post, in thousandths."""
    return int(team.workers * 1000.0 + 0.5) if team.method == SupportMethod.CTI else 0


@stock(Unit.WORKERS)
def workers_icm_milli(team: Team, week: Week) -> int:
    """Caseworkers of intensive case management in post, in thousandths."""
    return int(team.workers * 1000.0 + 0.5) if team.method == SupportMethod.ICM else 0


@stock(Unit.WORKERS)
def workers_act_milli(team: Team, week: Week) -> int:
    """Caseworkers of assertive community treatment in post, in thousandths."""
    return int(team.workers * 1000.0 + 0.5) if team.method == SupportMethod.ACT else 0


SPECIALISED = ("cti", "icm", "act")


@outcome(Unit.PERSONS, "higher")
def specialised_support_last_year(record: Record, world: World) -> float:
    """Citizens in CTI, ICM or ACT in a mean week of the last year."""
    weeks = record.last_year()
    return per(sum(record.series(f"in_{m}")[weeks].sum() for m in SPECIALISED), weeks.stop - weeks.start)


@outcome(Unit.CASES_PER_WORKER, "lower")
def cases_per_worker(record: Record, world: World) -> float:
    """Cases per caseworker of CTI, ICM and ACT over the run."""
    cases = sum(record.series(f"cases_{m}").sum() for m in SPECIALISED)
    return per(1000.0 * cases, sum(record.series(f"workers_{m}_milli").sum() for m in SPECIALISED))


WEEKLY: tuple[Metric, ...] = (
    in_ordinary_support, in_cti, in_icm, in_act, dose_milli, treated, employed,
)  # fmt: skip

TEAMS: tuple[Metric, ...] = (
    cases_ordinary, cases_cti, cases_icm, cases_act, workers_ordinary_milli, workers_cti_milli,
    workers_icm_milli, workers_act_milli,
)  # fmt: skip

OUTCOMES: tuple[Metric, ...] = (specialised_support_last_year, cases_per_worker)
