"""The map of a town of full size in a real browser that is cut off from the internet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from app.browser import PHONE, Visit, serve_page, violations, visit
from app.widgets import demo_town

PAGE = Path(__file__).with_name("map_page.py")
UPDATES = 50


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_page(PAGE) as url:
        yield url


@pytest.fixture
def seen(browser: Any, address: str) -> Iterator[Visit]:
    with visit(browser, address, reduced_motion="reduce") as opened:
        drawn(opened.page)
        yield opened


def drawn(page: Any) -> None:
    """Wait until homes are on the map."""
    page.wait_for_function(
        "(() => { const c = document.querySelector('.hf-map-homes'); return c && c.width > 300 && "
        "c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean); })()",
        timeout=60000,
    )


def inked(page: Any) -> int:
    """Dots of the map that are painted with homes."""
    return page.evaluate(
        "(() => { const c = document.querySelector('.hf-map-homes'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0;"
        " return n; })()"
    )


def next_week(page: Any) -> None:
    before = page.evaluate("window.__hfabm_map_updates ?? 0")
    page.click(".step")
    page.wait_for_function("b => (window.__hfabm_map_updates ?? 0) > b", arg=before)


def test_every_home_is_drawn_without_the_internet(seen: Visit) -> None:
    assert inked(seen.page) >= demo_town.DWELLINGS
    assert seen.outside == []
    assert seen.errors == []


def test_a_week_changes_the_picture_many_times_over(seen: Visit, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(UPDATES):
        next_week(seen.page)

    times = seen.page.evaluate("window.__hfabm_map_times")
    assert seen.page.evaluate("window.__hfabm_map_updates") == UPDATES
    assert seen.page.locator(".hf-map-stage").get_attribute("aria-label") == f"Boliger i byen, uge {UPDATES + 1}"
    with capsys.disabled():
        waited, spent = (median(time[key] for time in times) for key in ("waited", "drawn"))
        print(f"\n{demo_town.DWELLINGS} homes: {waited:.1f} ms from a change to its picture, {spent:.1f} ms of drawing")


def painted_place(page: Any) -> tuple[float, float]:
    """A place on the screen inside a home, the first from the middle of the map to its right bottom."""
    box = page.locator(".hf-map-stage").bounding_box()
    x, y = page.evaluate(
        "(() => { const c = document.querySelector('.hf-map-homes'), p = c.getContext('2d');"
        " for (let d = 0; d < 200; d += 4) for (let e = 0; e <= d; e += 4) {"
        " const [x, y] = [c.width / 2 + d, c.height / 2 + e];"
        " if (p.getImageData(x - 3, y - 3, 7, 7).data.every((v, i) => i % 4 < 3 || v)) return [x, y]; }"
        " return [0, 0]; })()"
    )
    return box["x"] + x, box["y"] + y


def test_a_click_picks_the_home_under_it(seen: Visit) -> None:
    for _ in range(6):
        seen.page.click("[data-tool=zoom_in]")
    seen.page.wait_for_timeout(100)
    place = painted_place(seen.page)

    seen.page.mouse.move(*place)
    seen.page.mouse.click(*place)

    seen.page.wait_for_function("document.querySelector('.picked').textContent.startsWith('dwelling')")
    row = int(seen.page.inner_text(".picked").split()[1])
    assert seen.page.inner_text(".hf-map-readout").startswith(f"Afdeling {row // demo_town.HOMES + 1} ·")


def test_keys_alone_pick_one_home_and_then_its_neighbour(seen: Visit) -> None:
    seen.page.locator(".hf-map-stage").focus()
    for _ in range(9):
        seen.page.keyboard.press("+")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_function("document.querySelector('.picked').textContent.startsWith('dwelling')")
    first = seen.page.inner_text(".picked")

    for _ in range(4):
        seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("Enter")

    seen.page.wait_for_function("f => document.querySelector('.picked').textContent !== f", arg=first)
    assert seen.page.inner_text(".picked").startswith("dwelling")
    assert "Afdeling" in seen.page.inner_text(".hf-map-readout")


def test_what_is_picked_is_shown_on_the_map(seen: Visit) -> None:
    top = "(() => document.querySelector('.hf-map-top').toDataURL())()"
    before = seen.page.evaluate(top)

    seen.page.locator(".hf-map-stage").focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator(".hf-map-stage").blur()

    seen.page.wait_for_function(f"b => {top} !== b", arg=before)


def test_a_person_without_a_home_is_picked_from_a_lane_by_click_and_by_keys(seen: Visit) -> None:
    first = 1000
    lane = seen.page.locator("[data-key=street] .hf-lane-field")

    lane.click(position={"x": 4, "y": 5})
    seen.page.wait_for_function(f"document.querySelector('.picked').textContent === 'citizen {first}'")
    lane.focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("Enter")

    seen.page.wait_for_function(f"document.querySelector('.picked').textContent === 'citizen {first + 2}'")


def test_lanes_say_how_many_are_in_them(seen: Visit) -> None:
    counts = demo_town.week(0)["lane_counts"]

    assert seen.page.locator(".hf-lane-count").all_inner_texts() == [str(count) for count in counts]


def test_the_legend_is_a_list_of_words_with_shapes(seen: Visit) -> None:
    items = seen.page.locator(".hf-map-legend li")

    assert items.all_inner_texts() == [*demo_town.STATES, "flyttet ind", "naboklage", "udsættelse"]
    assert seen.page.locator(".hf-map-legend li canvas").count() == items.count()


def test_zero_shows_the_whole_town_again(seen: Visit) -> None:
    whole = inked(seen.page)
    seen.page.locator(".hf-map-stage").focus()
    seen.page.keyboard.press("+")
    seen.page.keyboard.press("+")
    seen.page.wait_for_timeout(100)
    assert inked(seen.page) != whole

    seen.page.keyboard.press("0")
    seen.page.wait_for_timeout(100)

    assert inked(seen.page) == whole


def test_axe_finds_nothing(seen: Visit) -> None:
    assert violations(seen.page, ".hf-map") == []


def test_on_a_phone_lanes_stand_below_and_nothing_is_wider_than_the_screen(browser: Any, address: str) -> None:
    with visit(browser, address, PHONE, has_touch=True, device_scale_factor=3) as seen:
        drawn(seen.page)
        stage = seen.page.locator(".hf-map-stage").bounding_box()
        side = seen.page.locator(".hf-map-side").bounding_box()

        wide = seen.page.evaluate(
            "Math.max(...[...document.querySelectorAll('.hf-map *')].map(e => e.getBoundingClientRect().right))"
        )
        seen.page.locator(".hf-map-stage").tap(position={"x": stage["width"] / 2, "y": stage["height"] / 2})
        seen.page.wait_for_function("document.querySelector('.picked').textContent !== '- -'")

    assert side["y"] > stage["y"] + stage["height"]
    assert wide <= PHONE[0]
