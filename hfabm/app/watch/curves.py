"""Curves of a watched run: homeless people beside the counts, where they are, homes won and lost, and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hfabm.app.live.figures import Figures
from hfabm.app.live.run import Counted
from hfabm.app.widgets.options import Line, form, lines
from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.language import Language, say

POINTS = 320
"""Places along a curve at most: a screen has no more to show them on."""
YEAR = 52
"""Weeks that flows are summed over."""
STATES = ("street", "night_shelter", "shelter", "hotel", "sofa", "transitional", "prison_hospital")
WON = ("placed_housing_first", "placed_staircase")
LOST = ("evicted", "broke_down")


def homeless(figures: Sequence[Figures], observed: Sequence[Counted], language: Language) -> dict[str, Any]:
    """Homeless people as they are and as a count would see them, and what was counted."""
    picked = _picked(figures)
    days = [one.day.isoformat() for one in picked]
    drawn = [
        Line(say("watch.curve_homeless", language), _values(picked, "homeless")),
        Line(say("watch.curve_counted", language), _values(picked, "counted_homeless")),
        Line(say("watch.curve_long_term", language), _values(picked, "long_term_homeless")),
    ]
    rows: list[list[Any]] = [[day, *line] for day, *line in zip(days, *(line.y for line in drawn), strict=True)]
    if observed:
        places = sorted({*days, *(one.day.isoformat() for one in observed if days and one.day.isoformat() <= days[-1])})
        counts = {one.day.isoformat(): float(one.count) for one in observed}
        drawn = [Line(line.name, _at(places, days, line.y), colour=line.colour) for line in drawn]
        drawn.append(Line(say("watch.curve_observed", language), [counts.get(day) for day in places], observed=True))
        rows = [list(row) for row in zip(places, *(line.y for line in drawn), strict=True)]
        days = places
    return _chart("homeless", days, drawn, rows, say("watch.curve_persons", language), language)


def places(figures: Sequence[Figures], language: Language) -> dict[str, Any]:
    """Where people without a home are."""
    picked = _picked(figures)
    drawn = [Line(say(f"metrics.{name}", language), _values(picked, name)) for name in STATES]
    days = [one.day.isoformat() for one in picked]
    rows = [list(row) for row in zip(days, *(line.y for line in drawn), strict=True)]
    return _chart("places", days, drawn, rows, say("watch.curve_persons", language), language)


def homes(figures: Sequence[Figures], language: Language) -> dict[str, Any]:
    """Placements, and homes lost, over the year before."""
    return _yearly("homes", figures, {"won": WON, "lost": LOST, "found": ("found_alone",)}, language)


def waiting(figures: Sequence[Figures], language: Language) -> dict[str, Any]:
    """Referrals that wait, and the ordinary waiting list."""
    picked = _picked(figures)
    drawn = [Line(say(f"metrics.{name}", language), _values(picked, name)) for name in ("open_referrals", "at_risk")]
    days = [one.day.isoformat() for one in picked]
    rows = [list(row) for row in zip(days, *(line.y for line in drawn), strict=True)]
    return _chart("waiting", days, drawn, rows, say("watch.curve_count", language), language)


def money(figures: Sequence[Figures], language: Language) -> dict[str, Any]:
    """Net cost of the year before, by payer, in millions."""
    names = {"municipal": ("municipal_cost",), "state": ("state_cost",), "region": ("regional_cost",)}
    return _yearly("money", figures, names, language, 1e-6)


def _yearly(
    name: str, figures: Sequence[Figures], sums: Mapping[str, tuple[str, ...]], language: Language, factor: float = 1.0
) -> dict[str, Any]:
    """Sums over the year before each week; in the first year, those of the weeks so far at a yearly pace."""
    weeks = len(figures)
    picked = _places(weeks)
    days = [figures[place].day.isoformat() for place in picked]
    drawn = []
    for label, metrics in sums.items():
        weekly = np.array([sum(one.values[metric] for metric in metrics) for one in figures]) * factor
        total = np.concatenate([[0.0], np.cumsum(weekly)])
        ends = np.array(picked, dtype=np.int64) + 1
        starts = np.maximum(0, ends - YEAR)
        pace = (total[ends] - total[starts]) / (ends - starts) * WEEKS_PER_YEAR if weeks else np.zeros(0)
        drawn.append(Line(say(f"watch.curve_{label}", language), [round(float(x), 3) for x in pace]))
    rows = [list(row) for row in zip(days, *(line.y for line in drawn), strict=True)]
    return _chart(name, days, drawn, rows, say(f"watch.curve_{name}_unit", language), language, from_zero=False)


def _chart(
    name: str, days: Sequence[str], drawn: Sequence[Line], rows: list[list[Any]], unit: str, language: Language,
    from_zero: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """What a `Chart` takes."""
    return {
        "option": lines(list(days), list(drawn), unit, over="time", shown=form("number"), from_zero=from_zero),
        "columns": [say("watch.curve_week", language), *(line.name for line in drawn)],
        "rows": rows,
        "summary": _summary(drawn, rows, language),
        "name": f"hfabm_{name}",
    }


def _summary(drawn: Sequence[Line], rows: Sequence[Sequence[Any]], language: Language) -> str:
    """The last value of each curve in words."""
    if not rows:
        return say("watch.curve_nothing", language)
    said = []
    for place, line in enumerate(drawn, start=1):
        last = next((row for row in reversed(rows) if row[place] is not None), None)
        if last is not None:
            said.append(f"{line.name}: {last[place]:,.0f} ({last[0]})")
    return "; ".join(said)


def _places(weeks: int) -> list[int]:
    """Numbers of the weeks that are drawn: all, or as many as there is room for, the last among them."""
    step = max(1, -(-weeks // POINTS))
    return sorted(range(weeks - 1, -1, -step))


def _picked(figures: Sequence[Figures]) -> list[Figures]:
    return [figures[place] for place in _places(len(figures))]


def _values(figures: Sequence[Figures], name: str) -> list[float | None]:
    return [one.values[name] for one in figures]


def _at(places_: Sequence[str], days: Sequence[str], values: Sequence[float | None]) -> list[float | None]:
    """Values at more places; between two known ones, the one before."""
    known = dict(zip(days, values, strict=True))
    found: list[float | None] = []
    for place in places_:
        found.append(known.get(place, found[-1] if found else None))
    return found
