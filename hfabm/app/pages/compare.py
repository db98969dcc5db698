"""Compare."""

from __future__ import annotations

from typing import Any

import solara

from hfabm.app.forms.markup import html
from hfabm.app.language import say
from hfabm.app.session import Session


@solara.component
def Compare(session: Session) -> Any:
    """The page."""
    return html("h1", say("shell.compare", session.language.value))
