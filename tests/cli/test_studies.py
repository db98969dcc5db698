"""`hfabm experiment`, `status`, `failed`, `analyse` and `optimise`: a small study of real runs from end to end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from hfabm.cli.analyse import Options as Analysis
from hfabm.cli.analyse import analyse
from hfabm.cli.check import check
from hfabm.cli.experiment import Options, experiment
from hfabm.cli.hash import hash_of
from hfabm.cli.optimise import Options as Search
from hfabm.cli.optimise import optimise
from hfabm.cli.status import failed, status
from hfabm.experiments import making
from hfabm.parameters.faults import ScenarioError
from hfabm.results.manifest import DamagedResults

STUDY = """
title = "Homes, thirteen weeks"
question = "What do homes do within a quarter?"
scenarios = ["odense_ahead"]
until = 2021-03-31
replications = 2

[metrics]
home_years_per_year = "higher"
public_cost_per_year = "lower"

[levers.cheap_homes]
parameter = "supply.new_cheap"
from = 2021-01-11
values = [0, 600]

[levers.caretakers]
parameter = "caretaker.in_post"
from = 2021-01-11
values = [4, 8]
"""

Said = Callable[[], tuple[str, str]]


@pytest.fixture(autouse=True)
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("homes.toml").write_text(STUDY, encoding="utf-8")
    return Path("homes.toml")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, made."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "homes.toml").write_text(STUDY, encoding="utf-8")
    assert experiment(folder / "homes.toml", Options(workers=1, out=folder / "out", quiet=True)) == 0
    return folder / "out"


def test_a_dry_run_says_how_much_there_is_and_makes_nothing(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = experiment(study, Options(dry_run=True, json=True, workers=3))

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (said["policies"], said["futures"], said["runs"], said["workers"]) == (4, 1, 8, 3)
    assert said["seconds_a_run"] > 0.0
    assert said["out"] == "studies/homes"
    assert not Path("studies").exists()


def test_a_study_is_made_told_and_gone_on_with(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert experiment(study, Options(workers=1, limit=3, quiet=True)) == 0
    assert status(Path("studies/homes"), json=True) == 0
    first = json.loads(capsys.readouterr().out)

    assert experiment(study, Options(workers=1)) == 2
    assert "3 of 8 runs are made. Go on with --resume" in capsys.readouterr().err
    assert experiment(study, Options(workers=1, resume=True)) == 0

    said = capsys.readouterr()
    assert (first["made"], first["runs"], first["running"]) == (3, 8, False)
    assert "5 of 5 runs made (3 before)" in said.err
    assert "for handing out; memory" in said.err
    assert said.out.strip() == "studies/homes: hfabm analyse studies/homes"


def test_the_hash_is_that_of_the_study(whole: Path, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for shard in ("2/2", "1/2"):
        assert experiment(study, Options(shard=shard, quiet=True)) == 0
    hash_of(Path("studies/homes"))
    hash_of(whole)

    parts, alone = capsys.readouterr().out.split()
    assert parts == alone


def test_answers_are_written_in_all_their_forms(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert analyse(whole, Analysis(out=Path("answers"))) == 0

    said = capsys.readouterr().out
    assert "What do homes do within a quarter?" in said
    table = pd.read_csv("answers/effects.csv")
    pd.testing.assert_frame_equal(table, pd.read_parquet("answers/effects.parquet"), check_dtype=False)
    assert set(table["label"]) == {"cheap homes 600", "caretakers 8", "cheap homes 600, caretakers 8"}
    report = Path("answers/answers.md").read_text(encoding="utf-8")
    assert report.startswith("# Homes, thirteen weeks")
    for picture in Path("answers").glob("*.png"):
        assert f"({picture.name})" in report
        assert picture.with_suffix(".svg").exists()
    assert analyse(whole, Analysis(out=Path("answers"), pictures=False, json=True)) == 0
    assert json.loads(capsys.readouterr().out)["policies"] == 4
    assert not list(Path("answers").glob("*.png"))


def test_answers_never_replace_something_else(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("letters").mkdir()
    Path("letters/one.txt").write_text("dear all")

    assert analyse(whole, Analysis(out=Path("letters"))) == 2

    assert "holds something else than answers" in capsys.readouterr().err
    assert os.listdir("letters") == ["one.txt"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Analysis(metrics=["nonsense"]), "no outcome 'nonsense'"),
        (Analysis(policies=[7]), "no policy 7"),
    ],
)
def test_wrong_wishes_of_an_analysis(
    whole: Path, options: Analysis, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert analyse(whole, options) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(shard="4/3"), "--shard 4/3: is no part of a whole"),
        (Options(shard="first"), "--shard first: is no part"),
        (Options(shard="1/2", scheduler="tcp://x:1"), "--shard and --scheduler"),
        (Options(shard="1/2", limit=3), "--shard and --limit"),
        (Options(slurm=True, shard="1/2"), "--slurm prints a script of shards"),
        (Options(out=Path(".")), "no folder of a study"),
    ],
)
def test_wrong_calls_are_told(study: Path, options: Options, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert experiment(study, options) == 2
    assert said in capsys.readouterr().err


def test_a_job_array_is_printed(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert experiment(study, Options(slurm=True, workers=20)) == 0

    assert "#SBATCH --array=1-20" in capsys.readouterr().out


def test_a_study_is_checked_like_a_scenario(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(study), explain=True, schema=False, json=False) == 0
    right = capsys.readouterr().out
    study.write_text(STUDY.replace("supply.new_cheap", "supply.new_chep"), encoding="utf-8")

    assert check(str(study), explain=False, schema=False, json=True) == 2

    assert "4 policies, 1 futures, 2 seeds, 8 runs" in right
    assert "cheap_homes: 0, 600" in right
    assert json.loads(capsys.readouterr().out)["faults"][0]["line"] == 13


def test_a_study_with_faults_is_not_begun(study: Path) -> None:
    study.write_text(STUDY.replace("supply.new_cheap", "supply.new_chep"), encoding="utf-8")

    with pytest.raises(ScenarioError, match=r"homes.toml:13:13: error: levers.cheap_homes.parameter"):
        experiment(study, Options())

    assert not Path("studies").exists()


def test_a_failing_run_is_listed_with_how_to_repeat_it(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = making.simulate_model

    def failing(job):
        if job.seed == 2 and ("caretaker", "in_post") in job.scenario.changes and "600" in str(job.scenario.changes):
            raise ZeroDivisionError("nobody to divide by")
        return real(job)

    monkeypatch.setattr(making.make, "__defaults__", (failing, print))
    assert experiment(study, Options(workers=1, quiet=True)) == 1
    assert failed(Path("studies/homes"), everything=False, json=False) == 0

    said = capsys.readouterr().out
    assert "ZeroDivisionError: nobody to divide by" in said
    again = next(line for line in said.splitlines() if "again:" in line)
    repeated = Path(again.split()[3])
    assert check(str(repeated), explain=False, schema=False, json=False) == 0


def test_status_of_what_is_no_study(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DamagedResults, match="does not exist"):
        status(Path("nothing"), json=False)


@pytest.mark.slow
def test_a_search_prints_and_writes_its_front(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    search = Search(generations=2, population=4, confirm=2, workers=1)

    assert optimise(study, search) == 0
    assert optimise(study, search) == 2
    first = pd.read_parquet("studies/homes-optimise/answers/front.parquet")
    assert optimise(study, Search(generations=2, population=4, confirm=2, workers=1, resume=True, json=True)) == 0

    said = capsys.readouterr()
    assert "a search was begun there" in said.err
    assert "mixes are beaten by no other" in said.out
    pd.testing.assert_frame_equal(pd.read_parquet("studies/homes-optimise/answers/front.parquet"), first)
    assert Path("studies/homes-optimise/answers/front.svg").exists()
