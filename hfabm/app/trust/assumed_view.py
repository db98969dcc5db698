"""How much is assumed, as bars with words, and whose behaviour it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import solara

from hfabm.app.forms.controls import GiveFile
from hfabm.app.forms.markup import html, table
from hfabm.app.session import Session
from hfabm.app.studies.sheet import csv_of
from hfabm.app.trust.shares import Share, by_section, frame_of, shares
from hfabm.evidence import register
from hfabm.language import Language, number, say, share


def summary(language: Language) -> Any:
    """The four figures that stand above all parts."""
    behaviour, overall, *_ = shares()
    law = next(one for one in shares() if one.name == "law")
    told = (
        ("behaviour", share(1.0 - behaviour.part, language), behaviour.evidence, behaviour.all),
        ("overall", share(1.0 - overall.part, language), overall.evidence, overall.all),
        ("law", share(1.0 - law.part, language), law.evidence, law.all),
    )
    with html("dl", css="hf-figures hf-card", data_test="summary") as figures:
        for name, value, some, every in told:
            counted = say("trust.of", language, some=number(some, language), all=number(every, language))
            html("div", html("dt", say(f"trust.figure_{name}", language)), html("dd", value, html("small", counted)))
        count = number(len(register()), language)
        known = html("small", say("trust.figure_register_said", language))
        html("div", html("dt", say("trust.figure_register", language)), html("dd", count, known))
    return figures


@solara.component
def AssumedView(session: Session) -> Any:
    """Shares by kind, and the assumptions about behaviour."""
    language = session.language.value
    with html("div") as view:
        html("h2", say("trust.part_assumed", language))
        html("p", say("trust.assumed_said", language), css="hf-lead")
        with html("article", css="hf-card"):
            html("h3", say("trust.shares", language))
            _bars(shares(), "kind", language)
        with html("article", css="hf-card"):
            html("h3", say("trust.behaviour", language))
            html("p", say("trust.behaviour_said", language), css="hf-soft")
            _bars(by_section(), "section", language)
    return view


def _bars(told: Sequence[Share], what: str, language: Language) -> None:
    """A table with a bar in each row; the words beside it say the same."""
    columns = [say(f"trust.{name}", language) for name in (f"column_{what}", "assumed", "evidence", "share_assumed")]
    rows = [
        [
            _named(one, what, language),
            number(one.assumed, language),
            number(one.evidence, language),
            _bar(one, language),
        ]
        for one in told
    ]
    table(say(f"trust.{what}_caption", language), columns, rows, (1, 2), name=f"shares-{what}")
    text = csv_of(frame_of(tuple(told)), language)
    GiveFile(
        label=say("trust.save_csv", language), content=text, filename=f"assumed_by_{what}.csv", kind="text/csv",
        look="hf-quiet", name=f"csv-{what}",
    ).key(f"csv-{what}")  # fmt: skip


def _named(one: Share, what: str, language: Language) -> Any:
    said = say(f"trust.{what}.{one.name}", language)
    return said if what == "kind" else html("span", html("code", one.name), f" {said}", css="hf-wide-cell")


def _bar(one: Share, language: Language) -> Any:
    width = f"width: {100.0 * one.part:.1f}%"
    bar = html("span", html("span", css="hf-bar-filled", style=width), css="hf-bar", aria_hidden="true")
    return html("span", bar, html("span", share(one.part, language)), css="hf-bar-row")
