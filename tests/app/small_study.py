"""A study that is made in seconds: runs that are worked out rather than simulated, with every answer a study has."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import numpy as np

from hfabm.experiments.job import Answer, Job
from hfabm.experiments.making import Wish, make
from hfabm.experiments.plan import plan_of
from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.metrics.groups import labels
from hfabm.metrics.metric import GROUPS
from hfabm.model import SCENARIOS
from hfabm.randomness import uniform, week_key

HOMES, OFFERS, COMMITMENT = (
    ("supply", "new_cheap"),
    ("referral", "offers_before_struck_off"),
    ("municipality", "commitment"),
)
SINCE, UNTIL = date(2027, 1, 4), date(2030, 12, 29)
YEARS = (2027, 2028, 2029, 2030)
TITLE = "Homes and offers"


def small_study(futures: int = 40, seeds: int = 3) -> Study:
    """A grid of two levers in futures of one uncertainty."""
    homes = tuple(Choice(f"{value:g}", value=value) for value in (0.0, 20.0, 60.0))
    offers = tuple(Choice(f"{value}", value=value) for value in (1, 3))
    return Study(
        title=TITLE,
        question="Do homes help more where three are offered?",
        scenarios=(SCENARIOS / "odense_ahead.toml",),
        levers=(
            Factor("cheap_homes", "New cheap homes a year", "dwellings/year", homes, HOMES, SINCE),
            Factor("offers", "Offers before somebody is struck off", "count", offers, OFFERS, SINCE),
        ),
        uncertainties=(Factor("commitment", "How far politics holds the plan", "share", key=COMMITMENT, low=0.2),),
        policies=Design(Kind.GRID),
        futures=Design(Kind.LATIN_HYPERCUBE, futures),
        metrics={"homeless_mean": "lower", "home_years_per_year": "higher", "public_cost_per_year": "lower"},
        replications=seeds,
        until=UNTIL,
        budget=Limit("public_cost_per_year", 20e6),
    )


def worked_out(job: Job) -> Answer:
    """Homes help where politics is committed, offers always a little; homes cost, and pay back in the third year."""
    homes, offers, commitment = (_value(job, key, at) for key, at in ((HOMES, 0.0), (OFFERS, 1.0), (COMMITMENT, 0.7)))
    luck = uniform(week_key(job.seed, 1), 1, 1)
    own = uniform(week_key(job.seed, 2), 1, int(1e6 * commitment))
    helped = homes * (commitment - 0.45) / 6.0 + (offers - 1.0) * 1.5 + (luck + own - 1.0) * homes / 60.0
    cost = 0.25e6 * homes - 0.3e6 * helped
    outcomes = {metric.name: 1.0 for metric in OUTCOMES} | {
        "homeless_mean": 150.0 - helped + 8.0 * luck,
        "home_years_per_year": 500.0 + helped - 8.0 * luck,
        "public_cost_per_year": 700e6 + cost + 2e6 * luck,
    }
    course = [0.25e6 * homes * (1.0 if year < 2029 else -1.4) for year in YEARS]
    shares = {"public": 1.0, "municipality": 0.5, "state": 0.4, "region": 0.1}
    yearly = {f"{payer}_dkk": tuple(100e6 + part * value for value in course) for payer, part in shares.items()}
    weight = np.array([0.4 if labels(group)[2] == "complex" else 1.3 for group in range(GROUPS)])
    gained = helped * weight / weight.sum()
    groups = {
        "home_years": tuple(20.0 + gained), "homeless_years": tuple(6.0 - gained),
        "long_term_years": tuple(1.0 + 0.0 * gained),
    }  # fmt: skip
    return Answer(job.run, outcomes, YEARS, yearly, groups, ("Odense",))


def write_small_study(folder: Path, futures: int = 40, seeds: int = 3) -> None:
    """Write the folder of the study, with all runs made.

    Args:
        folder: Where to; it must not exist.
        futures: Futures beside that of the scenario.
        seeds: Seeds for each policy and future.
    """
    gc.collect()
    gc.freeze()  # each run looks for circles, and would look through all that tests before have left
    make(plan_of(small_study(futures, seeds)), Wish(folder, quiet=True), worked_out)


def _value(job: Job, key: tuple[str, str], otherwise: float) -> float:
    steps = job.scenario.changes.get(key, ())
    return float(steps[-1][1]) if steps else otherwise
