"""How tests are dealt to processes: a file to one of them, and all that need a browser to the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

APP = Path(__file__).parent / "app"
IN_A_BROWSER = (APP / "pages", APP / "widgets")
"""Folders whose tests share one server, one browser and the cores that these need."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        browser = any(item.path.is_relative_to(folder) for folder in IN_A_BROWSER)
        item.add_marker(pytest.mark.xdist_group("browser" if browser else str(item.path)))
