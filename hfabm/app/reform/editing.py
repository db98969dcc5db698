"""Changing the reform of one's own: each step can be taken back, and the address tells what came of it."""

from __future__ import annotations

from datetime import date

import solara

from hfabm.app.reform.controls import Control
from hfabm.app.reform.draft import STARTS, Draft, Past
from hfabm.app.reform.reform_file import bases
from hfabm.app.reform.standing import ground, keeps
from hfabm.app.session import DEFAULTS, Session
from hfabm.parameters.declare import Value
from hfabm.parameters.scenario import Key

LONGEST_PAST = 100
"""Steps that can be taken back."""


class Editing:
    """Somebody works on a reform.

    Attributes:
        session: Theirs.
        past: How it was before each step, the latest last.
    """

    def __init__(self, session: Session) -> None:
        self.session, self.past = session, session.past
        self._titling = False

    @property
    def draft(self) -> Draft:
        """The reform as it is."""
        return self.session.draft.value

    @property
    def base(self) -> str:
        """Name of the scenario that it is laid on; that of a new visitor where the address names none that ships."""
        named = self.session.get("base")
        return named if named in bases() else DEFAULTS["base"]

    @property
    def since(self) -> date:
        """The day from which on changes hold."""
        try:
            chosen = date.fromisoformat(self.session.get("since"))
        except ValueError:
            chosen = STARTS
        return self.draft.since or chosen

    def set(self, control: Control, value: Value) -> None:
        """Set a lever; one that is set to what holds anyhow is changed no more."""
        anyhow = keeps(control, ground(self.base, self.draft.include), value, self.since)
        self._become(self.draft.changed(control.key, None if anyhow else value, self.since))

    def leave(self, key: Key) -> None:
        """Change a lever no more."""
        self._become(self.draft.changed(key, None, self.since))

    def call(self, title: str) -> None:
        """Give it a title; what is typed in one go is one step."""
        self._become(self.draft.called(title), titling=True)

    def begin_on(self, written: str) -> bool:
        """Let all that begins on its first day begin on another; False where that is no day of the scenario."""
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return False
        horizon = ground(self.base)
        if not horizon.start <= day <= horizon.end:
            return False
        before = self.since
        self._become(self.draft.moved(before, day) if self.draft.changes else self.draft, day)
        return True

    def include(self, package: str) -> None:
        """Stand on one more package."""
        if package and package not in self.draft.include:
            self._become(self.draft.including((*self.draft.include, package)))

    def exclude(self, package: str) -> None:
        """Stand on a package no more."""
        self._become(self.draft.including(tuple(one for one in self.draft.include if one != package)))

    def load(self, draft: Draft) -> None:
        """Go on with another reform."""
        self._become(draft, draft.since)

    def reset(self) -> None:
        """Begin anew."""
        self._become(Draft(), STARTS)

    def undo(self) -> None:
        """Take the last step back."""
        if self.past.value:
            *before, last = self.past.value
            self.session.draft.value = last.draft
            self.session.put("since", last.since)
            self.past.value = tuple(before)
            self._titling = False

    def _become(self, draft: Draft, since: date | None = None, titling: bool = False) -> None:
        before = Past(self.draft, self.session.get("since"))
        after = Past(draft, before.since if since is None else since.isoformat())
        if after == before:
            return
        if not (titling and self._titling):
            self.past.value = (*self.past.value, before)[-LONGEST_PAST:]
        self._titling = titling
        self.session.draft.value = draft
        self.session.put("since", after.since)


def use_editing(session: Session) -> Editing:
    """The same one as long as the page is shown."""
    editing: Editing = solara.use_memo(lambda: Editing(session), [])
    return editing
