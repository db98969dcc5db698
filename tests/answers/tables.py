"""Results with known effects: policies of two levers, seeds with luck that all policies share."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from hfabm.experiments.designs import unit_points
from hfabm.experiments.results import Results
from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.metrics.groups import labels
from hfabm.metrics.metric import GROUPS

Effect = Callable[[int, int, float], dict[str, float]]
"""Of the choices of the two levers and the future's value: what is added to the base, by outcome."""

LUCK = {"home_years_per_year": 5.0, "homeless_mean": 5.0, "public_cost_per_year": 1e6}
BASE = {"home_years_per_year": 500.0, "homeless_mean": 150.0, "public_cost_per_year": 700e6}


def lever(name: str, choices: int) -> Factor:
    return Factor(name, choices=tuple(Choice(f"{name} {k}" if k else "none") for k in range(choices)))


def results(
    effect: Effect, *, choices: tuple[int, int] = (2, 2), seeds: int = 6, futures: int = 0, noise: float = 0.0,
    budget: Limit | None = None, target: Limit | None = None,
) -> Results:  # fmt: skip
    """A full grid of two levers in the default future, and some sampled ones."""
    uncertain = (Factor("x", key=("valuation", "x")),) if futures else ()
    study = Study(
        title="Tables", question="Do they tell?", scenarios=(Path("odense_ahead.toml"),),
        levers=(lever("homes", choices[0]), lever("support", choices[1])), uncertainties=uncertain,
        policies=Design(Kind.GRID), futures=Design(Kind.LATIN_HYPERCUBE, futures) if futures else Design(),
        metrics={"home_years_per_year": "higher", "homeless_mean": "lower", "public_cost_per_year": "lower"},
        replications=seeds, budget=budget, target=target,
    )  # fmt: skip
    points = list(product(range(choices[0]), range(choices[1])))
    policies = pd.DataFrame(
        [(", ".join(w for w in (f"homes {a}" if a else "", f"support {b}" if b else "") if w) or "base",
          study.levers[0].choices[a].label, study.levers[1].choices[b].label) for a, b in points],
        columns=["label", "homes", "support"],
    ).rename_axis("policy")  # fmt: skip
    x = [np.nan, *(unit_points(study.futures, 1)[:, 0] if futures else ())]
    told = pd.DataFrame({"label": [f"future {k}" for k in range(len(x))], "sampled": [k > 0 for k in range(len(x))]})
    if futures:
        told["x"] = x
    rng = np.random.default_rng(7)
    luck = rng.normal(size=seeds)
    runs, yearly, groups = [], [], []
    for (policy, (a, b)), (future, at), seed in product(enumerate(points), enumerate(x), range(seeds)):
        added = effect(a, b, 0.5 if np.isnan(at) else float(at))
        own = rng.normal(size=3) * noise
        values = {name: BASE[name] + LUCK[name] * luck[seed] + added.get(name, 0.0) + own[k] * LUCK[name]
                  for k, name in enumerate(BASE)}  # fmt: skip
        which = {"policy": policy, "future": future, "seed": seed + 1}
        others = {metric.name: 1.0 for metric in OUTCOMES if metric.name not in BASE}
        runs.append({**which, "run": f"{policy}-{future}-{seed}", "status": "done", "hash": "", "seconds": 1.0,
                     "rss_mb": 1.0, "error": "", **others, **values})  # fmt: skip
        for year in range(2027, 2031):
            cost = added.get("public_cost_per_year", 0.0) * (1.0 if year < 2029 else -2.0)
            paid = {f"{payer}_dkk": 1e6 + cost for payer in ("public", "municipality", "state", "region")}
            yearly.append({**which, "year": year, **paid})
        for group in range(GROUPS):
            age, sex, need = labels(group)
            share = added.get("home_years_per_year", 0.0) / GROUPS * (0.0 if need == "complex" else 1.5)
            years = {"home_years": 20.0 + share, "homeless_years": 5.0 - share, "long_term_years": 1.0}
            groups.append({**which, "municipality": "Odense", "age": age, "sex": sex, "need": need, **years})
    missing = pd.DataFrame(columns=["policy", "future", "seed", "status"])
    frames = (pd.DataFrame(rows) for rows in (runs, yearly, groups))
    return Results(study, policies, told.rename_axis("future"), *frames, missing)


def without(given: Results, policy: int, seed: int) -> Results:
    """The same, but for the runs of one policy with one seed."""
    this = (given.runs["policy"] == policy) & (given.runs["seed"] == seed)
    gone = given.runs[this][["policy", "future", "seed"]].assign(status="not made")
    return Results(given.study, given.policies, given.futures, given.runs[~this], given.yearly, given.groups, gone)
