"""Effects of policies on one outcome, each with its interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hfabm.answers.pictures.canvas import BLUE, GREY, Picture, plain_axes, short, shown
from hfabm.answers.texts import Text, both, in_millions, meaning_of, unit_of
from hfabm.language import Language
from hfabm.metrics.catalogue import metric as metric_of

SHOWN = 24
"""Policies in a picture at most."""


def picture(effects: pd.DataFrame, metric: str, title: Text) -> Picture:
    """A row for each policy, the best at the top.

    Args:
        effects: The table of effects.
        metric: The outcome.
        title: The finding.
    """
    rows = effects[effects["metric"] == metric]
    better = rows["better"].iloc[0]
    rows = rows.sort_values("difference", ascending=better != "higher", ignore_index=True)
    left_out = len(rows) - SHOWN
    if left_out > 0:
        rows = pd.concat([rows.head(SHOWN // 2), rows.tail(SHOWN // 2)], ignore_index=True)
    unit, seeds, every = rows["unit"].iloc[0], rows["seeds"].min(), len(rows) + max(left_out, 0)

    def subtitle(language: Language) -> str:
        ends = "effects_more" if better else "effects_ends"
        more = f" {shown(ends, language, shown=SHOWN // 2, count=every)}" if left_out > 0 else ""
        means = meaning_of(metric, metric_of(metric).means, language)
        return shown("effects_shown", language, means=means, unit=unit_of(unit, language), seeds=seeds, more=more)

    def draw(figure: Any, language: Language) -> None:
        _draw(figure, rows, *in_millions(unit, language), left_out > 0, language)

    return Picture(f"effects_{metric}", title, both(subtitle), draw, 1.8 + 0.26 * len(rows))


def _draw(figure: Any, rows: pd.DataFrame, divisor: float, unit: str, parted: bool, language: Language) -> None:
    axes = figure.subplots()
    value = rows["difference"] / divisor
    y = np.arange(len(rows))[::-1]
    ends = np.array([rows["difference"] - rows["low"], rows["high"] - rows["difference"]]) / divisor
    axes.errorbar(value, y, xerr=np.nan_to_num(ends), fmt="none", ecolor=GREY, capsize=2.5, linewidth=1.0)
    clear = rows["clear"].to_numpy(bool)
    axes.scatter(value[clear], y[clear], color=BLUE, s=34, zorder=3)
    axes.scatter(value[~clear], y[~clear], facecolor="white", edgecolor=BLUE, s=34, zorder=3)
    axes.set_yticks(y, [short(label, 60) for label in rows["label"]])
    axes.set_xlabel(shown("over_base", language, unit=unit), fontsize=9)
    if parted:
        axes.axhline(len(rows) / 2.0 - 0.5, color=GREY, linestyle=(0, (1, 3)), linewidth=1.0)
    axes.set_ylim(-0.8, len(rows) - 0.2)
    plain_axes(axes, "x")
