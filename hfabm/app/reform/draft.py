"""A reform that somebody is working on, as data and as the file it is saved as.

The file is a package like those in `scenarios/reforms`: title, hypothesis, packages it includes, and for each
parameter a value from a date on.  What comes from a stranger may name no other files than packages that ship.
"""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hfabm.model import SCENARIOS
from hfabm.parameters.declare import Value
from hfabm.parameters.faults import ScenarioError
from hfabm.parameters.load import load_scenario
from hfabm.parameters.programmes import quoted
from hfabm.parameters.scenario import Key, Scenario, Steps
from hfabm.parameters.values import plain
from hfabm.population.places import PLACES
from hfabm.schedule import SECTIONS

LONGEST = 64_000
"""Characters of the longest file that is taken."""
STARTS = date(2027, 1, 1)
"""First day of a new reform; assumed, as in the reforms that ship."""
OWN = "own"
"""Name of the reform of one's own among those that ship."""
_SHIPPED = re.compile(r"(reforms|programmes)/\w+(\.toml)?")


class DraftError(Exception):
    """A reform cannot be read; says what, where and what to do, line by line."""


@dataclass(frozen=True)
class Draft:
    """A reform.

    Attributes:
        title: What it is called.
        hypothesis: What is expected of it.
        include: Packages that ship which it stands on, such as `reforms/01_refund_follows_person`.
        changes: (section, name) to dates and values.
        text: The file it was loaded from, where that says more than the rest of it; empty once it was changed here.
    """

    title: str = ""
    hypothesis: str = ""
    include: tuple[str, ...] = ()
    changes: Mapping[Key, Steps] = field(default_factory=dict)
    text: str = ""

    @property
    def empty(self) -> bool:
        """Does it change nothing?"""
        return not (self.include or self.changes)

    def changed(self, key: Key, value: Value | None, since: date) -> Draft:
        """The same with one value from a day on, or without any for that parameter where None."""
        changes = {known: steps for known, steps in self.changes.items() if known != key}
        if value is not None:
            changes[key] = ((since, value),)
        return replace(self, changes=changes, text="")

    def called(self, title: str) -> Draft:
        """The same under another title."""
        return replace(self, title=title.strip()[:200], text="")

    def including(self, packages: tuple[str, ...]) -> Draft:
        """The same on other packages."""
        return replace(self, include=packages, text="")

    def as_toml(self) -> str:
        """Its file."""
        return self.text or "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"title = {quoted(self.title or 'A reform')}"
        if self.hypothesis:
            yield f"hypothesis = {quoted(self.hypothesis)}"
        if self.include:
            yield "include = [" + ", ".join(quoted(f"{name}.toml") for name in self.include) + "]"
        section = ""
        for (table, name), steps in sorted(self.changes.items()):
            if table != section:
                section = table
                yield f"\n[{section}]"
            yield f"{name} = {{ " + ", ".join(f"{day} = {_toml(value)}" for day, value in steps) + " }"

    def as_address(self) -> str:
        """Its file, short enough for a link; empty where it changes nothing."""
        if self.empty and not self.title:
            return ""
        packed = zlib.compress(self.as_toml().encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_toml(text: str, name: str = "reform.toml") -> Draft:
    """The reform in a file.

    Args:
        text: What stands in it.
        name: What it is called in what is said of it.

    Raises:
        DraftError: It is no reform, or names files that it may not.
    """
    if len(text) > LONGEST:
        raise DraftError(f"{name}: is too long: {len(text):,} characters, and at most {LONGEST:,} are taken.")
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DraftError(f"{name}: is not TOML: {error}.") from None
    for key in ("extends", "place", "start", "end"):
        if key in said:
            what = "a reform is laid on a scenario, and has none of its own"
            raise DraftError(f"{name}: sets '{key}': {what}. Remove the line.")
    include = tuple(_included(said.get("include", ()), name))
    if any(isinstance(value, dict) and section == "programmes" for section, value in said.items()):
        raise DraftError(f"{name}: declares programmes of its own. Include those that ship instead.")
    changes = {
        (section, key): _steps(value)
        for section, table in said.items()
        if isinstance(table, dict)
        for key, value in table.items()
    }
    title, hypothesis = str(said.get("title", "")), str(said.get("hypothesis", ""))
    return Draft(title, hypothesis, include, changes, text)


def from_address(packed: str) -> Draft:
    """The reform in a link.

    Raises:
        DraftError: The link is cut or was changed.
    """
    try:
        content = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        # a small text can unpack to gigabytes
        text = zlib.decompressobj().decompress(content, LONGEST + 1).decode()
    except (binascii.Error, ValueError, zlib.error):
        raise DraftError("The link is cut short, or was changed on its way: ask for it again.") from None
    return from_toml(text, "link")


@contextmanager
def on_disk(draft: Draft) -> Iterator[Path]:
    """The reform as a file, for as long as it is read, beside the packages that it may name."""
    with TemporaryDirectory() as folder:
        for kind in ("reforms", "programmes"):
            (Path(folder) / kind).symlink_to(SCENARIOS / kind, target_is_directory=True)
        file = Path(folder) / "reform.toml"
        file.write_text(draft.as_toml(), encoding="utf-8")
        yield file


def laid_on(base: str, draft: Draft, until: date | None = None) -> Scenario:
    """A scenario with a reform on it.

    Args:
        base: Name of a scenario that ships.
        draft: The reform.
        until: An earlier end.

    Raises:
        DraftError: The reform does not fit: a value out of range, a date outside the horizon, nothing that changes.
    """
    with on_disk(draft) as file:
        try:
            return load_scenario(SCENARIOS / f"{base}.toml", SECTIONS, PLACES, packages=[file], until=until)
        except ScenarioError as error:
            said = "\n".join(str(fault) for fault in error.faults)
            raise DraftError(said.replace(f"{file.parent}/", "")) from None


def _included(named: Any, name: str) -> Iterator[str]:
    paths = [named] if isinstance(named, str) else named
    if not isinstance(paths, list | tuple) or not all(isinstance(path, str) for path in paths):
        raise DraftError(f'{name}: include: write a list of names, such as ["reforms/01_refund_follows_person.toml"].')
    for path in paths:
        short = path.removesuffix(".toml")
        if not _SHIPPED.fullmatch(path) or not (SCENARIOS / f"{short}.toml").is_file():
            what = f"there is no package '{path[:80]}' among those that ship"
            raise DraftError(f"{name}: include: {what}. Name one of reforms/ or programmes/.")
        yield short


def _steps(value: Any) -> Steps:
    """Dates and values as written; one that is neither is told by the check of the whole."""
    if isinstance(value, dict):
        dated = [(_day(day), one) for day, one in value.items()]
        return tuple(sorted((day, one) for day, one in dated if day is not None))
    return ((date.min, value),)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _toml(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else plain(value) if isinstance(value, int) else repr(value)
