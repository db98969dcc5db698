"""On which factors an outcome depends, beside what luck alone would score."""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.answers.pictures.canvas import BLUE, VERMILION, Picture, plain_axes, short, shown
from hfabm.answers.sensitivity import Sensitivity
from hfabm.answers.sensitivity_words import seeds_of
from hfabm.answers.texts import Text, both, capital, unit_of
from hfabm.language import Language
from hfabm.language import number as whole

SHOWN = 15
"""Factors in a picture at most."""


def picture(found: Sensitivity, name: str, title: Text) -> Picture:
    """The strongest factors with their intervals.

    Args:
        found: What was measured.
        name: Name of the files.
        title: The finding.
    """

    def subtitle(language: Language) -> str:
        return shown(
            "sensitivity_shown", language, subject=capital(found.subject[language]), factors=len(found.frame),
            points=whole(found.points, language), seeds=seeds_of(found.noise.seeds, language),
        )  # fmt: skip

    height = 1.9 + 0.3 * min(SHOWN, len(found.frame))
    return Picture(name, title, both(subtitle), lambda figure, language: _draw(figure, found, language), height)


def _draw(figure: Any, found: Sensitivity, language: Language) -> None:
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
        axes.annotate(shown("luck_alone", language), (luck, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -2),
                      textcoords="offset points", va="top", fontsize=8, color=VERMILION)  # fmt: skip
    labels = [f"{short(str(f), 40)}  ({rank})" for f, rank in zip(frame["factor"], frame["rank"], strict=True)]
    axes.set_yticks(y, labels)
    axes.set_xlabel(shown(f"axis.{found.method}", language, unit=unit_of(found.unit, language)), fontsize=9)
    axes.set_ylim(-0.6, len(frame) - 0.1)
    plain_axes(axes, "x")
