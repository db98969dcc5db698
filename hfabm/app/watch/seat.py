"""What a watched run is in its own process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hfabm.app.live.frame import Frame
from hfabm.app.live.run import Counted, LiveRun, Step
from hfabm.app.live.search import Match
from hfabm.app.live.story import Story
from hfabm.app.live.town import TownPlan
from hfabm.parameters.scenario import Scenario
from hfabm.population.places import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """What there is before the first week.

    Attributes:
        plan: How the town is drawn.
        frame: What there is to see.
        observed: National counts within the horizon.
        first_day: First day of the scenario.
        last_day: Its last.
    """

    plan: TownPlan
    frame: Frame
    observed: tuple[Counted, ...]
    first_day: date
    last_day: date


class Seat:
    """A run, asked from another process."""

    def __init__(self, scenario: Scenario, seed: int, town: Place | None = None) -> None:
        """Build the place.

        Args:
            scenario: The scenario.
            seed: Seed of all luck.
            town: Another place than the scenario's.
        """
        self._run = LiveRun(scenario, seed, town)
        self._start = scenario.start

    def opening(self) -> Opening:
        """What there is before the first week."""
        run = self._run
        return Opening(run.plan(), run.frame(), tuple(run.observed()), self._start, run.last_day)

    def step(self, weeks: int) -> Step:
        """Let weeks go by."""
        return self._run.step(weeks)

    def tell(self, kind: str, row: int) -> Story:
        """The story so far of somebody or something."""
        return self._run.tell(kind, row)

    def find(self, text: str) -> list[Match]:
        """What a text can mean."""
        return self._run.find(text)
