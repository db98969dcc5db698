"""Files that name files; packages, to be laid on a scenario; and what a whole scenario needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hfabm.parameters.declare import BEGINNING, Declared
from hfabm.parameters.faults import Fault, Spot, nearest, suggestion
from hfabm.parameters.programmes import DECLARED, PROGRAMME
from hfabm.parameters.scenario import Key
from hfabm.parameters.source import Source
from hfabm.parameters.stack import TALK, Layer, Settings
from hfabm.parameters.values import shown

NEEDED = {"title": '"..."', "place": '"odense"', "start": "2009-01-01", "end": "2024-12-31"}
"""The keys that a scenario must have, with an example of each."""
TITLE = ("", "title")
DEEPEST = 5
"""How many files may name one another in a row, above the one that is loaded."""

Chain = tuple[tuple[Path, str], ...]
"""The files that lead to one, the loaded one first, and by which key each names the next."""


def bent(path: Path, chain: Chain) -> tuple[str, str] | None:
    """What is wrong with a row of files that name one another, and what to do."""
    names = "".join(f"{p} {'extends' if key == 'extends' else 'includes'} " for p, key in chain) + str(path)
    if path.resolve() in [p.resolve() for p, _ in chain]:
        verb = "include" if "include" in [key for _, key in chain] else "extend"
        return f"the files {verb} one another in a circle: {names}", "Take one of them out."
    if len(chain) > DEEPEST:
        return f"more than {DEEPEST} files deep: {names}", "Gather what they set in fewer files."
    return None


def named(source: Source, key: str) -> tuple[list[tuple[Path, Spot]], list[Fault]]:
    """The files that `extends` or `include` names, and where it does; and faults of what names none."""
    raw = source.data.get(key, [])
    listed = list(enumerate(raw)) if isinstance(raw, list) else [(None, raw)]
    found, faults = [], []
    for index, name in listed:
        spot = source.value(key) if index is None else source.value(key, index)
        if isinstance(name, str) and name:
            found.append((Path(os.path.normpath(source.path.parent / name)), spot))
        else:
            hint = "Write a file name in quotes, or a list of them."
            faults.append(spot.fault(key, f"{shown(name)} names no file", hint))
    return found, faults


def not_to_include(path: Path, spot: Spot, layer: Layer) -> Fault | None:
    """The fault of a file that is included and is no package, or has no title."""
    if not layer.packaged:
        what = f"{path} is a whole scenario, with a place or a horizon of its own, and no package"
        return spot.fault("include", what, "Extend it instead, or name a package.")
    if not layer.get("title"):
        return Spot(str(path), 1, 1).fault("title", "missing: a package needs one", 'Add title = "..." to it.')
    return None


def retitled(laid: Layer, package: Layer) -> Layer:
    """A scenario with a package on it, that speaks as the package does: it is about the package."""
    laid.settings = {key: setting for key, setting in laid.settings.items() if key not in TALK}
    laid.settings |= {key: setting for key, setting in package.settings.items() if key in TALK}
    return laid


def joined(laid: Layer, packages: Sequence[Layer]) -> Layer:
    """A scenario with packages on it, with their titles behind its own."""
    titles = [layer.settings[TITLE] for layer in packages]
    if TITLE in laid.settings and titles:
        words = " + ".join([laid.get("title"), *(title.value for title in titles)])
        laid.settings[TITLE] = replace(titles[-1], steps=((BEGINNING, words),))
    return laid


def check_scale(
    layer: Layer, own: Settings, declared: Mapping[Key, Declared], blamed: set[str] | None
) -> Iterator[Fault]:
    """Faults of a `scales_by` that names no lever, or one that its package does not change.

    Args:
        layer: What the file comes to.
        own: What the file itself sets.
        declared: Every parameter.
        blamed: The keys that have a fault already; None where a file could not be read.
    """
    setting = own.get(("", "scales_by"))
    if setting is None:
        return
    section, _, name = str(setting.value).partition(".")
    numbers = {("programme", number): one for number, one in DECLARED.items()}
    found = declared.get((section, name)) or numbers.get((section, name))
    if found is None:
        levers = [d.key for d in (*declared.values(), *numbers.values()) if d.dated]
        like = nearest(setting.value, levers)
        hint = f"Did you mean '{like}'?" if like else "Write section.name, such as refund_law.shelter_days."
        yield setting.spot.fault("scales_by", f'"{setting.value}" names no parameter', hint)
    elif not found.dated:
        what = f"{found.key} is of the role '{found.role}', and only levers and law can be made larger or smaller"
        yield setting.spot.fault("scales_by", what, "Name a lever or a law that this file changes.")
    elif found.kind is bool:
        hint = "Name a number, or leave scales_by out: a package of switches alone is as large as it is."
        yield setting.spot.fault("scales_by", f"{found.key} is a switch: it has no size", hint)
    elif found.key not in (changed := _changed(layer, declared)) and blamed is not None and not _blames(blamed, found):
        hint = suggestion(found.key, changed, "levers and laws that it changes")
        yield setting.spot.fault("scales_by", f"this file does not change {found.key}", hint)


def _changed(layer: Layer, declared: Mapping[Key, Declared]) -> list[str]:
    """The levers and laws that a file changes, and the numbers of its programmes."""
    programmes = [setting.value for key, setting in layer.settings.items() if key[1].startswith(PROGRAMME)]
    stated = {n for programme in programmes for n, one in DECLARED.items() if getattr(programme.terms, n) and one.dated}
    return [".".join(key) for key in layer.settings if key[0] and declared[key].dated] + [
        f"programme.{n}" for n in stated
    ]


def _blames(blamed: set[str], found: Declared) -> bool:
    """Was the value refused, so that it only looks as if the file did not change it?"""
    return found.key in blamed or (found.section == "programme" and any(key.startswith("programme") for key in blamed))


def whole_faults(layer: Layer, path: Path, until: date | None, blamed: set[str] | None) -> Iterator[Fault]:
    """Is all there that a scenario must have, and does an earlier end lie in its horizon?

    Args:
        layer: What the file comes to.
        path: The file.
        until: An earlier end.
        blamed: The keys that have a fault already; None where a file could not be read.
    """
    for name, example in NEEDED.items():
        # A refused value, a package, or a file that could not be read, has its own fault already.
        if layer.get(name) is None and blamed is not None and name not in blamed and "" not in blamed:
            hint = f"Add {name} = {example}, or extend a file that has it."
            yield Spot(str(path), 1, 1).fault(name, "missing", hint)
    start, end = layer.get("start"), layer.get("end")
    if until and start and end and not start < until <= end:
        what = f"not within the scenario, which runs from {start} to {end}"
        hint = "Choose a day after its start and no later than its end."
        yield Spot(f"--until {until}").fault("", what, hint)
