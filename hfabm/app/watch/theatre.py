"""The run that a visitor watches, kept while they look at other pages; ended with their tab."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import solara

from hfabm.app.reform.draft import DraftError
from hfabm.app.session import Session
from hfabm.app.shared import crew
from hfabm.app.tab import one_for_each_tab
from hfabm.app.watch.choice import ChoiceError, seed_of, watched
from hfabm.app.watch.player import Player, Status
from hfabm.app.work.failures import WorkError

BETWEEN = 0.15
"""Seconds between two times that the page around the map is drawn anew while the run plays."""

LOG = logging.getLogger("hfabm.app")
Trouble = ChoiceError | DraftError | WorkError


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
        trouble: Why nothing can be shown; None if nothing is wrong.
        on_frame: Called with the player for every picture, as soon as there is one.
    """

    seen: solara.Reactive[Seen | None] = field(default_factory=lambda: solara.reactive(None))
    settled: solara.Reactive[int] = field(default_factory=lambda: solara.reactive(0))
    trouble: solara.Reactive[Trouble | None] = field(default_factory=lambda: solara.reactive(None))
    on_frame: Callable[[Player], None] | None = None
    _of: object = None
    _player: Player | None = None
    _ended: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last: float = 0.0
    _status: Status | None = None

    def show(self, session: Session) -> None:
        """Show what the visitor chose, if it is not shown already."""
        own = session.draft.value if session.get("with") == "own" else None
        what = (session.get("place"), session.get("with"), seed_of(session), own)
        if what == self._of and self._player is not None and self._player.status is not Status.FAILED:
            return
        self.close()
        self._of = what
        self.trouble.value = None
        try:
            scenario = watched(session)
            hand = crew().hand(solara.get_session_id())
        except (ChoiceError, DraftError, WorkError) as error:
            self.trouble.value = error
            return
        self._player = Player(hand, scenario, seed_of(session), self.changed)
        self.seen.value = Seen(self._player, 0)
        if self._ended:  # the tab was closed meanwhile
            self._player.close()

    def changed(self, player: Player) -> None:
        """The player has something new."""
        if player.closed or self._player not in (None, player):
            return
        seen = self.seen.value
        self._picture(player)
        with self._lock:
            now, turned = time.monotonic(), player.status is not self._status
            due = turned or now - self._last >= BETWEEN
            self._last, self._status = (now, player.status) if due else (self._last, self._status)
        if player.status is Status.FAILED and player.error is not None:
            self.trouble.value = player.error
        if due or player.status is not Status.PLAYING:
            self.seen.value = Seen(player, 1 + (seen.look if seen else 0))
        if turned and player.status in (Status.READY, Status.ENDED):
            self.settled.value += 1

    def close(self) -> None:
        """End what is shown."""
        player, self._player, self.on_frame, self._status = self._player, None, None, None
        if player is not None:
            self.seen.value = None
            player.close()

    def end(self) -> None:
        """The tab is closed: end the run, and draw nothing any more."""
        self._ended, player = True, self._player
        if player is not None:
            player.close()

    def _picture(self, player: Player) -> None:
        """Show it; a map that is left just now cannot take it, which is no reason to end the run."""
        show = self.on_frame
        if show is not None:
            try:
                show(player)
            except Exception:
                LOG.warning("a picture was not shown", exc_info=True)


theatre = one_for_each_tab(Theatre, Theatre.end)
"""That of the tab that asks."""
