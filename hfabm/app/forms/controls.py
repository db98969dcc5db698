"""Controls that take something in: a choice, a switch, words, a file; and some that give a file or a link."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara

LARGEST_FILE = 64_000
"""Bytes of the largest file that is taken."""


@solara.component_vue("select.vue")
def Select(
    *,
    label: str,
    value: str,
    options: Sequence[Mapping[str, str]],
    on_value: Callable[[str], None] | None = None,
    hint: str = "",
    disabled: bool = False,
    name: str = "",
) -> Any:
    """One of several.  Options have `value`, `label` and, if they stand in groups, `group`."""


@solara.component_vue("check.vue")
def Check(
    *,
    label: str,
    value: bool,
    on_value: Callable[[bool], None] | None = None,
    hint: str = "",
    disabled: bool = False,
    name: str = "",
) -> Any:
    """A switch."""


@solara.component_vue("words.vue")
def Words(
    *,
    label: str,
    value: str,
    on_value: Callable[[str], None] | None = None,
    placeholder: str = "",
    kind: str = "search",
    disabled: bool = False,
    name: str = "",
) -> Any:
    """A line of text, or a date; `kind` is that of the input.  Told when typing pauses."""


@solara.component_vue("take_file.vue")
def TakeFile(
    *,
    label: str,
    accept: str = ".toml",
    largest: int = LARGEST_FILE,
    event_file: Callable[[Mapping[str, Any]], None] | None = None,
    name: str = "",
) -> Any:
    """Take a file of text.  The event has `name`, `size` and `text`; `text` is None where the file is too large."""


@solara.component_vue("give_file.vue")
def GiveBytes(*, label: str, content: str, filename: str, kind: str, look: str = "", name: str = "") -> Any:
    """A button that saves bytes, given in base64, as a file."""


def GiveFile(
    *, label: str, content: str, filename: str, kind: str = "text/plain", look: str = "", name: str = ""
) -> Any:
    """A button that saves text as a file."""
    packed = b64encode(content.encode()).decode()
    kind = f"{kind};charset=utf-8"
    return GiveBytes(label=label, content=packed, filename=filename, kind=kind, look=look, name=name)


@solara.component_vue("copy_link.vue")
def CopyLink(*, label: str, copied: str, about: str, name: str = "") -> Any:
    """Shows the address of the page as it stands, and copies it."""


@solara.component_vue("address.vue")
def Address(*, href: str, title: str, language: str) -> Any:
    """Keeps the address bar, the title of the window and the language of the document as they should be."""


@solara.component_vue("link.vue")
def Link(
    *,
    label: str,
    href: str,
    event_go: Callable[[str], None] | None = None,
    current: bool = False,
    look: str = "",
    about: str = "",
    lang: str = "",
    name: str = "",
) -> Any:
    """A link to another page of the app; pressed, it does not load the page anew."""
