"""The chart in a real browser that is cut off from the internet."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app.browser import PHONE, Visit, download, serve_page, violations, visit

PAGE = Path(__file__).with_name("chart_page.py")
FIRST = ".hf-chart >> nth=0"
HEADING = "Med loft over refusionen er 42 færre i hjemløshed efter ti år"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_page(PAGE) as url:
        yield url


@pytest.fixture
def seen(browser: Any, address: str) -> Iterator[Visit]:
    with visit(browser, address) as opened:
        drawn(opened.page)
        yield opened


def drawn(page: Any, charts: int = 4) -> None:
    page.wait_for_function(f"document.querySelectorAll('.hf-chart[data-draws] svg').length >= {charts}", timeout=60000)


def drawing(page: Any) -> str:
    return page.evaluate("document.querySelector('.hf-chart-canvas svg').outerHTML")


def test_charts_appear_without_the_internet(seen: Visit) -> None:
    text = seen.page.inner_text(f"{FIRST} >> .hf-chart-canvas")

    assert "Gældende lov" in text and "Reformen træder i kraft" in text
    assert seen.outside == []
    assert seen.errors == []


def test_a_chart_is_told_in_words(seen: Visit) -> None:
    picture = seen.page.get_by_role("img").first

    assert "gældende lov ligger på omkring 270" in picture.get_attribute("aria-label")
    assert seen.page.get_by_role("heading", name=HEADING, level=2).count() == 1
    assert seen.page.get_by_role("button", name=f"PNG: {HEADING}").count() == 1


def test_the_table_has_the_numbers_behind_it_as_the_language_writes_them(seen: Visit) -> None:
    seen.page.locator(FIRST).locator("summary").focus()
    seen.page.keyboard.press("Enter")

    table = seen.page.locator(FIRST).locator("table")
    table.locator("td").first.wait_for()
    assert table.locator("caption").inner_text() == HEADING
    assert table.locator("th[scope=col]").all_inner_texts() == ["År", "Gældende lov", "Loft over refusion"]
    assert table.locator("th[scope=row]").all_inner_texts() == ["2009", "2024", "=2+2"]
    assert table.locator("td").all_inner_texts() == ["1.240,5", "1.240,5", "1.267,3", "1.195,0", "", "−3,0"]


def test_csv_in_danish_has_semicolons_decimal_commas_and_no_formulas(seen: Visit, tmp_path: Path) -> None:
    path = download(seen.page, f"{FIRST} >> [data-kind=csv]", tmp_path)

    assert path.name == "hjemloeshed.csv"
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffÅr;Gældende lov;Loft over refusion\r\n2009;1240,5;1240,5\r\n2024;1267,25;1195\r\n'=2+2;;-3\r\n"
    )


def test_csv_in_english_has_commas_and_decimal_points(browser: Any, address: str, tmp_path: Path) -> None:
    with visit(browser, f"{address}/?language=en") as seen:
        drawn(seen.page)

        path = download(seen.page, f"{FIRST} >> [data-kind=csv]", tmp_path)

    assert path.read_bytes().decode("utf-8").splitlines()[1] == "2009,1240.5,1240.5"


def test_svg_holds_finding_picture_and_source(seen: Visit, tmp_path: Path) -> None:
    path = download(seen.page, f"{FIRST} >> [data-kind=svg]", tmp_path)

    text = "".join(ElementTree.parse(path).getroot().itertext())
    for part in (HEADING, "bånd: 90 % af 20 gentagelser", "Kilde: hfabm", "Loft over refusion", "2023"):
        assert part in text


def test_png_is_twice_as_large_and_white(seen: Visit, tmp_path: Path) -> None:
    from PIL import Image

    path = download(seen.page, f"{FIRST} >> [data-kind=png]", tmp_path)

    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", head[16:20])[0] == 2 * 960
    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    white = sum(count for count, colour in colours if colour == (255, 255, 255))
    blue = sum(count for count, colour in colours if colour == (0, 114, 178))
    assert white > 0.5 * sum(count for count, _ in colours)
    assert blue > 1000


def test_another_option_is_another_picture_in_the_same_place(seen: Visit) -> None:
    before = drawing(seen.page)
    seen.page.evaluate("window.kept = document.querySelector('.hf-chart-canvas svg')")

    seen.page.click(".step")

    seen.page.wait_for_function("b => document.querySelector('.hf-chart-canvas svg').outerHTML !== b", arg=before)
    assert seen.page.evaluate("window.kept.isConnected")


def test_a_pointer_shows_the_number_and_its_interval(seen: Visit) -> None:
    canvas = seen.page.locator(f"{FIRST} >> .hf-chart-canvas")
    box = canvas.bounding_box()

    seen.page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])

    tip = seen.page.locator(".hf-tip").first
    tip.wait_for()
    year, first, *_ = tip.inner_text().splitlines()
    expected = 240 + 9 * ((int(year) - 2009) % 7)
    assert first == f"Gældende lov {expected} [{expected - 22}; {expected + 22}]"


def test_axe_finds_nothing(seen: Visit) -> None:
    seen.page.locator(FIRST).locator("summary").click()
    seen.page.locator(FIRST).locator("td").first.wait_for()

    assert violations(seen.page, ".hf-chart") == []


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, address: str) -> None:
    with visit(browser, address, PHONE) as seen:
        drawn(seen.page)

        wide = seen.page.evaluate("Math.max(...[...document.querySelectorAll('.hf-chart *')].map(e => "
                                  "e.getBoundingClientRect().right))")  # fmt: skip
        letters = seen.page.evaluate("Math.min(...[...document.querySelectorAll('.hf-chart-canvas text')].map(e => "
                                     "parseFloat(getComputedStyle(e).fontSize)))")  # fmt: skip

    assert wide <= PHONE[0]
    assert letters >= 12
