"""Sensitivity in words: what matters most, how sure that is, and how much of it is luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hfabm.answers.noise import MUCH
from hfabm.results.words import number, rounded

if TYPE_CHECKING:
    from hfabm.answers.sensitivity import Sensitivity

SAID = 5
"""Factors told of in words; all are in the table."""
WIDE = 0.2
"""Width of an interval of a Sobol index from which on more points are asked for."""


def in_words(found: Sensitivity) -> tuple[str, ...]:
    """What a measurement comes to, line by line."""
    seeds = f"{found.noise.seeds} seeds" if found.noise.seeds > 1 else "1 seed"
    head = (
        f"{_capital(found.subject)}: {rounded(found.mean)} {found.unit} on average, with a standard deviation of "
        f"{rounded(found.deviation)} over {found.points:,} points of {seeds} each ({found.method})."
    )
    if found.deviation == 0.0:
        return (head, "It is the same at every point, so it depends on none of the factors.")
    return (head, *_strongest(found), *_precision(found), *_luck(found))


def _strongest(found: Sensitivity) -> list[str]:
    frame = found.frame
    clear = frame[frame["clear"]]
    if clear.empty:
        return ["No factor has more to do with it than luck alone would show."]
    lines = [_line(found, row) for row in clear.head(SAID).to_dict("records")]
    if len(clear) > SAID:
        lines.append(f"{len(clear) - SAID} more have more to do with it than luck alone would show.")
    rest = len(frame) - len(clear)
    if rest:
        lines.append(f"{rest} of {len(frame)} factors cannot be told from factors that do nothing.")
    return lines


def _line(found: Sensitivity, row: Mapping[Any, Any]) -> str:
    def told(name: str) -> str:
        low, high = (number(row[f"{name}_{end}"]) for end in ("low", "high"))
        return f"{number(row[name])} ({low} to {high})"

    place = f"{row['rank']}. {row['factor']}"
    if found.measure == "ST":
        return f"{place}: {told('ST')} of the variance with all others, {told('S1')} alone."
    if found.measure == "mu_star":
        mu, mu_star = row["mu"], row["mu_star"]
        way = ("up" if mu > 0.0 else "down") if abs(mu) > 0.5 * mu_star else "now up, now down"
        return f"{place}: moved over its range it moves this by {told('mu_star')} {found.unit}, {way}."
    return f"{place}: the distribution moves by {told('pawn')} of 1 where it is known; luck {number(row['luck'])}."


def _precision(found: Sensitivity) -> list[str]:
    lines = []
    tied = found.frame["rank"].str.contains("-")
    if tied.any():
        lines.append("Factors with a range of ranks cannot be put in order: their intervals overlap.")
    widths = found.frame[f"{found.measure}_high"] - found.frame[f"{found.measure}_low"]
    if found.measure == "ST" and widths.max() > WIDE:
        lines.append(f"Intervals are up to {widths.max():.2f} wide: more points would tell more.")
    return lines


def _luck(found: Sensitivity) -> list[str]:
    noise = found.noise
    if noise.seeds < 2:
        return ["One seed at each point: how much of this is luck is not known. More replications would tell."]
    line = (
        f"Luck: {noise.share:.0%} of the variance of single runs is from seed to seed; in the means over "
        f"{noise.seeds} seeds {noise.left:.1%} is left."
    )
    if not noise.much:
        return [line]
    blurred = {
        "ST": "S1 is too low by about that share, and ST too high",
        "mu_star": "mu* is too high where it is near that of luck",
        "pawn": "all factors seem to matter less than they do",
    }[found.measure]
    return [line, f"Warning: that is more than {MUCH:.0%}. {_capital(blurred)}: run more replications."]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
