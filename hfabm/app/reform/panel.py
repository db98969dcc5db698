"""The reform so far: what it is called, when it begins, what it stands on and changes, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import solara

from hfabm.app.forms.controls import Link, Select, Words
from hfabm.app.forms.markup import Button, html, note
from hfabm.app.reform.changes_view import Changes, package_title
from hfabm.app.reform.draft import OWN
from hfabm.app.reform.editing import Editing
from hfabm.app.reform.keeping import Keeping
from hfabm.app.reform.reform_file import bases, packages
from hfabm.app.reform.standing import ground
from hfabm.language import Language, day, say
from hfabm.parameters.scenario import Key


@solara.component
def Panel(editing: Editing, language: Language, faults: Mapping[Key, tuple[str, ...]], others: Sequence[str]) -> Any:
    """The panel.

    Args:
        editing: The reform.
        language: The language.
        faults: What is wrong with its values.
        others: What else is wrong with it.
    """
    draft = editing.draft
    with html("section", css="hf-card", id="your-reform", data_test="panel") as view:
        html("h2", say("reform.yours", language))
        Words(
            label=say("reform.title", language),
            value=draft.title,
            on_value=editing.call,
            placeholder=say("reform.title_such", language),
            kind="text",
            name="title",
        )
        html("h3", say("reform.changes", language))
        Changes(editing, language, faults)
        for other in others:
            note(other, "wrong")
        _Doing(editing, language, bool(faults or others))
        _Setup(editing, language)
        Keeping(editing, language)
    return view


@solara.component
def _Doing(editing: Editing, language: Language, wrong: bool) -> Any:
    """What can be done with it."""
    router = solara.use_router()
    session = editing.session
    ready = not editing.draft.empty and not wrong

    def go(page: str, name: str) -> Any:
        def leave(href: str) -> None:
            session.put(name, OWN)
            router.push(href)

        return leave

    with html("div", css="hf-doing") as view:
        with html("div", css="hf-row hf-tight"):
            for page, name, look in (("compare", "reforms", "hf-primary"), ("watch", "with", "")):
                label, href = say(f"reform.{page}", language), session.address(page, **{name: OWN})
                if ready:
                    Link(
                        label=label,
                        href=href,
                        event_go=go(page, name),
                        look=f"hf-button hf-link-button {look}",
                        name=f"to-{page}",
                    ).key(page)
                else:
                    Button(label, lambda: None, look, disabled=True, name=f"to-{page}").key(f"{page}-not-yet")
        with html("div", css="hf-row hf-tight"):
            Button(say("reform.undo", language), editing.undo, "hf-quiet", disabled=not editing.past.value, name="undo")
            Button(say("reform.reset", language), editing.reset, "hf-quiet", disabled=editing.draft.empty, name="reset")
    return view


@solara.component
def _Setup(editing: Editing, language: Language) -> Any:
    """When it begins, and what it stands on."""
    refused, set_refused = solara.use_state(False)
    horizon = ground(editing.base)

    def begin_on(written: str) -> None:
        set_refused(not editing.begin_on(written))

    with html("div", css="hf-setup") as view:
        Words(
            label=say("reform.since", language),
            value=editing.since.isoformat(),
            on_value=begin_on,
            kind="date",
            name="since",
        )
        if refused:
            values = {"start": day(horizon.start, language), "end": day(horizon.end, language)}
            note(say("reform.since_refused", language, **values), "wrong")
        Select(
            label=say("reform.base", language),
            value=editing.base,
            options=[{"value": name, "label": say(f"packages.{name}", language)} for name in by_horizon()],
            on_value=lambda name: editing.session.put("base", name),
            name="base",
        )
        free = [package for package in packages() if package not in editing.draft.include]
        options = [{"value": package, "label": package_title(package, language)} for package in free]
        first = {"value": "", "label": say("reform.package_none", language)}
        Select(
            label=say("reform.package", language),
            value="",
            options=[first, *options],
            on_value=editing.include,
            name="package",
        ).key(f"package-{len(free)}")
    return view


def by_horizon() -> list[str]:
    """Names of the scenarios that ship, those that end last first."""
    return sorted(bases(), key=lambda name: (-ground(name).end.toordinal(), name))
