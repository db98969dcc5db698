"""What is said of a whole run, checked against numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isnan, sqrt
from typing import Any

import numpy as np
import pytest

from hfabm.calendar import NEVER, WEEKS_PER_YEAR
from hfabm.metrics import equity, homelessness, money, tenancies, waiting
from hfabm.metrics.record import Record, per
from hfabm.state.codes import Housing, Need, TenancyEnd, TenancyStart
from hfabm.state.ledger import Account, Party
from hfabm.state.world import World

Make = Callable[..., Any]


def bare(weeks: int, citizens: int = 0) -> Record:
    """A record of weeks in which nothing happened."""
    record = Record(date(2009, 1, 5), weeks, 1, ("stably_housed",), (), done=weeks)
    quarters = len(record.cost_ore)
    record.cost_ore = np.zeros((quarters, citizens), np.int64)
    record.net_municipal_ore = np.zeros((quarters, citizens), np.int64)
    record.weeks_at_home = np.zeros(citizens, np.int32)
    return record


def test_kaplan_meier_by_hand() -> None:
    # 6 tenancies: losses at 3 and 5 (twice), followed without loss to 4, 7 and 9 weeks
    weeks = np.array([3, 4, 5, 5, 7, 9])
    lost = np.array([True, False, True, True, False, False])

    found = tenancies.kaplan_meier(weeks, lost, 6)

    share = (1 - 1 / 6) * (1 - 2 / 4)
    half = 1.959964 * share * sqrt(1 / (6 * 5) + 2 / (4 * 2))
    assert found.share == pytest.approx(share)
    assert (found.low, found.high) == pytest.approx((max(0.0, share - half), share + half))
    assert (found.tenancies, found.at_risk, found.losses) == (6, 2, 3)


def test_retention_is_not_told_beyond_what_was_followed() -> None:
    found = tenancies.kaplan_meier(np.array([3, 4]), np.array([True, False]), 52)

    assert isnan(found.share)


def test_retention_is_nought_when_all_are_lost() -> None:
    assert tenancies.kaplan_meier(np.array([3, 4]), np.array([True, True]), 52).share == 0.0


def test_a_move_to_another_home_is_no_loss(world: World) -> None:
    world.tenancies.open(
        3,
        how=TenancyStart.HOUSING_FIRST,
        start_week=0,
        end=[TenancyEnd.MOVED_HOME, TenancyEnd.EVICTED, TenancyEnd.RUNNING],
        end_week=[20, 30, NEVER],
        need_at_start=[4, 4, 0],
    )

    weeks, lost = tenancies.spans(bare(60), world, TenancyStart.HOUSING_FIRST)
    complex_weeks, _ = tenancies.spans(bare(60), world, TenancyStart.HOUSING_FIRST, Need.COMPLEX)

    assert (weeks.tolist(), lost.tolist()) == ([20, 30, 60], [False, True, False])
    assert complex_weeks.tolist() == [20, 30]


def test_a_tenant_no_longer_at_risk_is_at_home_to_the_end(world: World, citizens: Make) -> None:
    citizens(2, housing=[Housing.GONE, Housing.SOFA])
    world.tenancies.open(1, citizen_row=0, end=TenancyEnd.NO_LONGER_AT_RISK, end_week=40)
    record = bare(100, citizens=2)
    record.weeks_at_home[:] = [40, 7]

    assert tenancies.weeks_housed(record, world).tolist() == [100, 7]


def test_shelter_days_are_cut_to_the_year(world: World, citizens: Make) -> None:
    citizens(3)
    world.shelter_stays.open(
        4,
        citizen_row=[0, 0, 1, 2],
        kind=[Housing.SHELTER, Housing.SHELTER, Housing.SHELTER, Housing.HOTEL],
        first_week=[-3, 8, 9, 0],
        last_week=[1, 8, NEVER, 5],
    )

    days = waiting.shelter_days(bare(12), world, slice(0, 10))

    assert days.tolist() == [7 * (2 + 1), 7 * 1, 0]
    assert waiting.first_shelter_week(world).tolist() == [-3, 9, 1 << 30]


def test_years_are_iso_years_and_know_whether_they_are_whole() -> None:
    record = bare(105)

    assert {y: (w.start, w.stop) for y, w in record.years().items()} == {
        2009: (0, 52),
        2010: (52, 104),
        2011: (104, 105),
    }
    assert list(record.full_years()) == [2010]  # week 1 of 2009 began on 29 December
    assert record.count_week(2009) == 4
    assert record.count_week(2012) is None


def test_present_value_at_ten_per_cent() -> None:
    amounts = np.zeros(106)
    amounts[0], amounts[105] = 100.0, 121.0

    assert money.present_value(amounts, 0.10) == pytest.approx(200.0, abs=0.2)


def test_public_cost_is_what_public_parties_pay_net_in_base_prices() -> None:
    record = bare(2)
    book = record.ledger[0, 0, Account.SHELTER]
    book[Party.MUNICIPALITY], book[Party.PROVIDER] = -10_000, 10_000
    refund = record.ledger[0, 0, Account.REFUND_SHELTER]
    refund[Party.STATE], refund[Party.MUNICIPALITY] = -5_000, 5_000
    record.price_ppm[:] = 500_000

    assert record.paid(money.PUBLIC).tolist() == [200.0, 0.0]
    assert record.paid((Party.MUNICIPALITY,)).tolist() == [100.0, 0.0]


def test_cost_around_placement_by_hand(world: World, citizens: Make) -> None:
    # placed in the first quarter of 2012: cost 100 a quarter before, 40 after
    record = bare(8 * 53, citizens=2)
    placed = (date(2012, 1, 16) - record.start).days // 7
    citizens(2, housing=Housing.OWN_HOME, arrived_week=[-1, placed + 60])
    world.tenancies.open(1, citizen_row=0, how=TenancyStart.HOUSING_FIRST, start_week=placed)
    quarter = record.quarter(placed)
    record.cost_ore[:quarter, 0], record.cost_ore[quarter:, 0] = 10_000, 4_000
    record.net_municipal_ore[:] = record.cost_ore // 2

    found = {(c.cohort, c.year): c for c in money.costs_around_placement(record, world)}

    assert found[(2011, 2013), -1].public_dkk == pytest.approx(400.0, rel=0.03)
    assert found[(2011, 2013), 1].public_dkk == pytest.approx(160.0, rel=0.03)
    assert found[(2011, 2013), 1].municipal_dkk == pytest.approx(80.0, rel=0.03)
    assert found[(2011, 2013), -3].person_years == pytest.approx(1.0, rel=0.03)
    assert found[(2014, 2016), 1].person_years == 0.0


def test_share_homeless_by_need(citizens: Make, record: Make) -> None:
    citizens(
        4,
        housing=[Housing.STREET, Housing.OWN_HOME, Housing.OWN_HOME, Housing.SOFA],
        mental_illness=[2, 2, 0, 0],
    )
    citizens(2, housing=Housing.OWN_HOME)

    shares = {(by, group): share for by, group, share in equity.shares_homeless(record())}

    assert shares["need", Need.LOW] == pytest.approx(1 / 4)
    assert shares["need", Need.MODERATE] == pytest.approx(1 / 2)
    assert isnan(shares["need", Need.COMPLEX])


def test_rates_are_per_year(citizens: Make, record: Make) -> None:
    citizens(3, housing=Housing.STREET, homeless_since_week=0)
    recorder = record(weeks=26)

    assert homelessness.homeless_mean.function(recorder, None) == 3.0
    assert homelessness.entries_per_year.function(recorder, None) == pytest.approx(3 / 26 * WEEKS_PER_YEAR)
    assert isnan(per(1.0, 0.0))
