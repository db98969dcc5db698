"""Studies: those on the shelf, or one of them opened."""

from __future__ import annotations

from typing import Any

import solara

from hfabm.app.forms.markup import html
from hfabm.app.session import Session
from hfabm.app.studies.shelf_view import ShelfView
from hfabm.app.studies.study_view import StudyView


@solara.component
def Studies(session: Session) -> Any:
    """The page."""
    name = session.get("study")
    with html("div", data_test="studies") as page:
        if name:
            StudyView(session, name).key(f"study-{name}")
        else:
            ShelfView(session).key("shelf")
    return page
