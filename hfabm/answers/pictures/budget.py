"""What a budget buys: the most person-years at home at every price."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hfabm.answers.pictures.canvas import BLUE, VERMILION, Picture, boxed, plain_axes, shown, spread_labels
from hfabm.answers.texts import Text, text_of
from hfabm.language import Language


def picture(frontier: pd.DataFrame, title: Text, seeds: int) -> Picture:
    """The best policy at every price, by single reforms and by mixes.

    Args:
        frontier: The table of the budget frontier.
        title: The finding.
        seeds: Over how many seeds.
    """
    subtitle = text_of("pictures.budget_shown", seeds=seeds)
    return Picture("budget_frontier", title, subtitle, lambda figure, language: _draw(figure, frontier, language))


def _draw(figure: Any, frontier: pd.DataFrame, language: Language) -> None:
    axes = figure.subplots()
    axes.margins(x=0.22, y=0.12)
    axes.scatter(frontier["cost"] / 1e6, frontier["effect"], color="#bbbbbb", s=12, zorder=1)
    end = float(frontier["cost"].max())
    _steps(axes, frontier[frontier["levers_moved"] <= 1], end, BLUE, shown("by_one", language), "--")
    _steps(axes, frontier, end, VERMILION, shown("by_mix", language), "-")
    _named(axes, frontier)
    plain_axes(axes)
    axes.set_xlabel(shown("budget_across", language), fontsize=9)
    axes.set_ylabel(shown("budget_up", language), fontsize=9)
    axes.legend(fontsize=8, frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)


def _steps(axes: Any, rows: pd.DataFrame, end: float, colour: str, label: str, style: str) -> None:
    """What so much money affords, on to the dearest policy."""
    best = _best(rows)
    cost, effect = [*best["cost"], end], [*best["effect"], best["effect"].max()]
    axes.step(np.array(cost) / 1e6, effect, where="post", color=colour, linestyle=style, label=label)
    low, high = best["effect"] - best["effect_low"], best["effect_high"] - best["effect"]
    axes.errorbar(
        best["cost"] / 1e6, best["effect"], yerr=[low.fillna(0.0), high.fillna(0.0)], fmt="o", color=colour,
        markersize=4, capsize=2, linewidth=0.8,
    )  # fmt: skip


def _named(axes: Any, rows: pd.DataFrame) -> None:
    """The best at each price by name; where prices are much the same, the dearest."""
    best = _best(rows)
    told = best[best["cost"].diff(-1).abs().fillna(np.inf) > 0.03 * float(np.ptp(rows["cost"]))]
    points = [(r["cost"] / 1e6, r["effect"], boxed(str(r["label"])), VERMILION) for r in told.to_dict("records")]
    # the line itself is kept clear too
    ends = [*best["cost"].iloc[1:], rows["cost"].max()]
    line = [
        (float(x) / 1e6, effect)
        for start, end, effect in zip(best["cost"], ends, best["effect"], strict=True)
        for x in np.linspace(start, end, 60)
    ]
    spread_labels(axes, points, [*zip(rows["cost"] / 1e6, rows["effect"], strict=True), *line], above=0.8)


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["effect"] >= rows["effect"].cummax()].drop_duplicates("effect")
