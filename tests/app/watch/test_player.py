"""The player: plays at a pace, waits for the screen, leaps, stops, and says when its process is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from app.live.live_runs import END, LEVERS, START, VILLAGE
from hfabm.app.watch.player import Player, Status
from hfabm.app.work.failures import Lost
from hfabm.parameters.scenario import Scenario

SECONDS = 60
SCENARIO = Scenario(title="live", place="odense", start=START, end=END).with_changes(LEVERS)


class Near:
    """A hand that works in this process."""

    def __init__(self) -> None:
        self.made: Any = None
        self.calls: list[str] = []
        self.gone = False
        self.lock = threading.Lock()

    def make(self, factory: Callable[..., Any], *arguments: Any) -> None:
        self.made = factory(*arguments)

    def call(self, method: str, *arguments: Any) -> Any:
        with self.lock:
            if self.gone:
                raise Lost("the process is gone")
            self.calls.append(method)
            return getattr(self.made, method)(*arguments)

    def close(self, wait: bool = True) -> None:
        self.gone = True


class Stage:
    """A player, and a screen that draws every picture, or none."""

    def __init__(self, draws: bool = True) -> None:
        self.hand, self.draws = Near(), draws
        self.turned = threading.Condition()
        self.player = Player(self.hand, SCENARIO, 1, self.changed, town=VILLAGE)  # type: ignore[arg-type]

    def changed(self, player: Player) -> None:
        if self.draws:
            player.drawn()
        with self.turned:
            self.turned.notify_all()

    def until(self, true: Callable[[Player], bool]) -> None:
        with self.turned:
            assert self.turned.wait_for(lambda: true(self.player), SECONDS)


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    made.until(lambda player: player.status is Status.READY)
    yield made
    made.player.close()


def test_a_step_is_one_week(stage: Stage) -> None:
    stage.player.step()
    stage.until(lambda player: len(player.figures) == 1 and player.status is Status.READY)

    assert [one.week for one in stage.player.figures] == [0]
    assert stage.player.frame is not None and stage.player.frame.week == 0


def test_it_plays_until_it_is_paused(stage: Stage) -> None:
    stage.player.speed = 50
    stage.player.play()
    stage.until(lambda player: len(player.figures) >= 15)

    stage.player.pause()
    stage.until(lambda player: player.status is Status.READY)
    weeks = len(stage.player.figures)
    stage.player.step()
    stage.until(lambda player: len(player.figures) == weeks + 1)

    assert [one.week for one in stage.player.figures] == list(range(weeks + 1))


def test_a_leap_ends_on_the_week_of_the_day(stage: Stage) -> None:
    day = SCENARIO.start + timedelta(weeks=40)

    stage.player.leap(day)
    stage.until(lambda player: player.status is Status.READY and len(player.figures) > 0)

    frame = stage.player.frame
    assert frame is not None and frame.day <= day < frame.day + timedelta(weeks=1)


def test_a_leap_beyond_the_end_ends_there(stage: Stage) -> None:
    stage.player.leap(date(2999, 1, 1))
    stage.until(lambda player: player.status is Status.ENDED)

    assert stage.player.frame is not None and stage.player.frame.done
    stage.player.play()
    assert stage.player.status is Status.ENDED


def test_a_screen_that_does_not_draw_is_not_sent_more() -> None:
    stage = Stage(draws=False)
    stage.until(lambda player: player.status is Status.READY)
    stage.player.speed = 50

    stage.player.play()
    stage.until(lambda player: len(player.figures) > 0)
    sent = len(stage.player.figures)
    threading.Event().wait(0.7)
    waiting = len(stage.player.figures)
    stage.player.drawn()
    stage.until(lambda player: len(player.figures) > waiting)
    stage.player.close()

    assert waiting == sent


def test_a_process_that_is_gone_is_told(stage: Stage) -> None:
    stage.hand.gone = True

    stage.player.step()
    stage.until(lambda player: player.status is Status.FAILED)

    assert isinstance(stage.player.error, Lost)


def test_after_closing_nothing_is_told() -> None:
    stage = Stage()
    stage.until(lambda player: player.status is Status.READY)
    told: list[Status] = []
    stage.player._on_change = lambda player: told.append(player.status)

    stage.player.close()
    stage.player.play()

    assert told == []
    assert stage.player.closed
