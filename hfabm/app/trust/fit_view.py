"""Simulated against observed on the page."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import solara
import solara.lab

from hfabm.app.chart_labels import chart_labels
from hfabm.app.forms.controls import GiveFile
from hfabm.app.forms.markup import Button, html, note, table
from hfabm.app.session import Session
from hfabm.app.shared import crew
from hfabm.app.studies.sheet import csv_of
from hfabm.app.trust.fit import SEEDS, Fit, Maker, stored
from hfabm.app.trust.fit_chart import Compared, fit_option
from hfabm.app.trust.sources import Linked
from hfabm.app.widgets.chart import Chart
from hfabm.app.work.failures import Cancelled, WorkError
from hfabm.app.work.hand import Hand
from hfabm.language import Language, has, number, say

COLUMNS = ("quantity", "period", "unit", "observed", "simulated", "spread", "ratio", "factor", "verdict", "source")
_made: list[Fit] = []
"""Runs that were made for a visitor come out the same for all others: they are shown to them too."""


@solara.component
def FitView(session: Session) -> Any:
    """The fit of stored runs, or a button that makes some."""
    language = session.language.value
    known = solara.lab.use_task(lambda: stored() or next(iter(_made), None), dependencies=[], raise_error=False)
    made: solara.Reactive[Fit | None] = solara.use_reactive(None)
    fit = made.value or known.value
    with html("div") as view:
        html("h2", say("trust.part_fit", language))
        html("p", say("trust.fit_said", language), css="hf-lead")
        if fit is not None:
            _Fitted(session, fit).key("fitted")
        elif known.pending or known.not_called:
            html("p", say("trust.reading", language), role="status")
        else:
            _Making(session, made.set).key("making")
    return view


@solara.component
def _Making(session: Session, give: Callable[[Fit], None]) -> Any:
    """Make runs in a process of its own, with progress and a way to stop."""
    language, whose = session.language.value, solara.get_session_id()
    asked, done = solara.use_reactive(0), solara.use_reactive((0, 0))
    hand: Any = solara.use_ref(None)
    stopped = solara.use_memo(Event, [])
    solara.use_effect(lambda: lambda: _close(hand.current), [])

    def make() -> WorkError | None:
        if not asked.value:
            return None
        try:
            hand.current = crew().hand(whose)
            fit = _made_by(hand.current, done.set, stopped)
        except WorkError as error:
            return Cancelled() if stopped.is_set() else error
        finally:
            _close(hand.current)
        _made[:] = [fit]
        give(fit)
        return None

    def start() -> None:
        stopped.clear()
        done.set((0, 0))
        asked.set(asked.value + 1)

    def stop() -> None:
        stopped.set()
        _close(hand.current)  # asked to cancel, a process that still compiles would not listen

    task = solara.lab.use_task(make, dependencies=[asked.value], raise_error=False)
    working = bool(asked.value) and (task.pending or task.not_called)
    with html("article", css="hf-card", data_test="making") as view:
        html("p", say("trust.no_runs", language, count=SEEDS))
        if working:
            _progress(done.value, language)
            Button(say("trust.stop", language), stop, name="stop").key("stop")
        else:
            if task.value is not None:
                note(task.value.told(language), "wrong")
            elif task.error:
                note(say("trust.not_made", language), "wrong")
            label = say("trust.make_runs", language, count=SEEDS)
            Button(label, start, css="hf-primary", name="make-runs").key("make")
    return view


def _made_by(hand: Hand, tell: Callable[[tuple[int, int]], None], stopped: Event) -> Fit:
    if stopped.is_set():  # before there was a process to end
        raise Cancelled
    hand.make(Maker)
    fit: Fit = hand.call("fit", on_progress=tell)
    return fit


def _close(hand: Hand | None) -> None:
    if hand is not None:
        hand.close(wait=False)


def _progress(done: tuple[int, int], language: Language) -> None:
    weeks, of = done
    if not of:
        html("p", say("trust.starting", language), role="status")
        html("progress", css="hf-progress", aria_label=say("trust.progress", language))
        return
    said = say("trust.weeks", language, done=number(weeks, language), of=number(of, language))
    html("p", said, role="status", data_test="weeks")
    html("progress", css="hf-progress", max=of, value=weeks, aria_label=say("trust.progress", language))


@solara.component
def _Fitted(session: Session, fit: Fit) -> Any:
    """Verdict, chart and table."""
    language = session.language.value
    with html("div", data_test="fitted") as view:
        note(say("trust.fit_caution", language))
        with html("article", css="hf-card"):
            _chart(fit, language)
        with html("article", css="hf-card"):
            html("h3", say("trust.fit_table", language))
            columns = [say(f"trust.fit_{name}", language) for name in COLUMNS]
            rows = [_row(session, row) for row in fit.table.to_dict("records")]
            where = say("trust.fit_stored", language, where=fit.where) if fit.where else say("trust.fit_made", language)
            caption = say("trust.fit_caption", language, runs=fit.runs, where=where)
            table(caption, columns, rows, (3, 4, 5, 6, 7), name="fit")
            GiveFile(label=say("trust.save_csv", language), content=csv_of(fit.table, language),
                     filename="simulated_against_observed.csv", kind="text/csv", look="hf-quiet",
                     name="csv-fit")  # fmt: skip
    return view


def _chart(fit: Fit, language: Language) -> None:
    rows = [_compared(row, language) for row in fit.table.to_dict("records")]
    counts = {"within": fit.within, "all": len(rows)}
    heads = [say(f"trust.fit_{name}", language) for name in ("quantity", "ratio", "ratio_low", "ratio_high", "factor")]
    Chart.element(
        option=fit_option(rows, say("trust.fit_axis", language)), heading=say("trust.fit_heading", language, **counts),
        subtitle=say("trust.fit_subtitle", language, runs=fit.runs),
        summary=say("trust.fit_summary", language, **counts, outside=len(rows) - fit.within),
        columns=heads, rows=[[row.name, row.ratio, row.low, row.high, row.factor] for row in rows],
        digits=[None, 2, 2, 2, 2], labels=chart_labels(language), language=language.value, name="fit",
        height=70 + 42 * len(rows), not_merge=True,
    ).key("chart")  # fmt: skip


def _compared(row: dict[Any, Any], language: Language) -> Compared:
    """A row of the table as a share of what was observed."""
    name = f"{quantity(row['quantity'], language, 'short')}, {period(row['period'], language)}"
    low, high = (row[end] / row["observed"] for end in ("low", "high"))
    return Compared(name, row["ratio"], low, high, row["factor"], row["verdict"] == "within")


def quantity(name: str, language: Language, length: str = "quantity") -> str:
    """What was observed, in the language of the visitor; `short` names fit beside a picture."""
    key = f"trust.{length}.{name}"
    return say(key, language) if has(key) else name


def period(text: str, language: Language) -> str:
    """When it was observed: years, or up to one."""
    return say("trust.up_to", language, year=text[3:]) if text.startswith("to ") else text.replace("-", "\u2013")


def _row(session: Session, row: dict[Any, Any]) -> list[Any]:
    language = session.language.value
    digits = 1 if row["unit"] == "months" else 0
    low, high, observed, simulated = (
        number(row[n], language, digits) for n in ("low", "high", "observed", "simulated")
    )
    grade = "evidence" if row["verdict"] == "within" else "assumed"
    verdict = html("span", say(f"trust.verdict_{row['verdict']}", language), css=f"hf-badge hf-badge-{grade}")
    ratio, factor = (number(row[name], language, 2) for name in ("ratio", "factor"))
    return [
        quantity(row["quantity"], language), period(row["period"], language), _unit(row["unit"], language), observed,
        simulated, f"{low} – {high}", ratio, factor, verdict, Linked(session, row["source"]),
    ]  # fmt: skip


def _unit(unit: str, language: Language) -> str:
    return next((say(key, language) for key in (f"units.{unit}", f"trust.unit.{unit}") if has(key)), unit)
