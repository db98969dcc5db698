"""Heat maps of a study's grid, one outcome at a time."""

from __future__ import annotations

from typing import Any

import solara

from hfabm.answers.texts import title_of
from hfabm.app.chart_labels import chart_labels
from hfabm.app.forms.controls import Select
from hfabm.app.forms.markup import html
from hfabm.app.studies.grid_map import GridMap, grid_maps
from hfabm.app.studies.opened import Opened
from hfabm.app.widgets.chart import Chart
from hfabm.app.widgets.options import form, heat_map
from hfabm.experiments.study import Factor
from hfabm.language import Language, say, say_or, signed


@solara.component
def GridView(opened: Opened, language: Language) -> Any:
    """The maps of one outcome, and the choice of another."""
    metrics = list(opened.answers.results.study.metrics)
    chosen = solara.use_reactive(metrics[0] if metrics else "")
    maps = solara.use_memo(lambda: grid_maps(opened.answers, chosen.value), [opened, chosen.value])
    with html("div", data_test="maps") as view:
        if maps:
            with html("article", css="hf-card"):
                options = [{"value": metric, "label": title_of(metric, language)} for metric in metrics]
                about = say("studies.map_about", language)
                Select(label=about, value=chosen.value, options=options, on_value=chosen.set, name="map-metric")
                with html("div", css="hf-grid" if len(maps) > 1 else ""):
                    for number, one in enumerate(maps):
                        _chart(opened, chosen.value, one, language, number)
    return view


def _chart(opened: Opened, metric: str, one: GridMap, language: Language, number: int) -> None:
    across, down = ([choice.label for choice in side.choices] for side in (one.columns, one.rows))
    scale, unit, digits = _scaled(one)
    values = [[None if value is None else value / scale for value in row] for row in one.values]
    heading = _heading(metric, one, language)
    known = [value for row in values for value in row if value is not None]
    low, high = min([*known, 0.0]), max([*known, 0.0])
    said_unit = ("mio. " if language is Language.DA else "m ") * (scale > 1.0) + _unit(unit, language)
    rows = [[label, *row] for label, row in zip(down, values, strict=True)]
    Chart.element(
        option=heat_map(across, down, values, _side(one.columns, language), _side(one.rows, language),
                        form("signed", digits), one.doubtful),
        heading=heading, subtitle=say("studies.map_said", language, unit=said_unit),
        summary=say("studies.map_summary", language, rows=len(down), columns=len(across),
                    low=signed(low, language, digits), high=signed(high, language, digits)),
        columns=[_name(one.rows), *(f"{_name(one.columns)} {label}" for label in across)], rows=rows,
        digits=[None, *(digits for _ in across)], labels=chart_labels(language), language=language.value,
        name=f"{opened.name}_map_{metric}_{number}", height=90 + 46 * len(down), not_merge=True,
    ).key(f"map-{number}")  # fmt: skip


def _scaled(one: GridMap) -> tuple[float, str, int]:
    """What values are divided by, their unit, and decimals: money in millions."""
    most = max((abs(value) for row in one.values for value in row if value is not None), default=0.0)
    scale = 1e6 if one.unit.startswith("DKK") and most >= 1e6 else 1.0
    return scale, one.unit, 0 if most / scale >= 100.0 else 1 if most / scale >= 1.0 else 2


def _heading(metric: str, one: GridMap, language: Language) -> str:
    said = {"metric": title_of(metric, language), "columns": _name(one.columns), "rows": _name(one.rows)}
    heading = say("studies.map_heading", language, **said)
    if one.at is None:
        return heading
    lever, choice = one.at
    return say("studies.map_at", language, heading=heading, lever=lever.replace("_", " "), choice=choice)


def _name(factor: Factor) -> str:
    return factor.name.replace("_", " ")


def _side(factor: Factor, language: Language) -> str:
    unit = _unit(factor.unit, language)
    return f"{_name(factor)}, {unit}" if unit and factor.unit != "count" else _name(factor)


def _unit(unit: str, language: Language) -> str:
    return say_or(f"units.{unit}", language, unit)
