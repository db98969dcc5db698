"""The evidence register, to search."""

from __future__ import annotations

from typing import Any

import solara

from hfabm.app.forms.controls import GiveFile, Select, Words
from hfabm.app.forms.markup import html, note, table
from hfabm.app.session import Session
from hfabm.app.studies.sheet import csv_of
from hfabm.app.trust.find import GRADES, figures, figures_frame, page_of
from hfabm.app.trust.pager import pager
from hfabm.evidence import Evidence
from hfabm.language import Language, number, say

COLUMNS = ("quantity", "value", "unit", "year", "scope", "source", "confidence")


@solara.component
def EvidenceView(session: Session) -> Any:
    """Search, filter, and a page of figures."""
    language, words = session.language.value, session.get("q")
    grade, at = solara.use_reactive(""), solara.use_reactive(0)
    found = solara.use_memo(lambda: figures(words, grade.value), [words, grade.value])
    text = solara.use_memo(lambda: csv_of(figures_frame(found), language), [words, grade.value, language])
    shown, page, pages = page_of(found, at.value)
    solara.use_effect(lambda: at.set(0), [words, grade.value])

    def search(said: str) -> None:
        session.put("q", said)

    with html("div") as view:
        html("h2", say("trust.part_evidence", language))
        html("p", say("trust.evidence_said", language), css="hf-lead")
        with html("div", css="hf-row hf-search"):
            Words(label=say("trust.search", language), value=words, on_value=search,
                  placeholder=say("trust.search_evidence", language), name="search")  # fmt: skip
            Select(label=say("trust.confidence", language), value=grade.value, options=_grades(language),
                   on_value=grade.set, name="confidence")  # fmt: skip
            GiveFile(label=say("trust.save_csv", language), content=text, filename="evidence.csv", kind="text/csv",
                     name="csv-evidence")  # fmt: skip
        html("p", say("trust.found", language, count=number(len(found), language)), role="status", data_test="found")
        if found:
            columns = [
                say("trust.evidence_id", language),
                *(say(f"trust.evidence_{name}", language) for name in COLUMNS),
            ]
            rows = [_row(one, language) for one in shown]
            table(say("trust.evidence_caption", language), columns, rows, name="evidence")
            pager(page, pages, at.set, language)
        else:
            note(say("trust.nothing_found", language))
    return view


def _grades(language: Language) -> list[dict[str, str]]:
    every = {"value": "", "label": say("trust.all", language)}
    return [every, *({"value": grade, "label": say(f"trust.grade_{grade}", language)} for grade in GRADES)]


def _row(one: Evidence, language: Language) -> list[Any]:
    limits = "" if one.low is None or one.high is None else f"{one.low:g} – {one.high:g}"
    value = html("span", one.value, *([html("small", limits, css="hf-below")] if limits else []), lang="en")
    source: list[Any] = [one.source]
    if one.url.startswith(("http://", "https://")):
        about = say("trust.open_source", language, id=one.id)
        site = one.url.split("/")[2].removeprefix("www.")
        source.append(html("a", site, css="hf-below", href=one.url, rel="noreferrer noopener", target="_blank",
                           aria_label=f"{site}: {about}"))  # fmt: skip
    unit, year, scope = (html("span", part, lang="en") for part in (one.unit, one.year, one.scope))
    quantity = html("span", one.quantity, lang="en", css="hf-wide-cell")
    kind = "hf-badge-evidence" if one.confidence == "high" else ""
    grade = html("span", say(f"trust.short_{one.confidence}", language), css=f"hf-badge {kind}".strip())
    return [one.id, quantity, value, unit, year, scope, html("span", *source), grade]
