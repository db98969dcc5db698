"""Options of the charts of the app, from plain lists.

Uncertainty is always drawn. A band is a series of points `[x, low, high]` that the page draws as one shape
(`"renderItem": "band"`); an interval is a point `[row, middle, low, high]` drawn as a line with short ends
(`"renderItem": "whisker_x"`, or `whisker_y` on upright bars). Series of bands have ids that begin with `band`, so
that no pointer names them. Colour never tells something alone: lines have dashes, points shapes, bars patterns, and
a mark is filled where its interval leaves out nought.
"""

from __future__ import annotations

from hfabm.app.widgets.option_bars import Interval, intervals, stacked_bars
from hfabm.app.widgets.option_lines import Line, lines
from hfabm.app.widgets.option_maps import heat_map
from hfabm.app.widgets.option_style import Option, form

__all__ = ["Interval", "Line", "Option", "form", "heat_map", "intervals", "lines", "stacked_bars"]
