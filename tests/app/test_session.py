"""What a visitor chose, as the address has it."""

from __future__ import annotations

from datetime import date

import pytest

from hfabm.app.reform.draft import STARTS, Draft, from_address
from hfabm.app.serve import CannotServe, serve
from hfabm.app.session import DEFAULTS, LONGEST_LINK, PAGES, begin
from hfabm.language import Language


@pytest.mark.parametrize("page", PAGES)
def test_the_address_of_the_defaults_says_only_the_language(page: str) -> None:
    assert begin("", "da").address(page) == f"/{page}?lang=da"


def test_what_is_chosen_comes_back_from_the_address() -> None:
    session = begin("", "en")
    session.put("n", "50")
    session.put("reforms", "reforms/01_refund_follows_person,own")
    session.draft.value = Draft("Mine").changed(("refund_law", "shelter_days"), 60, STARTS)

    again = begin(session.address("compare").partition("?")[2])

    assert (again.get("n"), again.get("reforms")) == ("50", "reforms/01_refund_follows_person,own")
    assert again.draft.value.changes == {("refund_law", "shelter_days"): ((date(2027, 1, 1), 60),)}
    assert again.language.value is Language.EN


def test_each_page_says_what_is_its_own() -> None:
    session = begin("", "da")
    session.put("seed", "7")

    assert "seed=7" in session.address("watch")
    assert "seed" not in session.address("trust")


def test_what_is_unknown_is_left_out_and_what_is_broken_is_told() -> None:
    session = begin("colour=red&s=!!!&n=4&lang=en")

    assert "colour" not in session.chosen.value
    assert session.draft.value.empty
    assert "link" in session.trouble.value
    assert session.get("n") == "4"


def test_a_reform_too_long_for_a_link_stays_out_of_it() -> None:
    session = begin("", "da")
    import random

    letters = random.Random(1)
    session.draft.value = Draft("".join(chr(letters.randint(97, 122)) for _ in range(20_000)))

    assert len(session.address("reform")) < LONGEST_LINK


def test_two_visitors_share_nothing() -> None:
    one, other = begin("", "da"), begin("", "da")

    one.put("n", "4")

    assert other.get("n") == DEFAULTS["n"]


def test_addresses_survive_their_own_packing() -> None:
    draft = Draft("Æbler & gulerødder").changed(("supply", "new_cheap"), 20.0, STARTS)

    assert from_address(draft.as_address()).changes == draft.changes


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_is_none_is_told(port: int) -> None:
    with pytest.raises(CannotServe, match="ports from 0 to 65535"):
        serve(port=port, browser=False)
