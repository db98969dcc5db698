"""Something small to be made in another process, importable there."""

from __future__ import annotations

import os
import time

from hfabm.app.work.child import Watch
from hfabm.parameters.faults import ScenarioError, Spot


class Counter:
    """Counts, and misbehaves in all the ways that are asked for."""

    def __init__(self, start: int = 0) -> None:
        self.at = start

    def add(self, number: int) -> int:
        self.at += number
        return self.at

    def pid(self) -> int:
        return os.getpid()

    def count(self, to: int, watch: Watch) -> int:
        for number in range(to):
            watch.tell(number)
        return to

    def until_cancelled(self, watch: Watch) -> None:
        watch.tell("begun")
        while True:
            self.at += 1
            watch.check()

    def deaf(self, watch: Watch) -> str:
        watch.tell("begun")
        return "done all the same"

    def forever(self, watch: Watch) -> None:
        watch.tell("begun")
        while True:
            time.sleep(0.01)

    def is_cancelled(self, watch: Watch) -> bool:
        return watch.cancelled()

    def divide(self) -> float:
        return self.at / 0

    def misread(self) -> None:
        raise ScenarioError(
            [Spot("own.toml", 3).fault("refund_law.shelter_days", "−5 is below 0", "Choose 0 or more.")]
        )

    def eat(self, bytes_: int) -> int:
        return len(bytearray(bytes_))

    def unsendable(self) -> object:
        return lambda: None


def unmakeable() -> Counter:
    raise ScenarioError([Spot("own.toml").fault("", "there is no such file", "Name another.")])
