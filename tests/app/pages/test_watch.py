"""Watch: a place week by week, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.browser import Visit, download
from app.pages.steps import at, choose, wait_for_text, week_shown

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
DRAWS = "() => window.__hfabm_map_updates ?? 0"


def test_twenty_six_weeks_are_played(open_page: Open) -> None:
    page = open_page("/watch?lang=en", at("play")).page
    choose(page, "speed", "20")

    page.click(at("play"))
    page.wait_for_function("() => (window.__hfabm_map_updates ?? 0) >= 14")  # two weeks between pictures
    page.click(at("play"))
    wait_for_text(page, "where", "Stands still")

    assert week_shown(page) >= (2009, 26)
    assert int(page.inner_text(at("figure-homeless"))) > 50
    assert page.evaluate(DRAWS) >= 14


def test_a_step_a_leap_and_the_end(open_page: Open) -> None:
    page = open_page("/watch?lang=en&place=odense", at("play")).page

    page.click(at("step"))
    wait_for_text(page, "where", "week 1, 2009. Stands still")
    page.click(at("step-13"))
    wait_for_text(page, "where", "week 14, 2009. Stands still")
    page.fill(at("jump-date"), "2011-02-07")
    page.dispatch_event(at("jump-date"), "change")
    page.click(f"{at('jump')}:not([disabled])")
    wait_for_text(page, "where", "week 6, 2011. Stands still")

    page.fill(at("jump-date"), "2010-02-01")
    page.dispatch_event(at("jump-date"), "change")
    page.wait_for_selector("text=That day is past.")

    assert page.is_disabled(at("jump"))
    assert "2011-02-07" in page.inner_text(".hf-chart table, .hf-grid table >> nth=0") or page.query_selector("svg")


def test_the_story_of_whom_one_looks_for(open_page: Open) -> None:
    page = open_page("/watch?lang=da", at("play")).page
    page.click(at("step-13"))
    wait_for_text(page, "where", "uge 13, 2009. Står stille")

    page.fill(at("find"), "borger 3")
    page.wait_for_function("name => document.querySelector(name)?.innerText.startsWith('Borger 3')", arg=at("match-0"))
    page.click(at("match-0"))

    assert "Borger 3" in wait_for_text(page, "story", "Historien indtil nu")


def test_the_municipality_shows_its_sums_of_the_quarter(open_page: Open) -> None:
    page = open_page("/watch?lang=en&place=odense_ahead", at("play")).page
    page.click(at("step-13"))
    wait_for_text(page, "where", "week 12, 2021. Stands still")

    page.fill(at("find"), "odense")
    page.wait_for_function("name => document.querySelector(name)?.innerText.startsWith('Odense')", arg=at("match-0"))
    page.click(at("match-0"))
    wait_for_text(page, "story", "Odense Municipality")

    assert len(page.query_selector_all(f"{at('story')} table")) >= 1


def test_an_estate_is_picked_on_the_map_with_the_keyboard(open_page: Open) -> None:
    page = open_page("/watch?lang=en", at("play")).page

    page.focus(".hf-map-stage")
    for key in ("+", "+", "+", "+", "+", "+", "Enter"):
        page.keyboard.press(key)

    assert wait_for_text(page, "story", "(Home|Estate|Citizen) ")


def test_a_curve_is_saved_as_csv_svg_and_png(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/watch?lang=da", at("play")).page
    page.click(at("step-13"))
    wait_for_text(page, "where", "uge 13, 2009. Står stille")
    tools = ".hf-grid .hf-card:first-child button"
    page.wait_for_selector(tools)

    files = {name: download(page, f"{tools}:has-text('{name}')", tmp_path) for name in ("CSV", "SVG", "PNG")}

    lines = files["CSV"].read_text(encoding="utf-8-sig").splitlines()
    assert ";" in lines[0] and len(lines) > 13
    assert files["SVG"].read_text(encoding="utf-8").lstrip().startswith("<")
    assert files["PNG"].read_bytes().startswith(b"\x89PNG")


def test_wrong_choices_in_the_address_are_told(open_page: Open) -> None:
    page = open_page("/watch?lang=en&place=atlantis").page

    page.wait_for_selector("[role=alert]")

    assert "atlantis: there is no such scenario" in page.inner_text("[role=alert]")


def test_two_runs_at_once_do_not_disturb_each_other(open_page: Open) -> None:
    one, other = (open_page(f"/watch?lang=en&seed={seed}", at("play")).page for seed in (1, 2))

    for page in (one, other):
        page.click(at("step-13"))
    for page in (one, other):
        wait_for_text(page, "where", "week 13, 2009. Stands still")

    shown = [page.inner_text(at("figure-own_home")) for page in (one, other)]
    assert shown[0] != shown[1]
