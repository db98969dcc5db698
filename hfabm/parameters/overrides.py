"""What one file, or the `--set` options, set: each key known, each value checked, each fault in its place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from hfabm.parameters.declare import BEGINNING, Declared, Sections, declarations
from hfabm.parameters.faults import Fault, Spot, nearest, suggestion
from hfabm.parameters.programme_file import TABLES, ProgrammeReader
from hfabm.parameters.scenario import Key
from hfabm.parameters.source import Source
from hfabm.parameters.stack import Setting, Settings
from hfabm.parameters.values import RefusedError, checked, day_of, header, shown

FILES = ("extends", "include")
"""The keys that name other files: those it stands on, and the packages on top of them."""

T = TypeVar("T")
Step = tuple[date, Any, Spot]


class Overrides:
    """Reads settings against what is declared.

    Attributes:
        declared: Every parameter, by section and name.
        header: The keys at the top of a file and what checks them.
        faults: What was wrong so far.
    """

    def __init__(self, sections: Sections, places: Sequence[str]) -> None:
        self.declared = {(s, d.name): d for s, cls in sections.items() for d in declarations(s, cls)}
        self.header = header(places)
        self.faults: list[Fault] = []
        self._sections = tuple(sections)

    def of_file(self, source: Source) -> Settings:
        """What a file itself sets."""
        reader = ProgrammeReader(source)
        reader.read()
        self.faults += reader.faults
        own: Settings = dict(reader.settings)
        for name, raw in source.data.items():
            if name in self.header:
                value = self._tried(source.value(name), name, self.header[name], raw)
                if value is not None:
                    own["", name] = _setting([(BEGINNING, value, source.key(name))])
            elif name in self._sections:
                own.update(self._section(source, name, raw))
            elif name not in FILES and name not in TABLES:
                hint = self._hint_top(name, isinstance(raw, dict))
                kind = "section" if isinstance(raw, dict) else "key"
                self.faults.append(source.key(name).fault(name, f"unknown {kind}", hint))
        alone = not any(name in source.data for name in ("place", "start", "end"))
        return self._of_programme(own) if alone and ("programme" in source.data or "programmes" in source.data) else own

    def _of_programme(self, own: Settings) -> Settings:
        """What a programme's file sets."""
        return {key: s.of_a_programme(self.declared[key]) if key[0] else s for key, s in own.items()}

    def of_options(self, items: Iterable[str]) -> Settings:
        """What `--set` options set."""
        found: dict[Key, list[Step]] = {}
        for item in items:
            spot = Spot(f"--set {item}")
            parsed = self._tried(spot, "", self._option, item)
            if parsed is None:
                continue
            key, day, value = parsed
            steps = found.setdefault(key, [])
            twice = [other for other_day, _, other in steps if other_day == day]
            if twice:
                self.faults.append(
                    spot.fault(".".join(key), f"already set by '{twice[0]}'", "Leave one of the two out.")
                )
            else:
                steps.append((day, value, spot))
        return {key: _setting(steps) for key, steps in found.items()}

    def _section(self, source: Source, section: str, raw: Any) -> Settings:
        if not isinstance(raw, dict):
            what = f"{shown(raw)} stands where a section is meant"
            hint = f"Write its parameters as lines under [{section}]."
            self.faults.append(source.value(section).fault(section, what, hint))
            return {}
        own: Settings = {}
        for name, value in raw.items():
            declared = self.declared.get((section, name))
            if declared is None:
                fault = source.key(section, name).fault(f"{section}.{name}", "unknown key", self._hint(section, name))
                self.faults.append(fault)
                continue
            steps = self._steps(source, declared, value)
            if steps:
                own[section, name] = _setting(steps)
        return own

    def _steps(self, source: Source, declared: Declared, raw: Any) -> list[Step]:
        """The dates and values of one parameter; none where any of them is wrong."""
        path = (declared.section, declared.name)
        if not isinstance(raw, dict):
            good = self._tried(source.value(*path), declared.key, checked, declared, raw)
            return [] if good is None else [(BEGINNING, good, source.key(*path))]
        if not raw or not declared.dated:
            refused = _no_dates(declared)
            self.faults.append(source.value(*path).fault(declared.key, refused.what, refused.hint))
            return []
        steps = []
        for text, value in raw.items():
            spot = source.key(*path, text)
            day = self._tried(spot, declared.key, day_of, text)
            good = self._tried(source.value(*path, text), declared.key, checked, declared, value)
            if day is not None and good is not None:
                steps.append((day, good, spot))
        return steps if len(steps) == len(raw) else []

    def _option(self, item: str) -> tuple[Key, date, Any]:
        left, equals, text = item.partition("=")
        dotted, at, when = left.strip().partition("@")
        section, _, name = dotted.partition(".")
        if not (equals and section and name):
            hint = "Write section.name=value or section.name@2023-10-01=value."
            raise RefusedError("this sets no parameter", hint)
        declared = self.declared.get((section, name))
        if declared is None:
            known = section in self._sections
            hint = self._hint(section, name) if known else self._hint_top(section, table=True)
            raise RefusedError(f"{dotted}: unknown {'key' if known else 'section'}", hint)
        if at and not declared.dated:
            raise _no_dates(declared)
        return (section, name), day_of(when) if at else BEGINNING, checked(declared, _typed(text.strip()))

    def _tried(self, spot: Spot, key: str, check: Callable[..., T], *args: Any) -> T | None:
        """What a check returns; where it refuses, None and a fault."""
        try:
            return check(*args)
        except RefusedError as error:
            self.faults.append(spot.fault(key, error.what, error.hint))
            return None

    def _hint(self, section: str, name: str) -> str:
        """Where to look for a key that its section does not have."""
        if name in self.header or name in FILES:
            return f"'{name}' belongs at the top of the file, above the first [section]."
        own = [n for s, n in self.declared if s == section]
        others = {n: s for s, n in self.declared if s != section}
        if name in others:
            return f"'{name}' is in [{others[name]}]."
        elsewhere = nearest(name, list(others))
        if elsewhere and not nearest(name, own):
            return f"Did you mean '{elsewhere}' in [{others[elsewhere]}]?"
        return suggestion(name, own, f"keys of [{section}]")

    def _hint_top(self, name: str, table: bool) -> str:
        """Where to look for a key at the top of a file, or for a section."""
        if table:
            return suggestion(name, [*self._sections, *TABLES], "sections")
        inside = [s for s, n in self.declared if n == name]
        if inside:
            return f"'{name}' is in [{inside[0]}]."
        keys = [*self.header, *FILES, *TABLES]
        return suggestion(name, keys + [n for n in self._sections if nearest(name, [n])], "keys here")


def _setting(steps: list[Step]) -> Setting:
    ordered = sorted(steps, key=lambda step: step[0])
    return Setting(tuple((day, value) for day, value, _ in ordered), tuple(spot for *_, spot in ordered))


def _no_dates(declared: Declared) -> RefusedError:
    """The parameter is not dated, or is and was given no date."""
    if declared.dated:
        return RefusedError("a table without dates", "Write { 2023-10-01 = value }, or one value.")
    what = f"not dated: it is of the role '{declared.role}', and only levers and law change on a date"
    return RefusedError(what, f"Write one value for the whole horizon; its unit is {declared.unit}.")


def _typed(text: str) -> Any:
    """The value of an option: a number or a switch as TOML has it, or else a text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except ValueError:
        return text
