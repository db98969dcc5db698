"""Results written down number by number, so that every answer can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from hfabm.experiments.results import NOT_MADE, Results
from hfabm.experiments.study import Choice, Design, Factor, Kind, Limit, Study
from hfabm.metrics.metric import Better

HOME, COST, HOMELESS = "home_years_per_year", "public_cost_per_year", "homeless_mean"
FIRST_YEAR = 2027
WHICH = ["policy", "future", "seed"]


@dataclass(frozen=True)
class Written:
    """A study and what its runs came to.

    Attributes:
        outcomes: By outcome: numbers by policy, future and seed; not a number where a run was not made.
        levers: How many choices each lever has; the policies are all their combinations, the base first.
        futures: Design of the futures.
        alone: Has the study no future at the scenario's own values beside its sample?
        payments: By payer: net payments by policy, seed and year, the same in every future [DKK].
        until: Last day of the horizon.
        budget: What a policy may cost more.
        target: What a policy is to reach.
    """

    outcomes: Mapping[str, ArrayLike]
    levers: Sequence[int] = ()
    futures: Design = field(default_factory=Design)
    alone: bool = False
    payments: Mapping[str, ArrayLike] = field(default_factory=dict)
    until: date | None = None
    budget: Limit | None = None
    target: Limit | None = None

    def results(self) -> Results:
        """As analyses read it."""
        panels = {name: np.asarray(values, float) for name, values in self.outcomes.items()}
        policies, futures, seeds = next(iter(panels.values())).shape
        study = self._study(list(panels), policies, seeds)
        every = pd.DataFrame(list(product(range(policies), range(futures), range(1, seeds + 1))), columns=WHICH).assign(
            **{name: panel.ravel() for name, panel in panels.items()}
        )
        made = every[list(panels)].notna().all(axis=1)
        sampled = [self.alone or bool(future) for future in range(futures)]
        told = pd.DataFrame({"label": [f"future {k}" for k in range(futures)], "sampled": sampled})
        return Results(
            study, _policies(study, policies), told.rename_axis("future"), every[made].assign(status="done"),
            self._yearly(futures), pd.DataFrame(), every[~made][WHICH].assign(status=NOT_MADE),
        )  # fmt: skip

    def _study(self, names: Sequence[str], policies: int, seeds: int) -> Study:
        sizes = self.levers or (policies,)
        directions: dict[str, Better] = {HOME: "higher", COST: "lower", HOMELESS: "lower"}
        return Study(
            title="Written down", question="Is it worked out?", scenarios=(Path("odense_ahead.toml"),),
            levers=tuple(_lever(letter, size) for letter, size in zip("abcd", sizes, strict=False)),
            policies=Design(Kind.GRID), uncertainties=(Factor("x"), Factor("y")), futures=self.futures,
            metrics={name: directions[name] for name in names}, replications=seeds, until=self.until,
            budget=self.budget, target=self.target,
        )  # fmt: skip

    def _yearly(self, futures: int) -> pd.DataFrame:
        panels = {f"{payer}_dkk": np.asarray(values, float) for payer, values in self.payments.items()}
        if not panels:
            return pd.DataFrame()
        policies, seeds, years = next(iter(panels.values())).shape
        places = list(product(range(policies), range(futures), range(seeds), range(years)))
        rows = pd.DataFrame(places, columns=[*WHICH, "year"])
        for column in ("municipality_dkk", "state_dkk", "region_dkk", "public_dkk"):
            panel = panels.get(column, np.zeros((policies, seeds, years)))
            rows[column] = [panel[policy, seed, year] for policy, _, seed, year in places]
        rows = rows[rows.notna().all(axis=1)]
        return rows.assign(seed=rows["seed"] + 1, year=rows["year"] + FIRST_YEAR)


def _lever(name: str, choices: int) -> Factor:
    return Factor(name, choices=tuple(Choice(f"{name}{k}") for k in range(choices)))


def _policies(study: Study, policies: int) -> pd.DataFrame:
    rows = [[choice.label for choice in choices] for choices in product(*(lever.choices for lever in study.levers))]
    frame = pd.DataFrame(rows[:policies], columns=[lever.name for lever in study.levers])
    frame.insert(0, "label", ["base", *(" ".join(row) for row in rows[1:policies])])
    return frame.rename_axis("policy")


def of_effects(base: ArrayLike, *effects: ArrayLike) -> NDArray[np.float64]:
    """One future: the base by seed, and the base with what each policy adds to it."""
    start = np.asarray(base, float)
    return np.array([start, *(start + np.asarray(effect, float) for effect in effects)])[:, np.newaxis, :]


def row(frame: pd.DataFrame, **told: object) -> pd.Series:
    """The one row of which all this is so."""
    for name, value in told.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, f"{len(frame)} rows"
    return frame.iloc[0]
