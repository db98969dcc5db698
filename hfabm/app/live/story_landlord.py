"""A landlord's story: what it accepts and puts up with, and the citizens it was asked to house."""

from __future__ import annotations

import numpy as np

from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, in_order
from hfabm.app.live.story import Amount, Fact, Line, Story
from hfabm.app.live.story_dwelling import tenancy_in
from hfabm.state.codes import TenancyEnd, TenancyStart


def landlord_story(scene: Scene, row: int) -> Story:
    """The story of a landlord; events are the tenancies of citizens whom the municipality placed."""
    world = scene.world
    o, t = world.landlords, world.tenancies
    ours = t.landlord_row == row
    placed = ours & ((t.how == TenancyStart.HOUSING_FIRST) | (t.how == TenancyStart.STAIRCASE))
    lost = placed & ((t.end == TenancyEnd.EVICTED) | (t.end == TenancyEnd.BROKE_DOWN))
    facts = [
        Fact("kind", Line("kind_social" if o.social[row] else "kind_private")),
        Fact("dwellings", Amount(int(o.dwellings[row]), "dwellings")),
        Fact("vacant", Amount(int(((world.dwellings.landlord_row == row) & (world.dwellings.tenant == -1)).sum()))),
        Fact("accepts", Amount(float(o.accepts[row]), "share")),
        Fact("patience", Amount(float(o.patience_weeks[row]), "weeks", 1)),
        Fact("tolerance", Amount(float(o.tolerance[row]), "count", 1)),
        Fact("experience", Amount(float(o.experience[row]), "count_signed", 2)),
        Fact("heard", Amount(float(o.heard[row]), "count_signed", 2)),
        Fact("caretaker_share", Amount(float(scene.model.caretaker_share(row)), "share")),
        Fact("citizens_now", Amount(int((ours & (t.end == TenancyEnd.RUNNING)).sum()), "persons")),
        Fact("referred_now", Amount(int((placed & (t.end == TenancyEnd.RUNNING)).sum()), "persons")),
        Fact("referred_so_far", Amount(int(placed.sum()), "persons")),
        Fact("referred_lost", Amount(int(lost.sum()), "persons")),
    ]
    events = (told for tenancy in np.flatnonzero(placed).tolist() for told in tenancy_in(scene, tenancy))
    estates = np.flatnonzero(world.estates.landlord_row == row).tolist()
    return Story(
        kind=Kind.LANDLORD,
        row=row,
        day=scene.model.today,
        heading=scene.name(Kind.LANDLORD, row),
        facts=tuple(facts),
        events=in_order(events),
        notes=(Line("note_experience"), Line("note_refusals")),
        see=scene.see((Kind.MUNICIPALITY, int(o.municipality_row[row])), *((Kind.ESTATE, e) for e in estates)),
    )
