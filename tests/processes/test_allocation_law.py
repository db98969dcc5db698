"""Bounds of the law, guarantees and refunds in the allocation of vacant dwellings."""

import pytest
from small import week

from hfabm.parameters.law import HousingLaw
from hfabm.processes.allocation import CLAIM, Allocation
from hfabm.processes.income import IncomeParameters
from hfabm.randomness import uniform
from hfabm.state.codes import Housing, Sector

from .vacancies import NO_BOUNDS, YES, offered, town, waiting

pytestmark = pytest.mark.interpreted


@pytest.mark.parametrize(
    ("wanted", "right", "taken"), [(1.0, 0.25, 0.25), (0.1, 0.25, 0.1), (1.0, 0.5, 0.5), (1.0, 0.0, 0.0)]
)
def test_the_law_bounds_what_can_be_taken(wanted: float, right: float, taken: float) -> None:
    tiny = town(vacant=300, share=wanted)

    tiny.run(Allocation, **{**YES, "shared": {"housing_law": HousingLaw(allocation_right=right)}})

    drawn = [uniform(week(10).key, CLAIM, home) < taken for home in range(300)]
    assert (tiny.world.dwellings.claimed_week == 10).tolist() == drawn
    assert tiny.world.municipalities.claimed[0] == sum(drawn)


def test_a_broken_guarantee_opens_more_than_the_right_by_agreement() -> None:
    tiny = town(vacant=300)
    waiting(tiny, in_need_since_week=-100)
    tiny.world.municipalities.guarantee_weeks[0] = 13.0

    tiny.run(Allocation, guarantee_takes=0.6, **{**YES, "shared": {}})

    assert (tiny.world.dwellings.claimed_week == 10).mean() == pytest.approx(0.6, abs=0.1)


def test_the_law_bounds_what_can_be_agreed_with_private_owners() -> None:
    tiny = town(vacant=300, share=0.0, sector=Sector.PRIVATE, rent_dkk_month=5000.0)
    tiny.world.municipalities.private_places[0] = 300.0

    tiny.run(Allocation, **{**YES, "shared": {"housing_law": HousingLaw(private_share=0.25)}})

    assert (tiny.world.dwellings.claimed_week == 10).mean() == pytest.approx(0.25, abs=0.08)


@pytest.mark.parametrize(("subsidy", "claimed"), [(0.0, False), (499.0, False), (500.0, True)])
def test_a_rent_subsidy_makes_dearer_dwellings_affordable(subsidy: float, claimed: bool) -> None:
    tiny = town(rent_dkk_month=4000.0)

    shared = NO_BOUNDS | {"income": IncomeParameters(rent_subsidy=subsidy)}
    tiny.run(Allocation, affordable_rent=3500.0, **{**YES, "shared": shared})

    assert (tiny.world.dwellings.claimed_week[0] == 10) == claimed


@pytest.mark.parametrize(("lost", "asked", "suits"), [(0, 0, True), (1, 2, False), (2, 2, True), (3, 2, True)])
def test_an_alternative_dwelling_is_for_those_who_lost_so_many_homes(lost: int, asked: int, suits: bool) -> None:
    tiny = town(sector=Sector.SPECIAL)
    waiting(tiny, placements=lost)

    tiny.run(Allocation, special_for_failed=asked, **YES)

    assert (offered(tiny) == [0]) == suits


def test_what_an_alternative_dwelling_asks_for_others_do_not() -> None:
    tiny = town()
    waiting(tiny)

    tiny.run(Allocation, special_for_failed=2, **YES)

    assert offered(tiny) == [0]


@pytest.mark.parametrize(("excludes", "elsewhere", "first"), [(True, True, 0), (True, False, 1), (False, True, 1)])
def test_the_guarantee_may_leave_out_those_in_another_municipality(excludes: bool, elsewhere: bool, first: int) -> None:
    tiny = town()
    tiny.shelter(Housing.SHELTER, 1, elsewhere=elsewhere)
    waiting(tiny, urgency=4.0, opened=2)
    waiting(tiny, in_need_since_week=-40, housing=Housing.SHELTER, shelter_row=0)
    tiny.world.municipalities.guarantee_weeks[0] = 13.0

    tiny.run(Allocation, guarantee_excludes_elsewhere=excludes, **YES)

    assert offered(tiny).index(0) == first


def test_who_is_left_out_opens_no_more_dwellings() -> None:
    tiny = town(share=0.0)
    tiny.shelter(Housing.SHELTER, 1, elsewhere=True)
    waiting(tiny, in_need_since_week=-40, housing=Housing.SHELTER, shelter_row=0)
    tiny.world.municipalities.guarantee_weeks[0] = 13.0

    tiny.run(Allocation, guarantee_takes=1.0, guarantee_excludes_elsewhere=True, **YES)

    assert offered(tiny) == [-1]


@pytest.mark.parametrize(
    ("pressing", "urgency", "moves_up", "first"),
    [(0.4, 3.0, 2.0, "needy"), (0.6, 3.0, 2.0, "pressing"), (0.9, 3.0, 0.5, "needy"), (0.01, 2.0, 2.0, "pressing")],
)
def test_the_end_of_the_refund_moves_a_citizen_up_by_steps_of_need(
    pressing: float, urgency: float, moves_up: float, first: str
) -> None:
    tiny = town()
    rows = {"pressing": waiting(tiny, urgency=2.0, pressing=pressing), "needy": waiting(tiny, urgency=urgency)}

    tiny.run(Allocation, refund_moves_up=moves_up, **YES)

    assert offered(tiny)[rows[first]] == 0


def test_it_moves_nobody_past_a_broken_guarantee() -> None:
    tiny = town()
    waiting(tiny, urgency=4.0, pressing=1.0, opened=2)
    overdue = waiting(tiny, in_need_since_week=-40)
    tiny.world.municipalities.guarantee_weeks[0] = 13.0

    tiny.run(Allocation, refund_moves_up=5.0, **YES)

    assert offered(tiny)[overdue] == 0
