"""The player: takes a run through its weeks in another process, at a speed, and stops where it is told to.

A week is asked for only when the one before was drawn, so that a slow browser slows the run instead of
drowning in it, and a tab that nobody looks at takes no time at all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from hfabm.app.live.figures import Figures
from hfabm.app.live.frame import Frame
from hfabm.app.live.run import Step
from hfabm.app.watch.seat import Opening, Seat
from hfabm.app.work.failures import Failed, Kind, WorkError
from hfabm.app.work.hand import Hand
from hfabm.calendar import week_of
from hfabm.parameters.scenario import Scenario

LOG = logging.getLogger("hfabm.app")
FRAMES = 10.0
"""Pictures a second at most; at a higher speed several weeks pass between two."""
LEAP = 26
"""Weeks between two pictures on the way to a date."""
SPEEDS = (2, 5, 10, 20, 50)
"""Weeks a second that can be chosen."""
PATIENCE = 0.25
"""Seconds after which a waiting player looks whether it was closed."""


class Status(StrEnum):
    """What a player does."""

    STARTING = "starting"
    READY = "ready"
    """It stands still, and can go on."""
    PLAYING = "playing"
    LEAPING = "leaping"
    """On the way to a date."""
    ENDED = "ended"
    """The horizon is reached."""
    FAILED = "failed"


class Player:
    """Plays one run.

    Attributes:
        status: What it does.
        speed: Weeks a second.
        opening: What there was before the first week; None while the run starts.
        frame: What there is to see.
        figures: Figures of every week so far.
        error: Why it failed.
    """

    def __init__(
        self, hand: Hand, scenario: Scenario, seed: int, on_change: Callable[[Player], None], **made: Any
    ) -> None:
        """Start a run; nothing is waited for.

        Args:
            hand: The process to run it in; closed with the player.
            scenario: The scenario.
            seed: Seed of all luck.
            on_change: Called from the player's thread whenever anything changed.
            **made: For tests: `town`, another place.
        """
        self.status, self.speed = Status.STARTING, SPEEDS[1]
        self.opening: Opening | None = None
        self.frame: Frame | None = None
        self.figures: list[Figures] = []
        self.error: WorkError | None = None
        self._hand, self._on_change = hand, on_change
        self._made = (scenario, seed, made.get("town"))
        self._to: int | None = None
        self._closed = False
        self._told, self._drawn = threading.Condition(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="player", daemon=True)
        self._thread.start()

    def play(self) -> None:
        """Go on, at the speed."""
        self._order(Status.PLAYING, None)

    def pause(self) -> None:
        """Stand still; a leap ends where it is."""
        self._order(Status.READY, None)

    def step(self, weeks: int = 1) -> None:
        """Let weeks go by, and stand still."""
        if self.opening is not None:
            self._order(Status.LEAPING, len(self.figures) + weeks)

    def leap(self, day: date) -> None:
        """Go to the week of a day, as fast as possible; nowhere if it is past."""
        if self.opening is not None:
            self._order(Status.LEAPING, week_of(self.opening.first_day, min(day, self.opening.last_day)) + 1)

    def drawn(self) -> None:
        """The last picture is on the screen: the next may come."""
        self._drawn.set()

    def ask(self, method: str, *arguments: Any) -> Any:
        """Ask the run: `tell` or `find`.

        Raises:
            WorkError: It cannot answer.
        """
        return self._hand.call(method, *arguments)

    def close(self) -> None:
        """End the run and its process, without waiting for it."""
        with self._told:
            self._closed = True
            self._told.notify_all()
        self._drawn.set()
        self._hand.close(wait=False)

    @property
    def closed(self) -> bool:
        """Was it closed?"""
        return self._closed

    def _order(self, status: Status, to: int | None) -> None:
        with self._told:
            if self.status in (Status.READY, Status.PLAYING, Status.LEAPING):
                self.status, self._to = status, to
                self._told.notify_all()
        self._changed()

    def _work(self) -> None:
        try:
            self._hand.make(Seat, *self._made)
            self.opening = self._hand.call("opening")
            assert self.opening is not None
            self.frame = self.opening.frame
            self._became(Status.READY)
            while not self._closed:
                self._turn()
        except WorkError as error:
            self._fail(error)
        except Exception as error:
            LOG.exception("a player broke")
            self._fail(Failed(Kind.UNEXPECTED, str(error)))

    def _turn(self) -> None:
        """One picture, or a moment of waiting."""
        with self._told:
            if self.status not in (Status.PLAYING, Status.LEAPING):
                self._told.wait(PATIENCE)
                return
            leaping, to, speed = self.status is Status.LEAPING, self._to, self.speed
        if not self._wait_until_drawn():
            return
        weeks = min(LEAP, (to or 0) - len(self.figures)) if leaping else max(1, round(speed / FRAMES))
        began = time.monotonic()
        if weeks > 0:
            self._take(self._hand.call("step", weeks))
        with self._told:
            if self.frame is not None and self.frame.done:
                self.status = Status.ENDED
            elif leaping and self.status is Status.LEAPING and len(self.figures) >= (self._to or 0):
                self.status = Status.READY
        self._changed()
        if not leaping:
            self._rest(began + weeks / speed - time.monotonic())

    def _take(self, step: Step) -> None:
        self.frame = step.frame
        self.figures.extend(step.passed)
        self._drawn.clear()

    def _wait_until_drawn(self) -> bool:
        """Is the last picture on the screen?  Nobody need look at the first."""
        return not self.figures or self._drawn.wait(PATIENCE)

    def _rest(self, seconds: float) -> None:
        with self._told:
            if seconds > 0.0 and self.status is Status.PLAYING and not self._closed:
                self._told.wait(seconds)

    def _became(self, status: Status) -> None:
        self.status = status
        self._changed()

    def _fail(self, error: WorkError) -> None:
        if not self._closed:
            self.error = error
            self._became(Status.FAILED)

    def _changed(self) -> None:
        if not self._closed:
            self._on_change(self)
