"""The folder of a study: who may go on with it, and with what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from synthetic import homes, numbers, study

from hfabm.experiments import folder as folders
from hfabm.experiments.engines import InProcess
from hfabm.experiments.folder import WrongFolder, create, is_begun, reopen
from hfabm.experiments.lock import Locked, Shard, is_running, locked
from hfabm.experiments.making import Wish, make, opened
from hfabm.experiments.plan import plan_of
from hfabm.experiments.results import read_results
from hfabm.experiments.segments import SEGMENTS, finished, names_of
from hfabm.experiments.study import Design, Factor, Kind
from hfabm.results.manifest import DamagedResults, read_manifest


def made(path: Path, *values: float, **more: object):
    return make(plan_of(study(*values)), Wish(path, quiet=True, **more), numbers)  # type: ignore[arg-type]


def test_a_folder_says_what_it_is_of(tmp_path: Path) -> None:
    folder, summary = made(tmp_path / "out", 0, 200)

    manifest = read_manifest(folder.path)

    assert summary.made == 6
    assert manifest["kind"] == "experiment"
    assert manifest["counts"] == {"done": 6}
    assert manifest["segments"] == names_of(folder.path)
    assert json.loads((folder.path / "study.json").read_text())["title"] == "Numbers"
    assert {path.name for path in folder.path.iterdir()} >= {"policies.parquet", "futures.parquet", "points.parquet"}


def test_results_are_the_design_and_what_was_made(tmp_path: Path) -> None:
    folder, _ = made(tmp_path / "out", 0, 200)

    results = read_results(folder.path)

    assert list(results.policies["homes"]) == [0.0, 200.0]
    assert len(results.runs) == 6
    assert results.missing.empty
    effect = results.runs.pivot(index="seed", columns="policy", values="homeless_mean")
    assert (effect[1] - effect[0]).tolist() == [-2.0, -2.0, -2.0]
    assert set(results.yearly.columns) >= {"year", "public_dkk"}


def test_what_is_not_made_yet_is_missing(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200, limit=4)

    results = read_results(tmp_path / "out")

    assert len(results.runs) == 4
    assert list(results.missing["status"]) == ["not made", "not made"]


def test_a_study_that_was_begun_is_gone_on_with_only_if_asked(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200, limit=2)

    with pytest.raises(WrongFolder, match="2 of 6 runs are made. Go on with --resume"):
        made(tmp_path / "out", 0, 200)
    _, summary = made(tmp_path / "out", 0, 200, resume=True)

    assert (summary.before, summary.made, summary.left) == (2, 4, 0)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")

    with pytest.raises(WrongFolder, match="no folder of a study"):
        is_begun(tmp_path)
    assert not is_begun(tmp_path / "nothing")


def test_a_changed_study_is_refused_and_what_changed_is_said(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200)

    with pytest.raises(WrongFolder, match="the study has changed since it was begun: 3 of its 6 runs are no more"):
        made(tmp_path / "out", 0, 300, resume=True)
    with pytest.raises(WrongFolder, match="it had the seeds 1 to 3, now 5 to 7"):
        make(plan_of(study(0, 200, seed=5)), Wish(tmp_path / "out", resume=True, quiet=True), numbers)


def test_words_of_a_study_may_change(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200)

    make(plan_of(study(0, 200, title="Better said")), Wish(tmp_path / "out", resume=True, quiet=True), numbers)

    assert read_results(tmp_path / "out").study.title == "Better said"


def test_another_version_of_the_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "out", 0, 200, limit=1)

    monkeypatch.setattr(folders, "model_digest", lambda: "another")

    with pytest.raises(WrongFolder, match="another version of the model"):
        made(tmp_path / "out", 0, 200, resume=True)


def test_a_study_grows_by_seeds_and_points(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200)
    more = plan_of(study(0, 200, 400, seeds=5))

    with pytest.raises(WrongFolder, match="9 runs were added.*--expand"):
        make(more, Wish(tmp_path / "out", resume=True, quiet=True), numbers)
    folder, summary = make(more, Wish(tmp_path / "out", expand=True, quiet=True), numbers)

    undisturbed, _ = make(more, Wish(tmp_path / "whole", quiet=True), numbers)
    assert (summary.before, summary.made) == (6, 9)
    assert folder.hash() == undisturbed.hash()


def test_a_latin_hypercube_cannot_grow(tmp_path: Path) -> None:
    commitment = Factor("commitment", key=("municipality", "commitment"), low=0.4, high=0.9)
    few, many = (
        plan_of(study(levers=(homes(0, 200),), uncertainties=(commitment,), futures=Design(Kind.LATIN_HYPERCUBE, n)))
        for n in (4, 8)
    )
    make(few, Wish(tmp_path / "out", quiet=True), numbers)

    with pytest.raises(WrongFolder, match="A Latin hypercube cannot grow"):
        make(many, Wish(tmp_path / "out", expand=True, quiet=True), numbers)


def test_a_damaged_segment_is_set_aside_and_its_runs_are_made_again(tmp_path: Path) -> None:
    folder, _ = made(tmp_path / "out", 0, 200)
    before = folder.hash()
    path = folder.path / SEGMENTS / names_of(folder.path)[0]
    path.write_bytes(b"nothing")
    said: list[str] = []

    with pytest.raises(DamagedResults, match="not as it was written"):
        read_results(folder.path)
    make(plan_of(study(0, 200)), Wish(folder.path, resume=True, quiet=True), numbers, said.append)

    assert folder.hash() == before
    assert len(said) == 1
    assert path.with_suffix(".damaged").exists()


def test_a_segment_that_is_gone_is_noticed(tmp_path: Path) -> None:
    folder, _ = made(tmp_path / "out", 0, 200)
    (folder.path / SEGMENTS / names_of(folder.path)[0]).unlink()

    with pytest.raises(DamagedResults, match="that were made are gone"):
        read_results(folder.path)
    _, summary = made(folder.path, 0, 200, resume=True)

    assert summary.made > 0
    assert len(read_results(folder.path).runs) == 6


def test_what_killed_runners_left_is_removed(tmp_path: Path) -> None:
    folder, _ = made(tmp_path / "out", 0, 200, limit=1)
    (folder.path / SEGMENTS / ".tmp-left").write_bytes(b"half a run")

    made(folder.path, 0, 200, resume=True)

    assert not list((folder.path / SEGMENTS).glob(".tmp-*"))


def test_whoever_comes_second_to_a_new_folder_takes_it(tmp_path: Path) -> None:
    plan = plan_of(study(0, 200))
    create(plan, tmp_path / "out")

    again = create(plan, tmp_path / "out")

    assert again.path == tmp_path / "out"
    with pytest.raises(WrongFolder):
        create(plan_of(study(0, 300)), tmp_path / "out")


def test_nothing_is_written_before_the_lock_is_held(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200, limit=1)
    plan = plan_of(study(0, 200, title="Another title"))

    with locked(tmp_path / "out"), pytest.raises(Locked):
        make(plan, Wish(tmp_path / "out", resume=True, quiet=True), numbers)

    assert read_results(tmp_path / "out").study.title == "Numbers"


def test_one_runner_or_many_shards(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert is_running(tmp_path)
        for shard in (None, Shard(1, 3)):
            with pytest.raises(Locked, match="process"), locked(tmp_path, shard):
                pass
    with locked(tmp_path, Shard(1, 3)), locked(tmp_path, Shard(2, 3)):
        assert is_running(tmp_path)
        for other in (None, Shard(1, 3)):
            with pytest.raises(Locked), locked(tmp_path, other):
                pass
    assert not is_running(tmp_path)


def test_to_ask_whether_anybody_is_at_work_keeps_nobody_out(tmp_path: Path) -> None:
    with locked(tmp_path):
        pass

    assert not is_running(tmp_path)
    with locked(tmp_path):
        assert is_running(tmp_path)


def test_reopening_changes_nothing_before_it_is_adopted(tmp_path: Path) -> None:
    made(tmp_path / "out", 0, 200)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}

    opened(plan_of(study(0, 200, seeds=5)), Wish(tmp_path / "out", expand=True))
    reopen(plan_of(study(0, 200)), tmp_path / "out")

    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before
    assert len(finished(tmp_path / "out")) == 6
    assert InProcess(tmp_path, numbers).workers == 1
