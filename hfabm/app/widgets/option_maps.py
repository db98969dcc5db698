"""Options of heat maps: one number per pair of settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hfabm.app.widgets.option_style import (
    BLACK,
    BLUE,
    INK,
    VERMILION,
    Option,
    axis,
    contrast,
    form,
    lettering,
    mixed,
    named_below,
    tip,
    wrapped,
)

PALE = "#f7f7f5"


def heat_map(
    columns: Sequence[str],
    rows: Sequence[str],
    values: Sequence[Sequence[float | None]],
    x_name: str,
    y_name: str,
    shown: Option | None = None,
    doubtful: Sequence[Sequence[bool]] | None = None,
) -> Option:
    """Numbers in a grid, each written in its cell.

    Blue is above nought and vermilion below; where all have one sign only its colour is used.

    Args:
        columns: Names from left to right.
        rows: Names from top to bottom.
        values: One per row and column; None is left blank.
        x_name: What the columns are, with their unit.
        y_name: What the rows are, with their unit.
        shown: How numbers are written.
        doubtful: Cells whose interval holds nought; they stand in brackets.
    """
    shown = shown or form("signed")
    known = [value for row in values for value in row if value is not None]
    reach = max((abs(value) for value in known), default=1.0) or 1.0
    low, high = (-reach if any(v < 0 for v in known) else 0.0), (reach if any(v > 0 for v in known) else 0.0)
    cells = [
        _cell(
            (column, row),
            f"{rows[row]}, {columns[column]}",
            value,
            reach,
            shown,
            bool(doubtful and doubtful[row][column]),
        )
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if value is not None
    ]
    colours = [VERMILION] * (low < 0) + [PALE] + [BLUE] * (high > 0)
    upright = axis("category", wrapped(y_name, 40), None, across=False, data=list(rows), inverse=True)
    above: Any = {"nameLocation": "start", "nameGap": 12, "nameTextStyle": lettering("#555555", align="left")}
    return {
        "grid": {"left": 4, "right": 8, "top": 34, "bottom": 34, "containLabel": True},
        "xAxis": axis("category", x_name, None, across=False, data=list(columns), **named_below()),
        "yAxis": {**upright, **above, "axisLabel": lettering(INK, interval=0)},
        "visualMap": {"show": False, "min": low, "max": high or 1e-9, "dimension": 2, "inRange": {"color": colours}},
        "tooltip": tip(shown, by_name=True, of=[2]),
        "series": [{
            "id": "cells", "type": "heatmap", "data": cells, "encode": {"x": 0, "y": 1, "value": 2},
            "label": {"show": True, "formatter": shown, **lettering()},
            "itemStyle": {"borderColor": "#ffffff", "borderWidth": 2}, "emphasis": {"disabled": True},
        }],
    }  # fmt: skip


def _cell(place: tuple[int, int], name: str, value: float, reach: float, shown: Option, doubtful: bool) -> Option:
    """A number, black or white as its cell is light or dark."""
    fill = mixed(PALE, BLUE if value > 0 else VERMILION, abs(value) / reach)
    dark = contrast(fill) >= contrast(BLACK) / contrast(fill)
    label = {"color": "#ffffff" if dark else BLACK, "fontWeight": 400 if doubtful else 600}
    return {"name": name, "value": [*place, value], "label": {**label, "formatter": {**shown, "brackets": doubtful}}}
