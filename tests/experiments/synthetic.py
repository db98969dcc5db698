"""Runs that take no time: a study of the hamlet of numbers, importable by workers."""

from __future__ import annotations

import os
import signal
from datetime import date
from pathlib import Path

from hfabm.experiments.job import Answer, Job
from hfabm.experiments.study import Choice, Design, Factor, Kind, Study
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.model import SCENARIOS

HOMES = ("supply", "new_cheap")
COMMITMENT = ("municipality", "commitment")
UNTIL = date(2021, 3, 31)


def homes(*values: float) -> Factor:
    choices = tuple(Choice(f"{value:g}", value=float(value)) for value in values)
    return Factor("homes", "New homes", "dwellings/year", choices, HOMES, date(2021, 1, 11))


def study(*values: float, seeds: int = 3, **more: object) -> Study:
    told = {
        "title": "Numbers",
        "question": "Do they add up?",
        "scenarios": (SCENARIOS / "odense_ahead.toml",),
        "levers": (homes(*(values or (0, 200, 400))),),
        "policies": Design(Kind.GRID),
        "metrics": {"homeless_mean": "lower", "public_cost_per_year": "lower"},
        "replications": seeds,
        "until": UNTIL,
    }
    return Study(**{**told, **more})  # type: ignore[arg-type]


def value_of(job: Job, key: tuple[str, str], default: float = 0.0) -> float:
    steps = job.scenario.changes.get(key, ())
    return float(steps[-1][1]) if steps else default


def numbers(job: Job) -> Answer:
    """Homelessness falls by a hundredth of a person a home; every seed has luck of its own."""
    built = value_of(job, HOMES)
    outcomes = {metric.name: 1.0 for metric in OUTCOMES}
    outcomes |= {"homeless_mean": 100.0 + job.seed - built / 100.0, "public_cost_per_year": 1e6 + 1e4 * built}
    years = (2021, 2022)
    yearly = {f"{payer}_dkk": (1.0 + built, 2.0) for payer in ("public", "municipality", "state", "region")}
    return Answer(f"{job.run}", outcomes, years, yearly | {"homeless": (1.0, 2.0)})


def failing(job: Job) -> Answer:
    """As `numbers`, but the second seed of the largest policy raises an error."""
    if job.seed == 2 and value_of(job, HOMES) == 400.0:
        raise ZeroDivisionError("nobody to divide by")
    return numbers(job)


def deadly(job: Job) -> Answer:
    """As `numbers`, but the second seed of the largest policy kills whoever tries it."""
    if job.seed == 2 and value_of(job, HOMES) == 400.0:
        os.kill(os.getpid(), signal.SIGKILL)
    return numbers(job)


def here() -> Path:
    return Path(__file__).parent
