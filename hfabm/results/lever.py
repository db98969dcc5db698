"""Levers by which packages are made larger or smaller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hfabm.parameters.declare import BEGINNING, Declared, Sections, Value, declarations
from hfabm.parameters.faults import Fault, ScenarioError, Spot, suggestion
from hfabm.parameters.scenario import Key, Scenario, Steps
from hfabm.results.rules import changed, in_force, value_on

DIGITS = 4
"""Significant digits of a scaled value, so that what is printed is what was run."""


@dataclass(frozen=True)
class Lever:
    """What a package is made larger or smaller by.

    Attributes:
        declared: Its declaration.
        base: Values in force without the package, from the start on.
        package: Values in force with it.
    """

    declared: Declared
    base: Steps
    package: Steps

    @property
    def key(self) -> Key:
        """Section and name."""
        return self.declared.section, self.declared.name

    def at(self, scale: float) -> Steps:
        """The values at a scale: 0 is the base, 1 the package as written."""
        steps: list[tuple[date, Value]] = []
        for day, without, with_it in self.courses():
            value = self._rounded(without, with_it, scale)
            if not steps or steps[-1][1] != value:
                steps.append((day if steps else BEGINNING, value))
        return tuple(steps)

    @property
    def most(self) -> float:
        """The largest scale at which every value lies in the declared range."""
        d = self.declared
        rooms = [((d.high if b > a else d.low) - a) / (b - a) for _, a, b in self.courses() if a != b]
        return max(1.0, min(rooms))

    @property
    def grain(self) -> float:
        """A difference of scale too small to matter: a thousandth, or a quarter of a whole number."""
        widest = max(abs(b - a) for _, a, b in self.courses())
        return min(1e-3, 0.25 / widest) if self.declared.kind is int else 1e-3

    def courses(self) -> list[tuple[date, Value, Value]]:
        """Dates, and the values in force from them on without the package and with it."""
        days = sorted({day for day, _ in (*self.base, *self.package)})
        return [(day, value_on(self.base, day), value_on(self.package, day)) for day in days]

    def _rounded(self, without: Value, with_it: Value, scale: float) -> Value:
        if scale in (0.0, 1.0) or without == with_it:
            return with_it if scale else without
        d, value = self.declared, without + scale * (with_it - without)
        value = round(value) if d.kind is int else float(f"{value:.{DIGITS}g}")
        return d.kind(min(max(value, d.low), d.high))  # type: ignore[no-any-return]


def levers(
    base: Scenario, packages: Mapping[str, Scenario], by: Mapping[str, str], sections: Sections
) -> dict[str, Lever]:
    """The lever of each package, as it names it itself or as it is told.

    Args:
        base: What the packages are laid on.
        packages: The packages on it, by name.
        by: Keys to scale by, by name of the package; where it has none, its own `scales_by`.
        sections: Section name to the dataclass of its parameters.

    Raises:
        ScenarioError: A package names no lever, or one that cannot be its lever; all such faults.
    """
    found, faults = {}, []
    for name, package in packages.items():
        told = name in by
        spot = Spot(f"--by {name}={by[name]}" if told else str(package.path or package.title))
        lever = _lever(base, package, by[name] if told else package.scales_by, sections, spot)
        if isinstance(lever, Lever):
            found[name] = lever
        else:
            faults.append(lever)
    if faults:
        raise ScenarioError(faults)
    return found


def _lever(base: Scenario, package: Scenario, key: str, sections: Sections, spot: Spot) -> Lever | Fault:
    declared = {d.key: d for s, cls in sections.items() for d in declarations(s, cls)}
    keys = dict.fromkeys(change.key for change in changed(base, package, sections))
    moved = [k for k in keys if k in declared and _scales(declared[k])]
    hint = "Choose one that it moves: " + ", ".join(moved) + "." if moved else "It moves no number that can be scaled."
    if not key:
        what = f"'{package.title}' does not say by which lever it is made larger or smaller"
        return spot.fault("scales_by", what, f"Name it in the file, or with --by. {hint}")
    if key not in declared:
        return spot.fault(key, "there is no such parameter", suggestion(key, moved, "levers that it moves"))
    if not _scales(declared[key]):
        return spot.fault(key, "it is not a number that somebody sets, and cannot be scaled", hint)
    if key not in moved:
        return spot.fault(key, f"'{package.title}' does not change it", hint)
    return Lever(declared[key], in_force(base, declared[key]), in_force(package, declared[key]))


def _scales(declared: Declared) -> bool:
    return declared.dated and declared.kind is not bool
