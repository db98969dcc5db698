"""How all charts of the app look: colours that can be read, letters that are large enough, quiet axes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any, Literal

from hfabm.answers.pictures.canvas import BLACK, BLUE, COLOURS, VERMILION

Option = dict[str, Any]
Kind = Literal["plain", "number", "signed", "percent", "million", "dkk", "time", "day"]

INK, QUIET, RULE = "#1a1a1a", "#555555", "#e6e6e6"
"""Text, lesser text, and lines behind the picture."""
TEXT, GRAPHIC = 4.5, 3.0
"""Least contrast with white of letters and of lines (WCAG 2.1, 1.4.3 and 1.4.11)."""
SIZE = 12
"""Px of the smallest letters."""
DASHES: tuple[str | list[int], ...] = ("solid", [7, 4], [2, 3], [9, 3, 2, 3])
SYMBOLS = ("circle", "rect", "triangle", "diamond", "pin", "arrow")
"""What tells series apart beside their colours."""
DECALS: tuple[Option | None, ...] = (
    None,
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 6], "rotation": -0.785},
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 6], "rotation": 0.785},
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1.5, 4], "rotation": 1.571},
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1.5, 4], "rotation": 0},
)
"""What tells areas apart beside their colours."""
__all__ = ["BLACK", "BLUE", "COLOURS", "VERMILION"]


def form(kind: Kind, digits: int = 0, unit: str = "") -> Option:
    """How a number is written; the page does it, in its language.

    Args:
        kind: `million` divides by 1,000,000 and `percent` multiplies by 100; neither `million` nor `number` say a
            unit. `time` is for ticks of an axis of dates, `day` for one date.
        digits: Decimals.
        unit: What stands after the number.
    """
    return {"as": kind, "digits": digits, "unit": unit}


def contrast(colour: str) -> float:
    """Contrast of a colour with white, 1 to 21.

    >>> round(contrast("#000000"), 1), contrast("#ffffff")
    (21.0, 1.0)
    """
    parts = [int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(colour: str, least: float = TEXT) -> str:
    """A colour, or a darker one of its hue that stands out from white.

    >>> darkened("#0072B2"), darkened("#E69F00", 3.0) < "#E69F00"
    ('#0072B2', True)
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    while contrast(colour) < least:
        parts = [int(part * 0.96) for part in parts]
        colour = "#" + "".join(f"{part:02X}" for part in parts)
    return colour


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lettering(colour: str = INK, **more: Any) -> Option:
    """Style of letters."""
    return {"fontSize": SIZE, "color": colour, **more}


def wrapped(text: str, letters: int) -> str:
    """A label in lines."""
    # a paragraph stays with its number
    whole = text.replace("§ ", "§\u00a0")
    return "\n".join(textwrap.wrap(whole, letters, break_long_words=False) or [""])


def letters_of(labels: Iterable[str]) -> int:
    """Letters of the longest line of labels."""
    return max((len(line) for label in labels for line in label.split("\n")), default=0)


def axis(kind: str, name: str, shown: Option | None = None, across: bool = True, **more: Any) -> Option:
    """A quiet axis: no line of its own, light lines across the picture.

    Args:
        kind: Type of axis of ECharts.
        name: What it shows, with its unit.
        shown: How its ticks are written.
        across: Draw lines across the picture at its ticks.
        **more: Other settings of ECharts.
    """
    label = lettering(QUIET, hideOverlap=True, **({"formatter": shown} if shown else {}))
    return {
        "type": kind, "name": name, "nameTextStyle": lettering(QUIET), "axisLabel": label,
        "axisLine": {"show": False, "onZero": False}, "axisTick": {"show": False},
        "splitLine": {"show": across, "lineStyle": {"color": RULE, "width": 1}}, **more,
    }  # fmt: skip


def named_above() -> Option:
    """Settings of an upright axis whose name stands above it, where it can be read without turning the head."""
    return {"nameLocation": "end", "nameGap": 14, "nameTextStyle": lettering(QUIET, align="left")}


def named_below(gap: int = 30) -> Option:
    """Settings of an axis along the bottom whose name stands below its middle."""
    return {"nameLocation": "middle", "nameGap": gap}


def tip(body: Option, head: Option | None = None, trigger: str = "item", **more: Any) -> Option:
    """What a pointer shows: the place, and each number with its interval.

    Args:
        body: How its numbers are written.
        head: How its place is written.
        trigger: `item` for one mark, `axis` for all at the same place along the axis.
        **more: `by_name`: the place is the name of the mark; `of`: where in a point its middle, low and high stand.
    """
    return {
        "trigger": trigger, "confine": True, "borderColor": "#c8c8c8", "borderWidth": 1, "padding": [6, 10],
        "axisPointer": {"type": "line", "lineStyle": {"color": "#9a9a9a", "width": 1, "type": "solid"}},
        "extraCssText": "box-shadow: 0 2px 8px rgba(0, 0, 0, 0.12);",
        "formatter": {"as": "tip", "body": body, "head": head or form("plain"), **more},
    }  # fmt: skip


def zero_line(along: Literal["xAxis", "yAxis"]) -> Option:
    """A line at no effect."""
    return {
        "silent": True, "symbol": "none", "animation": False, "label": {"show": False},
        "lineStyle": {"color": "#6b6b6b", "width": 1, "type": "solid"}, "data": [{along: 0}],
    }  # fmt: skip


def whiskers(name: str, points: list[Any], colour: str, upright: bool) -> Option:
    """A series of intervals.

    Args:
        name: Its id; begins with `band`.
        points: `[row, middle, low, high]` each.
        colour: `#rrggbb`.
        upright: Stand up, rather than lie.
    """
    place, ends = ("x", "y") if upright else ("y", "x")
    return {
        "id": name, "type": "custom", "renderItem": f"whisker_{ends}", "data": points, "silent": True,
        "encode": {place: 0, ends: [1, 2, 3]}, "itemStyle": {"color": darkened(colour, GRAPHIC)}, "z": 4,
        "tooltip": {"show": False},
    }  # fmt: skip
