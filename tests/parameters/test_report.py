"""The tables of parameters, the share assumed, the explanation and the schema."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from hfabm.cli.parameters import parameters
from hfabm.parameters import report
from hfabm.parameters.declare import ASSUMED, Role, declarations, parameter
from hfabm.parameters.load import load_scenario
from hfabm.parameters.schema import json_schema
from hfabm.schedule import SECTIONS
from hfabm.units import Unit


def test_rows_are_ready_for_json(sections: dict[str, type]) -> None:
    rows = json.loads(json.dumps(report.rows(sections)))
    assert [row["key"] for row in rows] == [
        "arrears.patience",
        "arrears.reminders",
        "shelter_law.reimbursed_days",
        "shelter_law.user_fee",
        "shelter_law.open_door",
    ]
    assert rows[2]["steps"] == [{"from": None, "value": 365.0}, {"from": "2026-04-01", "value": 90.0}]
    assert rows[3]["price_year"] == 2024
    assert [row["assumed"] for row in rows] == [True, False, False, True, False]


def test_the_share_that_is_assumed(sections: dict[str, type]) -> None:
    share = report.share_assumed(sections)
    assert share["overall"] == {"assumed": 2, "parameters": 5, "share": 0.4}
    assert share["lever"] == {"assumed": 1, "parameters": 2, "share": 0.5}
    assert list(share) == ["overall", "lever", "uncertainty", "constant", "law"]
    assert report.share_assumed({}) == {"overall": {"assumed": 0, "parameters": 0, "share": 0.0}}
    assert report.in_words(share) == (
        "Assumed: 40% of all parameters "
        "(overall 2 of 5, lever 1 of 2, uncertainty 1 of 1, constant 0 of 1, law 0 of 1)."
    )


def test_markdown(sections: dict[str, type]) -> None:
    lines = report.as_markdown(sections).splitlines()
    assert lines[0] == "| key | value | unit | range | role | source | means |"
    assert lines[4] == (
        "| shelter_law.reimbursed_days | 365; 90 from 2026-04-01 | days | 0 to 366 | law | law-2 "
        "| Days for which the state pays half of a shelter stay |"
    )
    assert lines[5].split(" | ")[2] == "DKK/month (2024 prices)"
    assert lines[-3].startswith("Assumed: 40%")
    assert lines[-1] == "Behaviour: 0 of 1 numbers (0 %) rest on evidence, the rest is assumed."


def number(role: Role, source: str) -> Any:
    return parameter(0.5, Unit.SHARE, 0, 1, role=role, source=source, means="A share")


@dataclass(frozen=True, slots=True)
class Shares:
    guessed: float = number(Role.UNCERTAINTY, ASSUMED)
    found: float = number(Role.UNCERTAINTY, "P1.001")
    found_twice: float = number(Role.UNCERTAINTY, "P1.001 P1.002")
    known: float = number(Role.CONSTANT, "P1.001")
    set_by_somebody: float = number(Role.LEVER, ASSUMED)


def test_the_share_of_behaviour_is_of_uncertainties_about_people_and_institutions() -> None:
    sections = {"landlord": Shares, "letting": Shares, "prices": Shares, "observation": Shares}

    share = report.share_of_behaviour(sections)

    assert share == {"evidence": 4, "parameters": 6, "share": 0.6667}
    said = "Behaviour: 4 of 6 numbers (67 %) rest on evidence, the rest is assumed."
    assert report.behaviour_in_words(share) == said


def test_where_nothing_is_about_behaviour_no_share_is_said() -> None:
    share = report.share_of_behaviour({"prices": Shares})

    assert share == {"evidence": 0, "parameters": 0, "share": 0.0}
    assert report.behaviour_in_words(share) == "Behaviour: none of these numbers is about behaviour."


def test_every_section_with_uncertainties_is_about_behaviour_or_said_not_to_be() -> None:
    uncertain = {s for s, cls in SECTIONS.items() if any(d.role is Role.UNCERTAINTY for d in declarations(s, cls))}

    both = report.BEHAVIOUR.keys() & report.NOT_BEHAVIOUR.keys()
    neither = uncertain - report.BEHAVIOUR.keys() - report.NOT_BEHAVIOUR.keys()
    unknown = (report.BEHAVIOUR.keys() | report.NOT_BEHAVIOUR.keys()) - SECTIONS.keys()

    assert (both, neither, unknown) == (set(), set(), set()), "sort the section into one of the two in report.py"


def test_the_command_closes_with_the_share_of_behaviour(capsys: pytest.CaptureFixture[str]) -> None:
    assert parameters(json=False, markdown=False, section=None) == 0
    printed = capsys.readouterr().out
    assert parameters(json=True, markdown=False, section=None) == 0
    share = json.loads(capsys.readouterr().out)["behaviour"]

    assert printed.splitlines()[-1] == report.behaviour_in_words(share)
    assert 0 < share["evidence"] < share["parameters"] < sum(1 for s, c in SECTIONS.items() for _ in declarations(s, c))


def test_explain(write: Any, sections: dict[str, type], places: tuple[str, ...]) -> None:
    write("[shelter_law]\nuser_fee = { 2010-01-01 = 5 }\n[arrears]\npatience = 4", "base.toml")
    path = write('extends = "base.toml"\nend = 2027-01-01\n[arrears]\npatience = 8', head="")
    found = report.explain(load_scenario(path, sections, places, sets=["arrears.reminders=3"]), sections)
    start = date(2009, 1, 1)
    assert found == [
        ("title", start, "Test", "", "base.toml:1"),
        ("place", start, "odense", "", "base.toml:2"),
        ("start", start, start, "", "base.toml:3"),
        ("end", start, date(2027, 1, 1), "", "s.toml:2"),
        ("seed", start, 1, "", "default"),
        ("seeds", start, 1, "", "default"),
        ("arrears.patience", start, 8.0, "weeks", "s.toml:4"),
        ("arrears.reminders", start, 3, "count", "--set arrears.reminders=3"),
        ("shelter_law.reimbursed_days", start, 365.0, "days", "declared in shelter_law"),
        ("shelter_law.reimbursed_days", date(2026, 4, 1), 90.0, "days", "declared in shelter_law"),
        ("shelter_law.user_fee", start, 3100.0, "DKK/month", "declared in shelter_law"),
        ("shelter_law.user_fee", date(2010, 1, 1), 5.0, "DKK/month", "base.toml:6"),
        ("shelter_law.open_door", start, True, "switch", "declared in shelter_law"),
    ]


def fits(schema: dict[str, Any], value: Any) -> bool:
    """As much of JSON Schema as the schema of scenarios uses."""
    known = {"type", "enum", "minimum", "maximum", "minLength", "minProperties", "pattern", "anyOf", "items"}
    known |= {"properties", "patternProperties", "additionalProperties"}
    notes = {"$schema", "title", "description", "default", "format"}
    assert set(schema) <= known | notes, schema
    types = {
        "object": isinstance(value, dict),
        "array": isinstance(value, list),
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "integer": not isinstance(value, bool) and isinstance(value, (int, float)) and value == int(value),
        "number": not isinstance(value, bool) and isinstance(value, (int, float)),
    }
    if "anyOf" in schema and not any(fits(one, value) for one in schema["anyOf"]):
        return False
    if not types.get(schema.get("type", ""), True) or value not in schema.get("enum", [value]):
        return False
    if isinstance(value, (int, float)):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    if isinstance(value, str):
        found = re.search(schema.get("pattern", ""), value)
        return bool(found) and len(value) >= schema.get("minLength", 0)
    if isinstance(value, list):
        return all(fits(schema.get("items", {}), item) for item in value)
    return len(value) >= schema.get("minProperties", 0) and all(fits_member(schema, k, v) for k, v in value.items())


def fits_member(schema: dict[str, Any], name: str, value: Any) -> bool:
    if name in schema.get("properties", {}):
        return fits(schema["properties"][name], value)
    for pattern, member in schema.get("patternProperties", {}).items():
        if re.search(pattern, name):
            return fits(member, value)
    return bool(schema.get("additionalProperties", True))


@pytest.mark.parametrize(
    ("document", "right"),
    [
        ({"title": "T", "place": "odense", "start": "2009-01-01", "extends": ["a.toml"], "seed": 0}, True),
        ({"arrears": {"patience": 12}}, True),
        ({"arrears": {"patience": "12.5 weeks"}}, True),
        ({"shelter_law": {"user_fee": {"2010-01-01": 5, "2011-01-01": "6 DKK/month"}}}, True),
        ({"shelter_law": {"open_door": {"2010-01-01": False}}}, True),
        ({"shelter_law": {"open_door": False}}, True),
        ({"titel": "T"}, False),
        ({"place": "odnse"}, False),
        ({"seeds": 0}, False),
        ({"arrears": {"patiense": 12}}, False),
        ({"arrears": {"patience": 99}}, False),
        ({"arrears": {"patience": True}}, False),
        ({"arrears": {"patience": "12 months"}}, False),
        ({"arrears": {"patience": {"2010-01-01": 12}}}, False),
        ({"arrears": {"reminders": 2.5}}, False),
        ({"shelter_law": {"user_fee": {"soon": 5}}}, False),
        ({"shelter_law": {"user_fee": {}}}, False),
        ({"shelter_law": {"open_door": 1}}, False),
    ],
)
def test_schema(document: dict[str, Any], right: bool, sections: dict[str, type], places: tuple[str, ...]) -> None:
    schema = json.loads(json.dumps(json_schema(sections, places)))
    assert fits(schema, document) is right


def test_the_schema_tells_what_a_parameter_is(sections: dict[str, type], places: tuple[str, ...]) -> None:
    fee = json_schema(sections, places)["properties"]["shelter_law"]["properties"]["user_fee"]
    assert fee["description"] == (
        "What a guest pays. Unit: DKK/month, 0 to 15000. In prices of 2024. Role: lever. Source: assumed."
    )
    assert fee["default"] == 3100.0
