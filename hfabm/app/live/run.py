"""A live run: one place, one scenario and one seed, taken week by week and looked at from all sides.

Made and asked in a process of its own: everything that goes in or comes out can be pickled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hfabm import evidence
from hfabm.app.live.chronicle import Chronicle
from hfabm.app.live.figures import Figures, last_figures
from hfabm.app.live.frame import Frame, frame
from hfabm.app.live.names import Kind
from hfabm.app.live.search import Match, search
from hfabm.app.live.story import Story
from hfabm.app.live.tell import tell
from hfabm.app.live.town import TownPlan, plan_town
from hfabm.calendar import COUNT_WEEK
from hfabm.model import HousingFirstModel
from hfabm.parameters.scenario import Scenario
from hfabm.population.places import Place, place

COUNTED = "Homeless persons, week 6 count"
"""What the register calls the counts of a municipality."""


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one or more weeks.

    Attributes:
        frame: The last week.
        passed: Figures of every week gone through, the last one too; none at the end of the horizon.
    """

    frame: Frame
    passed: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A national count (hjemløsetælling) of a municipality's citizens in homelessness.

    Attributes:
        municipality: Its name.
        year: Year of the count.
        day: Monday of week 6, in which it is taken.
        count: People counted.
        source: Id in the evidence register, or the file of the counts.
    """

    municipality: str
    year: int
    day: date
    count: int
    source: str


class LiveRun:
    """A run to look at while it goes on."""

    def __init__(self, scenario: Scenario, seed: int, town: Place | None = None) -> None:
        """Build the place and settle its population; takes a second for Odense.

        Args:
            scenario: The scenario.
            seed: Seed of all luck.
            town: Another place than the scenario's.

        Raises:
            ValueError: The scenario is longer than waiting lists remember.
        """
        self._names = tuple(t.name for t in (town or place(scenario.place)).towns)
        self._model = HousingFirstModel(scenario, rng=seed, town=town)
        self._plan = plan_town(self._model, self._names)
        self._chronicle = Chronicle(self._model.world)
        self._figures: list[Figures] = []

    def plan(self) -> TownPlan:
        """How the housing network is drawn."""
        return self._plan

    @property
    def done(self) -> bool:
        """Has the horizon been reached?"""
        return len(self._figures) >= self._model.weeks

    @property
    def day(self) -> date:
        """Monday of the last week that is over, or of the first."""
        return self._model.today

    @property
    def last_day(self) -> date:
        """The scenario's last day."""
        return self._model.policy.end

    def frame(self) -> Frame:
        """What there is to see now."""
        values = self._figures[-1].values if self._figures else {}
        plan = self._plan
        return frame(self._model, plan.dwellings, len(plan.estates), self._chronicle.marks, values)

    def figures(self, since: int = 0) -> tuple[Figures, ...]:
        """Figures of every week from a week on."""
        return tuple(self._figures[max(0, since) :])

    def step(self, weeks: int = 1) -> Step:
        """Let weeks go by; none beyond the horizon.

        Args:
            weeks: How many.
        """
        first = len(self._figures)
        for _ in range(min(weeks, self._model.weeks - first)):
            self._week()
        return Step(self.frame(), self.figures(first))

    def _week(self) -> None:
        self._model.step()
        self._chronicle.note(self._model)
        now = last_figures(self._model)
        assert now is not None
        self._figures.append(now)

    def observed(self) -> list[Counted]:
        """National counts of the place within the horizon, to set beside `counted_homeless`."""
        found = []
        start, end = self._model.policy.start, self._model.policy.end
        for name in self._names:
            for year, count in _counts(name).items():
                day = date.fromisocalendar(year, COUNT_WEEK, 1)
                if start <= day <= end:
                    found.append(Counted(name, year, day, count, source_of(name, year)))
        return found

    def tell(self, kind: Kind | str, row: int) -> Story:
        """The story so far of somebody or something.

        Raises:
            ValueError: There is no such kind.
            IndexError: There is no such row.
        """
        return tell(Kind(kind), row, self._model, self._chronicle, self._plan)

    def find(self, text: str) -> list[Match]:
        """What a text can mean: a number, with a word of either language such as `borger 12`, or a name."""
        return search(text, self._model, self._chronicle, self._plan)


def _counts(name: str) -> dict[int, int]:
    try:
        return evidence.observed_counts(name)
    except KeyError:  # a made-up place
        return {}


def source_of(name: str, year: int) -> str:
    """Where a count stands: an id of the evidence register, else the file of all counts."""
    for row in evidence.register().values():
        if (row.quantity, row.scope, row.year) == (COUNTED, name, str(year)):
            return row.id
    return "homelessness_observed.csv"
