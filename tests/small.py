"""Small worlds and short runs, shared by tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from hfabm.calendar import Week, date_of
from hfabm.model import HousingFirstModel
from hfabm.parameters.scenario import Scenario
from hfabm.population.hamlet import HAMLET, hamlet
from hfabm.population.places import Place
from hfabm.randomness import week_key
from hfabm.schedule import SECTIONS
from hfabm.state.codes import NOBODY, OTHER, Housing, Sector, SupportMethod, TenancyStart
from hfabm.state.ledger import Ledger
from hfabm.state.network import HousingNetwork, Links
from hfabm.state.world import Lent, World

SCENARIOS = ("odense", "odense_staircase", "odense_homes_without_support", "odense_support_without_homes")
START = date(2009, 1, 5)


def scenario(changes: Mapping[tuple[str, str], Any] | None = None, end: date = date(2024, 12, 31)) -> Scenario:
    """A scenario with some changes and nothing else."""
    bare = Scenario(title="test", place="odense", start=START, end=end, seed=1)
    return bare.with_changes(changes or {})


def model(given: Any = "odense", seed: int = 1, town: Place = HAMLET, **more: Any) -> HousingFirstModel:
    """A model of the hamlet."""
    return HousingFirstModel(given, rng=seed, town=town, **more)


def after(weeks: int, given: Any = "odense", seed: int = 1, town: Place = HAMLET, **more: Any) -> HousingFirstModel:
    """A model of the hamlet some weeks on."""
    ran = model(given, seed, town, **more)
    return ran.run(date_of(ran.policy.start, weeks - 1)) if weeks else ran


def side_by_side(*codes: int) -> Place:
    """Hamlets that differ in their number alone."""
    return Place("Hamlets", tuple(hamlet(f"Hamlet {code}", code) for code in codes))


def columns(world: World) -> dict[str, np.ndarray]:
    """A copy of every column of every table, and the ledger."""
    found = {
        f"{kind}.{name}": getattr(table, name).copy()
        for kind, table in world.relations.items()
        for name in table.columns
    }
    return {**found, "ledger": world.ledger.book.copy()}


def differing(one: World | dict[str, np.ndarray], other: World | dict[str, np.ndarray]) -> list[str]:
    """Columns that differ in any bit or in length."""
    a, b = (each if isinstance(each, dict) else columns(each) for each in (one, other))
    return [name for name in a if a[name].shape != b[name].shape or a[name].tobytes() != b[name].tobytes()]


def week(number: int = 10, seed: int = 1, price_level: float = 1.0) -> Week:
    """A week as a rule sees it."""
    return Week(number, week_key(seed, number), week_key(seed, -1), date_of(START, number), price_level)


class Tiny:
    """A world of one municipality and as many rows as a test needs: everything is set by hand.

    One landlord, one estate with one caretaker area, one team of each method, no beds until they are added.
    """

    def __init__(self, dwellings: int = 1, beds: Mapping[Housing, int] | None = None, landlords: int = 1) -> None:
        self.world = world = World(seed=1)
        world.municipalities.open(1, code=1, adults=1000)
        world.landlords.open(landlords, municipality_row=0, social=True, accepts=1.0, dwellings=dwellings)
        world.social_caretakers.open(1, municipality_row=0, by_municipality=True, visits_per_week=0.0)
        world.estates.open(1, municipality_row=0, landlord_row=0, dwellings=dwellings, caretaker_row=0)
        for method in list(SupportMethod)[1:]:
            world.teams.open(1, municipality_row=0, method=method)
        for kind, places in (beds or {}).items():
            self.shelter(kind, places)
        if dwellings:
            self.dwellings(dwellings)
        world.ledger = Ledger(1)
        alone = Links(np.zeros(dwellings + 1, np.int32), np.zeros(0, np.int32))
        world.network = HousingNetwork(homes=alone)

    def shelter(self, kind: Housing, places: int, **more: Any) -> int:
        """A place with beds; returns its row."""
        first = {"kind": kind, "places": places, "beds": places, "municipality_row": 0, **more}
        return self.world.shelters.open(1, **first).start

    def dwellings(self, count: int, **more: Any) -> range:
        """Dwellings of ordinary tenants, at 3,000 kr. a month; returns their rows."""
        first = {
            "municipality_row": 0, "estate_row": 0, "landlord_row": 0, "sector": Sector.SOCIAL_FAMILY,
            "rent_dkk_month": 3000.0, "tenant": OTHER, **more,
        }  # fmt: skip
        return self.world.dwellings.open(count, **first)

    def vacate(self, home: int, since: int) -> None:
        """Empty a dwelling."""
        self.world.dwellings.tenant[home] = NOBODY
        self.world.dwellings.vacant_since_week[home] = since

    def citizen(self, housing: Housing = Housing.STREET, **more: Any) -> int:
        """A man of 40 without needs, homeless since week 0 unless told otherwise; returns his row."""
        homeless = housing not in (Housing.OWN_HOME, Housing.INSTITUTION, Housing.GONE, Housing.ARRIVING)
        first = {
            "uid": 1000 + self.world.citizens.size, "municipality_row": 0, "birth_week": -2087, "housing": housing,
            "housing_since_week": 0, "income_dkk_month": 8000.0, **({"homeless_since_week": 0} if homeless else {}),
            **more,
        }  # fmt: skip
        return self.world.citizens.open(1, **first).start

    def tenant(self, home: int = 0, start: int = 0, how: TenancyStart = TenancyStart.OWN_SEARCH, **more: Any) -> int:
        """A citizen in a dwelling; returns the citizen's row, which is the tenancy's too if all are tenants."""
        who = self.citizen(Housing.OWN_HOME, **more)
        c = self.world.citizens
        tenancy = self.world.tenancies.open(
            1, citizen_row=who, citizen_uid=c.uid[who], municipality_row=0, dwelling_row=home,
            landlord_row=self.world.dwellings.landlord_row[home], start_week=start, how=how,
        ).start  # fmt: skip
        c.tenancy_row[who] = tenancy
        self.world.dwellings.tenant[home] = who
        return who

    def resident(self, shelter: int = 0, **more: Any) -> int:
        """A citizen in a bed since week 0; returns the citizen's row."""
        s = self.world.shelters
        who = self.citizen(Housing(int(s.kind[shelter])), shelter_row=shelter, **more)
        stay = self.world.shelter_stays.open(
            1, citizen_row=who, citizen_uid=self.world.citizens.uid[who], shelter_row=shelter, kind=s.kind[shelter],
            first_week=0,
        ).start  # fmt: skip
        self.world.citizens.stay_row[who] = stay
        s.residents[shelter] += 1
        return who

    def run(self, process: type, when: Week | None = None, shared: Mapping[str, Any] | None = None, **p: Any) -> None:
        """One step of a process, with some parameters of its own and the rest as declared."""
        made = process()
        made.shared = {name: SECTIONS[name]() for name in made.shares} | dict(shared or {})
        made.step(self.lend(made), when or week(), process.parameters(**p))

    def lend(self, process: Any) -> Lent:
        """The world as a process sees it, with every row alive."""
        self.world.vacant = np.flatnonzero(self.world.dwellings.tenant == NOBODY)
        return self.world.lend(process.name, process.reads, process.writes, process.opens)


@cache
def lucky(asked: int, uid: int, low: float, high: float, first: int = 10) -> int:
    """The first week, from `first` on, in which somebody's luck in a question lies between two numbers."""
    from hfabm.randomness import uniform

    return next(n for n in range(first, first + 10**6) if low <= uniform(week_key(1, n), asked, uid) < high)
