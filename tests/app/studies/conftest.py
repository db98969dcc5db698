"""A shelf with one study on it, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.small_study import write_small_study
from hfabm.app.studies.opened import Opened, open_study


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a study that nobody changes."""
    root = tmp_path_factory.mktemp("shelf") / "studies"
    root.mkdir()
    write_small_study(root / "small")
    return root


@pytest.fixture(scope="session")
def small(shelf: Path) -> Opened:
    return open_study("small", root=shelf)
