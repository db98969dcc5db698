"""One lever on the page: what it is, what it is today, what it rests on, and a way to set it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from hfabm.app.forms.controls import Check, Select
from hfabm.app.forms.markup import Button, html, note, table
from hfabm.app.reform.controls import CODES, Control, Grade, choice
from hfabm.app.reform.editing import Editing
from hfabm.evidence import Evidence
from hfabm.language import Language, say
from hfabm.parameters.declare import Value

BADGES = {Grade.LAW: "", Grade.EVIDENCE: "hf-badge-evidence", Grade.ASSUMED: "hf-badge-assumed"}


@solara.component_vue("../forms/lever.vue")
def Slider(
    label: str,
    value: float,
    today: float,
    low: float,
    high: float,
    least: float = 0.0,
    most: float = 1.0,
    step: float = 1.0,
    on_value: Callable[[float], None] | None = None,
    unit: str = "",
    means: str = "",
    today_said: str = "",
    range_said: str = "",
    disabled: bool = False,
    name: str = "",
) -> Any:
    """A number by slider, from `least` to `most`, and by typing, from `low` to `high`, with the one of today marked."""


@solara.component
def Lever(
    editing: Editing,
    control: Control,
    now: Value,
    today: Value,
    changed: bool,
    language: Language,
    faults: tuple[str, ...],
) -> Any:
    """A lever.

    Args:
        editing: Where it is set.
        control: The lever.
        now: Its value in the reform.
        today: Its value without.
        changed: The reform sets it.
        language: The language.
        faults: What is wrong with its value.
    """
    with html("div", css=f"hf-lever{' hf-lever-changed' if changed else ''}", data_test=f"row-{control.dotted}") as row:
        _Setting(editing, control, now, today, language).key(f"set-{control.dotted}")
        with html("div", css="hf-lever-foot"):
            _rests_on(control, language)
            if changed:
                about = say("reform.back_about", language, name=control.name(language))
                Button(
                    say("reform.back", language, value=control.said(today, language)),
                    lambda: editing.leave(control.key),
                    css="hf-quiet",
                    about=about,
                    name=f"reset-{control.dotted}",
                )
        for fault in faults:
            note(fault, "wrong")
    return row


@solara.component
def _Setting(editing: Editing, control: Control, now: Value, today: Value, language: Language) -> Any:
    name, means = control.name(language), control.means(language)
    today_said = say("reform.today", language, value=control.said(today, language))
    if control.declared.kind is bool:
        hint = f"{means} {today_said}."
        return Check(
            label=name, value=bool(now), on_value=lambda on: editing.set(control, on), hint=hint, name=control.dotted
        )
    if control.dotted in CODES:
        options = [
            {"value": str(code), "label": choice(control.dotted, code, language)}
            for code in range(CODES[control.dotted])
        ]
        return Select(
            label=name,
            value=str(int(now)),
            options=options,
            on_value=lambda code: editing.set(control, int(code)),
            hint=f"{today_said}.",
            name=control.dotted,
        )
    low, high, step = control.slider(today, now)
    return Slider(
        label=name,
        value=round(now * control.scale, 8),
        today=today * control.scale,
        low=control.low,
        high=control.high,
        least=low,
        most=high,
        step=step,
        on_value=lambda shown: editing.set(control, control.value_of(shown)),
        unit=control.unit(language),
        means=means,
        today_said=today_said,
        range_said=control.limits(language),
        name=control.dotted,
    )


def _rests_on(control: Control, language: Language) -> Any:
    """Its grade, and the rows of the register behind it."""
    grade = say(f"reform.grade_{control.grade.value}", language)
    badge = html("span", grade, css=f"hf-badge {BADGES[control.grade]}".strip())
    sources = control.sources
    if not sources:
        return badge
    ids = html("span", ", ".join(source.id for source in sources), css="hf-lever-ids")
    summary = html("summary", badge, ids, html("span", control.name(language), css="hf-hidden"))
    rows = evidence_table(say("reform.rests_on", language, name=control.name(language)), sources, language)
    return html("details", summary, rows, css="hf-lever-sources", data_test=f"sources-{control.dotted}")


def evidence_table(caption: str, sources: Sequence[Evidence], language: Language) -> Any:
    """Rows of the register; what stands in them is in English."""
    columns = [say(f"reform.source_{name}", language) for name in ("id", "quantity", "value", "year", "source")]
    rows = [
        (
            source.id,
            html("span", source.quantity, lang="en"),
            html("span", f"{source.value} {source.unit}", lang="en"),
            html("span", source.year, lang="en"),
            html("a", source.source, href=source.url, rel="noreferrer", target="_blank", lang="en")
            if source.url.startswith(("https://", "http://"))
            else html("span", source.source, lang="en"),
        )
        for source in sources
    ]
    return table(caption, columns, rows)
