"""Where estates and dwellings stand on the map: stairwells side by side, estates on shelves, three by two.

A stairwell is two dwellings wide and five floors high, from the ground up.  Every estate has two rows of
stairwells, so that estates fill shelves without holes.  A landlord's estates follow one another; whom a new
section begins with begins on a new shelf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from hfabm.engine.table import Array

WIDE, FLOORS = 2, 5
"""Dwellings side by side in a stairwell, and above one another: room for the ten of the largest."""
BETWEEN_STAIRS = 0.5
BETWEEN_ROWS = 1.0
BETWEEN_ESTATES = 1.5
BETWEEN_LANDLORDS = 4.0
BETWEEN_SHELVES = 2.5
BETWEEN_SECTIONS = 4.0
"""Gaps [cells]."""
ROWS = 2
SHAPE = 1.5
"""Width to height of the whole map."""

SHELF = ROWS * FLOORS + (ROWS - 1) * BETWEEN_ROWS


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A piece of the map: upper left corner, width and height [cells]."""

    x: float
    y: float
    width: float
    height: float


def estate_sizes(estate: Array, stairwell: Array, estates: int) -> tuple[Array, Array]:
    """Stairwells of each estate, and where in its estate each dwelling is.

    Args:
        estate: Estate row of each dwelling.
        stairwell: Stairwell of each dwelling, numbered over all estates.
        estates: How many estates there are.

    Returns:
        Stairwells by estate; and for each dwelling the number of its stairwell in the estate and its
        number in the stairwell, dwellings x 2.
    """
    order = np.lexsort((np.arange(estate.size), stairwell, estate))
    sorted_estate, sorted_stair = estate[order], stairwell[order]
    new_estate = np.r_[True, sorted_estate[1:] != sorted_estate[:-1]]
    new_stair = new_estate | np.r_[True, sorted_stair[1:] != sorted_stair[:-1]]
    count = np.cumsum(new_stair) - 1
    first = np.maximum.accumulate(np.where(new_stair, np.arange(order.size), 0))
    before = np.maximum.accumulate(np.where(new_estate, count, 0))
    inside = np.empty((estate.size, 2), np.int64)
    inside[order, 0] = count - before
    inside[order, 1] = np.arange(order.size) - first
    return np.bincount(sorted_estate[new_stair], minlength=estates), inside


def columns_of(stairs: int) -> int:
    """Stairwells side by side in an estate."""
    return max(1, ceil(stairs / ROWS))


def width_of(stairs: int) -> float:
    """Width of an estate [cells]."""
    n = columns_of(stairs)
    return n * WIDE + (n - 1) * BETWEEN_STAIRS


def lay_out(sections: Sequence[Sequence[Sequence[int]]], stairs: Array) -> tuple[list[Rectangle], float, float]:
    """Put estates on shelves.

    Args:
        sections: Estate rows in order, by section and landlord.
        stairs: Stairwells by estate row.

    Returns:
        A rectangle for each estate row, and width and height of the map.
    """
    blocks = [Rectangle(0.0, 0.0, 0.0, 0.0)] * len(stairs)
    full = _fitting_width(sections, stairs)
    y = 0.0
    for number, section in enumerate(sections):
        y += (SHELF + BETWEEN_SECTIONS) if number else 0.0
        x = 0.0
        for row, gap in _with_gaps(section):
            wide = width_of(int(stairs[row]))
            x += gap if x else 0.0
            if x and x + wide > full:
                x, y = 0.0, y + SHELF + BETWEEN_SHELVES
            blocks[row] = Rectangle(x, y, wide, SHELF)
            x += wide
    return blocks, max((b.x + b.width for b in blocks), default=0.0), y + SHELF


def _with_gaps(section: Sequence[Sequence[int]]) -> Iterator[tuple[int, float]]:
    """Each estate of a section and the gap before it."""
    for owned in section:
        for k, row in enumerate(owned):
            yield row, BETWEEN_ESTATES if k else BETWEEN_LANDLORDS


def _fitting_width(sections: Sequence[Sequence[Sequence[int]]], stairs: Array) -> float:
    """Width at which the whole is about three by two."""
    length = sum(width_of(int(stairs[row])) + gap for section in sections for row, gap in _with_gaps(section))
    return max(sqrt(SHAPE * length * (SHELF + BETWEEN_SHELVES)), max((width_of(int(s)) for s in stairs), default=0.0))


def places_in(blocks: Sequence[Rectangle], estate: Array, inside: Array) -> tuple[Array, Array]:
    """Middle of each dwelling, from the block of its estate and its place in it [cells]."""
    left = np.array([block.x for block in blocks])[estate]
    top = np.array([block.y for block in blocks])[estate]
    columns = np.array([round((b.width + BETWEEN_STAIRS) / (WIDE + BETWEEN_STAIRS)) for b in blocks])[estate]
    stair, floor = inside[:, 0], inside[:, 1] // WIDE
    x = left + (stair % columns) * (WIDE + BETWEEN_STAIRS) + inside[:, 1] % WIDE
    y = top + (stair // columns) * (FLOORS + BETWEEN_ROWS) + (FLOORS - 1 - floor)
    return x + 0.5, y + 0.5


def new_cells(count: int, width: float, below: float) -> tuple[Array, Rectangle]:
    """Ground for new dwellings under the map: middles of its cells, cells x 2, and the rectangle they fill."""
    columns = max(1, int(width))
    k = np.arange(count)
    top = below + BETWEEN_SECTIONS
    cells = np.column_stack([k % columns + 0.5, top + k // columns + 0.5])
    return cells, Rectangle(0.0, top, float(min(count, columns)), float(ceil(count / columns)))
