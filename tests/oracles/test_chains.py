"""Stripped-down models against exact means and variances.

Each municipality of a world is one replication: luck hangs on people and places, so they are independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import chi2, norm
from small import Tiny, week

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.processes.exits import Exits, ExitsParameters
from hfabm.processes.inflow import Inflow, InflowParameters
from hfabm.processes.vacancy import Vacancy, VacancyParameters
from hfabm.randomness import luck, question
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing
from hfabm.state.world import World

ALPHA = 1e-4
"""False alarms of each comparison; seeds are fixed, so it passes or fails for good."""

LOSE = question("oracle.lose")
FIND = question("oracle.find")


def agrees_in_mean(counts: np.ndarray, mean: float, variance: float) -> bool:
    """Two-sided z test of the mean of replications."""
    z = (counts.mean() - mean) / np.sqrt(variance / counts.size)
    return bool(abs(z) < norm.isf(ALPHA / 2))


def agrees_in_variance(counts: np.ndarray, variance: float) -> bool:
    """Two-sided chi-squared test of the variance of replications, which are nearly normal."""
    x = (counts.size - 1) * counts.var(ddof=1) / variance
    return bool(chi2.ppf(ALPHA / 2, counts.size - 1) < x < chi2.isf(ALPHA / 2, counts.size - 1))


@dataclass(frozen=True)
class Chain:
    loses: float = 0.02
    finds: float = 0.05


@rule
def lose_or_find(me: Citizen, week: Week, p: Chain) -> None:
    """A home is lost, or found, at constant chances."""
    if me.at_home:
        if luck(week, LOSE, me.uid) < p.loses:
            me.housing = Housing.STREET
    elif luck(week, FIND, me.uid) < p.finds:
        me.housing = Housing.OWN_HOME


def people(count: int, housing: Housing = Housing.OWN_HOME) -> World:
    world = World(seed=1)
    world.citizens.open(count, uid=np.arange(count), housing=housing)
    return world


@pytest.mark.slow
@pytest.mark.parametrize("start", [Housing.OWN_HOME, Housing.STREET])
def test_home_and_homeless_follow_the_two_state_chain(start: Housing) -> None:
    """400 towns of 100 people; 16 comparisons at 1e-4 each: false alarm below 0.2 %."""
    world, p = people(40_000, start), Chain()
    after: dict[int, np.ndarray] = {}

    for t in range(1, 121):
        lose_or_find.sweep(world.relations, week(t), p)
        if t in (1, 8, 40, 120):
            after[t] = (world.citizens.housing == Housing.STREET).reshape(400, 100).sum(axis=1)

    long_run, memory = p.loses / (p.loses + p.finds), 1 - p.loses - p.finds
    for t, homeless in after.items():
        first = 0.0 if start == Housing.OWN_HOME else 1.0
        share = long_run + (first - long_run) * memory**t
        assert agrees_in_mean(homeless, 100 * share, 100 * share * (1 - share))
        if 100 * share * (1 - share) > 5:  # a binomial near enough to a normal
            assert agrees_in_variance(homeless, 100 * share * (1 - share))


def test_homeless_weeks_are_entries_times_mean_stay() -> None:
    """The fluid identity (Little): it holds exactly for what has ended and what has not."""
    world, p = people(2_000), Chain()
    entries, person_weeks, stays = 0, 0, np.zeros(2_000)
    finished: list[float] = []

    for t in range(150):
        before = world.citizens.housing == Housing.STREET
        lose_or_find.sweep(world.relations, week(t), p)
        now = world.citizens.housing == Housing.STREET
        entries += int((now & ~before).sum())
        finished += stays[before & ~now].tolist()
        stays[~now] = 0
        stays[now] += 1
        person_weeks += int(now.sum())

    assert entries - len(finished) == int(now.sum())
    assert person_weeks == sum(finished) + stays.sum()


def towns(count: int, adults: int) -> World:
    world = World(seed=1)
    world.municipalities.open(count, code=np.arange(1, count + 1), adults=adults)
    return world


def lent(world: World, process: Inflow | Exits | Vacancy) -> object:
    return world.lend(process.name, process.reads, process.writes, process.opens)


@pytest.mark.slow
def test_inflow_and_deaths_make_an_infinite_server_queue() -> None:
    """Poisson newcomers, one constant death rate: Poisson numbers, mean and variance alike.

    500 towns, two moments, mean and variance: false alarm 4e-4.
    """
    replications, weekly, yearly_deaths = 500, 1.5, 1.3
    world = towns(replications, adults=10_000)
    newcomers = InflowParameters(at_risk=0.0, homeless=weekly * WEEKS_PER_YEAR / 10_000)
    deaths = ExitsParameters(
        deaths_after_shelter=yearly_deaths, deaths_others=yearly_deaths, deaths_per_year_of_age=0.0,
        deaths_of_women=1.0, moves_away=0.0, recovers=0.0,
    )  # fmt: skip
    arrive, leave = Inflow(), Exits()
    alive: dict[int, np.ndarray] = {}

    for t in range(151):
        arrive.step(lent(world, arrive), week(t), newcomers)
        leave.step(lent(world, leave), week(t), deaths)
        c = world.citizens
        c.housing[c.exit_intent > 0] = Housing.GONE
        c.housing[c.housing == Housing.ARRIVING] = Housing.STREET
        if t in (20, 150):
            present = c.municipality_row[c.housing == Housing.STREET]
            alive[t] = np.bincount(present, minlength=replications)

    survives = 1.0 - yearly_deaths / WEEKS_PER_YEAR
    for t, numbers in alive.items():
        mean = weekly * (1 - survives ** (t + 1)) / (1 - survives)
        assert agrees_in_mean(numbers, mean, mean)
        assert agrees_in_variance(numbers, mean)


@pytest.mark.slow
def test_vacancies_are_binomial_and_forget_the_past() -> None:
    """300 dwellings, 600 weeks at a constant turnover; three comparisons: false alarm 3e-4."""
    tiny, process, weeks, homes = Tiny(dwellings=300), Vacancy(), 600, 300
    p = VacancyParameters(turnover_family=0.5, turnover_cheap=0.5)

    moved = np.zeros(weeks)
    for t in range(weeks):
        process.step(tiny.lend(process), week(t), p)
        moved[t] = tiny.world.dwellings.moves_out.sum()

    chance = 0.5 / WEEKS_PER_YEAR
    assert agrees_in_mean(moved, homes * chance, homes * chance * (1 - chance))
    assert agrees_in_variance(moved, homes * chance * (1 - chance))
    lagged = np.corrcoef(moved[1:], moved[:-1])[0, 1] * np.sqrt(weeks)
    assert abs(lagged) < norm.isf(ALPHA / 2)
