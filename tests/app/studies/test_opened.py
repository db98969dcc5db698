"""Opening a study: read once for all, anew where it has changed, and a plain word where it is broken."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from app.small_study import write_small_study
from hfabm.app.studies.bundle import bundle
from hfabm.app.studies.opened import Opened, open_study
from hfabm.app.studies.shelf import CannotOpen
from hfabm.language import Language


def test_it_tells_what_it_does_and_the_second_visitor_does_not_wait(shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(shelf / "small", tmp_path / "new")
    first: list[str] = []
    second: list[str] = []

    one = open_study("new", first.append, tmp_path)
    other = open_study("new", second.append, tmp_path)

    assert first == ["reading", "analysing"]
    assert second == []
    assert one is other


def test_only_a_few_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hfabm.app.studies.opened.KEPT", 2)
    for name in "abc":
        write_small_study(tmp_path / name, futures=2, seeds=2)
    first, *_ = [open_study(name, root=tmp_path) for name in "abc"]
    kept: list[str] = []
    again: list[str] = []

    open_study("c", kept.append, tmp_path)
    second = open_study("a", again.append, tmp_path)

    assert kept == []
    assert again
    assert second is not first


@pytest.mark.parametrize("gone", ["study.json", "points.parquet", "manifest.json"])
def test_a_study_with_a_file_gone_is_damaged(shelf: Path, tmp_path: Path, gone: str) -> None:
    shutil.copytree(shelf / "small", tmp_path / "broken")
    (tmp_path / "broken" / gone).unlink()

    with pytest.raises(CannotOpen) as refused:
        open_study("broken", root=tmp_path)

    assert refused.value.key == "damaged"
    assert "studies/broken" in refused.value.told(Language.EN)
    assert refused.value.said


def test_a_study_with_a_changed_segment_is_damaged(shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(shelf / "small", tmp_path / "broken")
    segment = next((tmp_path / "broken" / "segments").glob("*.parquet"))
    segment.write_bytes(segment.read_bytes()[:-7])

    with pytest.raises(CannotOpen) as refused:
        open_study("broken", root=tmp_path)

    assert "is not as it was written" in refused.value.said


def test_a_picture_is_drawn_once_as_pixels_and_as_lines(small: Opened) -> None:
    name = small.answers.pictures[0].name

    drawn = small.draw(name, Language.EN)

    assert drawn.png.startswith(b"\x89PNG")
    assert b"<svg" in drawn.svg
    assert small.draw(name, Language.EN) is drawn
    assert small.draw(name, Language.DA).svg != drawn.svg


@pytest.mark.slow
def test_all_of_it_is_in_the_file_to_take_along(small: Opened) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle(small, Language.DA))) as archive:
        names = set(archive.namelist())
        effects = archive.read("small/effects.csv").decode("utf-8-sig")

    wanted = {"answers.md", "answers.json"} | {f"{table}.csv" for table in small.answers.tables}
    wanted |= {f"{picture.name}.{ending}" for picture in small.answers.pictures for ending in ("png", "svg")}
    assert names == {f"small/{name}" for name in wanted}
    assert effects.splitlines()[0].startswith("policy;label;")
