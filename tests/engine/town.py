"""A small town of people, homes and owners, with rules, for the tests of the engine."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import exp
from typing import Any

import numpy as np

from hfabm.calendar import NEVER, Week
from hfabm.engine.agents import Row
from hfabm.engine.rule import rule
from hfabm.engine.table import Table, code, flag, integer, large, link, real
from hfabm.randomness import luck, question, week_key
from hfabm.units import Unit

MISS = question("town.miss")
STEEPNESS = 2.0


class Mood(IntEnum):
    CALM = 0
    WORRIED = 1
    UPSET = 4


class Owner(Row):
    patience = real(50.0, Unit.DKK, "Arrears before notice.")
    told = integer(0, Unit.COUNT, "Notices served.")

    def decide(self) -> str:
        return "wait"


class Person(Row):
    uid = large(0, Unit.IDENTITY, "Identity.")
    skills = real(0.5, Unit.SHARE, "Living skills.")
    mood = code(Mood.CALM, "Mood.")
    employed = flag("Has work.")
    home_row = integer(-1, Unit.ROW, "Home.")
    home = link("home_row", "Home")

    @property
    def ease(self) -> float:
        """How easily bills are paid."""
        return 1.0 / (1.0 + exp(-STEEPNESS * self.skills))

    def greet(self, word: str = "hej") -> str:
        return f"{word} {self.uid}"


class Home(Row):
    person_row = integer(-1, Unit.ROW, "Tenant.")
    person = link("person_row", "Person")
    owner_row = integer(-1, Unit.ROW, "Owner.")
    owner = link("owner_row", "Owner")
    rent = real(10.0, Unit.DKK_WEEK, "Rent.")
    arrears = real(0.0, Unit.DKK, "Owed.")
    misses = integer(0, Unit.COUNT, "Weeks missed.")
    notice_week = integer(NEVER, Unit.WEEK, "Notice.")
    history = integer(0, Unit.COUNT, "Digits of the last weeks.")

    @property
    def running(self) -> bool:
        return self.notice_week == NEVER

    @property
    def strained(self) -> bool:
        return self.running and self.person.ease < 0.75


@dataclass(frozen=True)
class Numbers:
    missed: float = 0.6
    worry: float = 20.0


@rule
def pay_rent(home: Home, week: Week, p: Numbers) -> None:
    """Owe a week's rent, or pay it back; too much owed brings notice."""
    if not home.running:
        return
    who = home.person
    chance = p.missed * (1.2 - who.ease)
    if home.strained or who.mood == Mood.UPSET:
        chance += 0.2
    if luck(week, MISS, who.uid) < chance:
        home.arrears += home.rent * week.price_level
        home.misses += 1
    else:
        home.arrears = max(0.0, home.arrears - 0.1 * home.rent)
    total = 0
    for digit in range(3):
        if digit == 1:
            continue
        total += home.misses // (digit + 1)
    home.history = total
    if home.arrears > home.owner.patience:
        home.notice_week = week.number


@rule
def feel(me: Person, week: Week, p: Numbers) -> None:
    if me.home_row < 0:
        return
    if not me.home.running:
        me.mood = Mood.UPSET
    elif me.home.arrears > p.worry:
        me.mood = Mood.WORRIED
    else:
        me.mood = Mood.CALM
    me.skills = min(1.0, me.skills + 0.01 * me.employed)


class Town:
    """A world as the engine sees it."""

    def __init__(self, people: int = 40) -> None:
        self.relations = {cls.__name__: Table(cls, 4) for cls in (Owner, Person, Home)}
        for table in self.relations.values():
            table.relations = self.relations
        rows = np.arange(people)
        self.drive: Any = None
        self.relations["Owner"].open(3, patience=[20.0, 40.0, 80.0])
        self.relations["Person"].open(
            people, uid=1000 + rows, skills=rows / people, employed=rows % 3 == 0, home_row=rows[::-1]
        )
        self.relations["Home"].open(people, person_row=rows[::-1], owner_row=rows % 3, rent=8.0 + rows % 5)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "drive": None}

    def columns(self) -> dict[str, bytes]:
        """Every bit of the town."""
        return {
            f"{kind}.{name}": getattr(table, name).tobytes()
            for kind, table in self.relations.items()
            for name in table.columns
        }


def week_of(number: int, seed: int = 7) -> Week:
    key, life = week_key(seed, number), week_key(seed, 10_000)
    return Week(number=number, key=key, life=life, day=date(2009, 1, 5), price_level=1.0 + number / 500)
