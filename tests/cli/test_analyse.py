"""`hfabm analyse`: what is printed, what is written, and its exit codes, on runs that take no time."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from hfabm.answers.effects import effects
from hfabm.cli import main
from hfabm.experiments.folder import create
from hfabm.experiments.job import Answer, Job
from hfabm.experiments.making import Wish, make
from hfabm.experiments.plan import Plan, plan_of
from hfabm.experiments.results import read_results
from hfabm.experiments.segments import SEGMENTS
from hfabm.experiments.study import Choice, Design, Factor, Kind, Study
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.model import SCENARIOS

HOMES = ("supply", "new_cheap")
STUDY = Study(
    title="Homes",
    question="Do homes house people?",
    scenarios=(SCENARIOS / "odense_ahead.toml",),
    levers=(
        Factor("homes", "New homes", "dwellings/year", (Choice("0", value=0.0), Choice("200", value=200.0)), HOMES,
               date(2021, 1, 11)),
    ),
    policies=Design(Kind.GRID),
    metrics={"home_years_per_year": "higher", "public_cost_per_year": "lower"},
    replications=3,
    until=date(2021, 3, 31),
)  # fmt: skip
HOUSED = 0.1
"""Person-years at home for each home."""

Call = Callable[..., tuple[int, str, str]]


def housing(job: Job, each: float = HOUSED) -> Answer:
    """Every home houses a tenth of a person; every seed has luck of its own."""
    steps = job.scenario.changes.get(HOMES, ())
    built = float(steps[-1][1]) if steps else 0.0
    outcomes = {metric.name: 1.0 for metric in OUTCOMES}
    outcomes |= {"home_years_per_year": 500.0 + job.seed + each * built, "public_cost_per_year": 1e6 + 1e4 * built}
    yearly = {f"{payer}_dkk": (1e6 + 1e4 * built,) for payer in ("public", "municipality", "state", "region")}
    return Answer(job.run, outcomes, (2021,), yearly)


def harming(job: Job) -> Answer:
    return housing(job, -HOUSED)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(STUDY)


@pytest.fixture(scope="module")
def made(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, _ = make(plan, Wish(tmp_path_factory.mktemp("made") / "homes", quiet=True), housing)
    return folder.path


@pytest.fixture
def homes(made: Path, tmp_path: Path) -> Path:
    """A copy of the study, made."""
    return Path(shutil.copytree(made, tmp_path / "homes"))


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the command in this process: its exit code, what it printed, and what it remarked."""

    def caller(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["hfabm", "analyse", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return caller


def test_the_question_and_its_answer_are_printed_and_where_the_rest_is(call: Call, homes: Path) -> None:
    code, out, err = call(homes)

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[:3] == ["Homes", "", "Do homes house people?"]
    assert "homes 200 does most, +20 persons" in lines[3]
    assert lines[-1].startswith(f"{homes / 'answers'}: answers.md, ")
    assert len(list((homes / "answers").glob("*.png"))) == int(lines[-1].split()[-2])


def test_the_answer_is_danish_where_that_is_asked_for(call: Call, homes: Path) -> None:
    code, out, err = call(homes, "--language", "da", "--no-pictures")

    assert (code, err) == (0, "")
    assert "homes 200 gør størst forskel, +20 personer" in out.splitlines()[3]
    assert "## Hvem der betaler" in (homes / "answers/answers.md").read_text(encoding="utf-8")


def test_a_language_that_it_does_not_speak_is_refused(call: Call, homes: Path) -> None:
    code, _, err = call(homes, "--language", "fi")

    assert code == 2
    assert "'da', 'en'" in err


def test_the_answer_turns_with_the_numbers(call: Call, plan: Plan, tmp_path: Path) -> None:
    make(plan, Wish(tmp_path / "harm", quiet=True), harming)

    _, out, _ = call(tmp_path / "harm", "--no-pictures")

    assert "No policy clearly betters person-years at home; 1 of 1 clearly make it worse" in out


def test_tables_are_what_the_functions_return(call: Call, homes: Path) -> None:
    call(homes, "--no-pictures")

    table = pd.read_parquet(homes / "answers" / "effects.parquet")
    pd.testing.assert_frame_equal(table, effects(read_results(homes), list(STUDY.metrics)).reset_index(drop=True))
    assert not list((homes / "answers").glob("*.png"))


def test_answers_may_go_elsewhere_and_nothing_but_the_folder_be_printed(
    call: Call, homes: Path, tmp_path: Path
) -> None:
    code, out, _ = call(homes, "--out", tmp_path / "there", "--quiet", "--no-pictures")

    assert (code, out.strip()) == (0, str(tmp_path / "there"))
    assert (tmp_path / "there" / "answers.md").exists()
    assert not (homes / "answers").exists()


def test_programs_get_one_object(call: Call, homes: Path) -> None:
    code, out, _ = call(homes, "--json", "--no-pictures")

    said = json.loads(out)
    assert code == 0
    assert (said["question"], said["runs"], said["missing"]) == ("Do homes house people?", 6, 0)
    assert said["folder"] == str(homes / "answers")
    assert "homes 200 does most" in said["answer"]


def test_another_outcome_may_be_asked_for(call: Call, homes: Path) -> None:
    _, out, _ = call(homes, "--metric", "homeless_mean", "--json", "--no-pictures")

    assert "None of 1 policies clearly changes homelessness" in json.loads(out)["answer"]


def test_a_study_that_is_not_whole_is_answered_as_far_as_it_goes(call: Call, plan: Plan, tmp_path: Path) -> None:
    make(plan, Wish(tmp_path / "half", quiet=True, limit=4), housing)

    code, out, _ = call(tmp_path / "half", "--no-pictures")

    told = (tmp_path / "half" / "answers" / "answers.md").read_text(encoding="utf-8")
    assert code == 0
    assert "2 runs are missing or failed: `hfabm status`, `hfabm failed`." in out
    assert "**2 runs are missing or failed**" in told
    assert pd.read_csv(tmp_path / "half" / "answers" / "effects.csv")["seeds"].tolist() == [2, 2]


def test_a_study_of_which_nothing_is_made_has_no_answers(call: Call, plan: Plan, tmp_path: Path) -> None:
    create(plan, tmp_path / "begun")

    code, _, err = call(tmp_path / "begun")

    assert code == 2
    assert "no run is made yet" in err
    assert not (tmp_path / "begun" / "answers").exists()


@pytest.mark.parametrize(
    ("wish", "said"),
    [(("--metric", "nonsense"), "no outcome 'nonsense'"), (("--policy", "7"), "no policy 7: this study has 0 to 1")],
)
def test_wrong_wishes_are_wrong_calls(call: Call, homes: Path, wish: tuple[str, str], said: str) -> None:
    code, _, err = call(homes, *wish)

    assert code == 2
    assert said in err


def test_a_folder_that_is_no_study_is_damaged(call: Call, tmp_path: Path) -> None:
    assert call(tmp_path)[0] == 3
    assert call(tmp_path / "nowhere")[0] == 3


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_damaged_runs_are_no_ground_for_answers(call: Call, homes: Path, harm: str) -> None:
    segment = next((homes / SEGMENTS).glob("*.parquet"))
    if harm == "gone":
        segment.unlink()
    else:
        segment.write_bytes(segment.read_bytes()[:-1] + b"!")

    code, out, err = call(homes)

    assert (code, out) == (3, "")
    assert str(homes) in err
    assert not (homes / "answers").exists()


def test_a_study_of_the_base_alone_is_told_to_have_nothing_to_compare(call: Call, tmp_path: Path) -> None:
    alone = dataclasses.replace(STUDY, levers=(), policies=Design())
    make(plan_of(alone), Wish(tmp_path / "alone", quiet=True), housing)

    code, out, _ = call(tmp_path / "alone", "--no-pictures")

    assert code == 0
    assert "There is one policy only, and nothing to compare it with." in out
    assert (tmp_path / "alone" / "answers" / "answers.md").exists()
