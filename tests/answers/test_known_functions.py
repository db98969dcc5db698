"""Functions whose sensitivities are known run as a study would, from its plan to its answer.

References: Ishigami and Homma, 1990, ISUMA 90; Saltelli and Sobol, 1995, Reliability Engineering and System Safety
50(3), for the product ("g") function.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hfabm.answers.sensitivity import Sensitivity, sensitivity
from hfabm.experiments.engines import InProcess
from hfabm.experiments.folder import create
from hfabm.experiments.job import Answer, Job, Simulate
from hfabm.experiments.plan import plan_of
from hfabm.experiments.results import read_results
from hfabm.experiments.runner import execute, to_make
from hfabm.experiments.study import Design, Factor, Kind, Study
from hfabm.experiments.watch import Progress
from hfabm.model import SCENARIOS
from hfabm.parameters.scenario import Scenario

METRIC = "long_term_mean"
WEIGHTS = (0.0, 1.0, 4.5, 9.0)

ISHIGAMI = tuple(Factor(f"x{k}", key=("ishigami", f"x{k}"), low=-math.pi, high=math.pi) for k in (1, 2, 3))
PRODUCT = tuple(Factor(f"x{k}", key=("product", f"x{k}")) for k in (1, 2, 3, 4))


def ishigami(x: Sequence[float]) -> float:
    return math.sin(x[0]) + 7.0 * math.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * math.sin(x[0])


def product(x: Sequence[float]) -> float:
    return math.prod((abs(4.0 * one - 2.0) + weight) / (1.0 + weight) for one, weight in zip(x, WEIGHTS, strict=True))


def exact_of_ishigami() -> tuple[list[float], list[float]]:
    """First-order and total indices."""
    fourth, eighth = math.pi**4, math.pi**8
    alone = [0.5 * (1.0 + 0.1 * fourth / 5.0) ** 2, 49.0 / 8.0, 0.0]
    joint = 0.01 * eighth * (1.0 / 18.0 - 1.0 / 50.0)
    variance = sum(alone) + joint
    return [one / variance for one in alone], [
        (alone[0] + joint) / variance,
        alone[1] / variance,
        joint / variance,
    ]


def exact_of_product() -> tuple[list[float], list[float]]:
    """First-order and total indices."""
    parts = [1.0 / 3.0 / (1.0 + weight) ** 2 for weight in WEIGHTS]
    variance = math.prod(1.0 + part for part in parts) - 1.0
    total = [part * math.prod(1.0 + other for other in parts if other != part) / variance for part in parts]
    return [part / variance for part in parts], total


def simulate_by(function: Callable[[Sequence[float]], float], factors: Sequence[Factor], luck: float = 0.0) -> Simulate:
    """A run whose outcome is a function of what its scenario changes, and some luck."""

    def simulate(job: Job) -> Answer:
        at = [value_of(job.scenario, factor) for factor in factors]
        rng = np.random.default_rng([int(job.run.partition("-")[0], 16), job.seed])
        return Answer(job.run, {METRIC: function(at) + luck * rng.normal()})

    return simulate


def value_of(scenario: Scenario, factor: Factor) -> float:
    assert factor.key is not None
    steps = scenario.changes.get(factor.key)
    return float(steps[-1][1]) if steps else (factor.low + factor.high) / 2.0


def answered(
    folder: Path, factors: Sequence[Factor], design: Design, simulate: Simulate, seeds: int = 1
) -> Sensitivity:
    """The answer of a study, by way of its plan, its runner and its folder."""
    study = Study(
        title="A known function",
        question="Are its sensitivities found?",
        scenarios=(SCENARIOS / "odense_ahead.toml",),
        uncertainties=tuple(factors),
        futures=design,
        metrics={METRIC: "lower"},
        replications=seeds,
        until=date(2028, 12, 31),
    )
    plan = plan_of(study)
    made = create(plan, folder)
    jobs, before = to_make(plan, made)
    # memory is looked through after each run, which these are too short for
    gc.freeze()
    with InProcess(folder, simulate) as engine:
        execute(jobs, made, engine, Progress(folder, quiet=True), before)
    made.close()
    return sensitivity(read_results(folder), METRIC)


def assert_known(found: Sensitivity, exact: tuple[list[float], list[float]]) -> None:
    """Every index lies where it should, and its interval holds it."""
    frame = found.frame.set_index("factor").sort_index()
    for measure, known in zip(("S1", "ST"), exact, strict=True):
        assert frame[measure].tolist() == pytest.approx(known, abs=0.03)
        assert (frame[f"{measure}_low"] <= known).all() and (frame[f"{measure}_high"] >= known).all()


@pytest.mark.slow
def test_sobol_of_ishigami_is_the_known_one(tmp_path: Path) -> None:
    found = answered(tmp_path / "study", ISHIGAMI, Design(Kind.SOBOL, 1024), simulate_by(ishigami, ISHIGAMI))

    assert_known(found, exact_of_ishigami())
    assert found.points == 1024 * 5
    assert found.frame["rank"].tolist() == ["1-2", "1-2", "3"]


@pytest.mark.slow
def test_sobol_of_the_product_is_the_known_one(tmp_path: Path) -> None:
    found = answered(tmp_path / "study", PRODUCT, Design(Kind.SOBOL, 1024), simulate_by(product, PRODUCT))

    assert_known(found, exact_of_product())
    assert found.frame["factor"].tolist() == ["x1", "x2", "x3", "x4"]


def test_morris_of_ishigami_is_that_of_its_steps(tmp_path: Path) -> None:
    """With four levels the second factor moves between places where the function is known."""
    found = answered(tmp_path / "study", ISHIGAMI, Design(Kind.MORRIS, 40), simulate_by(ishigami, ISHIGAMI))

    frame = found.frame.set_index("factor")
    assert frame["mu_star"]["x2"] == pytest.approx(7.0 * 0.75 / (2.0 / 3.0))
    assert frame["mu"]["x1"] > 0.0 and frame["sigma"]["x3"] > frame["mu_star"]["x3"] > 0.0


def test_morris_of_the_product_orders_its_factors(tmp_path: Path) -> None:
    found = answered(tmp_path / "study", PRODUCT, Design(Kind.MORRIS, 40), simulate_by(product, PRODUCT))

    assert found.frame["factor"].tolist() == ["x1", "x2", "x3", "x4"]


def test_pawn_of_the_product_orders_its_factors(tmp_path: Path) -> None:
    design = Design(Kind.LATIN_HYPERCUBE, 300)

    found = answered(tmp_path / "study", PRODUCT, design, simulate_by(product, PRODUCT))

    assert found.frame["factor"].tolist()[:2] == ["x1", "x2"]
    assert found.frame["clear"].tolist() == [True, True, False, False]


def test_the_share_of_luck_is_the_known_one(tmp_path: Path) -> None:
    variance, luck = 13.84, 3.0

    found = answered(
        tmp_path / "study", ISHIGAMI, Design(Kind.LATIN_HYPERCUBE, 250), simulate_by(ishigami, ISHIGAMI, luck), seeds=4
    )

    assert found.noise.share == pytest.approx(luck**2 / (variance + luck**2), abs=0.02)
    assert found.noise.left == pytest.approx(luck**2 / 4 / (variance + luck**2 / 4), abs=0.02)
    assert any(line.startswith("Warning") for line in found.told())
