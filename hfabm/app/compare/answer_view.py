"""The answer on the page: the finding in words first, then effects, money, people, years and chance."""

from __future__ import annotations

import csv
import io
from typing import Any

import solara

from hfabm.app.chart_labels import chart_labels
from hfabm.app.compare import charts
from hfabm.app.compare.amounts import digits_of, digits_of_interval
from hfabm.app.compare.found import Compared, Effect, Found, Table
from hfabm.app.compare.glance import badge, glance
from hfabm.app.compare.sentences import paid, sections
from hfabm.app.compare.tables import tables
from hfabm.app.forms.controls import GiveFile, Select
from hfabm.app.forms.markup import html, more, table
from hfabm.app.widgets.chart import Chart
from hfabm.language import Language, day, number, say, share, signed

YEARS = ("homeless", "long_term_homeless", "own_home", "others_waiting", "placed", "evicted")
PAYERS = ("municipality", "state", "region", "public")
MEASURES = ("homeless_years", "home_years")


@solara.component
def AnswerView(found: Compared, language: Language) -> Any:
    """Everything that a comparison found."""
    with html("div", data_test="answer") as shown:
        _First(found, language)
        _Effects(found, language)
        with html("div", css="hf-grid"):
            _Payers(found, language)
            _BreakEven(found, language)
            _Groups(found, language)
            _Years(found, language)
        _Rest(found, language)
    return shown


@solara.component
def _First(found: Compared, language: Language) -> Any:
    """The finding of each reform, in numbers and in words."""
    with html("section", css="hf-card", aria_live="polite") as shown:
        html("h2", say("compare.finding", language))
        for reform in found.reforms:
            glance(found, reform, language)
        days = {"since": day(found.since, language), "until": day(found.until, language)}
        said = say("compare.counted", language, n=len(found.seeds), wanted=found.wanted, **days)
        html("p", said, css="hf-hint", data_test="counted")
        html("p", sections(found, found.reforms[0], language)["assumptions"], css="hf-hint")
    return shown


@solara.component
def _Effects(found: Compared, language: Language) -> Any:
    """The headline outcomes of all reforms, as a table; and one of them as a chart."""
    metric, set_metric = solara.use_state("long_term_mean")
    first = found.reforms[0]
    names = [one.metric for one in first.headlines]
    head = [say("compare.outcome_column", language), say("compare.base_column", language)]
    rows = [
        [
            _named(first.effect(name), language),
            _number(first.effect(name).base, first.effect(name), language),
            *(_cell(reform.effect(name), language) for reform in found.reforms),
        ]
        for name in names
    ]
    options = [{"value": name, "label": say(f"metrics.{name}", language)} for name in names]
    alone = len(found.reforms) == 1
    with html("section", css="hf-card") as shown:
        html("h2", say("compare.effects", language))
        columns = [*head, *(reform.label for reform in found.reforms)]
        with html("div", css="hf-halves" if alone else ""):
            table(say("compare.effects_shown", language), columns, rows, tuple(range(1, len(columns))), name="effects")
            with html("div", css="" if alone else "hf-halves"):
                with html("div"):
                    label = say("compare.choose_outcome", language)
                    Select(label=label, value=metric, options=options, on_value=set_metric, name="outcome")
                    chosen = say(f"metrics.{metric}", language)
                    _chart(charts.effect(found, metric, language), chosen, "effect_shown", language)
                with html("div"):
                    title = say("compare.chance", language)
                    _chart(charts.by_seed(found, metric, language), title, "chance_shown", language)
                    _said(found, "chance", language)
    return shown


@solara.component
def _Payers(found: Compared, language: Language) -> Any:
    """Who pays."""
    with html("section", css="hf-card") as shown:
        html("h2", say("compare.payers", language))
        _chart(charts.payers(found, language), say("compare.payers_title", language), "payers_shown", language)
        _said(found, "cost", language)
    return shown


@solara.component
def _BreakEven(found: Compared, language: Language) -> Any:
    """When it pays back."""
    payer, set_payer = solara.use_state("municipality")
    options = [{"value": one, "label": say(f"compare.payer_{one}", language)} for one in PAYERS]
    with html("section", css="hf-card") as shown:
        html("h2", say("compare.break_even", language))
        Select(
            label=say("compare.payer_column", language), value=payer, options=options, on_value=set_payer, name="payer"
        )
        for reform in found.reforms:
            html("p", html("strong", f"{reform.label}: "), paid(found, reform.break_even[payer], language)).key(
                f"paid-{reform.policy}"
            )
        _chart(charts.break_even(found, payer, language), say("compare.summed", language), "summed_shown", language)
        _said(found, "payback", language)
    return shown


@solara.component
def _Groups(found: Compared, language: Language) -> Any:
    """Who gains and who loses."""
    policy, set_policy = solara.use_state("1")
    measure, set_measure = solara.use_state(MEASURES[0])
    reform = next((one for one in found.reforms if str(one.policy) == policy), found.reforms[0])
    options = [{"value": str(one.policy), "label": one.label} for one in found.reforms]
    measures = [{"value": one, "label": say(f"compare.{one}", language)} for one in MEASURES]
    with html("section", css="hf-card") as shown:
        html("h2", say("compare.groups", language))
        with html("div", css="hf-form"):
            label = say("compare.reform_column", language)
            Select(label=label, value=str(reform.policy), options=options, on_value=set_policy, name="groups-of")
            label = say("compare.measure", language)
            Select(label=label, value=measure, options=measures, on_value=set_measure, name="measure")
        _chart(charts.groups(reform, measure, language), reform.label, f"{measure}_shown", language)
        _said(found, "groups", language)
    return shown


@solara.component
def _Years(found: Compared, language: Language) -> Any:
    """Year by year, the waiting of others among them."""
    name, set_name = solara.use_state(YEARS[0])
    kind, set_kind = solara.use_state("course")
    options = [{"value": one, "label": say(f"compare.year_{one}", language)} for one in YEARS]
    kinds = [{"value": one, "label": say(f"compare.kind_{one}", language)} for one in ("course", "difference")]
    with html("section", css="hf-card") as shown:
        html("h2", say("compare.years", language))
        with html("div", css="hf-form"):
            label = say("compare.choose_outcome", language)
            Select(label=label, value=name, options=options, on_value=set_name, name="year-of")
            label = say("compare.kind", language)
            Select(label=label, value=kind, options=kinds, on_value=set_kind, name="year-kind")
        made = charts.years(found, name, language, kind == "difference")
        _chart(made, say(f"compare.year_{name}", language), f"kind_{kind}_shown", language)
        _said(found, "waiting", language)
    return shown


@solara.component
def _Rest(found: Compared, language: Language) -> Any:
    """All outcomes, and every table as a file."""
    with html("section", css="hf-card") as shown:
        html("h2", say("compare.all", language))
        for reform in found.reforms:
            more(reform.label, _all(reform, language)).key(f"all-{reform.policy}")
        html("p", say("compare.files", language))
        with html("div", css="hf-row hf-tight"):
            for one in tables(found):
                label = say(f"compare.table_{one.name}", language)
                content, file = as_csv(one, language), f"hfabm_{one.name}.csv"
                GiveFile(label=label, content=content, filename=file, kind="text/csv", name=f"csv-{one.name}").key(
                    f"csv-{one.name}"
                )
    return shown


def _all(reform: Found, language: Language) -> Any:
    rows = [[_named(e, language), _number(e.base, e, language), _cell(e, language)] for e in reform.outcomes]
    head = [say(f"compare.{name}_column", language) for name in ("outcome", "base", "difference")]
    return table(reform.label, head, rows, (1, 2))


def _said(found: Compared, part: str, language: Language) -> None:
    """A sentence for each reform, for whom asks for it."""
    told = [(reform, sections(found, reform, language)[part]) for reform in found.reforms]
    paragraphs = [html("p", html("strong", f"{reform.label}: "), said) for reform, said in told]
    more(say("compare.in_words", language), *paragraphs, name=f"said-{part}").key(f"said-{part}")


def _chart(made: dict[str, Any], heading: str, shown: str, language: Language) -> Any:
    return Chart.element(
        **made, heading=heading, subtitle=say(f"compare.{shown}", language), level=3, language=language.value,
        source=say("compare.source", language), labels=chart_labels(language),
    )  # fmt: skip


def _named(effect: Effect, language: Language) -> Any:
    """The name of an outcome, and its unit."""
    unit = html("span", charts.unit_name(effect.unit, language), css="hf-below")
    return html("span", say(f"metrics.{effect.metric}", language), unit)


def _cell(effect: Effect, language: Language) -> Any:
    """A difference with its interval and what may be said of it."""
    said = badge(effect.verdict, language)
    if effect.difference is None or effect.verdict == "same":
        return said
    factor = charts.MILLION if effect.unit.startswith("DKK") else 1.0
    points = (
        2 if effect.unit == "share" else digits_of_interval(*((v or 0.0) / factor for v in (effect.low, effect.high)))
    )
    ends = "" if effect.low is None or effect.high is None else (
        f" [{signed(effect.low / factor, language, points)} ; {signed(effect.high / factor, language, points)}]"
    )  # fmt: skip
    numbers = html("span", f"{signed(effect.difference / factor, language, points)}{ends}")
    return html("span", numbers, said, css="hf-effect")


def _number(value: float | None, effect: Effect, language: Language) -> str:
    if value is None:
        return "–"
    if effect.unit == "share":
        return share(value, language, 1)
    if effect.unit.startswith("DKK"):
        return number(value / charts.MILLION, language, 1)
    return number(value, language, digits_of(value))


def as_csv(one: Table, language: Language) -> str:
    """A table as a file: semicolons and decimal commas in Danish, as spreadsheets there expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language is Language.DA else ",", lineterminator="\r\n")
    writer.writerow(one.columns)
    for row in one.rows:
        writer.writerow([_written(cell, language) for cell in row])
    return "\ufeff" + out.getvalue()


def _written(cell: str | int | float | None, language: Language) -> str:
    if cell is None:
        return ""
    text = repr(cell) if isinstance(cell, float) else str(cell)
    return text.replace(".", ",") if isinstance(cell, float) and language is Language.DA else text
