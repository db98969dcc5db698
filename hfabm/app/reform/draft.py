"""A reform that somebody is working on, as data and as the file it is saved as.

The file is a package like those in `scenarios/reforms`: title, hypothesis, packages it includes, and for each
parameter a value from a date on.  What comes from a stranger may name no other files than packages that ship.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hfabm.app.reform.faults_said import said
from hfabm.app.reform.reform_file import LONGEST, bases, read_reform
from hfabm.language import Language
from hfabm.model import SCENARIOS
from hfabm.parameters.declare import BEGINNING, Value
from hfabm.parameters.faults import Fault, ScenarioError, suggestion
from hfabm.parameters.load import load_scenario
from hfabm.parameters.overrides import Overrides
from hfabm.parameters.programmes import quoted
from hfabm.parameters.scenario import Key, Scenario, Steps
from hfabm.parameters.values import plain
from hfabm.population.places import PLACES
from hfabm.schedule import SECTIONS

STARTS = date(2027, 1, 1)
"""First day of a new reform; assumed, as in the reforms that ship."""
OWN = "own"
"""Name of the reform of one's own among those that ship."""
UNTITLED = "A reform"
"""What the file says of a reform without a title: a package needs one."""


class DraftError(Exception):
    """A reform cannot be read, or does not fit.

    Attributes:
        faults: What is wrong, where, and what to do.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.told(Language.EN))

    def told(self, language: Language) -> str:
        """All of it, line by line."""
        return "\n".join(said(fault, language) for fault in self.faults)


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

    @property
    def since(self) -> date | None:
        """The day on which all its changes begin; None where there are none, or they begin on several days."""
        days = {steps[0][0] for steps in self.changes.values()} - {BEGINNING}
        return days.pop() if len(days) == 1 else None

    def changed(self, key: Key, value: Value | None, since: date) -> Draft:
        """The same with one value from a day on, or without any for that parameter where None."""
        changes = {known: steps for known, steps in self.changes.items() if known != key}
        if value is not None:
            changes[key] = ((since, value),)
        return replace(self, changes=changes, text="")

    def moved(self, before: date, since: date) -> Draft:
        """The same with what begins on one day beginning on another; later steps stay, unless that day passes them."""
        moved = {key: _moved(steps, before, since) for key, steps in self.changes.items()}
        return replace(self, changes=moved, text="")

    def called(self, title: str) -> Draft:
        """The same under another title."""
        return replace(self, title=title[:200], text="")

    def including(self, packages: tuple[str, ...]) -> Draft:
        """The same on other packages."""
        return replace(self, include=packages, text="")

    def as_toml(self) -> str:
        """Its file."""
        return self.text or "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"title = {quoted(self.title.strip() or UNTITLED)}"
        if self.hypothesis:
            yield f"hypothesis = {quoted(self.hypothesis)}"
        if self.include:
            yield "include = [" + ", ".join(quoted(f"{name}.toml") for name in self.include) + "]"
        section = ""
        for (table, name), steps in sorted(self.changes.items()):
            if table != section:
                section = table
                yield f"\n[{section}]"
            yield f"{name} = {_written(steps)}"

    def as_address(self) -> str:
        """What it says, without remarks in its file, short enough for a link; empty where it says nothing."""
        if self.empty and not self.title.strip():
            return ""
        packed = zlib.compress(replace(self, text="").as_toml().encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_toml(text: str, name: str = "reform.toml") -> Draft:
    """The reform in a file.

    Args:
        text: What stands in it.
        name: What it is called in what is said of it.

    Raises:
        DraftError: It is no reform, sets what there is not, or names files that it may not.
    """
    try:
        source, include = read_reform(text, name)
        reader = Overrides(SECTIONS, PLACES)
        own = reader.of_file(source)
        if reader.faults:
            raise ScenarioError(reader.faults)
    except ScenarioError as error:
        raise DraftError(error.faults) from None
    words = {key: str(source.data.get(key, "")) for key in ("title", "hypothesis")}
    title = "" if words["title"] == UNTITLED else words["title"].strip()[:200]
    changes = {key: setting.steps for key, setting in own.items() if key[0]}
    complete = "title" in source.data and all(f"{package}.toml" in text for package in include)
    return Draft(title, words["hypothesis"], include, changes, text if complete else "")


def from_address(packed: str) -> Draft:
    """The reform in a link.

    Raises:
        DraftError: The link is cut or was changed.
    """
    cut = DraftError([Fault("", 0, 0, "", "the link is cut short, or was changed on its way")])
    try:
        content = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        # a small text can unpack to gigabytes
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(content, 4 * LONGEST).decode()
    except (binascii.Error, ValueError, zlib.error):
        raise cut from None
    if not unpacking.eof and len(text) <= LONGEST:
        raise cut
    return replace(from_toml(text, ""), text="")


class Past(NamedTuple):
    """A reform as it was before a step.

    Attributes:
        draft: The reform.
        since: The day, as the address has it, from which on further changes would hold.
    """

    draft: Draft
    since: str


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
        DraftError: There is no such scenario, or the reform does not fit on it: a value out of range, a date outside
            the horizon, nothing that changes.
    """
    if base not in bases():
        what, hint = f"there is no scenario '{base[:80]}'", suggestion(base[:80], bases(), "scenarios")
        raise DraftError([Fault("", 0, 0, "", what, hint)])
    with on_disk(draft) as file:
        try:
            return load_scenario(SCENARIOS / f"{base}.toml", SECTIONS, PLACES, packages=[file], until=until)
        except ScenarioError as error:
            raise DraftError(_local(fault, file.parent) for fault in error.faults) from None


def _local(fault: Fault, folder: Path) -> Fault:
    """The same, without the folder, which is gone when it is read."""
    parts = {name: getattr(fault, name).replace(f"{folder}/", "") for name in ("path", "what", "hint")}
    return replace(fault, **parts)


def _moved(steps: Steps, before: date, since: date) -> Steps:
    if steps[0][0] != before:
        return steps
    later = tuple(step for step in steps[1:] if step[0] > since)
    return ((since, steps[0][1]), *later)


def _written(steps: Steps) -> str:
    if len(steps) == 1 and steps[0][0] == BEGINNING:
        return plain(steps[0][1])
    return "{ " + ", ".join(f"{day} = {plain(value)}" for day, value in steps) + " }"
