"""How long a study will take and how much room it needs, from runs that were made or from a short one."""

from __future__ import annotations

import dataclasses
import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hfabm.calendar import week_of
from hfabm.experiments.job import Job
from hfabm.experiments.plan import Plan
from hfabm.experiments.segments import SEGMENTS, names_of, taken
from hfabm.experiments.simulate import simulate

TRIED = timedelta(weeks=26)
"""What is run of the base to learn how fast this machine is."""
BYTES = 25_000
"""Room that a run takes where none is made: most of it is the names of its columns, again in each segment."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a study asks for.

    Attributes:
        seconds: Work of one run.
        minutes: Time for all of them.
        megabytes: Room for all of them.
        from_runs: Was it learned from runs of the study itself?
    """

    seconds: float
    minutes: float
    megabytes: float
    from_runs: bool


def estimate(plan: Plan, workers: int, folder: Path | None = None) -> Estimate:
    """Estimate what the runs of a plan take.

    Args:
        plan: The plan.
        workers: How many work at a time.
        folder: Where runs of it may have been made.
    """
    # of damaged segments the runner tells, when it makes their runs again
    done = taken(folder) if folder else []
    if folder is not None and done:
        seconds, learned = statistics.median(done), True
        size = sum((folder / SEGMENTS / name).stat().st_size for name in names_of(folder)) / len(done)
    else:
        seconds, learned, size = _tried(plan), False, float(BYTES)
    return Estimate(seconds, plan.runs * seconds / workers / 60.0, plan.runs * size / 1e6, learned)


def _tried(plan: Plan) -> float:
    """Seconds of a run: a short one of the base, and one of hardly any week, to tell weeks from the rest."""
    scenario = plan.policies[0].scenario
    weeks = week_of(scenario.start, scenario.end) + 1
    taken = []
    # the first run also opens what all others find open
    for length in (timedelta(weeks=1), timedelta(weeks=1), min(TRIED, scenario.end - scenario.start)):
        short = dataclasses.replace(scenario, end=scenario.start + length)
        began = time.perf_counter()
        simulate(Job("tried", short, plan.seeds[0], short.start, plan.town))
        taken.append((week_of(short.start, short.end) + 1, time.perf_counter() - began))
    _, (few, least), (more, longer) = taken
    week = max(0.0, (longer - least) / max(1, more - few))
    return least + week * (weeks - few)
