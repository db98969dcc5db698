"""What the runs of a study left, as frames: by run, by year and by group."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from hfabm.experiments.folder import KIND, StudyFolder
from hfabm.experiments.job import Status
from hfabm.experiments.study import AS_IT_IS, Factor, Study
from hfabm.experiments.study_json import from_json
from hfabm.metrics.groups import labels
from hfabm.metrics.metric import GROUPS
from hfabm.results.manifest import DamagedResults, read_manifest

NOT_MADE = "not made"
"""Status of a run that is still to be made."""
WHICH = ["policy", "future", "seed"]
ABOUT = ["status", "hash", "seconds", "rss_mb", "error"]


@dataclass(frozen=True)
class Results:
    """The runs of a study.

    Attributes:
        study: The study.
        policies: By policy: its label, and the choice of each lever (a number where all of its choices are).
        futures: By future: its label, whether it is of the sample, and the value of each uncertainty; not a number
            where it is the scenario's own.
        runs: One row for each run that was made: policy, future, seed, run, status, hash, seconds, rss_mb, error,
            and every outcome by its name; not a number where the run failed.
        yearly: One row for each run and calendar year: net payments and means of the year.
        groups: One row for each run, municipality, age, sex and need: person-years since the day counted from.
        missing: Runs without outcomes: policy, future, seed, status.
    """

    study: Study
    policies: pd.DataFrame
    futures: pd.DataFrame
    runs: pd.DataFrame
    yearly: pd.DataFrame
    groups: pd.DataFrame
    missing: pd.DataFrame


def read_results(folder: Path) -> Results:
    """Read the folder of a study.

    Raises:
        DamagedResults: It is none, or something in it is not as it was written.
    """
    manifest = read_manifest(folder)
    if manifest["kind"] != KIND:
        raise DamagedResults(f"{folder}: holds the results of a {manifest['kind']}, not of a study.")
    study = from_json(json.loads((folder / "study.json").read_text(encoding="utf-8")))
    points = pd.read_parquet(folder / "points.parquet")
    return assembled(
        study,
        pd.read_parquet(folder / "policies.parquet").drop(columns="toml").set_index("policy"),
        pd.read_parquet(folder / "futures.parquet").set_index("future"),
        _expected(points, manifest["seeds"]),
        StudyFolder(folder).rows(),
    )


def assembled(
    study: Study, policies: pd.DataFrame, futures: pd.DataFrame, expected: pd.DataFrame, made: pd.DataFrame
) -> Results:
    """Put rows of segments beside the points of a design.

    Args:
        study: The study.
        policies: Its policies.
        futures: Its futures.
        expected: Every run there should be: policy, future, seed, run.
        made: Rows of segments, one for each run.
    """
    joined = expected.merge(made.drop(columns="seed"), on="run", how="left")
    status = joined["status"].fillna(NOT_MADE)
    there = joined[status != NOT_MADE]
    done = joined[status == Status.DONE]
    outcomes = {name: name.removeprefix("outcome.") for name in made.columns if name.startswith("outcome.")}
    return Results(
        study,
        _typed(policies, study.levers),
        _typed(futures, study.uncertainties),
        there[[*WHICH, "run", *ABOUT, *outcomes]].rename(columns=outcomes).reset_index(drop=True),
        _yearly(done),
        _groups(done),
        joined.assign(status=status)[status != Status.DONE][[*WHICH, "status"]].reset_index(drop=True),
    )


def _expected(points: pd.DataFrame, seeds: Iterable[int]) -> pd.DataFrame:
    """Every run of a design."""
    every = points.merge(pd.DataFrame({"seed": list(seeds)}), how="cross")
    every["run"] = every["digest"] + "-" + every["seed"].astype(str)
    return every[[*WHICH, "run"]]


def _typed(frame: pd.DataFrame, factors: tuple[Factor, ...]) -> pd.DataFrame:
    """Columns of factors as numbers, where all that stands in them is a number."""
    frame = frame.copy()
    for factor in factors:
        if factor.key is None or factor.name not in frame:
            continue
        own = frame[factor.name].isna() | (frame[factor.name] == AS_IT_IS)
        numbers = pd.to_numeric(frame[factor.name].mask(own), errors="coerce")
        if numbers[~own].notna().all():
            frame[factor.name] = numbers.astype(np.float64)
    return frame


def _yearly(done: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in done.columns if name.startswith("yearly.")]
    told = done[done["years"].str.len() > 0] if len(done) else done
    if told.empty:
        return pd.DataFrame(columns=[*WHICH, "year"])
    long = told[[*WHICH, "years", *names]].explode(["years", *names], ignore_index=True)
    long = long.rename(columns={"years": "year"} | {name: name.removeprefix("yearly.") for name in names})
    return long.astype({"year": np.int64} | {name.removeprefix("yearly."): np.float64 for name in names})


def _groups(done: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in done.columns if name.startswith("groups.")]
    told = done[done[names[0]].str.len() > 0] if names and len(done) else done.iloc[:0]
    if told.empty:
        return pd.DataFrame(columns=[*WHICH, "municipality", "age", "sex", "need"])
    long = told[[*WHICH, *names]].explode(names, ignore_index=True)
    long = long.rename(columns={name: name.removeprefix("groups.") for name in names})
    parts = [(town, *labels(group)) for towns in told["municipalities"] for town in towns for group in range(GROUPS)]
    said = pd.DataFrame(parts, columns=["municipality", "age", "sex", "need"])
    numbers = long.drop(columns=WHICH).astype(np.float64)
    return pd.concat([long[WHICH], said, numbers], axis=1)
