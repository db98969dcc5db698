"""What all pictures of answers have in common: how they are titled, coloured and saved."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BLACK, ORANGE, SKY, GREEN, VERMILION, BLUE, PURPLE, GREY = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#0072B2", "#CC79A7", "#666666",
)  # fmt: skip
"""Colours that people who see few colours tell apart (Okabe and Ito)."""
COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, BLACK)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
"""Shapes beside the colours, for print."""
WIDTH = 10.0
"""Inches."""
LETTERS = 96
"""Letters of a title in a line."""


@dataclass(frozen=True)
class Picture:
    """A picture that is to be drawn.

    Attributes:
        name: Name of its files.
        title: The finding.
        subtitle: What is shown: of what, how often, and what the intervals are.
        draw: Draws it on a figure.
        height: Inches.
    """

    name: str
    title: str
    subtitle: str
    draw: Callable[[Any], None]
    height: float = 5.6

    def save(self, folder: Path) -> tuple[Path, Path]:
        """Write it as PNG and as SVG.

        Args:
            folder: Where to.
        """
        import matplotlib

        # drawn without a screen; letters stay letters, and ids the same in every SVG
        matplotlib.use("Agg")
        settings: Any = {
            "svg.hashsalt": "hfabm",
            "svg.fonttype": "none",
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
        with matplotlib.rc_context(settings):
            from matplotlib.figure import Figure

            title = textwrap.fill(self.title, LETTERS)
            subtitle = textwrap.fill(self.subtitle, int(LETTERS * 1.35))
            above = 0.25 * title.count("\n") + 0.18 * subtitle.count("\n")
            figure = Figure(figsize=(WIDTH, self.height + above), layout="constrained")
            body: Any = figure.subfigures(1, 1)
            figure.suptitle(title, x=0.012, ha="left", fontsize=12, fontweight="bold")
            body.suptitle(subtitle, x=0.012, ha="left", fontsize=9, color=GREY)
            self.draw(body)
            paths = folder / f"{self.name}.png", folder / f"{self.name}.svg"
            figure.savefig(paths[0], dpi=150)
            figure.savefig(paths[1], metadata={"Date": None})
        return paths


def plain_axes(axes: Any, along: str = "y") -> None:
    """Light lines across, and a line at nought where it is in view."""
    axes.grid(axis=along, color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=9)
    low, high = axes.get_ylim() if along == "y" else axes.get_xlim()
    if low < 0.0 < high:
        (axes.axhline if along == "y" else axes.axvline)(0.0, color=BLACK, linewidth=0.9)


def short(text: str, letters: int = 44) -> str:
    """A label that fits beside a mark."""
    return text if len(text) <= letters else text[: letters - 1].rstrip(" ,") + "…"


def said(name: str) -> str:
    """A name of an outcome or a lever, for people."""
    return name.replace("_", " ")


def spread_labels(axes: Any, points: list[tuple[float, float, str, str]], right: bool = True) -> None:
    """Write labels beside points, moved up or down until none covers another.

    Args:
        axes: Where to.
        points: x, y, label and colour of each, in the data's units.
        right: At the right of the points; else at the left.
    """
    low, high = axes.get_ylim()
    line = (high - low) * 0.045
    top = -float("inf")
    for x, y, label, colour in sorted(points, key=lambda point: point[1]):
        tall = line * (1 + label.count("\n"))
        at = max(y, top + tall / 2.0)
        top = at + tall / 2.0
        axes.annotate(
            label, (x, y), (x, at), textcoords="data", fontsize=8, color=colour, va="center",
            ha="left" if right else "right", annotation_clip=False,
        )  # fmt: skip
