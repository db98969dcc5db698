"""Who gains: the change for each group, against its size."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hfabm.answers.equity import group_name
from hfabm.answers.pictures.canvas import BLUE, GREY, VERMILION, Picture, plain_axes, shown
from hfabm.answers.texts import Text, text_of
from hfabm.language import Language


def picture(frame: pd.DataFrame, policy: int, measure: str, title: Text) -> Picture:
    """A row for each group: what a policy does to it in a hundred of its person-years at the base.

    Args:
        frame: The table of equity.
        policy: Whose effect.
        measure: Person-years of what.
        title: The finding.
    """
    alone = ~frame["by"].str.contains(" x ") & (frame["by"] != "municipality")
    rows = frame[(frame["policy"] == policy) & (frame["measure"] == measure) & alone].reset_index(drop=True)
    subtitle = text_of("pictures.equity_shown", what=text_of(f"answers.measure.{measure}"))
    height = 1.9 + 0.32 * len(rows)
    return Picture("equity", title, subtitle, lambda figure, language: _draw(figure, rows, language), height)


def _draw(figure: Any, rows: pd.DataFrame, language: Language) -> None:
    axes = figure.subplots()
    y = np.arange(len(rows))[::-1]
    per = 100.0 / rows["base"].where(rows["base"] > 0.0)
    value = rows["difference"] * per
    ends = np.nan_to_num([value - rows["low"] * per, rows["high"] * per - value])
    axes.errorbar(value, y, xerr=ends, fmt="none", ecolor=GREY, capsize=2.5, linewidth=1.0)
    behind = rows["left_behind"].to_numpy(bool)
    axes.scatter(value[~behind], y[~behind], color=BLUE, zorder=3)
    axes.scatter(value[behind], y[behind], color=VERMILION, marker="s", zorder=3)
    named = zip(rows["by"], rows["group"], behind, strict=True)
    names = [(group_name(by, group, language), late) for by, group, late in named]
    axes.set_yticks(y, [shown("behind", language, group=name) if late else name for name, late in names])
    axes.set_xlabel(shown("equity_axis", language), fontsize=9)
    axes.set_ylim(-0.8, len(rows) - 0.2)
    plain_axes(axes, "x")
