"""`hfabm app` on wrong input, and as it starts and stops."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app.browser import HOST, ROOT, free_port


def hfabm_app(*options: str, folder: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "hfabm", "app", *options]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, env=environment()
    )


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_port_that_is_taken_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        _, said = (process := hfabm_app("--port", str(port), "--no-browser")).communicate(timeout=60)

    assert process.returncode == 2
    assert f"{HOST}:{port}: Address already in use" in said
    assert "--port" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--port", "70000"), "ports from 0 to 65535"),
        (("--prot", "1"), "--port"),
        (("--allow-host", "http://homes.example"), "is no name of a host"),
    ],
)
def test_wrong_options_are_told(options: tuple[str, ...], said: str) -> None:
    _, told = (process := hfabm_app(*options)).communicate(timeout=60)

    assert process.returncode == 2
    assert said in told


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    process = hfabm_app("--port", str(port), "--no-browser", folder=tmp_path)
    assert process.stdout is not None
    first = process.stdout.readline()
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/hfabm/style.css") as answer:
                assert answer.status == 200
                break
        except OSError:
            time.sleep(0.1)

    process.send_signal(number)
    _, said = process.communicate(timeout=60)

    assert f"http://{HOST}:{port}/" in first
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
