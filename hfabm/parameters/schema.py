"""A JSON Schema of scenario files, for editors: completion, units, ranges and meanings while one types."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from hfabm.parameters.declare import Declared, Sections, declarations
from hfabm.parameters.values import MOST_SEEDS, plain

Schema = dict[str, Any]


def json_schema(sections: Sections, places: Sequence[str]) -> Schema:
    """The schema, of draft 2020-12.

    Args:
        sections: Section name to the dataclass of its parameters.
        places: Names of the known municipalities.
    """
    properties = _header(places)
    for section, cls in sections.items():
        properties[section] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {d.name: _parameter(d) for d in declarations(section, cls)},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hfabm scenario",
        "description": "Changes of parameters, a place, a horizon and seeds.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _header(places: Sequence[str]) -> Schema:
    file = {"type": "string", "minLength": 1}
    return {
        "title": {"type": "string", "pattern": r"\S", "description": "One line for tables and figures."},
        "description": {"type": "string", "pattern": r"\S", "description": "What the scenario stands for."},
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
