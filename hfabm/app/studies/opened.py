"""A study that was opened: its answers, and its pictures once they are asked for.

Answers are only read, so visitors share them.  A few studies are kept; one that has grown, or was made anew, is read
anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hfabm.answers.analysis import analyse
from hfabm.answers.finding import Answers
from hfabm.answers.pictures.canvas import Picture
from hfabm.app.studies.shelf import CannotOpen, folder_of
from hfabm.experiments.making import STUDIES
from hfabm.experiments.results import read_results
from hfabm.experiments.segments import names_of
from hfabm.language import Language
from hfabm.results.manifest import DamagedResults, read_manifest

KEPT = 4
"""Studies that are kept."""

Tell = Callable[[str], None]
"""Told what is being done, by the key of its phrase."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture.

    Attributes:
        png: As pixels.
        svg: As lines and letters.
    """

    png: bytes
    svg: bytes


@dataclass(frozen=True)
class Opened:
    """A study.

    Attributes:
        name: Its name on the shelf.
        folder: Where it is.
        manifest: How it was made.
        answers: What its runs come to.
    """

    name: str
    folder: Path
    manifest: Mapping[str, Any]
    answers: Answers
    _drawn: dict[tuple[str, Language], Drawn] = field(default_factory=dict)

    def picture(self, name: str) -> Picture:
        """A picture by its name."""
        return next(picture for picture in self.answers.pictures if picture.name == name)

    def draw(self, name: str, language: Language) -> Drawn:
        """Draw a picture, or give the one that was drawn before."""
        with DRAWING:
            if (name, language) not in self._drawn:
                with TemporaryDirectory(prefix="hfabm-") as folder:
                    png, svg = self.picture(name).save(Path(folder), language)
                    self._drawn[name, language] = Drawn(png.read_bytes(), svg.read_bytes())
            return self._drawn[name, language]


DRAWING = threading.RLock()
"""Settings of matplotlib are those of the whole process: one draws at a time."""
_reading = threading.Lock()
_kept: OrderedDict[tuple[str, ...], Opened] = OrderedDict()


def open_study(name: str, tell: Tell = lambda _: None, root: Path = STUDIES) -> Opened:
    """Read and analyse a study; quick where somebody has done so before.

    Args:
        name: Its name on the shelf.
        tell: Told what is being done: `reading`, `analysing`.
        root: The shelf.

    Raises:
        CannotOpen: There is no such study, or it is damaged.
    """
    folder = folder_of(name, root)
    try:
        manifest = read_manifest(folder)
        key = (str(folder.resolve()), manifest["seal"], *names_of(folder))
        with _reading:
            if key not in _kept:
                tell("reading")
                results = read_results(folder)
                tell("analysing")
                _kept[key] = Opened(name, folder, manifest, analyse(results))
                while len(_kept) > KEPT:
                    _kept.popitem(last=False)
            _kept.move_to_end(key)
            return _kept[key]
    except DamagedResults as error:
        raise CannotOpen("damaged", name, str(error)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        # files that the seal does not cover may be gone, or hold something else
        raise CannotOpen("damaged", name, f"{type(error).__name__}: {error}") from error
