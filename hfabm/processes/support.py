"""Support: teams take cases, serve them, hand over and close them.

Weekly, after `staffing`.  ACT is for the most complex needs and lasts as long as needed, ICM as long as
needed, CTI nine months in three phases, ordinary § 85 support is thin.  The dose a citizen receives is
capacity over load, times the match of method to need, times the fidelity of individual support, less
what turnover of caseworkers breaks.  The case follows the person, also out of a lost home.
Open-ended support is reviewed on the anniversaries of the case: the municipality may cut what costs it more
than it believes to save, so also when the refund ends; or at a month that the scenario states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.parameters.prices import in_base_prices
from hfabm.processes.process import Phase, Process
from hfabm.processes.support_close import close_cases
from hfabm.state.citizens import Citizen
from hfabm.state.codes import SupportMethod, TenancyStart
from hfabm.state.institutions import Team
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Case
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

CTI_PHASE_WEEKS = 13
CALL_LASTS_WEEKS = 4
BY_NEED = np.array([SupportMethod[m] for m in ("CTI", "CTI", "ICM", "ACT", "ACT")])
"""Method wanted for each number of steps of illness and use."""


@dataclass(frozen=True, slots=True)
class SupportParameters:
    """Numbers that only this process reads."""

    cases_per_worker: float = parameter(
        10.0, Unit.CASES_PER_WORKER, 2.0, 40.0, role=Role.UNCERTAINTY, source="M02",
        means="Cases a caseworker of CTI, ICM or ACT serves in full; 6 to 10 elsewhere (M14).",
    )
    cases_per_ordinary_worker: float = parameter(
        20.0, Unit.CASES_PER_WORKER, 5.0, 60.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Cases a caseworker of ordinary § 85 support serves in full.",
    )
    strength_act: float = parameter(
        1.0, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED, means="Full dose of ACT.",
    )
    strength_icm: float = parameter(
        0.9, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED, means="Full dose of ICM.",
    )
    strength_cti: float = parameter(
        0.9, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Full dose of CTI in its first phase; two thirds and one third after.",
    )
    strength_ordinary: float = parameter(
        0.35, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Full dose of ordinary § 85 support.",
    )
    mismatch: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Dose lost per step that the method falls short of the need.",
    )
    without_fidelity: float = parameter(
        0.4, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="X26",
        means="Share of the dose left where support is not individual at all; the direction is known, the "
        "size is not.",
    )
    broken_relation: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Dose lost while the relation to a new caseworker is made.",
    )
    cti_weeks: float = parameter(
        39.0, Unit.WEEKS, 26.0, 52.0, role=Role.CONSTANT, source="M03", means="Length of CTI: nine months.",
    )
    graduates: float = parameter(
        0.35, Unit.PER_YEAR, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a year that support no longer needed is closed, after a year at home.",
    )
    enough_skills: float = parameter(
        0.65, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Living skills at which support is no longer needed.",
    )
    given_up_weeks: float = parameter(
        52.0, Unit.WEEKS, 4.0, 208.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks after a lost home before a case is closed.",
    )
    wanted_weeks: float = parameter(
        26.0, Unit.WEEKS, 1.0, 104.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Weeks that a placed citizen waits for a place with a team before the matter is dropped.",
    )


@kernel
def find_team(
    who: Array, wanted: Array, citizen_municipality: Array, teams: int, municipality: Array, method: Array,
    workers: Array, takes_up_to: Array, team_cases: Array, team: Array,
) -> int:
    """Give each citizen in turn the nearest method that has room; returns how many got one."""
    count = 0
    for i in range(who.size):
        best, distance = -1, 9
        for t in range(teams):
            room = team_cases[t] + 1 <= workers[t] * takes_up_to[t]
            if municipality[t] != citizen_municipality[who[i]] or not room:
                continue
            away = abs(int(method[t]) - int(wanted[i]))
            if away < distance and (method[t] > SupportMethod.ORDINARY) == (wanted[i] > SupportMethod.ORDINARY):
                best, distance = t, away
        team[i] = best
        if best >= 0:
            team_cases[best] += 1
            count += 1
    return count


@kernel
def without_case(
    citizens: Array, case_row: Array, tenancy_row: Array, placed_week: Array, called_week: Array, week: int,
    wanted_weeks: float, who: Array,
) -> int:
    """Find tenants without a case who were placed lately or whom a caretaker called for, in `who`."""
    count = 0
    for c in citizens:
        if case_row[c] >= 0 or tenancy_row[c] < 0:
            continue
        if week - placed_week[c] <= wanted_weeks or week - called_week[tenancy_row[c]] <= CALL_LASTS_WEEKS:
            who[count] = c
            count += 1
    return count


@formula
def shortfall(method: int, needs: int) -> int:
    """Steps by which a method falls short of a need: ACT serves all, ICM up to 3, CTI up to 2."""
    if method == SupportMethod.ACT:
        return 0
    if method == SupportMethod.ICM:
        return max(0, needs - 3)
    if method == SupportMethod.CTI:
        return max(0, needs - 2)
    return max(0, needs - 1)


@kernel
def give(
    citizens: Array, case_row: Array, dose: Array, mental: Array, use: Array, municipality: Array, individual: Array,
    team_row: Array, first_week: Array, method: Array, workers: Array, team_cases: Array, new_share: Array,
    strength: Array, full: Array, week: int, p: tuple[float, ...],
) -> None:
    """The dose each citizen receives this week."""
    mismatch, without, broken = p
    for c in citizens:
        k = case_row[c]
        if k < 0:
            dose[c] = 0.0
            continue
        t = team_row[k]
        kind = method[k]
        load = team_cases[t] / max(0.1, workers[t])
        served = min(1.0, full[kind] / max(load, 0.1)) * strength[kind]
        if kind == SupportMethod.CTI:
            phase = min(2, (week - first_week[k]) // CTI_PHASE_WEEKS)
            served *= 1.0 - phase / 3.0
        served *= max(0.0, 1.0 - mismatch * shortfall(kind, mental[c] + use[c]))
        served *= without + (1.0 - without) * individual[municipality[c]]
        dose[c] = served * (1.0 - broken * min(1.0, new_share[t]))


class Support(Process):
    """Cases opened, served and closed."""

    name = "support"
    phase = Phase.SUPPORT
    parameters = SupportParameters
    shares = ("refund_law", "prices")
    opens = frozenset({Case})
    kernel_reads = frozenset({
        Case.citizen_row, Case.citizen_uid, Case.team_row, Case.method, Case.first_week, Citizen.housing,
        Citizen.housing_since_week, Citizen.mental_illness, Citizen.substance_use, Citizen.skills, Citizen.uid,
        Citizen.municipality_row, Citizen.placed_week, Citizen.tenancy_row, Municipality.support_cut_month,
        Municipality.support_worth, Municipality.sensitivity, Municipality.commitment, Citizen.refund_clock_week,
        Municipality.individual_support, Team.municipality_row, Team.method, Team.workers, Team.takes_up_to,
        Team.new_workers_share, Team.below_floor, Tenancy.support_called_week, Tenancy.how,
    })
    kernel_writes = frozenset({Citizen.case_row, Citizen.method, Citizen.dose, Case.last_week, Team.cases})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Close, open, serve."""
        c, k, teams, us = world.citizens, world.cases, world.teams, world.municipalities
        law = self.shared["refund_law"]
        close_cases(
            k.size, k.citizen_row, k.citizen_uid, k.team_row, k.method, k.first_week, k.last_week, teams.cases,
            c.housing, c.housing_since_week, c.mental_illness, c.substance_use, c.skills, c.case_row, c.method,
            c.municipality_row, us.support_cut_month, c.refund_clock_week, us.support_worth, us.sensitivity,
            us.commitment, teams.below_floor, self._yearly(week), np.uint64(week.key), week.number,
            (p.cti_weeks, p.graduates, p.enough_skills, p.given_up_weeks),
            (law.rate, law.support_taper, float(law.support_days), law.region_share),
        )
        self._open(world, week, p)
        strength = np.array([0.0, p.strength_ordinary, p.strength_cti, p.strength_icm, p.strength_act])
        full = np.array([1.0, p.cases_per_ordinary_worker] + 3 * [p.cases_per_worker])
        give(
            c.live, c.case_row, c.dose, c.mental_illness, c.substance_use, c.municipality_row,
            us.individual_support, k.team_row, k.first_week, k.method, teams.workers, teams.cases,
            teams.new_workers_share, strength, full, week.number,
            (p.mismatch, p.without_fidelity, p.broken_relation),
        )

    def _yearly(self, week: Week) -> Array:
        """What a year of each method costs, at current prices, less what the state bears of the dearest."""
        prices, law = self.shared["prices"], self.shared["refund_law"]
        price, most = in_base_prices(prices, prices.growth), in_base_prices(law, prices.growth)["support_state_above"]
        methods = [0.0, *(price[f"support_{name}"] for name in ("ordinary", "cti", "icm", "act"))]
        borne = np.array([min(cost, most) if most > 0.0 else cost for cost in methods])
        return np.asarray(borne * week.price_level)

    def _open(self, world: Lent, week: Week, p: Any) -> None:
        c, t, teams = world.citizens, world.tenancies, world.teams
        who = self.scratch("who", c.size)
        who = who[: without_case(
            c.live, c.case_row, c.tenancy_row, c.placed_week, t.support_called_week, week.number, p.wanted_weeks, who
        )]  # fmt: skip
        if not who.size:
            return
        needs = c.mental_illness[who].astype(np.int64) + c.substance_use[who]
        specialised = t.how[c.tenancy_row[who]] == TenancyStart.HOUSING_FIRST
        wanted = np.where(specialised, BY_NEED[needs], SupportMethod.ORDINARY)
        order = np.lexsort((c.uid[who], -needs, ~specialised))
        who, wanted = who[order], wanted[order]
        team = np.empty(who.size, np.int64)
        find_team(
            who, wanted, c.municipality_row, teams.size, teams.municipality_row, teams.method, teams.workers,
            teams.takes_up_to, teams.cases, team,
        )
        got = team >= 0
        who, team = who[got], team[got]
        method = teams.method[team]
        rows = world.cases.open(
            who.size, citizen_row=who, citizen_uid=c.uid[who], team_row=team, method=method, first_week=week.number
        )
        c.case_row[who] = np.arange(rows.start, rows.stop)
        c.method[who] = method
