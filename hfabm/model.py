"""HousingFirstModel: a `mesa.Model` that owns the clock.  Data is in its world, behaviour in the schedule."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from hfabm.agents.landlord import Landlord
from hfabm.agents.municipality import Municipality
from hfabm.agents.outlook import Outlook, look_ahead
from hfabm.agents.services import Shelter, SocialCaretaker, Team
from hfabm.calendar import Week, date_of, monday, week_of
from hfabm.engine.face import ColumnModel, seed_of
from hfabm.engine.space import NetworkView
from hfabm.metrics.collected import Collecting
from hfabm.metrics.recorder import Recorder
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Scenario
from hfabm.population.build import build
from hfabm.population.places import PLACES, Place, place
from hfabm.population.programmes import open_programmes
from hfabm.processes.process import Process
from hfabm.randomness import week_key
from hfabm.schedule import SECTIONS, weekly
from hfabm.state import check
from hfabm.state.citizens import Citizen
from hfabm.state.dwellings import Dwelling
from hfabm.state.municipalities import QUEUE_PAST, QUEUE_WEEKS
from hfabm.state.world import Lent, World

INSTITUTIONS: tuple[type, ...] = (Municipality, Landlord, SocialCaretaker, Team, Shelter)
BASE_YEAR = date(2023, 7, 1)
"""Day whose prices rents and most amounts are in."""
LONGEST = QUEUE_WEEKS - QUEUE_PAST
"""Weeks that a run can have, some 35 years: waiting lists have no room for more."""
SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"


def read_scenario(given: Scenario | str | Path) -> Scenario:
    """A scenario as it is, from a file, or by the name of one that comes with the project."""
    if isinstance(given, Scenario):
        return given
    path = Path(given)
    if not path.suffix and not path.exists():
        path = SCENARIOS / f"{given}.toml"
    return load_scenario(path, SECTIONS, PLACES)


class HousingFirstModel(ColumnModel):
    """Citizens, homes and institutions of a place, week by week, as a Mesa model.

    Attributes:
        world: Everything that is true this week.
        policy: The scenario it runs (Mesa keeps the name `scenario` for its own kind).
        parameters: Every parameter, resolved by date.
        processes: The week, in order.
        week: The last week that is over, or None before the first.
        weeks: Weeks in the horizon.
        recorder: What was measured.
        timings: Seconds for the population and for the weeks, and for each process.
        checked: Check conservation after every week.
    """

    world: World
    datacollector = Collecting()

    def __init__(
        self,
        scenario: Scenario | str | Path = "odense",
        *,
        rng: int | None = None,
        agents: Sequence[type] = (),
        way: str = "sweep",
        order: str = "rows",
        town: Place | None = None,
    ) -> None:
        """Build the place of a scenario and settle its population.

        Args:
            scenario: A scenario, a file, or the name of one that comes with the project.
            rng: Seed; the scenario's own if left out.
            agents: Subclasses of institutions, with their own `decide`, to take their place.
            way: `sweep`, `alone` or `plain`: how rules run; results are the same.
            order: `rows` or `shuffled`: the order in which agents come, one at a time; results are the same.
            town: Another place than the scenario's, such as a small one for tests.

        Raises:
            ScenarioError: The scenario has faults.
            ValueError: It is longer than waiting lists remember.
        """
        began = time.perf_counter()
        self.policy = read_scenario(scenario)
        self.weeks = week_of(self.policy.start, self.policy.end) + 1
        if self.weeks > LONGEST:
            raise ValueError(f"a run of {self.weeks} weeks is too long: at most {LONGEST}; end the scenario earlier")
        seed = self.policy.seed if rng is None else seed_of(rng)
        where = town or place(self.policy.place)
        world = build(where, seed)
        open_programmes(world, where, self.policy.programmes, self.policy.start)
        super().__init__(world, _with_defaults(agents), rng=seed, way=way, order=order)
        self.parameters = self.policy.parameters(SECTIONS)
        self.week: Week | None = None
        self.checked = False
        self.processes = weekly()
        self.timings: dict[str, float] = {p.name: 0.0 for p in self.processes}
        self._covers = _caretakers_by_landlord(world)
        self._outlook: Outlook | None = None
        self._prepare()
        self._settle()
        self.recorder = Recorder(world, self.weeks, self.policy.start, self.parameters)
        self.timings["seconds"] = 0.0
        self.timings["population_seconds"] = time.perf_counter() - began

    def _prepare(self) -> None:
        """Lend each process the columns it named, and tell the meeting who sits in it."""
        self._changes = list(self.parameters.dates)
        self._in_force: dict[str, Any] = {}
        self._plan: list[tuple[Process, Lent]] = []
        for process in self.processes:
            lent = self.world.lend(process.name, process.reads, process.writes, process.opens)
            self._plan.append((process, lent))
            if process.name == "decisions":
                process.institutions = {  # type: ignore[attr-defined]
                    cls.__mro__[1].__name__: [self.one(cls.__mro__[1], i) for i in range(len(self._table(cls)))]
                    for cls in INSTITUTIONS
                }

    def _table(self, cls: type) -> Any:
        return self.world.relations[cls.__mro__[1].__name__]

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        del state["_plan"]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._prepare()

    def _calendar(self, number: int) -> Week:
        day = date_of(self.policy.start, number)
        while self._changes and self._changes[0] <= day or not self._in_force:
            self._enforce(day)
        years = (day - BASE_YEAR).days / 365.25
        level = (1.0 + self._in_force["prices"].growth) ** years
        return Week(number, week_key(self.seed, number), week_key(self.seed, -1), day, level)

    def _enforce(self, day: date) -> None:
        self._changes = [d for d in self._changes if d > day]
        self._in_force = self.parameters.at(day)
        for process in self.processes:
            process.shared = {name: self._in_force[name] for name in process.shares}

    def _settle(self) -> None:
        """The week before the start: the population of week zero comes and is settled."""
        week = self._now = self._calendar(-1)
        with self.kernels():
            for process, lent in self._plan:
                if process.name in ("inflow", "moves"):
                    process.step(lent, week, self._in_force.get(process.name))
                    self.world.refresh(week.number)

    def step(self) -> None:
        """One week."""
        self._advance()

    def _advance(self) -> None:
        began = before = time.perf_counter()
        week = self._now = self._calendar(0 if self.week is None else self.week.number + 1)
        with self.kernels():
            for process, lent in self._plan:
                process.step(lent, week, self._in_force.get(process.name))
                if process.name == "moves":
                    self.world.refresh(week.number)
                now = time.perf_counter()
                self.timings[process.name] += now - before
                before = now
            self.recorder.record(self.world, week)
        if self.checked:
            check.check(self.world, week.number)
        self.week = week
        self.running = week.number + 1 < self.weeks
        now = time.perf_counter()
        self.timings["measure"] = self.timings.get("measure", 0.0) + now - before
        self.timings["seconds"] += now - began

    def run(self, until: date | None = None, on_week: Callable[[Week], None] | None = None) -> HousingFirstModel:
        """Run to a day, or to the end of the scenario, without Mesa's bookkeeping of each step.

        Args:
            until: Day whose week is the last; the scenario's end if left out.
            on_week: Called after each week, for progress.
        """
        last = self.weeks if until is None else min(self.weeks, week_of(self.policy.start, until) + 1)
        while (self.week.number + 1 if self.week else 0) < last:
            self._advance()
            if on_week is not None and self.week is not None:
                on_week(self.week)
        return self

    @property
    def today(self) -> date:
        """Monday of the last week that is over, or of the first week."""
        return self.week.day if self.week else monday(self.policy.start)

    def in_force(self, section: str) -> Any:
        """The parameters of a section that are in force."""
        return self._in_force[section]

    def citizen(self, row: int) -> Citizen:
        """The handle of a citizen."""
        return self.one(Citizen, row)  # type: ignore[no-any-return]

    def dwelling(self, row: int) -> Dwelling:
        """The handle of a dwelling."""
        return self.one(Dwelling, row)  # type: ignore[no-any-return]

    def housing_graph(self, dwellings: Iterable[int] | None = None) -> Any:
        """Who lives next to whom, among some dwellings or all, as a networkx graph."""
        return self._neighbours().as_networkx(dwellings)

    def housing_network(self, dwellings: Iterable[int] | None = None) -> Any:
        """The same as a Mesa `Network`, whose cells hold the citizens who live there at the moment."""
        return self._neighbours().as_mesa_network(self, dwellings)

    def _neighbours(self) -> NetworkView:
        network, homes = self.world.network, self.world.dwellings

        def tenant(row: int) -> list[Citizen]:
            who = int(homes.tenant[row])
            return [self.citizen(who)] if who >= 0 else []

        # dwellings built since know nobody yet, and have no place to be drawn
        new = homes.size - network.homes.nodes
        start = np.pad(network.homes.start, (0, new), mode="edge")
        position = np.pad(network.position, ((0, new), (0, 0)))
        return NetworkView(homes.size, start, network.homes.neighbour, position, tenant)

    def outlook(self) -> Outlook:
        """What municipalities see this week when they reckon: the law ahead, prices, their books."""
        if self._outlook is None or self._outlook.week.number != self._now.number:
            self._outlook = look_ahead(self.world, self.parameters, self._in_force, self._now)
        return self._outlook

    def caretaker_share(self, landlord_row: int) -> float:
        """Share of a landlord's dwellings that a caretaker in post covers."""
        at_work = self.world.social_caretakers.visits_per_week > 0.0
        return float(self._covers[landlord_row] @ at_work)


def _with_defaults(agents: Sequence[type]) -> list[type]:
    given = [cls for cls in INSTITUTIONS if not any(issubclass(a, cls.__mro__[1]) for a in agents)]
    return [*agents, *given]


def _caretakers_by_landlord(world: Any) -> Any:
    """Share of each landlord's dwellings in each caretaker's area."""
    d, n = world.dwellings, world.social_caretakers.size
    covers = np.zeros((world.landlords.size, n))
    keeper = world.estates.caretaker_row[d.estate_row]
    np.add.at(covers, (d.landlord_row[keeper >= 0], keeper[keeper >= 0]), 1.0)
    return covers / np.maximum(1.0, np.bincount(d.landlord_row, minlength=len(covers)))[:, None]


BUSY = {
    ("municipality", "housing_first_share"): 1.0,
    ("municipality", "allocation_share"): 0.9,
    ("municipality", "refers_after_weeks"): 0.0,
    ("municipality", "private_places"): 20.0,
    ("municipality", "workers_icm"): 5.0,
    ("fidelity", "organisation"): 1.0,
    ("fidelity", "mindshift"): 1.0,
    ("supply", "new_cheap"): 20.0,
    ("supply", "rent_cut"): 20.0,
    ("caretaker", "in_post"): 2.0,
}
"""Levers under which every kernel has something to do, even in a hamlet."""


@functools.cache
def warm() -> float:
    """Compile everything, or load it from the cache, by running a hamlet for some weeks.

    Returns:
        Seconds it took; asked again in one process, the same number at once.
    """
    from hfabm.population.hamlet import HAMLET

    began = time.perf_counter()
    changes = {key: ((date.min, value),) for key, value in BUSY.items()}
    scenario = Scenario(title="warm", place=PLACES[0], start=date(2023, 1, 2), end=date(2024, 6, 1), changes=changes)
    HousingFirstModel(scenario, rng=1, town=HAMLET).run()
    return time.perf_counter() - began
