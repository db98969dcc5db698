"""Design a reform: levers on the left; the reform so far, and the law that it makes, on the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import solara
import solara.lab

from hfabm.app.forms.markup import html, note
from hfabm.app.reform.controls import controls
from hfabm.app.reform.editing import use_editing
from hfabm.app.reform.faults_said import name_of, said, what_of
from hfabm.app.reform.law_view import Law
from hfabm.app.reform.levers import Levers
from hfabm.app.reform.panel import Panel
from hfabm.app.reform.reform_file import bases, packages
from hfabm.app.reform.standing import Standing, stand
from hfabm.app.session import Session
from hfabm.language import Language, say
from hfabm.parameters.faults import Fault
from hfabm.parameters.scenario import Key


@solara.component
def Reform(session: Session) -> Any:
    """The page."""
    editing = use_editing(session)
    language, draft, base, since = session.language.value, editing.draft, editing.base, editing.since
    task = solara.lab.use_task(
        lambda: stand(base, draft, since, language),
        dependencies=[base, draft.as_toml(), since, language],
        raise_error=False,
    )
    standing: Standing | None = task.latest
    beside, others = sorted_out(standing.faults if standing else (), language)
    with html("div") as page:
        html("h1", say("reform.heading", language))
        html("p", say("reform.lead", language), css="hf-lead")
        Unknown(session.get("base"), language)
        with html("div", css="hf-wide-side hf-reform"):
            Levers(editing, language, beside)
            with html("div", css="hf-reform-side"):
                Panel(editing, language, beside, others)
                Law(standing, since, language)
    return page


@solara.component
def Unknown(base: str, language: Language) -> Any:
    """That the address names a scenario that does not ship, if it does."""
    with html("div") as view:
        if base not in bases():
            note(say("reform_said.scenario", language, name=base[:80]), "wrong")
    return view


def sorted_out(faults: Iterable[Fault], language: Language) -> tuple[dict[Key, tuple[str, ...]], tuple[str, ...]]:
    """What is wrong, by lever or by package, whose section is empty; and what is wrong with no single one."""
    beside: dict[Key, dict[str, None]] = {}
    others: dict[str, None] = {}
    for fault in faults:
        section, _, name = fault.key.partition(".")
        package = fault.path.removesuffix(".toml")
        if package in packages():
            beside.setdefault(("", package), {})[f"{name_of(fault.key, language)}: {what_of(fault, language)}"] = None
        elif (section, name) in controls():
            beside.setdefault((section, name), {})[what_of(fault, language)] = None
        else:
            others[said(fault, language)] = None
    return {key: tuple(told) for key, told in beside.items()}, tuple(others)
