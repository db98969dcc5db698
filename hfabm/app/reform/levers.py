"""All levers, in four groups: what is asked for most at once, the rest when asked for, any of them by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import solara

from hfabm.app.forms.controls import Words
from hfabm.app.forms.markup import Button, html
from hfabm.app.reform.controls import Control, Group, controls, sought
from hfabm.app.reform.editing import Editing
from hfabm.app.reform.lever import Lever
from hfabm.app.reform.standing import ground, value_on
from hfabm.language import Language, say
from hfabm.parameters.scenario import Key

MOST_FOUND = 12
"""Levers that a search shows."""


@solara.component
def Levers(editing: Editing, language: Language, faults: Mapping[Key, tuple[str, ...]]) -> Any:
    """The levers.

    Args:
        editing: Where they are set.
        language: The language.
        faults: What is wrong with values of the reform.
    """
    words, set_words = solara.use_state("")
    group, set_group = solara.use_state(Group.INCENTIVES)
    whole, set_whole = solara.use_state(False)
    found = sought(words) if words.strip() else ()
    members = tuple(control for control in controls().values() if control.group is group)
    rest = sum(not control.asked for control in members)
    with html("div", data_test="levers") as view:
        with html("div", css="hf-card hf-lever-search"):
            Words(
                label=say("reform.search", language),
                value=words,
                on_value=set_words,
                placeholder=say("reform.search_such", language),
                name="search",
            )
            if not words.strip():
                Tabs(editing, group, set_group, language)
            html("a", say("reform.to_yours", language), css="hf-narrow-only", href="#your-reform")
        with html("section", css="hf-card"):
            if words.strip():
                html("h2", say("reform.found", language, count=len(found)), aria_live="polite")
                _shown(editing, found[:MOST_FOUND], language, faults)
                if len(found) > MOST_FOUND:
                    html("p", say("reform.found_more", language), css="hf-hint")
            else:
                html("h2", say(f"reform.group_{group.value}", language))
                html("p", say(f"reform.group_{group.value}_said", language), css="hf-soft")
                _shown(editing, [one for one in members if whole or one.asked], language, faults)
                fewer = say("reform.fewer", language) if whole else say("reform.all_of_them", language, count=rest)
                Button(fewer, lambda: set_whole(not whole), pressed=whole, name="all")
    return view


@solara.component
def Tabs(editing: Editing, chosen: Group, choose: Callable[[Group], None], language: Language) -> Any:
    """A button for each group, with how many of its levers are changed."""
    changed = [controls()[key].group for key in editing.draft.changes if key in controls()]
    with html("div", css="hf-tabs", role="group", aria_label=say("reform.groups", language)) as view:
        for group in Group:
            count = changed.count(group)
            label = say(f"reform.group_{group.value}", language) + (f" · {count}" if count else "")
            about = say("reform.group_changed", language, group=label, count=count) if count else ""
            press = partial(choose, group)
            Button(label, press, pressed=group is chosen, about=about, name=f"group-{group.value}").key(f"g-{group}")
    return view


def _shown(
    editing: Editing, shown: Iterable[Control], language: Language, faults: Mapping[Key, tuple[str, ...]]
) -> None:
    draft, since = editing.draft, editing.since
    today, below = ground(editing.base), ground(editing.base, draft.include)
    for control in shown:
        changed = control.key in draft.changes
        now = draft.changes[control.key][0][1] if changed else value_on(control, below, since)
        before = value_on(control, today, since)
        Lever(editing, control, now, before, changed, language, faults.get(control.key, ())).key(
            f"lever-{control.dotted}"
        )
