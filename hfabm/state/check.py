"""Conservation: what must hold every week, whatever happens."""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.calendar import NEVER
from hfabm.state.codes import NOBODY, Housing, ReferralState, TenancyEnd
from hfabm.state.world import World


class BrokenWorld(AssertionError):
    """Somebody or something was lost, made or counted twice: a fault of the program."""


def check(world: World, week: int) -> None:
    """Check people, dwellings, beds, cases, referrals and kroner.

    Raises:
        BrokenWorld: With every fault of the week.
    """
    faults = [*_people(world), *_homes(world), *_beds(world), *_papers(world), *_money(world)]
    if faults:
        raise BrokenWorld(f"week {week}: " + "; ".join(faults))


def _fault(wrong: Any, what: str) -> list[str]:
    rows = np.flatnonzero(wrong)
    return [f"{what} (rows {', '.join(map(str, rows[:5]))})"] if rows.size else []


def _people(world: World) -> list[str]:
    c = world.citizens
    uids = np.unique(c.uid).size == c.size
    return [
        *([] if uids else ["two citizens share an identity"]),
        *_fault(c.housing == Housing.ARRIVING, "citizens not settled"),
        *_fault((c.housing == Housing.OWN_HOME) != (c.tenancy_row >= 0), "at home and tenancy disagree"),
        *_fault((c.tenancy_row >= 0) & (c.shelter_row >= 0), "citizens in a home and in a bed"),
        *_fault((c.skills < 0) | (c.skills > 1) | (c.ties < 0) | (c.ties > 1), "skills or ties outside 0 to 1"),
        *_fault((c.mental_illness < 0) | (c.mental_illness > 2), "mental illness outside 0 to 2"),
        *_fault((c.dose < 0) | (c.dose > 1), "dose outside 0 to 1"),
        *_fault(np.isin(c.housing, (Housing.OWN_HOME, Housing.GONE, Housing.INSTITUTION))
                != (c.homeless_since_week == NEVER), "homeless and spell disagree"),
    ]  # fmt: skip


def _homes(world: World) -> list[str]:
    c, t, d = world.citizens, world.tenancies, world.dwellings
    running = np.flatnonzero(t.end == TenancyEnd.RUNNING)
    lived_in = np.flatnonzero(d.tenant >= 0)
    return [
        *_fault(c.tenancy_row[t.citizen_row[running]] != running, "running tenancies not held by their citizen"),
        *_fault(d.tenant[t.dwelling_row[running]] != t.citizen_row[running], "dwellings with another tenant"),
        *([] if running.size == lived_in.size else ["running tenancies and dwellings lived in differ in number"]),
        *_fault((t.end != TenancyEnd.RUNNING) & (t.end_week < t.start_week), "tenancies that end before they begin"),
        *_fault((d.tenant == NOBODY) & (d.vacant_since_week == NEVER), "vacant dwellings without a date"),
        *_fault(t.arrears_dkk < 0, "negative arrears"),
    ]


def _beds(world: World) -> list[str]:
    c, s, stays = world.citizens, world.shelters, world.shelter_stays
    there = np.bincount(c.shelter_row[c.shelter_row >= 0], minlength=s.size)
    open_stays = int((stays.last_week == NEVER).sum())
    return [
        *_fault(there != s.residents, "residents miscounted"),
        *_fault(s.residents > np.maximum(s.beds, s.places), "more residents than beds"),
        *([] if open_stays == int(there.sum()) else [f"{open_stays} open stays for {there.sum()} residents"]),
    ]


def _papers(world: World) -> list[str]:
    c, r, k, teams = world.citizens, world.referrals, world.cases, world.teams
    held = np.flatnonzero(c.referral_row >= 0)
    cases = np.bincount(k.team_row[k.last_week == NEVER], minlength=teams.size)
    return [
        *_fault(r.state[c.referral_row[held]] != ReferralState.OPEN, "citizens holding closed referrals"),
        *([] if held.size == int((r.state == ReferralState.OPEN).sum()) else ["open referrals nobody holds"]),
        *_fault(cases != teams.cases, "cases miscounted"),
        *_fault(world.municipalities.queue != world.municipalities.joined.sum(axis=1), "waiting list miscounted"),
        *_fault(world.municipalities.queue < 0, "negative waiting list"),
    ]


def _money(world: World) -> list[str]:
    balance = world.ledger.balance
    return [] if balance == 0 else [f"the ledger is {balance} øre out of balance"]
