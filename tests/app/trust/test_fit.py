"""Simulated against observed: stored runs of the same history are found, others are not, and some can be made."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hfabm.app.trust.fit import Fit, make_runs, stored
from hfabm.app.trust.fit_chart import Compared, fit_option
from hfabm.app.trust.fit_view import period, quantity
from hfabm.app.work.failures import Cancelled
from hfabm.language import Language, has
from hfabm.model import SCENARIOS, HousingFirstModel, read_scenario
from hfabm.population.hamlet import HAMLET
from hfabm.results.load import run_of
from hfabm.results.observed import observations
from hfabm.results.store import save, write_study


def ran(scenario: str, seed: int) -> HousingFirstModel:
    model = HousingFirstModel(read_scenario(SCENARIOS / f"{scenario}.toml"), rng=seed, town=HAMLET)
    return model.run()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stored: one run of another scenario, and a study of two of the history."""
    root = tmp_path_factory.mktemp("runs")
    save(ran("odense_staircase", 1), root / "odense_staircase-1")
    two = root / "odense-1x2"
    two.mkdir()
    write_study([save(ran("odense", seed), two / f"seed-{seed}") for seed in (1, 2)], two)
    return root


def test_without_stored_runs_there_is_no_fit(tmp_path: Path) -> None:
    assert stored(tmp_path / "runs") is None
    assert stored(tmp_path) is None


@pytest.mark.slow
def test_runs_of_the_history_are_found_and_others_are_not(runs: Path) -> None:
    fit = stored(runs)

    assert fit is not None
    assert fit.runs == 2
    assert Path(fit.where).name == "odense-1x2"


@pytest.mark.slow
def test_damaged_runs_are_passed_over(runs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "odense"
    save(ran("odense", 1), folder)
    (folder / "yearly.parquet").write_bytes(b"nothing")

    assert stored(tmp_path) is None


@pytest.mark.slow
def test_runs_are_made_with_progress_to_the_last_week() -> None:
    told: list[tuple[int, int]] = []

    fit = make_runs(lambda done, total: told.append((done, total)), lambda: False, seeds=2, town=HAMLET)

    assert fit.runs == 2
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert 0 <= fit.within <= len(fit.table)


def test_making_runs_stops_in_the_week_that_somebody_asks_for_it() -> None:
    asked = iter([False, False, True])
    told: list[int] = []

    with pytest.raises(Cancelled):
        make_runs(lambda done, _: told.append(done), lambda: next(asked), town=HAMLET)

    assert told == [1]


def test_a_fit_counts_what_is_near() -> None:
    fit = Fit(pd.DataFrame({"verdict": ["within", "outside", "within"]}), 1)

    assert fit.within == 2


def test_the_picture_has_a_band_a_range_and_a_dot_for_each_and_fills_what_is_near() -> None:
    rows = [Compared("near", 1.1, 0.9, 1.3, 1.5, True), Compared("far", 3.0, 2.5, 9.0, 2.0, False)]

    option = fit_option(rows, "Simulated ÷ observed")

    clear, near, ranges, dots = option["series"]
    assert clear["data"][1] + near["data"][1] == pytest.approx(2.0)
    assert clear["data"][0] == pytest.approx(1.0 / 1.5)
    assert ranges["data"][1][3] == option["xAxis"]["max"]
    filled = [dot["itemStyle"]["color"] != "#ffffff" for dot in dots["data"]]
    assert filled == [True, False]


def test_an_observation_of_the_other_sign_keeps_its_dot_in_the_picture() -> None:
    option = fit_option([Compared("fell", -0.4, -0.7, 0.1, 2.0, False)], "x")

    assert option["xAxis"]["min"] <= -0.7


def test_periods_are_written_in_the_language() -> None:
    assert period("to 2020", Language.DA) == "til 2020"
    assert period("2011-2016", Language.EN) == "2011–2016"


@pytest.mark.slow
def test_all_that_is_observed_has_danish_names() -> None:
    run = run_of(ran("odense", 1))
    run.yearly["municipality"] = "Odense"

    names = {one.quantity for one in observations([run])}

    assert len(names) >= 6
    for name in names:
        assert has(f"trust.quantity.{name}")
        assert has(f"trust.short.{name}")
        assert quantity(name, Language.DA) != quantity(name, Language.EN)
