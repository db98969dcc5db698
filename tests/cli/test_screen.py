"""`hfabm screen`: what is refused, and what it says of the hamlet."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hfabm.cli.hash import hash_of
from hfabm.cli.screen import Options, first_difference, screen
from hfabm.cli.screen_said import sentence
from hfabm.parameters.scenario import Scenario
from hfabm.population.hamlet import HAMLET
from hfabm.results import screening
from hfabm.schedule import SECTIONS

BASE = """
title = "A few years"
place = "odense"
start = 2009-01-05
end = 2024-01-01
"""
PACKAGE = """
title = "Housing First at once"
[municipality]
housing_first_share = { 2009-02-01 = 1.0 }
workers_icm = { 2009-02-01 = 8 }
"""
UNTIL = date(2010, 6, 1)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("few.toml").write_text(BASE, encoding="utf-8")
    Path("package.toml").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.setattr(screening, "PackageEffect", partial(screening.PackageEffect, town=HAMLET))


def call(base: str = "few.toml", package: str = "package.toml", **changed: Any) -> int:
    given: dict[str, Any] = {
        "on": ["homeless_mean"], "sections": ["caretaking"], "trajectories": 2, "processes": 1, "until": UNTIL,
    }  # fmt: skip
    return screen(base, package, Options(**(given | changed)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"on": ["homeless_meen"]}, "--on homeless_meen: error: unknown outcome. Did you mean 'homeless_mean'?"),
        ({"on": ["homeless_mean,nonsense"]}, "--on nonsense: error: unknown outcome. Known outcomes: homeless_mean,"),
        ({"on": [","]}, "--on: error: names no outcome. Known outcomes: homeless_mean,"),
        ({"sections": ["landlords"]}, "--sections landlords: error: unknown section. Did you mean 'landlord'?"),
        ({"sections": ["municipality"]}, "--sections municipality: error: has no uncertain numbers."),
        ({"levels": 5}, "--levels 5: error: an odd number gives a lopsided design. Choose an even one."),
        ({"package": "few.toml"}, "few.toml: error: changes nothing in few.toml until 2010-06-01. Choose a later"),
        ({"until": date(2009, 1, 20)}, "package.toml: error: changes nothing in few.toml until 2009-01-20."),
    ],
)
def test_a_wrong_call_says_what_to_do(changed: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(**changed) == 2

    out, err = capsys.readouterr()
    assert out == "" and err.startswith(said)


def test_a_scenario_of_another_horizon_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.toml").write_text(BASE.replace("2009-01-05", "2010-01-04"), encoding="utf-8")

    assert call(package="other.toml") == 2
    assert "other.toml: error: its start is 2010-01-04, that of few.toml is 2009-01-05." in capsys.readouterr().err


def test_a_folder_that_is_not_empty_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("here").mkdir()
    Path("here", "file").touch()

    assert call(out=Path("here")) == 2
    assert "is not empty" in capsys.readouterr().err


def test_a_package_begins_on_the_first_day_that_differs() -> None:
    bare = Scenario(title="test", place="odense", start=date(2009, 1, 5), end=date(2024, 1, 1))
    steps = ((date(2012, 3, 1), 0.9), (date(2013, 3, 1), 0.1))
    other = bare.with_changes({("municipality", "housing_first_share"): steps})

    assert first_difference(bare, other, SECTIONS) == date(2012, 3, 1)
    assert first_difference(other, other, SECTIONS) is None
    assert first_difference(bare, bare.with_changes({("arrears", "base"): -5.0}), SECTIONS) == bare.start


@pytest.mark.parametrize(
    ("hinges", "said"),
    [
        (["a.x", "b.y", "c.z"], "The answer hinges on a.x, b.y and c.z."),
        (["a.x"], "The answer hinges on a.x."),
        ([], "No assumption moves the answer more than another seed does; the strongest, d.u and e.v, may be luck."),
    ],
)
def test_the_sentence_names_what_is_stronger_than_luck(hinges: list[str], said: str) -> None:
    assert sentence(hinges, ["d.u", "e.v"]).startswith(said)


@pytest.mark.slow
def test_a_screening_of_the_hamlet_is_said_and_stored(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(json=True, out=Path("here"), on=["homeless_mean,placements_per_year"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert call(on=["homeless_mean"]) == 0
    printed, announced = capsys.readouterr()

    one = said["outcomes"]["homeless_mean"]
    assert (said["base"], said["package"], said["end"]) == ("A few years", "Housing First at once", "2010-06-01")
    assert one["effect"] == pytest.approx(one["package"] - one["base"]) and one["effect"] != 0.0
    assert {row["name"].partition(".")[0] for row in one["numbers"]} == {"caretaking"}
    assert said["runs"] == 2 * (2 + 2 * (len(one["numbers"]) + 1 + 2))
    assert one["sentence"] in printed and f"{said['runs']} runs in" in printed
    assert "3 assumptions of 1 section, 2009-01-05 to 2010-06-01: at most 28 runs" in announced
    assert hash_of(Path("here")) == 0
    assert pd.read_parquet("here/numbers.parquet")["mu_star"].tolist()[: len(one["numbers"])] == [
        row["mu_star"] for row in one["numbers"]
    ]
    assert {p.name for p in Path("here").iterdir()} == {
        "manifest.json", "numbers.parquet", "points.parquet", "runs.parquet",
    }  # fmt: skip


@pytest.mark.slow
def test_the_end_is_some_years_after_the_package_begins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hfabm.cli.screen.YEARS", 1)

    assert call(until=None, json=True, seed=5) == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["start"], said["end"], said["design"]["seed"]) == ("2009-01-05", "2010-02-01", 5)
