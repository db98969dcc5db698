"""A small study of real runs, the command in a process of its own, and ways to disturb it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

STUDY = """
title = "Homes, thirteen weeks"
question = "What do twenty or forty more homes do within a quarter?"
scenarios = ["odense_ahead"]
until = 2021-03-31
replications = 9

[metrics]
homeless_mean = "lower"
public_cost_per_year = "lower"

[levers.cheap_homes]
parameter = "supply.new_cheap"
from = 2021-01-11
values = [0, 200, 400, 600]
"""
RUNS = 36
PATIENCE = 240.0
"""Seconds after which a test gives up; no result hangs on it."""


def study_file(folder: Path) -> Path:
    path = folder / "homes.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "hfabm", *map(str, words)]


def hfabm(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(command(*words), capture_output=True, text=True, timeout=PATIENCE, **more)  # type: ignore[call-overload, no-any-return]


def started(*words: object) -> subprocess.Popen[str]:
    """Start a command and go on."""
    return subprocess.Popen(command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def hash_of(folder: Path) -> str:
    said = hfabm("hash", folder)
    assert said.returncode == 0, said.stderr
    return said.stdout.strip()


def segments(folder: Path) -> int:
    return len(list((folder / "segments").glob("[!.]*.parquet")))


def until(happens: Callable[[], object]) -> None:
    """Wait until something is the case."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def workers_of(runner: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes that make runs for a runner: its descendants, but for those that only watch over resources."""
    found = psutil.Process(runner.pid).children(recursive=True)
    return [p for p in found if "resource_tracker" not in " ".join(_words(p))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}
