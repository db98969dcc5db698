"""Rows on disk: whole or not at all, and the same whoever wrote them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from synthetic import numbers, study

from hfabm.experiments import segments
from hfabm.experiments.compaction import compact
from hfabm.experiments.job import Job, Status
from hfabm.experiments.plan import plan_of
from hfabm.experiments.segments import (
    SEGMENTS,
    failed_row,
    finished,
    names_of,
    read_segments,
    row_of,
    study_hash,
    write_segment,
)
from hfabm.results.manifest import DamagedResults

JOBS = list(plan_of(study(0, 200, 400)).jobs())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SEGMENTS).mkdir()
    return tmp_path


def rows(jobs: list[Job], seconds: float = 1.0) -> list[segments.Row]:
    return [row_of(job, numbers(job), seconds, 300.0) for job in jobs]


def test_what_is_written_is_read(folder: Path) -> None:
    write_segment(rows(JOBS[:2]), folder)
    write_segment([failed_row(JOBS[2], Status.FAILED, "Traceback ...", 0.5)], folder)

    read = read_segments(folder).set_index("run")

    assert finished(folder) == {JOBS[0].run: "done", JOBS[1].run: "done", JOBS[2].run: "failed"}
    assert read.loc[JOBS[1].run, "outcome.homeless_mean"] == numbers(JOBS[1]).outcomes["homeless_mean"]
    assert list(read.loc[JOBS[1].run, "yearly.public_dkk"]) == [201.0, 2.0]
    assert read.loc[JOBS[2].run, "error"] == "Traceback ..."


def test_segments_of_failed_runs_alone_can_be_read(folder: Path) -> None:
    write_segment([failed_row(JOBS[0], Status.KILLED, "gone", 0.0)], folder)

    read = read_segments(folder)

    assert list(read["status"]) == ["killed"]


def test_an_empty_study_can_be_read(folder: Path) -> None:
    assert read_segments(folder).empty
    assert finished(folder) == {}


def test_the_hash_hangs_on_what_runs_came_to_alone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / SEGMENTS).mkdir(parents=True)
    write_segment(rows(JOBS), folder)

    for job in reversed(JOBS):
        write_segment(rows([job], seconds=7.0), other)

    assert study_hash(read_segments(folder)) == study_hash(read_segments(other))
    write_segment([failed_row(JOBS[0], Status.FAILED, "x", 0.0)], other)  # done counts
    assert study_hash(read_segments(folder)) == study_hash(read_segments(other))
    assert study_hash(read_segments(folder)) != study_hash(read_segments(folder).iloc[1:])


def test_a_run_made_twice_must_come_to_the_same(folder: Path) -> None:
    write_segment(rows(JOBS[:1], seconds=1.0), folder)
    write_segment(rows(JOBS[:1], seconds=2.0), folder)
    assert len(read_segments(folder)) == 1

    write_segment([rows(JOBS[:1])[0] | {"hash": "another"}], folder)

    with pytest.raises(DamagedResults, match="made twice and came to two results"):
        read_segments(folder)


def test_what_failed_and_was_made_again_is_done(folder: Path) -> None:
    write_segment([failed_row(JOBS[0], Status.FAILED, "x", 0.0)], folder)
    write_segment(rows(JOBS[:1]), folder)

    assert finished(folder) == {JOBS[0].run: Status.DONE}
    assert list(read_segments(folder)["status"]) == ["done"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    write_segment(rows(JOBS[:1]), folder)
    before = sorted((folder / SEGMENTS).iterdir())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="No space left"):
        write_segment(rows(JOBS[1:2]), folder)

    assert sorted((folder / SEGMENTS).iterdir()) == before


def test_a_changed_segment_does_not_count_and_is_told(folder: Path) -> None:
    name = write_segment(rows(JOBS[:1]), folder)
    path = folder / SEGMENTS / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    assert finished(folder) == {}
    with pytest.raises(DamagedResults, match=name):
        read_segments(folder)


def test_small_segments_are_put_together(folder: Path) -> None:
    for job in JOBS:
        write_segment(rows([job]), folder)
    before = study_hash(read_segments(folder))

    gone = compact(folder, many=3)

    assert gone == len(JOBS)
    assert len(names_of(folder)) == 1
    assert study_hash(read_segments(folder)) == before
    assert compact(folder, many=3) == 0


def test_a_merge_that_is_killed_before_it_deletes_loses_and_doubles_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for job in JOBS:
        write_segment(rows([job]), folder)
    before = study_hash(read_segments(folder))
    deleted: list[object] = []

    def killed(path: object) -> None:
        deleted.append(path)
        if len(deleted) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("hfabm.experiments.compaction.os.unlink", killed)
    with pytest.raises(KeyboardInterrupt):
        compact(folder, many=3)

    assert study_hash(read_segments(folder)) == before
    assert len(finished(folder)) == len(JOBS)
