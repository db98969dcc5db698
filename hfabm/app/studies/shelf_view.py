"""The shelf as a page: studies that were made, and files of those that can be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import solara

from hfabm.app.forms.controls import Link
from hfabm.app.forms.markup import html, more, note
from hfabm.app.session import Session
from hfabm.app.studies.shelf import Listed, Shipped, not_made, on_shelf
from hfabm.language import Language, day, number, say, translated


@solara.component
def ShelfView(session: Session) -> Any:
    """All studies."""
    language = session.language.value
    made = solara.use_memo(on_shelf, [])
    ready = solara.use_memo(not_made, [])
    good = [one for one in made if not one.trouble]
    with html("div") as view:
        html("h1", say("shell.studies", language))
        html("p", say("studies.lead", language), css="hf-lead")
        if good:
            html("h2", say("studies.on_shelf", language), css="hf-part")
            with html("div", css="hf-grid hf-shelf"):
                for one in good:
                    _Card(session, one).key(f"card-{one.name}")
        else:
            note(say("studies.none", language))
        if len(good) < len(made):
            _troubled([one for one in made if one.trouble], language)
        if ready:
            _shipped(ready, language)
    return view


@solara.component
def _Card(session: Session, one: Listed) -> Any:
    """A study that can be opened."""
    language = session.language.value

    def go(_: str) -> None:
        session.chosen.value = {**session.chosen.value, "study": one.name, "view": ""}

    with html("article", css="hf-card", data_test=f"study-{one.name}") as card:
        with html("h3"):
            Link(
                label=translated(one.title, language),
                href=session.address("studies", study=one.name, view=""),
                event_go=go,
                name=f"open-{one.name}",
            )
        html("p", translated(one.question, language))
        html("p", " · ".join(_said(one, language)), css="hf-hint")
        if one.made < one.planned:
            share = {"max": one.planned, "value": one.made, "aria_label": say("studies.progress", language)}
            html("progress", css="hf-progress", **share)
    return card


def _said(one: Listed, language: Language) -> Sequence[str]:
    write = partial(number, language=language)
    parts = [say("studies.runs", language, made=write(one.made), planned=write(one.planned))]
    if one.failed:
        parts.append(say("studies.failed", language, failed=write(one.failed)))
    if one.day is not None:
        parts.append(say("studies.of_day", language, day=day(one.day, language)))
    return [*parts, f"studies/{one.name}"]


def _troubled(those: Sequence[Listed], language: Language) -> Any:
    items = [html("li", html("strong", one.name), ": ", html("span", one.trouble, lang="en")) for one in those]
    return more(say("studies.troubled", language, count=len(those)), html("ul", *items), name="troubled")


def _shipped(ready: Sequence[Shipped], language: Language) -> Any:
    html("h2", say("studies.shipped", language), css="hf-part")
    html("p", say("studies.shipped_said", language), css="hf-soft")
    with html("div", css="hf-grid hf-shelf") as grid:
        for one in ready:
            with html("article", css="hf-card", data_test=f"shipped-{one.name}"):
                html("h3", translated(one.title, language))
                html("p", translated(one.question, language))
                html("p", html("code", one.command), css="hf-command")
    return grid
