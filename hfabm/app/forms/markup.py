"""Elements of HTML from Python: headings, paragraphs, lists, tables; text is always text, never code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import ipyvuetify
import solara


def html(tag: str, *children: Any, css: str = "", **attributes: Any) -> Any:
    """An element; what is made within `with` it stands in it.

    Args:
        tag: Its name.
        *children: Text and elements in it.
        css: Its classes.
        **attributes: Its attributes; `_` in a name stands for `-`, one at the end for nothing.
    """
    named = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items() if value is not None}
    return _kind(tag).element(tag=tag, children=list(children), class_=css, attributes=named)


@cache
def _kind(tag: str) -> Any:
    """A class for each tag: what is drawn in the place of another would keep the other's tag in the browser."""
    return type(f"Html_{tag}", (ipyvuetify.Html,), {})


@solara.component
def Button(
    label: str,
    on_click: Callable[[], None],
    css: str = "",
    disabled: bool = False,
    pressed: bool | None = None,
    about: str = "",
    name: str = "",
) -> Any:
    """A button.

    Args:
        label: What stands on it.
        on_click: Called when it is pressed.
        css: `hf-primary` for the one thing to do, `hf-quiet` for little ones.
        disabled: It cannot be pressed.
        pressed: Whether it is on, for one that switches something.
        about: What a screen reader says instead of the label.
        name: Its `data-test` name.
    """
    attributes: dict[str, str] = {"type": "button"}
    if disabled:
        attributes["disabled"] = "disabled"
    if pressed is not None:
        attributes["aria-pressed"] = "true" if pressed else "false"
    if about:
        attributes["aria-label"] = about
    if name:
        attributes["data-test"] = name
    look = f"hf-button {css}".strip()
    button = _kind("button").element(tag="button", children=[label], class_=look, attributes=attributes)
    solara.v.use_event(button, "click", lambda *_: None if disabled else on_click())
    return button


def table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], numbers: Sequence[int] = (), name: str = ""
) -> Any:
    """A table, with the first cell of each row as its heading.

    Args:
        caption: What it shows.
        columns: Headings.
        rows: Text of the cells, or elements.
        numbers: Places of the columns that hold numbers, which stand at the right.
        name: Its `data-test` name.
    """
    kind = ["hf-number" if place in numbers else "" for place in range(len(columns))]
    head = html("tr", *(html("th", text, css=css, scope="col") for text, css in zip(columns, kind, strict=True)))
    body = [
        html(
            "tr",
            html("th", row[0], scope="row"),
            *(html("td", cell, css=css) for cell, css in zip(row[1:], kind[1:], strict=True)),
        )
        for row in rows
    ]
    inner = html("table", html("caption", caption), html("thead", head), html("tbody", *body), css="hf-table")
    return html("div", inner, css="hf-scroll", tabindex="0", role="region", aria_label=caption, data_test=name or None)


def more(summary: str, *children: Any, css: str = "", name: str = "") -> Any:
    """What is shown when it is asked for."""
    return html("details", html("summary", summary), *children, css=f"hf-more {css}".strip(), data_test=name or None)


def note(text: str, kind: str = "") -> Any:
    """A remark; `kind` may be `wrong` or `good`."""
    role = "alert" if kind == "wrong" else "status" if kind == "good" else None
    return html("p", text, css=f"hf-note {f'hf-{kind}' if kind else ''}".strip(), role=role)
