"""Sources of a number, as links into the evidence register."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import solara

from hfabm.app.forms.controls import Link
from hfabm.app.forms.markup import html
from hfabm.app.session import Session
from hfabm.evidence import register
from hfabm.language import say
from hfabm.parameters.declare import ASSUMED

_ID = re.compile(r"\b([A-Z]{1,2}\d+(?:\.\d+)?[a-z]?)\b")


def ids_in(text: str) -> list[str]:
    """The ids of the register that a source names, in its order."""
    return [part for part in _ID.split(text) if part in register()]


@solara.component
def Linked(session: Session, text: str) -> Any:
    """A source, with each id that the register has as a link to its figure."""
    language = session.language.value

    def go(id: str, _: str) -> None:
        session.chosen.value = {**session.chosen.value, "view": "evidence", "q": id}

    if text == ASSUMED:
        return html("span", say("trust.is_assumed", language))
    parts: list[Any] = []
    for place, part in enumerate(_ID.split(text)):
        if part in register():
            href = session.address("trust", view="evidence", q=part)
            about = say("trust.look_up", language, id=part)
            parts.append(Link(label=part, href=href, event_go=partial(go, part), about=about).key(f"{place}-{part}"))
        elif part:
            parts.append(html("span", part, lang="en"))
    return html("span", *parts)
