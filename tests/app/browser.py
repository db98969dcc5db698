"""A browser without the internet, and a server for it to look at: shared by the tests of the app."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}, EXCLUDE localhost",
)  # fmt: skip
"""The last cuts the browser off; to stop requests one by one would switch its cache off too."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP, PHONE = (1280, 800), (390, 844)
"""Px of the two screens that every page is looked at on."""
SECONDS = 60
"""How long a server may take to answer for the first time."""
SETTLED = """() => document.getAnimations()
  .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
  .every((one) => one.playState !== 'running')"""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def find_chromium() -> str | None:
    """The browser of this machine, if it has one; `HFABM_CHROMIUM` names another."""
    named = os.environ.get("HFABM_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


def chromium_or_skip() -> str:
    """The browser; without one the test is skipped, and fails where CI is set."""
    path = find_chromium()
    if path is None:
        reason = "no Chromium is found: install it (apt-get install chromium) or name it in HFABM_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return path


@contextmanager
def launch() -> Iterator[Any]:
    """A browser of playwright, closed at the end."""
    path = chromium_or_skip()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    command: Sequence[str], ready: str = "/", environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Iterator[str]:
    """A server in a process of its own, stopped at the end.

    Args:
        command: Its command line; `{port}` stands for the port it is to listen at.
        ready: Path that answers when it has started.
        environment: Variables beside those of the test.
        folder: Where it is started; that of the test where None.

    Yields:
        Its address, without a slash at the end.
    """
    port = free_port()
    quiet = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "SOLARA_THEME_SHOW_BANNER": "False"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        words = [word.format(port=port) for word in command]
        server = subprocess.Popen(
            words, cwd=folder, env={**os.environ, **quiet, **(environment or {})}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://{HOST}:{port}"
            _wait(f"{url}{ready}", server, log)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(url: str, server: subprocess.Popen[bytes], log: Any) -> None:
    for _ in range(SECONDS * 10):
        try:
            with urllib.request.urlopen(url, timeout=SECONDS):
                return
        except (urllib.error.URLError, ConnectionError):
            if server.poll() is not None:
                break
            time.sleep(0.1)
    log.seek(0)
    how = "is at work" if server.poll() is None else f"ended with {server.poll()}"
    pytest.fail(f"the server does not answer at {url}, and {how}:\n{log.read()[-3000:]}", pytrace=False)


def serve_app(folder: Path | None = None) -> Any:
    """The whole app, as `hfabm app` serves it: `with serve_app(folder) as url`.

    Args:
        folder: Where it is started: it looks for `studies` and `runs` there.
    """
    command = [sys.executable, "-m", "hfabm", "app", "--port", "{port}", "--no-browser"]
    return serve(command, "/hfabm/style.css", {"PYTHONPATH": str(ROOT)}, folder)


def serve_page(script: Path) -> Any:
    """A page of Solara by itself: `with serve_page(path) as url`.

    Args:
        script: File with a component `Page`; what stands beside it can be imported.
    """
    solara = [sys.executable, "-m", "solara", "run", str(script), "--host", HOST, "--port", "{port}"]
    paths = os.pathsep.join(filter(None, [str(script.parent), os.environ.get("PYTHONPATH", "")]))
    return serve([*solara, "--no-open", "--production"], environment={"PYTHONPATH": paths})


@dataclass
class Visit:
    """A tab of a browser that is cut off from everything but this machine.

    Attributes:
        page: The tab, of playwright.
        outside: Addresses outside this machine that it asked for, all in vain.
        errors: What its scripts complained about.
    """

    page: Any
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def visit(browser: Any, url: str, size: tuple[int, int] = DESKTOP, **context: Any) -> Iterator[Visit]:
    """Open a page in a context of its own.

    Args:
        browser: From `launch`.
        url: Where to.
        size: Width and height of the screen, px.
        **context: Other settings of playwright's `new_context`, such as `reduced_motion="reduce"`.
    """
    opened = browser.new_context(**context)
    try:
        with _watched(opened.new_page(), url, size) as seen:
            yield seen
    finally:
        opened.close()


class Desk:
    """Tabs that are used again: the scripts of the app load in a third of the time where they were loaded before."""

    def __init__(self, context: Any, rest: str) -> None:
        """Open nothing yet.

        Args:
            context: From `new_context` of a browser.
            rest: Where tabs wait: a small file of the site that they visit.
        """
        self._context, self._rest = context, rest
        self._idle: list[Any] = []

    @contextmanager
    def visit(self, url: str, size: tuple[int, int] = DESKTOP) -> Iterator[Visit]:
        """Open a page in a tab, as somebody who was never here; see `visit`."""
        self._context.clear_cookies()  # the server knows visitors by them
        page = self._idle.pop() if self._idle else self._context.new_page()
        with _watched(page, url, size) as seen:
            yield seen
        page.goto(self._rest)  # a tab that failed is not used again
        self._idle.append(page)


@contextmanager
def _watched(page: Any, url: str, size: tuple[int, int]) -> Iterator[Visit]:
    """A page at an address, and what goes wrong there."""
    seen = Visit(page)
    watching: dict[str, Callable[[Any], None]] = {
        "pageerror": lambda error: seen.errors.append(str(error)),
        "request": lambda request: seen.outside.extend([request.url] * _leads_out(request.url)),
    }
    for event, watch in watching.items():
        page.on(event, watch)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url)
    yield seen
    for event, watch in watching.items():
        page.remove_listener(event, watch)


def _leads_out(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in (HOST, "localhost")


def violations(page: Any, within: str | None = None) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA, as lines to read.

    Args:
        page: The tab.
        within: Selector of the part to look at; otherwise all of it.
    """
    from axe_playwright_python.sync_playwright import Axe

    # what fades in has its colours when it has come
    page.wait_for_function(SETTLED)
    found = Axe().run(page, context=within, options=WCAG).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def download(page: Any, click: str, folder: Path) -> Path:
    """Click what offers a file, and keep the file.

    Args:
        page: The tab.
        click: Selector of what to click.
        folder: Where to.
    """
    with page.expect_download() as waiting:
        page.click(click)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path
