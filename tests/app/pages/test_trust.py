"""Trust: every part, the register and the numbers searched, and runs made beside observations."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.browser import Visit, download, serve_app, violations, visit
from app.pages.conftest import PATIENCE
from app.pages.steps import at, choose, wait_for_text
from hfabm.app.trust.limits_view import LIMITS
from hfabm.engine.kernel import model_digest
from hfabm.evidence import register
from hfabm.parameters.report import rows, share_assumed, share_of_behaviour
from hfabm.schedule import SECTIONS

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]
FIGURES = 489
"""Rows of the evidence register; one more is welcome, and is to be counted here."""
CELL = "[...document.querySelectorAll(name)].map(cell => cell.innerText.trim())"


def part(open_page: Open, name: str, language: str = "en", q: str = "") -> Any:
    return open_page(f"/trust?view={name}&q={q}&lang={language}", at(f"shown-{name}")).page


def column(page: Any, table: str, cell: str) -> list[str]:
    """Text of the cells of a table that a selector finds, row by row."""
    found: list[str] = page.evaluate(f"name => {CELL}", f"{at(table)} tbody {cell}")
    return found


def wait_for_column(page: Any, table: str, cell: str, wanted: list[str]) -> None:
    """Wait until a table shows what is expected: what is said of it may come first."""
    for _ in range(200):
        if column(page, table, cell) == wanted:
            break
        page.wait_for_timeout(50)
    assert column(page, table, cell) == wanted


def saved(page: Any, name: str, folder: Path, separator: str) -> list[dict[str, str]]:
    """Rows of a file that the page offers."""
    text = download(page, at(name), folder).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=separator))


def search(page: Any, words: str, count: int) -> None:
    page.fill(at("search"), words)
    wait_for_text(page, "found", f"^{count} ")


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_part_is_a_press_of_a_button_away(open_page: Open, language: str) -> None:
    parts = {
        "assumed": at("shares-kind"), "limits": at("good-for"), "evidence": at("evidence"),
        "parameters": at("parameters"), "versions": at("citation"), "fit": at("make-runs"),
    }  # fmt: skip
    page = part(open_page, "fit", language)

    for name, there in parts.items():
        page.click(at(f"part-{name}"))
        page.wait_for_selector(f"{at(f'shown-{name}')} {there}")

        assert page.inner_text(f"{at(f'shown-{name}')} h2") == page.inner_text(at(f"part-{name}"))
        page.wait_for_function(f"location.search.includes('view={name}')")
        assert page.query_selector("[role=alert]") is None


def test_the_figures_above_say_how_much_rests_on_evidence(open_page: Open) -> None:
    page = part(open_page, "limits")
    behaviour, overall = share_of_behaviour(SECTIONS), share_assumed(SECTIONS)["overall"]

    told = page.inner_text(at("summary"))

    assert f"{behaviour['evidence']:.0f} of {behaviour['parameters']:.0f}" in told
    assert f"{overall['parameters'] - overall['assumed']:.0f} of {overall['parameters']:.0f}" in told
    assert str(FIGURES) in told


def test_shares_are_those_of_the_model(open_page: Open, tmp_path: Path) -> None:
    page = part(open_page, "assumed", "da")

    told = saved(page, "csv-kind", tmp_path, ";")

    shown = [cell.split()[-1] for cell in column(page, "shares-kind", "td:nth-child(2)")]
    behaviour = share_of_behaviour(SECTIONS)
    kinds = share_assumed(SECTIONS)
    expected = [behaviour["parameters"] - behaviour["evidence"], *(one["assumed"] for one in kinds.values())]
    assert [int(text) for text in shown] == [int(count) for count in expected]
    assert [row["of"] for row in told] == ["behaviour", *kinds]
    assert float(told[1]["share_assumed"].replace(",", ".")) == pytest.approx(kinds["overall"]["share"], abs=5e-5)


def test_assumptions_about_behaviour_stand_by_whose_it_is(open_page: Open, tmp_path: Path) -> None:
    page = part(open_page, "assumed", "da")

    told = saved(page, "csv-section", tmp_path, ";")

    assert column(page, "shares-section", "th code") == [row["of"] for row in told]
    assert sum(int(row["all"]) for row in told) == share_of_behaviour(SECTIONS)["parameters"]
    assert "borgere" in page.inner_text(at("shares-section"))


def test_a_figure_is_found_by_its_id_and_by_words(open_page: Open) -> None:
    page = part(open_page, "evidence", q="P1.085")
    assert column(page, "evidence", "th")[0] == "P1.085"

    search(page, "odense week 6", sum(_holds(one, "odense", "week 6") for one in register().values()))
    page.wait_for_function("location.search.includes('q=odense')")
    search(page, "no such thing", 0)

    assert page.query_selector(at("evidence")) is None
    assert "Nothing has all of these words" in page.inner_text(at("shown-evidence"))


def _holds(one: Any, *words: str) -> bool:
    told = " ".join((one.id, one.quantity, one.value, one.unit, one.year, one.scope, one.source, one.url)).casefold()
    return all(part in told for word in words for part in word.split())


def test_the_register_is_turned_page_by_page(open_page: Open) -> None:
    page = part(open_page, "evidence")
    first = column(page, "evidence", "th")
    assert len(first) == 25
    assert page.is_disabled(at("previous"))

    page.click(at("next"))
    wait_for_text(page, "page", "2 of 20")
    second = column(page, "evidence", "th")
    page.click(at("previous"))
    wait_for_text(page, "page", "1 of 20")

    assert [*first, *second] == list(register())[:50]
    assert column(page, "evidence", "th") == first


def test_a_search_begins_at_its_first_page(open_page: Open) -> None:
    page = part(open_page, "evidence")
    page.click(at("next"))
    wait_for_text(page, "page", "2 of 20")

    choose(page, "confidence", "high")
    high = [one.id for one in register().values() if one.confidence == "high"]
    wait_for_text(page, "found", f"^{len(high)} ")
    wait_for_text(page, "page", "^Page 1 ")
    assert column(page, "evidence", "th") == high[:25]


def test_sources_are_links_that_give_nothing_away(open_page: Open) -> None:
    page = part(open_page, "evidence")
    links = page.query_selector_all(f"{at('evidence')} a")

    assert len(links) >= 20
    for link in links:
        assert urlsplit(link.get_attribute("href")).scheme in ("http", "https")
        assert link.get_attribute("rel") == "noreferrer noopener"
        assert "new tab" in link.get_attribute("aria-label")


@pytest.mark.parametrize(("language", "separator"), [("en", ","), ("da", ";")])
def test_the_whole_register_is_taken_along(open_page: Open, tmp_path: Path, language: str, separator: str) -> None:
    page = part(open_page, "evidence", language)

    told = saved(page, "csv-evidence", tmp_path, separator)

    assert len(told) == FIGURES == len(register())
    assert [row["id"] for row in told] == list(register())
    assert {row["confidence"] for row in told} == {"high", "medium", "derived", "low", "none"}


def test_what_was_searched_for_is_what_is_saved(open_page: Open, tmp_path: Path) -> None:
    page = part(open_page, "evidence", q="P1.085")

    assert [row["id"] for row in saved(page, "csv-evidence", tmp_path, ",")] == ["P1.085"]


def test_numbers_of_the_model_are_searched_and_lead_to_their_source(open_page: Open, tmp_path: Path) -> None:
    every = rows(SECTIONS)
    page = part(open_page, "parameters")
    wait_for_text(page, "found", f"^{len(every)} ")
    assert len(saved(page, "csv-parameters", tmp_path, ",")) == len(every)

    choose(page, "grade", "evidence")
    choose(page, "role", "uncertainty")
    rest = [row["key"] for row in every if not row["assumed"] and row["role"] == "uncertainty"]
    wait_for_text(page, "found", f"^{len(rest)} ")
    wait_for_column(page, "parameters", "th code", rest[:25])
    link = page.locator(f"{at('parameters')} td a").first
    id = link.inner_text()
    link.click()
    page.wait_for_selector(at("shown-evidence"))

    assert column(page, "evidence", "th")[0] == id
    assert page.input_value(at("search")) == id


def test_a_number_is_told_in_danish(open_page: Open) -> None:
    page = part(open_page, "parameters", "da", q="caretaking.plan_weeks")

    told = page.inner_text(f"{at('parameters')} tbody tr")

    assert "caretaking.plan_weeks" in told and "4 – 104" in told
    assert "uger" in told and "usikkerhed" in told


def test_the_language_is_switched_inside_a_part_with_what_was_searched(open_page: Open) -> None:
    page = part(open_page, "evidence", q="P1.085")

    page.click(at("language"))
    page.wait_for_function("document.documentElement.lang === 'da'")

    page.wait_for_function("name => document.querySelector(name).innerText === 'Evidensregister'",
                           arg=f"{at('shown-evidence')} h2")  # fmt: skip
    assert page.input_value(at("search")) == "P1.085"
    assert column(page, "evidence", "th") == ["P1.085"]


def test_every_limit_is_said(open_page: Open) -> None:
    page = part(open_page, "limits")

    assert page.locator(f"{at('limits')} dt").count() == page.locator(f"{at('limits')} dd").count() == len(LIMITS)
    assert "no forecast" in page.inner_text(at("limits"))


def test_the_version_to_cite_is_that_of_the_model(open_page: Open, tmp_path: Path) -> None:
    page = part(open_page, "versions")
    page.wait_for_selector(at("citation"))

    told = {row["what"]: row["version"] for row in saved(page, "csv-versions", tmp_path, ",")}

    assert told["model"] == model_digest()
    assert told["model"] in page.inner_text(at("citation"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, in an empty folder: runs that are made are shown to all visitors of a server."""
    with serve_app(tmp_path_factory.mktemp("bare")) as url:
        yield url


def test_runs_are_made_and_stopped_and_made_again(bare: str, browser: Any, tmp_path: Path) -> None:
    with visit(browser, f"{bare}/trust?lang=en") as seen:
        page = seen.page
        page.set_default_timeout(PATIENCE)
        page.click(at("make-runs"))
        page.click(at("stop"))
        page.wait_for_selector("[role=alert]")
        assert "stopped, as you asked" in page.inner_text(at("making"))

        page.click(at("make-runs"))
        assert "weeks simulated" in wait_for_text(page, "weeks", "^[1-9]")
        page.wait_for_selector(f"{at('fitted')} svg")

        told = saved(page, "csv-fit", tmp_path, ",")
        assert len(told) == len(column(page, "fit", "th")) >= 12
        near = sum(row["verdict"] == "within" for row in told)
        assert f"comes near to {near} of {len(told)} observations" in page.inner_text(at("fitted"))
        assert "No validation" in page.inner_text(at("fitted"))
        assert violations(page) == []
        page.click(at("language"))
        page.wait_for_function(f"document.body.innerText.includes('tæt på {near} af {len(told)} observationer')")
        assert violations(page) == []
        assert (seen.errors, seen.outside) == ([], [])

        page.click(f"{at('fit')} a")
        page.wait_for_selector(at("shown-evidence"))
        assert page.input_value(at("search")) in register()
