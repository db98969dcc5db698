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
    named,
    plain_axes,
    short,
    shown,
)  # fmt: skip
from hfabm.answers.sample import comparable
from hfabm.answers.texts import Text, both, capital, in_millions, outcome, percent, plain, text_of
from hfabm.experiments.results import Results
from hfabm.language import Language
from hfabm.metrics.catalogue import metric as metric_of

SHOWN = 20


def regret(frame: pd.DataFrame, title: Text) -> Picture:
    """Highest and mean regret of each policy, the most robust at the top.

    Args:
        frame: The table of robustness of one outcome.
        title: The finding.
    """
    rows = frame.head(SHOWN)
    metric = str(rows["metric"].iloc[0])
    of_metric = metric_of(metric).unit.value

    def subtitle(language: Language) -> str:
        what, unit = capital(outcome(metric, language)), in_millions(of_metric, language)[1]
        return shown("regret_shown", language, what=what, unit=unit, futures=rows["futures"].iloc[0])

    def draw(figure: Any, language: Language) -> None:
        axes = figure.subplots()
        divisor, unit = in_millions(of_metric, language)
        y = np.arange(len(rows))[::-1]
        axes.hlines(y, rows["regret_mean"] / divisor, rows["regret_most"] / divisor, color="#bbbbbb")
        for column, colour, mark in (
            ("regret_mean", BLUE, "o"),
            ("regret_90", ORANGE, "D"),
            ("regret_most", VERMILION, "s"),
        ):
            label = shown(column, language)
            axes.scatter(rows[column] / divisor, y, color=colour, marker=mark, label=label, zorder=3)
        best = zip(rows["label"], rows["best"], strict=True)
        axes.set_yticks(y, [f"{short(str(label), 50)}  ({percent(share, language)})" for label, share in best])
        axes.set_xlabel(shown("regret_axis", language, unit=unit), fontsize=9)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        plain_axes(axes, "x")
        axes.legend(fontsize=8, frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3)

    return Picture(f"regret_{metric}", title, both(subtitle), draw, 1.9 + 0.3 * len(rows))


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
    units = {factor.name: factor.unit for factor in found.factors}
    subtitle = text_of("pictures.failures_shown", futures=len(found.futures))

    def title(language: Language) -> str:
        return capital(plain(" ".join(found.told(language)[:2])))

    def draw(figure: Any, language: Language) -> None:
        axes = figure.subplots()
        table = results.futures.loc[list(found.futures)]
        x = comparable(table[names[0]]).to_numpy(float)
        y = comparable(table[names[1]]).to_numpy(float) if len(names) > 1 else np.zeros(len(x))
        fails = found.fails
        axes.scatter(
            x[~fails], y[~fails], marker="o", facecolor="white", edgecolor=BLUE, label=shown("does_not_fail", language)
        )
        axes.scatter(x[fails], y[fails], marker="X", color=VERMILION, label=shown("fails", language))
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
        axes.set_xlabel(named(names[0], units[names[0]], language), fontsize=9)
        plain_axes(axes)
        if len(names) > 1:
            axes.set_ylabel(named(names[1], units[names[1]], language), fontsize=9)
        else:
            axes.set_yticks([])
        axes.legend(fontsize=8, frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)

    return Picture(name, both(title), subtitle, draw, 5.6 if len(names) > 1 else 2.4)
