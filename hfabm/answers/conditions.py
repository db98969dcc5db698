"""Conditions in words: where a box ends, with numbers and units."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from hfabm.answers.prim import Restriction, Within
from hfabm.answers.texts import answer, listed, number, unit_of
from hfabm.experiments.study import Factor
from hfabm.language import Language
from hfabm.units import Unit

PLAIN = ("", Unit.SHARE, Unit.PROBABILITY, Unit.RATIO, Unit.COUNT, Unit.SCORE)
"""Units that go without saying."""


def in_words(
    restrictions: Mapping[str, Restriction], factors: Sequence[Factor], language: Language = Language.EN
) -> str:
    """Conditions in one line.

    Args:
        restrictions: By name of a factor.
        factors: The factors, for their units.
        language: The language.

    >>> in_words({"commitment": Within(high=0.52), "beds": Within(12.0, 30.0)}, [Factor("beds", unit="beds")])
    'commitment < 0.52 and 12 beds < beds < 30 beds'
    """
    units = {factor.name: factor.unit for factor in factors}
    told = [_in_words(name, one, units.get(name, ""), language) for name, one in restrictions.items()]
    return listed(told, language) or answer("anywhere", language)


def _in_words(name: str, restriction: Restriction, unit: str, language: Language) -> str:
    said = "" if unit in PLAIN else f" {unit_of(unit, language)}"
    if not isinstance(restriction, Within):
        return answer("is", language, name=name, choices=listed(sorted(restriction.choices), language, "or"))
    low, high = (f"{number(end, language)}{said}" for end in (restriction.low, restriction.high))
    if math.isinf(restriction.low):
        return f"{name} < {high}"
    return f"{name} > {low}" if math.isinf(restriction.high) else f"{low} < {name} < {high}"
