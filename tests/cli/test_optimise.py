"""`hfabm optimise`: what is refused, what is printed and written, and that fresh luck has the last word."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hfabm.cli import main, run
from hfabm.cli.optimise import Options, optimise
from hfabm.experiments import chunks, making
from hfabm.experiments.job import Answer, Job
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.results.manifest import read_manifest

HOME, COST = "home_years_per_year", "public_cost_per_year"
OUT = Path("studies/homes-optimise")
STUDY = """
title = "Homes and caretakers"
question = "Which mix is worth its money?"
scenarios = ["odense_ahead"]
until = 2021-03-31
replications = 2

[metrics]
home_years_per_year = "higher"
public_cost_per_year = "lower"

[levers.cheap_homes]
parameter = "supply.new_cheap"
from = 2021-01-11
values = [0, 200, 600]

[levers.caretakers]
parameter = "caretaker.in_post"
from = 2021-01-11
values = [4, 8]
"""

Simulate = Callable[[Job], Answer]


def answering(job: Job) -> Answer:
    """A home for every ten dwellings at a million each, more in the seeds of the search; caretakers only cost."""
    steps = [job.scenario.changes.get(key, ()) for key in (("supply", "new_cheap"), ("caretaker", "in_post"))]
    homes, posts = (float(step[-1][1]) if step else least for step, least in zip(steps, (0.0, 4.0), strict=True))
    lucky = 2.0 if job.seed in (1, 2) else 1.0
    outcomes = {metric.name: 0.0 for metric in OUTCOMES}
    outcomes[HOME] = 100.0 + 0.1 * job.seed + lucky * (1.0 + 0.01 * job.seed) * homes / 10.0
    outcomes[COST] = 1e8 + 1e5 * homes + 1e6 * (posts - 4.0)
    return Answer(job.run, outcomes)


@pytest.fixture(autouse=True)
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "compiled", lambda quiet: None)
    simulated(answering, monkeypatch)
    Path("homes.toml").write_text(STUDY, encoding="utf-8")
    return Path("homes.toml")


def simulated(simulate: Simulate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.make, "__defaults__", (simulate, print))


def call(**changed: Any) -> int:
    given: dict[str, Any] = {"generations": 2, "population": 6, "workers": 1}
    return optimise(Path("homes.toml"), Options(**(given | changed)))


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return {row["mix"]: row for row in json.loads(capsys.readouterr().out)["front"]}


def test_the_front_is_told_and_written_in_all_its_forms(capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 0

    out, err = capsys.readouterr()
    assert re.match(r"3 of [456] mixes are beaten by no other in person-years at home, net public cost\.\n", out)
    assert "Best for person-years at home: cheap homes 600, +62." in out
    assert "trust the numbers of fresh seeds" in out
    assert re.search(r"generation 2 of 2: [456] mixes known", err)
    assert "the 3 best again, with 4 fresh seeds" in err
    table = pd.read_csv(OUT / "answers/front.csv")
    pd.testing.assert_frame_equal(table, pd.read_parquet(OUT / "answers/front.parquet"), check_dtype=False)
    assert list(table["mix"]) == ["base", "cheap homes 600", "cheap homes 200"]
    assert list(table["levers_moved"]) == [0, 1, 1]
    assert all((OUT / "answers" / f"front.{form}").stat().st_size for form in ("png", "svg"))


def test_fresh_seeds_have_the_last_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(json=True) == 0

    best = told(capsys)["cheap homes 600"]
    (confirmed,) = OUT.glob("confirm-*")
    assert read_manifest(OUT)["seeds"] == [1, 2]
    assert read_manifest(confirmed)["seeds"] == [3, 4, 5, 6]
    assert best[f"searched_{HOME}"] == pytest.approx(2.0 * 1.015 * 60.0)
    assert best[HOME] == pytest.approx(1.045 * 60.0)
    assert best[f"{HOME}_low"] < best[HOME] < best[f"{HOME}_high"]
    assert best[COST] == pytest.approx(6e7)


def test_one_fresh_seed_has_no_interval_and_none_leaves_the_search_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(json=True, confirm=1, out=Path("one")) == 0
    one = told(capsys)["cheap homes 600"]
    assert call(json=True, confirm=0, out=Path("none")) == 0
    none = told(capsys)["cheap homes 600"]

    assert (one[HOME], one[f"{HOME}_low"]) == (pytest.approx(1.03 * 60.0), None)
    assert none[HOME] == pytest.approx(2.0 * 1.015 * 60.0)
    assert f"searched_{HOME}" not in none
    assert not list(Path("none").glob("confirm-*"))


def test_a_budget_of_its_own_takes_the_place_of_the_studys(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study.write_text(STUDY + f'[budget]\nmetric = "{COST}"\nat_most = 3e7\n', encoding="utf-8")

    assert call(json=True) == 0
    tight = told(capsys)
    assert call(json=True, budget=7e7, out=Path("wide")) == 0
    wide = told(capsys)

    assert set(tight) == {"base", "cheap homes 200"}
    assert set(wide) == {"base", "cheap homes 200", "cheap homes 600"}


def test_a_budget_that_none_keeps_to_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(budget=-1e6) == 0

    out = capsys.readouterr().out
    said = r"None of [456] mixes keeps to net public cost of at most -1 m: nothing can be recommended\."
    assert re.match(said, out)
    assert pd.read_csv(OUT / "answers/front.csv").empty
    assert not list(OUT.glob("confirm-*"))


def test_a_search_of_old_is_gone_on_with_on_request_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(json=True) == 0
    first = json.loads(capsys.readouterr().out)
    simulated(_never, monkeypatch)

    assert call() == 2
    refused = capsys.readouterr()
    assert call(json=True, resume=True) == 0

    assert refused.out == ""
    assert refused.err == (
        f"homes.toml: {OUT}: a search was begun there. Go on with --resume, or name another folder with --out.\n"
    )
    assert json.loads(capsys.readouterr().out) == first


def _never(job: Job) -> Answer:
    raise AssertionError(f"{job.run} was made before")


def test_a_search_that_was_interrupted_comes_to_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(json=True, out=Path("whole")) == 0
    whole = json.loads(capsys.readouterr().out)["front"]
    runs: list[str] = []

    def interrupted(job: Job) -> Answer:
        runs.append(job.run)
        if len(runs) == 7:
            raise KeyboardInterrupt
        return answering(job)

    simulated(interrupted, monkeypatch)
    assert typed("--generations", "2", "--population", "6", "--workers", "1", monkeypatch=monkeypatch) == 130
    assert "Interrupted." in capsys.readouterr().err
    assert call(json=True, resume=True) == 0

    assert json.loads(capsys.readouterr().out)["front"] == whole


def test_a_full_disk_is_told_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(rows: object, folder: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(chunks, "write_segment", full)
        assert call() == 1
    said = capsys.readouterr().err
    assert call(json=True, resume=True) == 0

    assert "No space left on device" in said
    assert "What was made is safe: go on with --resume." in said
    assert "cheap homes 600" in told(capsys)


def test_a_folder_of_something_else_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Path("letters").mkdir()
    Path("letters/one.txt").touch()

    assert call(out=Path("letters"), resume=True) == 2

    said = "letters: is not empty, and no folder of a study. Name another with --out."
    assert capsys.readouterr().err == f"homes.toml: {said}\n"
    assert os.listdir("letters") == ["one.txt"]


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (f'{COST} = "lower"\n', "a search weighs two outcomes or more: name them with a direction under [metrics]."),
        (STUDY[STUDY.index("[levers.") :], "the study has no levers to mix: name some under [levers]."),
    ],
)
def test_a_study_that_cannot_be_searched_is_refused(
    study: Path, left_out: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    study.write_text(STUDY.replace(left_out, ""), encoding="utf-8")

    assert call() == 2

    assert capsys.readouterr().err == f"homes.toml: {said}\n"
    assert not OUT.exists()


def test_quiet_leaves_the_answer_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(quiet=True) == 0

    out, err = capsys.readouterr()
    assert err == ""
    assert "cheap homes 600" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--population", "3"), "--population"),
        (("--generations", "0"), "--generations"),
        (("--confirm", "-1"), "--confirm"),
        (("--budget", "nan"), "--budget nan: is no amount"),
        (("--budget", "much"), "--budget"),
    ],
)
def test_wrong_words_on_the_line_are_told(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    assert typed(*words, monkeypatch=monkeypatch) == 2

    assert said in capsys.readouterr().err
    assert not OUT.exists()


def typed(*words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of the command as it is typed."""
    monkeypatch.setattr(sys, "argv", ["hfabm", "optimise", "homes.toml", *words])
    monkeypatch.setattr(main.signal, "signal", lambda number, handler: None)
    with pytest.raises(SystemExit) as left:
        main.main()
    return int(str(left.value.code))
