"""A finding on the page: what it says, its pictures, and its tables."""

from __future__ import annotations

import logging
from base64 import b64encode
from typing import Any

import pandas as pd
import solara
import solara.lab

from hfabm.app.forms.controls import GiveBytes, GiveFile
from hfabm.app.forms.markup import Button, html, note, table
from hfabm.app.studies.opened import Opened
from hfabm.app.studies.parts import Shown
from hfabm.app.studies.sheet import cells, csv_of, heads, numeric
from hfabm.language import Language, number, say

FIRST, MOST = 12, 300
"""Rows of a table that are shown, and that are shown when more are asked for; its file has all."""
LOG = logging.getLogger("hfabm.app")


@solara.component
def FindingView(opened: Opened, shown: Shown, language: Language, says: bool = True) -> Any:
    """A finding with all that belongs to it.

    Args:
        opened: The study.
        shown: The finding.
        language: The language.
        says: Say it too; not where it was said above.
    """
    finding = shown.finding
    with html("article", css="hf-card", data_test="finding") as view:
        html("h3", finding.about[language])
        if says:
            html("p", finding.said[language], css="hf-said")
            if lines := finding.more[language]:
                html("ul", *(html("li", line.strip()) for line in lines))
        for name in shown.pictures:
            PictureView(opened, name, language).key(f"picture-{name}")
        for name in shown.tables:
            TableView(opened, name, language).key(f"table-{name}")
    return view


@solara.component
def PictureView(opened: Opened, name: str, language: Language) -> Any:
    """A picture, drawn off the event loop, with buttons to save it."""
    picture = opened.picture(name)
    title = picture.title[language]
    task = solara.lab.use_task(
        lambda: _drawn(opened, name, language), dependencies=[opened, name, language], raise_error=False
    )
    with html("figure", css="hf-picture", data_test=f"picture-{name}") as figure:
        if task.finished and task.value is not None:
            png, svg = task.value
            image = html("img", src=f"data:image/svg+xml;base64,{svg}", alt=f"{title} {picture.subtitle[language]}")
            html("div", image, css="hf-scroll", tabindex="0", role="region", aria_label=_region(title, language))
            with html("figcaption", css="hf-row hf-tight"):
                for kind, content, mime in (("PNG", png, "image/png"), ("SVG", svg, "image/svg+xml")):
                    label = say("studies.save_picture", language, kind=kind)
                    file = f"{opened.name}_{name}.{kind.lower()}"
                    GiveBytes(
                        label=label, content=content, filename=file, kind=mime, look="hf-quiet",
                        name=f"{kind.lower()}-{name}",
                    ).key(kind)  # fmt: skip
        elif task.error:
            LOG.error("picture %s of %s", name, opened.name, exc_info=task.exception)
            note(say("studies.not_drawn", language), "wrong")
        else:
            html("p", say("studies.drawing", language), css="hf-soft", role="status")
    return figure


def _region(title: str, language: Language) -> str:
    return say("studies.picture", language, title=title)


def _drawn(opened: Opened, name: str, language: Language) -> tuple[str, str]:
    drawn = opened.draw(name, language)
    return b64encode(drawn.png).decode(), b64encode(drawn.svg).decode()


@solara.component
def TableView(opened: Opened, name: str, language: Language) -> Any:
    """A table: closed, its first rows, or as many as a page can bear; and a file of all."""
    frame = opened.answers.tables[name]
    rows = solara.use_reactive(0)
    text = solara.use_memo(lambda: csv_of(frame, language), [opened, name, language])
    title = say(f"studies.table.{name.partition('_')[0]}" if name.startswith(("robustness", "sensitivity")) else
                f"studies.table.{name}", language)  # fmt: skip
    with html("div", css="hf-table-block", data_test=f"table-{name}") as block:
        with html("div", css="hf-row hf-tight"):
            html("span", title, css="hf-table-title")
            said = say("studies.hide_table" if rows.value else "studies.show_table", language)
            Button(said, lambda: rows.set(0 if rows.value else FIRST), css="hf-quiet", about=f"{said}: {title}",
                   name=f"show-{name}").key("show")  # fmt: skip
            save = say("studies.save_csv", language)
            GiveFile(
                label=save, content=text, filename=f"{opened.name}_{name}.csv", kind="text/csv", look="hf-quiet",
                name=f"csv-{name}",
            ).key("csv")  # fmt: skip
        if rows.value:
            part = frame.head(rows.value)
            caption = say("studies.rows", language, shown=number(len(part), language), of=number(len(frame), language))
            table(f"{title}. {caption}", heads(frame, language), _rows(part, language), numeric(frame), f"rows-{name}")
            if rows.value < min(len(frame), MOST):
                count = number(min(len(frame), MOST), language)
                more_rows = say("studies.more_rows", language, count=count)
                Button(more_rows, lambda: rows.set(MOST), css="hf-quiet", name=f"more-{name}").key("more")
    return block


def _rows(part: pd.DataFrame, language: Language) -> list[list[Any]]:
    """Cells, with room for the names of policies."""
    wide = [place for place, name in enumerate(part.columns) if name == "label"]
    return [
        [html("span", text, css="hf-name-cell") if place in wide else text for place, text in enumerate(row)]
        for row in cells(part, language)
    ]
