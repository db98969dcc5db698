"""Municipalities of the hamlet decide: by the quarter, by the plan and by their sums, and put it on file."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from small import after, scenario, side_by_side

from hfabm.agents.budget import Budget
from hfabm.agents.municipality import FLOOR_MARGIN, Municipality
from hfabm.agents.services import Team
from hfabm.model import HousingFirstModel
from hfabm.state.codes import Effort, Need, Origin, SupportMethod
from hfabm.state.papers import Decision, Reckoning

REFORMED = {
    ("refund_law", "days_counted"): True,
    ("refund_law", "shelter_days"): 90,
    ("refund_law", "support_days"): 730,
}
PLANNED = {
    ("municipality", "allocation_share"): 0.2,
    ("municipality", "housing_first_share"): 0.9,
    ("municipality", "private_places"): 3.0,
    ("municipality", "workers_cti"): 1.0,
    ("municipality", "workers_icm"): 2.0,
    ("municipality", "workers_act"): 1.0,
    ("municipality", "prevention"): 0.02,
    ("caretaker", "in_post"): 2.0,
}
DONE = {
    "allocation_share": Effort.HOUSING,
    "private_places": Effort.HOUSING,
    "workers_cti": Effort.CTI,
    "workers_icm": Effort.ICM,
    "workers_act": Effort.ACT,
    "prevention": Effort.PREVENTION,
    "caretakers": Effort.CARETAKERS,
}
"""Columns that are the plan times an effort."""


@cache
def ran(weeks: int = 60, commitment: float = 0.0, *more: tuple[tuple[str, str], Any]) -> HousingFirstModel:
    """The hamlet under the rules of 2026, all along."""
    return after(weeks, scenario({**REFORMED, **PLANNED, ("municipality", "commitment"): commitment, **dict(more)}))


def plan(column: str) -> float:
    return PLANNED["caretaker", "in_post"] if column == "caretakers" else PLANNED["municipality", column]


def on_file(made: HousingFirstModel, kind: type) -> dict[str, np.ndarray]:
    table = made.world.table(kind)
    return {name: getattr(table, name) for name in table.columns}


def test_there_is_a_budget_at_the_start_and_in_each_quarter() -> None:
    made = ran()

    sums, decisions = on_file(made, Reckoning), on_file(made, Decision)

    quarters = [0, 13, 26, 39, 52]
    assert decisions["week"].tolist() == quarters
    assert sums["week"].tolist() == [week for week in quarters for _ in range(len(Need) * len(Origin))]
    assert [(n, o) for n, o in zip(sums["need"], sums["origin"], strict=True)][:9] == [
        (n, o) for n in Need for o in Origin
    ]


def test_all_amounts_on_file_add_up() -> None:
    sums = on_file(ran(), Reckoning)

    home = sums["support_dkk"] - sums["refund_dkk"] + sums["allocation_dkk"] + sums["relapse_dkk"]
    assert np.allclose(sums["gain_dkk_year"] * 4, sums["homeless_dkk"] - home)
    assert (np.sign(sums["leans"]) == np.sign(sums["gain_dkk_year"])).all()
    efforts = np.vstack([np.ones(9), sums["effort"].reshape(-1, 9)[:-1]]).mean(axis=1)
    pull = 0.1 * (0.08 - 0.9 * efforts)
    pull[0] = 0.0
    assert np.allclose(sums["target"], np.clip(1.0 + sums["leans"] + np.repeat(pull, 9), 0.0, 2.0))
    assert ((sums["refund_dkk"] > 0.0) == (sums["origin"] != Origin.NO_REFUND)).all()
    assert (sums["homeless_dkk"] > 0.0).all() and (sums["nights"] <= 366.0).all()


def test_efforts_go_a_quarter_of_the_way_from_one_quarter_to_the_next() -> None:
    sums = on_file(ran(), Reckoning)

    target, effort = (sums[name].reshape(-1, 9) for name in ("target", "effort"))
    before = np.vstack([np.ones(9), effort[:-1]])
    assert np.allclose(effort, before + (target - before) / 4.0)
    assert np.abs(effort[-1] - 1.0).max() > 0.2


def test_what_is_on_file_is_in_force() -> None:
    made = ran()
    us, decisions, sums = made.world.municipalities, on_file(made, Decision), on_file(made, Reckoning)

    for column, effort in DONE.items():
        assert getattr(us, column)[0] == pytest.approx(plan(column) * us.efforts[0, effort])
        assert decisions[column][-1] == pytest.approx(getattr(us, column)[0])
        assert decisions[f"effort_{effort.name.lower()}"][-1] == pytest.approx(us.efforts[0, effort])
    assert us.referral_efforts[0].tolist() == sums["effort"][-9:].tolist()
    assert (decisions["limit_days"][-1], decisions["horizon_years"][-1]) == (90, 4)
    assert decisions["wait_weeks"][-1] == pytest.approx(us.wait_weeks[0])
    assert decisions["home_weeks"][-1] == pytest.approx(us.home_weeks[0]) and us.home_weeks[0] > 0.0


def test_efforts_stay_between_quarters() -> None:
    worlds = [ran(weeks).world.municipalities for weeks in (13, 14, 17)]

    before, budget, later = (us.efforts[0].tolist() for us in worlds)

    assert before != budget == later


def test_an_agent_knows_its_latest_sums() -> None:
    made = ran()

    ours = made.agents_by_type[Municipality][0].sums

    assert [(each.week, each.need, each.origin) for each in ours] == [(52, n, o) for n in Need for o in Origin]


def test_full_commitment_does_what_is_planned() -> None:
    made = ran(60, 1.0)
    us = made.world.municipalities

    done = {column: float(getattr(us, column)[0]) for column in DONE}

    assert done == pytest.approx({column: plan(column) for column in DONE})
    assert us.efforts[0].tolist() == [1.0] * len(Effort)
    assert (us.detour_low[0], us.detour_moderate[0], us.detour_complex[0]) == (0.0, 0.0, 0.0)


def test_what_is_not_planned_is_not_done() -> None:
    nothing = tuple((key, 0.0) for key in PLANNED if key != ("municipality", "housing_first_share"))
    us = ran(60, 0.0, *nothing, (("incentives", "prior_shelter_days"), 365.0)).world.municipalities

    done = {column: float(getattr(us, column)[0]) for column in DONE}

    assert set(done.values()) == {0.0}
    assert np.isfinite(us.efforts).all() and np.isfinite(us.support_worth).all()


@pytest.mark.parametrize(("floor", "asked"), [(0.0, 0.0), (0.6, 1.0)])
def test_a_floor_of_fidelity_that_is_not_met_is_worked_for(floor: float, asked: float) -> None:
    us = ran(60, 1.0, (("refund_law", "floor_fidelity"), floor)).world.municipalities

    found = float(us.asked_individual[0])

    assert found == asked
    assert (us.individual_support[0] > 0.3) == (asked > 0.0)


def test_where_no_refund_is_at_stake_a_floor_moves_nobody() -> None:
    law = (("refund_law", "floor_fidelity"), 0.6), (("refund_law", "support_days"), 0)

    us = ran(5, 1.0, *law).world.municipalities

    assert us.asked_individual[0] == 0.0


@pytest.mark.parametrize(
    ("floor", "support_days", "takes"), [(0.0, 730, 12.0), (8.0, 730, 8.0), (8.0, 0, 12.0), (20.0, 730, 12.0)]
)
def test_teams_take_no_more_cases_than_the_law_asks_for_a_refund(floor: float, support_days: int, takes: float) -> None:
    made = ran(1, 1.0, (("refund_law", "floor_caseload"), floor), (("refund_law", "support_days"), support_days))

    found = {SupportMethod(team.method): team.takes_up_to for team in made.agents_by_type[Team]}

    specialised = {SupportMethod.CTI: takes, SupportMethod.ICM: takes, SupportMethod.ACT: takes}
    assert found == {SupportMethod.ORDINARY: 25.0, **specialised}


def test_where_no_days_are_counted_no_limit_is_on_file_and_a_limit_of_no_days_is() -> None:
    free = ran(1, 0.0, (("refund_law", "days_counted"), False))
    strict = ran(1, 0.0, (("refund_law", "shelter_days"), 0))

    limits = [on_file(made, Decision)["limit_days"].tolist() for made in (free, strict)]

    assert limits == [[-1], [0]]


def at_the_budget(towns: int = 1, weeks: int = 14, **more: Any) -> HousingFirstModel:
    """Hamlets in the first week of the second quarter, in which a budget can be asked for."""
    changes = {**REFORMED, **PLANNED, ("municipality", "commitment"): 0.0, **more.pop("changes", {})}
    return after(weeks, scenario(changes), town=side_by_side(*range(1, towns + 1)))


def budget_of(made: HousingFirstModel, row: int = 0) -> Budget:
    agent = next(each for each in made.agents_by_type[Municipality] if each.row == row)
    found = agent.budget(made.in_force("municipality"))
    assert found is not None
    return found


def pull(made: HousingFirstModel, row: int = 0) -> float:
    """How far others move the targets of one led by money alone, where these are within bounds."""
    gaps = [each.target - 1.0 - each.leans for each in budget_of(made, row).kinds if 0.1 < each.target < 1.9]
    assert gaps and np.ptp(gaps) < 1e-9
    return float(gaps[0])


def test_others_pull_by_what_they_do_and_not_by_what_they_plan() -> None:
    """Of two hamlets one refers half of what it plans for half of the homeless, the other all for four fifths."""
    made = at_the_budget(towns=2)
    us = made.world.municipalities
    us.housing_first_share[:2] = 0.5, 0.8
    us.referral_efforts[0], us.referral_efforts[1] = 0.5, 1.0

    pulls = [pull(made, row) for row in (0, 1)]

    assert pulls == pytest.approx([0.1 * (0.8 - 0.25), 0.1 * (0.25 - 0.8)])


def test_others_pull_by_their_mean() -> None:
    made = at_the_budget(towns=3)
    us = made.world.municipalities
    us.housing_first_share[:3] = 0.0, 0.3, 0.9
    us.referral_efforts[:3] = 1.0

    found = pull(made)

    assert found == pytest.approx(0.1 * 0.6)


@pytest.mark.parametrize(("share", "effort"), [(0.0, 1.0), (0.9, 1.0), (0.9, 0.5)])
def test_a_lone_town_is_pulled_by_what_is_given_elsewhere(share: float, effort: float) -> None:
    made = at_the_budget(changes={("incentives", "others_adopt"): 0.3})
    us = made.world.municipalities
    us.housing_first_share[0], us.referral_efforts[0] = share, effort

    found = pull(made)

    assert found == pytest.approx(0.1 * (0.3 - share * effort))


@pytest.mark.parametrize("towns", [1, 2])
def test_before_anyone_has_begun_nobody_is_pulled(towns: int) -> None:
    made = at_the_budget(towns, weeks=1)

    sums = on_file(made, Reckoning)

    assert np.allclose(sums["target"], np.clip(1.0 + sums["leans"], 0.0, 2.0))


SPECIALISED = [SupportMethod.CTI, SupportMethod.ICM, SupportMethod.ACT]


@pytest.mark.parametrize(
    ("below", "workers", "refunded"),
    [
        ([], 1.0, True),
        (SPECIALISED[:2], 1.0, True),
        (SPECIALISED, 1.0, False),
        ([*SPECIALISED, SupportMethod.ORDINARY], 1.0, False),
        (SPECIALISED, 0.0, True),
    ],
    ids=["all meet it", "one meets it", "none meets it", "nor ordinary support", "planned, not yet hired"],
)
def test_a_refund_is_reckoned_with_where_a_team_meets_the_floor(
    below: list[SupportMethod], workers: float, refunded: bool
) -> None:
    made = at_the_budget()
    teams = made.world.teams
    special = teams.method > SupportMethod.ORDINARY
    teams.workers[special], teams.below_floor[:] = workers, np.isin(teams.method, below)

    found = budget_of(made)

    assert any(each.refund_dkk > 0.0 for each in found.kinds) == refunded


@pytest.mark.parametrize(("ordinary", "icm", "refunded"), [(6.0, 0.0, False), (6.0, 1.0, True)])
def test_where_no_specialised_team_is_or_is_planned_no_refund_is_reckoned_with(
    ordinary: float, icm: float, refunded: bool
) -> None:
    none = {("municipality", f"workers_{name}"): 0.0 for name in ("cti", "act")}
    planned = {("municipality", "workers_ordinary"): ordinary, ("municipality", "workers_icm"): icm}
    made = at_the_budget(weeks=1, changes={**none, **planned})

    sums, decisions = on_file(made, Reckoning), on_file(made, Decision)

    assert (sums["refund_dkk"] > 0.0).any() == refunded
    assert refunded or decisions["detour_complex"].tolist() == [0.0]


def test_teams_of_others_earn_no_refund() -> None:
    made = at_the_budget(towns=2)
    teams = made.world.teams
    teams.below_floor[:] = teams.municipality_row == 0

    found = [any(each.refund_dkk > 0.0 for each in budget_of(made, row).kinds) for row in (0, 1)]

    assert found == [False, True]


@pytest.mark.parametrize(("cap", "dearer"), [(0.0, True), (1_000.0, False)])
def test_the_guarantee_and_its_cap_are_reckoned_with(cap: float, dearer: bool) -> None:
    guaranteed = {("municipality", "rent_guarantee"): 1.0, ("municipality", "guarantee_cap"): cap}

    plain, ours = (
        on_file(at_the_budget(weeks=1, changes=more), Reckoning)["allocation_dkk"] for more in ({}, guaranteed)
    )

    assert (ours > plain).all()
    assert (ours - plain > 1_000.0).all() == dearer


@pytest.mark.parametrize(
    ("fidelity", "floor", "asked"),
    [(0.59, 0.6, 1.0), (0.60, 0.6, 1.0), (0.69, 0.6, 1.0), (0.71, 0.6, 0.0), (0.0, 0.0, 0.0), (0.05, 0.0, 0.0)],
)
def test_a_floor_is_to_be_met_with_room_to_spare(fidelity: float, floor: float, asked: float) -> None:
    made = at_the_budget(weeks=5, changes={("refund_law", "floor_fidelity"): floor})
    made.world.municipalities.individual_support[0] = fidelity

    found = made.agents_by_type[Municipality][0].decide(made.in_force("municipality")).asked_individual

    assert FLOOR_MARGIN == 0.10
    assert found == asked
