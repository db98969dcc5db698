"""`hfabm run` and `hash`, on the first weeks of Odense."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hfabm.cli import run as module
from hfabm.cli.hash import hash_of
from hfabm.cli.run import run

SCENARIO = """
title = "A few weeks"
place = "odense"
start = 2009-01-05
end = 2010-01-01
"""
UNTIL = date(2009, 2, 9)


@pytest.fixture(autouse=True)
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("few.toml").write_text(SCENARIO, encoding="utf-8")
    return "few.toml"


def call(**changed: Any) -> int:
    given: dict[str, Any] = {
        "scenario": "few.toml", "replications": 1, "seed": None, "sets": [], "until": UNTIL, "out": None,
        "json": True, "report": False, "events": False, "quiet": True,
    }  # fmt: skip
    return run(**(given | changed))


def test_json_is_one_object_and_says_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(out=Path("here")) == 0

    out, err = capsys.readouterr()
    said = json.loads(out)
    assert err == ""
    assert said["run"] == "here"
    assert (said["weeks"], said["seeds"]) == (6, [1])
    assert said["citizens"] > 1000 and said["dwellings"] > 1000
    assert said["metrics"]["homeless_mean"] > 0
    assert said["observed"]["rows"][0]["observed"] == 208
    assert min(said[key] for key in ("seconds", "population_seconds", "compile_seconds")) >= 0
    assert hash_of(Path("here")) == 0
    assert capsys.readouterr().out.strip() == said["hash"]


def test_results_go_to_a_folder_named_after_scenario_seed_and_digest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call(seed=5) == 0
    assert call(seed=5) == 0

    folders = sorted(p.name for p in Path("runs").iterdir())
    assert len(folders) == 2
    assert folders[0].startswith("few-5-") and folders[1] == f"{folders[0]}-2"
    manifests = [json.loads((Path("runs") / f / "manifest.json").read_text(encoding="utf-8")) for f in folders]
    assert manifests[0]["hash"] == manifests[1]["hash"]
    assert [m["seed"] for m in manifests] == [5, 5]


def test_tables_and_report_say_where_everything_lies(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(out=Path("here"), json=False, report=True, events=True) == 0

    said = capsys.readouterr().out
    assert "P5.007" in said and "What next?" in said and "here" in said
    names = {p.name for p in Path("here").iterdir()}
    assert names >= {
        "report.md",
        "homelessness.png",
        "homelessness.svg",
        "weekly.parquet",
        "tenancies.parquet",
    }
    assert "| homeless, week 6 count | 2009 |" in Path("here", "report.md").read_text(encoding="utf-8")
    assert hash_of(Path("here")) == 0


def test_replications_make_a_study(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(replications=2, out=Path("study")) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["seeds"] == [1, 2]
    assert sorted(p.name for p in Path("study").iterdir()) == ["manifest.json", "seed-1", "seed-2"]


def test_a_folder_that_is_not_empty_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("here").mkdir()
    Path("here", "file").touch()

    assert call(out=Path("here")) == 2
    out, err = capsys.readouterr()
    assert out == "" and "is not empty" in err


def test_a_folder_that_cannot_be_made_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").touch()

    assert call(out=Path("file", "below")) == 1
    assert "results cannot be written there" in capsys.readouterr().err


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), RuntimeError("broken")])
def test_nothing_is_left_of_a_run_that_stops(raised: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: Any) -> Any:
        raise raised

    monkeypatch.setattr(module, "model_of", stops)

    with pytest.raises(type(raised)):
        call(out=Path("results", "here"))
    assert list(Path("results").iterdir()) == []
