"""Read a scenario: every fault of every file it is made of is found before any is reported."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from hfabm.parameters.declare import Sections
from hfabm.parameters.faults import Fault, ScenarioError, Spot
from hfabm.parameters.overrides import Overrides
from hfabm.parameters.packages import (
    Chain,
    bent,
    check_scale,
    joined,
    named,
    not_to_include,
    retitled,
    whole_faults,
)
from hfabm.parameters.participation import participation_faults, programmes_of
from hfabm.parameters.programme_file import astray
from hfabm.parameters.programmes import PROGRAMME
from hfabm.parameters.scenario import Key, Scenario, Steps, course, overlay, settled
from hfabm.parameters.source import Source, read
from hfabm.parameters.stack import Layer, Setting, Settings, idle, merged


def load_scenario(
    path: str | Path,
    sections: Sections,
    places: Sequence[str],
    *,
    on: str | Path | None = None,
    packages: Sequence[str | Path] = (),
    sets: Sequence[str] = (),
    until: date | None = None,
) -> Scenario:
    """Read a scenario file and all that it extends and includes.

    Args:
        path: The file.
        sections: Section name to the dataclass of its parameters.
        places: Names of the known municipalities.
        on: The scenario to lay it on, if it is a package; a whole scenario stands alone and ignores this.
        packages: Packages to lay on top of it, as if a scenario extended it and included them.
        sets: More overrides on top: `section.name=value` or `section.name@2023-10-01=value`.
        until: An earlier end.  Overrides that begin after it are left out, and are no fault.

    Raises:
        ScenarioError: Something is wrong; it carries all that is.
    """
    loader = _Loader(Overrides(sections, places))
    layer = loader.whole(Path(path), Path(on) if on else None)
    if layer is not None and packages:
        layer = loader.topped(layer, [Path(package) for package in packages])
    if layer is not None:
        loader.set(layer, loader.overrides.of_options(sets))
        loader.faults += whole_faults(layer, Path(path), until, loader.blamed())
        loader.faults += participation_faults(layer, loader.blamed())
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

    def blamed(self) -> set[str] | None:
        """The keys that have a fault already; None where a file could not be read."""
        return None if self._incomplete else {fault.key for fault in self.faults + self.overrides.faults}

    def whole(self, path: Path, on: Path | None) -> Layer | None:
        """What a scenario comes to, or a package together with the scenario that it is laid on."""
        layer = self.file(path, (), None)
        if layer is None or not layer.packaged or self._incomplete:
            return layer
        if on is None:
            if layer.get("title"):
                what = "this is a package, not a scenario: it has neither place nor start nor end"
                hint = f"Name a scenario to lay it on, as in: hfabm run odense --with {path}"
                self.faults.append(Spot(str(path), 1, 1).fault("", what, hint))
            return layer
        ground = self.file(on, (), None)
        if ground is None or self._incomplete:
            return None
        if ground.packaged:
            what = "this is a package too: nothing can be laid on it"
            self.faults.append(Spot(str(on), 1, 1).fault("", what, "Name a scenario with place, start and end."))
            return None
        laid = retitled(ground.under(layer), layer)
        self.set(laid, {})
        return laid

    def topped(self, ground: Layer, packages: Sequence[Path]) -> Layer | None:
        """A scenario with packages on top, and a title that says so."""
        read = [(path, self.file(path, (), None)) for path in packages]
        good = [(path, Spot(str(path), 1, 1), layer) for path, layer in read if layer is not None]
        return self._included(ground, {}, good, titles=True)

    def file(self, path: Path, chain: Chain, cited: Spot | None) -> Layer | None:
        """What a file comes to, or None where it cannot be read.

        Args:
            path: The file.
            chain: The files that lead to it.
            cited: Where the last of them names it.
        """
        real = path.resolve()
        wrong = bent(path, chain)
        if cited and wrong:
            self.faults.append(cited.fault(chain[-1][1], *wrong))
            self._incomplete = True
            return None
        if real not in self._read:
            try:
                self._read[real] = self._layer(read(path, cited, chain[-1][1] if chain else ""), path, chain)
            except ScenarioError as error:
                self.faults += error.faults
                self._read[real] = None
                self._incomplete = True
        return self._read[real]

    def _layer(self, source: Source, path: Path, chain: Chain) -> Layer:
        own = self.overrides.of_file(source)
        below = self._named(source, "extends", (*chain, (path, "extends")))
        layer, clashes = merged([layer for *_, layer in below], own, self.overrides.declared)
        self.faults += clashes
        layer = self._included(layer, own, self._named(source, "include", (*chain, (path, "include"))))
        self.set(layer, own)
        layer.files |= {str(source.path)}
        self.faults += check_scale(layer, own, self.overrides.declared, self.blamed())
        return layer

    def _named(self, source: Source, key: str, chain: Chain) -> list[tuple[Path, Spot, Layer]]:
        """The files that `extends` or `include` names and that could be read, and where it does."""
        paths, faults = named(source, key)
        self.faults += faults
        files = [(path, spot, self.file(path, chain, spot)) for path, spot in paths]
        return [(path, spot, layer) for path, spot, layer in files if layer is not None]

    def _included(
        self, ground: Layer, own: Settings, packages: list[tuple[Path, Spot, Layer]], titles: bool = False
    ) -> Layer:
        """A layer with packages on top, which must be packages and must not clash."""
        unfit = {path: fault for path, spot, layer in packages if (fault := not_to_include(path, spot, layer))}
        self.faults += unfit.values() if not self._incomplete else ()
        good = [layer for path, _, layer in packages if path not in unfit]
        beside, clashes = merged(good, own, self.overrides.declared, ground)
        self.faults += clashes
        laid = ground.under(beside)
        return joined(laid, good) if titles else laid

    def set(self, layer: Layer, own: Settings) -> None:
        """Put settings on top of a layer, and check them in its horizon once that is known."""
        for key, setting in own.items():
            known = dataclasses.replace(setting, below=layer.files)
            below = layer.settings.get(key)
            layer.settings[key] = known.over(below) if key[0] else known
            if key[0] or key[1].startswith(PROGRAMME):
                layer.unchecked.append((key, known, below))
        start, end = layer.get("start"), layer.get("end")
        if start is None or end is None:
            return
        last = own.get(("", "end")) or own.get(("", "start"))
        if end <= start and last:
            what = f"the end, {end}, is not after the start, {start}"
            self.faults.append(last.spot.fault("end", what, "Choose a later end or an earlier start."))
        elif start < end and not self._incomplete:
            self.faults += [*self._astray(layer, start, end), *self._idle(layer, start, end)]
        layer.unchecked = []

    def _astray(self, layer: Layer, start: date, end: date) -> Iterator[Fault]:
        """Faults of files all of whose programmes lie outside the horizon; of several, some may."""
        by_file: dict[str, list[Setting]] = {}
        for key, setting, _ in layer.unchecked:
            if not key[0]:
                by_file.setdefault(setting.spot.file, []).append(setting)
        for programmes in by_file.values():
            faults = [fault for s in programmes for fault in astray(s.value, s.spot, start, end)]
            if len(faults) == len(programmes):
                yield from faults

    def _idle(self, layer: Layer, start: date, end: date) -> Iterator[Fault]:
        """Faults of overrides that do nothing; none where a refused value below hides what they change."""
        blamed = {fault.key for fault in self.overrides.faults}
        for key, setting, below in layer.unchecked:
            if not key[0]:
                continue
            declared = self.overrides.declared[key]
            if declared.key not in blamed:
                yield from idle(declared, setting, below, start, end)

    def scenario(self, layer: Layer, path: Path, until: date | None) -> Scenario:
        """The scenario that a layer without faults comes to."""
        said = [name for name in self.overrides.header if name != "pays_for_plan"]
        top = {name: layer.get(name) for name in said if layer.get(name) is not None}
        start, end = top["start"], until or top["end"]
        changes: dict[Key, Steps] = {}
        for key, setting in layer.settings.items():
            if key[0]:
                declared = self.overrides.declared[key].steps
                changed = course(overlay(declared, setting.steps), start, end)
                # What two files set to and fro, or an earlier end cuts off, is no change.
                if changed != course(declared, start, end):
                    changes[key] = settled(setting.steps, start, end)
        programmes = programmes_of(layer, start, end)
        origins = {key: setting.origins() for key, setting in layer.settings.items()}
        return Scenario(**{**top, "end": end}, path=path, programmes=programmes, changes=changes, origins=origins)


def _by_place(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, file by file, by line."""
    once = list(dict.fromkeys(faults))
    files = list(dict.fromkeys(fault.path for fault in once))
    return sorted(once, key=lambda fault: (files.index(fault.path), fault.line, fault.column))
