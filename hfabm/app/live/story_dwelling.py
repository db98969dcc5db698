"""The story of a dwelling, and of an estate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hfabm.app.live.frame import Cell, cells
from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, in_order, word
from hfabm.app.live.story import Amount, Event, Fact, Line, Story
from hfabm.app.live.story_citizen_events import tenancy_notes
from hfabm.calendar import NEVER
from hfabm.state.codes import NOBODY, OTHER, Sector, TenancyEnd, TenancyStart
from hfabm.state.dwellings import Dwelling


def dwelling_story(scene: Scene, row: int) -> Story:
    """The story of a dwelling: who lives there, and the citizens at risk who have."""
    home = scene.model.dwelling(row)
    t = scene.world.tenancies
    tenancies = np.flatnonzero(t.dwelling_row == row).tolist()
    return Story(
        kind=Kind.DWELLING,
        row=row,
        day=scene.model.today,
        heading=scene.name(Kind.DWELLING, row),
        facts=tuple(_facts(scene, home, len(tenancies))),
        events=in_order(_events(scene, home, tenancies)),
        notes=(Line("note_ordinary_tenants"),),
        see=scene.see(
            *([(Kind.CITIZEN, home.tenant)] if home.tenant >= 0 else []),
            (Kind.ESTATE, home.estate_row),
            (Kind.LANDLORD, home.landlord_row),
            (Kind.CARETAKER, home.estate.caretaker_row),
            (Kind.MUNICIPALITY, home.municipality_row),
            *((Kind.CITIZEN, int(t.citizen_row[row])) for row in tenancies),
        ),
    )


def _facts(scene: Scene, home: Dwelling, tenancies: int) -> Iterator[Fact]:
    yield Fact("tenant", _tenant(scene, home))
    if home.tenant == NOBODY:
        if home.vacant_since_week != NEVER:
            yield Fact("vacant_since", scene.on(home.vacant_since_week))
        if home.claimed_week > home.vacant_since_week:
            yield Fact("claimed_since", scene.on(home.claimed_week))
    yield Fact("sector", word(Sector, home.sector))
    yield Fact("rent", Amount(home.rent_dkk_month, "dkk_month"))
    yield Fact("estate", scene.name(Kind.ESTATE, home.estate_row))
    yield Fact("landlord", scene.name(Kind.LANDLORD, home.landlord_row))
    homes = scene.world.network.homes
    if home.row < homes.nodes:
        neighbours = homes.of_node(home.row)
        tenants = scene.world.dwellings.tenant[neighbours]
        yield Fact("neighbours", Amount(neighbours.size, "dwellings"))
        yield Fact("neighbours_at_risk", Amount(int((tenants >= 0).sum()), "dwellings"))
    else:
        yield Fact("neighbours", Line("neighbours_unknown"))
    yield Fact("unrest", Amount(home.unrest, "count", 2))
    yield Fact("tenancies_so_far", Amount(tenancies, "count"))


def _tenant(scene: Scene, home: Dwelling) -> Line:
    if home.tenant >= 0:
        return scene.name(Kind.CITIZEN, home.tenant)
    return Line("tenant_ordinary" if home.tenant == OTHER else "tenant_nobody")


def _events(scene: Scene, home: Dwelling, tenancies: list[int]) -> Iterator[tuple[str, Event]]:
    if home.built_week != NEVER:
        yield "arrived", scene.event(home.built_week, Line("built"))
    for row in tenancies:
        yield from tenancy_in(scene, row)
        yield from tenancy_notes(scene, row)


def tenancy_in(scene: Scene, row: int) -> Iterator[tuple[str, Event]]:
    """A tenancy as seen from the dwelling or the landlord: who came and how, and how it ended."""
    t = scene.world.tenancies
    who = scene.name(Kind.CITIZEN, int(t.citizen_row[row]))
    home = scene.within(Kind.DWELLING, int(t.dwelling_row[row]))
    how = TenancyStart(int(t.how[row])).name.lower()
    yield "moved_in", scene.event(int(t.start_week[row]), Line(f"let_{how}", {"who": who, "home": home}))
    if t.end_week[row] != NEVER:
        weeks = Amount(int(t.end_week[row] - t.start_week[row]), "weeks")
        end = TenancyEnd(int(t.end[row])).name.lower()
        line = Line(f"over_{end}", {"who": who, "home": home, "weeks": weeks})
        yield "lost", scene.event(int(t.end_week[row]), line)


def estate_story(scene: Scene, row: int) -> Story:
    """The story of an estate (afdeling): its dwellings now, and its citizens at risk so far."""
    world = scene.world
    e, d, t = world.estates, world.dwellings, world.tenancies
    ours = d.estate_row == row
    there = np.flatnonzero(ours)
    level = 1.0 if scene.model.week is None else scene.model.week.price_level
    kinds = np.bincount(cells(world, level)[there], minlength=len(Cell)).tolist()
    landlord, keeper, town = int(e.landlord_row[row]), int(e.caretaker_row[row]), int(e.municipality_row[row])
    facts = [
        Fact("landlord", scene.name(Kind.LANDLORD, landlord)),
        Fact("dwellings", Amount(there.size, "dwellings")),
        Fact("stairwells", Amount(np.unique(d.stairwell[there]).size)),
        Fact("rent_mean", Amount(float(d.rent_dkk_month[there].mean()), "dkk_month")),
        Fact("vacant", Amount(kinds[Cell.VACANT] + kinds[Cell.CLAIMED], "dwellings")),
        Fact("claimed", Amount(kinds[Cell.CLAIMED], "dwellings")),
        Fact("homes_at_risk", Amount(sum(kinds[Cell.AT_RISK :]), "dwellings")),
        Fact("homes_supported", Amount(kinds[Cell.SUPPORTED], "dwellings")),
        Fact("homes_in_trouble", Amount(kinds[Cell.TROUBLE], "dwellings")),
        Fact("caretaker", scene.name(Kind.CARETAKER, keeper) if keeper >= 0 else Line("none_covers")),
    ]
    events = (told for tenancy in np.flatnonzero(ours[t.dwelling_row]).tolist() for told in tenancy_in(scene, tenancy))
    return Story(
        kind=Kind.ESTATE,
        row=row,
        day=scene.model.today,
        heading=scene.name(Kind.ESTATE, row),
        facts=tuple(facts),
        events=in_order(events),
        see=scene.see((Kind.LANDLORD, landlord), (Kind.CARETAKER, keeper), (Kind.MUNICIPALITY, town)),
    )
