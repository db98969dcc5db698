"""What a budget buys: the most person-years at home at every price."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd

from hfabm.answers.pictures.canvas import BLUE, VERMILION, Picture, plain_axes, spread_labels


def picture(frontier: pd.DataFrame, title: str, seeds: int) -> Picture:
    """The best policy at every price, by single reforms and by mixes.

    Args:
        frontier: The table of the budget frontier.
        title: The finding.
        seeds: Over how many seeds.
    """
    subtitle = (
        "Most person-years at home a year that so much extra public money a year affords, by single reforms and with "
        f"mixes; over the base, prices of 2023. Means over {seeds} seeds, 95 % intervals at the best."
    )
    return Picture("budget_frontier", title, subtitle, lambda figure: _draw(figure, frontier))


def _draw(figure: Any, frontier: pd.DataFrame) -> None:
    axes = figure.subplots()
    _steps(axes, frontier[frontier["levers_moved"] <= 1], BLUE, "by one reform", "--")
    _steps(axes, frontier, VERMILION, "by any mix", "-")
    axes.scatter(frontier["cost"] / 1e6, frontier["effect"], color="#bbbbbb", s=12, zorder=1)
    plain_axes(axes)
    axes.set_xlabel("extra net public cost, m DKK a year", fontsize=9)
    axes.set_ylabel("extra person-years at home, a year", fontsize=9)
    axes.margins(x=0.22, y=0.12)
    axes.legend(fontsize=8, frameon=False, loc="lower right")


def _steps(axes: Any, rows: pd.DataFrame, colour: str, label: str, style: str) -> None:
    best = rows[rows["effect"] >= rows["effect"].cummax()].drop_duplicates("effect")
    axes.step(best["cost"] / 1e6, best["effect"], where="post", color=colour, linestyle=style, label=label)
    low, high = best["effect"] - best["effect_low"], best["effect_high"] - best["effect"]
    axes.errorbar(
        best["cost"] / 1e6, best["effect"], yerr=[low.fillna(0.0), high.fillna(0.0)], fmt="o", color=colour,
        markersize=4, capsize=2, linewidth=0.8,
    )  # fmt: skip
    if style == "-":
        named = best[best["cost"].diff(-1).abs().fillna(np.inf) > 0.03 * float(np.ptp(rows["cost"]))]
        beside = 0.015 * float(np.ptp(rows["cost"])) / 1e6
        told = named.to_dict("records")
        spread_labels(
            axes, [(r["cost"] / 1e6 + beside, r["effect"], textwrap.fill(str(r["label"]), 30), colour) for r in told]
        )
