"""Options of lines over time, with bands, and of what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hfabm.app.widgets.option_style import (
    COLOURS,
    DASHES,
    GRAPHIC,
    INK,
    QUIET,
    SYMBOLS,
    Option,
    axis,
    darkened,
    form,
    lettering,
    letters_of,
    named_above,
    named_below,
    tip,
    whiskers,
    wrapped,
)

Numbers = Sequence[float | None]
LETTER = 6.8
"""Px that a letter of a label takes, on average."""
AXIS = "#9a9a9a"
STEPS = tuple(step * 10.0**power for power in range(-3, 6) for step in (1, 2, 5))
"""From one named place of an axis to the next."""


@dataclass(frozen=True)
class Line:
    """One series over time.

    Attributes:
        name: Written at its end.
        y: Its numbers; None is a gap.
        low: Lower ends of their intervals, if they have some.
        high: Upper ends.
        observed: Draw points, as of something counted, rather than a line.
        colour: `#rrggbb`; otherwise the next of the set.
    """

    name: str
    y: Numbers
    low: Numbers | None = None
    high: Numbers | None = None
    observed: bool = False
    colour: str | None = None


def lines(
    x: Sequence[float | str],
    series: Sequence[Line],
    y_name: str,
    x_name: str = "",
    over: Literal["value", "time", "category"] = "value",
    shown: Option | None = None,
    marked: tuple[float | str, str] | None = None,
    from_zero: bool = True,
) -> Option:
    """Lines with bands, and observed points, named at their ends instead of in a legend.

    Args:
        x: Places along the axis: numbers, days as `2024-01-31`, or names.
        series: What is drawn.
        y_name: What the upright axis shows, with its unit.
        x_name: What the other one shows; may be left out for dates and years.
        over: Kind of `x`.
        shown: How numbers are written, see `form`.
        marked: A place to mark with an upright line, and its label.
        from_zero: Keep nought in view.
    """
    shown = shown or form("number")
    ends = [wrapped(line.name, 18) for line in series]
    modelled = [line for line in series if not line.observed]
    drawn: list[Option] = []
    for number, (line, end) in enumerate(zip(series, ends, strict=True)):
        colour = line.colour or (INK if line.observed else COLOURS[number % len(COLOURS)])
        drawn += _band(number, x, line, colour)
        drawn.append(
            _points(number, x, line, end, colour, modelled) if line.observed else _line(number, x, line, end, colour)
        )
    if marked and drawn:
        drawn[-1]["markLine"] = _marked(*marked)
    ticks = {"value": form("plain"), "time": form("time"), "category": None}[over]
    head = form("day") if over == "time" else form("plain")
    right = 14 + int(LETTER * letters_of(ends))
    return {
        "grid": {"left": 4, "right": right, "top": 40, "bottom": 34 if x_name else 8, "containLabel": True},
        "xAxis": axis(over, x_name, ticks, across=False, **{**named_below(), **_fitted(over, x)}),
        "yAxis": axis("value", y_name, shown, scale=not from_zero, splitNumber=4, **named_above()),
        "tooltip": tip(shown, head, "axis"),
        "series": drawn,
        "narrow": _narrow_lines(drawn, x_name),
    }


def _fitted(over: str, x: Sequence[float | str]) -> Option:
    """An axis that begins and ends with its numbers, with a short tick at each place it names."""
    line = {"axisLine": {"show": True, "onZero": False, "lineStyle": {"color": AXIS, "width": 1}}}
    ticks = {"axisTick": {"show": True, "length": 4, "lineStyle": {"color": AXIS}}}
    if over == "category":
        return {"boundaryGap": False, **line, **ticks}
    ends = {"min": "dataMin", "max": "dataMax", **line, **ticks}
    numbers = [float(at) for at in x if isinstance(at, int | float)]
    if over == "time" or len(numbers) < 2:
        return ends
    reach = max(numbers) - min(numbers)
    step = next((step for step in STEPS if reach / step <= 8.0), reach or 1.0)
    # places are counted from the first; a last one beside a named one would only crowd it
    label = {"showMinLabel": True, "showMaxLabel": reach % step == 0.0, "hideOverlap": True, "margin": 11}
    shown = {"axisLabel": lettering(QUIET, formatter=form("plain"), **label)}
    return {**ends, "interval": step, **shown}


def _narrow_lines(drawn: Sequence[Option], x_name: str) -> Option:
    """On a phone names at the ends would take half the picture: they stand above it."""
    named = [one["name"] for one in drawn if "name" in one]
    above = {"show": True, "top": 0, "left": 0, "itemWidth": 22, "itemGap": 12, "data": named, "textStyle": lettering()}
    hidden: Option = {"label": {"show": False}}
    quiet: list[Option] = [
        {"endLabel": {"show": False}, **({"data": [hidden] * len(one["data"])} if one["type"] == "scatter" else {})}
        for one in drawn
    ]
    rows = 1 + sum(len(name) + 6 for name in named) // 48
    free = {"showMinLabel": None, "showMaxLabel": None}
    grid = {"left": 4, "right": 14, "top": 40 + 22 * rows, "bottom": 34 if x_name else 8, "containLabel": True}
    return {
        "legend": above,
        "grid": grid,
        "series": quiet,
        "xAxis": {"splitNumber": 4, "interval": None, "axisLabel": free},
    }


def _band(number: int, x: Sequence[float | str], line: Line, colour: str) -> list[Option]:
    if line.low is None or line.high is None:
        return []
    points = [[at, low, high] for at, low, high in zip(x, line.low, line.high, strict=True)]
    if line.observed:
        ends = [[at, y, low, high] for (at, low, high), y in zip(points, line.y, strict=True) if low is not None]
        return [whiskers(f"band {number}", ends, colour, upright=True)]
    return [{
        "id": f"band {number}", "type": "custom", "renderItem": "band", "data": points, "silent": True, "clip": True,
        "encode": {"x": 0, "y": [1, 2]}, "itemStyle": {"color": colour, "opacity": 0.15}, "z": 1,
        "tooltip": {"show": False},
    }]  # fmt: skip


def _placed(x: Sequence[float | str], line: Line) -> list[list[Any]]:
    """Points with their intervals; what is not known at the end is left off, since the name stands at the last."""
    nothing: Numbers = [None] * len(x)
    points = [list(point) for point in zip(x, line.y, line.low or nothing, line.high or nothing, strict=True)]
    while points and points[-1][1] is None:
        points.pop()
    return points


def _line(number: int, x: Sequence[float | str], line: Line, end: str, colour: str) -> Option:
    stroke = darkened(colour, GRAPHIC)
    name = {"show": True, "formatter": end, "distance": 8, **lettering(darkened(colour), fontWeight=600, lineHeight=15)}
    return {
        "id": f"line {number}", "name": line.name, "type": "line", "data": _placed(x, line), "encode": {"x": 0, "y": 1},
        "showSymbol": False, "symbol": SYMBOLS[number % len(SYMBOLS)], "symbolSize": 7, "z": 3,
        "lineStyle": {"color": stroke, "width": 2, "type": DASHES[number % len(DASHES)]},
        "itemStyle": {"color": stroke}, "endLabel": name, "labelLayout": {"moveOverlap": "shiftY"},
    }  # fmt: skip


def _freest(points: Sequence[Sequence[Any]], x: Sequence[float | str], others: Sequence[Line]) -> tuple[int, str]:
    """At which of some points a name covers least of the lines around, and whether above or below it."""
    # at the left edge it would cover the numbers of the axis
    inner = range(1, len(points) - 1) if len(points) > 2 else range(len(points) - 1, len(points))
    best, found = -1.0, (inner[-1], "top")
    for at in inner:
        column = list(x).index(points[at][0])
        gaps = [y - points[at][1] for line in others if (y := line.y[column]) is not None]
        above = min((gap for gap in gaps if gap >= 0.0), default=float("inf"))
        below = min((-gap for gap in gaps if gap <= 0.0), default=float("inf"))
        for room, position in ((above, "top"), (below, "bottom")):
            if room > best:
                best, found = room, (at, position)
    return found


def _points(number: int, x: Sequence[float | str], line: Line, end: str, colour: str, others: Sequence[Line]) -> Option:
    stroke = darkened(colour, GRAPHIC)
    points: list[Any] = [{"value": point} for point in _placed(x, line) if point[1] is not None]
    if points:
        at, position = _freest([point["value"] for point in points], x, others)
        halo = {"textBorderColor": "#ffffff", "textBorderWidth": 3}
        name = lettering(darkened(colour), fontWeight=600, lineHeight=15, **halo)
        points[at]["label"] = {"show": True, "position": position, "distance": 8, "formatter": end, **name}
    return {
        "id": f"line {number}", "name": line.name, "type": "scatter", "data": points, "encode": {"x": 0, "y": 1},
        "symbol": "diamond", "symbolSize": 14, "z": 5,
        "itemStyle": {"color": stroke, "borderColor": "#ffffff", "borderWidth": 1.5, "opacity": 1},
    }  # fmt: skip


def _marked(place: float | str, label: str) -> Option:
    words = {
        "show": True,
        "formatter": label,
        "position": "insideEndTop",
        "rotate": 0,
        "align": "left",
        "padding": [0, 0, 0, 14],
    }
    return {
        "silent": True, "symbol": "none", "lineStyle": {"color": AXIS, "width": 1, "type": [3, 3]},
        "label": {**words, "distance": [6, -8], **lettering(QUIET)}, "data": [{"xAxis": place}],
    }  # fmt: skip
