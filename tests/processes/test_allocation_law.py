"""Bounds of the law, guarantees and refunds in the allocation of vacant dwellings."""

import pytest
from small import week

from hfabm.parameters.law import HousingLaw
from hfabm.processes.allocation import CLAIM, PRIVATE, Allocation
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


def private(places: float, share: float = 1.0, overdue: bool = False, taken: float = 0.0) -> tuple[list[bool], float]:
    """Which of 300 private vacancies are claimed in a week, and how many count as places of the year."""
    tiny = town(vacant=300, share=0.0, sector=Sector.PRIVATE, rent_dkk_month=5000.0)
    if overdue:
        waiting(tiny, in_need_since_week=-100)
    us = tiny.world.municipalities
    us.guarantee_weeks[0], us.private_places[0] = 13.0, places
    law = {"housing_law": HousingLaw(private_share=share)}
    tiny.run(Allocation, guarantee_private=taken, **{**YES, "shared": law})
    return (tiny.world.dwellings.claimed_week == 10).tolist(), float(us.private_used[0])


def below(chance: float) -> list[bool]:
    return [uniform(week(10).key, PRIVATE, home) < chance for home in range(300)]


@pytest.mark.parametrize(("places", "chance"), [(0.4, 0.0), (0.5, 0.5 / 60), (6.0, 0.1), (90.0, 1.0)])
def test_private_places_count_from_half_a_place_on(places: float, chance: float) -> None:
    """A fifth of 300 private dwellings is let anew in a year: so many places of 60."""
    claimed, used = private(places)

    assert claimed == below(chance)
    assert used == sum(claimed)
    assert any(claimed) == (chance > 0.0)


def test_what_a_broken_guarantee_opens_uses_up_no_place_of_the_agreement() -> None:
    claimed, used = private(6.0, overdue=True, taken=0.4)
    none_agreed, unused = private(0.0, overdue=True, taken=0.4)

    assert claimed == none_agreed == below(0.4)
    assert used == sum(below(0.1)) > 0
    assert unused == 0.0


def test_an_agreement_that_takes_more_than_the_guarantee_takes_all_of_it() -> None:
    claimed, used = private(30.0, overdue=True, taken=0.2)

    assert claimed == below(0.5)
    assert used == sum(claimed)


@pytest.mark.parametrize(("places", "taken"), [(300.0, 0.0), (0.0, 0.6), (6.0, 0.6), (300.0, 0.6)])
def test_the_law_bounds_private_places_of_agreement_and_guarantee_alike(places: float, taken: float) -> None:
    claimed, used = private(places, share=0.25, overdue=True, taken=taken)

    assert claimed == below(0.25)
    assert used == sum(below(min(0.25, places / 60)))
