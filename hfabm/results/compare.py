"""Two scenarios, compared seed by seed: with shared luck they differ where the policy touches somebody."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.metrics.catalogue import OUTCOMES, outcomes
from hfabm.metrics.groups import NEED_LABELS
from hfabm.metrics.metric import Better
from hfabm.metrics.record import PUBLIC, per
from hfabm.metrics.tenancies import weeks_housed
from hfabm.results.manifest import content_hash, plain
from hfabm.state.codes import Need
from hfabm.state.ledger import Party

_T = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281)
"""Student's t at 97.5 % for 1 to 10 degrees of freedom."""


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
    """

    seed: int
    title: str
    hash: str
    outcomes: dict[str, float]
    paid: dict[str, float]
    uid: NDArray[np.int64]
    weeks_housed: NDArray[np.int64]
    need: NDArray[np.int8]


def replica(model: Any) -> Replica:
    """What a comparison needs of a model that has run."""
    record, world = model.recorder, model.world
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
    )


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

    def as_json(self) -> dict[str, Any]:
        """The whole comparison as JSON has it."""
        return {
            "a": self.titles[0],
            "b": self.titles[1],
            "seeds": list(self.seeds),
            "identical": self.identical,
            "metrics": _records(self.metrics),
            "payers": _records(self.payers),
            "people": _records(self.people),
        }


def compare(a: Sequence[Any], b: Sequence[Any]) -> Comparison:
    """Compare two scenarios that ran with the same seeds.

    Args:
        a: Runs of the first, the baseline: replicas, or models that have run.
        b: Runs of the second, with the same seeds.

    Raises:
        ValueError: The seeds differ, or there are none.
    """
    first, second = ([r if isinstance(r, Replica) else replica(r) for r in runs] for runs in (a, b))
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
    if degrees <= len(_T):
        return _T[degrees - 1]
    z = 1.959964
    first, second = (z**3 + z) / 4.0, (5 * z**5 + 16 * z**3 + 3 * z) / 96.0
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384.0
    return z + first / degrees + second / degrees**2 + third / degrees**3


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
