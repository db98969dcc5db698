"""The shelf shows what is in `studies/` and nothing else, whatever an address says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.small_study import TITLE
from hfabm.app.studies.shelf import CannotOpen, folder_of, not_made, on_shelf
from hfabm.experiments.watch import PROGRESS
from hfabm.language import Language, translated


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../small",
        "small/..",
        "small/segments",
        "/etc",
        "..\\small",
        "C:small",
        ".lock",
        "a\0b",
        "x" * 200,
    ],
)
def test_no_name_leads_out_of_the_shelf(shelf: Path, name: str) -> None:
    with pytest.raises(CannotOpen) as refused:
        folder_of(name, shelf)

    assert refused.value.key == "no_name"


def test_a_link_out_of_the_shelf_is_not_followed(shelf: Path, tmp_path: Path) -> None:
    root = tmp_path / "studies"
    root.mkdir()
    (root / "elsewhere").symlink_to(shelf / "small", target_is_directory=True)

    with pytest.raises(CannotOpen) as refused:
        folder_of("elsewhere", root)
    (listed,) = on_shelf(root)

    assert refused.value.key == "outside"
    assert listed.trouble


def test_a_study_that_is_not_there_is_said_in_both_languages(shelf: Path) -> None:
    with pytest.raises(CannotOpen) as refused:
        folder_of("gone", shelf)

    english, danish = (refused.value.told(language) for language in (Language.EN, Language.DA))
    assert "gone" in english
    assert "gone" in danish
    assert english != danish


def test_a_study_is_listed_with_its_question_and_its_runs(shelf: Path) -> None:
    (listed,) = on_shelf(shelf)

    assert (listed.name, listed.title, listed.trouble) == ("small", TITLE, "")
    assert listed.question.endswith("?")
    assert listed.made == listed.planned == 6 * 41 * 3
    assert listed.failed == 0
    assert listed.day is not None


def test_a_study_at_work_counts_what_its_runner_has_made(shelf: Path, tmp_path: Path) -> None:
    root = tmp_path / "studies"
    shutil.copytree(shelf / "small", root / "begun")
    manifest = (root / "begun" / "manifest.json").read_text(encoding="utf-8")
    (root / "begun" / PROGRESS).write_text(json.dumps({"before": 10, "done": 10**6}), encoding="utf-8")

    (listed,) = on_shelf(root)

    assert listed.made == json.loads(manifest)["runs"]


def test_foreign_and_damaged_folders_come_last_and_say_why(shelf: Path, tmp_path: Path) -> None:
    root = tmp_path / "studies"
    shutil.copytree(shelf / "small", root / "whole")
    shutil.copytree(shelf / "small", root / "edited")
    manifest = root / "edited" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"runs"', '"ruins"'), encoding="utf-8")
    (root / "foreign").mkdir()
    (root / "foreign" / "notes.txt").write_text("Shopping", encoding="utf-8")
    (root / ".tmp-half").mkdir()

    whole, *broken = on_shelf(root)

    assert (whole.name, whole.trouble) == ("whole", "")
    assert [one.name for one in broken] == ["edited", "foreign"]
    assert "was changed after it was written" in broken[0].trouble
    assert "no folder of results" in broken[1].trouble


def test_no_shelf_is_an_empty_one(tmp_path: Path) -> None:
    assert on_shelf(tmp_path / "studies") == ()


def test_files_that_ship_are_offered_until_they_are_made(tmp_path: Path) -> None:
    before = {one.name for one in not_made(tmp_path)}
    (tmp_path / "refund_design").mkdir()

    after = {one.name: one for one in not_made(tmp_path)}

    assert before - set(after) == {"refund_design"}
    assert after["what_matters"].command == "hfabm experiment experiments/what_matters.toml"


def test_titles_that_ship_are_known_in_danish_and_others_stay(tmp_path: Path) -> None:
    for one in not_made(tmp_path):
        assert translated(one.title, Language.DA) != one.title
        assert translated(one.question, Language.DA) != one.question
        assert translated(one.title, Language.EN) == one.title
    assert translated("Something of my own", Language.DA) == "Something of my own"
