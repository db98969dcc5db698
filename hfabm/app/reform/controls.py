"""Controls made from what is declared: every lever and every rule of law, in the group where one looks for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hfabm.evidence import Evidence, cite, register
from hfabm.language import NARROW, Language, has, number, say
from hfabm.parameters.declare import Declared, Role, Sections, Value, declarations
from hfabm.parameters.scenario import Key
from hfabm.schedule import SECTIONS
from hfabm.units import Unit

PERCENT = (Unit.SHARE, Unit.PROBABILITY, Unit.PER_WEEK, Unit.PER_YEAR)
"""Units that are shown and set in per cent."""
BARE = (Unit.COUNT, Unit.CODE, Unit.SWITCH)
"""Units that are not said after a number."""
LEAST_STEP: Mapping[Unit, float] = {
    Unit.WORKERS: 0.5,
    **dict.fromkeys((Unit.WEEKS, Unit.MONTHS, Unit.DAYS, Unit.PERSONS, Unit.DWELLINGS_PER_YEAR), 1.0),
}
"""Steps of a slider that are fine enough, as shown."""
CODES: Mapping[str, int] = {"allocation.order": 6}
"""Levers that stand for one of several words, and how many there are."""


class Group(StrEnum):
    """Where a lever stands on the page."""

    INCENTIVES = "incentives"
    HOMES = "homes"
    SUPPORT = "support"
    PRACTICE = "practice"


class Grade(StrEnum):
    """What a value rests on."""

    LAW = "law"
    EVIDENCE = "evidence"
    ASSUMED = "assumed"


OF_SECTION: Mapping[str, Group] = {
    **dict.fromkeys(("refund_law", "central_refund", "prices", "income"), Group.INCENTIVES),
    **dict.fromkeys(("supply", "allocation", "housing_law", "beds"), Group.HOMES),
    **dict.fromkeys(("team", "caretaker", "fidelity", "needs"), Group.SUPPORT),
}
"""Groups by section; what is of no other is practice."""
OF_KEY: Mapping[str, Group] = {
    **dict.fromkeys(("municipality.commitment",), Group.INCENTIVES),
    **dict.fromkeys(
        (
            "municipality.allocation_share", "municipality.guarantee_weeks", "municipality.rent_guarantee",
            "municipality.guarantee_cap", "municipality.private_places", "municipality.private_premium",
            "income.rent_subsidy", "income.housing_benefit",
        ),
        Group.HOMES,
    ),
    **dict.fromkeys(
        (
            "municipality.workers_act", "municipality.workers_icm", "municipality.workers_cti",
            "municipality.workers_ordinary", "municipality.support_cut_month",
        ),
        Group.SUPPORT,
    ),
    "allocation.order": Group.PRACTICE,
}  # fmt: skip
"""Groups of levers that do not stand where their section does."""
ASKED: Mapping[Group, tuple[str, ...]] = {
    Group.INCENTIVES: (
        "refund_law.shelter_days", "refund_law.rate_beyond", "refund_law.support_days", "refund_law.after_shelter_only",
        "refund_law.rate", "refund_law.bonus_year_1", "municipality.commitment",
    ),
    Group.HOMES: (
        "municipality.allocation_share", "supply.new_cheap", "supply.rent_cut", "municipality.private_places",
        "municipality.guarantee_weeks", "municipality.rent_guarantee", "income.rent_subsidy",
    ),
    Group.SUPPORT: (
        "municipality.workers_act", "municipality.workers_icm", "municipality.workers_cti", "team.takes_up_to",
        "fidelity.individual_support", "caretaker.in_post",
    ),
    Group.PRACTICE: (
        "municipality.housing_first_share", "allocation.order", "referral.chances", "municipality.refers_after_weeks",
        "municipality.prevention", "landlord.patience_social",
    ),
}  # fmt: skip
"""What is asked for most, first; the rest of a group stands behind it."""


@dataclass(frozen=True)
class Control:
    """A lever or a rule of law, as it is set on the page.

    Attributes:
        declared: What is known of it.
        group: Where it stands.
    """

    declared: Declared
    group: Group

    @property
    def key(self) -> Key:
        """Section and name."""
        return self.declared.section, self.declared.name

    @property
    def dotted(self) -> str:
        """Section and name as in a file."""
        return self.declared.key

    @property
    def asked(self) -> bool:
        """Is it one of those asked for most?"""
        return self.dotted in ASKED[self.group]

    @property
    def grade(self) -> Grade:
        """What its declared value rests on."""
        if self.declared.role is Role.LAW and not self.declared.assumed:
            return Grade.LAW
        return Grade.ASSUMED if self.declared.assumed else Grade.EVIDENCE

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """Rows of the evidence register that it rests on."""
        return tuple(cite(id) for id in self.declared.source.split() if id in register())

    @property
    def scale(self) -> float:
        """What a value is multiplied by where it is shown."""
        return 100.0 if self.declared.unit in PERCENT else 1.0

    @property
    def low(self) -> float:
        """Smallest value, as shown."""
        return self.declared.low * self.scale

    @property
    def high(self) -> float:
        """Largest value, as shown."""
        return self.declared.high * self.scale

    def name(self, language: Language) -> str:
        """What it is called; its key where it has no name yet."""
        key = f"parameters.{self.dotted}"
        return say(key, language) if has(key) else self.dotted

    def means(self, language: Language) -> str:
        """What it stands for, in a sentence."""
        key = f"parameters.{self.dotted}.means"
        return say(key, language) if has(key) else self.declared.means

    def unit(self, language: Language) -> str:
        """What stands behind its number."""
        unit = self.declared.unit
        word = f"units.{unit.value}"
        if unit in (Unit.SHARE, Unit.PROBABILITY):
            return "%"
        if unit in BARE:
            return ""
        said = say(word, language) if has(word) else unit.value
        return f"% {said}" if unit in PERCENT else said

    def said(self, value: Value, language: Language) -> str:
        """A value in words, with its unit."""
        if self.declared.kind is bool:
            return say("reform.on" if value else "reform.off", language)
        if self.dotted in CODES:
            return choice(self.dotted, int(value), language)
        shown = round(value * self.scale, 6)
        digits = next(n for n in range(7) if round(shown, n) == shown)
        return NARROW.join(filter(None, (number(shown, language, digits), self.unit(language))))

    def limits(self, language: Language) -> str:
        """Its range in words."""
        least, most = (self.value_of(limit) for limit in (self.low, self.high))
        low = self.said(least, language).removesuffix(NARROW + self.unit(language))
        return say("reform.range", language, low=low, high=self.said(most, language))

    def slider(self, *values: Value) -> tuple[float, float, float]:
        """Smallest and largest value and step of its slider, as shown.

        What is declared is often far wider than what anybody sets; typing reaches the whole of it.

        Args:
            *values: Values that it must hold, the one of today first.
        """
        today = values[0] * self.scale
        most = self.high if self._narrow(today) else 4.0 * today or self.high / 5.0
        most = min(self.high, max(_round_up(most), *(value * self.scale for value in values)))
        fine = 10.0 ** math.floor(math.log10(max(most - self.low, 1e-6) / 40.0))
        step = max(fine, LEAST_STEP.get(self.declared.unit, 1.0 if self.declared.kind is int else 0.0))
        least = math.ceil(self.low / step - 1e-9) * step
        return min(least, *(value * self.scale for value in values)), most, step

    def _narrow(self, today: float) -> bool:
        """Is all of what is declared of a size that a slider can show?"""
        rate = self.declared.unit in (Unit.PER_WEEK, Unit.PER_YEAR)
        near = self.scale > 1 or self.declared.kind is int or not today or self.high < 10.0 * today
        return near and not rate and self.high - self.low <= 400

    def value_of(self, shown: float) -> Value:
        """The value that something shown stands for."""
        value = round(shown / self.scale, 10)
        return int(round(value)) if self.declared.kind is int else value


def choice(dotted: str, value: int, language: Language) -> str:
    """A code in words."""
    key = f"reform.{dotted}.{value}"
    return say(key, language) if has(key) else str(value)


def group_of(declared: Declared) -> Group:
    """Where a lever stands: a new one where its section does, or under practice."""
    return OF_KEY.get(declared.key) or OF_SECTION.get(declared.section, Group.PRACTICE)


@cache
def controls() -> Mapping[Key, Control]:
    """All of them, by section and name, each group with what is asked for most first."""
    return {control.key: control for control in made_from(SECTIONS)}


def made_from(sections: Sections) -> tuple[Control, ...]:
    """The controls of sections of parameters, by group; what is asked for most stands first."""
    found = [
        Control(declared, group_of(declared))
        for section, parameters in sections.items()
        for declared in declarations(section, parameters)
        if declared.dated
    ]
    return tuple(sorted(found, key=_place))


def sought(words: str) -> tuple[Control, ...]:
    """Levers in whose name, meaning or key, in either language, all of the words stand."""
    wanted = words.casefold().split()
    return tuple(control for control in controls().values() if all(word in _text(control) for word in wanted))


@cache
def _text(control: Control) -> str:
    parts = [control.dotted, *(say_(language) for language in Language for say_ in (control.name, control.means))]
    return " ".join(parts).casefold()


def _place(control: Control) -> tuple[int, int]:
    asked = ASKED[control.group]
    return list(Group).index(control.group), asked.index(control.dotted) if control.asked else len(asked)


def _round_up(most: float) -> float:
    """The next round number: 1, 1.5, 2, 3, 4, 5, 6, 8 or 10 times a power of ten."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(round(lead * power, 9) for lead in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if lead * power >= most * (1 - 1e-9))
