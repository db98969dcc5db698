"""The parameters for people: a table of all, what rests on evidence, where each value came from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from hfabm.parameters.declare import BEGINNING, Declared, Role, Sections, Value, declarations
from hfabm.parameters.scenario import Key, Origin, Scenario, Steps, course, overlay
from hfabm.parameters.values import plain

COLUMNS = ("key", "value", "unit", "range", "role", "source", "means")
"""The columns of the printed tables."""

BEHAVIOUR: Mapping[str, str] = {
    "needs": "citizens: how illness, use, skills and ties come and go",
    "income": "citizens: how work is found and lost, and debt paid",
    "shelter": "homeless citizens: where they go from week to week",
    "moves": "citizens without a home: whom they turn to first",
    "letting": "citizens and ordinary applicants: how they search, and give up",
    "arrears": "tenants: when they miss rent and pay it back",
    "disturbance": "tenants and neighbours: crises, and complaints about them",
    "breakdown": "tenants: when they give a home up",
    "landlord": "landlords: whom they accept, and when they serve notice",
    "experience": "landlords: what they learn from tenants",
    "eviction": "landlords, courts and whoever settles a notice",
    "caretaker": "social caretakers: whom they attend, and when",
    "caretaking": "social caretakers: what their visits do",
    "team": "support teams: whom they take",
    "staffing": "support teams: how they hire, and lose people",
    "support": "support teams: what reaches the citizen, and for how long",
    "fidelity": "municipality and partners: how the method is taken up, and wears",
    "referral": "municipality: how long people wait to be referred",
    "allocation": "municipality, landlords and citizens: who is offered a home and takes it",
    "staircase": "municipality: how often the next step is considered",
    "incentives": "municipalities: what they weigh when money talks",
    "beds": "providers of shelters: what they do when prices are cut",
}
"""Sections whose uncertainties say how people and institutions behave, and whose behaviour it is."""

NOT_BEHAVIOUR: Mapping[str, str] = {
    "inflow": "population: who comes, and with what needs",
    "exits": "population: who dies, moves away, or is no longer at risk",
    "vacancy": "the stock of dwellings: how many fall vacant",
    "supply": "the stock of dwellings: how many are built and lost",
    "prices": "what things cost",
    "observation": "measuring: whom a count sees",
    "valuation": "measuring: how later money is weighed",
}
"""Sections with uncertainties of another kind, and of which."""


class Explained(NamedTuple):
    """A value in force from a day on, and where it came from."""

    key: str
    day: date
    value: Value | str | date
    unit: str
    where: str


def rows(sections: Sections) -> list[dict[str, Any]]:
    """One row for every parameter, ready for JSON."""
    return [_row(declared) for declared in _all(sections)]


def share_assumed(sections: Sections) -> dict[str, dict[str, float]]:
    """How many parameters rest on no evidence: of all (`overall`), and of each role that occurs."""
    groups = {"overall": list(_all(sections))}
    for role in Role:
        members = [d for d in groups["overall"] if d.role is role]
        if members:
            groups[role.value] = members
    return {
        name: {
            "assumed": sum(d.assumed for d in members),
            "parameters": len(members),
            "share": round(sum(d.assumed for d in members) / len(members), 4) if members else 0.0,
        }
        for name, members in groups.items()
    }


def behavioural(sections: Sections) -> list[Declared]:
    """The numbers that say how people and institutions behave: uncertainties of the sections in `BEHAVIOUR`.

    Levers, law, and what is known well enough to be a constant are no assumptions about behaviour.
    """
    return [d for d in _all(sections) if d.section in BEHAVIOUR and d.role is Role.UNCERTAINTY]


def share_of_behaviour(sections: Sections) -> dict[str, float]:
    """How many of the numbers about behaviour rest on evidence; the share is 0 where there are none."""
    numbers = behavioural(sections)
    evidence = sum(not d.assumed for d in numbers)
    share = round(evidence / len(numbers), 4) if numbers else 0.0
    return {"evidence": evidence, "parameters": len(numbers), "share": share}


def behaviour_in_words(share: Mapping[str, float]) -> str:
    """The share of numbers about behaviour that rest on evidence, in one line."""
    if not share["parameters"]:
        return "Behaviour: none of these numbers is about behaviour."
    numbers = f"{share['evidence']:.0f} of {share['parameters']:.0f} numbers ({share['share'] * 100:.0f} %)"
    return f"Behaviour: {numbers} rest on evidence, the rest is assumed."


def in_words(share: Mapping[str, Mapping[str, float]]) -> str:
    """The share that is assumed, in one line."""
    parts = [f"{name} {s['assumed']:.0f} of {s['parameters']:.0f}" for name, s in share.items()]
    return f"Assumed: {share['overall']['share']:.0%} of all parameters ({', '.join(parts)})."


def table(sections: Sections) -> list[tuple[str, ...]]:
    """The cells of the printed tables, without the heading."""
    return [tuple(str(row[column]) for column in COLUMNS) for row in map(_worded, _all(sections))]


def as_markdown(sections: Sections) -> str:
    """The table of all parameters, the share that is assumed, and that of behaviour, as Markdown."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
    for cells in table(sections):
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    behaviour = behaviour_in_words(share_of_behaviour(sections))
    return "\n".join([*lines, "", in_words(share_assumed(sections)), "", behaviour]) + "\n"


def explain(scenario: Scenario, sections: Sections) -> list[Explained]:
    """Every value in force during a scenario, from when on, and the file and line that it came from."""
    found = []
    for name in ("title", "place", "start", "end", "seed", "seeds"):
        where = _where(scenario, ("", name), scenario.start, "default")
        found.append(Explained(name, scenario.start, getattr(scenario, name), "", where))
    for declared in _all(sections):
        key = (declared.section, declared.name)
        changes = scenario.changes.get(key, ())
        steps = overlay(declared.steps, changes) if changes else declared.steps
        for day, value in course(steps, scenario.start, scenario.end):
            where = _where(scenario, key, day, f"declared in {declared.section}")
            found.append(Explained(declared.key, day, value, declared.unit.value, where))
    return found


def _where(scenario: Scenario, key: Key, day: date, otherwise: str) -> str:
    """Where the latest step up to a day was set."""
    past: list[Origin] = [o for o in scenario.origins.get(key, ()) if o.day <= day]
    return past[-1].where if past else otherwise


def _all(sections: Sections) -> Iterator[Declared]:
    for section, cls in sections.items():
        yield from declarations(section, cls)


def _row(declared: Declared) -> dict[str, Any]:
    return {
        "key": declared.key,
        "section": declared.section,
        "name": declared.name,
        "value": declared.steps[-1][1],
        "steps": [{"from": _from(day), "value": value} for day, value in declared.steps],
        "kind": declared.kind.__name__,
        "unit": declared.unit.value,
        "low": declared.low if math.isfinite(declared.low) else None,
        "high": declared.high if math.isfinite(declared.high) else None,
        "role": declared.role.value,
        "dated": declared.dated,
        "source": declared.source,
        "assumed": declared.assumed,
        "price_year": declared.price_year or None,
        "means": declared.means,
    }


def _from(day: date) -> str | None:
    return None if day == BEGINNING else day.isoformat()


def _worded(declared: Declared) -> dict[str, str]:
    """The cells of one parameter in words."""
    prices = f" ({declared.price_year} prices)" if declared.price_year else ""
    limits = "" if declared.kind is bool else f"{plain(declared.low)} to {plain(declared.high)}"
    return {
        "key": declared.key,
        "value": worded(declared.steps),
        "unit": declared.unit.value + prices,
        "range": limits,
        "role": declared.role.value,
        "source": declared.source,
        "means": declared.means,
    }


def worded(steps: Steps) -> str:
    """Values and dates in a few words: `90; 120 from 2023-10-01`."""
    return "; ".join(plain(v) if d == BEGINNING else f"{plain(v)} from {d}" for d, v in steps)
