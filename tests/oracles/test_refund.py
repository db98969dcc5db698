"""The refund law, against its formulas, to the krone.

Before October 2023 the state bore half of every shelter day; after it, of the first 120 (from April 2026: 90)
days of a running year.  With a net price n a day and a share r, d days in a year cost the municipality
    before   (1 - r) n d
    after    (1 - r) n min(d, L) + n max(0, d - L)
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import Tiny, week

from hfabm.calendar import DAYS, NEVER
from hfabm.parameters.law import CentralRefundLaw, HousingLaw, RefundLaw
from hfabm.parameters.prices import PriceParameters
from hfabm.processes.income import IncomeParameters
from hfabm.processes.moves import Moves
from hfabm.processes.reimbursement import Reimbursement, count_shelter_days, refunded, run_refund_clock
from hfabm.processes.spending import Spending
from hfabm.state.codes import Housing, SupportMethod
from hfabm.state.ledger import ORE, Account, Party

PRICE, OWN, SHARE = 1507, 93, 0.5
NET = PRICE - OWN
LAW = RefundLaw(rate=SHARE, own_payment=float(OWN), shelter_days=120)
REGIMES = {
    "before": replace(LAW, shelter_days=366, days_counted=False),
    "120": LAW,
    "90": replace(LAW, shelter_days=90),
}
CAPS = {"before": 366, "120": 120, "90": 90}
DAYS_IN_SHELTER = (60, 90, 129, 180, 240, 365)

by_regime = pytest.mark.parametrize("regime", REGIMES)
pytestmark = pytest.mark.interpreted


def municipal(days: int, cap: int) -> float:
    return (1 - SHARE) * NET * min(days, cap) + NET * max(0, days - cap)


def counted(tiny: Tiny, law: RefundLaw, weeks: range) -> int:
    """Days co-paid over some weeks in a shelter."""
    total = 0
    for number in weeks:
        count_shelter_days.sweep(tiny.world.relations, week(number), law)
        total += int(tiny.world.citizens.refunded_days[0])
    return total


@by_regime
@pytest.mark.parametrize("days", DAYS_IN_SHELTER)
def test_days_in_a_shelter_cost_what_the_law_says(days: int, regime: str) -> None:
    """Whole weeks by the rule, the days that are left by its formula."""
    tiny, law = Tiny(beds={Housing.SHELTER: 1}), REGIMES[regime]
    who = tiny.resident()

    co_paid = counted(tiny, law, range(3, 3 + days // DAYS))
    used = int(tiny.world.citizens.shelter_days[who]) if law.days_counted else days - days % DAYS
    co_paid += refunded(days % DAYS, used, CAPS[regime])

    assert NET * days - SHARE * NET * co_paid == municipal(days, CAPS[regime])
    assert co_paid == min(days, CAPS[regime])


def test_the_examples_of_a_whole_year() -> None:
    year = {regime: municipal(365, cap) for regime, cap in CAPS.items()}

    rounded = {regime: round(cost, -3) for regime, cost in year.items()}

    assert rounded == {"before": 258_000, "120": 431_000, "90": 452_000}


@by_regime
@pytest.mark.parametrize("weeks", [8, 12, 13, 18, 26, 34, 52])
def test_the_ledger_says_the_same(weeks: int, regime: str) -> None:
    tiny, law = Tiny(beds={Housing.SHELTER: 1}), REGIMES[regime]
    tiny.resident()
    ours, theirs = 0, 0

    for number in range(weeks):
        reimburse = Reimbursement()
        reimburse.step(tiny.lend(reimburse), week(number), law)
        spend = Spending()
        spend.shared = {
            "refund_law": law, "housing_law": HousingLaw(), "central_refund": CentralRefundLaw(),
            "income": IncomeParameters(),
        }  # fmt: skip
        spend.step(tiny.lend(spend), week(number, price_level=1.0), PriceParameters(shelter=float(PRICE)))
        book = tiny.world.ledger.book[0, [Account.SHELTER, Account.REFUND_SHELTER]].sum(axis=0)
        ours -= int(book[Party.MUNICIPALITY])
        theirs -= int(book[Party.STATE])

    days = DAYS * weeks
    assert ours == municipal(days, CAPS[regime]) * ORE
    assert theirs == SHARE * NET * min(days, CAPS[regime]) * ORE


def test_the_count_starts_again_a_year_after_the_first_admission() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    who = tiny.resident()
    c = tiny.world.citizens

    first_year = counted(tiny, LAW, range(10, 62))
    turn = counted(tiny, LAW, range(62, 63))

    # the year began on day 70 and ends with day 434, the first of week 62
    assert first_year == 120
    assert turn == 6
    assert c.running_year_day[who] == 70 + 365
    assert c.shelter_days[who] == 6
    assert counted(tiny, LAW, range(63, 114)) == 120 - 6


def test_the_turn_of_the_year_splits_a_week_that_is_co_paid_on_both_sides() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    who = tiny.resident(running_year_day=7 * 20 - 361, shelter_days=118)

    co_paid = counted(tiny, LAW, range(20, 21))

    # four days are left of the old year, of which two are under the cap; three begin the new one
    assert co_paid == 2 + 3
    assert tiny.world.citizens.shelter_days[who] == 3


def test_a_year_that_turns_outside_the_shelter_begins_with_the_next_admission() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    who = tiny.resident()
    c = tiny.world.citizens

    counted(tiny, LAW, range(0, 20))
    c.housing[who] = Housing.SOFA
    away = counted(tiny, LAW, range(20, 70))
    c.housing[who] = Housing.SHELTER

    assert away == 0
    assert (c.running_year_day[who], c.shelter_days[who]) == (NEVER, 0)
    assert counted(tiny, LAW, range(70, 71)) == 7
    assert c.running_year_day[who] == 70 * DAYS


def test_days_are_kept_over_a_break_within_the_year() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    who = tiny.resident()
    c = tiny.world.citizens

    before = counted(tiny, LAW, range(0, 16))
    c.housing[who] = Housing.SOFA
    counted(tiny, LAW, range(16, 30))
    c.housing[who] = Housing.SHELTER
    after = counted(tiny, LAW, range(30, 40))

    assert (before, after) == (112, 8)
    assert c.shelter_days[who] == 26 * DAYS


def clocked(tiny: Tiny, number: int, law: RefundLaw = LAW) -> bool:
    run_refund_clock.sweep(tiny.world.relations, week(number), law)
    return bool(tiny.world.citizens.support_refunded[0])


def discharged(decided: int = 5, left: int = 19, method: SupportMethod = SupportMethod.CTI) -> Tiny:
    tiny = Tiny()
    tiny.tenant(decided_week=decided, left_shelter_week=left, method=method)
    return tiny


def test_support_is_co_paid_for_two_years_from_the_first_discharge() -> None:
    tiny = discharged()

    weeks = [number for number in range(20, 160) if clocked(tiny, number)]

    # 730 days: the week of discharge and 104 more, the last of which begins on day 728
    assert weeks == list(range(20, 20 + 105))
    assert tiny.world.citizens.refund_clock_week[0] == 20


def test_a_relapse_within_two_years_does_not_start_the_clock_again() -> None:
    tiny = discharged()
    clocked(tiny, 20)

    tiny.world.citizens.left_shelter_week[0] = 79
    refunded_weeks = [number for number in range(80, 160) if clocked(tiny, number)]

    assert tiny.world.citizens.refund_clock_week[0] == 20
    assert refunded_weeks == list(range(80, 125))


def test_a_discharge_after_two_years_starts_a_new_clock() -> None:
    tiny = discharged()
    clocked(tiny, 20)

    tiny.world.citizens.left_shelter_week[0] = 139

    assert clocked(tiny, 140)
    assert tiny.world.citizens.refund_clock_week[0] == 140


@pytest.mark.parametrize(("decided", "starts"), [(5, True), (19, True), (20, False), (NEVER, False)])
def test_the_decision_comes_before_the_discharge(decided: int, starts: bool) -> None:
    tiny = discharged(decided)

    in_time = clocked(tiny, 20)
    tiny.world.citizens.decided_week[0] = 21

    assert in_time == starts
    assert clocked(tiny, 22) == starts, "a late decision is too late for good"


def test_a_law_that_asks_for_no_decision_takes_late_ones() -> None:
    tiny = discharged(decided=NEVER)

    co_paid = clocked(tiny, 20, replace(LAW, decision_before_discharge=False))

    assert co_paid


@pytest.mark.parametrize("method", list(SupportMethod))
def test_ordinary_support_is_never_co_paid(method: SupportMethod) -> None:
    tiny = discharged(method=method)

    co_paid = clocked(tiny, 20)

    assert co_paid == (method >= SupportMethod.CTI)


def test_before_the_reform_support_is_not_co_paid() -> None:
    tiny = discharged()

    co_paid = clocked(tiny, 20, replace(LAW, support_days=0))

    assert not co_paid
    assert tiny.world.citizens.refund_clock_week[0] == NEVER


def test_moving_home_from_a_shelter_is_a_discharge() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    who = tiny.resident(offered_dwelling_row=0, decided_week=3, method=SupportMethod.ICM)
    tiny.vacate(0, since=1)

    tiny.run(Moves, week(9))
    tiny.run(Reimbursement, week(9))

    c = tiny.world.citizens
    assert c.housing[who] == Housing.OWN_HOME
    assert c.left_shelter_week[who] == 8
    assert c.support_refunded[who]
    assert c.refunded_days[who] == 0
