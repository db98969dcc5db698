"""Municipalities of the hamlet decide: by the quarter, by the plan and by their sums, and put it on file."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from small import after, scenario

from hfabm.agents.municipality import Municipality
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
