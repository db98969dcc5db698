"""Trust: how near the model is to what was observed, what it rests on, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import solara

from hfabm.app.forms.markup import Button, html
from hfabm.app.session import Session
from hfabm.app.trust.assumed_view import AssumedView, summary
from hfabm.app.trust.evidence_view import EvidenceView
from hfabm.app.trust.fit_view import FitView
from hfabm.app.trust.limits_view import LimitsView
from hfabm.app.trust.parameters_view import ParametersView
from hfabm.app.trust.versions_view import VersionsView
from hfabm.language import say

PARTS: Mapping[str, Callable[[Session], Any]] = {
    "fit": FitView, "assumed": AssumedView, "limits": LimitsView, "evidence": EvidenceView,
    "parameters": ParametersView, "versions": VersionsView,
}  # fmt: skip
"""The parts, in the order of the page."""


@solara.component
def Trust(session: Session) -> Any:
    """The page."""
    language = session.language.value
    part = session.get("view") if session.get("view") in PARTS else "fit"

    def choose(name: str) -> None:
        session.chosen.value = {**session.chosen.value, "view": name, "q": ""}

    with html("div", data_test="trust") as page:
        html("h1", say("trust.title", language))
        html("p", say("trust.lead", language), css="hf-lead")
        summary(language)
        with html("nav", css="hf-tabs hf-part", aria_label=say("trust.parts", language)):
            for name in PARTS:
                Button(
                    say(f"trust.part_{name}", language), lambda name=name: choose(name),
                    css="" if name == part else "hf-quiet", pressed=name == part, name=f"part-{name}",
                ).key(f"part-{name}")  # fmt: skip
        with html("section", data_test=f"shown-{part}"):
            PARTS[part](session).key(f"shown-{part}")
    return page
