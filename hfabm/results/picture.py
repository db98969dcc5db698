"""One picture of a run, or of replications: homelessness as it is, as counted, and as it was observed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hfabm import evidence
from hfabm.results.load import Run
from hfabm.results.observed import NEAR_COUNTS, table

BLACK, ORANGE, SKY, GREEN, VERMILION, GREY = "#000000", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#666666"
"""Colours that people who see few colours tell apart (Okabe and Ito)."""

POLICIES = (
    (date(2009, 9, 1), "national strategy,\nHousing First"),
    (date(2019, 2, 8), "housing\nguarantee"),
    (date(2023, 10, 1), "refund\ncapped"),
    (date(2026, 4, 1), "cap at\n90 days"),
)
"""Dates of policies in Odense and of the law (P5.025, and the refund act)."""


def picture(runs: Sequence[Run], folder: Path) -> tuple[Path, Path]:
    """Draw and save the picture of some runs of one scenario.

    Args:
        runs: Replications; with several, bands show where 95 % of them lie.
        folder: Folder for `homelessness.png` and `homelessness.svg`.

    Returns:
        The two files.
    """
    import matplotlib

    # drawn without a screen, and in the same order of ids in every SVG
    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "hfabm"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(10, 5.6), layout="constrained")
    try:
        _draw(axes, runs)
        paths = folder / "homelessness.png", folder / "homelessness.svg"
        figure.savefig(paths[0], dpi=150)
        figure.savefig(paths[1], metadata={"Date": None})
    finally:
        pyplot.close(figure)
    return paths


def finding(runs: Sequence[Run]) -> str:
    """What the picture shows, in one sentence."""
    place = _place(runs[0])
    rows = table(runs)
    counts = rows[rows["quantity"] == "homeless, week 6 count"] if len(rows) else rows
    series = _quarterly(runs, "homeless")
    first, last = float(series.iloc[:4].mean(axis=1).mean()), float(series.iloc[-4:].mean(axis=1).mean())
    change = "falls" if last < 0.95 * first else ("rises" if last > 1.05 * first else "stays")
    years = f"{series.index[0].year} to {series.index[-1].year}"
    said = f"{place}: homelessness {change} from about {first:.0f} to {last:.0f} people, {years}"
    if not len(counts):
        return said
    near = int((counts["verdict"] == "within").sum())
    return f"{said};\nthe model is within a factor of {NEAR_COUNTS:g} of {near} of {len(counts)} counts"


def _place(run: Run) -> str:
    names = list(run.yearly["municipality"].unique())
    return str(names[0]) if len(names) == 1 else str(run.manifest["place"]).capitalize()


def _quarterly(runs: Sequence[Run], metric: str) -> pd.DataFrame:
    """Means over 13 weeks by their middle day, one column for each run."""
    columns = []
    for run in runs:
        weeks = run.weekly.groupby("week")[metric].sum()
        whole = weeks.iloc[: max(13, len(weeks) // 13 * 13)]
        columns.append(whole.groupby(whole.index // 13).mean())
    frame = pd.concat(columns, axis=1)
    start = pd.Timestamp(runs[0].weekly["date"].iloc[0])
    frame.index = pd.DatetimeIndex([start + pd.Timedelta(weeks=13 * int(k) + 6) for k in frame.index])
    return frame


def _draw(axes: Any, runs: Sequence[Run]) -> None:
    last = {}
    for metric, colour, said in (
        ("homeless", VERMILION, "homeless as it is (simulated)"),
        ("counted_homeless", ORANGE, "as a count would see it (simulated)"),
    ):
        frame = _quarterly(runs, metric)
        mean = frame.mean(axis=1)
        axes.plot(frame.index, mean, color=colour, linewidth=2.0, label=said)
        if len(runs) > 1:
            low, high = frame.quantile(0.025, axis=1), frame.quantile(0.975, axis=1)
            axes.fill_between(frame.index, low, high, color=colour, alpha=0.2, linewidth=0)
        last[metric] = (frame.index[-1], float(mean.iloc[-1]))
    _observed(axes, runs[0])
    top = axes.get_ylim()[1] * 1.12
    axes.set_ylim(0.0, top)
    _policies(axes, runs[0], top)
    axes.set_ylabel("people")
    axes.set_title(finding(runs), loc="left", fontsize=12, fontweight="bold")
    axes.legend(loc="lower left", frameon=True, framealpha=1.0, edgecolor="none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    many = (
        f"{len(runs)} runs, bands hold 95 % of them" if len(runs) > 1 else f"one run, seed {runs[0].manifest['seed']}"
    )
    axes.set_xlabel(f"{runs[0].manifest['title']}. {many}. Simulated: means over 13 weeks.", fontsize=9)


def _observed(axes: Any, run: Run) -> None:
    """The published counts, each with its number beside it."""
    try:
        counts = evidence.observed_counts(_place(run))
    except KeyError:
        return
    start, end = run.weekly["date"].iloc[0], run.weekly["date"].iloc[-1]
    days = {date.fromisocalendar(year, 6, 3): count for year, count in counts.items()}
    shown = {day: count for day, count in days.items() if start <= day <= end}
    if not shown:
        return
    axes.plot(
        list(shown),
        list(shown.values()),
        "o",
        color=BLACK,
        markersize=6,
        label="national count (observed)",
        zorder=5,
    )
    for day, count in shown.items():
        axes.annotate(
            str(count), (np.datetime64(day), count), (0, 8), textcoords="offset points", ha="center",
            fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8}, zorder=6,
        )  # fmt: skip


def _policies(axes: Any, run: Run, top: float) -> None:
    start, end = run.weekly["date"].iloc[0], run.weekly["date"].iloc[-1]
    for day, said in POLICIES:
        if start <= day <= end and (day.year != 2009 and day.year != 2019 or _place(run) == "Odense"):
            axes.axvline(np.datetime64(day), color=GREY, linewidth=0.8, linestyle=(0, (4, 3)))
            axes.annotate(
                said,
                (np.datetime64(day), top),
                (3, -2),
                textcoords="offset points",
                va="top",
                fontsize=8,
                color=GREY,
            )
