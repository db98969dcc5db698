"""Trust."""

from __future__ import annotations

from typing import Any

import solara

from hfabm.app.forms.markup import html
from hfabm.app.language import say
from hfabm.app.session import Session


@solara.component
def Trust(session: Session) -> Any:
    """The page."""
    return html("h1", say("shell.trust", session.language.value))
