"""`hfabm scenarios`: which scenarios, programmes, reforms and combinations there are."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Any

from hfabm.cli.arguments import SHIPPED

GROUPS = {
    "scenarios": "Scenarios, to run as they are",
    "programmes": "Programmes of the state, to lay on a scenario",
    "reforms": "Reforms, to lay on a scenario",
    "combinations": "Combinations of them, to lay on a scenario",
}
WORDS = ("title", "hypothesis", "source", "scales_by")


def scenarios(json: bool) -> int:
    """List the files in the folder `scenarios`, here or as shipped, in groups, with their titles and hypotheses.

    Args:
        json: Print JSON instead.

    Returns:
        The exit code.
    """
    from hfabm.parameters.faults import ScenarioError

    folder = next((f for f in (Path("scenarios"), SHIPPED) if any(f.rglob("*.toml"))), None)
    if folder is None:
        print("There is no folder 'scenarios' with .toml files here, nor one that came with hfabm.", file=sys.stderr)
        return 2
    paths = sorted(folder.rglob("*.toml"))
    found, code = [], 0
    for path in paths:
        try:
            found.append(_entry(path, folder))
        except ScenarioError as error:
            print(error, file=sys.stderr)
            code = 2
    if json:
        import json as json_module

        print(json_module.dumps({"version": 1, "scenarios": found}, indent=2, ensure_ascii=False))
    else:
        _print(found)
    return code


def _entry(path: Path, folder: Path) -> dict[str, str]:
    """What a file says of itself, or what it extends says."""
    stack = _stack(path, ())
    said = {word: next((str(data[word]) for data in stack if word in data), "") for word in WORDS}
    name = path.relative_to(folder).with_suffix("").as_posix()
    return {"name": name, "group": _group(stack), "file": path.as_posix(), **said}


def _stack(path: Path, above: tuple[Path, ...]) -> list[dict[str, Any]]:
    """The content of a file and of those that it extends, the topmost first."""
    from hfabm.parameters.source import read

    data = read(path).data
    raw = data.get("extends", [])
    named = [name for name in (raw if isinstance(raw, list) else [raw]) if isinstance(name, str)]
    below = [path.parent / name for name in named if (path.parent / name).resolve() not in above]
    return [data, *(one for file in below if file.is_file() for one in _stack(file, (*above, path.resolve())))]


def _group(stack: list[dict[str, Any]]) -> str:
    keys = {key for data in stack for key in data}
    if keys & {"place", "start", "end"}:
        return "scenarios"
    if keys & {"programme", "programmes"}:
        return "programmes"
    return "combinations" if "include" in keys else "reforms"


def _print(found: list[dict[str, str]]) -> None:
    from hfabm.cli.parameters import columns

    several = len({entry["group"] for entry in found}) > 1
    for group, heading in GROUPS.items():
        members = [entry for entry in found if entry["group"] == group]
        if not members:
            continue
        if several:
            print(f"{heading}\n")
        head, rule, *lines = columns(("name", "title"), [(m["name"], m["title"]) for m in members]).splitlines()
        print(f"{head}\n{rule}")
        indent = " " * (rule.index(" ") + 2)
        for line, member in zip(lines, members, strict=True):
            print(line)
            if member["hypothesis"]:
                print(textwrap.fill(member["hypothesis"], 110, initial_indent=indent, subsequent_indent=indent))
        print()
    if several:
        print("To lay one on a scenario: hfabm run odense_ahead --with reforms/01,")
        print("and to see what it does:  hfabm compare odense_ahead reforms/01")
