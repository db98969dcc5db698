"""Policies over futures: regret, and where one fails."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hfabm.answers.discovery import Discovery
from hfabm.answers.pictures.canvas import (
    BLUE,
    ORANGE,
    VERMILION,
    Picture,
    capital,
    in_millions,
    named,
    plain_axes,
    said,
    short,
)  # fmt: skip
from hfabm.answers.sample import comparable
from hfabm.experiments.results import Results
from hfabm.metrics.catalogue import metric as metric_of

SHOWN = 20


def regret(frame: pd.DataFrame, title: str) -> Picture:
    """Highest and mean regret of each policy, the most robust at the top.

    Args:
        frame: The table of robustness of one outcome.
        title: The finding.
    """
    rows = frame.head(SHOWN)
    metric = str(rows["metric"].iloc[0])
    divisor, unit = in_millions(metric_of(metric).unit.value)
    subtitle = (
        f"{capital(said(metric))}: how much worse than the best policy of the same future, {unit}: mean, 90th "
        f"percentile, worst of {rows['futures'].iloc[0]} futures. In brackets: share of futures in which it is best."
    )

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        y = np.arange(len(rows))[::-1]
        axes.hlines(y, rows["regret_mean"] / divisor, rows["regret_most"] / divisor, color="#bbbbbb")
        for column, label, colour, mark in (
            ("regret_mean", "mean", BLUE, "o"),
            ("regret_90", "90th percentile", ORANGE, "D"),
            ("regret_most", "worst", VERMILION, "s"),
        ):
            axes.scatter(rows[column] / divisor, y, color=colour, marker=mark, label=label, zorder=3)
        best = zip(rows["label"], rows["best"], strict=True)
        axes.set_yticks(y, [f"{short(str(label), 50)}  ({share:.0%})" for label, share in best])
        axes.set_xlabel(f"regret, {unit}", fontsize=9)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        plain_axes(axes, "x")
        axes.legend(fontsize=8, frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3)

    return Picture(f"regret_{metric}", title, subtitle, draw, 1.9 + 0.3 * len(rows))


def failures(results: Results, found: Discovery, name: str) -> Picture:
    """Where a policy fails, on the two conditions that tell most.

    Args:
        results: The runs.
        found: A discovery that has a box.
        name: Name of the files.
    """
    assert found.box is not None
    names = list(found.box.restrictions)[:2]
    others = [factor.name for factor in found.factors if factor.name not in names]
    names += others[: 2 - len(names)]
    subtitle = f"Each mark is one of {len(found.futures)} futures; shaded is the box of conditions (PRIM)."
    units = {factor.name: factor.unit for factor in found.factors}

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        table = results.futures.loc[list(found.futures)]
        x = comparable(table[names[0]]).to_numpy(float)
        y = comparable(table[names[1]]).to_numpy(float) if len(names) > 1 else np.zeros(len(x))
        fails = found.fails
        axes.scatter(x[~fails], y[~fails], marker="o", facecolor="white", edgecolor=BLUE, label="does not fail")
        axes.scatter(x[fails], y[fails], marker="X", color=VERMILION, label="fails")
        inside = np.ones(len(x), bool)
        for column in names:
            if found.box is not None and column in found.box.restrictions:
                inside &= found.box.restrictions[column].holds(comparable(table[column]).to_numpy())
        if inside.any():
            from matplotlib.patches import Rectangle

            corner, size = (x[inside].min(), y[inside].min()), (np.ptp(x[inside]), np.ptp(y[inside]))
            if len(names) == 1:
                corner, size = (corner[0], -0.5), (size[0], 1.0)
            axes.add_patch(Rectangle(corner, *size, color=ORANGE, alpha=0.2, linewidth=0, zorder=0.5))
        axes.set_xlabel(named(names[0], units[names[0]]), fontsize=9)
        plain_axes(axes)
        if len(names) > 1:
            axes.set_ylabel(named(names[1], units[names[1]]), fontsize=9)
        else:
            axes.set_yticks([])
        axes.legend(fontsize=8, frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)

    return Picture(name, capital(said(" ".join(found.words[:2]))), subtitle, draw, 5.6 if len(names) > 1 else 2.4)
