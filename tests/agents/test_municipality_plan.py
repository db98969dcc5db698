"""What a municipality's budget starts from: what others do, its teams, its guarantee, the floors of the law."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small import after, scenario, side_by_side

from hfabm.agents.budget import Budget
from hfabm.agents.municipality import FLOOR_MARGIN, Municipality
from hfabm.model import HousingFirstModel
from hfabm.state.codes import SupportMethod
from hfabm.state.papers import Decision, Reckoning

from .test_municipality import PLANNED, REFORMED, on_file, ran


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
