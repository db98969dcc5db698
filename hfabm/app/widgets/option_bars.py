"""Options of intervals one below the other, and of bars of parts with the interval of their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hfabm.app.widgets.option_style import (
    BLUE,
    COLOURS,
    DECALS,
    GRAPHIC,
    INK,
    Option,
    axis,
    darkened,
    form,
    lettering,
    named_below,
    tip,
    whiskers,
    wrapped,
    zero_line,
)


@dataclass(frozen=True)
class Interval:
    """A number that is not known exactly.

    Attributes:
        name: Of what.
        middle: The best guess.
        low: Lower end of its interval.
        high: Upper end.
    """

    name: str
    middle: float
    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """Is its sign known?"""
        return self.low > 0.0 or self.high < 0.0


def intervals(
    rows: Sequence[Interval], x_name: str, shown: Option | None = None, colour: str = BLUE, letters: int = 30
) -> Option:
    """Dots with whiskers, one below the other: filled where the interval leaves out nought.

    Args:
        rows: From top to bottom.
        x_name: What is shown, with its unit.
        shown: How numbers are written.
        colour: `#rrggbb`.
        letters: Letters of a name in a line.
    """
    shown = shown or form("signed")
    names, stroke = [wrapped(row.name, letters) for row in rows], darkened(colour, GRAPHIC)
    dots: list[Option] = [
        {
            "name": row.name, "value": [row.middle, number, row.low, row.high],
            "itemStyle": {"color": stroke if row.leaves_out_zero else "#ffffff"},
        }
        for number, row in enumerate(rows)
    ]  # fmt: skip
    points = [[number, row.middle, row.low, row.high] for number, row in enumerate(rows)]
    scatter = {
        "id": "dots", "type": "scatter", "data": dots, "encode": {"x": 0, "y": 1}, "symbol": "circle", "symbolSize": 11,
        "itemStyle": {"borderColor": stroke, "borderWidth": 2, "opacity": 1}, "z": 5, "markLine": zero_line("xAxis"),
    }  # fmt: skip
    upright = axis("category", "", None, across=False, data=names, inverse=True)
    upright["axisLabel"] = lettering(INK, interval=0, lineHeight=15)
    small = {"yAxis": {"data": [wrapped(row.name, 20) for row in rows]}, "xAxis": {"splitNumber": 3}}
    return {
        "grid": {"left": 4, "right": 24, "top": 8, "bottom": 32, "containLabel": True},
        "xAxis": axis("value", x_name, shown, splitNumber=5, **named_below()),
        "yAxis": upright,
        "tooltip": tip(shown, by_name=True, of=[0, 2, 3]),
        "series": [whiskers("band 0", points, colour, upright=False), scatter],
        "narrow": small,
    }


def stacked_bars(
    names: Sequence[str],
    parts: Mapping[str, Sequence[float]],
    totals: Sequence[Interval],
    x_name: str,
    shown: Option | None = None,
) -> Option:
    """Lying bars of parts, such as a cost by who pays it, with the interval of each sum.

    Args:
        names: One per bar, from top to bottom.
        parts: Their lengths, by what the parts are. Parts below nought go the other way.
        totals: The sum of each bar.
        x_name: What is shown, with its unit.
        shown: How numbers are written.
    """
    shown = shown or form("number")
    series: list[Option] = []
    for number, (part, lengths) in enumerate(parts.items()):
        colour = COLOURS[number % len(COLOURS)]
        style: Option = {"color": colour, "borderColor": "#ffffff", "borderWidth": 1}
        pattern = DECALS[number % len(DECALS)]
        style["decal"] = {**pattern, "color": "rgba(255, 255, 255, 0.55)"} if pattern else {"symbol": "none"}
        series.append({
            "id": f"part {number}", "name": part, "type": "bar", "stack": "all", "data": list(lengths),
            "barMaxWidth": 26, "itemStyle": style,
        })  # fmt: skip
    points = [[number, total.middle, total.low, total.high] for number, total in enumerate(totals)]
    dots = [[total.middle, number, total.low, total.high] for number, total in enumerate(totals)]
    series.append(whiskers("band 0", points, INK, upright=False))
    series.append({
        "id": "band sums", "type": "scatter", "data": dots, "encode": {"x": 0, "y": 1}, "symbol": "diamond",
        "symbolSize": 10, "z": 5, "silent": True, "markLine": zero_line("xAxis"),
        "itemStyle": {"color": "#ffffff", "borderColor": INK, "borderWidth": 1.6, "opacity": 1},
    })  # fmt: skip
    upright = axis("category", "", None, across=False, data=[wrapped(name, 26) for name in names], inverse=True)
    upright["axisLabel"] = lettering(INK, interval=0, lineHeight=15)
    rows = 1 + sum(len(part) + 6 for part in parts) // 46
    key = {"data": list(parts), "left": 0, "top": 0, "itemWidth": 18, "itemHeight": 12, "textStyle": lettering()}
    small = {"yAxis": {"data": [wrapped(name, 14) for name in names]}, "xAxis": {"splitNumber": 3}}
    return {
        "legend": {**key, "selectedMode": False, "itemGap": 16},
        "grid": {"left": 4, "right": 24, "top": 34, "bottom": 32, "containLabel": True},
        "xAxis": axis("value", x_name, shown, splitNumber=5, **named_below()),
        "yAxis": upright,
        "tooltip": tip(shown, trigger="axis"),
        "series": series,
        "narrow": {**small, "grid": {"top": 14 + 22 * rows}},
    }
