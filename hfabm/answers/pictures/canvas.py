"""What all pictures of answers have in common: how they are titled, coloured and saved."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hfabm.answers.texts import Text, plain, unit_of
from hfabm.language import Language, say

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
LINE, LETTER = 0.036, 0.0075
"""Height and width of a letter of a label, as shares of the height and the width of axes that fill a picture."""

Place = tuple[float, float]
Label = tuple[float, float, str, str]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """A picture that is to be drawn.

    Attributes:
        name: Name of its files.
        title: The finding.
        subtitle: What is shown: of what, how often, and what the intervals are.
        draw: Draws it on a figure, with the words of a language.
        height: Inches.
    """

    name: str
    title: Text
    subtitle: Text
    draw: Callable[[Any, Language], None]
    height: float = 5.6

    def save(self, folder: Path, language: Language = Language.EN) -> tuple[Path, Path]:
        """Write it as PNG and as SVG.

        Args:
            folder: Where to.
            language: The language of its words and numbers.
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

            title = textwrap.fill(self.title[language], LETTERS)
            subtitle = textwrap.fill(self.subtitle[language], int(LETTERS * 1.35))
            above = 0.25 * title.count("\n") + 0.18 * subtitle.count("\n")
            figure = Figure(figsize=(WIDTH, self.height + above), layout="constrained")
            body: Any = figure.subfigures(1, 1)
            figure.suptitle(title, x=0.012, ha="left", fontsize=12, fontweight="bold")
            body.suptitle(subtitle, x=0.012, ha="left", fontsize=9, color=GREY)
            self.draw(body, language)
            if language is Language.DA:
                decimal_commas(body)
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


def boxed(text: str, letters: int = 34) -> str:
    """A label in lines: three at most."""
    lines = textwrap.wrap(text, letters)
    return "\n".join(lines if len(lines) <= 3 else [*lines[:2], lines[2].rstrip(" ,") + " …"])


def named(name: str, unit: str, language: Language) -> str:
    """What an axis shows, with its unit.

    >>> named("cheap_homes", "dwellings/year", Language.EN), named("x", "", Language.EN)
    ('cheap homes, dwellings/year', 'x')
    """
    return f"{plain(name)}, {unit_of(unit, language)}" if unit else plain(name)


def shown(key: str, language: Language, /, **values: Any) -> str:
    """A phrase of the pictures."""
    return say(f"pictures.{key}", language, **values)


def decimal_commas(figure: Any) -> None:
    """Write the numbers of axes that have no labels of their own as Danish does."""
    from matplotlib.ticker import ScalarFormatter

    class Commas(ScalarFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return super().__call__(x, pos).replace(".", ",")

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(Commas())


def spread_labels(
    axes: Any, points: Sequence[Label], marks: Sequence[Place] = (), beside: float = 0.012, above: float = 0.0
) -> None:
    """Write labels at the right of points, moved up or down until none covers another or a mark.

    Args:
        axes: Where to; its limits are as they will stay.
        points: x, y, label and colour of each, in the data's units.
        marks: Other places to keep clear.
        beside: How far from its point a label begins, as a share of the width of the axes.
        above: How far above its point a label has its middle, in lines.
    """
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    line, letter = (high - low) * LINE, (right - left) * LETTER
    clear = [(x - letter, x + letter, y - line / 3.0, y + line / 3.0) for x, y in [*marks, *(p[:2] for p in points)]]
    for x, y, label, colour in sorted(points, key=lambda point: point[1]):
        rows = label.split("\n")
        start, tall = x + beside * (right - left), line * len(rows)
        end = start + letter * max(map(len, rows))
        wanted = y + line * (above + (len(rows) - 1) / 2.0 if above else 0.0)
        steps = [wanted + line * 0.25 * step * sign for step in range(80) for sign in (1.0, -1.0)]
        boxes = [(start, end, at - tall / 2.0, at + tall / 2.0) for at in steps]
        inside = [box for box in boxes if low <= box[2] and box[3] <= high] or boxes
        box = next((box for box in inside if not any(_overlap(box, other) for other in clear)), inside[0])
        clear.append(box)
        at = (box[2] + box[3]) / 2.0
        leader = {"arrowstyle": "-", "color": colour, "linewidth": 0.6, "relpos": (0.0, 0.5)}
        far = abs(at - wanted) > line
        axes.annotate(
            label, (x, y), (start, at), textcoords="data", fontsize=8, color=colour, va="center", ha="left",
            annotation_clip=False, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.75},
            arrowprops=leader if far else None, zorder=4,
        )  # fmt: skip


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
