"""One app and one browser for all tests of pages; each page that a test opens is that of another visitor."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.browser import DESKTOP, Desk, Visit, chromium_or_skip, serve_app, visit
from app.small_study import write_small_study

STUDY, EDITED, OUTSIDE = "small", "edited", "outside"
"""On the shelf: a study, one that somebody changed by hand, and a link to a folder elsewhere."""
PATIENCE = 120_000
"""Milliseconds that a machine with other work may take; only what hangs takes so long."""


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium_or_skip()
    folder = tmp_path_factory.mktemp("site")
    (folder / "studies").mkdir()
    fill_shelf(folder / "studies")
    with serve_app(folder) as url:
        yield url


def fill_shelf(shelf: Path) -> None:
    """A study that can be opened, and two folders that cannot."""
    write_small_study(shelf / STUDY)
    shutil.copytree(shelf / STUDY, shelf / EDITED)
    manifest = shelf / EDITED / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"runs"', '"ruins"'), encoding="utf-8")
    (shelf / OUTSIDE).symlink_to(shutil.copytree(shelf / STUDY, shelf.parent / "elsewhere"))


@pytest.fixture(scope="package")
def desk(site: str, browser: Any) -> Iterator[Desk]:
    context = browser.new_context()
    yield Desk(context, f"{site}/hfabm/style.css")
    context.close()


@pytest.fixture
def open_page(site: str, browser: Any, desk: Desk) -> Iterator[Callable[..., Visit]]:
    """Opens a page of the app as a new visitor; a setting of a context makes it one by itself.

    At the end no script may have complained, and nothing asked for the internet.
    """
    with ExitStack() as stack:
        seen: list[Visit] = []

        def opening(path: str, ready: str = "h1", size: tuple[int, int] = DESKTOP, **context: Any) -> Visit:
            url = f"{site}{path}"
            opened = visit(browser, url, size, **context) if context else desk.visit(url, size)
            found: Visit = stack.enter_context(opened)
            found.page.set_default_timeout(PATIENCE)
            found.page.wait_for_selector(ready)
            seen.append(found)
            return found

        yield opening
        assert [error for one in seen for error in one.errors] == []
        assert [address for one in seen for address in one.outside] == []
