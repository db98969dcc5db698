"""A reform kept: saved as a file, opened from one, sent as a link."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import solara

from hfabm.app.forms.controls import CopyLink, GiveFile, TakeFile
from hfabm.app.forms.markup import html, note
from hfabm.app.language import Language, number, say
from hfabm.app.reform.draft import DraftError, from_toml
from hfabm.app.reform.editing import Editing
from hfabm.app.session import LONGEST_LINK

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@solara.component
def Keeping(editing: Editing, language: Language) -> Any:
    """Save, open, share."""
    told, set_told = solara.use_state(("", ""))

    def take(file: Mapping[str, Any]) -> None:
        name, text = str(file.get("name", ""))[:100], file.get("text")
        if not isinstance(text, str):
            return set_told(("wrong", say("reform.too_large", language, name=name)))
        try:
            draft = from_toml(text, name)
        except DraftError as error:
            return set_told(("wrong", error.told(language)))
        editing.load(draft)
        set_told(("good", say("reform.opened", language, name=name)))

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
            if told[1]:
                note(told[1], told[0])
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
