"""What a package changes: the rules of one scenario against those of another, date by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hfabm.calendar import monday
from hfabm.parameters.declare import Declared, Sections, Value, declarations
from hfabm.parameters.faults import ScenarioError, Spot
from hfabm.parameters.scenario import Key, Scenario, Steps, course, overlay
from hfabm.units import Unit


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a package puts in the place of another, from a date on.

    Attributes:
        key: Section and name; `programmes.` and the name of a programme of the state, whose values are whether it is
            in force: if it is in both, its terms differ.
        day: First day of it.
        old: Value without the package.
        new: Value with it.
        unit: Unit of both.
        means: What the parameter is.
    """

    key: str
    day: date
    old: Value
    new: Value
    unit: str
    means: str

    def as_json(self) -> dict[str, Any]:
        """The parts, for programs and tables."""
        said = {"parameter": self.key, "from": self.day.isoformat(), "old": self.old, "new": self.new}
        return said | {"unit": self.unit, "means": self.means}


def changed(a: Scenario, b: Scenario, sections: Sections) -> tuple[Change, ...]:
    """Where the second scenario has other values than the first, and from when on.

    Args:
        a: The first.
        b: The second, of the same horizon.
        sections: Section name to the dataclass of its parameters.
    """
    found = []
    for key, declared in _declared(sections).items():
        if key in a.changes or key in b.changes:
            found += list(_between(declared, in_force(a, declared), in_force(b, declared)))
    return (*found, *_programmes(a, b))


def in_force(scenario: Scenario, declared: Declared) -> Steps:
    """The values of one parameter that are in force during a scenario."""
    own = scenario.changes.get((declared.section, declared.name), ())
    return course(overlay(declared.steps, own) if own else declared.steps, scenario.start, scenario.end)


def value_on(steps: Steps, day: date) -> Value:
    """The value in force on a day, of steps that begin no later."""
    return next(value for since, value in reversed(steps) if since <= day)


def same_horizon(a: Scenario, b: Scenario) -> None:
    """Make sure that two scenarios can be compared week by week.

    Raises:
        ScenarioError: They have another place, start or end.
    """
    faults = []
    for name in ("place", "start", "end"):
        mine, other = getattr(b, name), getattr(a, name)
        if mine != other:
            hint = f"Compare scenarios of the same {name}"
            hint += ", or cut both with --until." if name == "end" else "."
            spot = Spot(str(b.path or b.title))
            faults.append(spot.fault(name, f"{mine}, while that of {a.path or a.title} is {other}", hint))
    if faults:
        raise ScenarioError(faults)


def first_week(scenario: Scenario, day: date) -> int:
    """First week of a run that lies on or after a day: what is dated inside a week is in force from the next."""
    return max(0, -((monday(scenario.start) - day).days // 7)) if day > scenario.start else 0


def _programmes(a: Scenario, b: Scenario) -> Iterator[Change]:
    """Programmes that one of the two has, or that both have on other terms."""
    old, new = ({p.name: p for p in s.programmes if p.matters and p.first <= s.end} for s in (a, b))
    for name in dict.fromkeys((*old, *new)):
        both = [programmes[name] for programmes in (old, new) if name in programmes]
        if old.get(name) != new.get(name):
            day = max(a.start, min(programme.first for programme in both))
            yield Change(f"programmes.{name}", day, name in old, name in new, Unit.SWITCH.value, both[-1].title)


def _declared(sections: Sections) -> dict[Key, Declared]:
    return {(s, d.name): d for s, cls in sections.items() for d in declarations(s, cls)}


def _between(declared: Declared, a: Steps, b: Steps) -> Iterator[Change]:
    """Each day on which the pair of values becomes another, but for the first if they agree then."""
    before: tuple[Value, Value] | None = None
    for day in sorted({day for day, _ in (*a, *b)}):
        pair = value_on(a, day), value_on(b, day)
        agreed = before is None or before[0] == before[1]
        if pair != before and not (agreed and pair[0] == pair[1]):
            yield Change(declared.key, day, *pair, declared.unit.value, declared.means)
        before = pair
