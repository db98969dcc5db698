"""What the model cannot say."""

from __future__ import annotations

from typing import Any

import solara

from hfabm.app.forms.markup import html
from hfabm.app.session import Session
from hfabm.language import say

LIMITS = (
    "forecast", "persons", "calibrated", "strength", "odense", "behaviour", "interval", "noise", "saving", "health",
    "ordinary", "money",
)  # fmt: skip
"""The limits, the gravest first."""
GOOD_FOR = ("direction", "who_pays", "together", "hinges")


@solara.component
def LimitsView(session: Session) -> Any:
    """What it is for, and the list of what it is not."""
    language = session.language.value
    with html("div") as view:
        html("h2", say("trust.part_limits", language))
        html("p", say("trust.limits_said", language), css="hf-lead")
        with html("div", css="hf-wide-side"):
            with html("article", css="hf-card", data_test="limits"), html("dl", css="hf-found"):
                for name in LIMITS:
                    html("dt", say(f"trust.limit_{name}", language))
                    html("dd", say(f"trust.limit_{name}_said", language))
            with html("article", css="hf-card", data_test="good-for"):
                html("h3", say("trust.good_for", language))
                html("ul", *(html("li", say(f"trust.good_{name}", language)) for name in GOOD_FOR))
    return view
