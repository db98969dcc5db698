"""A study as JSON and back, so that its folder needs none of the files it was read from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study

LAYOUT = 1
"""Version of the layout."""


def as_json(study: Study) -> dict[str, Any]:
    """The parts of a study, as JSON has them."""
    return {
        "version": LAYOUT,
        "title": study.title,
        "question": study.question,
        "description": study.description,
        "source": study.source,
        "scenarios": [path.as_posix() for path in study.scenarios],
        "levers": [_factor(factor) for factor in study.levers],
        "uncertainties": [_factor(factor) for factor in study.uncertainties],
        "policies": _design(study.policies),
        "futures": _design(study.futures),
        "metrics": dict(study.metrics),
        "replications": study.replications,
        "seed": study.seed,
        "until": _day(study.until),
        "since": _day(study.since),
        "budget": _limit(study.budget),
        "target": _limit(study.target),
        "path": study.path.as_posix() if study.path else None,
    }


def from_json(said: dict[str, Any]) -> Study:
    """The study that was written so."""
    words = {name: said[name] for name in ("title", "question", "description", "source", "metrics")}
    numbers = {name: said[name] for name in ("replications", "seed")}
    return Study(
        **words,
        **numbers,
        scenarios=tuple(map(Path, said["scenarios"])),
        levers=tuple(map(_as_factor, said["levers"])),
        uncertainties=tuple(map(_as_factor, said["uncertainties"])),
        policies=_as_design(said["policies"]),
        futures=_as_design(said["futures"]),
        until=_as_day(said["until"]),
        since=_as_day(said["since"]),
        budget=Limit(**said["budget"]) if said["budget"] else None,
        target=Limit(**said["target"]) if said["target"] else None,
        path=Path(said["path"]) if said["path"] else None,
    )


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "name": factor.name, "means": factor.means, "unit": factor.unit, "choices": [*map(_choice, factor.choices)],
        "key": list(factor.key) if factor.key else None, "day": _day(factor.day), "low": factor.low,
        "high": factor.high, "base": factor.base, "whole": factor.whole,
    }  # fmt: skip


def _as_factor(said: dict[str, Any]) -> Factor:
    key = (said["key"][0], said["key"][1]) if said["key"] else None
    choices = tuple(map(_as_choice, said["choices"]))
    return Factor(**{**said, "choices": choices, "key": key, "day": _as_day(said["day"])})


def _choice(choice: Choice) -> dict[str, Any]:
    return {"label": choice.label, "packages": [path.as_posix() for path in choice.packages], "value": choice.value}


def _as_choice(said: dict[str, Any]) -> Choice:
    return Choice(said["label"], tuple(map(Path, said["packages"])), said["value"])


def _design(design: Design) -> dict[str, Any]:
    rows = [[*map(_choice, row)] for row in design.rows]
    return {"kind": design.kind.value, "points": design.points, "seed": design.seed, "rows": rows}


def _as_design(said: dict[str, Any]) -> Design:
    rows = tuple(tuple(map(_as_choice, row)) for row in said["rows"])
    return Design(Kind(said["kind"]), said["points"], said["seed"], rows)


def _limit(limit: Limit | None) -> dict[str, Any] | None:
    return {"metric": limit.metric, "at_most": limit.at_most} if limit else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
