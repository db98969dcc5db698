"""§ 107 homes: what is co-paid after a shelter stay, for how long, and who pays the rest, to the øre."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import Tiny

from hfabm.calendar import DAYS, NEVER
from hfabm.parameters.law import RefundLaw
from hfabm.state.codes import Housing
from hfabm.state.ledger import Account, Party

from .entries import entries, paid

pytestmark = pytest.mark.interpreted
LAW = RefundLaw()
M, S, R, L, C, P = Party


def ore(dkk: float) -> int:
    return round(dkk * 100.0)


@pytest.mark.parametrize(
    ("days", "within", "left", "co_paid"),
    [(183, 365, 9, 183), (183, 100, 9, 100), (0, 365, 9, 0), (183, 365, 8, 0), (183, 365, NEVER, 0)],
    ids=["six months", "not beyond the window", "before the reform", "not straight from the shelter", "no shelter"],
)
def test_a_107_stay_is_co_paid_for_so_many_days_after_the_shelter(
    days: int, within: int, left: int, co_paid: int
) -> None:
    law = {"refund_law": replace(LAW, section_107_days=days, section_107_within_days=within)}
    weekly, tiny = [], Tiny(beds={Housing.INSTITUTION: 1})
    tiny.resident(housing_since_week=10, left_shelter_week=left)

    for number in range(10, 70):
        book = entries(tiny, Account.REFUND_SECTION_107, law, number, institution=1700.0)
        assert set(book) <= {S, M}
        weekly.append(book.get(M, 0))

    whole, rest = divmod(co_paid, DAYS)
    expected = [ore(0.5 * DAYS * 1700.0)] * whole + [ore(0.5 * rest * 1700.0)] * (rest > 0)
    assert weekly == expected + [0] * (60 - len(expected))
    assert sum(weekly) == ore(0.5 * co_paid * 1700.0)


def co_paid_days(law: RefundLaw, *stays: tuple[int, int]) -> list[int]:
    """Days co-paid of each § 107 stay of a citizen, from a week on for so many weeks, straight from a shelter."""
    tiny, found = Tiny(beds={Housing.INSTITUTION: 1}), []
    who, c = tiny.resident(), tiny.world.citizens
    for start, weeks in stays:
        c.housing_since_week[who], c.left_shelter_week[who] = start, start - 1
        back = 0
        for number in range(start, start + weeks):
            back += entries(tiny, Account.REFUND_SECTION_107, {"refund_law": law}, number, institution=2.0).get(M, 0)
        found.append(back // 100)
    return found


@pytest.mark.parametrize(
    ("stays", "days"),
    [
        (((10, 4), (20, 40)), [28, 183 - 28]),
        (((10, 27), (40, 10)), [183, 0]),
        (((10, 4), (20, 4), (30, 40)), [28, 28, 183 - 56]),
        (((10, 4), (55, 40)), [28, 365 - 45 * 7]),
        (((10, 27), (62, 10)), [183, 0]),
        (((10, 27), (63, 40)), [183, 183]),
        (((10, 2), (30, 2), (63, 40)), [14, 14, 183]),
    ],
    ids=[
        "the rest of the days", "none left", "in three parts", "not beyond the window", "a day short of a new window",
        "a new window", "that begins with its discharge",
    ],
)  # fmt: skip
def test_the_days_of_a_107_place_are_counted_from_one_discharge_over_all_stays(
    stays: tuple[tuple[int, int], ...], days: list[int]
) -> None:
    """183 days in all, within a year of the discharge that began it."""
    law = replace(LAW, section_107_days=183, section_107_within_days=365)

    found = co_paid_days(law, *stays)

    assert found == days


def test_a_107_place_not_straight_from_a_shelter_begins_no_window() -> None:
    tiny = Tiny(beds={Housing.INSTITUTION: 1})
    tiny.resident(housing_since_week=10, left_shelter_week=8)

    entries(tiny, Account.REFUND_SECTION_107)

    assert (tiny.world.citizens.from_107_week[0], tiny.world.citizens.days_107[0]) == (NEVER, 0)


def test_the_municipality_pays_the_rest_of_a_107_stay() -> None:
    tiny = Tiny(beds={Housing.INSTITUTION: 1})
    tiny.resident(housing_since_week=10, left_shelter_week=9, income_dkk_month=0.0)

    book = entries(tiny, Account.SECTION_107, institution=1700.0)

    assert book == paid(M, P, 7 * 1700.0)
    assert tiny.world.citizens.net_municipal_ore[0] == ore(0.5 * 7 * 1700.0)
