"""`hfabm check`: is a scenario right, and what does it come to?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hfabm.parameters.faults import ScenarioError
    from hfabm.parameters.scenario import Scenario


def check(scenario: str | None, explain: bool, schema: bool, json: bool, packages: Sequence[str] = ()) -> int:
    """Check a scenario file and all that it extends, or a study and all that it names.

    Args:
        scenario: Path of the file; not needed for the schema.
        explain: Print each resolved value, and the file and line that it came from.
        schema: Print the JSON Schema of scenario files instead.
        json: Print JSON, also of what is wrong.
        packages: Files of packages to lay on the scenario.

    Returns:
        The exit code.
    """
    import sys

    from hfabm.cli.check_study import check_study, is_study
    from hfabm.parameters.faults import ScenarioError
    from hfabm.parameters.load import load_scenario
    from hfabm.parameters.schema import json_schema
    from hfabm.population.places import PLACES
    from hfabm.schedule import SECTIONS

    if schema:
        _print_json(json_schema(SECTIONS, PLACES))
        return 0
    if scenario is None:
        print("Name a scenario, as in: hfabm check scenarios/odense.toml", file=sys.stderr)
        return 2
    if is_study(scenario):
        return check_study(scenario, explain, json)
    try:
        loaded = load_scenario(scenario, SECTIONS, PLACES, packages=packages)
    except ScenarioError as error:
        if not json:
            raise
        _print_json(_wrong(scenario, error))
        return 2
    if json:
        _print_json(_right(scenario, loaded, SECTIONS, explain))
    elif explain:
        _print_explained(loaded, SECTIONS)
    else:
        print(f"{scenario}: no errors. {_summary(loaded)}.")
    return 0


def _summary(scenario: Scenario) -> str:
    changed = len(scenario.changes)
    what = f"{changed} {'parameter' if changed == 1 else 'parameters'} changed"
    n = len(scenario.programmes)
    programmes = f", {n} {'programme' if n == 1 else 'programmes'}" if n else ""
    return f"{scenario.title}; {scenario.place}, {scenario.start} to {scenario.end}, {what}{programmes}"


def _wrong(name: str, error: ScenarioError) -> dict[str, object]:
    faults = [fault.as_json() for fault in error.faults]
    return {"version": 1, "scenario": name, "ok": False, "faults": faults}


def _right(name: str, scenario: Scenario, sections: dict[str, type], explain: bool) -> dict[str, object]:
    from hfabm.parameters import report

    found: dict[str, object] = {"version": 1, "scenario": name, "ok": True, "digest": scenario.digest()}
    if explain:
        rows = report.explain(scenario, sections)
        found["values"] = [
            {"key": r.key, "from": r.day, "value": r.value, "unit": r.unit, "where": r.where} for r in rows
        ]
    return found


def _print_explained(scenario: Scenario, sections: dict[str, type]) -> None:
    from hfabm.cli.parameters import columns
    from hfabm.parameters import report
    from hfabm.parameters.values import plain

    rows = [
        (
            row.key,
            str(row.day),
            plain(row.value) if isinstance(row.value, (int, float)) else str(row.value),
            row.unit,
            row.where,
        )
        for row in report.explain(scenario, sections)
    ]
    print(columns(("key", "from", "value", "unit", "where"), rows))


def _print_json(document: object) -> None:
    import json

    print(json.dumps(document, indent=2, ensure_ascii=False, default=str))
