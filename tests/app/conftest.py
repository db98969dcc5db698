"""One browser for all tests of the app: playwright runs once at a time in a process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.browser import launch


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Closed before other tests begin: while it is open, a loop of events is running."""
    with launch() as opened:
        yield opened
