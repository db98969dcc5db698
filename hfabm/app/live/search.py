"""What a text typed into the search can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hfabm.app.live.chronicle import Chronicle
from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, word
from hfabm.app.live.story import Line, worded
from hfabm.app.live.town import TownPlan
from hfabm.language import Language, phrase
from hfabm.model import HousingFirstModel
from hfabm.state.codes import Housing, Sector

MOST = 20
"""Matches given at most."""
SECTION = re.compile(r"§ *\d+( a)?")
"""A section of the law in a name: not the number of a thing."""


@dataclass(frozen=True, slots=True)
class Match:
    """Something a text can mean.

    Attributes:
        kind: What it is.
        row: Its row.
        name: Its name, to be told with `worded`.
        about: A word on it, such as where a citizen is.
    """

    kind: Kind
    row: int
    name: Line
    about: Line


def search(text: str, model: HousingFirstModel, chronicle: Chronicle, plan: TownPlan) -> list[Match]:
    """What a text can mean: a number, with or without a word for its kind in either language, or a name.

    Args:
        text: Such as `borger 12`, `home 55`, `7` or `Odense`.
        model: The model.
        chronicle: What was noted.
        plan: The map.

    Returns:
        At most `MOST` matches; none for an empty text.
    """
    scene = Scene(model, chronicle, plan)
    said = SECTION.sub("", text.lower())
    asked = re.search(r"\d+", said)
    number = int(asked[0]) if asked else None
    words = _words(said)
    if not words and number is None:
        return []
    found = [(kind, row) for kind in Kind for row in _rows(scene, kind, words, number)]
    return [Match(kind, row, scene.name(kind, row), _about(scene, kind, row)) for kind, row in found[:MOST]]


def _words(text: str) -> str:
    """The words of a text, without numbers and signs."""
    return " ".join(re.findall(r"[^\W\d_]+", SECTION.sub("", text.lower())))


def _rows(scene: Scene, kind: Kind, words: str, number: int | None) -> Iterator[int]:
    """Rows of a kind that words and a number fit."""
    by_kind = _begins(words, _known(f"find_{kind}"))
    if kind in (Kind.CITIZEN, Kind.DWELLING):
        if by_kind:
            size = scene.table(kind).size
            yield from range(min(size, MOST)) if number is None else [number] * (number < size)
        return
    for row, mine in enumerate(scene.numbers(kind)):
        if number is None or (mine == number and kind is not Kind.MUNICIPALITY):
            if by_kind or _begins(words, _names(scene, kind, row)):
                yield row


def _begins(words: str, known: list[str]) -> bool:
    """Do words begin any of the known ones, or one of the words in them?  No words fit everything."""
    return any(f" {name}".find(f" {words}") >= 0 for name in known)


def _known(key: str) -> list[str]:
    both = phrase(f"story.{key}")
    return [word for language in Language for word in both[language].split(", ")]


def _names(scene: Scene, kind: Kind, row: int) -> list[str]:
    names = [_words(worded(scene.name(kind, row), language)) for language in Language]
    is_section_110 = kind is Kind.SHELTER and scene.world.shelters.kind[row] == Housing.SHELTER
    return names + (_known("find_section_110") if is_section_110 else [])


def _about(scene: Scene, kind: Kind, row: int) -> Line:
    if kind is Kind.CITIZEN:
        return word(Housing, int(scene.world.citizens.housing[row]))
    if kind is Kind.DWELLING:
        return word(Sector, int(scene.world.dwellings.sector[row]))
    return Line(f"kind_{kind}")
