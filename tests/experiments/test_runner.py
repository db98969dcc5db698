"""Runs are made once, in chunks, and whatever goes wrong with one is its own affair."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from synthetic import deadly, failing, here, numbers, study

from hfabm.experiments import chunks, runner
from hfabm.experiments.chunks import Done, Made, StorageError, do_chunk
from hfabm.experiments.engines import Dask, EngineError, InProcess
from hfabm.experiments.estimate import estimate
from hfabm.experiments.folder import create
from hfabm.experiments.job import Status
from hfabm.experiments.lock import Shard
from hfabm.experiments.making import Wish, make
from hfabm.experiments.plan import plan_of
from hfabm.experiments.results import read_results
from hfabm.experiments.runner import execute, to_make
from hfabm.experiments.segments import finished
from hfabm.experiments.slurm import script
from hfabm.experiments.watch import Progress

PLAN = plan_of(study(0, 200, 400))


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are processes of their own, and must find the functions of the tests."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(here()), *sys.path]))


def in_process(path: Path, simulate=numbers, **more: object):
    return make(PLAN, Wish(path, quiet=True, **more), simulate)  # type: ignore[arg-type]


def test_a_failing_run_is_on_record_and_the_others_are_made(tmp_path: Path) -> None:
    folder, summary = in_process(tmp_path / "out", failing)

    results = read_results(folder.path)

    assert (summary.made, summary.failed) == (8, 1)
    (failed,) = results.runs[results.runs["status"] == "failed"].to_dict("records")
    assert (failed["policy"], failed["seed"]) == (2, 2)
    assert "nobody to divide by" in failed["error"]
    assert "Traceback" in failed["error"]
    assert (folder.path / "failures" / f"{failed['run']}.toml").exists()
    assert list(results.missing["status"]) == ["failed"]


def test_what_failed_is_left_alone_unless_it_is_to_be_tried_again(tmp_path: Path) -> None:
    in_process(tmp_path / "out", failing)

    _, resumed = in_process(tmp_path / "out", resume=True)
    _, retried = in_process(tmp_path / "out", retry=True)

    assert (resumed.made, resumed.before) == (0, 9)
    assert (retried.made, retried.before) == (1, 8)
    assert read_results(tmp_path / "out").missing.empty


def test_shards_are_the_whole_and_do_not_overlap(tmp_path: Path) -> None:
    folder = create(PLAN, tmp_path / "out")

    parts = [to_make(PLAN, folder, Shard(number, 4))[0] for number in (1, 2, 3, 4)]

    runs = [job.run for part in parts for job in part]
    assert sorted(runs) == sorted(job.run for job in PLAN.jobs())
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_one_process_and_shards_come_to_the_same(tmp_path: Path) -> None:
    whole, _ = in_process(tmp_path / "whole", failing)

    for number in (3, 1, 2):
        in_process(tmp_path / "parts", failing, shard=Shard(number, 3))

    parts, _ = in_process(tmp_path / "parts", failing, resume=True)
    assert parts.hash() == whole.hash()


def test_chunks_grow_until_they_fill_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(study(0, 200, 400, seeds=100))
    folder, seen = create(plan, tmp_path / "out"), []

    class Counting(InProcess):
        def submit(self, chunk):
            seen.append(len(chunk))
            super().submit(chunk)

        def next(self):
            chunk = self._waiting.popleft()
            return chunk, Done(tuple(Made(job.run, Status.DONE, 0.1, 1.0) for job in chunk), 0.1 * len(chunk))

    jobs, _ = to_make(plan, folder)
    with Progress(folder.path, quiet=True) as watch:
        execute(jobs, folder, Counting(folder.path, numbers), watch)

    assert seen[0] == 1
    assert max(seen) == round(runner.TARGET / 0.1)
    assert sum(seen) == 300


def test_a_full_disk_stops_the_study_and_what_was_made_is_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = chunks.write_segment, []

    def nearly_full(rows, folder):
        if len(written) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(len(rows))
        return real(rows, folder)

    monkeypatch.setattr(chunks, "write_segment", nearly_full)
    monkeypatch.setattr(runner, "MOST", 1)
    with pytest.raises(StorageError, match="No space left on device"):
        in_process(tmp_path / "out")

    monkeypatch.undo()
    assert len(finished(tmp_path / "out")) == 3
    folder, summary = in_process(tmp_path / "out", resume=True)
    assert (summary.before, summary.made) == (3, 6)
    assert folder.hash() == in_process(tmp_path / "whole")[0].hash()


@pytest.mark.slow
def test_two_workers_come_to_the_same_as_one(tmp_path: Path, importable: None) -> None:
    alone, _ = in_process(tmp_path / "alone", failing)

    several, summary = in_process(tmp_path / "several", failing, workers=2)

    assert several.hash() == alone.hash()
    assert summary.workers == 2


@pytest.mark.slow
def test_a_run_that_kills_its_worker_is_found_and_the_others_are_made(tmp_path: Path, importable: None) -> None:
    folder, summary = in_process(tmp_path / "out", deadly, workers=2)

    results = read_results(folder.path)

    assert (summary.made, summary.killed) == (8, 1)
    (killed,) = results.runs[results.runs["status"] == "killed"].to_dict("records")
    assert (killed["policy"], killed["seed"]) == (2, 2)


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hfabm.experiments.engines.PATIENCE", 2.0)
    folder = create(PLAN, tmp_path / "out")

    with (
        pytest.raises(EngineError, match="no scheduler answers there"),
        Dask(folder.path, numbers, address="tcp://127.0.0.1:9"),
    ):
        pass


def test_a_worker_returns_no_results(tmp_path: Path) -> None:
    folder = create(PLAN, tmp_path / "out")

    done = do_chunk(list(PLAN.jobs())[:3], folder.path, numbers)

    assert [made.status for made in done.made] == [Status.DONE] * 3
    assert len(repr(done)) < 600
    assert len(finished(folder.path)) == 3


def test_an_estimate_learns_from_the_runs_there_are(tmp_path: Path) -> None:
    folder, _ = in_process(tmp_path / "out")

    found = estimate(PLAN, 2, folder.path)

    assert found.from_runs
    assert found.minutes == pytest.approx(9 * found.seconds / 2 / 60)
    assert found.megabytes > 0.0


def test_a_job_array_makes_every_shard() -> None:
    text = script("Numbers", Path("experiments/numbers.toml"), Path("/shared/my out"), 50, work_minutes=1000.0)

    assert "#SBATCH --array=1-50" in text
    assert "#SBATCH --time=00:40:00" in text
    assert '--shard "$SLURM_ARRAY_TASK_ID/50"' in text
    assert "--out '/shared/my out'" in text
    assert text.startswith("#!/bin/bash\n")


def test_progress_is_told_line_by_line_where_there_is_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hfabm.experiments.watch.EVERY", 0.0)

    make(PLAN, Wish(tmp_path / "out"), failing)

    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "0 of 9 runs made"
    assert lines[-1].startswith("9 of 9 runs made")
    assert "1 failed" in lines[-1]
