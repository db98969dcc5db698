"""What a run of a study leaves."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest

from hfabm.experiments.job import Job
from hfabm.experiments.simulate import simulate
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.metrics.metric import GROUPS
from hfabm.model import HousingFirstModel, read_scenario
from hfabm.population.hamlet import HAMLET
from hfabm.results.compare import replica


@pytest.fixture(scope="module")
def short():
    return dataclasses.replace(read_scenario("odense_ahead"), end=date(2022, 6, 30))


def test_a_run_leaves_what_a_comparison_of_models_finds(short):
    job = Job("a-3", short, 3, date(2022, 1, 1))

    answer = simulate(job)

    model = HousingFirstModel(short, rng=3).run()
    kept = replica(model, date(2022, 1, 1))
    assert answer.hash == kept.hash
    assert answer.outcomes == pytest.approx(kept.outcomes, nan_ok=True, rel=0.0, abs=0.0)
    assert set(answer.outcomes) == {metric.name for metric in OUTCOMES}


def test_payments_by_year_add_up_to_the_payments_of_the_run(short):
    job = Job("a-3", short, 3, short.start)

    answer = simulate(job)

    years = (HousingFirstModel(short, rng=3).weeks) * 7 / 365.25
    assert answer.years == (2020, 2021, 2022)  # the first week begins in December
    assert sum(answer.yearly["public_dkk"]) / years == pytest.approx(answer.outcomes["public_cost_per_year"], rel=1e-3)
    parts = sum(sum(answer.yearly[f"{party}_dkk"]) for party in ("municipality", "state", "region"))
    assert parts == pytest.approx(sum(answer.yearly["public_dkk"]))


def test_person_years_by_group_add_up_to_the_mean_number_of_people(short):
    job = Job("a-3", short, 3, date(2022, 1, 1))

    answer = simulate(job)

    weeks = 26
    assert len(answer.groups["homeless_years"]) == GROUPS * len(answer.municipalities)
    total = np.sum(answer.groups["homeless_years"])
    assert total == pytest.approx(answer.outcomes["homeless_mean"] * weeks * 7 / 365.25, rel=1e-2)


def test_who_looks_on_is_told_of_each_week_and_changes_nothing(short):
    job, told = Job("a-3", short, 3, date(2022, 1, 1), HAMLET), []

    answer = simulate(job, on_week=lambda week: told.append(week.number))

    assert told == list(range(79))
    assert answer.hash == simulate(job).hash


def test_who_looks_on_can_end_a_run(short):
    class Enough(Exception):
        pass

    def after_ten(week):
        if week.number == 10:
            raise Enough

    with pytest.raises(Enough):
        simulate(Job("a-3", short, 3, date(2022, 1, 1), HAMLET), on_week=after_ten)
