"""`hfabm explain-decision`: a quarter's sums of a small place, as a caseworker reads them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hfabm.cli import main
from hfabm.model import HousingFirstModel
from hfabm.parameters.scenario import Scenario
from hfabm.population.hamlet import hamlet
from hfabm.population.places import Place
from hfabm.results import store

TOWN = Place("Odense", (hamlet("Odense", code=461),))
RULES_OF_2026 = {
    ("refund_law", "days_counted"): True,
    ("refund_law", "shelter_days"): 90,
    ("refund_law", "support_days"): 730,
    ("municipality", "commitment"): 0.25,
    ("municipality", "workers_icm"): 2.0,
}

Call = Callable[..., tuple[int, str, str]]


def made(seed: int, end: date, **law: object) -> HousingFirstModel:
    bare = Scenario(title="Small", place="odense", start=date(2009, 1, 5), end=end, seed=seed)
    rules = RULES_OF_2026 | {("refund_law", name): value for name, value in law.items()}
    return HousingFirstModel(bare.with_changes(rules), rng=seed, town=TOWN).run()


@pytest.fixture(scope="module")
def ran() -> HousingFirstModel:
    """Half a year and a day: budgets of January, April and July."""
    return made(1, date(2009, 7, 13))


@pytest.fixture
def stored(ran: HousingFirstModel, tmp_path: Path) -> Path:
    store.save(ran, tmp_path / "stored")
    return tmp_path / "stored"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Call:
    """Call the command; exit code, what it printed, what it complained of."""

    def caller(folder: Path, municipality: str = "Odense", day: str = "2009-05-20", *more: str) -> tuple[int, str, str]:
        given = [str(folder), "--municipality", municipality, "--date", day, *more]
        monkeypatch.setattr(sys, "argv", ["hfabm", "explain-decision", *given])
        with pytest.raises(SystemExit) as left:
            main.main()
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return caller


def lines(text: str) -> dict[str, list[str]]:
    """The rows of the table: what is reckoned, and its values."""
    found = {}
    for line in text.splitlines():
        label, *values = [part.strip() for part in line.split("  ") if part.strip()] or [""]
        found[label] = values
    return found


AMOUNTS = (
    "citizens now", "A. without a home", "support", "less refund", "allocation, guarantee", "homes that do not hold",
    "B. in a home", "A less B, a year",
)  # fmt: skip


def number(text: str) -> float:
    return float(text.replace(",", "").rstrip("%"))


def test_the_sums_and_what_was_decided_are_printed(call: Call, stored: Path) -> None:
    code, out, err = call(stored)

    assert (code, err) == (0, "")
    assert out.startswith("Odense, budget of 2009-04-06\n")
    assert "One citizen, 4 years ahead, in kroner of the day, after refunds." in out
    assert "90 nights a running year are co-paid" in out
    assert re.search(r"A home is expected \d+ weeks after referral, \d+ after the need is known\.", out)
    assert re.search(r"social caretakers: \d+% of plan, \d+\.\d wanted", out)
    assert "politics holds 25% of the plan" in out
    for said in ("Decided", "dwellings: ", "ICM: ", "caseworkers wanted", "private places: ", "a year of support"):
        assert said in out
    assert "…" not in out


def test_the_printed_amounts_add_up(call: Call, stored: Path) -> None:
    _, out, _ = call(stored)

    rows = lines(out)
    kinds = len(rows["citizens now"])
    assert kinds >= 2
    for k in range(kinds):
        get = {label: number(rows[label][k]) for label in AMOUNTS}
        home = get["support"] + get["less refund"] + get["allocation, guarantee"] + get["homes that do not hold"]
        assert get["B. in a home"] == pytest.approx(home, abs=2.0)
        assert get["A less B, a year"] == pytest.approx((get["A. without a home"] - get["B. in a home"]) / 4, abs=1.0)
        assert get["citizens now"] > 0


@pytest.mark.parametrize(
    ("day", "budget"),
    [
        ("2009-01-05", "2009-01-05"),
        ("2009-04-05", "2009-01-05"),
        ("2009-04-06", "2009-04-06"),
        ("2009-07-13", "2009-07-06"),
    ],
)
def test_the_budget_in_force_on_the_day_is_shown(call: Call, stored: Path, day: str, budget: str) -> None:
    code, out, _ = call(stored, "Odense", day)

    assert code == 0
    assert out.startswith(f"Odense, budget of {budget}\n")


def test_json_is_one_object_with_all_kinds(call: Call, stored: Path, ran: HousingFirstModel) -> None:
    code, out, err = call(stored, "odense", "2009-05-20", "--json")

    said = json.loads(out)
    sums, decision = said["sums"], said["decision"]
    assert (code, err) == (0, "")
    assert (said["version"], said["municipality"], said["date"]) == (1, "Odense", "2009-04-06")
    assert [(each["need"], each["origin"]) for each in sums[:4]] == [
        ("low", "shelter"), ("low", "refund_in_view"), ("low", "no_refund"), ("moderate", "shelter"),
    ]  # fmt: skip
    assert len(sums) == 9
    assert (decision["commitment"], decision["limit_days"], decision["horizon_years"]) == (0.25, 90, 4)
    assert decision["home_weeks"] == pytest.approx(float(ran.world.decisions.home_weeks[1]))
    assert decision["home_weeks"] > 0.0
    assert decision["workers_icm"] == pytest.approx(2.0 * decision["effort_icm"])
    assert sums[0]["gain_dkk_year"] == pytest.approx(float(ran.world.reckonings.gain_dkk_year[9]))


def test_an_unknown_municipality_is_answered_with_the_nearest(call: Call, stored: Path) -> None:
    code, out, err = call(stored, "Odens")

    assert (code, out) == (2, "")
    assert "--municipality Odens: this run has no such municipality." in err
    assert "Odense" in err.split("municipality.")[1]


@pytest.mark.parametrize("day", ["2009-01-04", "2009-07-14", "2030-01-01"])
def test_a_day_outside_the_run_is_refused_with_what_there_is(call: Call, stored: Path, day: str) -> None:
    code, out, err = call(stored, "Odense", day)

    assert (code, out) == (2, "")
    assert f"--date {day}: the run goes from 2009-01-05 to 2009-07-13. Choose a day in it" in err


def test_damaged_results_are_not_explained(call: Call, stored: Path) -> None:
    (stored / "sums.parquet").write_bytes(b"nothing")

    code, out, err = call(stored)

    assert (code, out) == (3, "")
    assert "sums.parquet" in err


def test_a_folder_without_results_is_not_explained(call: Call, tmp_path: Path) -> None:
    code, out, err = call(tmp_path / "nowhere")

    assert (code, out) == (3, "")
    assert "nowhere" in err and "internal error" not in err


def test_a_study_is_answered_with_its_runs(call: Call, tmp_path: Path) -> None:
    folder, manifests = tmp_path / "study", []
    for seed in (1, 2):
        (folder / f"seed-{seed}").mkdir(parents=True)
        manifests.append(store.write_run(made(seed, date(2009, 1, 12)), folder / f"seed-{seed}"))
    store.write_study(manifests, folder)

    code, out, err = call(folder)
    one, _, _ = call(folder / "seed-2", "Odense", "2009-01-07")

    assert (code, out) == (2, "")
    assert "is a study of several runs" in err and "seed-1, seed-2" in err
    assert one == 0


@pytest.mark.parametrize(
    ("law", "said", "limit"),
    [
        ({"days_counted": False}, "Shelter nights: no limit.", -1),
        ({"shelter_days": 0}, "Shelter nights: 0 nights a running year are co-paid.", 0),
    ],
    ids=["none counted", "none co-paid"],
)
def test_no_limit_and_a_limit_of_no_nights_are_told_apart(
    call: Call, tmp_path: Path, law: dict[str, object], said: str, limit: int
) -> None:
    store.save(made(1, date(2009, 1, 12), **law), tmp_path / "stored")

    _, out, _ = call(tmp_path / "stored", "Odense", "2009-01-07")
    _, printed, _ = call(tmp_path / "stored", "Odense", "2009-01-07", "--json")

    assert said in out
    assert json.loads(printed)["decision"]["limit_days"] == limit
