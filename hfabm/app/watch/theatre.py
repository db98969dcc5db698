"""The run that a visitor watches, kept while they look at other pages; ended with their tab."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import solara

from hfabm.app.language import Language
from hfabm.app.reform.draft import DraftError
from hfabm.app.session import Session
from hfabm.app.shared import crew
from hfabm.app.watch.choice import ChoiceError, seed_of, watched
from hfabm.app.watch.player import Player, Status
from hfabm.app.work.failures import Full

BETWEEN = 0.15
"""Seconds between two times that the page around the map is drawn anew while the run plays."""

Told = Callable[[Language], str]


@dataclass(frozen=True)
class Seen:
    """A player as it was looked at: another one each time it changed."""

    player: Player
    look: int


@dataclass
class Theatre:
    """What one visitor watches.

    Attributes:
        seen: The player, told anew whenever it changed; None before the first.
        settled: Grows whenever the run comes to stand still.
        trouble: Says why nothing can be shown; None if nothing is wrong.
        on_frame: Called with the player for every picture, as soon as there is one.
    """

    seen: solara.Reactive[Seen | None] = field(default_factory=lambda: solara.reactive(None))
    settled: solara.Reactive[int] = field(default_factory=lambda: solara.reactive(0))
    trouble: solara.Reactive[Told | None] = field(default_factory=lambda: solara.reactive(None))
    on_frame: Callable[[Player], None] | None = None
    _of: object = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last: float = 0.0
    _status: Status | None = None

    def show(self, session: Session) -> None:
        """Show what the visitor chose, if it is not shown already."""
        own = session.draft.value if session.get("with") == "own" else None
        what = (session.get("place"), session.get("with"), seed_of(session), own)
        if what == self._of and self.seen.value is not None and self.seen.value.player.status is not Status.FAILED:
            return
        self.close()
        self._of = what
        self.trouble.value = None
        try:
            scenario = watched(session)
            hand = crew().hand(solara.get_session_id())
        except (ChoiceError, DraftError, Full) as error:
            self.trouble.value = error.told
        else:
            self.seen.value = Seen(Player(hand, scenario, seed_of(session), self.changed), 0)

    def changed(self, player: Player) -> None:
        """The player has something new."""
        seen = self.seen.value
        if player.closed or (seen is not None and seen.player is not player):
            return
        if self.on_frame is not None:
            self.on_frame(player)
        with self._lock:
            now, turned = time.monotonic(), player.status is not self._status
            due = turned or now - self._last >= BETWEEN
            self._last, self._status = (now, player.status) if due else (self._last, self._status)
        if player.status is Status.FAILED and player.error is not None:
            self.trouble.value = player.error.told
        if due or player.status is not Status.PLAYING:
            self.seen.value = Seen(player, 1 + (seen.look if seen else 0))
        if turned and player.status in (Status.READY, Status.ENDED):
            self.settled.value += 1

    def close(self) -> None:
        """End what is shown."""
        seen, self.on_frame, self._status = self.seen.value, None, None
        if seen is not None:
            self.seen.value = None
            threading.Thread(target=seen.player.close, daemon=True).start()


_ours: solara.Reactive[Theatre | None] = solara.reactive(None)


def theatre() -> Theatre:
    """That of the tab that asks."""
    if _ours.peek() is None:
        made = Theatre()
        _ours.set(made)
        from solara.server import kernel_context

        if kernel_context.has_current_context():
            kernel_context.get_current_context().on_close(made.close)
    found = _ours.peek()
    assert found is not None
    return found
