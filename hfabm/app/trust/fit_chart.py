"""The picture of simulated against observed: a ratio for each observation, on the factors that count as near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hfabm.app.widgets.option_style import (
    BLUE,
    INK,
    QUIET,
    VERMILION,
    Option,
    axis,
    form,
    lettering,
    named_below,
    tip,
    whiskers,
    wrapped,
)

BAND = "#dbeaf4"
MOST = 4.0
"""Ratio at which the axis ends at the latest."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An observation and what the model makes of it, as a share of it.

    Attributes:
        name: What and when.
        ratio: Mean of the runs.
        low: Lower end of the range of the runs.
        high: Upper end.
        factor: Factor within which it is near.
        within: Is it?
    """

    name: str
    ratio: float
    low: float
    high: float
    factor: float
    within: bool


def fit_option(rows: Sequence[Compared], x_name: str) -> Option:
    """Dots with ranges on bands, one observation below the other; filled where the dot is in its band.

    Args:
        rows: From top to bottom.
        x_name: What is shown.
    """
    shown = form("number", 1)
    ends = [value for row in rows for value in (row.high, row.factor)]
    last = min(MOST, math.ceil(2.0 * max([2.0, *ends])) / 2.0)
    upright = axis("category", "", None, across=False, data=[wrapped(row.name, 34) for row in rows], inverse=True)
    upright["axisLabel"] = lettering(INK, interval=0, lineHeight=14)
    points = [[k, row.ratio, row.low, min(row.high, last)] for k, row in enumerate(rows)]
    small = {"yAxis": {"data": [wrapped(row.name, 18) for row in rows]}, "xAxis": {"splitNumber": 3}}
    return {
        "grid": {"left": 4, "right": 20, "top": 8, "bottom": 34, "containLabel": True},
        "xAxis": axis("value", x_name, shown, min=_first(rows), max=last, splitNumber=5, **named_below()),
        "yAxis": upright,
        "tooltip": tip(form("number", 2), by_name=True, of=[0, 2, 3]),
        "series": [*_bands(rows), whiskers("band ranges", points, QUIET, upright=False), _dots(rows, last)],
        "narrow": small,
    }


def _first(rows: Sequence[Compared]) -> float:
    low = min((row.low for row in rows), default=0.0)
    return 0.0 if low >= 0.0 else max(math.floor(2.0 * low) / 2.0, -1.0)


def _bands(rows: Sequence[Compared]) -> list[Option]:
    """From one over the factor to the factor: a bar on another one that is not seen."""
    style: Any = {
        "type": "bar", "stack": "near", "silent": True, "barWidth": "72%", "tooltip": {"show": False}, "z": 1,
    }  # fmt: skip
    clear = {"color": "rgba(0, 0, 0, 0)"}
    return [
        {**style, "id": "band clear", "data": [1.0 / row.factor for row in rows], "itemStyle": clear},
        {**style, "id": "band near", "data": [row.factor - 1.0 / row.factor for row in rows],
         "itemStyle": {"color": BAND}},
    ]  # fmt: skip


def _dots(rows: Sequence[Compared], last: float) -> Option:
    dots = [
        {
            "name": row.name, "value": [min(row.ratio, last), k, row.low, row.high],
            "itemStyle": {"color": BLUE if row.within else "#ffffff", "borderColor": BLUE if row.within else VERMILION},
        }
        for k, row in enumerate(rows)
    ]  # fmt: skip
    line = {
        "silent": True, "symbol": "none", "animation": False, "label": {"show": False}, "data": [{"xAxis": 1}],
        "lineStyle": {"color": "#6b6b6b", "width": 1, "type": "solid"},
    }  # fmt: skip
    return {
        "id": "dots", "type": "scatter", "data": dots, "encode": {"x": 0, "y": 1}, "symbol": "circle",
        "symbolSize": 11, "itemStyle": {"borderWidth": 2}, "z": 5, "markLine": line,
    }  # fmt: skip
