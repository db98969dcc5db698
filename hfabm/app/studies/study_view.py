"""One study as a page: its question, the answer first, and the rest part by part."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import solara
import solara.lab

from hfabm.app.forms.controls import GiveBytes, Link
from hfabm.app.forms.markup import Button, html, more, note
from hfabm.app.session import Session
from hfabm.app.studies.bundle import bundle
from hfabm.app.studies.finding_view import FindingView
from hfabm.app.studies.grid_view import GridView
from hfabm.app.studies.made_view import made_view
from hfabm.app.studies.opened import Opened, open_study
from hfabm.app.studies.parts import Shown, is_of_all, parts_of
from hfabm.app.studies.shelf import CannotOpen
from hfabm.language import Language, number, say, translated

LOG = logging.getLogger("hfabm.app")


@solara.component
def StudyView(session: Session, name: str) -> Any:
    """A study, once it is read."""
    language = session.language.value
    stage = solara.use_reactive("reading")
    task = solara.lab.use_task(lambda: _read(name, stage.set), dependencies=[name], raise_error=False)

    def back(_: str) -> None:
        session.chosen.value = {**session.chosen.value, "study": "", "view": ""}

    with html("div", data_test="study") as view:
        with html("p", css="hf-back"):
            href = session.address("studies", study="", view="")
            Link(label=f"← {say('studies.back', language)}", href=href, event_go=back, name="back").key("back")
        if task.finished and isinstance(task.value, Opened):
            _Opened(session, task.value).key("opened")
        elif task.finished and isinstance(task.value, CannotOpen):
            _trouble(task.value, name, language)
        elif task.error:
            _trouble(task.exception, name, language)
        else:
            html("h1", name)
            html("p", say(f"studies.stage_{stage.value}", language), role="status", data_test="stage")
            html("progress", css="hf-progress", aria_label=say("studies.working", language))
    return view


def _read(name: str, tell: Callable[[str], None]) -> Opened | CannotOpen:
    """The study, or why it cannot be opened: that is foreseen, and no fault for the log."""
    try:
        return open_study(name, tell)
    except CannotOpen as error:
        return error


def _trouble(error: BaseException | None, name: str, language: Language) -> None:
    html("h1", say("studies.cannot", language))
    if isinstance(error, CannotOpen):
        note(error.told(language), "wrong")
        if error.said:
            more(say("studies.in_full", language), html("p", error.said, lang="en"))
        return
    LOG.error("study %s", name, exc_info=error)
    note(say("studies.unexpected", language, name=name), "wrong")


@solara.component
def _Opened(session: Session, opened: Opened) -> Any:
    """Title, question, the parts to choose from, and the one that was chosen."""
    language, study = session.language.value, opened.answers.results.study
    parts = solara.use_memo(lambda: parts_of(opened.answers), [opened])
    part = session.get("view") if session.get("view") in parts else "answer"
    with html("div") as view:
        html("h1", translated(study.title, language))
        html("p", translated(study.question, language), css="hf-lead", data_test="question")
        with html("nav", css="hf-tabs", aria_label=say("studies.parts", language)):
            for name in parts:
                Button(
                    say(f"studies.part_{name}", language), lambda name=name: session.put("view", name),
                    css="" if name == part else "hf-quiet", pressed=name == part, name=f"part-{name}",
                ).key(f"part-{name}")  # fmt: skip
        _missing(opened, language)
        _Part(session, opened, part, parts).key(f"shown-{part}-{language}")
    return view


@solara.component
def _Part(session: Session, opened: Opened, part: str, parts: dict[str, tuple[Shown, ...]]) -> Any:
    """What stands in a part."""
    language = session.language.value
    with html("section", data_test=f"shown-{part}") as view:
        html("h2", say(f"studies.part_{part}", language), css="hf-hidden" if part == "answer" else "hf-part")
        if part != "made":
            html("p", say(f"studies.about_{part}", language), css="hf-soft")
        if part == "answer":
            _Answer(session, opened, parts["answer"]).key("answer")
        elif part == "made":
            made_view(opened, language)
            _All(opened, language).key("all")
        elif part == "grid":
            GridView(opened, language).key("maps")
            _findings(opened, parts[part], language)
        else:
            _findings(opened, parts[part], language)
    return view


def _findings(opened: Opened, shown: tuple[Shown, ...], language: Language) -> None:
    """Those with something to see, and then those that are a sentence."""
    for number_, one in enumerate(shown):
        if one.tells:
            FindingView(opened, one, language).key(f"finding-{number_}")
    plain = [one.finding for one in shown if not one.tells]
    if plain:
        with html("article", css="hf-card", data_test="sentences"):
            html("h3", say("studies.sentences", language))
            html("ul", *(html("li", finding.said[language]) for finding in plain))


@solara.component
def _Answer(session: Session, opened: Opened, first: tuple[Shown, ...]) -> Any:
    """The answer to the question, every finding in a line, and what cannot be said."""
    language, answers = session.language.value, opened.answers
    told = [finding for finding in answers.findings[1:] if is_of_all(finding)]
    with html("div") as view:
        with html("article", css="hf-card hf-answer"):
            html("p", answers.answer[language], css="hf-said", data_test="answer")
            html("p", say("studies.intervals", language), css="hf-hint")
        for one in first:
            if one.pictures:
                FindingView(opened, one, language, says=False).key("first")
        if told:
            with html("article", css="hf-card", data_test="all-findings"):
                html("h3", say("studies.all_findings", language))
                with html("dl", css="hf-found"):
                    for finding in told:
                        html("dt", finding.about[language])
                        html("dd", finding.said[language])
        if answers.refused:
            with html("article", css="hf-card", data_test="refused"):
                html("h3", say("studies.refused", language))
                html("ul", *(html("li", said, lang="en") for said in answers.refused))
    return view


def _missing(opened: Opened, language: Language) -> None:
    missing = len(opened.answers.results.missing)
    if missing:
        planned = number(opened.manifest["runs"], language)
        note(say("studies.missing", language, missing=number(missing, language), planned=planned), "wrong")


@solara.component
def _All(opened: Opened, language: Language) -> Any:
    """Everything in one file, made when it is asked for."""
    asked = solara.use_reactive(False)
    task = solara.lab.use_task(
        lambda: b64encode(bundle(opened, language)).decode() if asked.value else "",
        dependencies=[asked.value], raise_error=False,
    )  # fmt: skip
    with html("div", css="hf-row", data_test="all") as row:
        if task.finished and task.value:
            about = say("studies.save_all", language)
            GiveBytes(
                label=about, content=task.value, filename=f"{opened.name}.zip", kind="application/zip",
                look="hf-primary", name="save-all",
            )  # fmt: skip
        elif task.error:
            LOG.error("bundle of %s", opened.name, exc_info=task.exception)
            note(say("studies.no_bundle", language), "wrong")
        else:
            label = say("studies.preparing" if asked.value else "studies.prepare_all", language)
            Button(label, lambda: asked.set(True), disabled=asked.value, name="prepare-all")
    return row
