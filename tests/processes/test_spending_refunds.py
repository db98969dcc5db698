"""Refunds of shelters, support, § 107 homes and very costly cases: who pays, to the øre."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import Tiny, week

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.parameters.law import CentralRefundLaw, HousingLaw, RefundLaw
from hfabm.parameters.prices import PriceParameters
from hfabm.state.codes import Housing, SupportMethod
from hfabm.state.ledger import Account, Party

from .entries import entries, paid

pytestmark = pytest.mark.interpreted
LAW, PRICE = RefundLaw(), PriceParameters()
M, S, R, L, C, P = Party
NIGHT = PRICE.shelter - LAW.own_payment
ICM, ACT = PRICE.support_icm / WEEKS_PER_YEAR, PRICE.support_act / WEEKS_PER_YEAR


def ore(dkk: float) -> int:
    return round(dkk * 100.0)


@pytest.mark.parametrize("beyond", [0.0, 0.2, 0.5])
def test_nights_beyond_the_limit_earn_their_own_rate(beyond: float) -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    tiny.resident(refunded_days=4)

    book = entries(tiny, Account.REFUND_SHELTER, {"refund_law": replace(LAW, rate_beyond=beyond)})

    assert book == paid(S, M, (0.5 * 4 + beyond * 3) * NIGHT)


@pytest.mark.parametrize(("elsewhere", "share"), [(True, 0.8), (False, 0.5 * 4 / 7)])
def test_the_state_bears_its_share_of_a_stay_elsewhere(elsewhere: bool, share: float) -> None:
    tiny = Tiny()
    tiny.shelter(Housing.SHELTER, 1, elsewhere=elsewhere)
    tiny.resident(refunded_days=4, income_dkk_month=0.0)

    book = entries(tiny, Account.REFUND_SHELTER, {"refund_law": replace(LAW, elsewhere_state=0.8)})

    assert book == paid(S, M, share * 7 * NIGHT)
    assert tiny.world.citizens.net_municipal_ore[0] == ore(7 * NIGHT) - book[M]


@pytest.mark.parametrize(
    ("own", "cap", "day"), [(0.0, 0.0, 1507.0), (0.0, 1200.0, 1200.0), (900.0, 1200.0, 900.0), (2000.0, 1200.0, 1200.0)]
)
def test_a_price_cap_binds_the_dear_shelters(own: float, cap: float, day: float) -> None:
    tiny = Tiny()
    tiny.shelter(Housing.SHELTER, 1, price_dkk_day=own)
    tiny.resident()

    book = entries(tiny, Account.SHELTER, {"housing_law": HousingLaw(shelter_price_cap=cap)}, shelter=1507.0)

    assert book == {P: ore(7 * day), C: -ore(7 * LAW.own_payment), M: ore(7 * LAW.own_payment) - ore(7 * day)}


def test_a_price_cap_is_for_section_110_alone() -> None:
    tiny = Tiny(beds={Housing.NIGHT_SHELTER: 1})
    tiny.resident()

    book = entries(tiny, Account.SHELTER, {"housing_law": HousingLaw(shelter_price_cap=100.0)})

    assert book == paid(M, P, 7 * PRICE.night_shelter)


def supported(method: SupportMethod = SupportMethod.ICM, **more: object) -> Tiny:
    tiny = Tiny()
    tiny.tenant(**{"method": method, "support_refunded": True, "refund_clock_week": 0, "income_dkk_month": 0.0, **more})
    return tiny


@pytest.mark.parametrize(
    ("number", "rate"), [(0, 0.5), (52, 0.5), (53, 0.4), (104, 0.4), (105, 0.3), (261, 0.0), (600, 0.0)]
)
def test_a_tapered_refund_falls_with_every_full_year(number: int, rate: float) -> None:
    law = replace(LAW, support_taper=0.1, support_days=36500)

    book = entries(supported(), Account.REFUND_SUPPORT, {"refund_law": law}, number)

    assert book == paid(S, M, rate * ore(ICM) / 100.0)


@pytest.mark.parametrize(("refunded", "rate"), [(True, 0.5), (False, 0.0)])
def test_the_state_bears_all_of_the_dearest_support_and_its_rate_of_the_rest(refunded: bool, rate: float) -> None:
    tiny, limit = supported(SupportMethod.ACT, support_refunded=refunded), 100_000.0
    law = replace(LAW, support_state_above=limit)

    book = entries(tiny, Account.REFUND_SUPPORT, {"refund_law": law}, support_act=130_000.0)

    above = ore(130_000.0 / WEEKS_PER_YEAR) - ore(limit / WEEKS_PER_YEAR)
    back = above + int((ore(130_000.0 / WEEKS_PER_YEAR) - above) * rate + 0.5)
    assert book == {S: -back, M: back}


def test_cheap_and_ordinary_support_is_not_borne_whole() -> None:
    law = {"refund_law": replace(LAW, support_state_above=10_000.0, region_share=0.3)}
    cheap = replace(LAW, support_state_above=200_000.0)

    ordinary = [
        entries(supported(SupportMethod.ORDINARY), account, law)
        for account in (Account.SUPPORT, Account.REFUND_SUPPORT, Account.REGION_SUPPORT)
    ]
    below = entries(supported(), Account.REFUND_SUPPORT, {"refund_law": cheap})

    assert ordinary == [paid(M, P, PRICE.support_ordinary / WEEKS_PER_YEAR), {}, {}]
    assert below == paid(S, M, 0.5 * ICM)


@pytest.mark.parametrize(("refunded", "rate"), [(True, 0.5), (False, 0.0)])
def test_the_region_shares_support_first_and_the_state_what_is_left(refunded: bool, rate: float) -> None:
    law = {"refund_law": replace(LAW, region_share=0.3)}

    region = entries(supported(support_refunded=refunded), Account.REGION_SUPPORT, law)
    tiny = supported(support_refunded=refunded)
    state = entries(tiny, Account.REFUND_SUPPORT, law)

    theirs = int(ore(ICM) * 0.3 + 0.5)
    back = int((ore(ICM) - theirs) * rate + 0.5)
    assert region == {R: -theirs, M: theirs}
    assert state == ({S: -back, M: back} if back else {})
    assert tiny.world.citizens.net_municipal_ore[0] == ore(ICM) - theirs - back


def test_the_region_shares_what_the_state_does_not_bear_whole() -> None:
    law = {"refund_law": replace(LAW, region_share=0.3, support_state_above=50_000.0)}

    region, state = (entries(supported(), account, law) for account in (Account.REGION_SUPPORT, Account.REFUND_SUPPORT))

    below = ore(50_000.0 / WEEKS_PER_YEAR)
    theirs = int(below * 0.3 + 0.5)
    assert region == {R: -theirs, M: theirs}
    assert state[M] == ore(ICM) - below + int((below - theirs) * 0.5 + 0.5)


def costly(so_far: float, day: float = 10_000.0, **more: object) -> Tiny:
    """Somebody in a § 107 home at a price of a day, on whom so much was spent this year."""
    tiny = Tiny()
    tiny.shelter(Housing.INSTITUTION, 1, price_dkk_day=day)
    tiny.resident(year_services_ore=ore(so_far), income_dkk_month=0.0, **more)
    return tiny


@pytest.mark.parametrize(
    ("so_far", "borne"),
    [
        (0.0, 0.0),
        (790_000.0, 0.0),
        (800_000.0, 0.25 * 10_000.0),
        (1_000_000.0, 0.25 * 70_000.0),
        (1_670_000.0, 0.25 * 10_000.0 + 0.50 * 60_000.0),
        (1_900_000.0, 0.50 * 70_000.0),
        (2_110_000.0, 0.50 * 10_000.0 + 0.75 * 60_000.0),
        (3_000_000.0, 0.75 * 70_000.0),
    ],
)
def test_the_central_refund_rises_by_steps_with_the_cost_of_the_year(so_far: float, borne: float) -> None:
    """70,000 kr. a week, and the thresholds as declared: 860,000, 1,680,000 and 2,120,000."""
    tiny = costly(so_far)

    book = entries(tiny, Account.REFUND_CENTRAL)

    c = tiny.world.citizens
    assert book == paid(S, M, borne)
    assert c.year_services_ore[0] == ore(so_far + 70_000.0)
    assert c.net_municipal_ore[0] == ore(70_000.0 - borne)


def test_the_central_refund_counts_the_year_as_a_whole() -> None:
    law, tiny, borne = CentralRefundLaw(), costly(0.0, day=7_000.0), 0

    for number in range(1, 52):
        borne += entries(tiny, Account.REFUND_CENTRAL, number=number).get(M, 0)

    cost = 51 * 49_000.0
    expected = law.share_1 * (law.above_2 - law.above_1) + law.share_2 * (law.above_3 - law.above_2)
    assert borne == ore(expected + law.share_3 * (cost - law.above_3))


def test_a_new_year_begins_with_its_first_week() -> None:
    turn = next(number for number in range(1, 60) if week(number).of_year == 1)
    tiny = costly(1_000_000.0)

    before = entries(tiny, Account.REFUND_CENTRAL, number=turn - 1)
    after = entries(tiny, Account.REFUND_CENTRAL, number=turn)

    assert before == paid(S, M, 0.25 * 70_000.0)
    assert after == {}
    assert tiny.world.citizens.year_services_ore[0] == ore(70_000.0)


@pytest.mark.parametrize(("age", "borne"), [(66.9, 17_500.0), (67.1, 0.0)])
def test_there_is_none_from_67_on(age: float, borne: float) -> None:
    tiny = costly(1_000_000.0, birth_week=10 - int(age * WEEKS_PER_YEAR))

    book = entries(tiny, Account.REFUND_CENTRAL)

    assert book == paid(S, M, borne)


def test_the_central_refund_is_of_what_is_left_after_the_others() -> None:
    """Half of a shelter week is co-paid, half of the support; care and benefits are no social services."""
    tiny = Tiny(beds={Housing.SHELTER: 1})
    more = {"method": SupportMethod.ICM, "support_refunded": True, "substance_use": 1, "in_treatment": True}
    tiny.resident(refunded_days=7, year_services_ore=ore(1_000_000.0), **more)

    book = entries(tiny, Account.REFUND_CENTRAL)

    left = ore(7 * NIGHT) - ore(3.5 * NIGHT) + ore(ICM) - int(ore(ICM) * 0.5 + 0.5)
    assert book == paid(S, M, 0.25 * left / 100.0)
    assert tiny.world.citizens.year_services_ore[0] == ore(1_000_000.0) + left


def test_thresholds_follow_prices() -> None:
    tiny = costly(900_000.0)

    book = entries(tiny, Account.REFUND_CENTRAL, level=1.2)

    assert book == {}
    assert tiny.world.citizens.year_services_ore[0] == ore(900_000.0 + 1.2 * 70_000.0)
