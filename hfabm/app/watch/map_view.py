"""The map on the page: the town once, then a picture for every week, straight to the browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import solara

from hfabm.app.live.names import Kind
from hfabm.app.watch.drawing import in_words, of_frame, of_town
from hfabm.app.watch.player import Player
from hfabm.app.watch.theatre import theatre
from hfabm.app.widgets.town_map import TownMap
from hfabm.language import Language


@solara.component
def MapView(
    player: Player, language: Language, looked: tuple[Kind, int] | None, see: Callable[[Kind, int], None]
) -> Any:
    """The map of a run.

    Args:
        player: The run.
        language: The language.
        looked: Who or what is looked at, to be found on the map.
        see: Called with what was picked.
    """
    opening = player.opening
    assert opening is not None
    stage = solara.use_memo(theatre, [])
    fixed = solara.use_memo(lambda: of_town(opening.plan, language), [player])
    words = solara.use_memo(lambda: in_words(opening.plan, language), [player, language])

    def picked(value: Mapping[str, Any]) -> None:
        if value.get("kind") in ("dwelling", "citizen", "estate"):
            see(Kind(value["kind"]), int(value["row"]))

    selected = {"kind": str(looked[0]), "row": looked[1]} if looked else {}
    # weeks go to the widget itself: to draw the page anew for each would cost more than the map
    element = TownMap.element(
        **{**fixed, **words}, selected=selected, on_picked=picked, on_drawn=lambda _: player.drawn()
    )

    def follow() -> Callable[[], None]:
        widget, drawing = solara.get_widget(element), threading.Lock()

        def put(playing: Player) -> None:
            if playing.frame is None or playing is not player:
                return
            with drawing, widget.hold_sync():
                for name, value in of_frame(playing.frame, opening.plan, language).items():
                    setattr(widget, name, value)
                widget.asked = widget.asked + 1

        stage.on_frame = put
        put(player)

        def leave() -> None:
            if stage.on_frame is put:
                stage.on_frame = None

        return leave

    solara.use_effect(follow, [player, language])
    return element
