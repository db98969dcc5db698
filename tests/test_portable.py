"""Sixty weeks of the hamlet give the same bits as when the baseline was stored, on every Python and Mesa.

Where results were meant to change, run `python tests/baseline/update.py` and say so in the changelog.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from baseline.update import BASELINE, digests

pytestmark = pytest.mark.portable


@pytest.mark.parametrize("path", sorted(BASELINE.glob("*.json")), ids=lambda path: path.stem)
def test_the_hamlet_lives_as_the_baseline_says(path: Path) -> None:
    stored = json.loads(path.read_text(encoding="utf-8"))

    now = digests(path.stem, stored["seed"], stored["weeks"])

    changed = [table for table, digest in stored["tables"].items() if now.get(table) != digest]
    assert changed == [], "results changed; see the top of this file"


def test_there_is_a_baseline_of_each_track() -> None:
    names = {path.stem for path in BASELINE.glob("*.json")}

    assert names == {"odense", "odense_staircase"}
