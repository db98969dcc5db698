"""Programmes of the state: what one is, in the words of a scenario file.

A programme gives money, posts and dwellings, from one day to another, to the municipalities that take part.  What
each of them gets hangs on its part of the homelessness among those that take part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from hfabm.parameters.declare import ASSUMED, Role, declarations, parameter
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

PROGRAMME, PARTICIPATION = "programme.", "participation."
"""What the keys begin with under which the settings of a file keep a programme, and who takes part in it."""
ALL = 98
"""Municipalities there are."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of a programme; a file states those that are not nought, and where it read them."""

    grant_dkk: float = parameter(
        0.0, Unit.DKK, 0.0, 1e11, role=Role.LEVER, source=ASSUMED,
        means="Grant to municipalities, in all and for the whole time; grants for dwellings are booked by dwelling.",
    )
    price_year: int = parameter(
        2023, Unit.YEAR, 1990, 2050, role=Role.CONSTANT, source=ASSUMED,
        means="Year whose prices the grant is in; it is carried forward as it is paid.",
    )
    participants: int = parameter(
        ALL, Unit.COUNT, 1, ALL, role=Role.CONSTANT, source=ASSUMED,
        means="How many municipalities take part; 98 is all.",
    )
    homeless_share: float = parameter(
        1.0, Unit.SHARE, 0.001, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the country's homelessness that those who take part have.",
    )
    cti_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the grant that goes to posts of CTI.",
    )
    icm_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the grant that goes to posts of ICM.",
    )
    act_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the grant that goes to posts of ACT.",
    )
    ordinary_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the grant that goes to posts of ordinary § 85 support.",
    )
    new_cheap: float = parameter(
        0.0, Unit.DWELLINGS, 0.0, 100000.0, role=Role.LEVER, source=ASSUMED,
        means="New cheap social dwellings, in all and for the whole time.",
    )
    rent_cut: float = parameter(
        0.0, Unit.DWELLINGS, 0.0, 100000.0, role=Role.LEVER, source=ASSUMED,
        means="Dwellings whose rent is cut, in all and for the whole time.",
    )
    special: float = parameter(
        0.0, Unit.DWELLINGS, 0.0, 100000.0, role=Role.LEVER, source=ASSUMED,
        means="New alternative dwellings (skæve boliger), in all and for the whole time.",
    )

    @property
    def gives(self) -> bool:
        """Does it give anything at all?"""
        return max(self.grant_dkk, self.new_cheap, self.rent_cut, self.special) > 0.0

    @property
    def posts(self) -> bool:
        """Does it pay for posts?"""
        return self.grant_dkk * (self.cti_share + self.icm_share + self.act_share + self.ordinary_share) > 0.0


DECLARED = {declared.name: declared for declared in declarations("programme", Terms)}
"""The numbers of a programme by name."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, and what a scenario says of it.

    Attributes:
        name: The file it was read from, without its ending.
        title: One line for tables and figures.
        first: First day.
        last: Last day; `date.max` where it has no end, as an act.
        terms: Its numbers.
        named: Municipalities of which the evidence says that they took part.
        not_taking_part: Municipalities that are known not to have.
        not_named: What is known of the rest.
        note: What is known of the programme, and what is not.
        chosen: Municipalities that the scenario says take part, besides those named; None where it says nothing.
        adds_posts: Its posts come on top of those that the scenario states; else the grant pays for these.
    """

    name: str
    title: str
    first: date
    last: date
    terms: Terms
    named: tuple[str, ...] = ()
    not_taking_part: tuple[str, ...] = ()
    not_named: str = ""
    note: str = ""
    chosen: tuple[str, ...] | None = None
    adds_posts: bool = True

    def __str__(self) -> str:
        return self.title

    @property
    def national(self) -> bool:
        """Do all municipalities take part?"""
        return self.terms.participants == ALL

    @property
    def open(self) -> bool:
        """Is it still to be said who takes part?"""
        return not self.national and not self.named and self.chosen is None

    @property
    def matters(self) -> bool:
        """Does it give anything to anybody?"""
        return self.terms.gives and bool(self.national or self.named or self.chosen)

    def has(self, municipality: str) -> bool:
        """Does a municipality take part?"""
        return self.national or municipality in self.named or municipality in (self.chosen or ())

    def words(self) -> Iterator[str]:
        """The lines of a scenario file that state what changes no result."""
        yield f"title = {quoted(self.title)}"
        for name in ("note", "not_named"):
            if getattr(self, name):
                yield f"{name} = {quoted(getattr(self, name))}"
        if self.not_taking_part:
            yield f"not_taking_part = {_list(self.not_taking_part)}"

    def content(self) -> Iterator[str]:
        """The lines of a scenario file that state the rest."""
        yield f"from = {self.first}"
        if self.last != date.max:
            yield f"to = {self.last}"
        if self.named:
            yield f"named = {_list(self.named)}"
        if self.chosen is not None:
            yield f"chosen = {_list(self.chosen)}"
        if not self.adds_posts:
            yield "adds_posts = false"
        for field in fields(self.terms):
            value = getattr(self.terms, field.name)
            if value != field.default or (field.name == "price_year" and self.terms.grant_dkk):
                yield f"{field.name} = {value!r}"


def quoted(text: str) -> str:
    """A string as TOML writes it: as JSON does, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(quoted, names)) + "]"
