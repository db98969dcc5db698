"""What it costs, whom, and when: by year, around a placement, and in present value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.metrics.metric import Metric, outcome
from hfabm.metrics.record import PUBLIC, Record, per
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.state.codes import Housing, TenancyStart
from hfabm.state.ledger import Party
from hfabm.state.world import World
from hfabm.units import Unit

COHORTS = ((2011, 2013), (2014, 2016))
"""First and last year of placement of the cohorts that are followed."""
YEARS_AROUND = (-3, -2, -1, 1, 2, 3, 4, 5)
"""Years before and after placement: the year that ends with it is -1, the year that begins with it is 1."""

Kroner = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ValuationParameters:
    """How money at different times is made comparable."""

    discount_rate: float = parameter(
        0.035, Unit.PER_YEAR, 0.0, 0.1, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Real discount rate of present values.",
    )  # fmt: skip


def present_value(amounts: Kroner, rate: float) -> float:
    """Value at the start of amounts that fall due week by week.

    Args:
        amounts: By week, in prices of one year [DKK].
        rate: Real discount rate a year [per year].

    >>> present_value(np.array([100.0, 0.0]), 0.035)
    100.0
    """
    return float((amounts * (1.0 + rate) ** (-np.arange(amounts.size) / WEEKS_PER_YEAR)).sum())


@outcome(Unit.DKK_YEAR, "lower")
def public_cost_per_year(record: Record, world: World) -> float:
    """Net payments of municipality, state and region in a year, in prices of the base year."""
    return per(record.paid(PUBLIC).sum(), record.years_long)


@outcome(Unit.DKK_YEAR, "lower")
def municipal_cost_per_year(record: Record, world: World) -> float:
    """Net payments of the municipality in a year, after refunds, in prices of the base year."""
    return per(record.paid((Party.MUNICIPALITY,)).sum(), record.years_long)


@outcome(Unit.DKK_YEAR, "lower")
def state_cost_per_year(record: Record, world: World) -> float:
    """Net payments of the state in a year, refunds included, in prices of the base year."""
    return per(record.paid((Party.STATE,)).sum(), record.years_long)


@outcome(Unit.DKK_YEAR, "lower")
def regional_cost_per_year(record: Record, world: World) -> float:
    """Net payments of the region in a year, in prices of the base year."""
    return per(record.paid((Party.REGION,)).sum(), record.years_long)


@outcome(Unit.DKK, "lower")
def present_value_of_public_cost(record: Record, world: World) -> float:
    """Net public payments of the run, discounted to its start, in prices of the base year."""
    return present_value(record.paid(PUBLIC), record.discount_rate)


@outcome(Unit.DKK, "lower")
def cost_per_stable_year(record: Record, world: World) -> float:
    """Net public payments per person-year in a home held for a year or more."""
    return per(record.paid(PUBLIC).sum(), record.series("stably_housed").sum() / WEEKS_PER_YEAR)


@dataclass(frozen=True, slots=True)
class AroundPlacement:
    """Mean cost of the citizens of a cohort in one year before or after their first placement.

    Attributes:
        cohort: First and last year of placement.
        year: Year relative to placement; there is no year 0.
        person_years: Years of life that the mean is made of.
        public_dkk: Public cost a year, prices of the base year [DKK/year].
        municipal_dkk: Net cost to the municipality a year, likewise [DKK/year].
    """

    cohort: tuple[int, int]
    year: int
    person_years: float
    public_dkk: float
    municipal_dkk: float


def costs_around_placement(record: Record, world: World) -> Iterator[AroundPlacement]:
    """Cost by year around the first Housing First placement, before and after: the shape of VIVE's figure.

    A before-after statistic, not an effect: people are placed when things are at their worst.  Quarters in
    which somebody was not in the population from first to last day, or that were not recorded whole, are
    left out.
    """
    rows, week = first_placements(world)
    if not rows.size:
        return
    quarter_of_week = np.array([record.quarter(w) for w in range(record.done)])
    price, whole = _quarters(record, quarter_of_week)
    placed = quarter_of_week[week]
    year = np.array([record.thursday(int(w)).year for w in week])
    there = _present(record, world, rows, quarter_of_week, whole)
    weeks = np.bincount(quarter_of_week, minlength=whole.size)[:, None]
    quarters = np.arange(whole.size)[:, None]
    relative = np.where(quarters < placed, (quarters - placed) // 4, (quarters - placed) // 4 + 1)
    public = record.cost_ore[: whole.size, rows] / 100.0 / price[:, None]
    municipal = record.net_municipal_ore[: whole.size, rows] / 100.0 / price[:, None]
    for cohort in COHORTS:
        mine = there & (cohort[0] <= year) & (year <= cohort[1])
        for k in YEARS_AROUND:
            chosen = mine & (relative == k)
            years = float((chosen * weeks).sum()) / WEEKS_PER_YEAR
            costs = per(public[chosen].sum(), years), per(municipal[chosen].sum(), years)
            yield AroundPlacement(cohort, k, years, *costs)


def first_placements(world: World) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Citizens ever placed on the Housing First track, and the week of the first placement."""
    t = world.tenancies
    chosen = t.how == TenancyStart.HOUSING_FIRST
    order = np.lexsort((t.start_week[chosen], t.citizen_row[chosen]))
    citizens, week = t.citizen_row[chosen][order], t.start_week[chosen][order]
    rows, at = np.unique(citizens, return_index=True)
    return rows, week[at]


def _quarters(record: Record, quarter_of_week: NDArray[np.int64]) -> tuple[Kroner, NDArray[np.bool_]]:
    """Price level of each recorded quarter, and whether it was recorded whole."""
    number = int(quarter_of_week[-1]) + 1
    weeks = np.bincount(quarter_of_week, minlength=number)
    price = np.bincount(quarter_of_week, record.price_level(), minlength=number) / np.maximum(weeks, 1)
    return price, weeks >= 12


def _present(
    record: Record, world: World, rows: NDArray[np.int32], quarter_of_week: NDArray[np.int64],
    whole: NDArray[np.bool_],
) -> NDArray[np.bool_]:  # fmt: skip
    """Whether each citizen was in the population all of each quarter, quarters x citizens."""
    c = world.citizens
    arrived = c.arrived_week[rows]
    came = np.where(arrived <= 0, -1, quarter_of_week[np.clip(arrived, 0, record.done - 1)])
    left = np.clip(c.housing_since_week[rows], 0, record.done - 1)
    went = np.where(c.housing[rows] == Housing.GONE, quarter_of_week[left], whole.size)
    quarters = np.arange(whole.size)[:, None]
    found: NDArray[np.bool_] = (quarters > came) & (quarters < went) & whole[:, None]
    return found


OUTCOMES: tuple[Metric, ...] = (
    public_cost_per_year, municipal_cost_per_year, state_cost_per_year, regional_cost_per_year,
    present_value_of_public_cost, cost_per_stable_year,
)  # fmt: skip
