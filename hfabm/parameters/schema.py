"""A JSON Schema of scenario files, for editors: completion, units, ranges and meanings while one types."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from hfabm.evidence import municipalities
from hfabm.parameters.declare import Declared, Sections, declarations
from hfabm.parameters.programmes import DECLARED
from hfabm.parameters.values import MOST_SEEDS, plain

Schema = dict[str, Any]


def json_schema(sections: Sections, places: Sequence[str]) -> Schema:
    """The schema, of draft 2020-12.

    Args:
        sections: Section name to the dataclass of its parameters.
        places: Names of the known municipalities.
    """
    properties = _header(places) | _programmes()
    for section, cls in sections.items():
        properties[section] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {d.name: _parameter(d) for d in declarations(section, cls)},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hfabm scenario",
        "description": "Changes of parameters, a place, a horizon and seeds; or, without these, a package.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _header(places: Sequence[str]) -> Schema:
    file = {"type": "string", "minLength": 1}
    return {
        "title": {"type": "string", "pattern": r"\S", "description": "One line for tables and figures."},
        "description": {"type": "string", "pattern": r"\S", "description": "What the scenario stands for."},
        "hypothesis": {"type": "string", "pattern": r"\S", "description": "What is expected of it, in one sentence."},
        "source": {
            "type": "string",
            "pattern": r"\S",
            "description": "Where it comes from: ids of the evidence register, and words; or assumed.",
        },
        "scales_by": {
            "type": "string",
            "pattern": r"^\w+\.\w+$",
            "description": "Lever, as section.name, by which it can be made larger or smaller; it must change it.",
        },
        "pays_for_plan": {
            "type": "array",
            "items": file,
            "description": "Programmes whose grant pays for posts that the scenario states, and adds none.",
        },
        "place": {"enum": list(places), "description": "The municipality."},
        "start": {"type": "string", "format": "date", "description": "First day."},
        "end": {"type": "string", "format": "date", "description": "Last day."},
        "seed": {"type": "integer", "minimum": 0, "default": 1, "description": "Seed of the first run."},
        "seeds": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_SEEDS,
            "default": 1,
            "description": "How many replications are suggested.",
        },
        "extends": {
            "anyOf": [file, {"type": "array", "items": file}],
            "description": "A file, or a list of files, that this one stands on; relative to this file.",
        },
        "include": {
            "anyOf": [file, {"type": "array", "items": file}],
            "description": "Packages, such as programmes and reforms, on what it stands on; relative to this file.",
        },
    }


def _programmes() -> Schema:
    """The tables about programmes of the state, and who takes part."""
    day = {"type": "string", "format": "date"}
    words = {"type": "string", "pattern": r"\S"}
    some = {"type": "array", "uniqueItems": True, "items": {"enum": list(municipalities())}}
    own: Schema = {
        "from": day | {"description": "First day."},
        "to": day | {"description": "Last day; left out by an act that has no end."},
        "named": some | {"description": "Municipalities of which the evidence says that they took part."},
        "not_taking_part": some | {"description": "Municipalities that are known not to have taken part."},
        "not_named": words | {"description": "What is known of those that are not named."},
        "note": words | {"description": "What is known of the programme, and what is not."},
    } | {name: _parameter(declared) for name, declared in DECLARED.items()}
    inside = {
        "title": words | {"description": "One line for tables and figures."},
        "chosen": some | {"description": "Municipalities that take part as the scenario has it."},
        "adds_posts": {"type": "boolean", "description": "Its posts come on top of those that the scenario states."},
    }
    table: Schema = {"type": "object", "additionalProperties": False, "required": ["from"]}
    return {
        "programme": table | {"properties": own, "description": "The programme that this file is."},
        "programmes": {
            "type": "object",
            "additionalProperties": table | {"required": ["title", "from"], "properties": inside | own},
            "description": "Programmes that this file states, by name.",
        },
        "participation": {
            "type": "object",
            "additionalProperties": some,
            "description": "Who takes part, as an assumption, in programmes of which it is not known; [] is nobody.",
        },
    }


def _parameter(declared: Declared) -> Schema:
    value = _value(declared)
    found: Schema = {"description": _description(declared), "default": declared.steps[-1][1]}
    if not declared.dated:
        return found | value
    dates = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "patternProperties": {r"^\d{4}-\d{2}-\d{2}$": value},
    }
    return found | {"anyOf": [*value.get("anyOf", [value]), dates]}


def _value(declared: Declared) -> Schema:
    """A switch; or a number, alone or as a text with its unit."""
    if declared.kind is bool:
        return {"type": "boolean"}
    limits = {"minimum": declared.low, "maximum": declared.high}
    number: Schema = {"type": "integer" if declared.kind is int else "number"}
    number |= {name: limit for name, limit in limits.items() if math.isfinite(limit)}
    text = rf"^\s*[+-]?\d[\d_.eE+-]*\s*{re.escape(declared.unit.value)}\s*$"
    return {
        "anyOf": [
            number,
            {"type": "string", "pattern": text},
        ]
    }


def _description(declared: Declared) -> str:
    limits = ""
    if declared.kind is not bool:
        limits = f", {plain(declared.low)} to {plain(declared.high)}"
    prices = f" In prices of {declared.price_year}." if declared.price_year else ""
    return (
        f"{declared.means.rstrip('.')}. Unit: {declared.unit}{limits}.{prices}"
        f" Role: {declared.role}. Source: {declared.source}."
    )
