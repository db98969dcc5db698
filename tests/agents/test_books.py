"""A municipality's own books, read from files set by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small import Tiny

from hfabm.agents.books import Books, read_books
from hfabm.calendar import NEVER
from hfabm.state.codes import Housing, Need, Origin

NOW = 152
SINCE = NOW - 52
SHELTER, ELSEWHERE, NIGHT_SHELTER, HOTEL, TRANSITIONAL = range(5)
BY_NEED = {Need.LOW: (1, 0), Need.MODERATE: (1, 1), Need.COMPLEX: (2, 1)}


def town() -> Tiny:
    """Two municipalities, and beds of every kind; the books are those of the first."""
    tiny = Tiny(dwellings=40, beds={Housing.SHELTER: 9})
    tiny.world.municipalities.open(1, code=2, adults=1000)
    tiny.shelter(Housing.SHELTER, 9, elsewhere=True)
    for kind in (Housing.NIGHT_SHELTER, Housing.HOTEL, Housing.TRANSITIONAL):
        tiny.shelter(kind, 9)
    return tiny


def somebody(tiny: Tiny, housing: Housing = Housing.STREET, need: Need = Need.LOW, **more: object) -> int:
    illness, use = BY_NEED[need]
    return tiny.citizen(housing, mental_illness=illness, substance_use=use, **more)


def stay(tiny: Tiny, who: int, first: int, last: int = NEVER, where: int = SHELTER) -> None:
    """From one week to another, both included; NEVER while it lasts."""
    kind = tiny.world.shelters.kind[where]
    tiny.world.shelter_stays.open(1, citizen_row=who, shelter_row=where, kind=kind, first_week=first, last_week=last)


def read(tiny: Tiny, week: int = NOW, municipality: int = 0) -> Books:
    return read_books(tiny.world, week)[municipality]


@pytest.mark.parametrize(
    ("first", "last", "nights"),
    [
        (90, 119, 20 * 7),
        (SINCE, SINCE, 7),
        (90, NEVER, 52 * 7),
        (90, NOW + 5, 52 * 7),
        (-300, NOW - 1, 52 * 7),
        (SINCE + 1, NEVER, None),
        (90, SINCE - 1, None),
    ],
    ids=["20 weeks", "one week", "still there", "in the future", "for years", "came later", "left before"],
)
def test_nights_since_of_those_who_were_in_a_shelter_a_year_ago(first: int, last: int, nights: int | None) -> None:
    tiny = town()
    stay(tiny, somebody(tiny, Housing.OWN_HOME), first, last)

    sheltered, outside = read(tiny).nights[Need.LOW]

    assert sheltered.tolist() == ([] if nights is None else [nights])
    assert outside.tolist() == []


def test_later_stays_of_the_same_person_count_and_other_beds_do_not() -> None:
    tiny = town()
    who = somebody(tiny, Housing.SOFA)
    stay(tiny, who, 95, 104)
    stay(tiny, who, 110, 119, ELSEWHERE)
    stay(tiny, who, 120, 129, NIGHT_SHELTER)

    found = read(tiny)

    assert found.nights[Need.LOW][0].tolist() == [(5 + 10) * 7]
    assert found.away == pytest.approx(10 / 15)


@pytest.mark.parametrize(("placed", "seen"), [(SINCE - 1, True), (SINCE, False), (SINCE + 20, False), (NEVER, True)])
def test_those_who_were_placed_meanwhile_tell_nothing_of_those_left_alone(placed: int, seen: bool) -> None:
    tiny = town()
    stay(tiny, somebody(tiny, Housing.OWN_HOME, placed_week=placed), 90, 119)

    found = read(tiny).nights[Need.LOW][0]

    assert found.size == seen


def test_nights_are_kept_by_need_and_by_paying_municipality() -> None:
    tiny = town()
    for need, last in ((Need.LOW, 101), (Need.MODERATE, 103), (Need.COMPLEX, 105), (Need.COMPLEX, 107)):
        stay(tiny, somebody(tiny, need=need), 99, last)
    stay(tiny, somebody(tiny, municipality_row=1), 99, 109)

    ours, theirs = ([n[0].tolist() for n in read(tiny, municipality=m).nights] for m in (0, 1))

    assert ours == [[2 * 7], [4 * 7], [6 * 7, 8 * 7]]
    assert theirs == [[10 * 7], [], []]


def test_the_first_year_knows_nobody_of_a_year_ago() -> None:
    tiny = town()
    stay(tiny, somebody(tiny, Housing.SHELTER), -30)

    found = read(tiny, week=40)

    assert found.nights[Need.LOW][0].size == 0


@pytest.mark.parametrize(
    ("homeless", "nights"),
    [(52, 10 * 7), (300, 10 * 7), (26, 20 * 7), (25, None)],
    ids=["a year", "years", "half a year", "too short a time"],
)
def test_people_outside_are_known_by_their_last_year(homeless: int, nights: float | None) -> None:
    """Ten weeks in a shelter, as a rate a year of the time that they were homeless."""
    tiny = town()
    who = somebody(tiny, homeless_since_week=NOW - homeless)
    stay(tiny, who, NOW - 20, NOW - 11)

    sheltered, outside = read(tiny).nights[Need.LOW]

    assert sheltered.size == 0
    assert outside.tolist() == pytest.approx([] if nights is None else [nights])


def test_nights_of_an_earlier_spell_tell_nothing_of_this_one() -> None:
    tiny = town()
    who = somebody(tiny, homeless_since_week=NOW - 26)
    stay(tiny, who, NOW - 45, NOW - 36)
    stay(tiny, who, NOW - 45, NOW - 36, NIGHT_SHELTER)
    stay(tiny, who, NOW - 26, NOW - 23)

    found = read(tiny)

    assert found.nights[Need.LOW][1].tolist() == [2 * 4 * 7]
    assert not found.other_nights.any()


@pytest.mark.parametrize(("week", "nights"), [(10, None), (25, None), (26, 20 * 7), (39, 20 * 7 * 2 / 3), (60, 10 * 7)])
def test_what_was_before_the_start_is_not_taken_for_nights_elsewhere(week: int, nights: float | None) -> None:
    """Homeless for years, ten weeks in a shelter soon after the start, and no file of what was before."""
    tiny = town()
    stay(tiny, somebody(tiny, homeless_since_week=-200), 10, 19)

    outside = read(tiny, week).nights[Need.LOW][1]

    assert outside.tolist() == pytest.approx([] if nights is None else [nights])


def test_nobody_spends_more_than_a_year_in_a_year() -> None:
    tiny = town()
    stay(tiny, somebody(tiny, homeless_since_week=-200), -1, 27)

    _, outside = read(tiny, week=28).nights[Need.LOW]

    assert outside.tolist() == [365.0]


@pytest.mark.parametrize("housing", [Housing.SHELTER, Housing.OWN_HOME, Housing.INSTITUTION, Housing.GONE])
def test_others_are_not_known_by_their_last_year(housing: Housing) -> None:
    tiny = town()
    somebody(tiny, housing, homeless_since_week=NOW - 100)

    found = read(tiny)

    assert [n[1].size for n in found.nights] == [0, 0, 0]


def test_other_beds_are_a_mean_over_those_outside() -> None:
    tiny = town()
    first, second = (somebody(tiny, need=Need.MODERATE, homeless_since_week=NOW - 80) for _ in range(2))
    young = somebody(tiny, Housing.TRANSITIONAL, Need.MODERATE, homeless_since_week=NOW - 26)
    stay(tiny, first, NOW - 30, NOW - 21, NIGHT_SHELTER)
    stay(tiny, second, NOW - 70, NOW - 51, HOTEL)
    stay(tiny, young, NOW - 6, NEVER, TRANSITIONAL)

    found = read(tiny).other_nights

    assert found[Need.MODERATE, 1].tolist() == pytest.approx([10 * 7 / 3, 2 * 7 / 3, 2 * 6 * 7 / 3])
    assert not found[[Need.LOW, Need.COMPLEX]].any() and not found[:, 0].any()


def test_other_beds_of_those_who_were_in_a_shelter_a_year_ago_are_their_own() -> None:
    tiny = town()
    then = somebody(tiny, need=Need.LOW, homeless_since_week=NOW - 10)
    stay(tiny, then, NOW - 60, NOW - 31)
    stay(tiny, then, NOW - 30, NOW - 21, NIGHT_SHELTER)
    somebody(tiny, need=Need.LOW, homeless_since_week=NOW - 80)

    found = read(tiny).other_nights[Need.LOW]

    assert found[0].tolist() == [10 * 7, 0.0, 0.0]
    assert not found[1].any(), "who was not in one spent no night in another bed"


def test_who_is_in_need_now_is_counted_by_need_and_where_they_are() -> None:
    tiny = town()
    somebody(tiny, Housing.SHELTER, Need.COMPLEX)
    somebody(tiny, Housing.SHELTER, Need.COMPLEX, refund_in_view=True)
    somebody(tiny, Housing.STREET, Need.COMPLEX, refund_in_view=True)
    somebody(tiny, Housing.SOFA, Need.MODERATE)
    somebody(tiny, Housing.SOFA, Need.MODERATE, municipality_row=1)
    for housing in (Housing.OWN_HOME, Housing.INSTITUTION, Housing.GONE, Housing.ARRIVING):
        somebody(tiny, housing, Need.LOW)

    found = read(tiny).people

    expected = np.zeros((len(Need), len(Origin)), int)
    expected[Need.COMPLEX, Origin.SHELTER] = 2
    expected[Need.COMPLEX, Origin.REFUND_IN_VIEW] = expected[Need.MODERATE, Origin.NO_REFUND] = 1
    assert found.tolist() == expected.tolist()
