"""What a reform changes, in plain words, each with a way to leave it out and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import solara

from hfabm.app.forms.markup import Button, html, note
from hfabm.app.reform.controls import Control, controls
from hfabm.app.reform.editing import Editing
from hfabm.app.reform.standing import ground, value_on
from hfabm.language import Language, day, has, say
from hfabm.parameters.declare import BEGINNING
from hfabm.parameters.scenario import Key, Scenario, Steps


@solara.component
def Changes(editing: Editing, language: Language, faults: Mapping[Key, tuple[str, ...]]) -> Any:
    """The list.

    Args:
        editing: The reform.
        language: The language.
        faults: What is wrong, by lever, and by package under an empty section.
    """
    draft = editing.draft
    below = ground(editing.base, draft.include)
    with html("div", data_test="changes") as view:
        if draft.empty:
            html("p", say("reform.nothing", language), css="hf-soft").key("nothing")
        else:
            with html("ul", css="hf-changes").key("list"):
                for package in draft.include:
                    said = say("reform.included", language, name=package_title(package, language))
                    leave = partial(editing.exclude, package)
                    Line(said, leave, package, language, faults.get(("", package), ())).key(package)
                for key, steps in sorted(draft.changes.items()):
                    dotted = ".".join(key)
                    said = "; ".join(sentences(key, steps, below, language))
                    Line(said, partial(editing.leave, key), dotted, language, faults.get(key, ())).key(dotted)
    return view


def sentences(key: Key, steps: Steps, below: Scenario, language: Language) -> Iterator[str]:
    """Each value of a lever and the day from which it holds; the first beside what it takes the place of."""
    control = controls().get(key)
    if control is None:
        yield ".".join(key)
        return
    for place, (since, value) in enumerate(steps):
        values = {"value": control.said(value, language), "day": day(since, language)}
        if place:
            yield say("reform.then", language, **values)
        elif since == BEGINNING:
            yield say("reform.always", language, name=control.name(language), **values)
        else:
            yield say(
                "reform.change",
                language,
                name=control.name(language),
                before=_before(control, below, steps, language),
                **values,
            )


def package_title(package: str, language: Language) -> str:
    """What a package is called."""
    key = f"packages.{package}"
    return say(key, language) if has(key) else package


def _before(control: Control, below: Scenario, steps: Steps, language: Language) -> str:
    return control.said(value_on(control, below, steps[0][0]), language)


@solara.component
def Line(said: str, leave: Callable[[], None], name: str, language: Language, faults: tuple[str, ...]) -> Any:
    """One change.

    Args:
        said: The change in words.
        leave: Called to leave it out.
        name: What it is of.
        language: The language.
        faults: What is wrong with it.
    """
    with html("li", data_test=f"change-{name}") as view:
        with html("div", css="hf-change"):
            html("span", said)
            about = say("reform.remove_about", language, name=said)
            Button(say("reform.remove", language), leave, css="hf-quiet", about=about, name=f"remove-{name}")
        for fault in faults:
            note(fault, "wrong")
    return view
