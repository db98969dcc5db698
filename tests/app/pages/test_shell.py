"""What stands around every page: the address, the language, no way out, and no traces of stacks."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Callable
from contextlib import closing

import psutil
import pytest

from app.browser import Visit
from app.pages.steps import at, choose, go_to
from hfabm.app.session import PAGES

pytestmark = pytest.mark.slow
Open = Callable[..., Visit]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_without_the_internet(open_page: Open, page: str) -> None:
    visit = open_page(f"/{page}?lang=en")

    assert visit.page.get_attribute(at(f"nav-{page}"), "aria-current") == "page"
    assert visit.page.evaluate("document.fonts.size") >= 0
    assert visit.page.title().endswith("hfabm")
    assert visit.page.inner_text("h1").strip()


def test_the_language_is_switched_in_place(open_page: Open) -> None:
    page = open_page("/compare?lang=da").page
    choose(page, "n", "10")

    page.click(at("language"))
    page.wait_for_function("document.querySelector('h1').innerText === 'Compare reforms'")

    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.input_value(at("n")) == "10"
    assert "lang=en" in page.url


@pytest.mark.parametrize(("preferred", "language"), [("da-DK,da", "da"), ("en-GB,en", "en"), ("fi", "da")])
def test_the_browser_chooses_the_first_language(open_page: Open, preferred: str, language: str) -> None:
    page = open_page("/trust", extra_http_headers={"Accept-Language": preferred}).page

    assert page.evaluate("document.documentElement.lang") == language


def test_choices_outlive_a_walk_through_the_pages_and_a_reload(open_page: Open) -> None:
    page = open_page("/compare?lang=en", at("start")).page
    choose(page, "n", "30")

    go_to(page, "trust")
    go_to(page, "compare")
    assert page.input_value(at("n")) == "30"

    page.reload()
    page.wait_for_selector(at("start"))
    assert page.input_value(at("n")) == "30"


def test_two_visitors_share_nothing(open_page: Open) -> None:
    one, other = (open_page("/compare?lang=en", at("start")).page for _ in range(2))

    choose(one, "n", "50")
    one.click(at("language"))
    one.wait_for_function("document.querySelector('h1').innerText === 'Sammenlign reformer'")

    assert other.input_value(at("n")) == "20"
    assert other.inner_text("h1") == "Compare reforms"


def answer_to(site: str, path: str, **headers: str) -> tuple[int, str]:
    """Status and text of what is sent for a path, as it is written."""
    connection = http.client.HTTPConnection(site.removeprefix("http://"))
    with closing(connection):
        connection.request("GET", path, headers={"Accept-Language": "en", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example:8765", "[", ""])
def test_a_name_that_is_not_its_own_is_told_in_words(site: str, host: str) -> None:
    status, told = answer_to(site, "/watch", Host=host)

    assert status == 421
    assert "does not go by that name" in told


@pytest.mark.parametrize("host", ["LOCALHOST:8765", "[::1]:8765", "127.0.0.1"])
def test_it_knows_its_own_names_however_they_are_written(site: str, host: str) -> None:
    assert answer_to(site, "/watch", Host=host)[0] == 200


@pytest.mark.parametrize("path", ["/nonsense", "/compare/more", "/studies/../../etc/passwd", "/watch/"])
def test_a_wrong_address_is_told_in_words(site: str, path: str) -> None:
    status, told = answer_to(site, path)

    assert status == 404
    assert "There is no such page" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "path", ["/resourcez", "/_solara/cdn/vega@5/build/vega.js", "/_solara/cdn/../../../etc/passwd"]
)
def test_what_is_not_for_visitors_is_not_there(site: str, path: str) -> None:
    assert answer_to(site, path)[0] == 404


def test_answers_carry_headers_of_safety(site: str) -> None:
    with urllib.request.urlopen(f"{site}/watch?lang=da") as answer:
        headers, text = answer.headers, answer.read().decode()

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert '<html lang="da">' in text
    assert "user-scalable=no" not in text


def test_a_link_that_was_cut_is_told(open_page: Open) -> None:
    page = open_page("/reform?lang=en&s=eNpzzs8").page

    page.wait_for_selector("[role=alert]")

    assert "link" in page.inner_text("[role=alert]").lower()


def test_the_server_speaks_to_this_machine_alone(open_page: Open) -> None:
    page = open_page("/watch?lang=en", at("play")).page
    go_to(page, "trust")

    server = next(one for one in psutil.Process().children() if "hfabm" in one.cmdline())
    everybody = [server, *server.children(recursive=True)]
    far = {one.raddr.ip for each in everybody for one in each.net_connections("inet") if one.raddr}

    assert far <= {"127.0.0.1", "::1"}
