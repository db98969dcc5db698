"""Who is asked to go through a shelter for the refund, and how a § 107 place taken instead of one ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small import Tiny, week

from hfabm.calendar import NEVER
from hfabm.parameters.law import RefundLaw
from hfabm.processes.casework import DETOUR, TRACK
from hfabm.randomness import uniform
from hfabm.state.codes import Housing

from .test_casework import LAW, NOW, weighed

pytestmark = pytest.mark.interpreted


def asked(
    law: RefundLaw = LAW, housing: Housing = Housing.STREET, needs: int = 0, first_share: float = 1.0, **more: object
) -> np.ndarray:
    """Who of 200 citizens of a need is asked to go through a shelter first; a fifth, a half, nine tenths by need."""
    tiny = Tiny(beds={Housing.SHELTER: 200})
    us = tiny.world.municipalities
    us.detour_low[0], us.detour_moderate[0], us.detour_complex[0] = 0.2, 0.5, 0.9
    us.housing_first_share[0] = first_share
    need = {"mental_illness": min(2, needs), "substance_use": max(0, needs - 2)}
    put = tiny.resident if housing == Housing.SHELTER else lambda **who: tiny.citizen(housing, **who)
    for _ in range(200):
        put(**{"in_need_since_week": 0, **need, **more})
    return weighed(tiny, law).world.citizens.sent_to_shelter


@pytest.mark.parametrize(("needs", "share"), [(0, 0.2), (1, 0.2), (2, 0.5), (3, 0.9), (4, 0.9)])
def test_some_are_asked_to_go_through_a_shelter_by_need_and_for_life(needs: int, share: float) -> None:
    sent = asked(needs=needs)

    drawn = np.array([uniform(week(NOW).life, DETOUR, 1000 + row) < share for row in range(200)])
    assert np.array_equal(sent, drawn)
    assert abs(sent.mean() - share) < 0.11, "three standard errors"


@pytest.mark.parametrize("housing", [Housing.STREET, Housing.SOFA, Housing.NIGHT_SHELTER, Housing.HOTEL])
def test_they_are_asked_wherever_they_are_outside(housing: Housing) -> None:
    sent = asked(housing=housing, needs=4)

    assert sent.any()


@pytest.mark.parametrize(
    ("law", "more"),
    [
        (replace(LAW, support_days=0), {}),
        (replace(LAW, after_shelter_only=False), {}),
        (LAW, {"refund_clock_week": NOW - 50}),
        (LAW, {"housing": Housing.SHELTER}),
        (LAW, {"housing": Housing.PRISON_HOSPITAL}),
        (LAW, {"housing": Housing.TRANSITIONAL}),
        (LAW, {"in_need_since_week": NEVER}),
        (LAW, {"referral_row": 0}),
    ],
    ids=[
        "no refund",
        "any homelessness",
        "clock runs",
        "in one",
        "locked up",
        "on the staircase",
        "unknown",
        "referred",
    ],
)
def test_nobody_is_asked_without_a_refund_to_earn(law: RefundLaw, more: dict[str, object]) -> None:
    sent = asked(law, needs=4, **more)

    assert not sent.any()


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_only_who_is_on_the_housing_first_track_is_asked(share: float) -> None:
    """The staircase ends in ordinary support, which is never co-paid."""
    sent = asked(needs=4, first_share=share)

    life = week(NOW).life
    drawn = [uniform(life, TRACK, 1000 + row) < share and uniform(life, DETOUR, 1000 + row) < 0.9 for row in range(200)]
    assert sent.tolist() == drawn
    assert any(drawn) == (share > 0.0)


@pytest.mark.parametrize(
    ("housing", "more", "stays"),
    [
        (Housing.SHELTER, {}, True),
        (Housing.SHELTER, {"referral_row": 0}, False),
        (Housing.SHELTER, {"in_need_since_week": NEVER}, False),
        (Housing.PRISON_HOSPITAL, {}, False),
        (Housing.STREET, {"refund_clock_week": NOW - 10}, False),
    ],
    ids=["arrived", "referred", "not in need", "locked up", "refund in view"],
)
def test_who_was_sent_stays_so_until_referred(housing: Housing, more: dict[str, object], stays: bool) -> None:
    sent = asked(housing=housing, sent_to_shelter=True, **more)

    assert sent.tolist() == [stays] * 200


@pytest.mark.parametrize(
    ("housing", "was_offered", "was_one", "is_one"),
    [
        (Housing.INSTITUTION, True, False, True),
        (Housing.INSTITUTION, False, True, True),
        (Housing.INSTITUTION, False, False, False),
        (Housing.SHELTER, True, False, False),
        (Housing.SHELTER, False, True, False),
        (Housing.STREET, False, True, False),
    ],
    ids=["moved in", "lives there", "another way in", "found none", "back again", "left it"],
)
def test_a_place_that_was_offered_is_known_as_such(
    housing: Housing, was_offered: bool, was_one: bool, is_one: bool
) -> None:
    tiny = Tiny(beds={housing: 1} if housing != Housing.STREET else {})
    put = tiny.citizen if housing == Housing.STREET else tiny.resident
    put(offered_107=was_offered, way_out=was_one, housing_since_week=NOW - 1, from_107_week=NOW - 1, days_107=7)

    c = weighed(tiny).world.citizens

    assert (bool(c.way_out[0]), bool(c.place_ends[0])) == (is_one, False)


@pytest.mark.parametrize(
    ("days", "weeks", "offered_one", "ends"),
    [
        (183, 26, True, False),
        (183, 27, True, True),
        (182, 26, True, True),
        (183, 40, True, True),
        (0, 1, True, True),
        (183, 40, False, False),
    ],
)
def test_an_offered_place_ends_with_the_days_that_are_co_paid(
    days: int, weeks: int, offered_one: bool, ends: bool
) -> None:
    tiny = Tiny(beds={Housing.INSTITUTION: 1})
    co_paid = min(days, 7 * weeks)
    tiny.resident(
        way_out=offered_one, housing_since_week=NOW - weeks, from_107_week=NOW - weeks, days_107=co_paid
    )  # fmt: skip

    c = weighed(tiny, replace(LAW, section_107_days=days)).world.citizens

    assert bool(c.place_ends[0]) == ends


def test_a_second_place_ends_with_what_is_left_of_the_days_or_of_the_year() -> None:
    used, old = Tiny(beds={Housing.INSTITUTION: 1}), Tiny(beds={Housing.INSTITUTION: 1})
    used.resident(way_out=True, housing_since_week=NOW - 2, from_107_week=NOW - 40, days_107=183)
    old.resident(way_out=True, housing_since_week=NOW - 2, from_107_week=NOW - 53, days_107=20)

    ends = [bool(weighed(tiny).world.citizens.place_ends[0]) for tiny in (used, old)]

    assert ends == [True, True]


def test_a_place_that_has_ended_ends_once() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    tiny.resident(way_out=True, place_ends=True, housing_since_week=NOW - 1)

    c = weighed(tiny).world.citizens

    assert not c.way_out[0] and not c.place_ends[0]
