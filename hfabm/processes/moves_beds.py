"""Beds: stays are closed, and everyone who seeks a bed gets one or falls back.  Kernels of `moves`."""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.calendar import NEVER
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.randomness import question, uniform
from hfabm.state.codes import NOBODY, Housing

# columns are handed over several to a line
# fmt: off

QUEUE = question("moves.queue_for_beds")
ELSEWHERE = question("moves.elsewhere")
FALL_BACK = question("moves.fall_back")
SOFA_AGAIN = question("moves.sofa_again")

# plain numbers, for kernels that choose between them
STREET, NIGHT_SHELTER, HOTEL, SOFA = (
    int(h) for h in (Housing.STREET, Housing.NIGHT_SHELTER, Housing.HOTEL, Housing.SOFA)
)
TRANSITIONAL, INSTITUTION = int(Housing.TRANSITIONAL), int(Housing.INSTITUTION)


@formula
def leave_bed(
    c: int, week: int, shelter_row: Array, stay_row: Array, residents: Array, last_week: Array,
    housing: Array, left_shelter: Array,
) -> None:
    """Close the stay of a citizen, if there is one."""
    if shelter_row[c] >= 0:
        residents[shelter_row[c]] -= 1
        last_week[stay_row[c]] = week - 1
        if housing[c] == Housing.SHELTER:
            left_shelter[c] = week - 1
        shelter_row[c] = NOBODY
        stay_row[c] = NOBODY


@formula
def bed_of(
    kind: int, payer: int, step: int, away: bool, shelters: int, shelter_municipality: Array, shelter_kind: Array,
    shelter_step: Array, elsewhere: Array, beds: Array, residents: Array,
) -> int:
    """A free bed of a kind: first where the person prefers, then where there is room; -1 for none."""
    for strict in range(2):
        for s in range(shelters):
            fits = shelter_municipality[s] == payer and shelter_kind[s] == kind and residents[s] < beds[s]
            if kind == Housing.TRANSITIONAL and shelter_step[s] != step:
                fits = False
            if fits and (strict == 1 or elsewhere[s] == away):
                return s
    return -1


@kernel
def find_beds(
    citizens: Array, wants: Array, next_step: Array, housing: Array, since: Array, homeless_since: Array, spells: Array,
    shelter_row: Array, stay_row: Array, last_week: Array, left_shelter: Array, ever: Array, payer: Array,
    ties: Array, uid: Array, shelters: int, shelter_municipality: Array, shelter_kind: Array, shelter_step: Array,
    elsewhere: Array, beds: Array, residents: Array, turned_away: Array, key: Any, week: int,
    p: tuple[float, ...], who: Array, where: Array,
) -> int:
    """Everyone who seeks a bed gets one, or falls back; returns how many stays begin, listed in `who`."""
    away_share, hotel, sofa_again = p
    turned_away[:shelters] = 0
    queue = np.empty(citizens.size, np.int64)
    luck = np.empty(citizens.size, np.float64)
    n = 0
    for c in citizens:
        if wants[c] != Housing.ARRIVING and housing[c] != Housing.OWN_HOME and housing[c] < Housing.GONE:
            queue[n] = c
            luck[n] = uniform(key, QUEUE, uid[c])
            n += 1
    order = np.argsort(luck[:n], kind="mergesort")
    count = 0
    for i in range(n):
        c = queue[order[i]]
        kind, m, bed = int(wants[c]), payer[c], -1
        away = uniform(key, ELSEWHERE, uid[c]) < away_share
        step = int(next_step[c]) if next_step[c] > 0 else 2
        if kind != Housing.STREET and kind != Housing.SOFA:
            bed = bed_of(
                kind, m, step, away, shelters, shelter_municipality, shelter_kind, shelter_step, elsewhere, beds,
                residents,
            )
            if bed < 0 and kind in (TRANSITIONAL, INSTITUTION) and (shelter_row[c] >= 0 or next_step[c] > 0):
                continue
            if bed < 0:
                if kind == Housing.SHELTER:
                    for s in range(shelters):
                        if shelter_kind[s] == kind and shelter_municipality[s] == m and not elsewhere[s]:
                            turned_away[s] += 1
                            break
                u = uniform(key, FALL_BACK, uid[c])
                kind = HOTEL if u < hotel else NIGHT_SHELTER
                if kind == housing[c]:
                    continue  # back to the bed of last night
                bed = bed_of(
                    kind, m, 0, False, shelters, shelter_municipality, shelter_kind, shelter_step, elsewhere, beds,
                    residents,
                )
                if bed < 0:
                    u = uniform(key, SOFA_AGAIN, uid[c])
                    kind = SOFA if u < sofa_again * ties[c] else STREET
        if bed < 0 and kind == housing[c]:
            continue
        leave_bed(c, week, shelter_row, stay_row, residents, last_week, housing, left_shelter)
        if kind == Housing.INSTITUTION:
            homeless_since[c] = NEVER
        elif homeless_since[c] == NEVER:
            homeless_since[c] = week
            spells[c] += 1
        housing[c] = kind
        if week >= 0 or since[c] == NEVER:
            since[c] = week
        if bed >= 0:
            shelter_row[c] = bed
            residents[bed] += 1
            who[count], where[count] = c, bed
            count += 1
            if kind == Housing.SHELTER:
                ever[c] = True
    return count
