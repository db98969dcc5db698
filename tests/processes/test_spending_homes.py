"""Homes, guarantees, bonuses, prevention, caretakers and programmes: who pays, to the øre."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import Tiny

from hfabm.calendar import DAYS, MONTHS_PER_WEEK, WEEKS_PER_YEAR
from hfabm.parameters.law import HousingLaw, RefundLaw
from hfabm.parameters.prices import PriceParameters
from hfabm.processes.income import IncomeParameters
from hfabm.state.codes import Housing, Sector, TenancyEnd, TenancyStart
from hfabm.state.ledger import Account, Party

from .entries import Entries, entries, paid

pytestmark = pytest.mark.interpreted
LAW, HOMES, PRICE, INCOME = RefundLaw(), HousingLaw(), PriceParameters(), IncomeParameters()
M, S, R, L, C, P = Party
PLACED = {"how": TenancyStart.HOUSING_FIRST}


def ore(dkk: float) -> int:
    return round(dkk * 100.0)


BONUS = {"refund_law": replace(LAW, bonus_year_1=20_000.0, bonus_year_2=30_000.0)}


def bonuses(tiny: Tiny, weeks: range) -> dict[int, Entries]:
    """Weeks in which the state pays for a result."""
    found = {number: entries(tiny, Account.REFUND_RESULT, BONUS, number) for number in weeks}
    return {number: book for number, book in found.items() if book}


@pytest.mark.parametrize("how", [TenancyStart.HOUSING_FIRST, TenancyStart.STAIRCASE])
def test_the_state_pays_once_for_a_home_held_a_year_and_once_for_two(how: TenancyStart) -> None:
    tiny = Tiny()
    tiny.tenant(start=3, how=how)

    found = bonuses(tiny, range(3, 220))

    assert found == {55: paid(S, M, 20_000.0), 107: paid(S, M, 30_000.0)}


def test_a_home_lost_or_found_without_the_municipality_earns_no_bonus() -> None:
    lost, own = Tiny(), Tiny()
    lost.tenant(start=3, **PLACED)
    own.tenant(start=3, how=TenancyStart.OWN_SEARCH)
    lost.world.tenancies.end[0], lost.world.tenancies.end_week[0] = TenancyEnd.BROKE_DOWN, 55

    found = bonuses(lost, range(50, 120)), bonuses(own, range(50, 120))

    assert found == ({}, {})


@pytest.mark.parametrize(("law", "prevented", "back"), [(False, True, 0.0), (True, True, 6_000.0), (True, False, 0.0)])
def test_prevention_costs_the_municipality_less_a_refund(law: bool, prevented: bool, back: float) -> None:
    tiny = Tiny()
    tiny.tenant()
    tiny.world.tenancies.prevented[0] = prevented

    book = entries(tiny, Account.PREVENTION, {"refund_law": replace(LAW, prevention=law)}, prevention=12_000.0)

    assert book.get(P, 0) == ore(12_000.0) * prevented
    assert book.get(S, 0) == -ore(back)
    assert book.get(M, 0) == ore(back) - ore(12_000.0) * prevented


def ended(how: TenancyStart = TenancyStart.HOUSING_FIRST, end: TenancyEnd = TenancyEnd.EVICTED) -> Tiny:
    """A tenancy that ended this week, with 9,000 kr. of rent owed; an eviction costs 40,000."""
    tiny = Tiny()
    tiny.tenant(how=how)
    t = tiny.world.tenancies
    t.end[0], t.end_week[0], t.arrears_dkk[0] = end, 10, 9_000.0
    return tiny


@pytest.mark.parametrize(
    ("ours", "law", "cap", "covered"),
    [
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 49_000.0),
        (0.3, 0.0, 0.0, 14_700.0),
        (0.3, 0.5, 0.0, 24_500.0),
        (0.8, 0.5, 0.0, 39_200.0),
        (1.0, 0.0, 30_000.0, 30_000.0),
        (0.5, 0.0, 30_000.0, 24_500.0),
    ],
)
def test_the_guarantee_is_the_laws_or_the_municipalitys_up_to_its_cap(
    ours: float, law: float, cap: float, covered: float
) -> None:
    tiny = ended()
    us = tiny.world.municipalities
    us.rent_guarantee[0], us.guarantee_cap[0] = ours, cap

    book = entries(tiny, Account.GUARANTEE, {"housing_law": replace(HOMES, arrears_covered=law)})

    assert book == paid(M, L, covered)


def test_the_cap_follows_prices_and_the_guarantee_covers_referred_tenants_alone() -> None:
    referred, other = ended(), ended(TenancyStart.OWN_SEARCH)
    for tiny in (referred, other):
        us = tiny.world.municipalities
        us.rent_guarantee[0], us.guarantee_cap[0] = 1.0, 30_000.0

    books = [entries(tiny, Account.GUARANTEE, level=1.1) for tiny in (referred, other)]

    assert books == [paid(M, L, 33_000.0), {}]


def test_where_nobody_is_put_out_only_the_rent_owed_is_covered() -> None:
    tiny = ended(end=TenancyEnd.BROKE_DOWN)

    book = entries(tiny, Account.GUARANTEE, {"housing_law": replace(HOMES, arrears_covered=1.0)})

    assert book == paid(M, L, 9_000.0)


@pytest.mark.parametrize("share", [1.0, 0.4, 0.0])
def test_the_restoration_is_shared_as_the_law_says(share: float) -> None:
    tiny = ended()

    book = entries(tiny, Account.FITTING_OUT, {"housing_law": replace(HOMES, fitting_out=share)}, fitting_out=15_000.0)

    ours = ore(15_000.0 * share)
    assert {party: amount for party, amount in book.items() if amount} == {
        party: amount for party, amount in {M: -ours, L: ours - ore(15_000.0), P: ore(15_000.0)}.items() if amount
    }


@pytest.mark.parametrize("end", [end for end in TenancyEnd if end != TenancyEnd.RUNNING])
def test_a_home_is_restored_unless_its_tenant_stays(end: TenancyEnd) -> None:
    """Who is no longer at risk lives on where he is, and leaves nothing to restore."""
    book = entries(ended(end=end), Account.FITTING_OUT, fitting_out=15_000.0)

    assert book.get(P, 0) == (0 if end == TenancyEnd.NO_LONGER_AT_RISK else ore(15_000.0))


@pytest.mark.parametrize("share", [1.0, 0.6, 0.0])
def test_the_rent_of_an_empty_home_is_borne_by_the_share_of_the_law(share: float) -> None:
    tiny = Tiny(dwellings=2)
    for home in (0, 1):
        tiny.vacate(home, since=8)
    tiny.world.dwellings.claimed_week[0] = 9

    book = entries(tiny, Account.VACANCY, {"housing_law": replace(HOMES, vacancy_rent=share)})

    assert book == paid(M, L, 3_000.0 * MONTHS_PER_WEEK * share)


@pytest.mark.parametrize(
    ("sector", "how", "premium"),
    [
        (Sector.PRIVATE, TenancyStart.HOUSING_FIRST, 1_500.0),
        (Sector.PRIVATE, TenancyStart.OWN_SEARCH, 0.0),
        (Sector.SOCIAL_FAMILY, TenancyStart.HOUSING_FIRST, 0.0),
    ],
)
def test_a_private_owner_of_a_placed_citizen_gets_the_premium(
    sector: Sector, how: TenancyStart, premium: float
) -> None:
    tiny = Tiny()
    tiny.tenant(how=how)
    tiny.world.dwellings.sector[0], tiny.world.municipalities.private_premium[0] = sector, 1_500.0

    book = entries(tiny, Account.PREMIUM, level=1.1)

    assert book == paid(M, L, premium * 1.1 * MONTHS_PER_WEEK)


@pytest.mark.parametrize(
    ("how", "subsidy", "state"),
    [
        (TenancyStart.HOUSING_FIRST, 0.0, 600.0),
        (TenancyStart.HOUSING_FIRST, 1_000.0, 1_600.0),
        (TenancyStart.HOUSING_FIRST, 9_000.0, 3_000.0),
        (TenancyStart.OWN_SEARCH, 1_000.0, 600.0),
    ],
    ids=["none", "some", "no more than the rent", "for the placed alone"],
)
def test_the_state_pays_a_rent_subsidy_for_the_placed(how: TenancyStart, subsidy: float, state: float) -> None:
    """Of a rent of 3,000 kr., of which housing benefit pays a fifth."""
    tiny = Tiny()
    tiny.tenant(how=how)
    income = replace(INCOME, rent_subsidy=subsidy, housing_benefit=0.2)

    book = entries(tiny, Account.RENT, {"income": income})

    due = ore(3_000.0 * MONTHS_PER_WEEK)
    assert book[L] == due
    assert book[S] == pytest.approx(-ore(state * MONTHS_PER_WEEK), abs=1)
    assert book.get(C, 0) == -due - book[S]


@pytest.mark.parametrize(
    ("refunds", "rent", "day"), [(False, 5_000.0, None), (True, 5_000.0, 93.0), (True, 2_500.0, None)]
)
def test_in_a_transitional_dwelling_the_citizen_pays_rent_or_no_more_than_in_a_shelter(
    refunds: bool, rent: float, day: float | None
) -> None:
    """Rent less a fifth of housing benefit; after the reform at most what a shelter charges."""
    law = {"housing_law": replace(HOMES, transitional_refund=refunds), "refund_law": replace(LAW, own_payment=93.0)}
    tiny, benefit = Tiny(beds={Housing.TRANSITIONAL: 1}), Tiny(beds={Housing.TRANSITIONAL: 1})
    for each in (tiny, benefit):
        each.resident(income_dkk_month=0.0)

    book = entries(tiny, Account.TRANSITIONAL, law, transitional=500.0, transitional_rent=rent)
    helped = entries(benefit, Account.RENT, law, transitional=500.0, transitional_rent=rent)

    a_day = rent * MONTHS_PER_WEEK / DAYS
    own = ore(7 * (0.8 * a_day if day is None else day))
    assert book == {P: ore(3_500.0), C: -own, M: own - ore(3_500.0)}
    assert helped == paid(S, M, 7 * 0.2 * a_day)
    assert tiny.world.citizens.net_municipal_ore[0] == -book[M] - helped[M]


@pytest.mark.parametrize(("by_municipality", "rate"), [(True, 0.5), (True, 0.0), (False, 0.5)])
def test_caretakers_of_the_municipality_are_co_paid_by_their_rate(by_municipality: bool, rate: float) -> None:
    law = {"refund_law": replace(LAW, caretaker_rate=rate)}
    books = []

    for account in (Account.CARETAKER, Account.REFUND_CARETAKER):
        tiny = Tiny()
        k = tiny.world.social_caretakers
        k.visits_per_week[0], k.by_municipality[0] = 6.0, by_municipality
        books.append(entries(tiny, account, law, caretaker=480_000.0))

    pay = 480_000.0 / WEEKS_PER_YEAR
    assert books[0] == paid(M if by_municipality else L, P, pay)
    assert books[1] == (paid(S, M, rate * pay) if by_municipality else {})


def test_the_grant_of_a_programme_goes_to_the_municipality_as_it_is() -> None:
    tiny = Tiny()
    tiny.world.municipalities.granted_ore[0] = 1_234_567

    book = entries(tiny, Account.PROGRAMME, level=1.3)

    assert book == {S: -1_234_567, M: 1_234_567}
