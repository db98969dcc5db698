"""On which factors an outcome depends, beside what luck alone would score."""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.answers.pictures.canvas import BLUE, VERMILION, Picture, capital, plain_axes, said, short
from hfabm.answers.sensitivity import Method, Sensitivity

SHOWN = 15
"""Factors in a picture at most."""
AXES = {
    Method.SOBOL: "share of variance, with all interactions (ST)",
    Method.MORRIS: "mean size of the effect over the range (mu*), {unit}",
    Method.PAWN: "how far the distribution moves (PAWN, mean KS distance)",
}


def picture(found: Sensitivity, name: str, title: str) -> Picture:
    """The strongest factors with their intervals.

    Args:
        found: What was measured.
        name: Name of the files.
        title: The finding.
    """
    subtitle = (
        f"{capital(said(found.subject))}: {len(found.frame)} factors, {found.points} points, "
        f"{found.noise.seeds} seeds each; 95 % bootstrap intervals, in brackets those of the rank; pale where "
        "not clear of luck."
    )
    rows = min(SHOWN, len(found.frame))
    return Picture(name, title, subtitle, lambda figure: _draw(figure, found), 1.9 + 0.3 * rows)


def _draw(figure: Any, found: Sensitivity) -> None:
    axes, frame = figure.subplots(), found.frame.head(SHOWN)
    measure = found.measure
    y = np.arange(len(frame))[::-1]
    clear = frame["clear"].to_numpy(bool)
    values = frame[measure].to_numpy()
    axes.barh(y, values, color=[BLUE if one else "#b8cfe0" for one in clear], height=0.65)
    low, high = frame[f"{measure}_low"].to_numpy(), frame[f"{measure}_high"].to_numpy()
    ends = np.clip(np.nan_to_num([values - low, high - values]), 0.0, None)
    axes.errorbar(values, y, xerr=ends, fmt="none", ecolor="black", capsize=2.5, linewidth=1.0)
    luck = float(frame["luck"].iloc[0]) if "luck" in frame and len(frame) else float("nan")
    if luck > 0.0:
        axes.axvline(luck, color=VERMILION, linestyle=(0, (4, 3)), linewidth=1.1)
        axes.annotate("luck alone", (luck, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -2),
                      textcoords="offset points", va="top", fontsize=8, color=VERMILION)  # fmt: skip
    labels = [f"{short(str(f), 40)}  ({rank})" for f, rank in zip(frame["factor"], frame["rank"], strict=True)]
    axes.set_yticks(y, labels)
    axes.set_xlabel(AXES[found.method].format(unit=found.unit), fontsize=9)
    axes.set_ylim(-0.6, len(frame) - 0.1)
    plain_axes(axes, "x")
