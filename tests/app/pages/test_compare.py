"""Compare: from a choice to an answer, with a mouse and without one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from app.browser import Visit, download
from app.pages.steps import at, choose, tab_to, wait_for_text

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
SHORT = "n=4&until=2027-12-31&reforms=reforms/05d_cap_60_days"
"""Few runs of few years: what is tested is the page."""


def test_a_comparison_is_made_and_its_numbers_are_taken_along(open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"/compare?lang=en&{SHORT}", at("start")).page

    page.click(at("start"))
    wait_for_text(page, "counted", "4 of 4 replications")
    file = download(page, at("csv-effects"), tmp_path)

    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    told = next(row for row in rows if row["of"] == "homeless_mean")
    assert float(told["low_95"]) <= float(told["difference"]) <= float(told["high_95"])
    assert "Shelter stays are co-paid for 60 days a year" in page.inner_text(at("headline-1"))
    shown = page.inner_text(at("effects"))
    assert "Municipal cost" in shown and "[" in shown


def test_danish_numbers_are_written_as_danes_do(open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"/compare?lang=da&{SHORT}", at("start")).page

    page.click(at("start"))
    wait_for_text(page, "counted", "4 af 4 gentagelser")
    text = download(page, at("csv-effects"), tmp_path).read_text(encoding="utf-8-sig")

    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert "," in rows[0]["difference"] or rows[0]["difference"] in ("", "0,0")
    assert "95 %" in page.inner_text(at("headline-1")) or "95\u202f%" in page.inner_text(at("headline-1"))


def test_the_keyboard_alone_is_enough(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/compare?lang=en&n=4&until=2027-12-31&reforms=,", at("start")).page

    tab_to(page, "reform-1")
    page.keyboard.type("Shelter stays are co-paid for 30")
    page.wait_for_function("name => document.querySelector(name).value.includes('05_cap')", arg=at("reform-1"))
    page.wait_for_selector(f"{at('start')}:not([disabled])")
    tab_to(page, "start")
    page.keyboard.press("Enter")
    wait_for_text(page, "counted", "4 of 4 replications")
    tab_to(page, "csv-years")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")

    waiting.value.save_as(tmp_path / "years.csv")
    assert (tmp_path / "years.csv").read_text(encoding="utf-8-sig").startswith("policy,of,unit,year")


def test_a_comparison_is_stopped(open_page: Open) -> None:
    page = open_page("/compare?lang=en&n=50", at("start")).page

    page.click(at("start"))
    page.click(f"{at('cancel')}:not([disabled])")

    assert wait_for_text(page, "progress", "Stopped after")
    page.wait_for_selector(f"{at('start')}:not([disabled])")


def test_a_link_carries_every_choice(open_page: Open) -> None:
    page = open_page("/compare?lang=en&reforms=,", at("start")).page
    choose(page, "reform-1", "reforms/11_more_allocation")
    choose(page, "reform-2", "reforms/15_social_caretakers")
    choose(page, "n", "10")
    page.wait_for_function("location.search.includes('n=10') && location.search.includes('15_social')")

    again = open_page(page.url.partition("/compare")[1] + page.url.partition("/compare")[2], at("start")).page

    chosen = [again.input_value(at(name)) for name in ("reform-1", "reform-2", "n")]
    assert chosen == ["reforms/11_more_allocation", "reforms/15_social_caretakers", "10"]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("base=atlantis", "no such scenario"),
        ("reforms=reforms/nothing", "no such reform"),
        ("n=100000", "2 to 100 replications"),
        ("until=someday", "is no day"),
        ("until=2022-12-31", "05d_cap_60_days|changes nothing|2027"),
    ],
)
def test_what_cannot_be_compared_is_told(open_page: Open, choices: str, said: str) -> None:
    page = open_page(f"/compare?lang=en&{choices}", at("start")).page

    page.click(at("start"))
    page.wait_for_selector("[role=alert]")

    told = page.inner_text("[role=alert]")
    assert any(part in told for part in said.split("|"))
    assert "Traceback" not in told
