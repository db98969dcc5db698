"""The refund law through the whole run: the ledger of a town against the formulas, to the krone.

Nobody who is in a shelter leaves it, so nights are known from the files of stays alone; everything else lives on.
A week is the smallest step of a run: days that do not fill one are added by the law's own formula, from what the
run has counted until then.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from small import HAMLET

from hfabm.calendar import DAYS, NEVER
from hfabm.model import HousingFirstModel
from hfabm.parameters.declare import BEGINNING
from hfabm.parameters.scenario import Scenario
from hfabm.processes.reimbursement import refunded
from hfabm.state.codes import Housing
from hfabm.state.ledger import ORE, Account, Party

OWN, PRICE, SHARE = 93, 1507, 0.5
NET = PRICE - OWN
OTHER_BEDS = {Housing.NIGHT_SHELTER: 600, Housing.HOTEL: 700}
"""Beds that are booked on the same account and earn no refund [DKK/day]."""
CAPS = {"before": 366, "120": 120, "90": 90}
DAYS_IN_SHELTER = (60, 90, 129, 180, 240, 365)
STAYING = {
    ("shelter", "shelter_to_sofa"): 0.0,
    ("shelter", "shelter_to_street"): 0.0,
    ("shelter", "into_prison_hospital"): 0.0,
    ("shelter", "into_institution"): 0.0,
    ("exits", "deaths_after_shelter"): 0.0,
    ("exits", "deaths_others"): 0.0,
    ("exits", "moves_away"): 0.0,
    ("exits", "recovers"): 0.0,
    ("letting", "search"): 0.0,
    ("municipality", "allocation_share"): 0.0,
    ("staircase", "transitional_skills"): 1.0,
    ("prices", "growth"): 0.0,
    ("refund_law", "own_payment"): float(OWN),
}
REGIMES = {
    "before": {("refund_law", "days_counted"): False},
    "120": {("refund_law", "days_counted"): True, ("refund_law", "shelter_days"): 120},
    "90": {("refund_law", "days_counted"): True, ("refund_law", "shelter_days"): 90},
}
by_regime = pytest.mark.parametrize("regime", REGIMES)


def municipal(days: np.ndarray | int, cap: int) -> np.ndarray:
    """What days in a shelter cost the municipality in a running year [DKK]."""
    return (1 - SHARE) * NET * np.minimum(days, cap) + NET * np.maximum(0, np.asarray(days) - cap)


@cache
def lived(regime: str) -> tuple[HousingFirstModel, np.ndarray, np.ndarray]:
    """A year of the town: the model; co-paid days of its first residents, and the municipality's cost, by week."""
    changes = {key: ((BEGINNING, value),) for key, value in (STAYING | REGIMES[regime]).items()}
    policy = Scenario("staying", "odense", date(2021, 1, 4), date(2022, 3, 1), changes=changes)
    model = HousingFirstModel(policy, rng=1, town=HAMLET)
    who = np.flatnonzero(model.world.citizens.housing == Housing.SHELTER)
    assert who.size >= 3
    paid, cost = [], []
    for _ in range(53):
        model.step()
        c = model.world.citizens
        assert (c.housing[who] == Housing.SHELTER).all()
        paid.append(c.refunded_days[who].copy())
        book = model.world.ledger.book[0, [Account.SHELTER, Account.REFUND_SHELTER]]
        cost.append(-int(book[:, Party.MUNICIPALITY].sum()))
    return model, np.array(paid), np.array(cost)


@by_regime
@pytest.mark.parametrize("days", DAYS_IN_SHELTER)
def test_a_citizen_in_a_run_costs_what_the_law_says(days: int, regime: str) -> None:
    _, paid, _ = lived(regime)
    weeks, cap = days // DAYS, CAPS[regime]

    used = weeks * DAYS if regime != "before" else 0
    co_paid = paid[:weeks].sum(axis=0) + refunded(days % DAYS, used, cap)
    cost = NET * days - SHARE * NET * co_paid

    assert (cost == municipal(days, cap)).all()
    assert (PRICE * days - cost - SHARE * NET * co_paid == OWN * days).all(), "the rest is what the citizens pay"


@by_regime
def test_the_ledger_of_a_town_is_the_sum_of_its_citizens(regime: str) -> None:
    model, _, cost = lived(regime)
    s = model.world.shelter_stays
    last = np.where(s.last_week == NEVER, 10_000, s.last_week)

    for week in (0, 7, 12, 13, 17, 18, 34, 51):
        nights = DAYS * np.clip(np.minimum(last, week) - np.maximum(s.first_week, 0) + 1, 0, None)
        expected = municipal(nights[s.kind == Housing.SHELTER], CAPS[regime]).sum()
        expected += sum(price * nights[s.kind == kind].sum() for kind, price in OTHER_BEDS.items())

        assert cost[: week + 1].sum() == expected * ORE, f"after week {week}"


def test_the_year_of_the_worked_example() -> None:
    costs = {regime: round(float(municipal(365, cap)), -3) for regime, cap in CAPS.items()}

    assert costs == {"before": 258_000, "120": 431_000, "90": 452_000}
