"""Which points are tried: grids, samples, one factor at a time, lists.

Samples lie in the unit cube, so that the analysis can draw them again: they are SALib's and SciPy's.  More points of
a Sobol or Morris design keep those of fewer, so such a study can grow; a Latin hypercube cannot.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hfabm.experiments.study import Choice, Design, Factor, Kind

LEVELS = 4
"""Values of each factor that trajectories visit."""

Choices = tuple[Choice, ...]


def chosen(factors: Sequence[Factor], design: Design) -> list[Choices]:
    """The choices of every point, in the order of the design.

    Args:
        factors: What is varied.
        design: How.
    """
    if design.kind is Kind.NONE or not factors:
        return []
    if design.kind is Kind.GRID:
        return list(itertools.product(*(factor.choices for factor in factors)))
    if design.kind is Kind.ONE_AT_A_TIME:
        return _one_at_a_time(factors)
    if design.kind is Kind.LIST:
        return list(design.rows)
    points = unit_points(design, len(factors))
    return [tuple(f.at(float(x)) for f, x in zip(factors, point, strict=True)) for point in points]


def unit_points(design: Design, dimensions: int) -> NDArray[np.float64]:
    """The points of a sample, in the unit cube.

    Args:
        design: A Latin hypercube, Sobol or Morris design.
        dimensions: How many factors there are.

    Returns:
        Points x dimensions, in the order in which SALib analyses them.
    """
    if design.kind is Kind.LATIN_HYPERCUBE:
        from scipy.stats import qmc

        return np.asarray(qmc.LatinHypercube(dimensions, rng=np.random.default_rng(design.seed)).random(design.points))
    names = problem([f"x{k}" for k in range(dimensions)])
    if design.kind is Kind.SOBOL:
        from SALib.sample.sobol import sample

        return np.asarray(sample(names, design.points, calc_second_order=False, seed=design.seed))
    if design.kind is Kind.MORRIS:
        from SALib.sample.morris import sample

        ways = [sample(names, 1, num_levels=LEVELS, seed=design.seed + k) for k in range(design.points)]
        return np.concatenate(ways)
    raise ValueError(f"a design of the kind {design.kind} has no points in the unit cube")


def problem(names: Sequence[str]) -> dict[str, Any]:
    """Factors in the unit cube, as SALib wants them."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def size(design: Design, factors: Sequence[Factor]) -> int:
    """How many points a design has."""
    if design.kind is Kind.LATIN_HYPERCUBE:
        return design.points
    if design.kind in (Kind.SOBOL, Kind.MORRIS):
        return design.points * (len(factors) + (2 if design.kind is Kind.SOBOL else 1))
    return len(chosen(factors, design))


def _one_at_a_time(factors: Sequence[Factor]) -> list[Choices]:
    """The base; each other value of each factor alone; the last values of all together."""
    base = tuple(factor.at_base for factor in factors)
    points = [base]
    for place, factor in enumerate(factors):
        others = factor.choices[1:] or (factor.at(0.0), factor.at(1.0))
        points += [(*base[:place], other, *base[place + 1 :]) for other in others]
    together = tuple(factor.choices[-1] if factor.choices else factor.at(1.0) for factor in factors)
    return points if together in points else [*points, together]
