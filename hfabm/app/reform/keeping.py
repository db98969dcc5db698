"""A reform kept: saved as a file, opened from one, sent as a link."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import solara

from hfabm.app.forms.controls import CopyLink, GiveFile, TakeFile
from hfabm.app.forms.markup import html, note
from hfabm.app.reform.draft import DraftError, from_toml
from hfabm.app.reform.editing import Editing
from hfabm.app.session import LONGEST_LINK
from hfabm.language import Language, number, say

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True)
class Came:
    """A file that came.

    Attributes:
        name: Its name; empty where none came yet.
        error: Why it is no reform.
        large: It is too large to be one.
    """

    name: str = ""
    error: DraftError | None = None
    large: bool = False

    def told(self, language: Language) -> str:
        """What became of it."""
        if self.error:
            return self.error.told(language)
        return say("reform.too_large" if self.large else "reform.opened", language, name=self.name)


@solara.component
def Keeping(editing: Editing, language: Language) -> Any:
    """Save, open, share."""
    came, set_came = solara.use_state(Came())

    def take(file: Mapping[str, Any]) -> None:
        name, text = str(file.get("name", ""))[:100], file.get("text")
        if not isinstance(text, str):
            return set_came(Came(name, large=True))
        try:
            draft = from_toml(text, name)
        except DraftError as error:
            return set_came(Came(name, error))
        editing.load(draft)
        set_came(Came(name))

    draft = editing.draft
    length = len(draft.as_address())
    with html("details", css="hf-more", data_test="keep") as view:
        html("summary", say("reform.keep", language))
        with html("div", css="hf-keeping"):
            GiveFile(
                label=say("reform.save", language),
                content=draft.as_toml(),
                filename=file_name(draft.title),
                kind="application/toml",
                name="save",
            )
            TakeFile(label=say("reform.open", language), event_file=take, name="open")
            if came.name:
                note(came.told(language), "wrong" if came.error or came.large else "good")
            if length > LONGEST_LINK:
                note(say("reform.link_long", language, length=number(length, language)))
            else:
                CopyLink(
                    label=say("reform.copy", language),
                    copied=say("reform.copied", language),
                    about=say("reform.link", language),
                    name="share",
                )
    return view


def file_name(title: str) -> str:
    """A name for the file of a reform, in plain letters.

    >>> file_name("Flere § 110-dage på Fyn!"), file_name("")
    ('flere-110-dage-paa-fyn.toml', 'reform.toml')
    """
    plain = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')[:60].strip('-') or 'reform'}.toml"
