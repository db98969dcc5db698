"""From a plan and a frame to what the map takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from hfabm.app.live.frame import OUTSIDE, Cell, Frame
from hfabm.app.live.marks import Mark
from hfabm.app.live.town import Estate, Owner, TownPlan
from hfabm.language import Language, number, say, week

CELL = 0.86
"""Side of a dwelling, of the cell it stands in."""
PALETTE: Mapping[Cell, tuple[str, str]] = {
    Cell.ORDINARY: ("#d7dce2", "filled"),
    Cell.VACANT: ("#8a939d", "hollow"),
    Cell.CLAIMED: ("#009e73", "dot"),
    Cell.AT_RISK: ("#56b4e9", "filled"),
    Cell.SUPPORTED: ("#0072b2", "eye"),
    Cell.TROUBLE: ("#d55e00", "cross"),
}
"""Colour and shape of each kind of dwelling."""
COLOURS: Mapping[Mark, str] = {
    Mark.PLACED: "#004a77", Mark.MOVED_IN: "#56b4e9", Mark.LOST: "#a63600", Mark.NOTICE: "#b35b00",
    Mark.VISITED: "#00664a", Mark.HEARD: "#cc79a7", Mark.COMPLAINT: "#8a3d68", Mark.BUILT: "#000000",
}  # fmt: skip
"""Colours of what happens."""


def of_town(plan: TownPlan, language: Language) -> dict[str, Any]:
    """What the map takes once."""
    x, y = np.frombuffer(plan.x, np.float32), np.frombuffer(plan.y, np.float32)
    middles = np.column_stack([x, y])
    return {
        "xy": middles.astype("<f4").tobytes(),
        "cell": CELL,
        "estate": np.frombuffer(plan.estate, np.uint16).astype("<u2").tobytes(),
        "edges": np.frombuffer(plan.edges, np.uint32).astype("<u4").tobytes(),
        **in_words(plan, language),
    }


def in_words(plan: TownPlan, language: Language) -> dict[str, Any]:
    """What the map says, in a language."""
    return {
        "estates": [_estate(estate, plan, language) for estate in plan.estates],
        "palette": [PALETTE[cell][0] for cell in Cell],
        "shapes": [PALETTE[cell][1] for cell in Cell],
        "state_labels": [say(f"watch.cell_{cell.name.lower()}", language) for cell in Cell],
        "mark_labels": [say(f"watch.mark_{mark}", language) for mark in Mark],
        "mark_colours": [COLOURS[mark] for mark in Mark],
        "lanes": [{"key": place.name, "label": say(f"codes.Housing.{place.name}", language)} for place in OUTSIDE],
        "labels": {name: say(f"watch.map_{name}", language) for name in MAP_LABELS},
        "language": language.value,
    }


MAP_LABELS = ("zoom_in", "zoom_out", "whole", "tools", "instructions", "states", "marks", "lanes", "lane_keys")
"""What the map has to have words for."""


def of_frame(frame: Frame, plan: TownPlan, language: Language) -> dict[str, Any]:
    """What the map takes every week."""
    people = [frame.outside[place.name] for place in OUTSIDE]
    kinds = [np.frombuffer(frame.marks[mark.value], np.uint32) for mark in Mark]
    pairs = np.concatenate([np.column_stack([rows, np.full_like(rows, kind)]) for kind, rows in enumerate(kinds)])
    return {
        "states": frame.states,
        "marks": pairs.astype("<u4").tobytes(),
        "lane_people": b"".join(people),
        "lane_counts": [len(rows) // 4 for rows in people],
        "title": title(frame, plan, language),
    }


def title(frame: Frame, plan: TownPlan, language: Language) -> str:
    """The map in a sentence, for those who do not see it."""
    states = np.bincount(np.frombuffer(frame.states, np.uint8), minlength=len(Cell))
    counts = {cell.name.lower(): number(float(states[cell]), language) for cell in Cell}
    without = sum(len(rows) // 4 for rows in frame.outside.values())
    town = ", ".join(plan.municipalities)
    when = week(frame.day, language)
    return say("watch.map_title", language, town=town, week=when, without=number(without, language), **counts)


def _estate(estate: Estate, plan: TownPlan, language: Language) -> dict[str, Any]:
    place = estate.place
    box = {"x": place.x, "y": place.y, "w": place.width, "h": place.height}
    if estate.row < 0:
        return {"label": say("watch.new_ground", language), "sublabel": "", **box}
    owner = owner_name(plan.landlords[estate.landlord_row], language)
    return {"label": say("story.name_estate", language, number=estate.number), "sublabel": owner, **box}


def owner_name(owner: Owner, language: Language) -> str:
    """What a landlord is called."""
    return say(f"story.name_{'organisation' if owner.social else 'owner'}", language, number=owner.number)
