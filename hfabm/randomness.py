"""Luck: a draw is a pure function of (seed, question, week, person).

No generator, no state, no order.  Two scenarios with one seed give the same person the same
luck in the same question and week, so they differ only where the policy touches somebody.

The keying hashes the person first and adds the hashed (seed, week, question), so two streams
meet only in isolated values, never in segments.  It is clean in PractRand; simpler keyings fail.
"""

from __future__ import annotations

import zlib
from math import exp, log, sqrt
from typing import Any

import numpy as np
from numba.extending import overload, register_jitable

from hfabm.calendar import Week

_MASK = (1 << 64) - 1
_G, _A, _B = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_D, _E = 0xD1342543DE82EF95, 0xDA942042E4DD58B5
_PER_DRAW = 1.0 / 9007199254740992.0

_QUESTIONS: dict[int, str] = {}


def question(name: str) -> int:
    """A stable number for one decision, `process.rule`; never an order of appearance.

    Raises:
        ValueError: Two names share a number (about one chance in ten million for 30 names).
    """
    number = zlib.crc32(name.encode())
    known = _QUESTIONS.setdefault(number, name)
    if known != name:
        raise ValueError(f"the questions {known!r} and {name!r} share the number {number}: rename one")
    return number


def _mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * _A) & _MASK
    z = ((z ^ (z >> 27)) * _B) & _MASK
    return z ^ (z >> 31)


def week_key(seed: int, week: int) -> np.uint64:
    """What a week of a run adds to every draw."""
    return np.uint64(_mix(_mix((seed + _G) & _MASK) ^ ((week * _D) & _MASK)))


def uniform(key: int | np.uint64, asked: int, uid: int) -> float:
    """The luck of `uid` in the question `asked`, in the week of `key`: a number in [0, 1)."""
    stream = _mix(int(key) ^ (((int(asked) + 1) * _E) & _MASK))
    person = _mix((int(uid) * _G + _G) & _MASK)
    return float(_mix((person + stream) & _MASK) >> 11) * _PER_DRAW


@overload(uniform, inline="never")
def _uniform_compiled(key: Any, asked: Any, uid: Any) -> Any:
    u = np.uint64
    g, a, b, e = u(_G), u(_A), u(_B), u(_E)
    s30, s27, s31, s11, one = u(30), u(27), u(31), u(11), u(1)

    def draw(key: Any, asked: Any, uid: Any) -> float:
        z = u(key) ^ ((u(asked) + one) * e)
        z = (z ^ (z >> s30)) * a
        z = (z ^ (z >> s27)) * b
        stream = z ^ (z >> s31)
        z = u(uid) * g + g
        z = (z ^ (z >> s30)) * a
        z = (z ^ (z >> s27)) * b
        z = (z ^ (z >> s31)) + stream
        z = (z ^ (z >> s30)) * a
        z = (z ^ (z >> s27)) * b
        z = z ^ (z >> s31)
        return np.float64(z >> s11) * _PER_DRAW

    return draw


def luck(week: Week, asked: int, uid: int) -> float:
    """The luck of a person or thing this week, for use in rules: a number in [0, 1)."""
    return uniform(week.key, asked, uid)


@register_jitable
def logistic(x: float) -> float:
    """Probability of log-odds.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exp(-x))


@register_jitable
def poisson(u: float, mean: float) -> int:
    """Poisson count by inverse transform of one draw; a higher mean never gives a lower count.

    Rounding blurs draws within 1e-12 of 1.

    Args:
        u: A draw in [0, 1).
        mean: Expected count, at most some hundreds [count].
    """
    term = exp(-mean)
    total = term
    count = 0
    # beyond the mean, terms soon vanish against the total, which rounding may keep just below u
    while u >= total and term > 1e-17 * total:
        count += 1
        term *= mean / count
        total += term
    return count


@register_jitable
def normal(u: float) -> float:
    """Standard normal deviate by inverse transform (rational approximation, error below 5e-4)."""
    p = u if u < 0.5 else 1.0 - u
    p = max(p, 1e-300)
    t = sqrt(-2.0 * log(p))
    z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (
        1.0 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t
    )
    return -z if u < 0.5 else z
