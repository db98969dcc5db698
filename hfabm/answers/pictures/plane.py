"""The cost-effectiveness plane: what each policy adds, and what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hfabm.answers.pictures.canvas import BLUE, GREY, VERMILION, Picture, boxed, plain_axes, shown, spread_labels
from hfabm.answers.texts import Text, text_of
from hfabm.experiments.study import Limit
from hfabm.language import Language

SINGLES = 3
"""Single reforms that are named beside those on the frontier: the best."""


def picture(plane: pd.DataFrame, title: Text, seeds: int, budget: Limit | None) -> Picture:
    """Every policy with its intervals, the frontier, and the budget.

    Args:
        plane: The table of the plane.
        title: The finding.
        seeds: Over how many seeds.
        budget: What a policy may cost more than the base.
    """
    subtitle = text_of("pictures.plane_shown", seeds=seeds)
    return Picture(
        "cost_effectiveness", title, subtitle, lambda figure, language: _draw(figure, plane, budget, language), 6.2
    )


def _draw(figure: Any, plane: pd.DataFrame, budget: Limit | None, language: Language) -> None:
    axes = figure.subplots()
    axes.margins(x=0.18)
    cost = plane[["cost", "cost_low", "cost_high"]] / 1e6
    across = np.array([plane["effect"] - plane["effect_low"], plane["effect_high"] - plane["effect"]])
    upright = np.array([cost["cost"] - cost["cost_low"], cost["cost_high"] - cost["cost"]])
    axes.errorbar(
        plane["effect"], cost["cost"], xerr=np.nan_to_num(across), yerr=np.nan_to_num(upright), fmt="none",
        ecolor="#bbbbbb", linewidth=0.8,
    )  # fmt: skip
    mixes = plane["levers_moved"] > 1
    axes.scatter(
        plane["effect"][~mixes], cost["cost"][~mixes], color=BLUE, s=34, zorder=3, label=shown("one_lever", language)
    )
    axes.scatter(
        plane["effect"][mixes],
        cost["cost"][mixes],
        facecolor="white",
        edgecolor=BLUE,
        s=30,
        zorder=3,
        label=shown("mix", language),
    )
    steps = plane[plane["on_frontier"]].sort_values("effect")
    axes.plot(steps["effect"], steps["cost"] / 1e6, color=VERMILION, linewidth=1.6, zorder=2)
    if (
        budget is not None
        and budget.metric == "public_cost_per_year"
        and budget.at_most / 1e6 < cost["cost"].max() * 1.2
    ):
        axes.axhline(budget.at_most / 1e6, color=GREY, linestyle=(0, (4, 3)), linewidth=1.0)
        at = (1.0, budget.at_most / 1e6)
        axes.annotate(
            shown("budget", language),
            at,
            xycoords=("axes fraction", "data"),
            ha="right",
            va="bottom",
            fontsize=8,
            color=GREY,
        )
    plain_axes(axes)
    axes.axvline(0.0, color="black", linewidth=0.9)
    singles = plane[(plane["levers_moved"] == 1) & ~plane["on_frontier"]].nlargest(SINGLES, "effect")
    points = [
        (row["effect"], row["cost"] / 1e6, boxed(str(row["label"])), colour)
        for rows, colour in ((steps, VERMILION), (singles, BLUE))
        for row in rows.to_dict("records")
    ]
    spread_labels(axes, points, list(zip(plane["effect"], cost["cost"], strict=True)), above=0.7)
    axes.set_xlabel(shown("plane_across", language), fontsize=9)
    axes.set_ylabel(shown("plane_up", language), fontsize=9)
    axes.legend(fontsize=8, frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
