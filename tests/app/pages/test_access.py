"""Everybody can use every page: axe finds no violation of WCAG 2.1 A and AA, in either language, on either screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.browser import DESKTOP, PHONE, Visit, violations
from app.pages.conftest import STUDY
from app.pages.steps import at, wait_for_text
from hfabm.app.studies.parts import PARTS as PARTS_OF_STUDY

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


def _shows(what: str) -> Callable[[Any], None]:
    return lambda page: page.wait_for_selector(what)


def _study(page: Any, part: str) -> None:
    page.wait_for_selector(f"{at(f'shown-{part}')} {'dl' if part == 'made' else 'img'}")
    tables = page.locator("[data-test^='show-']")
    for number in range(min(tables.count(), 3)):  # those after them look the same
        tables.nth(number).click()
        page.wait_for_function(
            "number => document.querySelectorAll('table[class=hf-table]').length > number", arg=number
        )


def _trust(page: Any, part: str) -> None:
    page.wait_for_selector(f"{at(f'shown-{part}')} {READY[part]}")


READY = {
    "fit": "p", "assumed": "table", "limits": "dl", "evidence": "table", "parameters": "table", "versions": "table",
}  # fmt: skip
"""The parts of Trust, and what is there when each is."""
PLACES: dict[str, tuple[str, str, Callable[[Any], None]]] = {
    "watch": ("/watch?place=odense", at("play"), _watch),
    "reform": ("/reform?", at("panel"), _shows(at("law"))),
    "compare": ("/compare?n=2&until=2027-12-31", at("start"), _compare),
    "studies": ("/studies?", "h1", _shows(at(f"study-{STUDY}"))),
    "study": (f"/studies?study={STUDY}", at("answer"), _shows(f"{at('shown-answer')} img")),
    "trust": ("/trust?", "h1", _shows(at("make-runs"))),
}


PARTS: dict[str, tuple[str, Callable[[Any, str], None], tuple[str, ...]]] = {
    "study": (f"/studies?study={STUDY}", _study, tuple(PARTS_OF_STUDY[1:])),
    "trust": ("/trust?view=limits", _trust, tuple(READY)),
}
"""Pages of several parts: where, what is done in each, and which."""


@LANGUAGES
@pytest.mark.parametrize("place", PARTS)
def test_no_part_of_a_page_shuts_anybody_out(open_page: Open, place: str, language: str) -> None:
    path, make_ready, parts = PARTS[place]
    size = {"da": DESKTOP, "en": PHONE}[language]
    page = open_page(f"{path}&lang={language}", at(f"part-{parts[0]}"), size).page

    for part in parts:
        page.click(at(f"part-{part}"))
        make_ready(page, part)

        assert (part, _faults(page)) == (part, [])


@LANGUAGES
@SIZES
@pytest.mark.parametrize("place", PLACES)
def test_no_page_shuts_anybody_out(open_page: Open, place: str, language: str, size: tuple[int, int]) -> None:
    path, ready, make_ready = PLACES[place]
    page = open_page(f"{path}&lang={language}", ready, size).page

    make_ready(page)

    assert _faults(page) == []


def _faults(page: Any) -> list[str]:
    """What axe finds, what reaches beyond the screen, and headings that are missing or out of order."""
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    steps = zip(levels, levels[1:], strict=False)
    said = {
        "it is scrolled sideways": page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"),
        f"levels of headings: {levels}": levels.count(1) != 1 or any(after - before > 1 for before, after in steps),
    }
    return [*violations(page), *(fault for fault, there in said.items() if there)]
