"""Numbers of a comparison as people say them: as many figures as carry something, kroner in millions."""

from __future__ import annotations

from hfabm.app.compare.found import Number
from hfabm.language import Language, number, say, signed

MILLION = 1e6
MOST_DIGITS = 4


def digits_of(*values: Number) -> int:
    """Decimals that show the largest of some numbers with two figures, up to two decimals.

    >>> digits_of(12.4, -3.0), digits_of(4.26), digits_of(0.012)
    (0, 1, 2)
    """
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    return 0 if largest >= 10.0 else 1 if largest >= 1.0 else 2


def digits_of_interval(low: float, high: float) -> int:
    """Decimals of an interval: as many as it takes for an end that is not nought not to read so.

    >>> digits_of_interval(-1.7, 0.02), digits_of_interval(-1.7, -0.02)
    (1, 2)
    """
    digits = digits_of(low, high)
    clear = low > 0.0 or high < 0.0
    while clear and digits < MOST_DIGITS and not round(min(abs(low), abs(high)), digits):
        digits += 1
    return digits


def amount(value: Number, language: Language, digits: int) -> str:
    """A size without its sign; a dash where there is none."""
    return "–" if value is None else number(abs(value), language, digits)


def interval(low: Number, high: Number, language: Language, unit: str = "") -> str:
    """An interval with signs, in brackets; empty where one seed gives none.

    Args:
        low: Lower end.
        high: Upper end.
        language: The language.
        unit: `weeks`, `kroner`, `million`, or empty where the sentence says of what it is.

    >>> interval(-5.0, 8.4, Language.EN, "weeks")
    '(95% interval \u22125.0 to +8.4 weeks)'
    """
    if low is None or high is None:
        return ""
    digits = 0 if unit == "kroner" else digits_of_interval(low, high)
    ends = {"low": signed(low, language, digits), "high": signed(high, language, digits)}
    return say(f"compare_said.interval_{unit}" if unit else "compare_said.interval", language, **ends)


def kroner(value: Number, language: Language) -> str:
    """A sum without its sign, of three figures, in millions from half a million on.

    >>> kroner(-3.04e6, Language.EN), kroner(12_345.0, Language.DA)
    ('DKK 3.0 million', '12.300 kr.')
    """
    if value is None:
        return "–"
    if abs(value) < MILLION / 2.0:
        return say("compare_said.kroner", language, amount=amount(rounded(value), language, 0))
    millions = value / MILLION
    return say("compare_said.million", language, amount=amount(millions, language, digits_of(millions)))


def kroner_interval(low: Number, high: Number, language: Language) -> str:
    """An interval of sums, in millions where its larger end is half a million or more.

    >>> kroner_interval(-46_367.0, 118_646.0, Language.EN)
    '(95% interval DKK \u221246,400 to +119,000)'
    """
    if low is None or high is None:
        return ""
    if max(abs(low), abs(high)) < MILLION / 2.0:
        return interval(rounded(low), rounded(high), language, "kroner")
    return interval(low / MILLION, high / MILLION, language, "million")


def rounded(value: float) -> float:
    """A number of three figures."""
    return float(f"{value:.3g}")


def joined(parts: list[str], language: Language) -> str:
    """Several things in a row.

    >>> joined(["a", "b", "c"], Language.DA)
    'a, b og c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return say("compare_said.and", language, most=", ".join(parts[:-1]), last=parts[-1])
