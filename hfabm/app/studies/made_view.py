"""How a study was made: what was varied, how many runs, with which model, and how to make it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from hfabm.answers.texts import title_of
from hfabm.app.forms.markup import html, table
from hfabm.app.studies.opened import Opened
from hfabm.experiments.study import Factor
from hfabm.language import Language, day, number, say, say_or


def made_view(opened: Opened, language: Language) -> None:
    """Facts, levers and uncertainties."""
    study = opened.answers.results.study
    with html("article", css="hf-card"):
        html("h3", say("studies.facts", language))
        if study.description:
            html("p", study.description, lang="en")
        with html("dl", css="hf-facts", data_test="facts"):
            for key, value in _facts(opened, language):
                html("dt", say(f"studies.fact_{key}", language))
                html("dd", value)
    for key, factors in (("levers", study.levers), ("uncertainties", study.uncertainties)):
        if factors:
            with html("article", css="hf-card"):
                html("h3", say(f"studies.{key}", language))
                columns = [say(f"studies.factor_{name}", language) for name in ("name", "means", "values", "unit")]
                rows = [_row(one, language) for one in factors]
                table(say(f"studies.{key}_said", language), columns, rows, name=f"factors-{key}")


def _facts(opened: Opened, language: Language) -> Iterator[tuple[str, Any]]:
    results, manifest = opened.answers.results, opened.manifest
    study = results.study
    points = [number(len(frame), language) for frame in (results.policies, results.futures)]
    yield "design", say("studies.design", language, policies=points[0], futures=points[1],
                        seeds=number(len(study.seeds), language), runs=number(manifest["runs"], language))  # fmt: skip
    yield "outcomes", ", ".join(title_of(metric, language) for metric in study.metrics)
    yield "scenarios", ", ".join(path.stem for path in study.scenarios)
    yield "since", day(date.fromisoformat(manifest["since"]), language)
    if study.until:
        yield "until", day(study.until, language)
    if study.source:
        yield "source", html("span", study.source, lang="en")
    yield "folder", html("code", f"studies/{opened.name}")
    yield "model", html("code", manifest["model"])
    yield "plan", html("code", manifest["plan"][:16])
    yield "commit", html("code", manifest["commit"]) if manifest["commit"] else say("studies.unknown", language)
    yield "versions", ", ".join(f"{name} {version}" for name, version in manifest["made_with"][0].items())
    path = f"experiments/{study.path.name}" if study.path else "STUDY.toml"
    yield "again", html("code", f"hfabm experiment {path}; hfabm analyse studies/{opened.name}")


def _row(one: Factor, language: Language) -> list[Any]:
    unit = say_or(f"units.{one.unit}", language, one.unit)
    return [one.name, html("span", one.means, lang="en"), _values(one, language), unit]


def _values(factor: Factor, language: Language) -> str:
    if factor.choices:
        return "; ".join(choice.label for choice in factor.choices)
    low, high = (
        f"{value:g}".replace(".", "," if language is Language.DA else ".") for value in (factor.low, factor.high)
    )
    return say("studies.from_to", language, low=low, high=high)
