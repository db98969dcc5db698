"""Files on files: what each sets, what stands on what, and where two of them clash.

A file stands on those that it extends.  Between the two lie the packages that it includes: changes
without a place and a horizon of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hfabm.parameters.declare import BEGINNING, Declared, Role
from hfabm.parameters.faults import Fault, Spot
from hfabm.parameters.scenario import Key, Origin, course, overlay
from hfabm.parameters.values import plain, shown


@dataclass(frozen=True)
class Setting:
    """What one file, and those it extends, say of one key.

    Attributes:
        steps: Dates and values; one step from the beginning for a key at the top of a file.
        spots: Where each step was set.
        below: Every file that the file which set it extends or includes: it knew what they say.
        of_programme: A programme's file set it: it may outlast the scenario, and state law that is in force anyhow.
    """

    steps: tuple[tuple[date, Any], ...]
    spots: tuple[Spot, ...]
    below: frozenset[str] = frozenset()
    of_programme: bool = False

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
        spots = other.spots[: len(steps) - len(self.steps)] + self.spots
        return Setting(steps, spots, self.below, self.of_programme)

    def of_a_programme(self, declared: Declared) -> Setting:
        """The same as a programme states it: where it is law, later changes that are declared stay in place."""
        later = tuple(step for step in declared.steps if step[0] > self.steps[-1][0] and declared.role is Role.LAW)
        spots = self.spots + self.spots[-1:] * len(later)
        return replace(self, steps=self.steps + later, spots=spots, of_programme=True)

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
    """What a file comes to with all that it extends and includes.

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

    @property
    def packaged(self) -> bool:
        """Is it a package: changes, and neither a place nor a horizon to make them in?"""
        return not any(self.get(name) for name in ("place", "start", "end"))

    def under(self, package: Layer) -> Layer:
        """This layer with a package on top; what the package says of itself stays with the package."""
        laid = Layer(dict(self.settings), self.files | package.files, list(self.unchecked))
        for key, setting, below in package.unchecked:
            ground = self.settings.get(key)
            item = key, setting, below.over(ground) if below else ground
            if item not in laid.unchecked:
                laid.unchecked.append(item)
        for key, setting in package.settings.items():
            if key not in TALK:
                known = replace(setting, below=setting.below | self.files)
                laid.settings[key] = known.over(self.settings.get(key)) if key[0] else known
        return laid


def merged(
    layers: Iterable[Layer], own: Settings, declared: Mapping[Key, Declared], ground: Layer | None = None
) -> tuple[Layer, list[Fault]]:
    """Put files of one `extends` or `include` list beside each other.

    Args:
        layers: The files.
        own: What the file that names them sets: it decides where they clash.
        declared: Every parameter: two files that come to the same with what is declared do not clash.
        ground: What packages are laid on.
    """
    result, faults = Layer(), []
    for layer in layers:
        result.files |= layer.files
        result.unchecked += [item for item in layer.unchecked if item not in result.unchecked]
        for key, new in layer.settings.items():
            old = result.settings.get(key)
            if old is None or old.spot.file in new.below or key in TALK:
                result.settings[key] = new
            elif _same(old, new, declared.get(key)):
                result.settings[key] = new.over(old) if key[0] else new
            elif new.spot.file not in old.below and not _decides(own, key, layer, result, ground or layer):
                faults.append(_clash(key, old, new))
    return result, faults


TALK = frozenset({("", name) for name in ("title", "description", "hypothesis", "source", "scales_by")})
"""What a file says of itself: of several files beside each other the last one's is as good as any."""


def _same(old: Setting, new: Setting, declared: Declared | None) -> bool:
    """Do two settings come to the same?"""
    if declared is None or old.steps == new.steps:
        return old.steps == new.steps
    one, other = (course(overlay(declared.steps, s.steps), BEGINNING, date.max) for s in (old, new))
    return one == other


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
    return new.spot.fault(name, what, f"Set {name} in the file that names both, or leave one of them out.")


def idle(declared: Declared, own: Setting, below: Setting | None, start: date, end: date) -> Iterator[Fault]:
    """Faults of an override whose dates or values do nothing between start and end."""
    law = own.of_programme and declared.role is Role.LAW
    new = [step for step in own.steps if not law or step not in declared.steps]
    if own.of_programme and (not new or new[0][0] <= end):
        astray = []
    else:
        astray = list(_astray(declared.key, own, start, end))
    if astray or law:
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
