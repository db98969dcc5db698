"""Letting: homes found without the municipality, and the ordinary waiting list.

Weekly, after `allocation`.  Homeless citizens search on their own, each with a chance that falls with need
and rises with skills, ties and work; they take any dwelling that stands empty and is not taken for
referrals, dearer ones too, which they may not be able to pay.  The rest is let to ordinary households;
for cheap dwellings these come from a waiting list whose waiting time is recorded: what referrals take,
others wait for.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from hfabm.calendar import NEVER, WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import kernel
from hfabm.engine.rule import rule
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, poisson, question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY, Exit, Housing, Sector
from hfabm.state.dwellings import Dwelling
from hfabm.state.municipalities import QUEUE_PAST, Municipality
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

SEARCH = question("letting.search")
WHICH = question("letting.which")
LET = question("letting.let")
JOIN = question("letting.join")
GIVE_UP = question("letting.give_up")
WHO_GIVES_UP = question("letting.who_gives_up")

SEARCHING = -3
"""Marks a citizen who finds a home this week, before a dwelling is picked."""


@dataclass(frozen=True, slots=True)
class LettingParameters:
    """Numbers that only this process reads."""

    search: float = parameter(
        0.075, Unit.PER_WEEK, 0.001, 0.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a week that a homeless citizen finds a home alone: no needs, half skills and ties.",
    )
    search_needs: float = parameter(
        0.45, Unit.LOG_HAZARD, 0.0, 1.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall per step of mental illness or substance use.",
    )
    search_skills: float = parameter(
        1.0, Unit.LOG_HAZARD, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise from no to full living skills.",
    )
    search_ties: float = parameter(
        0.8, Unit.LOG_HAZARD, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise from no to full social ties.",
    )
    search_work: float = parameter(
        0.7, Unit.LOG_HAZARD, 0.0, 2.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with a job or education.",
    )
    search_fades: float = parameter(
        0.006, Unit.LOG_HAZARD, 0.0, 0.05, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Fall per week homeless, for at most two years.",
    )
    search_support: float = parameter(
        0.10, Unit.LOG_HAZARD, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Rise with full support while homeless: support alone barely finds homes.",
    )
    dearest_rent: float = parameter(
        5500.0, Unit.DKK_MONTH, 3000.0, 9000.0, role=Role.UNCERTAINTY, source=ASSUMED, price_year=2023,
        means="Rent up to which citizens take what they find.",
    )
    weeks_empty: float = parameter(
        2.5, Unit.WEEKS, 0.5, 13.0, role=Role.UNCERTAINTY, source="P4.008 P4.018",
        means="Mean weeks a dwelling stands empty: 3,884 empty of 596,952 at a turnover of 13.1 % a year.",
    )
    joins: float = parameter(
        0.35, Unit.PER_DWELLING, 0.0, 3.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Households that join the ordinary list a year, per cheap family dwelling.",
    )
    gives_up: float = parameter(
        0.15, Unit.PER_YEAR, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the ordinary list that gives up in a year.",
    )


@rule
def search(me: Citizen, week: Week, p: LettingParameters) -> None:
    """Find a home without the municipality, or not yet."""
    me.found_dwelling_row = NOBODY
    if not me.homeless or me.offered_dwelling_row >= 0 or me.exit_intent != Exit.NONE:
        return
    if me.housing == Housing.PRISON_HOSPITAL:
        return
    x = p.search_skills * (me.skills - 0.5) + p.search_ties * (me.ties - 0.5) + p.search_support * me.dose
    x -= p.search_needs * (me.mental_illness + me.substance_use)
    x -= p.search_fades * min(104.0, week.number - me.homeless_since_week)
    if me.employed:
        x += p.search_work
    if luck(week, SEARCH, me.uid) < p.search * exp(x):
        me.found_dwelling_row = SEARCHING


@kernel
def pick(
    citizens: Array, found: Array, uid: Array, citizen_municipality: Array, vacant: Array, municipality: Array,
    rent: Array, sector: Array, claimed_week: Array, vacant_since: Array,
    key: Any, week: int, dearest: float, empty: Array,
) -> int:
    """Give each finder a dwelling that stands empty; returns how many there are, in `empty`, those taken as -1."""
    count = 0
    for d in vacant:
        free = claimed_week[d] == NEVER
        if free and week - vacant_since[d] >= 1 and sector[d] != Sector.SPECIAL:
            empty[count] = d
            count += 1
    for c in citizens:
        if found[c] != SEARCHING:
            continue
        found[c] = NOBODY
        first = int(uniform(key, WHICH, uid[c]) * count)
        for k in range(count):
            j = (first + k) % count
            d = empty[j]
            if d >= 0 and municipality[d] == citizen_municipality[c] and rent[d] <= dearest:
                found[c] = d
                empty[j] = -1
                break
    return count


@kernel
def let(
    empty: Array, municipality: Array, rent: Array, sector: Array, let_to_other: Array,
    joined: Array, queue: Array, head: Array, wait: Array, let_count: Array, new: Array, quits: Array,
    key: Any, week: int, p: tuple[float, ...],
) -> None:
    """Let what is left; cheap family dwellings go to whoever stands first in line."""
    chance, cheap, past = p[0], p[1], int(p[2])
    for m in range(queue.size):
        joined[m, week + past] += new[m]
        queue[m] += new[m]
        wait[m], let_count[m] = 0.0, 0
        for i in range(quits[m]):
            u = uniform(key, WHO_GIVES_UP, m * 100_000 + i)
            w = head[m] + int(u * (week - head[m] + 1)) + past
            while w < week + past and joined[m, w] == 0:
                w += 1
            if joined[m, w] > 0:
                joined[m, w] -= 1
                queue[m] -= 1
    for i in range(empty.size):
        d = empty[i]
        if d < 0 or uniform(key, LET, d) >= chance:
            continue
        let_to_other[d] = True
        m = municipality[d]
        if rent[d] > cheap or sector[d] != Sector.SOCIAL_FAMILY:
            continue
        while head[m] < week and joined[m, head[m] + past] == 0:
            head[m] += 1
        if joined[m, head[m] + past] > 0:
            joined[m, head[m] + past] -= 1
            queue[m] -= 1
            wait[m] += week - head[m]
            let_count[m] += 1
    for m in range(queue.size):
        if let_count[m] > 0:
            wait[m] /= let_count[m]


class Letting(Process):
    """Own search and the ordinary waiting list."""

    name = "letting"
    phase = Phase.MATCH
    parameters = LettingParameters
    rules = (search,)
    shares = ("vacancy",)
    kernel_reads = frozenset({
        Citizen.uid, Citizen.municipality_row, Dwelling.municipality_row,
        Dwelling.rent_dkk_month, Dwelling.sector, Dwelling.claimed_week,
        Dwelling.vacant_since_week,
    })
    kernel_writes = frozenset({
        Dwelling.let_to_other, Municipality.joined, Municipality.queue, Municipality.queue_head_week,
        Municipality.queue_wait_weeks, Municipality.let_to_others,
    })

    def __init__(self) -> None:
        super().__init__()
        self._stock = np.zeros(0, np.int64)
        self._let = np.zeros(0, np.int64)

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Search, pick, let."""
        super().step(world, week, p)
        world.dwellings.let_to_other[self._let] = False
        cheap_rent = self.shared["vacancy"].cheap_rent
        c, d, us, key = world.citizens, world.dwellings, world.municipalities, np.uint64(week.key)
        empty = self.scratch("empty", d.size)
        count = pick(
            c.live, c.found_dwelling_row, c.uid, c.municipality_row, world.vacant, d.municipality_row,
            d.rent_dkk_month, d.sector, d.claimed_week, d.vacant_since_week, key,
            week.number, p.dearest_rent, empty,
        )
        if week.begins_month or not self._stock.size:
            cheap = (d.rent_dkk_month[: d.size] <= cheap_rent) & (d.sector[: d.size] == Sector.SOCIAL_FAMILY)
            self._stock = np.bincount(d.municipality_row[: d.size][cheap], minlength=us.size)
        new, quits = np.zeros(us.size, np.int64), np.zeros(us.size, np.int64)
        for m in range(us.size):
            new[m] = poisson(uniform(key, JOIN, m), self._stock[m] * p.joins / WEEKS_PER_YEAR)
            leaving = poisson(uniform(key, GIVE_UP, m), us.queue[m] * p.gives_up / WEEKS_PER_YEAR)
            quits[m] = min(leaving, us.queue[m])
        let(
            empty[:count], d.municipality_row, d.rent_dkk_month, d.sector, d.let_to_other,
            us.joined, us.queue[: us.size], us.queue_head_week, us.queue_wait_weeks, us.let_to_others, new, quits,
            key, week.number, (1.0 / p.weeks_empty, cheap_rent, float(QUEUE_PAST)),
        )
        self._let = empty[:count][empty[:count] >= 0].copy()
