"""Real faults, real processes: whatever dies, the study comes out hash for hash as if nothing had happened."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil
import pytest
from faults import (
    PATIENCE,
    RUNS,
    command,
    hash_of,
    hfabm,
    segments,
    started,
    study_file,
    until,
    workers_of,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Hash of the study, made in one process that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = hfabm("experiment", study_file(folder), "--out", folder / "out", "--workers", 1)
    assert done.returncode == 0, done.stderr
    return hash_of(folder / "out")


def test_a_worker_killed_in_mid_run_costs_no_run(tmp_path: Path, undisturbed: str) -> None:
    out = tmp_path / "out"
    runner = started("experiment", study_file(tmp_path), "--out", out, "--workers", 2)
    until(lambda: segments(out) >= 1)

    victim = next(p for p in workers_of(runner) if p.memory_info().rss > 150e6)
    victim.kill()
    _, said = runner.communicate(timeout=PATIENCE)

    assert runner.returncode == 0, said
    assert hash_of(out) == undisturbed


def test_a_runner_killed_is_resumed(tmp_path: Path, undisturbed: str) -> None:
    out, study = tmp_path / "out", study_file(tmp_path)
    runner = started("experiment", study, "--out", out, "--workers", 2)
    until(lambda: segments(out) >= 2)
    workers = workers_of(runner)

    runner.kill()
    runner.communicate()

    until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in workers))
    assert 0 < segments(out) < RUNS
    refused = hfabm("experiment", study, "--out", out)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    resumed = hfabm("experiment", study, "--out", out, "--workers", 1, "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert hash_of(out) == undisturbed


def test_a_second_runner_is_refused_while_the_first_goes_on(tmp_path: Path) -> None:
    out, study = tmp_path / "out", study_file(tmp_path)
    many = ("--replications", 2000, "--out", out)
    runner = started("experiment", study, *many, "--workers", 1)
    until(lambda: segments(out) >= 1)

    second = hfabm("experiment", study, *many, "--resume")
    shard = hfabm("experiment", study, *many, "--shard", "1/3")

    before = segments(out)
    until(lambda: segments(out) > before)
    runner.send_signal(signal.SIGINT)
    _, said = runner.communicate(timeout=PATIENCE)
    assert second.returncode == 2
    assert str(runner.pid) in second.stderr
    assert shard.returncode == 2
    assert runner.returncode == 130, said
    assert "runs are safe" in said


def test_a_full_disk_stops_the_study_and_loses_nothing(tmp_path: Path, undisturbed: str) -> None:
    out, study = tmp_path / "disk" / "out", study_file(tmp_path)
    out.parent.mkdir()
    run = " ".join(map(str, command("experiment", study, "--out", out, "--workers", 2)))
    script = f"""
        mount -t tmpfs -o size=300k tmpfs {out.parent} || exit 77
        {run} 2> {tmp_path}/said; echo "first $?"
        ls {out}/segments | wc -l
        mount -o remount,size=50m {out.parent}
        {run} --resume; echo "second $?"
        cp -r {out} {tmp_path}/kept
    """
    unshare = [] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    private = unshare or ["unshare", "--mount"]
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here: a small disk cannot be mounted")

    done = subprocess.run([*private, "sh", "-c", script], capture_output=True, text=True, timeout=2 * PATIENCE)

    if done.returncode == 77:
        pytest.skip("this machine does not allow a small disk to be mounted")
    lines = done.stdout.splitlines()
    assert "first 1" in lines, done.stdout + done.stderr
    assert "second 0" in lines, done.stdout + done.stderr
    assert "--resume" in (tmp_path / "said").read_text(encoding="utf-8")
    assert hash_of(tmp_path / "kept") == undisturbed


def test_a_worker_of_another_cluster_killed_costs_no_run(tmp_path: Path, undisturbed: str) -> None:
    file, out = tmp_path / "scheduler.json", tmp_path / "out"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [command()[0], "-m", "distributed.cli"]
    scheduler = subprocess.Popen(
        [*dask[:2], "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(file)], **quiet,
    )  # fmt: skip
    until(lambda: file.exists() and file.stat().st_size > 0)
    workers = [
        subprocess.Popen(
            [*dask[:2], "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny",
             "--no-dashboard", "--memory-limit", "0"], **quiet, cwd=tmp_path,
        ) for _ in range(2)
    ]  # fmt: skip
    try:
        address = __import__("json").loads(file.read_text(encoding="utf-8"))["address"]
        runner = started("experiment", study_file(tmp_path), "--out", out, "--scheduler", address)
        until(lambda: segments(out) >= 1)

        workers[0].send_signal(signal.SIGKILL)
        _, said = runner.communicate(timeout=PATIENCE)

        assert runner.returncode == 0, said
        assert hash_of(out) == undisturbed
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_shards_come_to_the_same(tmp_path: Path, undisturbed: str) -> None:
    out, study = tmp_path / "out", study_file(tmp_path)

    shards = [started("experiment", study, "--out", out, "--shard", f"{i}/3") for i in (1, 2, 3)]

    for shard in shards:
        _, said = shard.communicate(timeout=PATIENCE)
        assert shard.returncode == 0, said
    assert hash_of(out) == undisturbed
