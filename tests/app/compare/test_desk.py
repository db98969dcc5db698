"""The desk of one visitor: what is given up is never made, whenever that happens, and a fault is told in words."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import solara

from hfabm.app.compare import desk as desk_file
from hfabm.app.compare.comparison import Progress
from hfabm.app.compare.desk import Desk
from hfabm.app.session import Session
from hfabm.language import Language

PATIENCE = 60.0
"""Seconds after which a test gives up; no result hangs on it."""


class Slow:
    """A comparison that is worked out when it is let, and notes what becomes of it."""

    def __init__(self) -> None:
        self.let, self.asked = threading.Event(), threading.Event()
        self.started = self.cancelled = False
        self.hear: Callable[[Progress], None] = lambda _: None

    def worked_out(self, *_: object) -> Slow:
        self.asked.set()
        assert self.let.wait(PATIENCE)
        return self

    def start(self, pool: object, session: str, hear: Callable[[Progress], None]) -> None:
        self.started, self.hear = self.started or not self.cancelled, hear

    def cancel(self) -> None:
        self.cancelled = True
        self.hear(self.progress)

    @property
    def progress(self) -> Progress:
        return Progress(0, 8, 0, None, (), self.cancelled)

    def answer(self) -> None:
        return None


class Broken(Slow):
    def answer(self) -> None:
        raise ZeroDivisionError("/secret/place")


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk, Slow], threading.Thread]:
    """Starts a comparison at a desk; gives the thread that works it out."""
    monkeypatch.setattr(desk_file, "pool", lambda: None)
    monkeypatch.setattr(solara, "get_session_id", lambda: "ann")

    def beginning(ours: Desk, slow: Slow) -> threading.Thread:
        monkeypatch.setattr(desk_file, "worked_out", slow.worked_out)
        before = set(threading.enumerate())
        ours.start(Session())
        assert slow.asked.wait(PATIENCE)
        return next(one for one in threading.enumerate() if one not in before and one.name == "desk")

    return beginning


def test_one_that_is_stopped_before_it_is_worked_out_is_not_made(begin) -> None:
    ours, slow = Desk(), Slow()
    thread = begin(ours, slow)

    ours.cancel()
    slow.let.set()
    thread.join(PATIENCE)

    assert not slow.started
    assert ours.progress.value is not None and ours.progress.value.cancelled
    assert not ours.busy


def test_a_tab_that_closes_while_it_is_worked_out_leaves_no_runs(begin) -> None:
    ours, slow = Desk(), Slow()
    thread = begin(ours, slow)

    ours.give_up()
    slow.let.set()
    thread.join(PATIENCE)

    assert not slow.started and not thread.is_alive()


def test_the_first_of_two_is_not_made_even_if_it_is_worked_out_last(begin) -> None:
    ours, first, second = Desk(), Slow(), Slow()
    slow = begin(ours, first)
    quick = begin(ours, second)

    second.let.set()
    first.let.set()
    slow.join(PATIENCE)
    ours.cancel()
    quick.join(PATIENCE)

    assert not first.started
    assert second.cancelled and not quick.is_alive()


def test_a_fault_is_told_without_what_is_in_the_log(begin, caplog: pytest.LogCaptureFixture) -> None:
    ours, slow = Desk(), Broken()
    thread = begin(ours, slow)

    slow.let.set()
    thread.join(PATIENCE)

    told = ours.trouble.value
    assert told is not None and "secret" not in told(Language.EN)
    assert "/secret/place" in caplog.text
    assert slow.cancelled and not ours.busy
