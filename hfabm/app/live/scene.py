"""The scene that stories are told from: the model, what was noted, the map; and the names of everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import SupportsInt

from hfabm.app.live.chronicle import Chronicle
from hfabm.app.live.names import Kind
from hfabm.app.live.story import Event, Line, Reference, Value
from hfabm.app.live.town import TownPlan, numbered
from hfabm.calendar import date_of
from hfabm.engine.table import Table
from hfabm.model import HousingFirstModel
from hfabm.state.codes import Housing, SupportMethod
from hfabm.state.world import World

ORDER = (
    "arrived", "lost", "left", "stay_ended", "case_ended", "visited", "complaint", "notice", "settled", "prevented",
    "referral_closed", "referred", "stay", "stays", "moved_in", "case",
)  # fmt: skip
"""What comes first of what happens in one week."""


@dataclass(frozen=True)
class Scene:
    """Everything a story is told from."""

    model: HousingFirstModel
    chronicle: Chronicle
    plan: TownPlan

    @property
    def world(self) -> World:
        """What is true."""
        return self.model.world

    @property
    def week(self) -> int:
        """Number of the last week that is over; -1 before the first."""
        return -1 if self.model.week is None else self.model.week.number

    def on(self, week: int) -> date:
        """Monday of a week."""
        return date_of(self.model.policy.start, week)

    def event(self, week: int, line: Line) -> Event:
        """Something that happened in a week."""
        return Event(week, self.on(week), line)

    def table(self, kind: Kind) -> Table:
        """The table of a kind of thing."""
        world = self.world
        tables: dict[Kind, Table] = {
            Kind.CITIZEN: world.citizens,
            Kind.DWELLING: world.dwellings,
            Kind.ESTATE: world.estates,
            Kind.LANDLORD: world.landlords,
            Kind.CARETAKER: world.social_caretakers,
            Kind.TEAM: world.teams,
            Kind.SHELTER: world.shelters,
            Kind.MUNICIPALITY: world.municipalities,
        }
        return tables[kind]

    def numbers(self, kind: Kind) -> list[int]:
        """The numbers that go with the names of a kind, by row; citizens and dwellings have their row."""
        if kind is Kind.ESTATE:
            return [estate.number for estate in self.plan.estates if estate.row >= 0]
        if kind is Kind.LANDLORD:
            return [owner.number for owner in self.plan.landlords]
        if kind is Kind.TEAM:
            return numbered(self.world.teams.method)
        if kind is Kind.SHELTER:
            return numbered(self.world.shelters.kind)
        return list(range(1, self.table(kind).size + 1))

    def name(self, kind: Kind, row: int) -> Line:
        """The name of somebody or something."""
        if kind is Kind.MUNICIPALITY:
            return Line("name_municipality", {"name": self.plan.municipalities[row]})
        if kind in (Kind.CITIZEN, Kind.DWELLING):
            return Line(f"name_{kind}", {"number": str(row)})
        number: dict[str, Value] = {"number": str(self.numbers(kind)[row])}
        if kind is Kind.LANDLORD:
            return Line("name_organisation" if self.plan.landlords[row].social else "name_owner", number)
        if kind is Kind.TEAM:
            return Line("name_team", {"method": word(SupportMethod, int(self.world.teams.method[row])), **number})
        if kind is Kind.SHELTER:
            return Line(f"name_{Housing(int(self.world.shelters.kind[row])).name.lower()}", number)
        return Line(f"name_{kind}", number)

    def within(self, kind: Kind, row: int) -> Line:
        """The name of a home or a landlord within a sentence."""
        line = self.name(kind, row)
        return Line(line.key.replace("name_", "within_"), line.values)

    def see(self, *others: tuple[Kind, SupportsInt]) -> tuple[Reference, ...]:
        """References to those that exist, each once."""
        found = dict.fromkeys((kind, int(row)) for kind, row in others if int(row) >= 0)
        return tuple(Reference(kind, row, self.name(kind, row)) for kind, row in found)


def word(codes: type[IntEnum], code: int) -> Line:
    """The label of a code."""
    return Line(f"codes.{codes.__name__}.{codes(code).name}")


def in_order(events: Iterable[tuple[str, Event]]) -> tuple[Event, ...]:
    """Events by week, and within a week in the order of what they are."""
    ranked = sorted(events, key=lambda told: (told[1].week, ORDER.index(told[0])))
    return tuple(event for _, event in ranked)
