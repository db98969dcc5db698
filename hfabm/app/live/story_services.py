"""The stories of a shelter, a support team and a social caretaker: what they have, and what they decide."""

from __future__ import annotations

import numpy as np

from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, word
from hfabm.app.live.story import Amount, Fact, Line, Story
from hfabm.app.live.story_citizen import yes
from hfabm.calendar import NEVER
from hfabm.state.codes import Housing, SupportMethod, TenancyEnd

ENOUGH = 10_000
"""Places from which there is no limit."""


def shelter_story(scene: Scene, row: int) -> Story:
    """A place with beds."""
    s, stays = scene.world.shelters, scene.world.shelter_stays
    here = stays.shelter_row == row
    places = int(s.beds[row])
    facts = [
        Fact("kind", word(Housing, int(s.kind[row]))),
        Fact("lies_elsewhere", yes(bool(s.elsewhere[row]))),
        Fact("beds", Amount(places) if places < ENOUGH else Line("no_limit")),
        Fact("residents", Amount(int(s.residents[row]), "persons")),
        Fact("turned_away", Amount(int(s.turned_away[row]), "persons")),
        Fact("pushes_out", Amount(float(s.pushes_out[row]), "share", 1)),
        Fact("stays_so_far", Amount(int(here.sum()))),
    ]
    over = here & (stays.last_week != NEVER)
    if over.any():
        weeks = (stays.last_week - stays.first_week + 1)[over]
        facts.append(Fact("stay_mean", Amount(float(weeks.mean()), "weeks", 1)))
    citizens = scene.world.citizens
    there = np.flatnonzero((citizens.shelter_row == row) & (citizens.housing < Housing.GONE)).tolist()
    return _story(scene, Kind.SHELTER, row, facts, int(s.municipality_row[row]), there)


def team_story(scene: Scene, row: int) -> Story:
    """A support team of one method."""
    team, k = scene.world.teams, scene.world.cases
    ours = k.team_row == row
    workers, cases = float(team.workers[row]), int(team.cases[row])
    facts = [
        Fact("method", word(SupportMethod, int(team.method[row]))),
        Fact("workers", Amount(workers, "count", 1)),
        Fact("cases", Amount(cases)),
        Fact("cases_per_worker", Amount(cases / workers, "count", 1) if workers > 0.0 else Line("no_workers")),
        Fact("takes_up_to", Amount(float(team.takes_up_to[row]), "count", 1)),
        Fact("new_workers", Amount(float(team.new_workers_share[row]), "share")),
        Fact("below_floor", yes(bool(team.below_floor[row]))),
        Fact("cases_so_far", Amount(int(ours.sum()))),
    ]
    served = k.citizen_row[ours & (k.last_week == NEVER)].tolist()
    return _story(scene, Kind.TEAM, row, facts, int(team.municipality_row[row]), served)


def caretaker_story(scene: Scene, row: int) -> Story:
    """A social caretaker (social vicevært)."""
    k, t, world = scene.world.social_caretakers, scene.world.tenancies, scene.world
    area = world.estates.caretaker_row[world.dwellings.estate_row] == row
    visits = float(k.visits_per_week[row])
    covered = area[t.dwelling_row]
    visited = np.flatnonzero(covered & (t.attended_week == scene.week)).tolist()
    facts = [
        Fact("in_post", yes(visits > 0.0)),
        Fact("employer", Line("by_municipality" if k.by_municipality[row] else "by_landlord")),
        Fact("dwellings", Amount(int(area.sum()), "dwellings")),
        Fact("citizens_now", Amount(int((covered & (t.end == TenancyEnd.RUNNING)).sum()), "persons")),
        Fact("visits_possible", Amount(visits, "count", 1)),
        Fact("visits_this_week", Amount(len(visited))),
        Fact("owed_seen", Amount(float(k.weeks_owed_seen[row]), "weeks", 1)),
        Fact("complaints_seen", Amount(float(k.complaints_seen[row]), "count", 1)),
    ]
    tenants = [int(t.citizen_row[tenancy]) for tenancy in visited]
    return _story(scene, Kind.CARETAKER, row, facts, int(k.municipality_row[row]), tenants)


def _story(scene: Scene, kind: Kind, row: int, facts: list[Fact], municipality: int, citizens: list[int]) -> Story:
    return Story(
        kind=kind,
        row=row,
        day=scene.model.today,
        heading=scene.name(kind, row),
        facts=tuple(facts),
        see=scene.see((Kind.MUNICIPALITY, municipality), *((Kind.CITIZEN, who) for who in citizens)),
    )
