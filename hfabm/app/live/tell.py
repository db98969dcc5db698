"""Who tells what: a story for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hfabm.app.live.chronicle import Chronicle
from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene
from hfabm.app.live.story import Story
from hfabm.app.live.story_citizen import citizen_story
from hfabm.app.live.story_dwelling import dwelling_story, estate_story
from hfabm.app.live.story_landlord import landlord_story
from hfabm.app.live.story_municipality import municipality_story
from hfabm.app.live.story_services import caretaker_story, shelter_story, team_story
from hfabm.app.live.town import TownPlan
from hfabm.model import HousingFirstModel

TELLERS: Mapping[Kind, Callable[[Scene, int], Story]] = {
    Kind.CITIZEN: citizen_story,
    Kind.DWELLING: dwelling_story,
    Kind.ESTATE: estate_story,
    Kind.LANDLORD: landlord_story,
    Kind.CARETAKER: caretaker_story,
    Kind.TEAM: team_story,
    Kind.SHELTER: shelter_story,
    Kind.MUNICIPALITY: municipality_story,
}


def tell(kind: Kind, row: int, model: HousingFirstModel, chronicle: Chronicle, plan: TownPlan) -> Story:
    """The story so far.

    Args:
        kind: What it is of.
        row: Its row.
        model: The model.
        chronicle: What was noted while it ran.
        plan: The map.

    Raises:
        IndexError: There is no such row.
    """
    scene = Scene(model, chronicle, plan)
    size = scene.table(kind).size
    if not 0 <= row < size:
        raise IndexError(f"there is no {kind} {row}: they go from 0 to {size - 1}; look for another")
    return TELLERS[kind](scene, row)
