"""The headline grid: what two levers do, at every choice of a third."""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.answers.paired import asked, by_seed, mean_of, outcome, over_base
from hfabm.answers.pictures.canvas import COLOURS, MARKERS, Picture, named, plain_axes, shown
from hfabm.answers.texts import Text, both, in_millions, meaning_of, plain, unit_of
from hfabm.experiments.results import Results
from hfabm.language import Language
from hfabm.metrics.catalogue import metric as metric_of


def picture(results: Results, metric: str, title: Text) -> Picture:
    """A panel for each choice of the first lever, a mark for each of the last, over those of the second.

    Args:
        results: Runs of a full grid of two or three levers.
        metric: What is shown, over the base.
        title: The finding.
    """
    seeds, of_metric = len(results.study.seeds), metric_of(metric)

    def subtitle(language: Language) -> str:
        means, unit = meaning_of(metric, of_metric.means, language), unit_of(of_metric.unit.value, language)
        return shown("grid_shown", language, means=means, unit=unit, seeds=seeds)

    def draw(figure: Any, language: Language) -> None:
        _draw(figure, results, metric, language)

    return Picture(f"grid_{metric}", title, both(subtitle), draw)


def _draw(figure: Any, results: Results, metric: str, language: Language) -> None:
    levers = list(results.study.levers)
    divisor, unit = in_millions(metric_of(metric).unit.value, language)
    added = by_seed(over_base(outcome(results, metric)), asked(results)) / divisor
    cells = added.reshape(*(len(lever.choices) for lever in levers), added.shape[1])
    while len(levers) < 3:
        cells, levers = cells[None], [None, *levers]  # type: ignore[list-item]
    panels, along, marks = levers
    every = figure.subplots(1, len(cells), sharey=True, squeeze=False)[0]
    for place, axes in enumerate(every):
        for k, mark in enumerate(marks.choices):
            found = [mean_of(cells[place, j, k]) for j in range(len(along.choices))]
            middle = (len(marks.choices) - 1) / 2.0
            x = np.arange(len(found)) + 0.16 * (k - middle)
            y = np.array([one.value for one in found])
            bars = np.nan_to_num(np.array([[one.value - one.low, one.high - one.value] for one in found]).T)
            axes.errorbar(
                x, y, yerr=bars, fmt=MARKERS[k], color=COLOURS[k], linestyle="-", linewidth=1.0, capsize=2.5,
                markersize=5.5, label=f"{plain(marks.name)}: {mark.label}",
            )  # fmt: skip
        axes.set_xticks(np.arange(len(along.choices)), [choice.label for choice in along.choices])
        axes.set_xlabel(named(along.name, along.unit, language), fontsize=9)
        if panels is not None:
            axes.set_title(f"{plain(panels.name)}:\n{panels.choices[place].label}", fontsize=9)
    every[0].set_ylabel(shown("over_base", language, unit=unit), fontsize=9)
    for axes in every:
        plain_axes(axes)
    every[0].legend(fontsize=8, frameon=True, framealpha=0.9, edgecolor="none", loc="best")
