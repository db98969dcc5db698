import pytest
from small import Tiny, week

from hfabm.calendar import DAYS, MONTHS_PER_WEEK, WEEKS_PER_YEAR
from hfabm.parameters.law import RefundLaw
from hfabm.parameters.prices import PriceParameters
from hfabm.processes.income import IncomeParameters
from hfabm.processes.spending import Spending
from hfabm.state.codes import Housing, SupportMethod, TenancyEnd, TenancyStart
from hfabm.state.ledger import ORE, Account, Party

pytestmark = pytest.mark.interpreted
PRICE, LAW, INCOME = PriceParameters(), RefundLaw(), IncomeParameters()
M, S, R, L, C, P = Party


def spent(tiny: Tiny, number: int = 10, price_level: float = 1.0) -> dict[tuple[Account, Party], float]:
    """Kroner received by account and party."""
    tiny.run(Spending, week(number, price_level=price_level), {"refund_law": LAW, "income": INCOME})
    book = tiny.world.ledger.book[0]
    assert book.sum() == 0 and (book.sum(axis=1) == 0).all()
    return {(a, p): book[a, p] / ORE for a in Account for p in Party if book[a, p]}


def test_a_shelter_week() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    tiny.resident(0, refunded_days=4, income_dkk_month=0.0)

    book = spent(tiny)

    gross, own = 7 * PRICE.shelter, 7 * LAW.own_payment
    back = 0.5 * 4 * (PRICE.shelter - LAW.own_payment)
    assert book[Account.SHELTER, P] == pytest.approx(gross)
    assert book[Account.SHELTER, C] == pytest.approx(-own)
    assert book[Account.SHELTER, M] == pytest.approx(own - gross)
    assert book[Account.REFUND_SHELTER, S] == pytest.approx(-back)
    net = tiny.world.citizens.net_municipal_ore[0] / ORE
    assert net == pytest.approx(gross - own - back)


def test_own_prices_and_the_price_level() -> None:
    tiny = Tiny()
    tiny.shelter(Housing.SHELTER, 1, price_dkk_day=2000.0)
    tiny.resident(0, refunded_days=7)

    book = spent(tiny, price_level=1.1)

    assert book[Account.SHELTER, P] == pytest.approx(7 * 2000.0 * 1.1)
    assert book[Account.SHELTER, C] == pytest.approx(-7 * LAW.own_payment)
    assert book[Account.REFUND_SHELTER, M] == pytest.approx(0.5 * 7 * (2000.0 * 1.1 - LAW.own_payment), abs=0.01)


@pytest.mark.parametrize(("co_paid", "share"), [(False, 1.0), (True, 0.5)])
def test_support_is_paid_by_the_municipality_and_co_paid(co_paid: bool, share: float) -> None:
    tiny = Tiny()
    tiny.tenant(method=SupportMethod.ICM, support_refunded=co_paid)

    book = spent(tiny)

    week_price = PRICE.support_icm / WEEKS_PER_YEAR
    paid = -(book[Account.SUPPORT, M] + book.get((Account.REFUND_SUPPORT, M), 0.0))
    assert paid == pytest.approx(share * week_price, abs=0.02)


def test_rent_is_paid_by_tenant_and_housing_benefit() -> None:
    tiny = Tiny()
    tiny.tenant()

    book = spent(tiny)

    rent = 3000.0 * MONTHS_PER_WEEK
    assert book[Account.RENT, L] == pytest.approx(rent, abs=0.01)
    assert book[Account.RENT, S] == pytest.approx(-rent * INCOME.housing_benefit, abs=0.01)


def test_benefits_are_shared_and_the_employed_get_none() -> None:
    idle, busy = Tiny(), Tiny()
    idle.tenant(income_dkk_month=8000.0)
    busy.tenant(income_dkk_month=18000.0, employed=True)

    book, none = spent(idle), spent(busy)

    benefit = 8000.0 * MONTHS_PER_WEEK
    assert book[Account.BENEFITS, C] == pytest.approx(benefit, abs=0.01)
    assert book[Account.BENEFITS, M] == pytest.approx(-benefit * PRICE.benefits_municipal, abs=0.01)
    assert (Account.BENEFITS, C) not in none


@pytest.mark.parametrize("guarantee", [0.0, 1.0])
@pytest.mark.parametrize("how", [TenancyStart.HOUSING_FIRST, TenancyStart.OWN_SEARCH])
def test_an_eviction_costs_the_landlord_less_the_guarantee(how: TenancyStart, guarantee: float) -> None:
    tiny = Tiny()
    tiny.tenant(how=how)
    t = tiny.world.tenancies
    t.end[0], t.end_week[0], t.arrears_dkk[0] = TenancyEnd.EVICTED, 10, 9000.0
    tiny.world.municipalities.rent_guarantee[0] = guarantee

    book = spent(tiny)

    bill = PRICE.eviction * (1.0 + PRICE.growth) ** (2023 - 2016)
    referred = how == TenancyStart.HOUSING_FIRST
    assert book[Account.ARREARS, L] == -9000.0
    assert book[Account.EVICTION, L] == pytest.approx(-bill, abs=0.01)
    assert book.get((Account.GUARANTEE, L), 0.0) == pytest.approx((9000.0 + bill) * guarantee * referred, abs=0.01)
    assert book.get((Account.FITTING_OUT, M), 0.0) == -PRICE.fitting_out * referred


def test_a_tenancy_that_ended_earlier_costs_nothing_more() -> None:
    tiny = Tiny()
    tiny.tenant()
    t = tiny.world.tenancies
    t.end[0], t.end_week[0], t.arrears_dkk[0] = TenancyEnd.EVICTED, 9, 9000.0

    book = spent(tiny)

    assert not {a for a, _ in book} & {Account.RENT, Account.ARREARS, Account.EVICTION}


def test_the_municipality_pays_for_dwellings_it_keeps_empty() -> None:
    tiny = Tiny(dwellings=2)
    for home in (0, 1):
        tiny.vacate(home, since=8)
    tiny.world.dwellings.claimed_week[0] = 9

    book = spent(tiny)

    assert book[Account.VACANCY, M] == pytest.approx(-3000.0 * MONTHS_PER_WEEK, abs=0.01)


def test_care_costs_more_in_homelessness() -> None:
    home, street = Tiny(), Tiny()
    home.tenant(mental_illness=2)
    street.citizen(Housing.STREET, mental_illness=2)

    housed, rough = spent(home), spent(street)

    assert rough[Account.PSYCHIATRIC, R] / housed[Account.PSYCHIATRIC, R] == pytest.approx(
        PRICE.psychiatric_homeless, abs=0.001
    )
    assert rough[Account.SOMATIC, R] / housed[Account.SOMATIC, R] == pytest.approx(PRICE.somatic_homeless, abs=0.001)
    assert (Account.JUSTICE, S) in rough and (Account.JUSTICE, S) not in housed


def test_prison_and_hospital_are_paid_by_the_state() -> None:
    tiny = Tiny(beds={Housing.PRISON_HOSPITAL: 1})
    tiny.resident(0)

    book = spent(tiny)

    day = PRICE.justice * (1.0 + PRICE.growth) ** (2023 - 2015)
    assert book[Account.JUSTICE, S] == pytest.approx(-DAYS * day, abs=0.01)
    assert (Account.BENEFITS, C) not in book


def test_offices() -> None:
    tiny = Tiny()
    tiny.citizen(Housing.GONE)
    for opened in (9, 10, 10):
        tiny.world.referrals.open(1, citizen_row=0, municipality_row=0, opened_week=opened)
    tiny.world.social_caretakers.visits_per_week[0] = 6.0

    book = spent(tiny)

    caretaker = PRICE.caretaker * (1.0 + PRICE.growth) ** (2023 - 2024) / WEEKS_PER_YEAR
    assert book[Account.ADMINISTRATION, M] == -2 * PRICE.referral
    assert book[Account.CARETAKER, M] == pytest.approx(-caretaker, abs=0.01)


def test_who_is_gone_costs_nothing() -> None:
    tiny = Tiny()
    tiny.citizen(Housing.GONE, mental_illness=2, cost_ore=5, net_municipal_ore=5)

    book = spent(tiny)

    assert book == {}
    assert tiny.world.citizens.cost_ore[0] == tiny.world.citizens.net_municipal_ore[0] == 0
