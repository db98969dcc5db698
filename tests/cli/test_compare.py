"""`hfabm compare`, on the first weeks of Odense: what is refused, what is said, what is stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hfabm.cli import main
from hfabm.cli.compare import compare
from hfabm.cli.hash import hash_of

BASE = """
title = "A few weeks"
place = "odense"
start = 2009-01-05
end = 2010-01-01
"""
COSTLY = """
title = "The state bears more"
hypothesis = "The municipality pays less."
scales_by = "refund_law.rate"
[refund_law]
rate = { 2009-01-19 = 0.75 }
"""
SWITCH = """
title = "A switch"
[refund_law]
prevention = { 2009-01-26 = true }
"""
UNTIL = date(2009, 2, 9)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {"few": BASE, "costly": COSTLY, "switch": SWITCH}.items():
        Path(f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Call the command in this process; its exit code."""

    def caller(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["hfabm", "compare", *arguments])
        with pytest.raises(SystemExit) as left:
            main.main()
        return int(left.value.code or 0)

    return caller


def test_a_scenario_compared_with_itself_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("few.toml", ["few.toml"], 2, None, [], UNTIL, True, Path("compared")) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["identical"] is True
    assert said["seeds"] == [1, 2]
    assert all(row["difference"] in (0.0, None) for row in said["metrics"])
    assert said["since"] == "2009-01-05"
    assert said["packages"][0]["changes"] == []
    assert hash_of(Path("compared")) == 0


def test_a_comparison_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("few.toml", ["few.toml"], 1, 3, [], UNTIL, False, None) == 0

    said = capsys.readouterr().out
    assert "the same, bit by bit" in said
    assert "changes nothing" in said
    assert "1 seed, so that no interval can be told" in said


def test_the_rule_comes_first_then_the_headlines_then_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("few.toml", ["costly.toml"], 2, None, [], UNTIL, False, None) == 0

    said = capsys.readouterr().out
    places = [
        said.index(part)
        for part in ("The state bears more", "The municipality pays less.", "0.5 -> 0.75", "Counted from 2009-01-19",
                     "effect (B less A)", "2 of 2", "less for the municipality (", "what (B less A)", "weeks at home")
    ]  # fmt: skip
    assert places == sorted(places)


def test_several_packages_make_a_table_and_are_stored(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("few.toml", ["costly.toml", "switch.toml"], 2, None, [], UNTIL, False, Path("out")) == 0

    said = capsys.readouterr().out
    assert "B: The state bears more" in said and "C: A switch" in said
    assert "no -> yes" in said
    assert "--all" in said and "weeks at home" not in said
    effects = pd.read_parquet("out/effects.parquet")
    assert effects.groupby("package").size().to_dict() == {"costly": 8, "switch": 8}
    changes = pd.read_parquet("out/changes.parquet").set_index("package")
    assert changes.loc["costly", ["parameter", "old", "new"]].tolist() == ["refund_law.rate", 0.5, 0.75]
    assert hash_of(Path("out")) == 0


def test_json_says_all_and_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("few.toml", ["costly.toml", "switch.toml"], 2, None, [], UNTIL, True, None) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["version"] == 2
    assert [p["name"] for p in said["packages"]] == ["costly", "switch"]
    effects = {row["metric"]: row for row in said["packages"][0]["effects"]}
    assert effects["municipal_cost_per_year"]["high"] < 0 < effects["state_cost_per_year"]["low"]
    assert effects["state_cost_per_year"]["reading"].endswith(")")
    assert said["packages"][0]["changes"][0]["from"] == "2009-01-19"


def test_a_day_given_takes_the_place_of_the_first_that_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("few.toml", ["costly.toml"], 1, None, [], UNTIL, True, None, date(2009, 2, 2)) == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["since"], said["end"]) == ("2009-02-02", "2009-02-09")
    assert said["years"] == pytest.approx(2 * 7 / 365.25, abs=1e-3)


def test_packages_are_scaled_to_one_cost(capsys: pytest.CaptureFixture[str]) -> None:
    for name, more in (("some", 2000), ("much", 3000)):
        Path(f"{name}.toml").write_text(
            f'title = "{name}"\nscales_by = "prices.shelter"\n[prices]\nshelter = {{ 2009-01-19 = {more} }}\n'
        )
    options = UNTIL, True, Path("out"), None, False, True

    code = compare("few.toml", ["some.toml", "much.toml"], 2, None, [], *options)

    assert code == 0
    said = json.loads(capsys.readouterr().out)
    some, much = said["packages"]
    assert some["scaled"] is None and much["scaled"]["lever"] == "prices.shelter"
    assert 0.0 < much["scaled"]["scale"] < 1.0
    assert much["scaled"]["reached"] in ("met", "within noise")
    assert 1507 < much["scaled"]["course"][1]["scaled"] < 3000
    assert "much" in pd.read_parquet("out/scales.parquet")["package"].tolist()


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["few.toml", "none.toml"], "none.toml"),
        (["costly.toml", "switch.toml"], "package"),
        (["few.toml", "costly.toml", "--budget", "1e6"], "--budget 1e+06: error: nothing is scaled"),
        (["few.toml", "costly.toml", "--by", "costly=refund_law.rate"], "nothing is scaled. Add --equal-budget"),
        (["few.toml", "costly.toml", "--equal-budget"], "one package alone has nothing to be equal to"),
        (["few.toml", "costly.toml", "switch.toml", "--equal-budget"], "does not say by which lever"),
        (
            ["few.toml", "costly.toml", "--equal-budget", "--budget", "1e6", "--by", "other=a.b"],
            "'other' is no package",
        ),
        (["few.toml", "costly.toml", "--equal-budget", "--budget", "1e6", "--by", "costly"], "names no lever"),
        (
            ["few.toml", "costly.toml", "--equal-budget", "--budget", "1e6", "--by", "costly=supply.new_cheap"],
            "supply.new_cheap: 'The state bears more' does not change it. Choose one that it moves: refund_law.rate.",
        ),
        (["few.toml", "costly.toml", "--since", "2031-01-01"], "--since 2031-01-01: error: no week from then on"),
        (["few.toml", "longer.toml"], "longer.toml: error: end: 2011-01-01, while that of few.toml is 2010-01-01"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str], wrong: str, call: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("longer.toml").write_text(BASE.replace("2010-01-01", "2011-01-01"), encoding="utf-8")

    code = call(*arguments)

    said = capsys.readouterr()
    assert code == 2
    assert said.out == "" and wrong in said.err


def test_a_budget_out_of_reach_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    given: tuple[Any, ...] = (UNTIL, True, Path("out"), None, False, True, 1e12)

    code = compare("few.toml", ["costly.toml"], 1, None, [], *given)

    said = capsys.readouterr()
    assert code == 2
    assert "costly: refund_law.rate: no value makes the package add 1,000,000 m DKK" in said.err
    assert "the range 0 to 1" in said.err
    assert not Path("out").exists()


@pytest.mark.slow
def test_how_many_work_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for workers in (1, 2):
        assert compare("few.toml", ["costly.toml"], 2, None, [], UNTIL, True, None, workers=workers) == 0
        said.append(json.loads(capsys.readouterr().out))

    assert said[0] == said[1]
