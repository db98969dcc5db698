"""Reform: change, read the law, save, open, share, and compare what was made."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.browser import Visit, download
from app.pages.steps import at, choose, go_to, wait_for_text

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
DAYS = "refund_law.shelter_days"


def set_days(page: object, days: int) -> None:
    page.fill(at(DAYS), str(days))  # type: ignore[attr-defined]
    page.dispatch_event(at(DAYS), "change")  # type: ignore[attr-defined]


def test_a_lever_that_is_moved_changes_the_reform_and_the_law(open_page: Open) -> None:
    page = open_page("/reform?lang=da", at(DAYS)).page

    set_days(page, 60)

    assert "60" in wait_for_text(page, f"change-{DAYS}", "60")
    law = wait_for_text(page, "law", "højst 60 dage")
    assert "højst 90 dage" in law
    page.wait_for_function("location.search.includes('s=')")


def test_a_link_is_the_reform(open_page: Open) -> None:
    page = open_page("/reform?lang=en", at(DAYS)).page
    set_days(page, 45)
    wait_for_text(page, f"change-{DAYS}", "45")
    page.wait_for_function("location.search.includes('s=')")

    again = open_page(f"/reform{page.url.partition('/reform')[2]}", at("panel")).page

    assert "45" in wait_for_text(again, f"change-{DAYS}", "45")
    assert again.input_value(at(DAYS)) == "45"


def test_a_reform_is_saved_and_opened_again(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/reform?lang=en", at(DAYS)).page
    set_days(page, 30)
    page.fill(at("title"), "Thirty days")
    wait_for_text(page, f"change-{DAYS}", "30")
    page.click(f"{at('keep')} summary")
    page.wait_for_timeout(600)
    file = download(page, at("save"), tmp_path)

    assert tomllib.loads(file.read_text(encoding="utf-8"))["title"] == "Thirty days"
    other = open_page("/reform?lang=en", at(DAYS)).page
    other.click(f"{at('keep')} summary")
    other.set_input_files(at("open"), str(file))
    assert "30" in wait_for_text(other, f"change-{DAYS}", "30")
    assert other.input_value(at("title")) == "Thirty days"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title = ", "reform.toml"),
        ('title = "x"\n[refund_law]\nshelter_dayz = 60\n', "shelter_days"),
        ('title = "x"\n[refund_law]\nshelter_days = { 2027-01-01 = 6000 }\n', "0 to 366"),
        ('title = "x"\ninclude = ["../../../etc/passwd"]\n', "include"),
        ("\0\1\2", "reform.toml"),
        ("x" * 70_000, "64"),
    ],
    ids=["not TOML", "misspelt", "out of range", "foreign file", "no text", "too long"],
)
def test_a_wrong_file_is_told(open_page: Open, tmp_path: Path, content: str, said: str) -> None:
    page = open_page("/reform?lang=en", at(DAYS)).page
    (tmp_path / "reform.toml").write_text(content, encoding="utf-8")

    page.click(f"{at('keep')} summary")
    page.set_input_files(at("open"), str(tmp_path / "reform.toml"))
    page.wait_for_selector("[role=alert]")

    told = page.inner_text("[role=alert]")
    assert said in told
    assert "Traceback" not in told and "/tmp" not in told
    assert page.input_value(at(DAYS)) == "90"


def test_what_was_made_is_compared(open_page: Open) -> None:
    page = open_page("/reform?lang=en", at(DAYS)).page
    set_days(page, 20)
    page.fill(at("title"), "Twenty days")
    wait_for_text(page, f"change-{DAYS}", "20")

    page.click(f"{at('to-compare')}:not([disabled])")
    page.wait_for_selector(at("start"))
    page.fill(at("until"), "2027-12-31")
    page.dispatch_event(at("until"), "change")
    choose(page, "n", "4")
    page.click(at("start"))

    assert "Twenty days" in wait_for_text(page, "headline-1", "Twenty days")


def test_undo_and_reset(open_page: Open) -> None:
    page = open_page("/reform?lang=en", at(DAYS)).page
    set_days(page, 60)
    wait_for_text(page, f"change-{DAYS}", "60")

    go_to(page, "trust")
    go_to(page, "reform")
    page.click(at("undo"))  # a step can be taken back after a walk, too
    page.wait_for_selector(at(f"change-{DAYS}"), state="detached")

    assert page.input_value(at(DAYS)) == "90"
