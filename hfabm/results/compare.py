"""Two scenarios, compared seed by seed: with shared luck they differ where the policy touches somebody."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from hfabm.metrics.catalogue import OUTCOMES, outcomes
from hfabm.metrics.groups import NEED_LABELS
from hfabm.metrics.metric import Better
from hfabm.metrics.record import PUBLIC, per
from hfabm.metrics.tenancies import weeks_housed
from hfabm.model import HousingFirstModel
from hfabm.parameters.scenario import Scenario
from hfabm.results.manifest import content_hash, plain
from hfabm.results.rules import first_week
from hfabm.results.words import HEADLINES, reading
from hfabm.state.codes import Need
from hfabm.state.ledger import Party


@dataclass(frozen=True, slots=True)
class Replica:
    """What is kept of one run for a comparison; small, unlike the model.

    Attributes:
        seed: Seed of the run.
        title: Title of the scenario.
        hash: Hash of the content.
        outcomes: Every outcome by name.
        paid: Net payments a year by party, prices of the base year [DKK/year].
        uid: Identity of each citizen.
        weeks_housed: Weeks each spent in an own home.
        need: Complexity of needs of each on entering.
        since_week: First week of the run that was counted.
    """

    seed: int
    title: str
    hash: str
    outcomes: dict[str, float]
    paid: dict[str, float]
    uid: NDArray[np.int64]
    weeks_housed: NDArray[np.int64]
    need: NDArray[np.int8]
    since_week: int = 0


def replica(model: Any, since: date | None = None) -> Replica:
    """What a comparison needs of a model that has run.

    Args:
        model: The model.
        since: Day from which on outcomes are counted; from the start where None.  Waits and retention are then
            those of people placed since, and weeks at home those spent since.

    Raises:
        ValueError: No week of the run lies after that day.
    """
    world = model.world
    since_week = first_week(model.policy, since) if since else 0
    record = model.recorder.since(since_week) if since_week else model.recorder
    parties: dict[str, tuple[Party, ...]] = {p.name.lower(): (p,) for p in Party}
    paid = {n: per(record.paid(p).sum(), record.years_long) for n, p in ({"public": PUBLIC} | parties).items()}
    return Replica(
        int(world.seed),
        model.policy.title,
        content_hash(model),
        outcomes(record, world),
        paid,
        world.citizens.uid.copy(),
        weeks_housed(record, world),
        record.need_at_entry[: len(world.citizens)].copy(),
        since_week,
    )


def run_replica(scenario: Scenario, since: date | None, seed: int) -> Replica:
    """Run a scenario with a seed, here or in another process, and keep what a comparison needs."""
    return replica(HousingFirstModel(scenario, rng=seed).run(), since)


@dataclass(frozen=True)
class Comparison:
    """The second scenario against the first.

    Attributes:
        titles: Titles of the two.
        seeds: Seeds that both ran with.
        metrics: One row for each outcome: means, mean difference (second less first), 95 % interval, and
            the share of seeds in which the second is better.
        payers: The same of net payments a year by party [DKK/year].
        people: By need: who gained and who lost weeks at home, per run.
        identical: Are all runs the same, bit by bit?
    """

    titles: tuple[str, str]
    seeds: tuple[int, ...]
    metrics: pd.DataFrame
    payers: pd.DataFrame
    people: pd.DataFrame
    identical: bool

    @property
    def effects(self) -> pd.DataFrame:
        """The headlines among the outcomes: rows of `metrics` with what each effect is on and a reading in words.

        `clear` says whether the interval leaves 0 out; it is none where there is no interval.  `better_in` is the
        number of seeds in which the second is better.
        """
        rows = self.metrics.set_index("metric").loc[[headline.metric for headline in HEADLINES]].reset_index()
        rows.insert(0, "effect", [headline.label for headline in HEADLINES])
        rows["better_in"] = [
            round(s * n) if s == s else 0 for s, n in zip(rows["improves"], rows["seeds"], strict=True)
        ]
        rows["clear"] = [
            None if math.isnan(low) else bool(low > 0.0 or high < 0.0)
            for low, high in zip(rows["low"], rows["high"], strict=True)
        ]
        told = zip(HEADLINES, rows["difference"], rows["low"], rows["high"], rows["seeds"], strict=True)
        rows["reading"] = [reading(*each) for each in told]
        return rows

    def as_json(self) -> dict[str, Any]:
        """The whole comparison as JSON has it."""
        return {
            "a": self.titles[0],
            "b": self.titles[1],
            "seeds": list(self.seeds),
            "identical": self.identical,
            "effects": _records(self.effects),
            "metrics": _records(self.metrics),
            "payers": _records(self.payers),
            "people": _records(self.people),
        }


def compare(a: Sequence[Any], b: Sequence[Any], since: date | None = None) -> Comparison:
    """Compare two scenarios that ran with the same seeds.

    Args:
        a: Runs of the first, the baseline: replicas, or models that have run.
        b: Runs of the second, with the same seeds.
        since: Day from which on outcomes of models are counted; replicas have theirs.

    Raises:
        ValueError: The seeds differ, or there are none; or they are counted from different weeks on.
    """
    first, second = ([r if isinstance(r, Replica) else replica(r, since) for r in runs] for runs in (a, b))
    weeks = sorted({r.since_week for r in (*first, *second)})
    if len(weeks) > 1:
        raise ValueError(f"runs are counted from the weeks {weeks} on: make all replicas with the same `since`")
    seeds = tuple(r.seed for r in first)
    if not seeds or seeds != tuple(r.seed for r in second):
        theirs = [r.seed for r in second]
        raise ValueError(
            f"runs are compared seed by seed, but the seeds are {list(seeds)} and {theirs}: run both with the same"
        )
    kinds: dict[str, tuple[str, Better]] = {m.name: (m.unit.value, m.better) for m in OUTCOMES}
    payers: dict[str, tuple[str, Better]] = {name: ("DKK/year", "lower") for name in first[0].paid}
    return Comparison(
        (first[0].title, second[0].title),
        seeds,
        _paired(kinds, [r.outcomes for r in first], [r.outcomes for r in second]),
        _paired(payers, [r.paid for r in first], [r.paid for r in second]),
        _people(first, second),
        all(x.hash == y.hash for x, y in zip(first, second, strict=True)),
    )


def t_975(degrees: int) -> float:
    """Student's t at 97.5 %.

    >>> round(t_975(1), 3), round(t_975(19), 3), round(t_975(10_000), 3)
    (12.706, 2.093, 1.96)
    """
    return float(stdtrit(degrees, 0.975))


def _paired(
    kinds: dict[str, tuple[str, Better]], a: Sequence[dict[str, float]], b: Sequence[dict[str, float]]
) -> pd.DataFrame:
    rows = []
    for name, (unit, better) in kinds.items():
        base = np.array([x[name] for x in a])
        differences = np.array([x[name] for x in b]) - base
        told = np.isfinite(differences)
        n = int(told.sum())
        mean = float(differences[told].mean()) if n else math.nan
        half = t_975(n - 1) * float(differences[told].std(ddof=1)) / math.sqrt(n) if n > 1 else math.nan
        gains = -differences[told] if better == "lower" else differences[told]
        improves = float((gains > 0).mean()) if better and n else math.nan
        mean_base = float(base[told].mean()) if n else math.nan
        rows.append((name, unit, better, mean_base, mean_base + mean, mean, mean - half, mean + half, improves, n))
    columns = ["metric", "unit", "better", "a", "b", "difference", "low", "high", "improves", "seeds"]
    return pd.DataFrame(rows, columns=columns)


def _people(a: Sequence[Replica], b: Sequence[Replica]) -> pd.DataFrame:
    """Weeks at home gained and lost, person by person; means over the seeds."""
    rows = []
    for x, y in zip(a, b, strict=True):
        _, here, there = np.intersect1d(x.uid, y.uid, assume_unique=True, return_indices=True)
        gain = y.weeks_housed[there] - x.weeks_housed[here]
        for label, chosen in _by_need(x.need[here]):
            g = gain[chosen]
            rows.append((label, g.size, (g > 0).sum(), (g < 0).sum(), g[g > 0].sum(), -g[g < 0].sum(), g.sum()))
    columns = ["need", "citizens", "gainers", "losers", "weeks_gained", "weeks_lost", "weeks_net"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.groupby("need", sort=False).mean().reset_index()


def _by_need(need: NDArray[np.int8]) -> list[tuple[str, NDArray[np.bool_]]]:
    return [("all", np.ones(need.size, np.bool_)), *((NEED_LABELS[n], need == n) for n in Need)]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(k): plain(v) if isinstance(v, float) else v for k, v in row.items()} for row in frame.to_dict("records")
    ]
