"""Policies push in the direction they must, in a small town, under the same luck.

A scenario and its counterfactual share their seeds, so they differ only where the policy touches somebody.
Numbers are stated as differences over several seeds; where a sign could come out wrong by chance, the test
says how likely that is.  Seeds are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from small import differing, scenario

from hfabm.model import HousingFirstModel
from hfabm.population.hamlet import hamlet
from hfabm.population.places import Beds, Place
from hfabm.state.codes import HOMELESS, Effort, Housing, Need, Origin, TenancyEnd, TenancyStart

pytestmark = pytest.mark.slow

BEDS = (
    Beds("SHELTER", 10),
    Beds("SHELTER", 4, elsewhere=True),
    Beds("NIGHT_SHELTER", 3),
    Beds("HOTEL", 1),
    Beds("TRANSITIONAL", 6, step=2),
    Beds("TRANSITIONAL", 6, step=3),
    Beds("INSTITUTION", 4),
    Beds("PRISON_HOSPITAL", 1000),
)
TOWN = Place("Town", (replace(
    hamlet("Town", 7, adults=20_000, dwellings=3000), homeless_at_start=80, private_dwellings=400,
    private_landlords=12, organisations=5, cheap_family_dwellings=400, ordinary_queue=300, beds=BEDS,
),))  # fmt: skip
"""Short of cheap homes and of beds."""

SEEDS = (1, 2, 3, 4, 5, 6)
YEARS = 8
Changes = Mapping[tuple[str, str], Any]

ELEMENTS = (
    "cooperation", "procedure", "individual_support", "contact", "mindshift", "organisation", "civil_society",
)  # fmt: skip
WORKERS = ("ordinary", "cti", "icm", "act")
STAIRCASE: Changes = {("inflow", "homeless"): 0.002, ("municipality", "workers_ordinary"): 1.0}
HOUSING_FIRST: Changes = {
    **STAIRCASE,
    ("municipality", "housing_first_share"): 0.95,
    ("municipality", "workers_cti"): 1.0,
    ("municipality", "workers_icm"): 3.0,
    ("municipality", "workers_act"): 2.0,
    **{("fidelity", element): 0.9 for element in ELEMENTS},
}
NO_HOMES: Changes = {("municipality", "allocation_share"): 0.0}
NO_SUPPORT: Changes = {
    **{("municipality", f"workers_{kind}"): 0.0 for kind in WORKERS},
    ("fidelity", "individual_support"): 0.0,
    ("fidelity", "contact"): 0.0,
    ("caretaker", "in_post"): 0.0,
}


@dataclass
class Course:
    """What was seen of a run, week by week."""

    ran: HousingFirstModel
    housing: np.ndarray
    waits: np.ndarray

    @property
    def others_wait(self) -> float:
        """Mean weeks waited by households let to from the ordinary list, from the third year on."""
        waited, let = self.waits[104:].sum(axis=0)
        return float(waited / let)

    @property
    def street(self) -> np.ndarray:
        return (self.housing == Housing.STREET).sum(axis=1)

    @property
    def homeless(self) -> np.ndarray:
        return np.isin(self.housing, HOMELESS).sum(axis=1)

    @property
    def placed(self) -> np.ndarray:
        return self.ran.world.tenancies.how >= TenancyStart.HOUSING_FIRST

    @property
    def losses_per_year(self) -> float:
        """Placed homes lost, per year in one."""
        t = self.ran.world.tenancies
        until = np.where(t.end == TenancyEnd.RUNNING, self.ran.weeks, t.end_week)
        lost = np.isin(t.end, (TenancyEnd.EVICTED, TenancyEnd.BROKE_DOWN))
        return float(lost[self.placed].sum() / ((until - t.start_week)[self.placed].sum() / 52.2))

    @property
    def evictions(self) -> int:
        return int((self.ran.world.tenancies.end == TenancyEnd.EVICTED).sum())

    @property
    def housed_share(self) -> float:
        """Share of their weeks that those who arrived homeless were at home."""
        c = self.ran.world.citizens
        came = c.arrives_as != Housing.OWN_HOME
        until = np.where(c.housing == Housing.GONE, c.housing_since_week, self.ran.weeks)
        present = (until - np.maximum(c.arrived_week, 0))[came].sum()
        return float(self.ran.recorder.weeks_at_home[: c.size][came].sum() / present)


@cache
def _course(changes: tuple[Any, ...], seed: int, years: int) -> Course:
    ran = HousingFirstModel(scenario(dict(changes), date(2008 + years, 12, 31)), rng=seed, town=TOWN)
    seen: list[np.ndarray] = []
    waits: list[tuple[float, int]] = []

    def see(_: object) -> None:
        seen.append(ran.world.citizens.housing.copy())
        us = ran.world.municipalities
        waits.append((float(us.queue_wait_weeks[0]) * int(us.let_to_others[0]), int(us.let_to_others[0])))

    ran.run(on_week=see)
    housing = np.full((len(seen), ran.world.citizens.size), Housing.ARRIVING, np.int8)
    for row, now in zip(housing, seen, strict=True):
        row[: now.size] = now
    return Course(ran, housing, np.array(waits))


def course(changes: Changes, seed: int = 1, years: int = YEARS) -> Course:
    return _course(tuple(sorted(changes.items(), key=str)), seed, years)


def courses(changes: Changes) -> list[Course]:
    return [course(changes, seed) for seed in SEEDS]


@pytest.mark.parametrize(
    ("placebo", "kept"),
    [
        ({("municipality", "support_cut_month"): 240.0}, {"Municipality.support_cut_month"}),
        ({("municipality", "guarantee_weeks"): 104.0}, {"Municipality.guarantee_weeks"}),
        ({("staircase", "transitional_skills"): 0.9, ("staircase", "training_skills"): 0.0}, set()),
        ({("allocation", "guarantee_takes"): 1.0}, set()),
        ({("refund_law", "shelter_days"): ((date(2011, 1, 1), 30),)}, set()),
    ],
    ids=["a cut after the end", "a guarantee nobody waits for", "steps nobody climbs", "no guarantee", "law to come"],
)
def test_a_policy_that_never_binds_changes_nothing(placebo: Changes, kept: set[str]) -> None:
    """Everybody is on the Housing First track, for less than two years.  Exact."""
    everybody = {**HOUSING_FIRST, ("municipality", "housing_first_share"): 1.0}

    base = course(everybody, years=1)
    same = course({**everybody, **placebo}, years=1)

    assert set(differing(base.ran.world, same.ran.world)) == kept


@pytest.mark.parametrize("housing", [Housing.OWN_HOME, Housing.SHELTER])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_change_in_one_life_touches_few_others(housing: Housing, seed: int) -> None:
    """One citizen is well from the start; in a year only those who compete with that one fare otherwise.

    Measured: 1 to 6 of some 1,120 people; stated at 2 %.
    """
    base, other = (
        HousingFirstModel(scenario(HOUSING_FIRST, date(2009, 12, 31)), rng=seed, town=TOWN) for _ in range(2)
    )
    c = other.world.citizens
    who = int(np.flatnonzero(c.housing == housing)[4])
    c.skills[who], c.ties[who], c.mental_illness[who], c.substance_use[who], c.frailty[who] = 0.98, 0.98, 0, 0, 0.01

    lives = []
    for ran in (base.run(), other.run()):
        c = ran.world.citizens
        lives.append(np.column_stack([c.uid, c.homeless_weeks, c.spells, c.placements, c.housing, c.skills]))
    differs = (lives[0] != lives[1]).any(axis=1)

    assert lives[0].shape == lives[1].shape
    assert differs[who]
    assert differs.mean() < 0.02


def test_homes_without_support_are_lost_more_often() -> None:
    """Measured: 0.04 and 0.12 losses a year.  All six seeds by chance: below 2 %."""
    with_support = [c.losses_per_year for c in courses(HOUSING_FIRST)]

    without = [c.losses_per_year for c in courses({**HOUSING_FIRST, **NO_SUPPORT})]

    assert all(b > a for a, b in zip(with_support, without, strict=True))
    assert np.mean(without) > 2.0 * np.mean(with_support)


def test_support_without_homes_barely_moves_housed_time() -> None:
    """Measured: 76.5 % of weeks at home with neither, 76.5 % with support alone, 81.1 % with both."""
    neither = np.mean([c.housed_share for c in courses({**STAIRCASE, **NO_HOMES})])

    support = np.mean([c.housed_share for c in courses({**HOUSING_FIRST, **NO_HOMES})])
    both = np.mean([c.housed_share for c in courses(HOUSING_FIRST)])

    assert both - neither > 0.025
    assert abs(support - neither) < 0.35 * (both - neither)


def test_housing_first_gives_more_housed_time_than_the_staircase() -> None:
    """Everybody who arrived without a home, and those placed, two years on, against the same people otherwise.

    Measured among the placed: 93 to 97 % of their weeks at home, and 29 to 44 % on the staircase.
    """
    staircase = courses(STAIRCASE)

    first = courses(HOUSING_FIRST)

    for a, b in zip(first, staircase, strict=True):
        placed, otherwise = two_years_on(a, b)
        assert a.housed_share > b.housed_share
        assert a.homeless[-104:].mean() < 0.9 * b.homeless[-104:].mean()
        assert placed > otherwise + 0.35


def two_years_on(first: Course, other: Course) -> tuple[float, float]:
    """Share of the two years after placement that the placed were at home, there and in another run."""
    t, c = first.ran.world.tenancies, first.ran.world.citizens
    row = {int(uid): i for i, uid in enumerate(other.ran.world.citizens.uid)}
    here, there = [], []
    for k in np.flatnonzero((t.how == TenancyStart.HOUSING_FIRST) & (t.start_week + 104 < first.ran.weeks)):
        weeks, who = slice(t.start_week[k], t.start_week[k] + 104), t.citizen_row[k]
        here.append((first.housing[weeks, who] == Housing.OWN_HOME).mean())
        there.append((other.housing[weeks, row[int(c.uid[who])]] == Housing.OWN_HOME).mean())
    return float(np.mean(here)), float(np.mean(there))


def test_what_referrals_take_others_wait_for() -> None:
    """Measured: 294 weeks at a share of 0.02, 322 at one of 0.6."""
    few = [c.others_wait for c in courses({**HOUSING_FIRST, ("municipality", "allocation_share"): 0.02})]

    many = [c.others_wait for c in courses({**HOUSING_FIRST, ("municipality", "allocation_share"): 0.6})]

    assert all(b > a for a, b in zip(few, many, strict=True))
    assert np.mean(many) > np.mean(few) + 10.0


PLANNED: Changes = {**HOUSING_FIRST, ("refund_law", "days_counted"): True, ("municipality", "commitment"): 1.0}
"""Days are counted, and politics holds to the plan whatever the sums say."""


def capped(days: int, years: int, commitment: float = 1.0, seed: int = 1) -> Course:
    held = {("refund_law", "shelter_days"): days, ("municipality", "commitment"): commitment}
    return course({**PLANNED, **held}, seed, years)


def test_a_cap_changes_money_and_nobody_where_politics_holds_to_the_plan() -> None:
    """Besides money, what municipalities reckon.  Exact."""
    long, short = capped(120, years=2), capped(90, years=2)

    changed = set(differing(long.ran.world, short.ran.world))
    longs, shorts = (np.abs(c.ran.recorder.net_municipal_ore).sum(axis=0) for c in (long, short))

    money = {"Citizen.refunded_days", "Citizen.net_municipal_ore", "Citizen.year_services_ore", "ledger"}
    sums = {name for name in changed if name.startswith("Reckoning.")}
    worth = {"Municipality.support_worth", "Decision.worth_low", "Decision.worth_moderate", "Decision.worth_complex"}
    assert changed <= money | sums | worth | {"Decision.limit_days"}
    assert {"Reckoning.beyond", "Reckoning.gain_dkk_year"} <= sums
    assert not {"Reckoning.people", "Reckoning.target", "Reckoning.effort"} & sums
    assert 0 < (longs != shorts).sum() < 0.2 * long.ran.world.citizens.size


def test_a_cap_makes_a_municipality_led_by_money_refer_more() -> None:
    """Efforts rise with every seed; referrals over all of them.  Measured: 291 in four years at 120 days, 327 at 30."""
    referred = []

    for seed in SEEDS:
        long, short = (capped(days, 4, commitment=0.0, seed=seed).ran.world for days in (120, 30))
        loose, tight = (w.municipalities.referral_efforts[0].reshape(len(Need), len(Origin)) for w in (long, short))
        assert (tight[:, Origin.SHELTER] > loose[:, Origin.SHELTER]).all()
        assert short.municipalities.efforts[0, Effort.HOUSING] > long.municipalities.efforts[0, Effort.HOUSING]
        referred.append((len(long.referrals), len(short.referrals)))

    assert sum(tight for _, tight in referred) > 1.05 * sum(loose for loose, _ in referred)


def test_stays_below_the_cap_cost_the_same() -> None:
    long, short = capped(120, years=1), capped(90, years=1)

    c = long.ran.world.citizens
    below = c.shelter_days <= 90

    longs, shorts = (x.ran.recorder.net_municipal_ore.sum(axis=0)[: c.size] for x in (long, short))
    assert (below & (c.shelter_days > 0)).sum() > 5
    assert np.array_equal(longs[below], shorts[below])
    assert (shorts[~below] > longs[~below]).all()


def test_prevention_lowers_evictions() -> None:
    """Measured: 16.7 evictions in eight years, and 1.0."""
    none = [c.evictions for c in courses(HOUSING_FIRST)]

    prevented = [c.evictions for c in courses({**HOUSING_FIRST, ("municipality", "prevention"): 0.3})]

    assert all(after < before for before, after in zip(none, prevented, strict=True))
    assert sum(prevented) < 0.3 * sum(none)


def test_more_shelter_beds_lower_the_street_at_once_and_hardly_the_total() -> None:
    """Measured: the street falls by 60 % within the year, the total by 4 %, as shelters train living skills."""
    few = courses(HOUSING_FIRST)

    many = courses({**HOUSING_FIRST, ("beds", "shelter_beds"): 3.0})

    for a, b in zip(few, many, strict=True):
        assert b.street[:4].mean() < a.street[:4].mean()
        assert b.street[4:52].mean() < 0.75 * a.street[4:52].mean()
    total = [np.mean([c.homeless[104:].mean() for c in each]) for each in (few, many)]
    assert total[1] > 0.9 * total[0]


def auc(traits: np.ndarray, lost: np.ndarray) -> float:
    """Area under the curve of a logistic fit, on the data it was fitted to: if anything too high."""
    x = np.column_stack([np.ones(len(traits)), (traits - traits.mean(axis=0)) / traits.std(axis=0)])

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ b
        return float((np.logaddexp(0, z) - lost * z).sum()), x.T @ (1 / (1 + np.exp(-z)) - lost)

    score = x @ minimize(loss, np.zeros(x.shape[1]), jac=True, method="BFGS").x
    ranks = np.empty(len(score))
    ranks[np.argsort(score)] = np.arange(1, len(score) + 1)
    n = lost.sum()
    return float((ranks[lost].sum() - n * (n + 1) / 2) / (n * (len(lost) - n)))


def test_who_will_lose_a_home_cannot_be_seen_at_placement() -> None:
    """Measured: 0.59; below 0.65 from need, skills, ties, age and sex, pooled over three runs of Odense."""
    traits, lost = [], []
    for seed in (1, 2, 3):
        ran = HousingFirstModel("odense", rng=seed).run()
        t, c = ran.world.tenancies, ran.world.citizens
        length = np.where(t.end == TenancyEnd.RUNNING, ran.weeks, t.end_week) - t.start_week
        gone = np.isin(t.end, (TenancyEnd.EVICTED, TenancyEnd.BROKE_DOWN)) & (length <= 156)
        ours = (t.how == TenancyStart.HOUSING_FIRST) & (gone | (length > 156))
        columns = (t.need_at_start, t.skills_at_start, t.ties_at_start, t.age_at_start, c.sex[t.citizen_row])
        traits.append(np.column_stack(columns)[ours])
        lost.append(gone[ours])

    found = auc(np.concatenate(traits), np.concatenate(lost))

    print(f"AUC {found:.3f}, {sum(map(len, lost))} tenancies, {np.concatenate(lost).mean():.3f} lost")
    assert sum(map(len, lost)) > 500
    assert 0.5 < found < 0.65
