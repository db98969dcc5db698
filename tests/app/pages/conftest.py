"""One app and one browser for all tests of pages; each test opens a tab that shares nothing with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from app.browser import DESKTOP, Visit, chromium_or_skip, launch, serve_app, visit
from app.small_study import write_small_study

STUDY = "small"
PATIENCE = 120_000
"""Milliseconds that a machine with other work may take; only what hangs takes so long."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium_or_skip()
    folder = tmp_path_factory.mktemp("site")
    (folder / "studies").mkdir()
    write_small_study(folder / "studies" / STUDY)
    with serve_app(folder) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with launch() as opened:
        yield opened


@pytest.fixture
def open_page(site: str, browser: Any) -> Iterator[Callable[..., Visit]]:
    """Opens a page of the app; at the end no script may have complained, and nothing asked for the internet."""
    with ExitStack() as stack:
        seen: list[Visit] = []

        def opening(path: str, ready: str = "h1", size: tuple[int, int] = DESKTOP, **context: Any) -> Visit:
            found: Visit = stack.enter_context(visit(browser, f"{site}{path}", size, **context))
            found.page.set_default_timeout(PATIENCE)
            found.page.wait_for_selector(ready)
            seen.append(found)
            return found

        yield opening
        assert [error for one in seen for error in one.errors] == []
        assert [address for one in seen for address in one.outside] == []
