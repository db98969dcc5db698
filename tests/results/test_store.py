"""Results on disk: whole or not at all, and as they were written."""

from __future__ import annotations

import errno
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hfabm.parameters.scenario import Scenario
from hfabm.results import store
from hfabm.results.load import load, load_all, run_of
from hfabm.results.manifest import MANIFEST, content_hash, study_hash
from hfabm.results.store import DamagedResults, OutputError
from hfabm.results.tables import TABLES

Make = Callable[..., Any]


def test_what_is_stored_is_what_was_run(model: Any, stored: Path) -> None:
    run, live = load(stored), run_of(model)

    for name in TABLES:
        pd.testing.assert_frame_equal(run.table(name), live.table(name), check_dtype=False, check_categorical=False)
    assert run.manifest["hash"] == content_hash(model) == store.hash_of(stored)
    assert run.weekly["homeless"].sum() == model.recorder.series("homeless").sum()
    assert run.ledger["ore"].sum() == 0
    assert run.outcomes["homeless_mean"] == pytest.approx(float(model.recorder.series("homeless").mean()))


def test_the_manifest_says_what_was_run(model: Any, stored: Path) -> None:
    manifest = load(stored).manifest

    assert manifest["scenario"] == model.policy.as_toml()
    assert manifest["parameters"]["observation.sofa"] == [{"from": None, "value": 0.6}]
    assert set(manifest["versions"]) >= {"python", "numpy", "numba", "mesa", "hfabm"}
    assert (manifest["weeks"], manifest["seed"]) == (103, 1)
    assert set(manifest["files"]) == {f"{name}.parquet" for name in TABLES}
    assert {m["name"] for m in manifest["metrics"]} >= {"homeless", "evicted", "homeless_mean"}


def test_events_are_stored_when_asked_for(model: Any, stored: Path, tmp_path: Path) -> None:
    store.save(model, tmp_path / "events", events=True)
    run = load(tmp_path / "events")

    assert len(run.tenancies) == len(model.world.tenancies)
    assert set(run.tenancies["end"]) <= {
        "running",
        "evicted",
        "broke_down",
        "moved_home",
        "moved_away",
        "died",
    } | {"no_longer_at_risk"}
    assert run.tenancies["end_week"].isna().sum() == (run.tenancies["end"] == "running").sum()
    with pytest.raises(AttributeError, match="no table 'tenancies': run again with --events"):
        _ = load(stored).tenancies


def test_the_hash_is_of_the_content_alone(model: Any, run_hamlet: Make) -> None:
    again, other = run_hamlet(), run_hamlet(seed=2)
    copied = pickle.loads(pickle.dumps(again))

    assert content_hash(again) == content_hash(model) == content_hash(copied)
    assert content_hash(other) != content_hash(model)
    again.recorder.by_group[3, 2, 1] += 1
    assert content_hash(again) != content_hash(model)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_behind_when_writing_fails(
    model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    written = []

    def fails(frame: pd.DataFrame, path: Path) -> None:
        path.write_bytes(b"half")
        written.append(path)
        if len(written) == 3:
            raise error

    monkeypatch.setattr(store, "write_table", fails)
    expected = OutputError if isinstance(error, OSError) else KeyboardInterrupt

    with pytest.raises(expected) as caught:
        store.save(model, tmp_path / "out")

    assert list(tmp_path.iterdir()) == []
    if isinstance(error, OSError):
        assert "No space left on device" in str(caught.value) and str(tmp_path / "out") in str(caught.value)


def test_a_folder_that_fills_up_meanwhile_is_not_touched(model: Any, tmp_path: Path) -> None:
    target = tmp_path / "out"

    with pytest.raises(OutputError), store.new_folder(target) as new:
        (new.path / "ours").touch()
        target.mkdir()
        (target / "theirs").touch()

    assert [p.name for p in target.iterdir()] == ["theirs"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_two_runs_of_one_name_get_two_folders(tmp_path: Path) -> None:
    for _ in range(3):
        with store.new_folder(tmp_path / "run", or_next=True) as new:
            (new.path / "file").touch()

    assert sorted(p.name for p in tmp_path.iterdir()) == ["run", "run-2", "run-3"]


def test_where_results_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    from datetime import date

    scenario = Scenario(title="My town!", place="odense", start=date(2009, 1, 1), end=date(2010, 1, 1))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    (tmp_path / "empty").mkdir()

    name = f"my_town-7-{scenario.digest()[:6]}"
    assert store.folder_for(scenario, 7, None) == Path("runs") / name
    Path("runs", name).mkdir(parents=True)
    assert store.folder_for(scenario, 7, None) == Path("runs") / f"{name}-2"
    assert store.folder_for(scenario, 7, tmp_path / "empty") == tmp_path / "empty"
    with pytest.raises(OutputError, match="is not empty"):
        store.folder_for(scenario, 7, tmp_path / "full")
    with pytest.raises(OutputError, match="is a file"):
        store.folder_for(scenario, 7, tmp_path / "full" / "file")


def test_a_changed_file_is_noticed(stored: Path) -> None:
    path = stored / "weekly.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)

    with pytest.raises(DamagedResults, match=r"weekly\.parquet: was changed"):
        store.hash_of(stored)


def test_a_missing_file_is_noticed(stored: Path) -> None:
    (stored / "ledger.parquet").unlink()

    with pytest.raises(DamagedResults, match=r"ledger\.parquet: is missing"):
        load(stored)


@pytest.mark.parametrize("edit", [{"hash": "0" * 64}, {"files": {}}, {"seed": 2}])
def test_a_changed_manifest_is_noticed(stored: Path, edit: dict[str, Any]) -> None:
    path = stored / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | edit), encoding="utf-8")

    with pytest.raises(DamagedResults, match="was changed after it was written"):
        store.hash_of(stored)


def test_what_is_no_folder_of_results_is_said(tmp_path: Path, stored: Path) -> None:
    (stored / MANIFEST).write_text("{", encoding="utf-8")

    for folder, said in (
        (tmp_path / "nowhere", "does not exist"),
        (tmp_path, "has no manifest.json"),
        (stored / "weekly.parquet", "is a file"),
        (stored, "cannot be read"),
    ):
        with pytest.raises(DamagedResults, match=said):
            store.hash_of(folder)


def test_a_study_is_the_hash_of_its_runs(model: Any, run_hamlet: Make, tmp_path: Path) -> None:
    models = [model, run_hamlet(seed=2)]
    with store.new_folder(tmp_path / "study") as new:
        manifests = []
        for one in models:
            folder = new.path / f"seed-{one.world.seed}"
            folder.mkdir()
            manifests.append(store.write_run(one, folder))
        store.write_study(manifests, new.path)

    assert store.hash_of(tmp_path / "study") == study_hash([content_hash(m) for m in models])
    assert [run.manifest["seed"] for run in load_all(tmp_path / "study")] == [1, 2]
    with pytest.raises(ValueError, match="study of several runs"):
        load(tmp_path / "study")
    (tmp_path / "study" / "seed-2" / "costs.parquet").unlink()
    with pytest.raises(DamagedResults, match="seed-2"):
        store.hash_of(tmp_path / "study")


def test_yearly_agrees_with_weekly(stored: Path) -> None:
    run = load(stored)
    year = run.yearly.set_index("year").loc[2010]
    weeks = run.weekly[[day.isocalendar().year == 2010 for day in run.weekly["date"]]]

    assert year["homeless_mean"] == pytest.approx(weeks.groupby("week")["homeless"].sum().mean())
    assert year["shelter_nights"] == weeks["shelter_nights"].sum()
    nights = year["shelter_users"] * year["shelter_days_per_user"]
    assert nights == pytest.approx(year["shelter_nights"])
    parts = run.costs[(run.costs["year"] == 2010) & run.costs["party"].isin(["municipality", "state", "region"])]
    assert parts["dkk_base_year"].sum() == pytest.approx(year["public_dkk"])
    assert np.isfinite(run.retention["share"]).any()
