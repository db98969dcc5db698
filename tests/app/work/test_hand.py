"""An object in another process: called as if it were here, stopped when asked, gone when it must be."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.work.counter import Counter, unmakeable
from hfabm.app.work.failures import Cancelled, Failed, Kind, Lost
from hfabm.app.work.hand import Hand
from hfabm.language import Language

PATIENCE = 60.0
"""Seconds after which a test gives up; no result hangs on it."""
TESTS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shared() -> Iterator[Hand]:
    hand = Hand()
    yield hand
    hand.close()


@pytest.fixture
def hand(shared: Hand) -> Hand:
    shared.make(Counter, 5)
    return shared


@pytest.fixture
def own() -> Iterator[Hand]:
    hand = Hand()
    hand.make(Counter)
    yield hand
    hand.close()


def test_methods_are_called_as_if_the_object_were_here(hand: Hand) -> None:
    first = hand.call("add", 2)

    second = hand.call("add", 3)

    assert (first, second) == (7, 10)
    assert hand.call("pid") == hand.pid != os.getpid()


def test_a_method_tells_how_far_it_is(hand: Hand) -> None:
    told: list[int] = []

    value = hand.call("count", 4, on_progress=told.append)

    assert (value, told) == (4, [0, 1, 2, 3])


def test_a_call_that_is_cancelled_stops_and_the_object_goes_on(hand: Hand) -> None:
    with pytest.raises(Cancelled):
        hand.call("until_cancelled", on_progress=lambda _: hand.cancel())

    assert hand.call("add", 0) > 5


def test_a_cancel_that_comes_too_late_does_not_stop_the_next_call(hand: Hand) -> None:
    value = hand.call("deaf", on_progress=lambda _: hand.cancel())

    hand.cancel()

    assert value == "done all the same"
    assert hand.call("is_cancelled") is False


def test_an_unexpected_error_is_told_as_a_sentence_and_logged_in_full(
    hand: Hand, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.ERROR, "hfabm.app"), pytest.raises(Failed) as caught:
        hand.call("divide")

    assert caught.value.kind is Kind.UNEXPECTED
    assert caught.value.told(Language.EN).startswith("The run stopped: division by zero. ")
    assert caught.value.told(Language.DA).startswith("Kørslen stoppede: division by zero. ")
    assert "ZeroDivisionError" in caplog.text and "counter.py" in caplog.text
    assert capfd.readouterr() == ("", "")
    assert hand.call("add", 0) == 5


def test_faults_of_a_scenario_are_told_as_they_are_and_not_logged(hand: Hand, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Failed, match="own.toml:3:0: error: refund_law.shelter_days: −5 is below 0") as caught:
        hand.call("misread")

    assert caught.value.kind is Kind.SCENARIO
    assert caught.value.told(Language.DA) == str(caught.value)
    assert caplog.text == ""


def test_what_cannot_be_made_is_told(hand: Hand) -> None:
    with pytest.raises(Failed, match="there is no such file"):
        hand.make(unmakeable)


def test_a_value_that_cannot_be_sent_is_a_failure_and_no_silence(hand: Hand) -> None:
    with pytest.raises(Failed):
        hand.call("unsendable")

    assert hand.call("add", 1) == 6


def test_ctrl_c_is_left_to_the_server(hand: Hand, capfd: pytest.CaptureFixture[str]) -> None:
    os.kill(hand.pid, signal.SIGINT)

    assert hand.call("add", 1) == 6
    assert capfd.readouterr() == ("", "")


def test_a_killed_process_is_noticed_in_the_middle_of_a_call(own: Hand) -> None:
    with pytest.raises(Lost):
        own.call("forever", on_progress=lambda _: os.kill(own.pid, signal.SIGKILL))

    own._process.join(PATIENCE)
    assert not own.alive
    with pytest.raises(Lost) as caught:
        own.call("add", 1)
    assert caught.value.told(Language.EN) == "The run's process has ended. Start the run again."


def test_closing_ends_a_process_that_does_not_listen(own: Hand) -> None:
    begun, lost = threading.Event(), threading.Event()

    def work() -> None:
        try:
            own.call("forever", on_progress=lambda _: begun.set())
        except Lost:
            lost.set()

    caller = threading.Thread(target=work)
    caller.start()
    assert begun.wait(PATIENCE)

    own.close()

    caller.join(PATIENCE)
    assert lost.is_set()
    assert not psutil.pid_exists(own.pid)


def test_closing_twice_and_calling_a_closed_one(own: Hand) -> None:
    own.close()
    own.close()

    with pytest.raises(Lost):
        own.call("add", 1)
    own.cancel()
    assert not own.alive


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no limit on the memory of a process")
def test_a_process_that_wants_too_much_memory_says_so_and_lives() -> None:
    hand = Hand(memory=512 * 1024**2)
    try:
        hand.make(Counter)

        with pytest.raises(Failed) as caught:
            hand.call("eat", 1024**3)

        assert caught.value.kind is Kind.MEMORY
        assert "mere hukommelse" in caught.value.told(Language.DA)
        assert hand.call("eat", 1024) == 1024
    finally:
        hand.close()


def test_no_process_outlives_a_server_that_is_killed() -> None:
    server = subprocess.Popen([sys.executable, "-m", "app.work.orphans"], cwd=TESTS, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    children = [psutil.Process(int(pid)) for pid in server.stdout.readline().split()]

    server.kill()

    server.wait()
    server.stdout.close()
    gone, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert (len(gone), alive) == (2, [])
