"""Everybody can use every page: axe finds no violation of WCAG 2.1 A and AA, in either language, on either screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.browser import DESKTOP, PHONE, Visit, violations
from app.pages.conftest import STUDY
from app.pages.steps import at, wait_for_text

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def _watch(page: Any) -> None:
    page.click(at("step-13"))
    wait_for_text(page, "where", "13, 2009. (Stands|Står)")
    page.fill(at("find"), "borger 1")
    page.wait_for_function(
        "name => /^(Citizen|Borger) 1/.test(document.querySelector(name)?.innerText)", arg=at("match-0")
    )
    page.click(at("match-0"))
    page.wait_for_selector(at("story"))


def _compare(page: Any) -> None:
    page.click(at("start"))
    wait_for_text(page, "counted", "^2 ")


def _settled(page: Any) -> None:
    page.wait_for_timeout(1500)


PLACES: dict[str, tuple[str, str, Callable[[Any], None]]] = {
    "watch": ("/watch?place=odense", at("play"), _watch),
    "reform": ("/reform?", at("panel"), _settled),
    "compare": ("/compare?n=2&until=2027-12-31", at("start"), _compare),
    "studies": ("/studies?", "h1", _settled),
    "study": (f"/studies?study={STUDY}", at("answer"), _settled),
    "trust": ("/trust?", "h1", _settled),
}


@LANGUAGES
@SIZES
@pytest.mark.parametrize("place", PLACES)
def test_no_page_shuts_anybody_out(open_page: Open, place: str, language: str, size: tuple[int, int]) -> None:
    path, ready, make_ready = PLACES[place]
    page = open_page(f"{path}&lang={language}", ready, size).page

    make_ready(page)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
