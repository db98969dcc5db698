"""How much of the model is assumed: overall, by role, and of what people and institutions do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from hfabm.parameters.report import BEHAVIOUR, behavioural, share_assumed, share_of_behaviour
from hfabm.schedule import SECTIONS


@dataclass(frozen=True, slots=True)
class Share:
    """Numbers of one kind.

    Attributes:
        name: `behaviour`, `overall`, a role, or a section.
        assumed: How many rest on no evidence.
        all: How many there are.
    """

    name: str
    assumed: int
    all: int

    @property
    def evidence(self) -> int:
        """How many rest on evidence."""
        return self.all - self.assumed

    @property
    def part(self) -> float:
        """The share that is assumed."""
        return self.assumed / self.all if self.all else 0.0


def shares() -> tuple[Share, ...]:
    """Of behaviour first, then of all, then of each role."""
    told = share_of_behaviour(SECTIONS)
    count = int(told["parameters"])
    behaviour = Share("behaviour", count - int(told["evidence"]), count)
    others = share_assumed(SECTIONS).items()
    return behaviour, *(Share(name, int(one["assumed"]), int(one["parameters"])) for name, one in others)


def by_section() -> tuple[Share, ...]:
    """Numbers of behaviour by section, those with most assumptions first."""
    numbers = behavioural(SECTIONS)
    every, assumed = Counter(d.section for d in numbers), Counter(d.section for d in numbers if d.assumed)
    found = [Share(section, assumed[section], every[section]) for section in BEHAVIOUR if every[section]]
    return tuple(sorted(found, key=lambda one: (-one.assumed, one.name)))


def frame_of(told: tuple[Share, ...]) -> pd.DataFrame:
    """Shares as a table."""
    rows = [(one.name, one.assumed, one.evidence, one.all, one.part) for one in told]
    return pd.DataFrame(rows, columns=["of", "assumed", "evidence", "all", "share_assumed"])
