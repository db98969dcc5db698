"""Experience: landlords remember referred tenants, and hear of those of landlords they know.

Weekly, before `decisions`.  Quiet weeks of referred tenants add a little good, notices and evictions much
bad; memory fades; what acquaintances tell is the mean of their memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.state.codes import TenancyEnd, TenancyStart
from hfabm.state.institutions import Landlord
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True, slots=True)
class ExperienceParameters:
    """Numbers that only this process reads."""

    forgotten: float = parameter(
        0.35, Unit.PER_YEAR, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of experience that fades in a year.",
    )
    quiet_year: float = parameter(
        0.3, Unit.SCORE, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Good experience from a quiet year of a referred tenant.",
    )
    notice: float = parameter(
        1.0, Unit.SCORE, 0.0, 5.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Bad experience from a notice to a referred tenant.",
    )
    eviction: float = parameter(
        2.0, Unit.SCORE, 0.0, 10.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Bad experience from a referred tenant put out.",
    )


@kernel
def remember(
    tenancies: int, how: Array, end: Array, end_week: Array, notice_week: Array, landlord_row: Array,
    landlords: int, experience: Array, heard: Array, seen: Array, start: Array, neighbour: Array,
    week: int, p: tuple[float, ...],
) -> None:
    """Fade, add last week's events per running referred tenancy, and listen to acquaintances."""
    forgotten, quiet, notice, eviction = p
    for i in range(landlords):
        experience[i] *= 1.0 - forgotten
        seen[i] = 0
    for t in range(tenancies):
        if how[t] < TenancyStart.HOUSING_FIRST:
            continue
        i = landlord_row[t]
        if end[t] == TenancyEnd.RUNNING:
            seen[i] += 1
            if notice_week[t] == week:
                experience[i] -= notice
            elif notice_week[t] < 0:
                experience[i] += quiet
        elif end[t] == TenancyEnd.EVICTED and end_week[t] == week - 1:
            experience[i] -= eviction
    for i in range(landlords):
        experience[i] = max(-4.0, min(4.0, experience[i]))
        heard[i] = 0.0
    for i in range(min(landlords, start.size - 1)):
        count = start[i + 1] - start[i]
        for k in range(start[i], start[i + 1]):
            heard[i] += experience[neighbour[k]] / count


class Experience(Process):
    """What landlords remember and hear."""

    name = "experience"
    phase = Phase.DECIDE
    parameters = ExperienceParameters
    kernel_reads = frozenset({
        Tenancy.how, Tenancy.end, Tenancy.end_week, Tenancy.notice_week, Tenancy.landlord_row,
    })
    kernel_writes = frozenset({Landlord.experience, Landlord.heard, Landlord.seen_tenancies})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Remember last week."""
        t, owners, known = world.tenancies, world.landlords, world.network.landlords
        remember(
            t.size, t.how, t.end, t.end_week, t.notice_week, t.landlord_row,
            owners.size, owners.experience, owners.heard, owners.seen_tenancies, known.start, known.neighbour,
            week.number,
            (p.forgotten / WEEKS_PER_YEAR, p.quiet_year / WEEKS_PER_YEAR, p.notice, p.eviction),
        )
