"""The studies of a machine: folders under `studies/`, and the study files that ship.

A name comes from an address, so from anybody: it names a folder that stands in `studies/` itself, or nothing.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hfabm.experiments.folder import KIND, STUDY
from hfabm.experiments.making import STUDIES
from hfabm.experiments.watch import PROGRESS
from hfabm.language import Language, say
from hfabm.model import SCENARIOS
from hfabm.results.manifest import MANIFEST, DamagedResults, read_manifest

SHIPPED = SCENARIOS.parent / "experiments"
LONGEST_NAME = 120


class CannotOpen(Exception):
    """A study cannot be opened.

    Attributes:
        key: Key of the phrase that says why.
        said: More, in English, where the model says it.
    """

    def __init__(self, key: str, name: str, said: str = "") -> None:
        super().__init__(said or name)
        self.key, self.name, self.said = key, name, said

    def told(self, language: Language) -> str:
        """What is wrong, and what to do."""
        return say(f"studies.{self.key}", language, name=self.name)


@dataclass(frozen=True, slots=True)
class Listed:
    """A folder on the shelf.

    Attributes:
        name: Its name in `studies/`.
        title: One line.
        question: What it is to answer.
        made: Runs that were made, failed ones too.
        failed: Runs that failed.
        planned: Runs there are to be.
        day: When something was last written; None where that is not known.
        trouble: Why it cannot be opened, in English; empty if it can.
    """

    name: str
    title: str
    question: str = ""
    made: int = 0
    failed: int = 0
    planned: int = 0
    day: date | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A study file that comes with the project.

    Attributes:
        name: Name of the file, without its ending.
        title: One line.
        question: What it is to answer.
    """

    name: str
    title: str
    question: str

    @property
    def command(self) -> str:
        """What makes the study."""
        return f"hfabm experiment experiments/{self.name}.toml"


def folder_of(name: str, root: Path = STUDIES) -> Path:
    """The folder of a name.

    Raises:
        CannotOpen: The name is none of a folder in `root`, or leads out of it.
    """
    plain = 0 < len(name) <= LONGEST_NAME and not name.startswith(".") and not set(name) & set("/\\:\0")
    if not plain:
        raise CannotOpen("no_name", name[:LONGEST_NAME])
    folder = root / name
    if not folder.is_dir():
        raise CannotOpen("no_folder", name)
    if folder.resolve().parent != root.resolve():
        raise CannotOpen("outside", name)
    return folder


def on_shelf(root: Path = STUDIES) -> tuple[Listed, ...]:
    """Every folder of `root`, the latest first; those that cannot be opened come last, and say why."""
    if not root.is_dir():
        return ()
    found = [_listed(path.name, root) for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return tuple(sorted(found, key=lambda one: (bool(one.trouble), -(one.day or date.min).toordinal(), one.name)))


def not_made(root: Path = STUDIES, files: Path = SHIPPED) -> tuple[Shipped, ...]:
    """The study files that ship and have no folder yet."""
    return tuple(one for one in _shipped(files) if not (root / one.name).exists())


def _shipped(files: Path) -> Iterator[Shipped]:
    for path in sorted(files.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Shipped(path.stem, str(told["title"]), str(told["question"]))


def _listed(name: str, root: Path) -> Listed:
    try:
        folder = folder_of(name, root)
        manifest = read_manifest(folder)
        if manifest["kind"] != KIND:
            return Listed(name, name, trouble=f"It holds the results of a {manifest['kind']}, not of a study.")
        study = json.loads((folder / STUDY).read_text(encoding="utf-8"))
        return _of(folder, manifest, str(study["title"]), str(study["question"]))
    except DamagedResults as error:
        return Listed(name, name, trouble=str(error))
    except CannotOpen as error:
        return Listed(name, name, trouble=error.told(Language.EN))
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Listed(name, name, trouble=f"{STUDY} or {MANIFEST} cannot be read ({error}).")


def _of(folder: Path, manifest: dict[str, Any], title: str, question: str) -> Listed:
    counts, progress = manifest["counts"], _progress(folder)
    made = max(sum(counts.values()), min(progress, manifest["runs"]))
    failed = sum(count for status, count in counts.items() if status != "done")
    day = datetime.fromisoformat(manifest["updated"]).date()
    return Listed(folder.name, title, question, made, failed, manifest["runs"], day)


def _progress(folder: Path) -> int:
    """Runs that a runner at work has made: the manifest counts them when it ends."""
    try:
        said = json.loads((folder / PROGRESS).read_text(encoding="utf-8"))
        return int(said["before"]) + int(said["done"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
