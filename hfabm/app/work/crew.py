"""Whoever works for the sessions of a server: one process ready at any time, and limits for all together."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hfabm.app.work.child import Prepare
from hfabm.app.work.failures import Full
from hfabm.app.work.hand import LOG, Hand

MEMORY = 4 * 1024**3
"""Bytes that a process may have: several times what the largest place needs."""


def warmed() -> None:
    """Import the model and have its code compiled."""
    from hfabm.model import warm

    warm()


class Crew:
    """Hands out processes.

    Attributes:
        limit: Processes of all sessions together; the spare one does not count.
        per_session: Processes of one session.
    """

    def __init__(
        self, limit: int = 12, per_session: int = 2, prepare: Prepare | None = warmed, memory: int | None = MEMORY
    ) -> None:
        """Keep the limits, and start nothing.

        Args:
            limit: Processes of all sessions together.
            per_session: Processes of one session.
            prepare: What each does before its first call.
            memory: Bytes that each may have.
        """
        self.limit, self.per_session = limit, per_session
        self._hire: Callable[[], Hand] = lambda: Hand(prepare, memory)
        self._lock = threading.Lock()
        self._spare: Hand | None = None
        self._out: dict[Hand, str] = {}
        self._closed = False

    def start(self) -> None:
        """Have a process made ready in the background; all end with this one."""
        atexit.register(self.close)
        with self._lock:
            self._ready()

    def hand(self, session: str) -> Hand:
        """A process for a session, ready or about to be; the next is made ready meanwhile.

        Args:
            session: Who asks for it.

        Raises:
            Full: The session, or the server, has as many as it may have.
        """
        with self._lock:
            self._out = {hand: whose for hand, whose in self._out.items() if hand.alive}
            if sum(whose == session for whose in self._out.values()) >= self.per_session:
                raise Full(self.per_session, own=True)
            if len(self._out) >= self.limit or self._closed:
                raise Full(self.limit, own=False)
            try:
                self._ready()
            except OSError:
                LOG.exception("no process could be started")
                raise Full(len(self._out), own=False) from None
            hand, self._spare = self._spare, None
            assert hand is not None
            hand.on_close = self._gone
            self._out[hand] = session
            with suppress(OSError):  # then the next who asks waits for theirs
                self._ready()
            return hand

    def close(self) -> None:
        """End every process; no new ones are handed out."""
        with self._lock:
            self._closed = True
            ends = [*self._out, *([self._spare] if self._spare else [])]
            self._spare = None
        for hand in ends:
            hand.close()
        atexit.unregister(self.close)

    @property
    def out(self) -> int:
        """Processes that are handed out and alive."""
        return sum(hand.alive for hand in list(self._out))

    def _ready(self) -> None:
        """Have a living spare; the lock is held."""
        if not self._closed and (self._spare is None or not self._spare.alive):
            self._spare = self._hire()

    def _gone(self, hand: Hand, *_: Any) -> None:
        with self._lock:
            self._out.pop(hand, None)
