"""Levers and uncertainties of a study file: packages, values or ranges of declared parameters."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hfabm.experiments.study import Choice, Factor
from hfabm.experiments.study_reader import StudyReader, file_of, names, share, yes
from hfabm.model import SCENARIOS
from hfabm.parameters.declare import Declared, Value, declarations
from hfabm.parameters.faults import ScenarioError, nearest, suggestion
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Key, Scenario
from hfabm.parameters.values import RefusedError, checked, day, plain, shown, words
from hfabm.population.places import PLACES
from hfabm.results.screening import assumptions_of
from hfabm.schedule import SECTIONS

DECLARED: Mapping[str, Declared] = {d.key: d for s, cls in SECTIONS.items() for d in declarations(s, cls)}
"""Every parameter by its dotted name."""
WITHIN = 0.5
"""Share of the way to the ends of its declared range by which an assumption of a group is moved."""


def levers_of(reader: StudyReader, base: Scenario, folder: Path) -> tuple[Factor, ...]:
    """The levers of a study file.

    Args:
        reader: The file.
        base: Its first scenario.
        folder: Where packages may lie.
    """
    found = []
    for name in reader.table("levers"):
        at = ("levers", name)
        if "packages" in reader.table(*at):
            found.append(_packages(reader, at, folder))
        else:
            found.append(_parameter(reader, at, base, ("from", "base")))
    levers = _whole(reader, found)
    _once(reader, "levers", levers, {})
    return levers


def uncertainties_of(reader: StudyReader, base: Scenario, levers: Sequence[Factor]) -> tuple[Factor, ...]:
    """The uncertainties of a study file; a group stands for many."""
    found: list[Factor | None] = []
    for name in reader.table("uncertainties"):
        at = ("uncertainties", name)
        if {"all", "sections"} & set(reader.table(*at)):
            found += _group(reader, at, base, levers)
        else:
            found.append(_parameter(reader, at, base, ()))
    told = _whole(reader, found)
    _once(reader, "uncertainties", told, varied_by(levers))
    return told


def varied_by(factors: Sequence[Factor]) -> dict[Key, str]:
    """The parameters that factors set themselves, and which factor sets each."""
    return {factor.key: factor.name for factor in factors if factor.key}


def _once(reader: StudyReader, table: str, factors: Sequence[Factor], varied: dict[Key, str]) -> None:
    """Faults of factors that set a parameter which another sets: the last would win, unseen."""
    for factor in factors:
        if factor.key and factor.key in varied:
            what = f"{'.'.join(factor.key)} is varied by '{varied[factor.key]}' already"
            reader.fault((table, factor.name), what, "Vary each parameter once.")
        varied |= varied_by([factor])


def column_factor(key: str) -> Factor:
    """A factor for a column of a table of parameter sets.

    Raises:
        RefusedError: No parameter is called so.
    """
    declared = _declared(key)
    return Factor(key, declared.means, declared.unit.value, key=(declared.section, declared.name))


def value_of(factor: Factor, raw: Any) -> Choice:
    """A choice of a factor that sets a parameter, as it stands in a list.

    Raises:
        RefusedError: The value is not one that the parameter may have, nor the label of a choice.
    """
    for choice in factor.choices:
        if choice.label == str(raw):
            return choice
    if factor.key is None:
        labels = [choice.label for choice in factor.choices]
        raise RefusedError(f"{shown(raw)} is no choice of '{factor.name}'", suggestion(str(raw), labels, "choices"))
    value = checked(DECLARED[".".join(factor.key)], raw)
    return Choice(plain(value), value=value)


def _whole(reader: StudyReader, found: Sequence[Factor | None]) -> tuple[Factor, ...]:
    return tuple(factor for factor in found if factor is not None)


def _packages(reader: StudyReader, at: tuple[str, str], folder: Path) -> Factor | None:
    told = reader.read({"means": words}, *at, tables=("packages",))
    choices = []
    for label, raw in reader.table(*at, "packages").items():
        listed = reader.tried((*at, "packages", label), names, raw) if raw != [] else ()
        if listed is None:
            continue
        paths = [reader.tried((*at, "packages", label), file_of, name, folder, SCENARIOS) for name in listed]
        choices.append(Choice(label, tuple(path for path in paths if path is not None)))
    if len(choices) < 2:
        reader.fault(
            (*at, "packages"), "a lever needs two choices or more", 'Name the base first, such as "as it is" = [].'
        )
        return None
    return Factor(at[1], told.get("means", ""), choices=tuple(choices))


def _parameter(reader: StudyReader, at: tuple[str, str], base: Scenario, more: Sequence[str]) -> Factor | None:
    """A factor that sets a parameter: to one of some values, or within a range."""
    table = reader.table(*at)
    if "parameter" not in table:
        hint = 'Write parameter = "section.name"' + (", or packages = { ... }." if more else ", or all = true.")
        reader.fault(at, f"'{at[1]}' says of no parameter", hint)
        return None
    declared = reader.tried((*at, "parameter"), _declared, table["parameter"])
    if declared is None:
        return None
    known: dict[str, Any] = {
        "parameter": words, "means": words, "values": lambda raw: _values(declared, raw),
        "low": lambda raw: checked(declared, raw), "high": lambda raw: checked(declared, raw),
    }  # fmt: skip
    known |= {"from": day, "base": lambda raw: checked(declared, raw)} if more else {}
    told = reader.read(known, *at)
    since = told.get("from")
    if since is not None:
        _dated(reader, (*at, "from"), declared, since, base)
    factor = Factor(
        at[1], told.get("means", declared.means), declared.unit.value, key=(declared.section, declared.name), day=since,
        whole=declared.kind is int, base=told.get("base"),
    )  # fmt: skip
    ends = [name for name in ("low", "high") if name in table]
    if "values" in table:
        if ends:
            reader.fault((*at, "values"), "values and a range", "Give one of the two.")
        if "base" in table:
            reader.fault((*at, "base"), "values and a base", "Leave it out: the first of the values is the base.")
        choices = tuple(Choice(plain(value), value=value) for value in told.get("values", ()))
        return dataclasses.replace(factor, choices=choices) if choices else None
    if len(ends) < 2:
        reader.fault(
            at, f"'{at[1]}' has neither values nor a range", "Write values = [...], or low = ... and high = ...."
        )
        return None
    if declared.kind is bool:
        reader.fault(at, f"{declared.key} is a switch and has no range", "Write values = [false, true].")
        return None
    if "low" not in told or "high" not in told:
        return None
    if told["low"] >= told["high"]:
        reader.fault((*at, "low"), f"{plain(told['low'])} is not below {plain(told['high'])}", "Choose a lower one.")
        return None
    return dataclasses.replace(factor, low=float(told["low"]), high=float(told["high"]))


def _dated(reader: StudyReader, keys: tuple[str, ...], declared: Declared, since: date, base: Scenario) -> None:
    if not declared.dated:
        what = f"{declared.key} is of the role '{declared.role}', and only levers and law change on a date"
        reader.fault(keys, what, "Leave `from` out.")
    elif not base.start <= since <= base.end:
        what = f"{since} lies outside the study, {base.start} to {base.end}"
        reader.fault(keys, what, "Choose a day within it.")


def _values(declared: Declared, raw: Any) -> tuple[Value, ...]:
    if not isinstance(raw, list) or len(raw) < 2:
        raise RefusedError(
            f"{shown(raw)} is no list of two values or more", "Write such as [0, 20, 50], the base first."
        )
    values = tuple(checked(declared, one) for one in raw)
    if len(set(values)) < len(values):
        raise RefusedError("a value stands there twice", "Leave one of the two out.")
    return values


def _declared(key: Any) -> Declared:
    if not isinstance(key, str) or key not in DECLARED:
        tail = str(key).rpartition(".")[2]
        others = [known for known in DECLARED if known.rpartition(".")[2] == tail]
        like = nearest(str(key), list(DECLARED)) or (others[0] if others else None)
        hint = f"Did you mean '{like}'?" if like else "`hfabm parameters` lists them."
        raise RefusedError(f"{shown(key)} is no parameter", hint)
    return DECLARED[key]


def _group(reader: StudyReader, at: tuple[str, str], base: Scenario, levers: Sequence[Factor]) -> Iterator[Factor]:
    """Every assumed uncertainty of some sections, but for what the levers set."""
    told = reader.read({"all": yes, "sections": names, "within": share, "means": words}, *at)
    wanted = SECTIONS if "all" in told else {}
    for place, section in enumerate(told.get("sections", ())):
        if section not in SECTIONS:
            hint = suggestion(section, list(SECTIONS), "sections")
            reader.fault((*at, "sections", place), f"'{section}' is no section", hint)
        else:
            wanted = {**wanted, section: SECTIONS[section]}
    left_out = set(_set_by(base, levers))
    for found in assumptions_of(base, base, wanted, told.get("within", WITHIN)):
        declared, low, high = found.declared, float(found.low), float(found.high)
        if declared.assumed and low < high and found.key not in left_out:
            factor = Factor(declared.key, declared.means, declared.unit.value, key=found.key, low=low, high=high)
            if declared.kind is bool:
                switched = tuple(Choice(plain(value), value=value) for value in (False, True))
                factor = dataclasses.replace(factor, choices=switched)
            yield dataclasses.replace(factor, whole=declared.kind is int)


def _set_by(base: Scenario, levers: Sequence[Factor]) -> Iterator[Key]:
    """The parameters that levers set, also those in packages."""
    for lever in levers:
        if lever.key:
            yield lever.key
        for choice in lever.choices:
            if choice.packages and base.path:
                try:
                    laid = load_scenario(base.path, SECTIONS, PLACES, packages=choice.packages, until=base.end)
                except ScenarioError:  # told elsewhere
                    continue
                yield from (key for key, steps in laid.changes.items() if steps != base.changes.get(key))
