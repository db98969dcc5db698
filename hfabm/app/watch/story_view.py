"""A story on the page: its name, what is so now, what happened, tables, and whom it has to do with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from hfabm.app.forms.markup import Button, html, more, note, table
from hfabm.app.live.names import Kind
from hfabm.app.live.story import Told
from hfabm.language import Language, say

RECENT = 12
"""Events that are shown at once: the latest."""


@solara.component
def StoryView(story: Told, language: Language, on_see: Callable[[Kind, int], None]) -> Any:
    """A story.

    Args:
        story: What there is to say.
        language: The language.
        on_see: Called with somebody or something else to look at.
    """
    with html("section", css="hf-card hf-story", aria_live="polite", data_test="story") as shown:
        html("h2", story.heading)
        if story.facts:
            html("dl", *(part for label, value in story.facts for part in _fact(label, value)), css="hf-facts")
        if story.events:
            html("h3", say("watch.story_so_far", language))
            html("ol", *(_event(*event) for event in story.events[-RECENT:]), css="hf-events")
            earlier = story.events[:-RECENT]
            if earlier:
                more(
                    say("watch.story_earlier", language, n=len(earlier)),
                    html("ol", *(_event(*event) for event in earlier), css="hf-events"),
                )
        for sheet in story.sheets:
            numbers = tuple(range(1, len(sheet.columns) + 1))
            table(sheet.title, ("", *sheet.columns) if _headless(sheet) else sheet.columns, sheet.rows, numbers)
        for text in story.notes:
            note(text)
        if story.see:
            html("h3", say("watch.story_see", language))
            with html("div", css="hf-row hf-tight"):
                for number, (kind, row, name) in enumerate(story.see):
                    Button(name, _seeing(on_see, kind, row), css="hf-quiet").key(f"see-{number}-{kind}-{row}")
    return shown


def _headless(sheet: Any) -> bool:
    """Do the columns leave out that of the names?"""
    return bool(sheet.rows) and len(sheet.rows[0]) == len(sheet.columns) + 1


def _seeing(on_see: Callable[[Kind, int], None], kind: Kind, row: int) -> Callable[[], None]:
    return lambda: on_see(kind, row)


def _fact(label: str, value: str) -> tuple[Any, Any]:
    return html("dt", label), html("dd", value)


def _event(day: str, said: str) -> Any:
    return html("li", html("time", day), " ", said)
