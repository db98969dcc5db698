"""A page with a map of 24,000 homes for the tests to look at."""

from __future__ import annotations

import demo_town
import solara
from solara.alias import rv

from hfabm.app.widgets.town_map import TownMap

LABELS = {
    "zoom_in": "Zoom ind", "zoom_out": "Zoom ud", "whole": "Hele byen", "tools": "Zoom",
    "instructions": "Plus og minus zoomer, piletaster flytter, 0 viser hele byen, Enter vælger boligen i sigtet.",
    "states": "Boliger", "marks": "Ugens hændelser", "lanes": "Borgere i hjemløshed",
    "lane_keys": "Piletaster går fra borger til borger, Enter vælger.",
}  # fmt: skip


@solara.component
def Page() -> None:
    number, set_number = solara.use_state(0)
    picked, set_picked = solara.use_state({})
    plan = solara.use_memo(demo_town.plan, [])

    solara.Style(".hf-page { max-width: 1180px; margin: 0 auto; padding: 16px; }")
    rv.Html(tag="h1", children=["Boligerne"])
    with solara.Column(classes=["hf-page"]):
        solara.Button("Næste uge", on_click=lambda: set_number(number + 1), classes=["step"])
        rv.Html(tag="p", class_="picked", children=[f"{picked.get('kind', '-')} {picked.get('row', '-')}"])
        TownMap.element(
            labels=LABELS,
            title=f"Boliger i byen, uge {number + 1}",
            language="da",
            selected={key: picked[key] for key in ("kind", "row") if key in picked},
            on_picked=set_picked,
            **plan,
            **demo_town.week(number),
        )
