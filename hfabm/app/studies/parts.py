"""The findings of a study in the parts of its page: which stand where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hfabm.answers.finding import Answers, Finding

PARTS = (
    "answer", "effects", "grid", "frontier", "money", "equity", "robustness", "sensitivity", "discovery", "made",
)  # fmt: skip
"""The parts, in the order of the page."""
GRID_TABLES = ("main_effects", "alone", "interactions", "together")
_BY_KIND: Mapping[str, str] = {"target": "effects", "plane": "frontier", "budget": "frontier", "fails": "discovery"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as a part of the page shows it.

    Attributes:
        finding: The finding.
        pictures: Names of the pictures shown with it.
        tables: Names of the tables shown with it.
    """

    finding: Finding
    pictures: tuple[str, ...]
    tables: tuple[str, ...]

    @property
    def tells(self) -> bool:
        """Is there more to it than a sentence?"""
        return bool(self.pictures or self.tables or any(self.finding.more.values()))


def parts_of(answers: Answers) -> dict[str, tuple[Shown, ...]]:
    """What stands in each part; `answer` and `made` are there always, the others where there is something to show."""
    found: dict[str, list[Shown]] = {part: [] for part in PARTS}
    for finding in answers.findings:
        for part, shown in _placed(finding):
            found[part].append(shown)
    if answers.findings:
        first = answers.findings[0]
        found["answer"].append(Shown(first, first.pictures[:1], ()))
    return {part: tuple(shown) for part, shown in found.items() if shown or part in ("answer", "made")}


def part_of(finding: Finding) -> str:
    """The part that a finding stands in."""
    return _BY_KIND.get(finding.kind, finding.kind)


def is_of_all(finding: Finding) -> bool:
    """Is it of the whole study, rather than of one policy of it?"""
    return part_of(finding) != "discovery" and not any("_policy_" in table for table in finding.tables)


def _placed(finding: Finding) -> Iterator[tuple[str, Shown]]:
    """Findings of effects stand with their bars in one part, and with their grid in another."""
    part = part_of(finding)
    grid = tuple(name for name in finding.pictures if name.startswith("grid_")) if part == "effects" else ()
    of_grid = tuple(name for name in finding.tables if name in GRID_TABLES)
    rest = tuple(name for name in finding.pictures if name not in grid)
    yield part, Shown(finding, rest, tuple(name for name in finding.tables if name not in of_grid))
    if grid or of_grid:
        yield "grid", Shown(finding, grid, of_grid)
