"""The browser of the tests reaches one address, and it is noticed who asks for another."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from app.browser import HOST, serve, visit

pytestmark = pytest.mark.slow
FETCH = "url => fetch(url, { mode: 'no-cors' }).then(() => 'something', error => error.message)"


def test_what_asks_for_another_address_gets_nothing_and_is_noticed(browser: Any) -> None:
    server = [sys.executable, "-m", "http.server", "{port}", "--bind", HOST]
    with serve(server) as here, visit(browser, here) as seen:
        there = here.replace(HOST, "elsewhere.localhost") + "/"  # the same server, where nobody cuts off names
        got = [seen.page.evaluate(FETCH, url) for url in (f"{here}/", there)]

    assert got == ["something", "Failed to fetch"]
    assert seen.outside == [there]
