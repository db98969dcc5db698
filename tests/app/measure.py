"""How quick the app is, and whether it keeps its memory: `make bench`, or `python -m app.measure MINUTES` in tests/.

First paint, pictures a second of the whole town, milliseconds from a week to its picture, and megabytes of the
server and of its processes over minutes of play.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

import psutil

from app.browser import launch, serve_app, visit
from app.pages.steps import at, choose

MB = 1e6


def main(minutes: float = 1.0) -> None:
    """Measure, and print a line for each."""
    with serve_app() as url, launch() as browser:
        for name in ("first visit", "next visit"):
            print(f"{name}: first paint after {first_paint(browser, url):.2f} s")
        with visit(browser, f"{url}/watch?lang=en") as seen:
            page = seen.page
            page.wait_for_selector(at("play"))
            for speed in ("5", "20", "50"):
                pictures, weeks = played(page, speed)
                print(f"{speed} weeks a second asked: {weeks:.1f} weeks and {pictures:.1f} pictures a second")
            drawn = [one["drawn"] for one in page.evaluate("window.__hfabm_map_times")]
            print(f"a picture takes {statistics.median(drawn):.1f} ms to draw (median), {max(drawn):.1f} at most")
            remember(page, minutes)


def first_paint(browser: Any, url: str) -> float:
    """Seconds from asking for a page to its heading on the screen."""
    began = time.perf_counter()
    with visit(browser, f"{url}/watch?lang=en") as seen:
        seen.page.wait_for_selector("h1")
        return time.perf_counter() - began


def played(page: Any, speed: str, seconds: float = 6.0) -> tuple[float, float]:
    """Pictures and weeks a second at a speed."""
    choose(page, "speed", speed)
    before, first = page.evaluate("window.__hfabm_map_updates ?? 0"), weeks(page)
    page.click(at("play"))
    page.wait_for_timeout(1000 * seconds)
    after = page.evaluate("window.__hfabm_map_updates")
    page.click(at("play"))
    page.wait_for_timeout(1000)
    return (after - before) / seconds, (weeks(page) - first) / seconds


def weeks(page: Any) -> int:
    """The week that is shown, counted from the year 0."""
    _, week, year = page.inner_text(at("where")).split(".")[0].replace(",", "").split()
    return int(year) * 52 + int(week)


def remember(page: Any, minutes: float) -> None:
    """Play from the start again and again, and print what memory there is in use."""
    ends = time.monotonic() + 60.0 * minutes
    seed, last = 1, 0.0
    choose(page, "speed", "20")
    while time.monotonic() < ends:
        state = page.inner_text(at("where")) if page.query_selector(at("where")) else ""
        if "end of the story" in state or not last:
            seed += 1
            page.fill(at("seed"), str(seed))
            page.wait_for_timeout(6000)
            page.wait_for_selector(at("play"))
            page.click(at("play"))
        if time.monotonic() - last > 30.0 or not last:
            last = time.monotonic()
            server, others = memory()
            heap = page.evaluate("performance.memory?.usedJSHeapSize ?? 0") / MB
            left = (ends - last) / 60.0
            print(
                f"{minutes - left:5.1f} min: server {server:.0f} MB, its processes {others:.0f} MB, page {heap:.0f} MB"
            )
        page.wait_for_timeout(2000)


def memory() -> tuple[float, float]:
    """Megabytes of the server, and of the processes it started."""
    server = next(one for one in psutil.Process().children() if "hfabm" in one.cmdline())
    children = [one.memory_info().rss for one in server.children(recursive=True)]
    return server.memory_info().rss / MB, sum(children) / MB


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
