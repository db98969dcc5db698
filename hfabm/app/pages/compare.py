"""Compare: a base and up to three reforms, with the same people and the same luck."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from hfabm.app.compare.answer_view import AnswerView
from hfabm.app.compare.comparison import Progress
from hfabm.app.compare.desk import Desk, choices, desk, reforms_of
from hfabm.app.forms.controls import CopyLink, Select, Words
from hfabm.app.forms.markup import Button, html, more, note
from hfabm.app.reform.draft import OWN
from hfabm.app.session import Session
from hfabm.app.watch.choice import name_of, shipped
from hfabm.language import Language, number, say

SLOTS = 3
SEEDS = ("4", "10", "20", "30", "50", "100")


@solara.component
def Compare(session: Session) -> Any:
    """The page."""
    language = session.language.value
    ours = solara.use_memo(desk, [])
    progress, found, trouble = ours.progress.value, ours.found.value, ours.trouble.value
    with html("div") as page:
        html("h1", say("compare.title", language))
        html("p", say("compare.lead", language), css="hf-lead")
        _Form(session, ours)
        if trouble is not None:
            note(trouble(language), "wrong")
        if progress is not None:
            _Waiting(progress, language)
        if found is not None:
            if ours.asked.value != choices(session):
                note(say("compare.other_choices", language))
            AnswerView(found, language)
        elif progress is None and trouble is None:
            html("p", say("compare.nothing_yet", language), css="hf-hint")
    return page


@solara.component
def _Form(session: Session, ours: Desk) -> Any:
    """What is to be compared."""
    language = session.language.value

    def putting(name: str) -> Callable[[str], None]:
        return lambda value: session.put(name, value)

    bases = [{"value": base, "label": name_of(base, language)} for base in shipped()]
    seeds = [{"value": n, "label": n} for n in dict.fromkeys((*SEEDS, session.get("n")))]
    with html("section", css="hf-card", aria_label=say("compare.form", language)) as form:
        with html("div", css="hf-form"):
            base = say("compare.base", language)
            Select(label=base, value=session.get("base"), options=bases, on_value=putting("base"), name="base")
            for slot in range(SLOTS):
                _Slot(session, slot).key(f"slot-{slot}")
        with html("div", css="hf-row hf-second"):
            label = say("compare.replications", language)
            Select(label=label, value=session.get("n"), options=seeds, on_value=putting("n"), name="n")
            label = say("compare.until", language)
            Words(label=label, value=session.get("until"), on_value=putting("until"), kind="date", name="until")
            # two buttons, each in its place: one that turned into the other would be pressed twice
            busy, start = ours.busy, say("compare.start", language)
            idle = busy or not reforms_of(session)
            Button(start, lambda: ours.start(session), "hf-primary", disabled=idle, name="start")
            Button(say("compare.cancel", language), ours.cancel, disabled=not busy, name="cancel")
        more(
            say("compare.share", language),
            CopyLink(
                label=say("compare.copy", language), copied=say("compare.copied", language),
                about=say("compare.link", language), name="link",
            ),
        )  # fmt: skip
    return form


@solara.component
def _Slot(session: Session, slot: int) -> Any:
    """One of the reforms."""
    language = session.language.value
    chosen = reforms_of(session)

    def put(value: str) -> None:
        slots = [*chosen, *[""] * SLOTS][:SLOTS]
        slots[slot] = value
        session.put("reforms", ",".join(dict.fromkeys(one for one in slots if one)) or ",")

    own = [] if session.draft.value.empty else [{"value": OWN, "label": name_of(OWN, language, session.draft.value)}]
    reforms = [{"value": one, "label": name_of(one, language)} for one in shipped("reforms")]
    options = [{"value": "", "label": say("compare.no_reform", language)}, *own, *reforms]
    value = chosen[slot] if slot < len(chosen) else ""
    return Select(
        label=say("compare.reform", language, n=slot + 1),
        value=value,
        options=options,
        on_value=put,
        name=f"reform-{slot + 1}",
    )


@solara.component
def _Waiting(progress: Progress, language: Language) -> Any:
    """How far the runs are."""
    with html("section", css="hf-done" if progress.over else "hf-card", data_test="progress") as shown:
        if progress.cancelled:
            said = say("compare.cancelled", language, done=progress.done, of=progress.of)
        elif progress.over:
            said = say("compare.over", language, of=progress.of)
        elif progress.seconds_left is None:
            said = say("compare.starting", language, done=progress.done, of=progress.of)
        else:
            left = number(max(1.0, progress.seconds_left), language)
            said = say("compare.running", language, done=progress.done, of=progress.of, left=left)
        html("p", said, css="hf-hint" if progress.over else "", role="status")
        if not progress.over:
            about = say("compare.progress", language)
            html("progress", css="hf-progress", max=progress.of, value=progress.done, aria_label=about)
        for failed in progress.failed[:3]:
            note(say("compare.failed", language, said=failed), "wrong")
    return shown
