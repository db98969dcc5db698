"""The command line: scenarios are checked, explained and listed; parameters are printed; exit codes hold."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hfabm.cli import main
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.units import Unit

HEAD = 'title = "Odense"\nplace = "odense"\nstart = 2009-01-01\nend = 2024-12-31\n'


@dataclass(frozen=True, slots=True)
class Arrears:
    patience: float = parameter(8.0, Unit.WEEKS, 1, 52, role=Role.LEVER, source=ASSUMED, means="Weeks a landlord waits")


def pretend(monkeypatch: pytest.MonkeyPatch, name: str, **content: Any) -> None:
    module = ModuleType(name)
    vars(module).update(content)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    pretend(monkeypatch, "hfabm.schedule", SECTIONS={"arrears": Arrears})
    pretend(monkeypatch, "hfabm.population.places", PLACES=("odense",))
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "odense.toml").write_text(HEAD)
    yield tmp_path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Call the command in this process; its exit code."""

    def caller(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["hfabm", *arguments])
        with pytest.raises(SystemExit) as left:
            main.main()
        return int(left.value.code or 0)

    return caller


def test_help_is_quick_because_it_imports_little() -> None:
    code = (
        "import sys; from hfabm.cli.main import main; sys.argv = ['hfabm', '--help']\n"
        "try: main()\n"
        "except SystemExit: print('imported:', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr
    shown, imported = done.stdout.split("imported:")
    for command in ("run", "compare", "explain", "parameters", "check", "hash", "warm", "scenarios"):
        assert f" {command} " in shown
    heavy = {"numpy", "pandas", "mesa", "numba", "pyarrow", "matplotlib", "pydantic", "networkx"}
    assert not heavy & set(imported.split())


def environment() -> dict[str, str]:
    import os

    root = str(Path(main.__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}


def test_a_right_scenario_by_path_and_by_name(call: Callable[..., int], capsys: Any) -> None:
    said = "scenarios/odense.toml: no errors. Odense; odense, 2009-01-01 to 2024-12-31, 0 parameters changed.\n"
    for name in ("scenarios/odense.toml", "odense"):
        assert call("check", name) == 0
        assert capsys.readouterr().out == said


def test_a_wrong_scenario(call: Callable[..., int], capsys: Any) -> None:
    Path("s.toml").write_text(HEAD + "[arrears]\npatience = 80\n")
    assert call("check", "s.toml") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "s.toml:6:12: error: arrears.patience: 80 lies outside the range 1 to 52 weeks. "
        "Choose a value in it; this is: Weeks a landlord waits\n"
        "   | patience = 80\n"
        "   |            ^\n"
    )
    assert call("check", "s.toml", "--json") == 2
    document = json.loads(capsys.readouterr().out)
    assert document["ok"] is False
    assert (document["faults"][0]["line"], document["faults"][0]["key"]) == (6, "arrears.patience")


def test_a_name_that_is_no_scenario(call: Callable[..., int], capsys: Any) -> None:
    assert call("check", "odens") == 2
    assert capsys.readouterr().err == (
        "scenarios/odens.toml: error: there is no file scenarios/odens.toml. Did you mean 'odense.toml'?\n"
    )
    assert call("check") == 2


def test_explain(call: Callable[..., int], capsys: Any) -> None:
    Path("s.toml").write_text('extends = "scenarios/odense.toml"\n[arrears]\npatience = { 2010-01-01 = 12 }\n')
    assert call("check", "s.toml", "--explain") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["place", "2009-01-01", "odense", "scenarios/odense.toml:2"] in lines
    assert ["arrears.patience", "2009-01-01", "8", "weeks", "declared", "in", "arrears"] in lines
    assert ["arrears.patience", "2010-01-01", "12", "weeks", "s.toml:3"] in lines
    assert call("check", "s.toml", "--explain", "--json") == 0
    last = json.loads(capsys.readouterr().out)["values"][-1]
    assert last == {
        "key": "arrears.patience",
        "from": "2010-01-01",
        "value": 12.0,
        "unit": "weeks",
        "where": "s.toml:3",
    }


def test_schema(call: Callable[..., int], capsys: Any) -> None:
    assert call("check", "--schema") == 0
    assert "patience" in json.loads(capsys.readouterr().out)["properties"]["arrears"]["properties"]


def test_parameters(call: Callable[..., int], capsys: Any) -> None:
    assert call("parameters") == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[2] == "arrears.patience  8      weeks  1 to 52  lever  assumed  Weeks a landlord waits"
    assert printed[-2] == "Assumed: 100% of all parameters (overall 1 of 1, lever 1 of 1)."
    assert printed[-1] == "Behaviour: none of these numbers is about behaviour."
    assert call("parameters", "--json", "--section", "arrears") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["assumed"]["overall"]["share"] == 1.0
    assert call("parameters", "--markdown") == 0
    assert capsys.readouterr().out.startswith("| key |")
    assert call("parameters", "--section", "arears") == 2
    assert capsys.readouterr().err == "--section arears: error: unknown section. Did you mean 'arrears'?\n"


def test_scenarios(
    call: Callable[..., int], capsys: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert call("scenarios") == 0
    assert capsys.readouterr().out.splitlines()[2] == "odense  Odense"
    (folder / "scenarios" / "odense.toml").unlink()
    assert call("scenarios") == 0
    assert "odense_ahead" in capsys.readouterr().out, "those that came with hfabm"
    monkeypatch.setattr("hfabm.cli.scenarios.SHIPPED", tmp_path / "nowhere")
    assert call("scenarios") == 2


def test_options_reach_the_worker(call: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def worker(*arguments: Any) -> int:
        seen.extend(arguments)
        return 1

    pretend(monkeypatch, "hfabm.cli.run", run=worker)
    options = ["--replications", "3", "--seed", "0", "--set", "a.b=1", "--set", "c.d=2 weeks"]
    assert call("run", "odense", *options, "--until", "2010-01-01", "--out", "o", "--json", "--quiet") == 1
    assert seen[:4] == ["scenarios/odense.toml", 3, 0, ["a.b=1", "c.d=2 weeks"]]
    assert seen[4:] == [date(2010, 1, 1), Path("o"), True, False, False, True, []]
    pretend(monkeypatch, "hfabm.cli.compare", compare=lambda *a: seen.append(a) or 0)
    assert call("compare", "odense", "one.toml", "two.toml", "--since", "2023-10-01", "--all") == 0
    plain = 10, None, [], None, False, None
    assert seen[-1] == (
        "scenarios/odense.toml", ["one.toml", "two.toml"], *plain, date(2023, 10, 1), True, False, None, [], 1,
    )  # fmt: skip
    assert call("compare", "odense", "one.toml", "--equal-budget", "--budget", "-5e6", "--by", "one=a.b") == 0
    assert seen[-1][1:2] + seen[-1][-4:-1] == (["one.toml"], True, -5e6, ["one=a.b"])
    pretend(monkeypatch, "hfabm.cli.explain", explain=lambda *a: seen.append(a) or 0)
    assert call("explain", "--no-time") == 0
    assert seen[-1] == (None, False, False)


class DamagedResults(Exception):
    pass


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
        (DamagedResults("segment 3 is cut short"), 3, "segment 3 is cut short\n"),
        (ValueError("oh"), 1, "internal error: ValueError: oh\nPlease report it, with the command"),
    ],
)
def test_exit_codes(
    raised: BaseException,
    code: int,
    said: str,
    call: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: Any,
) -> None:
    def worker(_: Path) -> int:
        raise raised

    pretend(monkeypatch, "hfabm.results.manifest", DamagedResults=DamagedResults)
    pretend(monkeypatch, "hfabm.cli.hash", hash_of=worker)
    assert call("hash", "somewhere") == code
    assert capsys.readouterr().err.startswith(said)


def test_a_wrong_call(call: Callable[..., int], capsys: Any) -> None:
    assert call("run", "odense", "--replications", "0") == 2
    assert call("run", "odense", "--until", "soon") == 2
    assert call("rum", "odense") == 2
