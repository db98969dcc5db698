"""Measures of sensitivity, of arrays: what each factor has to do with an outcome, with intervals.

Sobol's indices and Morris's elementary effects are SALib's.  PAWN is written out here, as SALib's leaves out the
last value of a factor that has few, and is too slow to be resampled.

References: Saltelli and others, 2010, Computer Physics Communications 181(2), on Sobol's indices; Campolongo,
Cariboni and Saltelli, 2007, Environmental Modelling and Software 22(10), on mu*; Pianosi and Wagener, 2018,
Environmental Modelling and Software 108, on PAWN of any sample.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.noise import Noise

Floats = NDArray[np.float64]

RESAMPLES = 300
"""Samples drawn again for an interval."""
RESAMPLING_SEED = 1
"""What an interval is drawn with: the same runs give the same interval."""
NORMAL_975 = 1.959963984540054
NEGLIGIBLE = 1e-9
"""Share of the size of an outcome below which it did not change: the difference of large numbers is seldom nought."""
SLIDES, POINTS_PER_SLIDE = 10, 15
"""PAWN: parts of a range at most, and points that each must have."""
UNDER = 0.99
"""PAWN: share of shuffles that stay under what is said of luck."""


def sobol_indices(problem: Mapping[str, Any], outcome: Floats, noise: Noise) -> pd.DataFrame:
    """Sobol's indices: the share of variance that each factor has alone (S1), and with all others (ST).

    Args:
        problem: The factors, as SALib has them.
        outcome: Means over the seeds, at the points of Saltelli's sample in their order.
        noise: What luck is left in them.
    """
    from SALib.analyze.sobol import analyze

    measures = ("S1", "ST")
    if constant(outcome):
        return _nothing(problem["names"], measures)
    found = analyze(dict(problem), outcome, calc_second_order=False, num_resamples=RESAMPLES, seed=RESAMPLING_SEED)
    columns = [_with_interval(name, found[name], found[f"{name}_conf"]) for name in measures]
    return _clear("ST", _framed(problem["names"], columns).assign(luck=noise.left))


def morris_measures(
    problem: Mapping[str, Any], places: Floats, outcome: Floats, levels: int, noise: Noise
) -> pd.DataFrame:
    """Elementary effects: what moving a factor over its whole range does (mu*), with its sign, and its spread.

    Args:
        problem: The factors, as SALib has them.
        places: The points of the trajectories, from 0 to 1.
        outcome: Means over the seeds, at these points.
        levels: Levels of the design.
        noise: What luck is left in them.

    Raises:
        ValueError: There is one trajectory only.
    """
    from SALib.analyze.morris import analyze

    names = list(problem["names"])
    if len(places) < 2 * (len(names) + 1):
        raise ValueError("elementary effects need two trajectories or more: set the points of the design to 4 or more")
    found = analyze(
        {**problem, "groups": names},
        places,
        outcome,
        num_resamples=RESAMPLES,
        num_levels=levels,
        seed=RESAMPLING_SEED,
    )
    nothing = NEGLIGIBLE * float(np.abs(outcome).max())
    told = {
        name: np.ma.filled(found[name], np.nan).astype(float) for name in ("mu_star", "mu_star_conf", "mu", "sigma")
    }
    told = {name: np.where(np.abs(values) <= nothing, 0.0, values) for name, values in told.items()}
    # the mean size of the difference of two numbers with normal errors, over the length of a step
    step = levels / (2.0 * (levels - 1))
    luck = 2.0 * noise.deviation_left / math.sqrt(math.pi) / step
    frame = _framed(names, [_with_interval("mu_star", told["mu_star"], told["mu_star_conf"])])
    frame = frame.assign(mu_star_conf=told["mu_star_conf"], mu=told["mu"], sigma=told["sigma"], luck=luck)
    return _clear("mu_star", frame)


def pawn_indices(values: pd.DataFrame, outcome: Floats) -> pd.DataFrame:
    """PAWN: how far the distribution of an outcome moves where a factor is known (mean over its range, 0 to 1).

    The mean rather than the median, which overlooks what one of few choices does.

    `luck` is what a factor that has nothing to do with the outcome stays under in 99 of 100 shuffles: with few
    points that is far from nought.

    Args:
        values: The value of each factor at each point, whatever the design.
        outcome: Means over the seeds, at these points.

    Raises:
        ValueError: There are too few points.
    """
    if len(outcome) < 2 * POINTS_PER_SLIDE:
        raise ValueError(f"{len(outcome)} points are too few to learn from: PAWN needs {2 * POINTS_PER_SLIDE} or more")
    if constant(outcome):
        return _nothing(values.columns.tolist(), ("pawn",))
    rng = np.random.default_rng(RESAMPLING_SEED)
    draws = rng.integers(len(outcome), size=(RESAMPLES, len(outcome)))
    shuffles = [rng.permutation(len(outcome)) for _ in range(RESAMPLES)]
    columns, luck = [], []
    for name in values:
        slides = _slides(values[name])
        again = [pawn(slides[draw], outcome[draw]) for draw in draws]
        columns.append((pawn(slides, outcome), NORMAL_975 * float(np.std(again, ddof=1))))
        luck.append(float(np.quantile([pawn(slides[shuffle], outcome) for shuffle in shuffles], UNDER)))
    estimates, halves = np.array(columns).T
    return _framed(values.columns.tolist(), [_with_interval("pawn", estimates, halves)]).assign(
        luck=luck, clear=estimates > np.array(luck)
    )


def pawn(slides: NDArray[np.int64], outcome: Floats) -> float:
    """Mean distance (Kolmogorov-Smirnov) of the outcome in each slide from the outcome everywhere."""
    order = np.argsort(outcome, kind="stable")
    ordered, of = outcome[order], slides[order]
    # the distance is looked at where the next outcome differs, so that equal ones count as one
    last = np.append(ordered[1:] != ordered[:-1], True)
    there = of[:, None] == np.unique(of)[None, :]
    within = np.cumsum(there, axis=0)[last] / there.sum(axis=0)
    everywhere = (np.arange(1, len(ordered) + 1) / len(ordered))[last]
    return float(np.abs(within - everywhere[:, None]).max(axis=0).mean())


def _slides(values: pd.Series) -> NDArray[np.int64]:
    """The slide of each point: its value where there are few, else a part of the range with as many points."""
    found, codes = np.unique(values.to_numpy(), return_inverse=True)
    slides = max(min(SLIDES, len(values) // POINTS_PER_SLIDE), 2)
    if len(found) <= slides:
        return codes
    ranks = values.rank(method="first").to_numpy()
    return np.asarray((ranks - 1) * slides // len(values), np.int64)


def ranks(low: Iterable[float], high: Iterable[float]) -> list[str]:
    """The places that each factor may have, the strongest first; one place where no other interval overlaps.

    >>> ranks([0.5, 0.3, 0.25, 0.0], [0.6, 0.4, 0.35, 0.1])
    ['1', '2-3', '2-3', '4']
    """
    lows, highs, found = list(low), list(high), []
    for one_low, one_high in zip(lows, highs, strict=True):
        first = 1 + sum(other > one_high for other in lows)
        last = len(lows) - sum(other < one_low for other in highs)
        found.append(f"{first}" if first == last else f"{first}-{last}")
    return found


def constant(outcome: Floats) -> bool:
    """Is an outcome the same at every point, but for rounding?"""
    return bool(np.ptp(outcome) <= NEGLIGIBLE * np.abs(outcome).max())


def _with_interval(name: str, estimates: Floats, halves: Floats) -> dict[str, Floats]:
    return {name: estimates, f"{name}_low": estimates - halves, f"{name}_high": estimates + halves}


def _framed(names: Sequence[str], columns: Sequence[Mapping[str, Floats]]) -> pd.DataFrame:
    told = {name: values for column in columns for name, values in column.items()}
    return pd.DataFrame({"factor": list(names), **told})


def _clear(measure: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Which factors have more to do with it than luck, as far as luck is known."""
    return frame.assign(clear=frame[f"{measure}_low"] > frame["luck"].fillna(0.0))


def _nothing(names: Sequence[str], measures: Sequence[str]) -> pd.DataFrame:
    """What is said of factors where the outcome does not vary."""
    zeros = np.zeros(len(names))
    return _framed(names, [_with_interval(name, zeros, zeros) for name in measures]).assign(luck=0.0, clear=False)
