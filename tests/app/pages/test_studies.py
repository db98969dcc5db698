"""Studies: the shelf, every part of a study, and all of it to take along."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.browser import PHONE, Visit, download
from app.pages.conftest import EDITED, OUTSIDE, STUDY
from app.pages.steps import at, choose, wait_for_text
from app.small_study import TITLE

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
EFFECTS = 15
"""Rows: five policies beside the base, three outcomes."""
DRAWN = "name => document.querySelector(name)?.naturalWidth > 100"
PICTURES = {
    "answer": ("grid_homeless_mean",),
    "effects": ("effects_homeless_mean", "effects_public_cost_per_year"),
    "grid": ("grid_homeless_mean",),
    "frontier": ("cost_effectiveness", "budget_frontier"),
    "money": ("break_even",),
    "equity": ("equity",),
    "robustness": ("regret_homeless_mean",),
    "sensitivity": ("sensitivity_homeless_mean", "sensitivity_homeless_mean_policy_5"),
    "discovery": ("fails_4_28",),
}
TABLES = {
    "effects": ("effects", "effects_over_futures"),
    "grid": ("main_effects", "alone", "interactions"),
    "frontier": ("cost_effectiveness", "budget_frontier"),
    "money": ("break_even", "cumulative"),
    "equity": ("equity",),
    "robustness": ("robustness_homeless_mean",),
    "sensitivity": ("sensitivity_homeless_mean",),
}
HEAT = f"{at('maps')} .hf-chart"


def study(part: str = "", language: str = "en", name: str = STUDY) -> str:
    return f"/studies?study={name}&view={part}&lang={language}"


def shown(open_page: Open, part: str, language: str = "en", **more: Any) -> Any:
    return open_page(study(part, language), at(f"shown-{part}"), **more).page


def rows_of(text: str, separator: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), delimiter=separator))


def test_a_study_is_opened_from_the_shelf_and_put_back(open_page: Open) -> None:
    page = open_page("/studies?lang=en", at(f"study-{STUDY}")).page
    card = page.inner_text(at(f"study-{STUDY}"))
    assert TITLE in card and "738 of 738 runs made" in card
    assert "hfabm experiment experiments/what_matters.toml" in page.inner_text(at("shipped-what_matters"))

    page.click(at(f"open-{STUDY}"))
    answer = wait_for_text(page, "answer", "Homelessness")
    assert page.inner_text("h1") == TITLE
    assert f"study={STUDY}" in page.url
    page.click(at("back"))
    page.wait_for_selector(at(f"study-{STUDY}"))

    assert "cheap homes (60)" in answer
    page.wait_for_function("!location.search.includes('study=')")


@pytest.mark.parametrize("part", PICTURES)
def test_every_part_shows_its_pictures_and_its_tables(open_page: Open, part: str) -> None:
    page = shown(open_page, part)

    for name in PICTURES[part]:
        page.wait_for_function(DRAWN, arg=f"{at(f'picture-{name}')} img")
        assert page.get_attribute(f"{at(f'picture-{name}')} img", "alt")
    for name in TABLES.get(part, ()):
        page.click(at(f"show-{name}"))
        page.wait_for_selector(f"{at(f'rows-{name}')} tbody tr")

    assert page.get_attribute(at(f"part-{part}"), "aria-pressed") == "true"
    assert page.query_selector("[role=alert]") is None


def test_the_answer_comes_first_with_every_finding_in_a_line(open_page: Open) -> None:
    page = shown(open_page, "answer")

    assert "add up" in page.inner_text(at("answer"))
    assert page.locator(f"{at('all-findings')} dt").count() == page.locator(f"{at('all-findings')} dd").count() >= 5


def test_a_table_shows_its_first_rows_then_all_and_is_closed_again(open_page: Open) -> None:
    page = shown(open_page, "effects")
    rows = page.locator(f"{at('rows-effects')} tbody tr")

    page.click(at("show-effects"))
    page.wait_for_selector(at("rows-effects"))
    assert rows.count() == 12
    page.click(at("more-effects"))
    page.wait_for_selector(at("more-effects"), state="detached")
    assert rows.count() == EFFECTS
    page.click(at("show-effects"))

    page.wait_for_selector(at("rows-effects"), state="detached")


def test_the_grid_is_a_heat_map_of_one_outcome_at_a_time(open_page: Open, tmp_path: Path) -> None:
    page = shown(open_page, "grid", "da")
    page.wait_for_selector(f"{HEAT} svg")
    before = page.inner_text(HEAT)

    choose(page, "map-metric", "public_cost_per_year")
    page.wait_for_function("([name, text]) => document.querySelector(name).innerText !== text", arg=[HEAT, before])
    files = {kind: download(page, f"{HEAT} button:has-text('{kind}')", tmp_path) for kind in ("CSV", "SVG", "PNG")}

    assert "mio." in page.inner_text(HEAT)
    offers, *found = files["CSV"].read_text(encoding="utf-8-sig").splitlines()
    assert len(offers.split(";")) == 4 and len(found) == 2
    assert found[0].split(";")[1] == "0"  # the base, against itself
    assert "," in found[1].split(";")[3]
    assert files["SVG"].read_text(encoding="utf-8").lstrip().startswith("<")
    assert files["PNG"].read_bytes().startswith(b"\x89PNG")


def test_how_it_was_made_names_size_levers_model_and_command(open_page: Open) -> None:
    page = shown(open_page, "made")

    facts = page.inner_text(at("facts"))
    assert "6 policies × 41 futures × 3 seeds = 738 runs" in facts
    assert f"hfabm analyse studies/{STUDY}" in facts
    assert page.locator(f"{at('factors-levers')} tbody tr").count() == 2
    assert "0.2 to" in page.inner_text(at("factors-uncertainties"))


def test_a_table_is_the_same_in_danish_and_in_english_each_as_its_spreadsheets_read_it(
    open_page: Open, tmp_path: Path
) -> None:
    found = {}
    for language, separator in (("da", ";"), ("en", ",")):
        page = shown(open_page, "effects", language)
        file = download(page, at("csv-effects"), tmp_path)
        found[language] = rows_of(file.read_text(encoding="utf-8"), separator)

    danish, english = ([row["difference"] for row in found[language]] for language in ("da", "en"))
    assert len(english) == EFFECTS
    assert any("," in number for number in danish)
    assert [float(number.replace(",", ".")) for number in danish] == [float(number) for number in english]


def test_a_picture_is_saved_as_png_and_as_svg(open_page: Open, tmp_path: Path) -> None:
    page = shown(open_page, "money")

    png, svg = (download(page, at(f"{kind}-break_even"), tmp_path) for kind in ("png", "svg"))

    assert (png.name, svg.name) == (f"{STUDY}_break_even.png", f"{STUDY}_break_even.svg")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert "<svg" in svg.read_text(encoding="utf-8")


def test_all_of_it_is_saved_as_one_file(open_page: Open, tmp_path: Path) -> None:
    page = shown(open_page, "made", "da")

    page.click(at("prepare-all"))
    file = download(page, at("save-all"), tmp_path)

    assert file.name == f"{STUDY}.zip"
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        assert archive.testzip() is None
        held = {name.removeprefix(f"{STUDY}/"): archive.read(name) for name in archive.namelist()}
    assert {"effects.csv", "equity.csv", "break_even.svg", "break_even.png"} <= set(held)
    assert [name for name in held if name.endswith(".md")]
    assert len(rows_of(held["effects.csv"].decode(), ";")) == EFFECTS


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("..", "no name of a study|ikke navnet på et studie"),
        ("..%2Felsewhere", "no name of a study|ikke navnet på et studie"),
        ("%2Fetc", "no name of a study|ikke navnet på et studie"),
        (OUTSIDE, "leads out of studies/|fører ud af studies/"),
        ("nothing", "There is no study|Der er intet studie"),
        (EDITED, "no whole study|ikke et helt studie"),
    ],
)
def test_what_cannot_be_opened_is_told_in_words(open_page: Open, name: str, said: str, language: str) -> None:
    page = open_page(study(name=name, language=language), "[role=alert]").page

    told = page.inner_text(at("study"))
    assert said.split("|")[language == "da"] in told
    assert "Traceback" not in told and "/tmp" not in told
    page.click(at("back"))
    page.wait_for_selector(at(f"study-{STUDY}"))


def test_a_damaged_study_says_what_exactly_is_wrong(open_page: Open) -> None:
    page = open_page(study(name=EDITED), "[role=alert]").page

    page.click(f"{at('study')} summary")

    assert "was changed after it was written" in page.inner_text(at("study"))


def test_the_shelf_lists_what_cannot_be_opened_and_why(open_page: Open) -> None:
    page = open_page("/studies?lang=en", at("troubled")).page

    page.click(f"{at('troubled')} summary")

    told = page.inner_text(at("troubled"))
    assert "2 in studies/ cannot be opened" in told
    assert EDITED in told and "was changed after it was written" in told
    assert OUTSIDE in told and "leads out of studies/" in told
    assert page.query_selector(at(f"study-{EDITED}")) is None


def test_the_language_is_switched_inside_a_part(open_page: Open) -> None:
    page = shown(open_page, "money")
    english = page.get_attribute(f"{at('picture-break_even')} img", "alt")

    page.click(at("language"))
    wait_for_text(page, "finding", "tjener sig hjem")

    assert page.inner_text(f"{at('shown-money')} h2") == "Hvem betaler"
    assert "Gennemsnit over 3 gentagelser" in page.get_attribute(f"{at('picture-break_even')} img", "alt") != english
    page.wait_for_function("location.search.includes('view=money') && location.search.includes('lang=da')")
    page.wait_for_function(DRAWN, arg=f"{at('picture-break_even')} img")


def test_a_study_is_read_on_a_phone(open_page: Open) -> None:
    page = shown(open_page, "grid", size=PHONE)
    page.wait_for_selector(f"{HEAT} svg")

    page.click(at("part-frontier"))
    page.wait_for_function(DRAWN, arg=f"{at('picture-cost_effectiveness')} img")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
