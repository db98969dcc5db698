"""Sensitivity in words: what matters most, how sure that is, and how much of it is luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hfabm.answers.noise import MUCH
from hfabm.answers.texts import answer, capital, number, percent, rounded, unit_of
from hfabm.language import Language
from hfabm.language import number as whole

if TYPE_CHECKING:
    from hfabm.answers.sensitivity import Sensitivity

SAID = 5
"""Factors told of in words; all are in the table."""
NAMED = 4
"""Factors named in a title."""
WIDE = 0.2
"""Width of an interval of a Sobol index from which on more points are asked for."""


def of_sensitivity(found: Sensitivity, language: Language = Language.EN) -> str:
    """What is clear of luck, or that nothing is."""
    clear, subject = found.frame[found.frame["clear"]], capital(found.subject[language])
    if clear.empty:
        return answer("sensitivity_none", language, subject=subject, count=len(found.frame))
    rows = clear.head(NAMED).to_dict("records")
    named = ", ".join(f"{row['factor']} ({rounded(row[found.measure], language)})" for row in rows)
    if len(clear) > NAMED:
        named += " " + answer("sensitivity_more", language, count=len(clear) - NAMED)
    measure = answer(f"measured.{found.method}", language)
    return answer("sensitivity", language, subject=subject, named=named, count=len(found.frame), measure=measure)


def in_words(found: Sensitivity, language: Language = Language.EN) -> tuple[str, ...]:
    """What a measurement comes to, line by line."""
    head = answer(
        "head", language, subject=capital(found.subject[language]), mean=rounded(found.mean, language),
        unit=unit_of(found.unit, language), deviation=rounded(found.deviation, language),
        points=whole(found.points, language), seeds=seeds_of(found.noise.seeds, language), method=found.method,
    )  # fmt: skip
    if found.deviation == 0.0:
        return (head, answer("constant", language))
    return (head, *_strongest(found, language), *_precision(found, language), *_luck(found, language))


def seeds_of(seeds: int, language: Language) -> str:
    """How many seeds."""
    return answer("seeds_many" if seeds > 1 else "seeds_one", language, count=seeds)


def _strongest(found: Sensitivity, language: Language) -> list[str]:
    frame = found.frame
    clear = frame[frame["clear"]]
    if clear.empty:
        return [answer("only_luck", language)]
    lines = [_line(found, row, language) for row in clear.head(SAID).to_dict("records")]
    if len(clear) > SAID:
        lines.append(answer("more_than_luck", language, count=len(clear) - SAID))
    rest = len(frame) - len(clear)
    if rest:
        lines.append(answer("not_told", language, rest=rest, count=len(frame)))
    return lines


def _line(found: Sensitivity, row: Mapping[Any, Any], language: Language) -> str:
    def told(name: str) -> str:
        low, high = (number(row[f"{name}_{end}"], language) for end in ("low", "high"))
        return answer("measure", language, value=number(row[name], language), low=low, high=high)

    place = f"{row['rank']}. {row['factor']}"
    if found.measure == "ST":
        return answer("line_sobol", language, place=place, whole=told("ST"), alone=told("S1"))
    if found.measure == "mu_star":
        mu, mu_star = row["mu"], row["mu_star"]
        way = ("up" if mu > 0.0 else "down") if abs(mu) > 0.5 * mu_star else "up_and_down"
        moved, unit = told("mu_star"), unit_of(found.unit, language)
        return answer("line_morris", language, place=place, moved=moved, unit=unit, way=answer(way, language))
    return answer("line_pawn", language, place=place, moved=told("pawn"), luck=number(row["luck"], language))


def _precision(found: Sensitivity, language: Language) -> list[str]:
    lines = []
    tied = found.frame["rank"].str.contains("-")
    if tied.any():
        lines.append(answer("tied", language))
    widths = found.frame[f"{found.measure}_high"] - found.frame[f"{found.measure}_low"]
    if found.measure == "ST" and widths.max() > WIDE:
        lines.append(answer("wide", language, width=number(widths.max(), language)))
    return lines


def _luck(found: Sensitivity, language: Language) -> list[str]:
    noise = found.noise
    if noise.seeds < 2:
        return [answer("one_seed", language)]
    share, left = percent(noise.share, language), percent(noise.left, language, 1)
    line = answer("luck", language, share=share, seeds=noise.seeds, left=left)
    if not noise.much:
        return [line]
    blurred = answer(f"blurred.{found.measure}", language)
    return [line, answer("luck_warning", language, much=percent(MUCH, language), blurred=blurred)]
