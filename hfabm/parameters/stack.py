"""Files that extend files: what each sets, what stands on what, and where two of them clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hfabm.parameters.declare import BEGINNING, Declared
from hfabm.parameters.faults import Fault, Spot
from hfabm.parameters.scenario import Key, Origin, course, overlay
from hfabm.parameters.values import plain, shown


@dataclass(frozen=True)
class Setting:
    """What one file, and those it extends, say of one key.

    Attributes:
        steps: Dates and values; one step from the beginning for a key at the top of a file.
        spots: Where each step was set.
        below: Every file that the file which set it extends: it knew what they say.
    """

    steps: tuple[tuple[date, Any], ...]
    spots: tuple[Spot, ...]
    below: frozenset[str] = frozenset()

    @property
    def value(self) -> Any:
        """The last value; the only one for a key at the top of a file."""
        return self.steps[-1][1]

    @property
    def spot(self) -> Spot:
        """Where it was set; the topmost file set its last step."""
        return self.spots[-1]

    def over(self, other: Setting | None) -> Setting:
        """This setting on top of another."""
        if other is None:
            return self
        steps = overlay(other.steps, self.steps)
        return Setting(steps, other.spots[: len(steps) - len(self.steps)] + self.spots, self.below)

    def origins(self) -> tuple[Origin, ...]:
        """Where each step was set, for the scenario."""
        places = zip(self.steps, self.spots, strict=True)
        return tuple(Origin(day, spot.file, spot.line, spot.column) for (day, _), spot in places)

    def said(self) -> str:
        """The values in a few words."""
        return ", ".join(_short(value) if day == BEGINNING else f"{day} = {_short(value)}" for day, value in self.steps)


Settings = dict[Key, Setting]


@dataclass
class Layer:
    """What a file comes to with all that it extends.

    Attributes:
        settings: By section and name; the section is empty for the keys at the top.
        files: The file and every file below it.
        unchecked: Own settings, with what they stand on, whose horizon is not known yet.
    """

    settings: Settings = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    unchecked: list[tuple[Key, Setting, Setting | None]] = field(default_factory=list)

    def get(self, name: str) -> Any:
        """The value of a key at the top, or None."""
        found = self.settings.get(("", name))
        return found.value if found else None


def merged(layers: Iterable[Layer], own: Settings) -> tuple[Layer, list[Fault]]:
    """Put files of one `extends` list beside each other.

    Args:
        layers: The files.
        own: What the file that extends them sets: it decides where they clash.
    """
    result, faults = Layer(), []
    for layer in layers:
        result.files |= layer.files
        result.unchecked += [item for item in layer.unchecked if item not in result.unchecked]
        for key, new in layer.settings.items():
            old = result.settings.get(key)
            if old is None or new.steps == old.steps or old.spot.file in new.below or key in _TALK:
                result.settings[key] = new
            elif new.spot.file not in old.below and not _decides(own, key, layer, result):
                faults.append(_clash(key, old, new))
    return result, faults


_TALK = {("", "title"), ("", "description")}  # of these the last file's is as good as any


def _decides(own: Settings, key: Key, *beside: Layer) -> bool:
    """Does the extending file set the key for the whole horizon, so that a clash below does not matter?"""
    if key not in own:
        return False
    first = own[key].steps[0][0]
    start = own[("", "start")].value if ("", "start") in own else None
    starts = [start] if start else [layer.get("start") for layer in beside]
    return first == BEGINNING or any(s is not None and first <= s for s in starts)


def _clash(key: Key, old: Setting, new: Setting) -> Fault:
    name = ".".join(filter(None, key))
    other = old.spot
    what = f"clashes with {other}:{other.column}, which sets {old.said()} where this sets {new.said()}"
    return new.spot.fault(name, what, f"Set {name} in the file that extends both, or leave one of them out.")


def idle(declared: Declared, own: Setting, below: Setting | None, start: date, end: date) -> Iterator[Fault]:
    """Faults of an override whose dates or values do nothing between start and end."""
    astray = list(_astray(declared.key, own, start, end))
    if astray:
        yield from astray
        return
    before = overlay(declared.steps, below.steps) if below else declared.steps
    if course(overlay(before, own.steps), start, end) == course(before, start, end):
        known = f"set in {below.spot}" if below else "declared"
        first, *later = course(before, start, end)
        value = "; ".join([plain(first[1]), *(f"{plain(v)} from {d}" for d, v in later)])
        what = f"without effect: from {start} to {end} it is {value} anyway, as {known}"
        yield own.spots[0].fault(declared.key, what, "Remove it, or set another value.")


def _astray(name: str, own: Setting, start: date, end: date) -> Iterator[Fault]:
    """Faults of dates outside the horizon; one may lie before it, if it is in force when that begins."""
    days = [day for day, _ in own.steps]
    for day, spot in zip(days, own.spots, strict=True):
        replaced = [later for later in days if day < later <= start]
        if day > end:
            what = f"{day} lies after the end of the scenario, {end}, so it never has effect"
            yield spot.fault(name, what, "Remove it, or end the scenario later.")
        elif replaced and day != BEGINNING:
            what = f"{day} lies before the start of the scenario, {start}, and {replaced[-1]} replaces it"
            hint = "Remove it; before the start only the step that is in force at the start may stand."
            yield spot.fault(name, what, hint)


def _short(value: object) -> str:
    return plain(value) if isinstance(value, (int, float)) else shown(value)
