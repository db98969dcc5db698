"""A scenario: what to change, where, from when to when.  Data, never code."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hfabm.parameters.declare import BEGINNING, Parameters, Sections, Value, resolve
from hfabm.parameters.programmes import Programme, quoted

Key = tuple[str, str]
"""Section and name of a parameter; the section is empty for a key at the top of the file, such as `place`."""

Steps = tuple[tuple[date, Value], ...]
"""Dates and the values in force from them on, earliest first."""

IN_PYTHON = "set in Python"
"""Where a value came from that no file and no option set."""


class Origin(NamedTuple):
    """Where the value in force from a date on was set; line and column are 0 where it was no file."""

    day: date
    file: str
    line: int
    column: int

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Scenario:
    """Frozen changes of parameters, a place, a horizon and seeds.

    Attributes:
        title: One line for tables and figures.
        place: Name of the municipality.
        start: First day.
        end: Last day.
        description: What it stands for.
        seed: Seed of the first replication.
        seeds: How many replications are suggested.
        hypothesis: What is expected of it, in one sentence.
        source: Where it comes from: ids of the evidence register, and words.
        scales_by: Key of the lever by which it can be made larger or smaller.
        programmes: Programmes of the state within the horizon, with who takes part.
        changes: (section, name) to steps: only what differs, within the horizon, from what is declared.
        path: The file it was read from, if it was.
        origins: (section, name) to where each step was set; ("", "place") and so on for the keys at the top.
    """

    title: str
    place: str
    start: date
    end: date
    description: str = ""
    seed: int = 1
    seeds: int = 1
    hypothesis: str = ""
    source: str = ""
    scales_by: str = ""
    programmes: tuple[Programme, ...] = ()
    changes: Mapping[Key, Steps] = field(default_factory=dict)
    path: Path | None = field(default=None, compare=False)
    origins: Mapping[Key, tuple[Origin, ...]] = field(default_factory=dict, compare=False)

    def parameters(self, sections: Sections) -> Parameters:
        """Every parameter as it is under this scenario."""
        return resolve(sections, self.changes)

    def with_changes(self, changes: Mapping[Key, Value | Steps], origin: str = IN_PYTHON) -> Scenario:
        """The same scenario with more changes on top.  They are not checked: samplers stay in range.

        Args:
            changes: (section, name) to a value for the whole horizon, or to steps.
            origin: What to give as the place that they came from.
        """
        merged, origins = dict(self.changes), dict(self.origins)
        for key, new in changes.items():
            steps = tuple(sorted(new)) if isinstance(new, tuple) else ((BEGINNING, new),)
            merged[key] = settled(overlay(merged.get(key, ()), steps), self.start, self.end)
            if not merged[key]:
                del merged[key]  # all of it begins after the end
            kept = tuple(o for o in origins.get(key, ()) if o.day < steps[0][0])
            origins[key] = kept + tuple(Origin(day, origin, 0, 0) for day, _ in steps)
        return dataclasses.replace(self, changes=merged, origins=origins)

    def digest(self) -> str:
        """SHA-256 of what changes results: the same whatever it is called and wherever its files lie."""
        lines = [*self._content(), *self._given(words=False)]
        return hashlib.sha256(("\n".join(lines) + "\n").encode()).hexdigest()

    def as_toml(self) -> str:
        """The scenario as one file that names no other and reads back as the same scenario."""
        return "\n".join([*self._words(), *self._content(), *self._given(words=True)]) + "\n"

    def _words(self) -> Iterator[str]:
        """What it says of itself, and how often to run it."""
        yield f"title = {quoted(self.title)}"
        for name in ("description", "hypothesis", "source", "scales_by"):
            if getattr(self, name):
                yield f"{name} = {quoted(getattr(self, name))}"
        yield f"seeds = {self.seeds}"

    def _content(self) -> Iterator[str]:
        yield f"place = {quoted(self.place)}"
        yield f"start = {self.start}"
        yield f"end = {self.end}"
        yield f"seed = {self.seed}"
        section = ""
        for (table, name), steps in sorted(self.changes.items()):
            if table != section:
                section = table
                yield f"\n[{section}]"
            yield f"{name} = {self._written(steps)}"

    def _given(self, words: bool) -> Iterator[str]:
        """The programmes; without words, only those that give somebody something."""
        for programme in self.programmes:
            if words or programme.matters:
                yield f"\n[programmes.{programme.name}]"
                yield from programme.words() if words else ()
                yield from programme.content()

    def _written(self, steps: Steps) -> str:
        """A number, or a table of dates; what was so from the beginning is so from the start."""
        if len(steps) == 1 and steps[0][0] == BEGINNING:
            return _number(steps[0][1])
        return "{ " + ", ".join(f"{max(day, self.start)} = {_number(value)}" for day, value in steps) + " }"


def overlay(below: Steps, above: Steps) -> Steps:
    """Steps on top of others: they keep what was in force before their first date and replace the rest."""
    return tuple(step for step in below if step[0] < above[0][0]) + above


def settled(steps: Steps, start: date, end: date) -> Steps:
    """What matters of the steps from start to end; the step in force at the start becomes the first.

    It counts from the beginning, because the first week may begin some days before the start.
    """
    past = [value for day, value in steps if day <= start]
    first = ((BEGINNING, past[-1]),) if past else ()
    return first + tuple(step for step in steps if start < step[0] <= end)


def course(steps: Steps, start: date, end: date) -> Steps:
    """The values really in force from start to end: one step at the start, then one wherever they change."""
    whole = settled(steps, start, end)
    found = [(start, whole[0][1] if whole and whole[0][0] == BEGINNING else steps[0][1])]
    for day, value in whole:
        if day != BEGINNING and value != found[-1][1]:
            found.append((day, value))
    return tuple(found)


def _number(value: Value) -> str:
    """A value as TOML writes it."""
    return str(value).lower() if isinstance(value, bool) else repr(value)
