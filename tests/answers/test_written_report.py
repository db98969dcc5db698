"""The report and the files beside it: all that was found, what is missing, and how it was made."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from tables import results, without

from hfabm.answers import report
from hfabm.answers.analysis import analyse
from hfabm.answers.finding import Answers
from hfabm.answers.report import ROWS, as_json, write
from hfabm.experiments.folder import StudyFolder, create
from hfabm.experiments.plan import plan_of
from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study
from hfabm.language import Language
from hfabm.model import SCENARIOS
from hfabm.results.store import OutputError

HOME, COST = "home_years_per_year", "public_cost_per_year"


def helps(a: int, b: int, x: float) -> dict[str, float]:
    return {HOME: 10.0 * a * (x - 0.3) + 4.0 * b, COST: 2e6 * a}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """The folder of some study; of its runs nothing is read."""
    study = Study(
        title="Tables", question="Do they tell?", scenarios=(SCENARIOS / "odense_ahead.toml",),
        levers=(Factor("homes", choices=(Choice("none"),)),), policies=Design(Kind.GRID), metrics={HOME: "higher"},
    )  # fmt: skip
    return create(plan_of(study), tmp_path_factory.mktemp("study") / "out")


@pytest.fixture(scope="module")
def answers() -> Answers:
    return analyse(results(helps, futures=32, seeds=3, noise=0.1, budget=Limit(COST, 1e6)))


def read(out: Path) -> str:
    return (out / "answers.md").read_text(encoding="utf-8")


def test_every_table_and_picture_is_there_twice_and_in_the_report(
    answers: Answers, folder: StudyFolder, tmp_path: Path
) -> None:
    few = dataclasses.replace(answers, pictures=answers.pictures[:2])
    few.findings = [dataclasses.replace(f, pictures=tuple(p.name for p in few.pictures if p.name in f.pictures))
                    for f in answers.findings]  # fmt: skip

    out = write(few, folder, tmp_path / "answers")

    told = read(out)
    for name, table in few.tables.items():
        pd.testing.assert_frame_equal(pd.read_parquet(out / f"{name}.parquet"), table.reset_index(drop=True))
        assert len(pd.read_csv(out / f"{name}.csv")) == len(table)
        assert f"({name}.csv)" in told
    for picture in few.pictures:
        assert (out / f"{picture.name}.png").exists() and (out / f"{picture.name}.svg").exists()
        assert f"![{picture.title[Language.EN]}]({picture.name}.png)" in told
    expected = {"answers.md", "answers.json"} | {f"{n}.{e}" for n in few.tables for e in ("csv", "parquet")}
    expected |= {f"{picture.name}.{ending}" for picture in few.pictures for ending in ("png", "svg")}
    assert {path.name for path in out.iterdir()} == expected


def test_the_question_comes_first_then_the_answer_then_what_the_intervals_mean(
    answers: Answers, folder: StudyFolder, tmp_path: Path
) -> None:
    told = read(write(answers, folder, tmp_path / "answers", pictures=False))

    title, question, answer, meaning, *_ = told.split("\n\n")
    assert (title, question) == ("# Tables", "**Do they tell?**")
    assert answer.strip() == answers.findings[0].said[Language.EN]
    assert "Simulated, not observed: 4 policies, 33 futures, 3 seeds" in meaning
    assert "how sure the mean of this model is, not how sure the model is" in meaning
    assert re.search(r"Of \d+ numbers that nobody knows \d+% are assumed", meaning)
    assert "1 of them are varied here" in meaning
    assert "missing or failed" not in told
    assert "![" not in told


def test_the_end_tells_how_it_was_made(answers: Answers, folder: StudyFolder, tmp_path: Path) -> None:
    told = read(write(answers, folder, tmp_path / "answers", pictures=False)).partition("## How it was made")[2]

    manifest = folder.manifest
    assert f"Plan {manifest['plan'][:16]}, model {manifest['model']}" in told
    assert f"counted from {manifest['since']}" in told
    assert "python 3." in told
    assert f"hfabm analyse {folder.path}" in told


def test_what_is_missing_and_what_cannot_be_said_is_told(folder: StudyFolder, tmp_path: Path) -> None:
    given = without(results(helps, futures=24, seeds=3), policy=0, seed=2)

    found = analyse(given)
    told = read(write(found, folder, tmp_path / "answers", pictures=False))

    assert "**25 runs are missing or failed**: what follows is of those there are." in told
    assert "## What cannot be said" in told
    assert found.refused
    assert all(said.splitlines()[0] in told for said in found.refused)
    assert as_json(found, folder)["missing"] == 25
    assert as_json(found, folder)["refused"] == found.refused


def test_long_tables_are_cut_in_the_report_and_whole_in_their_file(
    answers: Answers, folder: StudyFolder, tmp_path: Path
) -> None:
    rows = len(answers.tables["cumulative"])

    out = write(answers, folder, tmp_path / "answers", pictures=False)

    section = read(out).partition(f"cumulative, the first {ROWS} of {rows} rows (cumulative.csv)")[2]
    printed = [line for line in section.partition("</details>")[0].splitlines() if line.startswith("| ")]
    assert rows > ROWS
    assert len(printed) == 1 + 1 + ROWS
    assert len(pd.read_csv(out / "cumulative.csv")) == rows


def test_programs_read_the_same(answers: Answers, folder: StudyFolder, tmp_path: Path) -> None:
    out = write(answers, folder, tmp_path / "answers", pictures=False)

    said = json.loads((out / "answers.json").read_text(encoding="utf-8"))
    assert said == json.loads(json.dumps(as_json(answers, folder)))
    assert said["answer"] == answers.answer[Language.EN]
    assert (said["policies"], said["futures"], said["seeds"], said["runs"]) == (4, 33, [1, 2, 3], 396)
    assert [finding["said"] for finding in said["findings"]] == [
        finding.said[Language.EN] for finding in answers.findings
    ]


def test_the_report_is_danish_where_that_is_asked_for(answers: Answers, folder: StudyFolder, tmp_path: Path) -> None:
    out = write(answers, folder, tmp_path / "answers", pictures=False, language=Language.DA)

    told, said = read(out), json.loads((out / "answers.json").read_text(encoding="utf-8"))
    assert answers.answer[Language.DA] in told
    assert "Simuleret, ikke observeret: 4 politikker" in told and "## Sådan blev det lavet" in told
    assert said["language"] == "da" and said["answer"] == answers.answer[Language.DA]


def test_earlier_answers_are_replaced_whole(answers: Answers, folder: StudyFolder, tmp_path: Path) -> None:
    out = write(answers, folder, tmp_path / "answers", pictures=False)
    (out / "of_yesterday.csv").write_text("old")

    write(answers, folder, out, pictures=False)

    assert not (out / "of_yesterday.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["answers"]


def test_answers_that_cannot_be_written_leave_the_earlier_ones(
    answers: Answers, folder: StudyFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = write(answers, folder, tmp_path / "answers", pictures=False)
    before = read(out)

    def full(*_: object) -> dict[str, object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report, "as_json", full)
    with pytest.raises(OutputError, match="cannot be written there: No space left"):
        write(answers, folder, out, pictures=False)

    assert read(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["answers"]


def test_cells_of_tables_cannot_break_them(folder: StudyFolder, tmp_path: Path) -> None:
    found = analyse(results(helps, seeds=2))
    found.tables["effects"]["label"] = "either | or"

    told = read(write(found, folder, tmp_path / "answers", pictures=False))

    lines = told.partition("<summary>effects")[2].partition("</details>")[0].strip().splitlines()
    rows = [line for line in lines if line.startswith("|")]
    bars = {len(re.findall(r"(?<!\\)\|", line)) for line in rows}
    assert len(bars) == 1


def test_years_and_sums_are_written_as_people_write_them(folder: StudyFolder, tmp_path: Path) -> None:
    found = analyse(results(helps, seeds=2))
    row = {"year": 2027.0, "cost": -49_523.4, "share": 0.12345, "millions": 12_345_678.9, "none": float("nan")}
    found.tables["effects"] = pd.DataFrame([row])

    told = read(write(found, folder, tmp_path / "answers", pictures=False))

    assert "| 2027 | -49,523 | 0.1235 | 12,345,679 |  |" in told
