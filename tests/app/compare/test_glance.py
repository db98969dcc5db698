"""The finding at a glance: six numbers of a reform, each with its unit, its interval and what may be said of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from app.compare.invented import PLACEBO, SIXTY, THIRTY, found, request
from hfabm.app.compare.found import Compared
from hfabm.app.compare.glance import glance
from hfabm.language import Language

DA, EN = Language.DA, Language.EN


@pytest.fixture(scope="module")
def three() -> Compared:
    return found(request(SIXTY, THIRTY, PLACEBO, placebo=True))


def words(element: Any) -> Iterator[str]:
    """All text of an element."""
    for child in element.kwargs["children"]:
        yield from [child] if isinstance(child, str) else words(child)


def figures(element: Any) -> list[str]:
    """The figures of a glance, each as a line."""
    sheet = next(child for child in element.kwargs["children"] if child.kwargs["tag"] == "dl")
    return [" ".join(" ".join(words(cell)).split()) for cell in sheet.kwargs["children"]]


def test_a_clear_effect_has_its_unit_and_its_interval(three: Compared) -> None:
    shown = figures(glance(three, three.reforms[0], EN))

    assert len(shown) == 6
    assert shown[1] == "Long-term homeless, mean \u221212 people 95% interval \u221217 to \u22127 better"


def test_what_is_not_clear_is_said_to_be_not_clear(three: Compared) -> None:
    shown = figures(glance(three, three.reforms[0], DA))

    assert shown[3] == ("Nettoudgift, kommune +0,1 mio. kr. om året 95 %-interval \u22123,0 til +3,1 uklart")
    assert shown[5].startswith("Tjent hjem, kommune ikke endnu")


def test_a_placebo_has_no_difference_and_no_interval(three: Compared) -> None:
    shown = figures(glance(three, three.reforms[2], EN))

    assert all(line.endswith("no difference") and "interval" not in line for line in shown[:5])
    assert shown[5] == "Paid back, municipality \u2013"


def test_a_clear_end_near_nought_does_not_read_as_nought(three: Compared) -> None:
    sixty = three.reforms[0]
    near = dataclasses.replace(sixty.effect("long_term_mean"), difference=-0.9, low=-1.7, high=-0.02)
    others = tuple(near if one.metric == "long_term_mean" else one for one in sixty.outcomes)

    shown = figures(glance(three, dataclasses.replace(sixty, outcomes=others), EN))

    assert "\u22121.70 to \u22120.02 better" in shown[1]


def test_the_finding_stands_below_in_one_sentence(three: Compared) -> None:
    told = list(words(glance(three, three.reforms[0], EN)))

    assert told[0] == "60 days"
    assert told[-1].startswith("12 fewer people in long-term homelessness (95% interval")
