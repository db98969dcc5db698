"""Staffing, fidelity and the decisions of institutions."""

from datetime import date
from math import exp

import pytest
from small import Tiny, after, scenario

from hfabm.agents.landlord import Landlord, LandlordParameters
from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.processes.fidelity import Fidelity, FidelityParameters
from hfabm.processes.staffing import Staffing, StaffingParameters
from hfabm.state.codes import Housing


@pytest.mark.interpreted
def test_teams_hire_with_a_lag_and_lose_people() -> None:
    tiny = Tiny()
    us, teams = tiny.world.municipalities, tiny.world.teams
    us.workers_ordinary[0], us.workers_cti[0], us.workers_icm[0], us.workers_act[0] = 13.0, 26.0, 39.0, 0.0
    teams.workers[3] = 13.0

    tiny.run(Staffing, hiring_weeks=13.0, turnover=0.2, relation_weeks=8.0)

    assert teams.workers == pytest.approx([1.0, 2.0, 3.0, 12.0])
    assert teams.new_workers_share == pytest.approx([0.2 / WEEKS_PER_YEAR] * 4)


@pytest.mark.interpreted
def test_broken_relations_mend_to_a_level() -> None:
    tiny, p = Tiny(), StaffingParameters()

    for _ in range(200):
        tiny.run(Staffing)

    assert tiny.world.teams.new_workers_share[0] == pytest.approx(p.turnover / WEEKS_PER_YEAR * p.relation_weeks)


@pytest.mark.interpreted
def test_elements_are_adopted_and_wear_off() -> None:
    tiny, p = Tiny(), FidelityParameters(cooperation=0.9)

    tiny.run(Fidelity, cooperation=0.9)
    first = float(tiny.world.municipalities.cooperation[0])
    for _ in range(1000):
        tiny.run(Fidelity, cooperation=0.9)

    level = p.adoption * 0.9 / (p.adoption + p.staff_turnover)
    assert first == pytest.approx(p.adoption / WEEKS_PER_YEAR * 0.9)
    assert tiny.world.municipalities.cooperation[0] == pytest.approx(level)
    assert tiny.world.municipalities.contact[0] == 0.0


@pytest.mark.interpreted
def test_safeguarding_and_maintenance_slow_the_wear() -> None:
    kept = {}

    for name, help in {"none": {}, "law": {"political_safeguarding": 1.0}, "both": {
        "political_safeguarding": 1.0, "maintenance": 1.0}}.items():  # fmt: skip
        tiny = Tiny()
        tiny.world.municipalities.procedure[0] = 0.8
        for _ in range(52):
            tiny.run(Fidelity, procedure=0.8, **help)
        kept[name] = float(tiny.world.municipalities.procedure[0])

    assert kept["none"] < kept["law"] < kept["both"] < 0.8


def test_landlords_weigh_what_they_know() -> None:
    ran, p = after(1, scenario()), LandlordParameters()
    owner = ran.agents_by_type[Landlord][0]
    us = ran.world.municipalities
    us.rent_guarantee[0], us.cooperation[0], us.contact[0] = 0.5, 0.8, 0.25
    ran.world.landlords.experience[0], ran.world.landlords.heard[0] = -1.0, 0.5

    decision = owner.decide(p)

    x = p.social_base + 0.5 * p.guarantee + 0.8 * p.cooperation + 0.25 * p.reachable
    x += p.caretaker * owner.caretaker_share - p.experience + 0.5 * p.hearsay
    assert owner.social and decision.accepts == pytest.approx(1.0 / (1.0 + exp(-x)))
    patience = p.patience_social * (1.0 + 0.5 * p.guarantee_patience)
    assert (decision.patience_weeks, decision.tolerance) == (pytest.approx(patience), p.tolerance)


def test_beds_are_what_the_scenario_says() -> None:
    changes = {("beds", "shelter_beds"): 2.0, ("beds", "night_beds"): 0.34, ("beds", "transitional_places"): 0.0}

    s = after(1, scenario(changes)).world.shelters

    beds = {
        (int(k), bool(e), int(step)): int(n) for k, e, step, n in zip(s.kind, s.elsewhere, s.step, s.beds, strict=True)
    }
    assert beds[Housing.SHELTER, False, 0] == 12
    assert beds[Housing.SHELTER, True, 0] == 3
    assert beds[Housing.NIGHT_SHELTER, False, 0] == 1
    assert beds[Housing.TRANSITIONAL, False, 2] == beds[Housing.TRANSITIONAL, False, 3] == 0


@pytest.mark.parametrize(("in_post", "at_work"), [(0.0, 0), (1.0, 1), (9.0, 2)])
def test_caretakers_are_in_post_up_to_one_an_area(in_post: float, at_work: int) -> None:
    ran = after(1, scenario({("caretaker", "in_post"): in_post}))

    visiting = ran.world.social_caretakers.visits_per_week > 0

    assert visiting.sum() == at_work
    assert (ran.caretaker_share(0) > 0.0) == (at_work > 0)


def test_institutions_meet_once_a_month() -> None:
    changed = {
        ("municipality", "allocation_share"): ((date(2009, 1, 20), 0.9),),
        ("municipality", "commitment"): 1.0,
    }

    shares = []
    for weeks in (1, 3, 4, 5):
        shares.append(float(after(weeks, scenario(changed)).world.municipalities.allocation_share[0]))

    # the meeting of the week that begins on 2 February is the first after the change
    assert shares[:3] == [pytest.approx(0.17)] * 3
    assert shares[3] == 0.9


@pytest.mark.parametrize(
    ("elasticity", "cap", "beds"), [(0.5, 0.0, 6), (0.5, 700.0, 4), (1.0, 700.0, 3), (2.0, 700.0, 0)]
)
def test_a_price_cap_closes_places(elasticity: float, cap: float, beds: int) -> None:
    changes = {("beds", "price_elasticity"): elasticity, ("housing_law", "shelter_price_cap"): cap}
    prices = {("prices", "shelter"): 1400.0, ("prices", "growth"): 0.0}

    s = after(1, scenario({**changes, **prices})).world.shelters

    open_now = {(int(k), bool(e)): int(n) for k, e, n in zip(s.kind, s.elsewhere, s.beds, strict=True)}
    assert open_now[Housing.SHELTER, False] == beds
    assert open_now[Housing.NIGHT_SHELTER, False] == 3


@pytest.mark.parametrize(("ours", "law", "covered"), [(0.5, 0.0, 0.5), (0.5, 0.8, 0.8), (0.5, 0.3, 0.5)])
def test_landlords_weigh_the_guarantee_of_the_law_and_private_ones_the_premium(
    ours: float, law: float, covered: float
) -> None:
    ran, p = after(1, scenario({("housing_law", "arrears_covered"): law})), LandlordParameters()
    us = ran.world.municipalities
    us.rent_guarantee[0], us.private_premium[0], us.cooperation[0], us.contact[0] = ours, 2000.0, 0.0, 0.0
    ran.world.social_caretakers.visits_per_week[:] = 0.0
    owners = {bool(each.social): each for each in ran.agents_by_type[Landlord]}

    chances = {social: owner.decide(p).accepts for social, owner in owners.items()}

    base = {True: p.social_base, False: p.private_base + 2.0 * p.premium}
    expected = {social: 1.0 / (1.0 + exp(-x - p.guarantee * covered)) for social, x in base.items()}
    assert chances == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ours", "law", "cap", "covered"),
    [
        (0.0, 0.0, 0.0, 0.0),
        (1.0, 0.0, 0.0, 1.0),
        (1.0, 0.0, 10_000.0, 0.25),
        (0.5, 0.0, 20_000.0, 0.25),
        (0.5, 0.8, 20_000.0, 0.4),
        (0.5, 0.0, 90_000.0, 0.5),
    ],
)
def test_a_cap_lowers_what_is_covered_of_a_claim_and_landlords_wait_longer_with_more(
    ours: float, law: float, cap: float, covered: float
) -> None:
    """The claim that is expected is the price of an eviction, 40,000 kr."""
    prices = {("prices", "growth"): 0.0, ("prices", "eviction"): 40_000.0}
    ran, p = after(1, scenario({**prices, ("housing_law", "arrears_covered"): law})), LandlordParameters()
    us = ran.world.municipalities
    us.rent_guarantee[0], us.guarantee_cap[0] = ours, cap
    owners = {bool(each.social): each for each in ran.agents_by_type[Landlord]}

    shares = [owner.covered for owner in owners.values()]
    weeks = {social: owner.decide(p).patience_weeks for social, owner in owners.items()}

    longer = 1.0 + p.guarantee_patience * covered
    assert shares == pytest.approx([covered] * 2)
    assert weeks == pytest.approx({True: p.patience_social * longer, False: p.patience_private * longer})


def test_a_landlord_accepts_less_where_the_guarantee_is_capped() -> None:
    ran, p = after(1, scenario()), LandlordParameters()
    owner, us = ran.agents_by_type[Landlord][0], ran.world.municipalities
    us.rent_guarantee[0] = 1.0

    free = owner.decide(p).accepts
    us.guarantee_cap[0] = 1_000.0

    assert owner.decide(p).accepts < free
