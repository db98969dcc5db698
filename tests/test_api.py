"""hfabm in Python: small, and the same numbers as the command line."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

import hfabm
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.model import SCENARIOS, read_scenario
from hfabm.parameters.faults import ScenarioError

UNTIL = date(2021, 3, 31)


def test_run_gives_a_row_for_each_seed() -> None:
    runs = hfabm.run("odense_ahead", replications=2, seed=4, until=UNTIL)

    short = dataclasses.replace(read_scenario("odense_ahead"), end=UNTIL)
    model = hfabm.HousingFirstModel(short, rng=5).run()
    assert list(runs["seed"]) == [4, 5]
    assert set(runs.columns) == {"seed", "hash", *(metric.name for metric in OUTCOMES)}
    assert runs["homeless_mean"][1] == model.recorder.series("homeless").mean()


def test_compare_is_paired_and_counts_from_the_first_difference(tmp_path: Path) -> None:
    package = tmp_path / "homes.toml"
    package.write_text('title = "Homes"\n[supply]\nnew_cheap = { 2021-01-11 = 600 }\n', encoding="utf-8")

    table = hfabm.compare("odense_ahead", package, replications=2, until=UNTIL)

    row = table[table["metric"] == "public_cost_per_year"].iloc[0]
    assert set(table["package"]) == {"homes"}
    assert row["seeds"] == 2
    assert row["difference"] > 0.0
    assert row["b"] == pytest.approx(row["a"] + row["difference"])


def test_the_same_scenario_differs_by_nothing() -> None:
    same = dataclasses.replace(read_scenario("odense_ahead"), end=UNTIL)

    table = hfabm.compare(same, same, replications=1)

    assert (table["difference"].dropna() == 0.0).all()


@pytest.mark.slow
def test_workers_change_nothing() -> None:
    alone = hfabm.run("odense_ahead", replications=2, until=UNTIL)

    several = hfabm.run("odense_ahead", replications=2, until=UNTIL, workers=2)

    assert list(several["hash"]) == list(alone["hash"])


def test_experiment_and_analyse_give_frames(tmp_path: Path) -> None:
    choices = tuple(hfabm.experiments.study.Choice(f"{n}", value=float(n)) for n in (0, 600))
    lever = hfabm.experiments.study.Factor("homes", "", "", choices, ("supply", "new_cheap"), date(2021, 1, 11))
    study = hfabm.Study(
        "Homes", "Do they help?", (SCENARIOS / "odense_ahead.toml",), (lever,), until=UNTIL, replications=2,
        policies=hfabm.experiments.study.Design(hfabm.experiments.study.Kind.GRID),
        metrics={"home_years_per_year": "higher", "public_cost_per_year": "lower"},
    )  # fmt: skip

    results = hfabm.experiment(study, out=tmp_path / "out", workers=1)
    answers = hfabm.analyse(tmp_path / "out")

    assert len(results.runs) == 4
    assert set(results.yearly.columns) >= {"policy", "seed", "year", "public_dkk"}
    assert set(results.groups.columns) >= {"age", "sex", "need", "home_years"}
    assert "effects" in answers.tables
    assert answers.answer


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(ScenarioError, match="Did you mean 'odense.toml'"):
        hfabm.run("odens")
