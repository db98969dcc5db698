"""A map of the homes of a town, drawn many times a second, with those who have none in lanes beside it."""

from __future__ import annotations

import anywidget
import traitlets

from hfabm.app.widgets.sources import joined

SHAPES = ("filled", "hollow", "eye", "cross", "dot", "half", "bar", "ring")
"""How a home can be drawn where it is large enough to tell; colour never tells a state alone."""
MARKS = ("ring", "diamond", "triangle", "square", "plus", "saltire")
"""Outlines around homes where something happened, by kind."""


class TownMap(anywidget.AnyWidget):
    """A canvas of dwellings by estate and stairwell, and of people without a home.

    Arrays travel as bytes of little-endian numbers, so that a week of 25,000 dwellings is 25 kB. Traits that belong
    together are set together, inside `with town_map.hold_sync():`.

    Attributes:
        xy: Middle of each dwelling: float32 pairs, any unit; y grows downward.
        cell: Side of a dwelling in that unit.
        estate: Row of the estate of each dwelling, uint16.
        estates: `label`, `sublabel` (the landlord), and the box `x`, `y` (its left top), `w`, `h` of each estate.
        edges: Pairs of neighbours: uint32 pairs of rows. Drawn where stairwells can be told apart.
        states: State of each dwelling, uint8.
        palette: Colour of each state, `#rrggbb`.
        shapes: Name of the shape of each state, from `SHAPES`; otherwise those in turn.
        state_labels: Text of each state, for the legend and for those who hear the map.
        marks: What happened this week: uint32 pairs of row and kind.
        mark_labels: Text of each kind.
        mark_colours: Colour of each kind, `#rrggbb`.
        lanes: `key` and `label` of each lane, and `colour` if it has one of its own.
        lane_people: Rows of the people in the lanes, uint32, lane after lane.
        lane_counts: How many of them are in each lane.
        labels: Texts by name: `zoom_in`, `zoom_out`, `whole`, `tools` (name of those buttons), `instructions` (what
            keys do), `states`, `marks`, `lanes` (headings), `lane_keys` (what keys do in a lane).
        title: What the map is, and of when; read aloud as its name.
        language: `da` or `en`: how numbers are written.
        height: Px of the map.
        selected: `kind` and `row` of what is highlighted, or nothing.
        asked: Count it up after a week was set, to be told when it is on the screen.
        drawn: Set by the page to the latest of `asked` that it has drawn.
        picked: Set by the page when somebody picks: `kind` (`dwelling`, `citizen` or `estate`), `row`, and `nonce`,
            which differs each time.
    """

    _esm = joined("town_plan.js", "town_view.js", "town_paint.js", "town_gestures.js", "town_lanes.js", "town_map.js")
    _css = joined("town_map.css")

    xy = traitlets.Bytes(b"").tag(sync=True)
    cell = traitlets.Float(0.8).tag(sync=True)
    estate = traitlets.Bytes(b"").tag(sync=True)
    estates = traitlets.List(traitlets.Dict()).tag(sync=True)
    edges = traitlets.Bytes(b"").tag(sync=True)
    states = traitlets.Bytes(b"").tag(sync=True)
    palette = traitlets.List(traitlets.Unicode()).tag(sync=True)
    shapes = traitlets.List(traitlets.Enum(SHAPES)).tag(sync=True)
    state_labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    marks = traitlets.Bytes(b"").tag(sync=True)
    mark_labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    mark_colours = traitlets.List(traitlets.Unicode()).tag(sync=True)
    lanes = traitlets.List(traitlets.Dict()).tag(sync=True)
    lane_people = traitlets.Bytes(b"").tag(sync=True)
    lane_counts = traitlets.List(traitlets.Int()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    language = traitlets.Enum(("da", "en"), "en").tag(sync=True)
    height = traitlets.Int(520, min=160).tag(sync=True)
    selected = traitlets.Dict().tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)
    drawn = traitlets.Int(0).tag(sync=True)
    picked = traitlets.Dict().tag(sync=True)
