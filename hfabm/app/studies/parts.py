"""The findings of a study in the parts of its page: which stand where, and what they are headed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hfabm.answers.analysis import Answers, Finding
from hfabm.language import Language, has, say

PARTS = (
    "answer", "effects", "grid", "frontier", "money", "equity", "robustness", "sensitivity", "discovery", "made",
)  # fmt: skip
"""The parts, in the order of the page."""
GRID_TABLES = ("main_effects", "alone", "interactions", "together")
_BY_TABLE: Mapping[str, str] = {
    "cost_effectiveness": "frontier", "budget_frontier": "frontier", "break_even": "money", "equity": "equity",
}  # fmt: skip
_FAILS = "When does "


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
        return bool(self.pictures or self.tables or self.finding.more)


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
    table = finding.tables[0] if finding.tables else ""
    if finding.about.startswith(_FAILS):
        return "discovery"
    if table.startswith("robustness_"):
        return "robustness"
    if table.startswith("sensitivity_"):
        return "sensitivity"
    return _BY_TABLE.get(table, "effects")


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


def heading(finding: Finding, answers: Answers, language: Language) -> str:
    """What a finding is about, in the language of the visitor."""
    table = finding.tables[0] if finding.tables else ""
    key = f"studies.about.{table}"
    if finding.about.startswith(_FAILS):
        return say("studies.about.fails", language, label=finding.about.removeprefix(_FAILS).removesuffix(" fail?"))
    if table.startswith("robustness_"):
        metric = metric_name(table.removeprefix("robustness_"), language)
        return say("studies.about.robustness", language, metric=metric)
    if table.startswith("sensitivity_"):
        return _sensitive(table.removeprefix("sensitivity_"), answers, language)
    if part_of(finding) == "effects" and table not in ("target",):
        return metric_name(finding.about.lower().replace(" ", "_"), language)
    return say(key, language) if has(key) else finding.about


def _sensitive(name: str, answers: Answers, language: Language) -> str:
    metric, _, policy = name.partition("_policy_")
    said = metric_name(metric, language)
    if not policy:
        return say("studies.about.sensitivity", language, metric=said)
    label = answers.results.policies["label"][int(policy)]
    return say("studies.about.sensitivity_of_effect", language, metric=said, label=label)


def metric_name(metric: str, language: Language) -> str:
    """The name of an outcome, beginning with a capital."""
    return said_or(f"metrics.{metric}", language, lambda: metric.replace("_", " ").capitalize())


def said_or(key: str, language: Language, otherwise: Callable[[], str]) -> str:
    """A phrase, or something else where there is none."""
    return say(key, language) if has(key) else otherwise()
