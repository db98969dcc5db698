"""Every number of the model, to search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import solara

from hfabm.app.forms.controls import GiveFile, Select, Words
from hfabm.app.forms.markup import html, note, table
from hfabm.app.session import Session
from hfabm.app.studies.sheet import csv_of
from hfabm.app.trust.find import page_of, parameters, parameters_frame, value_of
from hfabm.app.trust.pager import pager
from hfabm.app.trust.sources import Linked
from hfabm.language import Language, has, number, say, say_or

ROLES = ("uncertainty", "lever", "law", "constant")
COLUMNS = ("key", "value", "unit", "range", "role", "grade", "source")
ASSUMED: Mapping[str, bool | None] = {"": None, "assumed": True, "evidence": False}


@solara.component
def ParametersView(session: Session) -> Any:
    """Search, filter, and a page of parameters."""
    language, words = session.language.value, session.get("q")
    role, grade, at = solara.use_reactive(""), solara.use_reactive(""), solara.use_reactive(0)
    asked = [words, role.value, grade.value]
    found = solara.use_memo(lambda: parameters(words, role.value, ASSUMED[grade.value]), asked)
    text = solara.use_memo(lambda: csv_of(parameters_frame(found), language), [*asked, language])
    shown, page, pages = page_of(found, at.value)
    solara.use_effect(lambda: at.set(0), asked)

    def search(said: str) -> None:
        session.put("q", said)

    with html("div") as view:
        html("h2", say("trust.part_parameters", language))
        html("p", say("trust.parameters_said", language), css="hf-lead")
        with html("div", css="hf-row hf-search"):
            Words(label=say("trust.search", language), value=words, on_value=search,
                  placeholder=say("trust.search_parameters", language), name="search")  # fmt: skip
            Select(label=say("trust.parameter_role", language), value=role.value, options=_options(ROLES, language),
                   on_value=role.set, name="role")  # fmt: skip
            grades = _options(("assumed", "evidence"), language)
            Select(label=say("trust.parameter_grade", language), value=grade.value, options=grades, on_value=grade.set,
                   name="grade")  # fmt: skip
            GiveFile(label=say("trust.save_csv", language), content=text, filename="parameters.csv", kind="text/csv",
                     name="csv-parameters")  # fmt: skip
        html("p", say("trust.found", language, count=number(len(found), language)), role="status", data_test="found")
        if found:
            columns = [say(f"trust.parameter_{name}", language) for name in COLUMNS]
            rows = [_row(session, one) for one in shown]
            table(say("trust.parameters_caption", language), columns, rows, name="parameters")
            pager(page, pages, at.set, language)
        else:
            note(say("trust.nothing_found", language))
    return view


def _options(names: tuple[str, ...], language: Language) -> list[dict[str, str]]:
    every = {"value": "", "label": say("trust.all", language)}
    return [every, *({"value": name, "label": say(f"trust.is_{name}", language)} for name in names)]


def _row(session: Session, row: Mapping[str, Any]) -> list[Any]:
    language = session.language.value
    assumed = "assumed" if row["assumed"] else "evidence"
    grade = html("span", say(f"trust.is_{assumed}", language), css=f"hf-badge hf-badge-{assumed}")
    prices = say("trust.prices", language, year=row["price_year"]) if row["price_year"] else ""
    unit = say_or(f"units.{row['unit']}", language, row["unit"])
    limits = [_plain(row[end], language) for end in ("low", "high")]
    return [
        _what(row, language), html("span", _value(row, language), lang="en"), " ".join((unit, prices)).strip(),
        "" if row["kind"] == "bool" else " – ".join(limits), say(f"trust.is_{row['role']}", language), grade,
        Linked(session, row["source"]),
    ]  # fmt: skip


def _what(row: Mapping[str, Any], language: Language) -> Any:
    """The key and what it means: in the visitor's language where that is known."""
    key = f"parameters.{row['key']}.means"
    means = html("span", say(key, language)) if has(key) else html("span", row["means"], lang="en")
    return html("span", html("code", row["key"]), html("span", means, css="hf-below"), css="hf-wide-cell")


def _value(row: Mapping[str, Any], language: Language) -> str:
    return re.sub(r"(?<=\d)\.(?=\d)", ",", value_of(row)) if language is Language.DA else value_of(row)


def _plain(value: float | None, language: Language) -> str:
    if value is None:
        return "…"
    text = f"{value:.6g}"
    return text.replace(".", ",") if language is Language.DA and "e" not in text else text
