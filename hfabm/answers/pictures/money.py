"""Who pays, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hfabm.answers.break_even import PAYERS
from hfabm.answers.pictures.canvas import COLOURS, MARKERS, Picture, boxed, plain_axes, shown, spread_labels
from hfabm.answers.texts import Text, text_of
from hfabm.language import Language


def picture(course: pd.DataFrame, policies: Sequence[int], title: Text, seeds: int) -> Picture:
    """Extra cost summed up, a panel for each payer, a line for each of some policies.

    Args:
        course: The table of cumulative costs.
        policies: Those to show; a few.
        title: The finding.
        seeds: Over how many seeds.
    """
    subtitle = text_of("pictures.money_shown", seeds=seeds)
    return Picture(
        "break_even", title, subtitle, lambda figure, language: _draw(figure, course, policies, language), 5.0
    )


def _draw(figure: Any, course: pd.DataFrame, policies: Sequence[int], language: Language) -> None:
    every = figure.subplots(1, len(PAYERS), sharey=True)
    for axes, payer in zip(every, PAYERS, strict=True):
        ends = []
        for k, policy in enumerate(policies):
            rows = course[(course["payer"] == payer) & (course["policy"] == policy)]
            axes.plot(rows["year"], rows["cost"] / 1e6, color=COLOURS[k], marker=MARKERS[k], markersize=4)
            axes.fill_between(
                rows["year"], rows["low"] / 1e6, rows["high"] / 1e6, color=COLOURS[k], alpha=0.15, linewidth=0
            )
            if len(rows):
                label = boxed(str(rows["label"].iloc[-1]), 26)
                ends.append((float(rows["year"].iloc[-1]), float(rows["cost"].iloc[-1]) / 1e6, label, COLOURS[k]))
        axes.set_title(shown(f"payer.{payer}", language), fontsize=10)
        axes.locator_params(axis="x", integer=True, nbins=4)
        plain_axes(axes)
        if payer == list(PAYERS)[-1]:
            spread_labels(axes, ends, beside=0.05)
    every[0].set_ylabel(shown("money_axis", language), fontsize=9)
