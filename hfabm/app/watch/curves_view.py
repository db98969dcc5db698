"""The curves on the page; drawn anew once a second while the run plays."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import solara

from hfabm.app.chart_labels import chart_labels
from hfabm.app.forms.markup import html
from hfabm.app.watch import curves
from hfabm.app.watch.player import Player, Status
from hfabm.app.widgets.chart import Chart
from hfabm.language import Language, say

EVERY = 1.0
"""Seconds between two drawings while the run plays."""
HEIGHT = 300
FIRST = "homeless"
"""The curve beside which there are counts: it has the whole width."""

DRAWN: Mapping[str, Callable[[Player, Language], dict[str, Any]]] = {
    "homeless": lambda player, language: curves.homeless(player.figures, player.opening.observed, language),  # type: ignore[union-attr]
    "places": lambda player, language: curves.places(player.figures, language),
    "homes": lambda player, language: curves.homes(player.figures, language),
    "waiting": lambda player, language: curves.waiting(player.figures, language),
    "money": lambda player, language: curves.money(player.figures, language),
}


@solara.component
def Curves(player: Player, language: Language, look: int) -> Any:
    """All curves of a run; `look` differs whenever the player has changed."""
    last = solara.use_ref(0.0)
    weeks = solara.use_ref(0)
    now = time.monotonic()
    if player.status is not Status.PLAYING or now - last.current >= EVERY:
        last.current, weeks.current = now, len(player.figures)
    with html("section", aria_label=say("watch.curves", language)) as shown:
        html("h2", say("watch.curves", language))
        if not weeks.current:
            html("p", say("watch.curve_nothing", language), css="hf-hint")
        with html("div", css="hf-grid"):
            for name in DRAWN if weeks.current else ():
                with html("div", css="hf-card hf-full" if name == FIRST else "hf-card").key(f"curve-{name}"):
                    _Curve(name, player, language, weeks.current)
    return shown


@solara.component
def _Curve(name: str, player: Player, language: Language, weeks: int) -> Any:
    """One chart."""
    made = solara.use_memo(lambda: DRAWN[name](player, language), [name, player, language, weeks])
    return Chart.element(
        **made,
        heading=say(f"watch.curve_{name}_title", language),
        subtitle=say(f"watch.curve_{name}_shown", language),
        source=say("watch.curve_source", language),
        labels=chart_labels(language),
        language=language.value,
        height=HEIGHT,
        level=3,
    )
