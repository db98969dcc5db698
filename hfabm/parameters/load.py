"""Read a scenario: every fault of every file it is made of is found before any is reported."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from hfabm.parameters.declare import Sections
from hfabm.parameters.faults import Fault, ScenarioError, Spot
from hfabm.parameters.overrides import Overrides
from hfabm.parameters.scenario import Key, Scenario, Steps, course, overlay, settled
from hfabm.parameters.source import Source, read
from hfabm.parameters.stack import Layer, Settings, idle, merged
from hfabm.parameters.values import shown

DEEPEST = 5
"""How many files may extend one another in a row, above the one that is loaded."""
NEEDED = {"title": '"..."', "place": '"odense"', "start": "2009-01-01", "end": "2024-12-31"}
"""The keys that a scenario must have, with an example of each."""


def load_scenario(
    path: str | Path,
    sections: Sections,
    places: Sequence[str],
    *,
    sets: Sequence[str] = (),
    until: date | None = None,
) -> Scenario:
    """Read a scenario file and all that it extends.

    Args:
        path: The file.
        sections: Section name to the dataclass of its parameters.
        places: Names of the known municipalities.
        sets: More overrides on top: `section.name=value` or `section.name@2023-10-01=value`.
        until: An earlier end.  Overrides that begin after it are left out, and are no fault.

    Raises:
        ScenarioError: Something is wrong; it carries all that is.
    """
    loader = _Loader(Overrides(sections, places))
    layer = loader.file(Path(path), (), None)
    if layer is not None:
        loader.set(layer, loader.overrides.of_options(sets))
        loader.check_whole(layer, Path(path), until)
    faults = loader.faults + loader.overrides.faults
    if layer is None or faults:
        raise ScenarioError(_by_place(faults))
    return loader.scenario(layer, Path(path), until)


class _Loader:
    """The files that one scenario is made of."""

    def __init__(self, overrides: Overrides) -> None:
        self.overrides = overrides
        self.faults: list[Fault] = []
        self._read: dict[Path, Layer | None] = {}
        self._incomplete = False  # a file could not be read: what it would have set is not known

    def file(self, path: Path, chain: tuple[Path, ...], cited: Spot | None) -> Layer | None:
        """What a file comes to, or None where it cannot be read.

        Args:
            path: The file.
            chain: The files that extend it, the loaded one first.
            cited: Where the last of them names it.
        """
        real = path.resolve()
        bent = self._bent(path, chain)
        if cited and bent:
            self.faults.append(cited.fault("extends", *bent))
            self._incomplete = True
            return None
        if real not in self._read:
            try:
                self._read[real] = self._layer(read(path, cited), (*chain, path))
            except ScenarioError as error:
                self.faults += error.faults
                self._read[real] = None
                self._incomplete = True
        return self._read[real]

    def _bent(self, path: Path, chain: tuple[Path, ...]) -> tuple[str, str] | None:
        """What is wrong with a row of files that extend one another, and what to do."""
        names = " extends ".join(str(p) for p in (*chain, path))
        if path.resolve() in [p.resolve() for p in chain]:
            return f"the files extend one another in a circle: {names}", "Take one of them out."
        if len(chain) > DEEPEST:
            return f"more than {DEEPEST} files deep: {names}", "Gather what they set in fewer files."
        return None

    def _layer(self, source: Source, chain: tuple[Path, ...]) -> Layer:
        own = self.overrides.of_file(source)
        below = [self.file(path, chain, spot) for path, spot in self._extended(source)]
        layer, clashes = merged([b for b in below if b is not None], own)
        self.faults += clashes
        self.set(layer, own)
        layer.files |= {str(source.path)}
        return layer

    def _extended(self, source: Source) -> list[tuple[Path, Spot]]:
        """The files that `extends` names, and where it does."""
        raw = source.data.get("extends", [])
        named = list(enumerate(raw)) if isinstance(raw, list) else [(None, raw)]
        found = []
        for index, name in named:
            spot = source.value("extends") if index is None else source.value("extends", index)
            if isinstance(name, str) and name:
                found.append((Path(os.path.normpath(source.path.parent / name)), spot))
            else:
                hint = "Write a file name in quotes, or a list of them."
                self.faults.append(spot.fault("extends", f"{shown(name)} names no file", hint))
        return found

    def set(self, layer: Layer, own: Settings) -> None:
        """Put settings on top of a layer, and check them in its horizon once that is known."""
        for key, setting in own.items():
            known = dataclasses.replace(setting, below=layer.files)
            below = layer.settings.get(key)
            layer.settings[key] = known.over(below) if key[0] else known
            if key[0]:
                layer.unchecked.append((key, known, below))
        start, end = layer.get("start"), layer.get("end")
        if start is None or end is None:
            return
        last = own.get(("", "end")) or own.get(("", "start"))
        if end <= start and last:
            what = f"the end, {end}, is not after the start, {start}"
            self.faults.append(last.spot.fault("end", what, "Choose a later end or an earlier start."))
        elif start < end and not self._incomplete:
            self.faults += self._idle(layer, start, end)
        layer.unchecked = []

    def _idle(self, layer: Layer, start: date, end: date) -> Iterator[Fault]:
        """Faults of overrides that do nothing; none where a refused value below hides what they change."""
        blamed = {fault.key for fault in self.overrides.faults}
        for key, setting, below in layer.unchecked:
            declared = self.overrides.declared[key]
            if declared.key not in blamed:
                yield from idle(declared, setting, below, start, end)

    def check_whole(self, layer: Layer, path: Path, until: date | None) -> None:
        """Is all there that a scenario must have, and does an earlier end lie in its horizon?"""
        blamed = {fault.key for fault in self.faults + self.overrides.faults}
        for name, example in NEEDED.items():
            # A refused value, or a file that could not be read, has its own fault already.
            if layer.get(name) is None and name not in blamed and not self._incomplete:
                hint = f"Add {name} = {example}, or extend a file that has it."
                self.faults.append(Spot(str(path), 1, 1).fault(name, "missing", hint))
        start, end = layer.get("start"), layer.get("end")
        if until and start and end and not start < until <= end:
            what = f"not within the scenario, which runs from {start} to {end}"
            hint = "Choose a day after its start and no later than its end."
            self.faults.append(Spot(f"--until {until}").fault("", what, hint))

    def scenario(self, layer: Layer, path: Path, until: date | None) -> Scenario:
        """The scenario that a layer without faults comes to."""
        top = {name: layer.get(name) for name in self.overrides.header if layer.get(name) is not None}
        start, end = top["start"], until or top["end"]
        changes: dict[Key, Steps] = {}
        for key, setting in layer.settings.items():
            if key[0]:
                declared = self.overrides.declared[key].steps
                changed = course(overlay(declared, setting.steps), start, end)
                # What two files set to and fro, or an earlier end cuts off, is no change.
                if changed != course(declared, start, end):
                    changes[key] = settled(setting.steps, start, end)
        origins = {key: setting.origins() for key, setting in layer.settings.items()}
        return Scenario(**{**top, "end": end}, path=path, changes=changes, origins=origins)


def _by_place(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, file by file, by line."""
    once = list(dict.fromkeys(faults))
    files = list(dict.fromkeys(fault.path for fault in once))
    return sorted(once, key=lambda fault: (files.index(fault.path), fault.line, fault.column))
