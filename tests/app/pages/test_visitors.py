"""Several visitors at once: each has a share, none takes another's, and what they leave is freed."""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import pytest

from app.browser import Visit, serve_app
from app.pages.conftest import PATIENCE
from app.pages.steps import at, choose, wait_for_text
from hfabm.app.admission import TABS_PER_VISITOR
from hfabm.app.shared import LIVE_PER_VISITOR

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
SHORT = "n=4&until=2027-12-31"
ROUNDS = 600
"""Looks, a tenth of a second apart, until something is given up."""


class Site:
    """A server of one's own, its processes, and tabs of one visitor."""

    def __init__(self, url: str, browser: Any, stack: ExitStack) -> None:
        self.url, port = url, url.rpartition(":")[2]
        self.server = next(one for one in psutil.Process().children() if port in command(one))
        self.visitor = stack.enter_context(closing(browser.new_context()))

    def open(self, path: str, ready: str) -> Any:
        page = self.visitor.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{self.url}{path}")
        page.wait_for_selector(ready)
        return page

    def workers(self) -> list[psutil.Process]:
        """Processes that make runs, those ready for the next visitor among them."""
        return [
            one for one in self.server.children(recursive=True) if any("spawn_main" in part for part in command(one))
        ]

    def until(self, page: Any, true: Callable[[], bool]) -> None:
        for _ in range(ROUNDS):
            if true():
                return
            page.wait_for_timeout(100)
        pytest.fail(f"still {self.workers()}")


def command(process: psutil.Process) -> list[str]:
    """Its words; none of one that has ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture
def site_of_ones_own(browser: Any, tmp_path: Path) -> Iterator[Site]:
    with serve_app(tmp_path) as url, ExitStack() as stack:
        yield Site(url, browser, stack)


def test_runs_are_shared_out_and_freed_with_their_tabs(site_of_ones_own: Site) -> None:
    ours = site_of_ones_own
    pages = [ours.open("/watch?lang=en", at("play")) for _ in range(LIVE_PER_VISITOR)]
    one_more = ours.open("/watch?lang=en", "[role=alert]")
    ours.until(one_more, lambda: len(ours.workers()) == LIVE_PER_VISITOR + 1)  # one is ready for the next

    assert f"You have {LIVE_PER_VISITOR} runs open" in one_more.inner_text("[role=alert]")
    pages[0].close()
    ours.until(one_more, lambda: len(ours.workers()) == LIVE_PER_VISITOR)
    one_more.click(at("again"))
    one_more.wait_for_selector(at("play"))
    choose(one_more, "place", "odense_ahead")  # the run that is left counts no more
    wait_for_text(one_more, "where", "^Before the first week.*2036")

    assert one_more.query_selector("[role=alert]") is None


def test_a_run_that_is_killed_while_it_plays_is_told_and_started_again(site_of_ones_own: Site) -> None:
    ours = site_of_ones_own
    page = ours.open("/watch?lang=en", at("play"))
    page.click(at("play"))
    wait_for_text(page, "where", "week \\d+, 2009. Playing")

    for worker in ours.workers():
        worker.send_signal(signal.SIGKILL)
    page.wait_for_selector("[role=alert]")
    told = page.inner_text("[role=alert]")
    page.click(at("again"))
    wait_for_text(page, "where", "Before the first week")
    page.click(at("step"))

    assert "Start the run again" in told and "Traceback" not in told
    wait_for_text(page, "where", "week 1, 2009")
    assert page.query_selector("[role=alert]") is None


def test_a_server_that_is_stopped_leaves_no_processes(site_of_ones_own: Site) -> None:
    ours = site_of_ones_own
    watching = ours.open("/watch?lang=en", at("play"))
    watching.click(at("play"))
    comparing = ours.open("/compare?lang=en&n=20", at("start"))
    comparing.click(at("start"))
    wait_for_text(comparing, "progress", "[1-9]\\d* of 40")
    everybody = ours.server.children(recursive=True)

    ours.server.send_signal(signal.SIGTERM)
    _, left = psutil.wait_procs([ours.server, *everybody], timeout=60)

    assert len(everybody) >= 3
    assert left == []


def test_one_tab_too_many_is_told_in_words(site_of_ones_own: Site) -> None:
    ours = site_of_ones_own
    for _ in range(TABS_PER_VISITOR):
        last = ours.open("/trust?lang=en", at("nav-trust"))

    refused = ours.open("/trust?lang=da", "h1")
    assert refused.inner_text("h1") == "Der er ikke plads til flere faner"
    last.close()
    refused.wait_for_selector(at("nav-trust"))  # it opens by itself


def test_two_visitors_compare_at_once(open_page: Open) -> None:
    reforms = {"05d_cap_60_days": "60 days", "11_more_allocation": ""}
    pages = [open_page(f"/compare?lang=en&{SHORT}&reforms=reforms/{name}", at("start")).page for name in reforms]

    for page in pages:
        page.click(at("start"))
    for page in pages:
        wait_for_text(page, "counted", "4 of 4 replications")

    said = [page.inner_text(at("headline-1")) for page in pages]
    assert said[0] != said[1]


@pytest.mark.parametrize(
    ("origin", "named", "status"),
    [
        ("http://elsewhere.example", "", 403), ("null", "", 403), ("", "", 101),
        ("http://elsewhere.example", "elsewhere.example", 403),
    ],
)  # fmt: skip
def test_a_page_of_another_site_gets_no_connection(site: str, origin: str, named: str, status: int) -> None:
    host = urlsplit(site).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    with closing(connection):
        words = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Host": named or host, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": origin or site,
        }  # fmt: skip
        connection.request("GET", f"/jupyter/api/kernels/{uuid4()}/channels?session_id={os.getpid()}", headers=words)

        assert connection.getresponse().status == status
