"""A reform's file from a stranger: read as text, with the files that it may name and the keys that it may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hfabm.model import SCENARIOS
from hfabm.parameters.faults import Fault, ScenarioError
from hfabm.parameters.programme_file import TABLES
from hfabm.parameters.source import Source, read

LONGEST = 64_000
"""Characters of the longest file that is taken."""
DEEPEST = 50
"""Dots in one key of a file that is taken, which take long to read; a reform needs one."""
NOT_OF_A_REFORM = ("extends", "place", "start", "end", "seed", "seeds", "pays_for_plan")
"""Keys of a scenario that a reform, which is laid on one, may not have."""
_SHIPPED = re.compile(r"(reforms|programmes)/\w+")


@cache
def bases() -> tuple[str, ...]:
    """Names of the scenarios that ship."""
    return tuple(sorted(path.stem for path in SCENARIOS.glob("*.toml")))


@cache
def packages() -> tuple[str, ...]:
    """The reforms that ship, as `include` names them."""
    return tuple(sorted(f"reforms/{path.stem}" for path in (SCENARIOS / "reforms").glob("*.toml")))


def read_reform(text: str, name: str) -> tuple[Source, tuple[str, ...]]:
    """Read a file, and the packages that it includes.

    Args:
        text: What stands in it.
        name: What it is called in what is said of it.

    Raises:
        ScenarioError: It is no TOML, is too large, has keys that a reform has not, or names files that do not ship.
    """
    if len(text) > LONGEST:
        what = f"it has {len(text)} characters, and at most {LONGEST} are taken"
        raise ScenarioError([Fault(name, 0, 0, "", what, "Shorten it.")])
    if any(part.count(".") > DEEPEST for part in _keys(text)):
        hint = "A reform needs sections and dates only."
        raise ScenarioError([Fault(name, 0, 0, "", "its values lie in one another too deep", hint)])
    with TemporaryDirectory() as folder:
        file = Path(folder) / "reform.toml"
        file.write_bytes(text.encode("utf-8", "replace"))
        try:
            source = replace(read(file), path=Path(name))
        except ScenarioError as error:
            raise ScenarioError(replace(fault, path=name) for fault in error.faults) from None
    faults = [*_foreign(source)]
    include = _included(source, faults)
    if faults:
        raise ScenarioError(faults)
    return source, include


def _keys(text: str) -> Iterator[str]:
    """What stands in front of a value, line by line; no remarks."""
    for line in text.splitlines():
        parts = line.split("=")
        if not line.lstrip().startswith("#"):
            yield from parts[:-1] or parts


def _foreign(source: Source) -> Iterator[Fault]:
    """Faults of keys that a reform may not have."""
    for key in (*NOT_OF_A_REFORM, *TABLES):
        if key in source.data:
            spot = source.key(key)
            if key in TABLES:
                hint = "Include programmes that ship instead."
                yield spot.fault(key, "a reform of one's own may declare no programmes", hint)
            else:
                yield spot.fault(key, "a reform is laid on a scenario, and has none of its own", "Remove the line.")


def _included(source: Source, faults: list[Fault]) -> tuple[str, ...]:
    """The packages it names; each of them ships."""
    paths = _listed(source.data.get("include", []))
    if paths is None:
        hint = 'Write such as ["reforms/01_refund_follows_person.toml"].'
        faults.append(source.value("include").fault("include", "this is no list of names", hint))
        return ()
    found = [(path, _located(path)) for path in paths]
    for path, package in found:
        if package is None:
            what = f"there is no package '{path[:80]}' among those that ship"
            faults.append(source.value("include").fault("include", what, "Name one of reforms/ or programmes/."))
    return tuple(dict.fromkeys(package for _, package in found if package))


def _located(path: str) -> str | None:
    """The package that a path means: as it stands here, or as it stands in a reform that ships."""
    short = path.removesuffix(".toml").removeprefix("../")
    package = short if "/" in short else f"reforms/{short}"
    return package if _SHIPPED.fullmatch(package) and (SCENARIOS / f"{package}.toml").is_file() else None


def _listed(named: Any) -> list[str] | None:
    paths = [named] if isinstance(named, str) else named
    return paths if isinstance(paths, list) and all(isinstance(path, str) for path in paths) else None
