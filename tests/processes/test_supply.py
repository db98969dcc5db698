import pytest
from small import Tiny, week

from hfabm.parameters.law import RefundLaw
from hfabm.parameters.prices import PriceParameters
from hfabm.processes.income import IncomeParameters
from hfabm.processes.spending import Spending
from hfabm.processes.supply import Supply
from hfabm.processes.vacancy import VacancyParameters
from hfabm.state.codes import NOBODY, Sector
from hfabm.state.ledger import ORE, Account, Party

pytestmark = pytest.mark.interpreted
SHARED = {"vacancy": VacancyParameters()}
NOTHING = {"new_cheap": 0.0, "rent_cut": 0.0, "special": 0.0, "cheap_lost": 0.0}
MANY = 52.1785 * 30


def supplied(tiny: Tiny, number: int = 10, **p: float) -> Tiny:
    tiny.run(Supply, week(number), SHARED, **{**NOTHING, **p})
    return tiny


@pytest.mark.parametrize(("programme", "sector"), [("new_cheap", Sector.SOCIAL_FAMILY), ("special", Sector.SPECIAL)])
def test_programmes_build_cheap_homes_of_the_largest_landlord(programme: str, sector: Sector) -> None:
    tiny = Tiny(dwellings=2, landlords=2)
    large = tiny.world.estates.open(1, municipality_row=0, landlord_row=1, dwellings=99).start

    supplied(tiny, **{programme: MANY})

    d = tiny.world.dwellings
    new = slice(2, d.size)
    assert 10 < d.size - 2 < 60
    assert set(d.sector[new]) == {sector}
    assert set(d.rent_dkk_month[new]) == {3500.0}
    assert set(d.tenant[new]) == {NOBODY}
    assert set(zip(d.estate_row[new].tolist(), d.landlord_row[new].tolist(), strict=True)) == {(large, 1)}
    assert set(d.built_week[new]) == set(d.vacant_since_week[new]) == {10}


def test_without_a_programme_nothing_is_built() -> None:
    tiny = supplied(Tiny(dwellings=2))

    assert tiny.world.dwellings.size == 2


@pytest.mark.parametrize(
    ("home", "rent"),
    [
        ({}, 5600.0),
        ({"vacant_since_week": 8}, 3000.0),
        ({"tenant": -2}, 3000.0),
        ({"sector": Sector.SOCIAL_YOUTH}, 3000.0),
    ],
    ids=["fell vacant", "long empty", "lived in", "youth"],
)
def test_cheap_homes_are_lost_when_they_fall_vacant(home: dict[str, object], rent: float) -> None:
    tiny = Tiny(dwellings=0)
    tiny.dwellings(1, **{"tenant": NOBODY, "vacant_since_week": 9, **home})

    supplied(tiny, cheap_lost=1.0, dear_rent=5600.0)

    assert tiny.world.dwellings.rent_dkk_month[0] == rent


def test_the_share_lost_is_of_all_cheap_homes_and_not_of_those_that_fall_vacant() -> None:
    tiny = Tiny(dwellings=0)
    tiny.dwellings(4000, tenant=NOBODY, vacant_since_week=9)
    turnover = SHARED["vacancy"].turnover_cheap

    supplied(tiny, cheap_lost=0.0125)

    lost = float((tiny.world.dwellings.rent_dkk_month > 3500.0).mean())
    assert lost == pytest.approx(0.0125 / turnover, abs=0.02)


def test_rents_are_cut_when_dear_homes_fall_vacant_and_the_state_pays() -> None:
    tiny = Tiny(dwellings=0)
    tiny.dwellings(5, tenant=NOBODY, vacant_since_week=9, rent_dkk_month=5600.0)

    supplied(tiny, rent_cut=MANY)
    tiny.run(Spending, week(10), {"refund_law": RefundLaw(), "income": IncomeParameters()})

    us, book = tiny.world.municipalities, tiny.world.ledger.book
    grant = round(PriceParameters().rent_cut * ORE)
    assert set(tiny.world.dwellings.rent_dkk_month) == {3500.0}
    assert us.rents_cut[0] == 5
    assert book[0, Account.HOUSING_SUPPLY, Party.STATE] == -5 * grant
    assert book[0, Account.HOUSING_SUPPLY, Party.LANDLORD] == 5 * grant
    assert supplied(tiny, 11).world.municipalities.rents_cut[0] == 0


def test_no_more_rents_are_cut_than_the_programme_has() -> None:
    cut = []

    for number in range(10, 110):
        tiny = Tiny(dwellings=0)
        tiny.dwellings(50, tenant=NOBODY, vacant_since_week=number - 1, rent_dkk_month=5600.0)
        cut.append(int((supplied(tiny, number, rent_cut=52.1785).world.dwellings.rent_dkk_month < 5600.0).sum()))

    assert sum(cut) == pytest.approx(100, abs=40)
    assert max(cut) < 8
