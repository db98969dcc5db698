"""Disturbance: tenants in crisis are heard by neighbours, who complain and are worn down.

Weekly, after `arrears`.  A crisis is logistic in needs, skills, support and the unrest around; it reaches
the dwellings that the housing network links to this one, so many unsupported placements in one stairwell
feed each other.  Neighbours' complaints (naboklager) add up with the landlord and fade; a caretaker's
visit mediates.  Not modelled: the ordinary tenants' own moves because of unrest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.kernel import kernel
from hfabm.engine.rule import rule
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import logistic, luck, poisson, question, uniform
from hfabm.state.dwellings import Dwelling
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

CRISIS = question("disturbance.crisis")
COMPLAIN = question("disturbance.complain")


@dataclass(frozen=True, slots=True)
class DisturbanceParameters:
    """Numbers that only this process reads."""

    base: float = parameter(
        -5.6, Unit.LOG_ODDS, -9.0, -2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Log-odds a week of a crisis that neighbours hear: no needs, half skills, no support.",
    )
    needs: float = parameter(
        0.75, Unit.LOG_ODDS, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per step of mental illness or substance use.",
    )
    skills: float = parameter(
        1.5, Unit.LOG_ODDS, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall from no to full living skills.",
    )
    support: float = parameter(
        1.4, Unit.LOG_ODDS, 0.0, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall with full support.",
    )
    unrest: float = parameter(
        0.25, Unit.LOG_ODDS, 0.0, 1.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise per disturbing neighbour.",
    )
    unrest_lasts: float = parameter(
        0.8, Unit.SHARE, 0.0, 0.98, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of unrest left after a week.",
    )
    complaints_per_neighbour: float = parameter(
        0.06, Unit.COUNT, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Complaints a neighbour makes in a week of disturbance.",
    )
    complaints_last: float = parameter(
        0.93, Unit.SHARE, 0.5, 0.99, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of complaints still held against the tenant after a week.",
    )
    mediated: float = parameter(
        0.6, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of complaints that a caretaker's visit settles.",
    )


@rule
def fall_into_crisis(home: Tenancy, week: Week, p: DisturbanceParameters) -> None:
    """Be heard by the neighbours this week, or not."""
    home.disturbs = False
    if not home.running:
        return
    u = luck(week, CRISIS, home.citizen_uid)
    # most weeks nothing can happen, however bad it is: then look no closer
    if u >= logistic(p.base + 4.0 * p.needs + 0.5 * p.skills + 2.0 * p.unrest):
        return
    me = home.citizen
    x = p.base + p.needs * (me.mental_illness + me.substance_use) - p.skills * (me.skills - 0.5)
    x += p.unrest * min(2.0, home.dwelling.unrest) - p.support * me.dose
    home.disturbs = u < logistic(x)


@kernel
def spread(
    tenancies: Array, restless: Array, disturbs: Array, dwelling_row: Array, uid: Array, running: Array,
    attended_week: Array, complaints: Array, unrest: Array, start: Array, neighbour: Array,
    key: Any, week: int, p: tuple[float, ...],
) -> None:
    """Unrest fades and spreads to neighbours; complaints fade, are mediated and added."""
    unrest_lasts, per_neighbour, complaints_last, mediated = p
    known = start.size - 1
    for d in restless:
        unrest[d] = unrest[d] * unrest_lasts if unrest[d] > 0.001 else 0.0
    for t in tenancies:
        if running[t] != 0:
            continue
        if complaints[t] > 0.0:
            left = complaints[t] * complaints_last
            if attended_week[t] == week - 1:
                left *= 1.0 - mediated
            complaints[t] = left if left > 0.001 else 0.0
        d = dwelling_row[t]
        if disturbs[t] and d < known:
            for k in range(start[d], start[d + 1]):
                unrest[neighbour[k]] += 1.0 - unrest_lasts
            count = start[d + 1] - start[d]
            complaints[t] += poisson(uniform(key, COMPLAIN, uid[t]), count * per_neighbour)


class Disturbance(Process):
    """Crises that neighbours hear."""

    name = "disturbance"
    phase = Phase.PRESSURE
    parameters = DisturbanceParameters
    rules = (fall_into_crisis,)
    kernel_reads = frozenset({Tenancy.dwelling_row, Tenancy.citizen_uid, Tenancy.end, Tenancy.attended_week})
    kernel_writes = frozenset({Tenancy.complaints, Dwelling.unrest})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Crises first, then what neighbours hear of them."""
        super().step(world, week, p)
        t, d, homes = world.tenancies, world.dwellings, world.network.homes
        spread(
            t.live, np.flatnonzero(d.unrest[: d.size] > 0.0), t.disturbs, t.dwelling_row, t.citizen_uid, t.end,
            t.attended_week, t.complaints,
            d.unrest, homes.start, homes.neighbour, np.uint64(week.key), week.number,
            (p.unrest_lasts, p.complaints_per_neighbour, p.complaints_last, p.mediated),
        )
