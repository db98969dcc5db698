"""What a file says of programmes: each key known, each value checked, each fault in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from hfabm.evidence import municipalities
from hfabm.parameters.declare import BEGINNING
from hfabm.parameters.faults import Fault, Spot, suggestion
from hfabm.parameters.programmes import ALL, DECLARED, PARTICIPATION, PROGRAMME, Programme, Terms
from hfabm.parameters.scenario import Key
from hfabm.parameters.source import Source
from hfabm.parameters.stack import Setting
from hfabm.parameters.values import RefusedError, checked, day, shown, words

TABLES = ("programme", "programmes", "participation")
"""The sections of a file that are about programmes and hold no parameters."""

WORDS: Mapping[str, Callable[[Any], Any]] = {"title": words, "from": day, "to": day, "note": words, "not_named": words}
LISTS = ("named", "not_taking_part", "chosen")
GIVEN = ("grant_dkk", "new_cheap", "rent_cut", "special")
BY_METHOD = ("cti_share", "icm_share", "act_share", "ordinary_share")


class ProgrammeReader:
    """Reads the programmes of one file.

    Attributes:
        settings: What the file says.
        faults: What is wrong with it.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.settings: dict[Key, Setting] = {}
        self.faults: list[Fault] = []

    def read(self) -> None:
        """Read the programme that the file is, those that it states, and who takes part."""
        data, title = self.source.data, self.source.data.get("title", "")
        for name in (n for n in TABLES if n in data and not isinstance(data[n], dict)):
            what = f"{shown(data[name])} stands where a section is meant"
            self._fault(self.source.value(name), name, what, f"Write lines under [{name}].")
        if isinstance(data.get("programme"), dict):
            self._programme(("programme",), self.source.path.stem, title)
        if isinstance(data.get("programmes"), dict):
            for name, table in data["programmes"].items():
                if isinstance(table, dict):
                    self._programme(("programmes", name), name, "")
                else:
                    what = f"{shown(table)} stands where a programme is meant"
                    self._fault(self.source.value("programmes", name), name, what, f"Write [programmes.{name}].")
        if isinstance(data.get("participation"), dict):
            for name in data["participation"]:
                who = self._names(("participation", name))
                if who is not None:
                    spot = self.source.key("participation", name)
                    self.settings["", PARTICIPATION + name] = Setting(((BEGINNING, who),), (spot,))

    def _programme(self, path: tuple[str, ...], name: str, title: Any) -> None:
        """One programme; nothing is kept where any of it is wrong."""
        before = len(self.faults)
        table = self.source.data[path[0]] if len(path) == 1 else self.source.data[path[0]][path[1]]
        found: dict[str, Any] = {"title": title}
        for key, raw in table.items():
            found[key] = self._value((*path, key), key, raw, inline=len(path) > 1)
        if len(self.faults) == before:
            self._check(path, found)
        if len(self.faults) == before:
            terms = Terms(**{key: value for key, value in found.items() if key in DECLARED})
            rest = {key: found[key] for key in ("note", "not_named", "adds_posts", *LISTS) if key in found}
            programme = Programme(name, found["title"], found["from"], found["to"], terms, **rest)
            spot = self.source.key(*path)
            self.settings["", PROGRAMME + name] = Setting(((BEGINNING, programme),), (spot,))

    def _value(self, path: tuple[str, ...], key: str, raw: Any, inline: bool) -> Any:
        own = not inline and key in ("title", "chosen", "adds_posts")
        try:
            if key in WORDS and not own:
                return WORDS[key](raw)
            if key in LISTS and not own:
                return self._names(path)
            if key == "adds_posts" and inline:
                if not isinstance(raw, bool):
                    raise RefusedError(f"{shown(raw)} is no switch", "Write true or false.")
                return raw
            if key in DECLARED:
                return checked(DECLARED[key], raw)
        except RefusedError as error:
            self._fault(self.source.value(*path), ".".join(path), error.what, error.hint)
            return None
        keys = [*DECLARED, *WORDS, *LISTS]
        hint = "The title belongs at the top of the file." if key == "title" else suggestion(key, keys, "keys here")
        self._fault(self.source.key(*path), ".".join(path), "unknown key", hint)
        return None

    def _names(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """A list of municipalities."""
        raw: Any = self.source.data
        key = ".".join(path)
        for part in path:
            raw = raw[part]
        spot = self.source.value(*path)
        if not isinstance(raw, list):
            self._fault(spot, key, f"{shown(raw)} is no list of municipalities", 'Write such as ["Odense"], or [].')
            return None
        good = []
        for index, name in enumerate(raw):
            spot = self.source.value(*path, index)
            if name not in municipalities():
                hint = suggestion(str(name), municipalities(), "municipalities")
                self._fault(spot, key, f"{shown(name)} is no municipality of Denmark", hint)
            elif name in good:
                self._fault(spot, key, f"{name} is there twice", "Leave one of the two out.")
            else:
                good.append(name)
        return tuple(good) if len(good) == len(raw) else None

    def _check(self, path: tuple[str, ...], found: dict[str, Any]) -> None:
        """Does it all go together?"""
        top, dotted = self.source.key(*path), ".".join(path)
        found.setdefault("to", date.max)
        for name, example in (("title", '"..."'), ("from", "2014-01-01")):
            if not found.get(name):
                where = "at the top of the file" if name == "title" and len(path) == 1 else "here"
                self._fault(top, dotted, f"{name} is missing", f"Add {name} = {example} {where}.")
        if not found.get("from"):
            return
        first, last = found["from"], found["to"]
        if last == date.max and any(found.get(name) for name in GIVEN):
            what = "to is missing: what is given in all is given by a day"
            self._fault(top, dotted, what, "Add to = 2017-12-31 here.")
        if last <= first:
            what = f"it ends on {last}, which is not after its beginning, {first}"
            self._fault(self.source.value(*path, "to"), dotted, what, "Choose a later end or an earlier beginning.")
        shares = [key for key in BY_METHOD if key in found]
        if sum(found[key] for key in shares) > 1.0 + 1e-9:
            what = f"the shares of the grant for posts come to {sum(found[key] for key in shares):.3g}, more than all"
            self._fault(self.source.value(*path, shares[-1]), dotted, what, "Make them 1 together or less.")
        if found.get("grant_dkk") and "price_year" not in found:
            hint = "Add price_year, such as the middle year."
            self._fault(self.source.key(*path, "grant_dkk"), dotted, "price_year is missing: money has a year", hint)
        self._check_who(path, found, dotted)

    def _check_who(self, path: tuple[str, ...], found: dict[str, Any], dotted: str) -> None:
        many, named = found.get("participants", ALL), found.get("named", ())
        if many < ALL and "homeless_share" not in found:
            what = "homeless_share is missing: the share of homelessness that those who take part have"
            hint = f"Add it, or assume that they are as others are: {many}/{ALL} = {many / ALL:.2f}."
            self._fault(self.source.key(*path, "participants"), dotted, what, hint)
        for key in ("named", "chosen"):
            if len(found.get(key) or ()) > many:
                what = f"{len(found[key])} municipalities are {key}, and {many} take part"
                self._fault(self.source.value(*path, key), dotted, what, "Leave some out, or state more participants.")
        both = [name for name in found.get("not_taking_part", ()) if name in named]
        if both:
            what = f"{both[0]} is said to take part, and not to"
            self._fault(self.source.value(*path, "not_taking_part"), dotted, what, "Leave one of the two out.")

    def _fault(self, spot: Spot, key: str, what: str, hint: str) -> None:
        self.faults.append(spot.fault(key, what, hint))


def astray(programme: Programme, spot: Spot, start: date, end: date) -> Iterator[Fault]:
    """The fault of a programme that is over before a scenario begins, or begins after it is over."""
    if programme.last < start:
        what = f"it ends on {programme.last}, before the scenario starts, {start}, so it never has effect"
    elif programme.first > end:
        what = f"it begins on {programme.first}, after the end of the scenario, {end}, so it never has effect"
    else:
        return
    yield spot.fault(f"programme {programme.name}", what, "Do not include it, or choose another horizon.")
