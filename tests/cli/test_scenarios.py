"""The command line finds scenarios and packages by name, lists them in groups, and lays packages on scenarios."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hfabm.cli import arguments, main, scenarios

HEAD = 'title = "{}"\nplace = "odense"\nstart = 2009-01-01\nend = 2024-12-31\n'
FILES = {
    "odense": HEAD.format("Odense"),
    "staircase": 'title = "Stairs"\nextends = "odense.toml"\n',
    "programmes/pool": 'title = "Pool"\n[programme]\nfrom = 2010-01-01\nto = 2011-12-31\nspecial = 5\n',
    "reforms/01_fee": 'title = "Fee"\nhypothesis = "More come."\n[refund_law]\nrate = { 2020-01-01 = 0.6 }\n',
    "reforms/02_days": 'title = "Days"\n[refund_law]\nsupport_days = { 2020-01-01 = 99 }\n',
    "reforms/02b_more_days": 'title = "More days"\nextends = "02_days.toml"\n[refund_law]\nsupport_days = 200\n',
    "reforms/combi_both": 'title = "Both"\ninclude = ["01_fee.toml", "02_days.toml"]\n',
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for module in (arguments, scenarios):
        monkeypatch.setattr(module, "SHIPPED", tmp_path / "none")
    for name, text in FILES.items():
        path = tmp_path / "scenarios" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Call the command in this process; its exit code."""

    def caller(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["hfabm", *words])
        with pytest.raises(SystemExit) as left:
            main.main()
        return int(left.value.code or 0)

    return caller


@pytest.mark.parametrize(
    ("name", "meant"),
    {
        "odense": "scenarios/odense.toml",
        "reforms/01_fee": "scenarios/reforms/01_fee.toml",
        "reforms/01": "scenarios/reforms/01_fee.toml",
        "reforms/02": "scenarios/reforms/02_days.toml",
        "reforms/02b": "scenarios/reforms/02b_more_days.toml",
        "reforms/combi": "scenarios/reforms/combi_both.toml",
        "reforms/0": "scenarios/reforms/0.toml",
        "programmes/pool": "scenarios/programmes/pool.toml",
        "scenarios/odense.toml": "scenarios/odense.toml",
        "nowhere/odense": "nowhere/odense",
    }.items(),
)
def test_a_name_means_a_file(name: str, meant: str) -> None:
    assert arguments.located(name) == meant


def test_the_list_has_groups_with_titles_and_hypotheses(call: Callable[..., int], capsys: Any) -> None:
    assert call("scenarios") == 0

    lines = capsys.readouterr().out.splitlines()
    headings = [line.partition(", to ")[0] for line in lines if ", to " in line]
    assert headings == ["Scenarios", "Programmes of the state", "Reforms", "Combinations of them"]
    assert "staircase  Stairs" in lines
    below = lines[lines.index("reforms/01_fee         Fee") + 1]
    assert below.strip() == "More come."


def test_the_list_as_json(call: Callable[..., int], capsys: Any) -> None:
    assert call("scenarios", "--json") == 0

    listed = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)["scenarios"]}
    assert {name: entry["group"] for name, entry in listed.items()} == {
        "odense": "scenarios",
        "staircase": "scenarios",
        "programmes/pool": "programmes",
        "reforms/01_fee": "reforms",
        "reforms/02_days": "reforms",
        "reforms/02b_more_days": "reforms",
        "reforms/combi_both": "combinations",
    }
    assert (listed["reforms/01_fee"]["title"], listed["reforms/01_fee"]["hypothesis"]) == ("Fee", "More come.")


def test_a_package_is_checked_on_a_scenario(call: Callable[..., int], capsys: Any) -> None:
    assert call("check", "odense", "--with", "reforms/01", "--with", "programmes/pool") == 0
    said = capsys.readouterr().out
    assert "Odense + Fee + Pool; odense, 2009-01-01 to 2024-12-31, 1 parameter changed, 1 programme." in said

    assert call("check", "reforms/01") == 2
    assert "this is a package, not a scenario" in capsys.readouterr().err


def test_packages_reach_the_worker_of_run(call: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    import hfabm.cli.run

    seen: list[Any] = []
    monkeypatch.setattr(hfabm.cli.run, "run", lambda *given: seen.extend(given) or 0)

    assert call("run", "odense", "--with", "reforms/01", "--with", "x.toml") == 0

    assert seen[-1] == ["scenarios/reforms/01_fee.toml", "x.toml"]


def test_a_file_that_is_broken_is_said_and_the_rest_is_listed(call: Callable[..., int], capsys: Any) -> None:
    Path("scenarios/broken.toml").write_text("title = ", encoding="utf-8")

    assert call("scenarios") == 2

    printed = capsys.readouterr()
    assert "broken.toml:1:9: error: not TOML" in printed.err
    assert "staircase" in printed.out
