"""Runs with known answers, importable by workers, and comparisons of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path

from hfabm.app.compare.answer import compared
from hfabm.app.compare.comparison import results_of
from hfabm.app.compare.found import Compared
from hfabm.app.compare.request import Reform, Request, plan_for, sameness
from hfabm.app.compare.runs import Made, OnWeek
from hfabm.app.work.failures import Cancelled, Failed, Kind, Lost
from hfabm.calendar import Week
from hfabm.experiments.job import Answer, Job, Status
from hfabm.experiments.plan import Plan
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.metrics.groups import labels
from hfabm.metrics.metric import GROUPS
from hfabm.model import SCENARIOS

REFORMS = SCENARIOS / "reforms"
SIXTY = Reform("60 days", (REFORMS / "05d_cap_60_days.toml",))
THIRTY = Reform("30 days", (REFORMS / "05_cap_30_days.toml",))
PLACEBO = Reform("Nothing", ())
UNTIL = date(2030, 12, 31)
LUCK = {1: 0.0, 2: 3.0, 3: -1.0}
"""What a seed adds with base and reform alike."""
FEWER = {1: 10.0, 2: 12.0, 3: 14.0}
"""How many fewer are in long-term homelessness with 60 days: 12 on the mean, with a spread of 2."""
YEARS = (2026, 2027, 2028, 2029, 2030)
EXTRA = {1: (0.0, 3e6, -1e6, -4e6, 0.0), 2: (0.0, 3e6, 1e6, 1e6, 1e6), 3: (0.0, 3e6, -1e6, -1e6, -4e6)}
"""What 60 days cost the municipality more, by seed and year."""


def request(*reforms: Reform, replications: int = 3, **more: object) -> Request:
    told = {"base": "odense_ahead", "reforms": reforms or (SIXTY,), "replications": replications, "until": UNTIL}
    return Request(**{**told, **more})  # type: ignore[arg-type]


def days(job: Job) -> float:
    """Days of a shelter stay that are co-paid at the end: 90 with the base."""
    steps = job.scenario.changes.get(("refund_law", "shelter_days"), ((UNTIL, 90.0),))
    return float(steps[-1][1])


def invented(job: Job, on_week: OnWeek | None = None) -> Answer:
    """60 days do what stands above; 30 days do something to nobody's clear gain."""
    moved = days(job) == 60.0
    unsure = (job.seed - 2) * 5.0 if days(job) == 30.0 else 0.0
    outcomes = {metric.name: 1.0 for metric in OUTCOMES}
    fewer = FEWER[job.seed] if moved else unsure
    extra = EXTRA[job.seed] if moved else (0.0,) * len(YEARS)
    outcomes["long_term_mean"] = 100.0 + LUCK[job.seed] - fewer
    outcomes["home_years_per_year"] = 500.0 + LUCK[job.seed] + fewer
    outcomes["weeks_to_home"] = float("nan") if job.seed == 3 else 20.0 - (2.0 if moved else 0.0)
    outcomes["municipal_cost_per_year"] = 700e6 + LUCK[job.seed] + sum(extra) / 4.0
    yearly = {f"{payer}_dkk": tuple(1e6 + cost for cost in extra) for payer in ("municipality", "public")}
    yearly |= {f"{payer}_dkk": (1e6,) * len(YEARS) for payer in ("state", "region")}
    yearly["homeless"] = tuple(200.0 + LUCK[job.seed] - (fewer if year > 2026 else 0.0) for year in YEARS)
    young = [labels(group)[0] == "18-24" for group in range(GROUPS)]
    groups = {
        "homeless_years": tuple(8.0 - (fewer / 10.0 if young[group] else 0.0) for group in range(GROUPS)),
        "home_years": tuple(24.0 for _ in range(GROUPS)),
        "long_term_years": tuple(4.0 for _ in range(GROUPS)),
    }
    return Answer(f"{days(job)} {job.seed} {fewer}", outcomes, YEARS, yearly, groups, ("Odense",))


def deadly(job: Job, on_week: OnWeek | None = None) -> Answer:
    """As `invented`, but the second seed of 60 days kills whoever tries it."""
    if job.seed == 2 and days(job) == 60.0:
        os.kill(os.getpid(), signal.SIGKILL)
    return invented(job)


def endless(job: Job, on_week: OnWeek | None = None) -> Answer:
    """As `invented`, but with 60 days no week is the last."""
    if days(job) == 60.0:
        for number in count():
            if on_week is not None:
                on_week(Week(number, job.seed, job.seed, UNTIL))  # type: ignore[arg-type]
    return invented(job)


def made(jobs: Iterable[Job]) -> list[Made]:
    return [Made(job, Status.DONE, invented(job), 1.0) for job in jobs]


def found(asked: Request, seeds: tuple[int, ...] = (1, 2, 3)) -> Compared:
    """What a comparison of invented runs finds."""
    plan: Plan = plan_for(asked)
    return compared(plan, results_of(plan, made(plan.jobs())), seeds, sameness(plan))


def package(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(f'title = "Own"\n{text}', encoding="utf-8")
    return path


class Here:
    """A worker in this process: invented answers, and a list of what it was asked to run."""

    def __init__(self, asked: list[Job], lost: dict[int, int] | None = None) -> None:
        self.asked, self.closed = asked, False
        self.lost = {} if lost is None else lost

    def call(self, method: str, job: Job, on_progress: object = None) -> Answer:
        assert method == "run"
        self.asked.append(job)
        if self.lost.get(job.seed, 0):
            self.lost[job.seed] -= 1
            raise Lost("gone")
        if job.seed == -1:
            raise Failed(Kind.UNEXPECTED, "nobody to divide by")
        if job.seed == -2:
            raise Cancelled
        return Answer(job.run, {})

    def cancel(self) -> None: ...

    def close(self) -> None:
        self.closed = True
