"""Effects in words: the headlines that a policy designer reads first, and how a number is said."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Any


@dataclass(frozen=True, slots=True)
class Headline:
    """An outcome that is told first.

    Attributes:
        metric: Name of the outcome.
        label: What a row or column of it is called.
        subject: What an effect is on, after "no clear effect on".
        phrase: How an effect is said, with places for `amount` and `way`.
        ways: The words for a fall and for a rise.
    """

    metric: str
    label: str
    subject: str
    phrase: str
    ways: tuple[str, str] = ("less", "more")


def _cost(payer: str, label: str, whom: str) -> Headline:
    return Headline(f"{payer}_cost_per_year", label, f"cost to {whom}", f"{{amount}} DKK a year {{way}} for {whom}")


HEADLINES: tuple[Headline, ...] = (
    Headline(
        "long_term_mean", "long-term homelessness", "long-term homelessness",
        "about {amount} {way} in long-term homelessness", ("fewer", "more"),
    ),
    Headline(
        "rough_sleepers_mean", "on the street", "people on the street",
        "about {amount} {way} on the street", ("fewer", "more"),
    ),
    Headline(
        "weeks_to_home", "time from need to a home", "the time from need to a home",
        "{amount} weeks {way} from need to a home, of those placed",
    ),
    Headline(
        "wait_of_others", "wait on the ordinary list", "other people's wait",
        "{amount} weeks {way} on the ordinary waiting list",
    ),
    _cost("municipal", "municipal cost", "the municipality"),
    _cost("state", "state cost", "the state"),
    _cost("regional", "regional cost", "the region"),
    _cost("public", "net public cost", "all public payers together"),
)  # fmt: skip
"""Homelessness, waiting and money, in the order in which they are told."""


UNCLEAR = "no clear effect"
"""What is said where an interval has nought in it."""


def reading(headline: Headline, difference: float, low: float, high: float, seeds: int) -> str:
    """One line of what a difference comes to.

    Args:
        headline: What differs.
        difference: Mean difference, package less base.
        low: Lower end of the interval; not a number where one seed gives none.
        high: Upper end.
        seeds: How many seeds tell.

    >>> reading(HEADLINES[0], -12.0, -16.0, -8.0, 10)
    'about 12 fewer in long-term homelessness (8 to 16)'
    >>> reading(HEADLINES[1], 3.0, -4.0, 10.0, 10)
    'no clear effect on people on the street (-4 to +10)'
    >>> reading(HEADLINES[4], 3.1e6, float("nan"), float("nan"), 1)
    '3.1 m DKK a year more for the municipality (one seed: no interval)'
    """
    if not seeds:
        return f"nothing can be told of {headline.subject}: it has no cases"
    if difference == 0.0 and (seeds == 1 or low == high):
        return f"no difference in {headline.subject}"
    if not isnan(low) and low <= 0.0 <= high:
        return f"{UNCLEAR} on {headline.subject} ({signed(low)} to {signed(high)}{_unit(headline)})"
    said = headline.phrase.format(amount=rounded(abs(difference)), way=headline.ways[int(difference > 0.0)])
    if isnan(low):
        return f"{said} (one seed: no interval)"
    near, far = sorted((abs(low), abs(high)))
    return f"{said} ({rounded(near)} to {rounded(far)})"


def _unit(headline: Headline) -> str:
    return " DKK a year" if "DKK" in headline.phrase else " weeks" if "weeks" in headline.phrase else ""


def signed(value: float) -> str:
    """A difference for people, with its sign.

    >>> signed(12.0), signed(-2.5e6), signed(0.0)
    ('+12', '-2.5 m', '0')
    """
    return f"+{rounded(value)}" if value > 0.0 else rounded(value)


def rounded(value: float) -> str:
    """A number for people, of three figures also where it is no million.

    >>> rounded(838_615.0), rounded(1_512_345.0), rounded(0.5), rounded(-0.0)
    ('839,000', '1.51 m', '0.5', '0')
    """
    return number(float(f"{value:.3g}") + 0.0)


def number(value: Any) -> str:
    """A number for people: three figures, millions as `m`.

    >>> number(0.12345), number(12345.6), number(1234567.0), number(-2.5e9), number(float("nan"))
    ('0.123', '12,346', '1.23 m', '-2,500 m', '-')
    """
    if value is None or value != value:
        return "-"
    if abs(value) >= 1e6:
        millions = value / 1e6
        return f"{millions:,.0f} m" if abs(millions) >= 100 else f"{millions:.3g} m"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
