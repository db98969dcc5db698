"""A search for policy mixes: which are asked for next, and what is known of those that were.

The study of a search is a list that grows: every mix that was ever asked for, in the order of asking.  So its folder
is that of any other study; and since the search is a function of its seed and of results, going on with one that was
stopped is to search again and to find the runs there.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hfabm.experiments.designs import Choices
from hfabm.experiments.files import read_json
from hfabm.experiments.folder import STUDY, StudyFolder, WrongFolder
from hfabm.experiments.plan import Plan, plan_of
from hfabm.experiments.results import Results, read_results
from hfabm.experiments.study import Choice, Design, Factor, Kind, Study
from hfabm.experiments.study_json import from_json
from hfabm.population.places import Place

COST = "public_cost_per_year"
"""The outcome that a budget of its own is said of."""
Make = Callable[[Plan], StudyFolder]
"""Makes what is still to be made of a plan."""


class NothingToSearch(Exception):
    """A study cannot be optimised; says why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How far to search.

    Attributes:
        generations: How often mixes are asked for.
        population: How many at a time.
        seed: Seed of the search.
    """

    generations: int = 8
    population: int = 16
    seed: int = 1


@dataclass
class Asked:
    """Every mix that was asked for.

    Attributes:
        study: The study that is searched.
        rows: The mixes, in the order of asking.
        town: Another place than that of its scenario.
    """

    study: Study
    rows: dict[tuple[str, ...], Choices] = field(default_factory=dict)
    town: Place | None = None

    def add(self, mixes: Sequence[Choices]) -> list[int]:
        """Numbers of the policies of some mixes; new ones come to the end."""
        for mix in mixes:
            if _labels(mix) != self._base:
                self.rows.setdefault(_labels(mix), mix)
        numbers = {self._base: 0} | {labels: number for number, labels in enumerate(self.rows, 1)}
        return [numbers[_labels(mix)] for mix in mixes]

    def plan(self) -> Plan:
        """The plan of all of them."""
        design = Design(Kind.LIST, rows=tuple(self.rows.values()))
        return plan_of(dataclasses.replace(self.study, policies=design), self.town)

    @property
    def _base(self) -> tuple[str, ...]:
        return _labels(tuple(lever.at_base for lever in self.study.levers))


def searchable(study: Study, budget: float | None = None) -> Study:
    """A study as a search wants it: one scenario, something to vary, two aims or more, and its budget.

    Args:
        study: The study.
        budget: Extra net public cost a year that a mix may have, instead of the study's own [DKK/year].

    Raises:
        NothingToSearch: It lacks something.
    """
    from hfabm.experiments.study import Limit

    if not study.levers:
        raise NothingToSearch("the study has no levers to mix: name some under [levers]")
    if len(study.scenarios) > 1:
        raise NothingToSearch("a search mixes levers on one scenario: leave the others out")
    aims = {name: better for name, better in study.metrics.items() if better}
    if len(aims) < 2:
        raise NothingToSearch("a search weighs two outcomes or more: name them with a direction under [metrics]")
    if budget is not None and not math.isfinite(budget):
        raise NothingToSearch(f"--budget {budget}: is no amount")
    limit = study.budget if budget is None else Limit(COST, budget)
    since = study.since or plan_of(study).since
    return dataclasses.replace(study, metrics=aims, budget=limit, since=since)


def begun(path: Path, study: Study, town: Place | None = None) -> Asked:
    """What was asked for in a folder where a search was begun; nothing where none was.

    Raises:
        WrongFolder: The levers were others then.
    """
    asked = Asked(study, town=town)
    if (path / STUDY).is_file():
        before = from_json(read_json(path / STUDY))
        names, now = ([lever.name for lever in one.levers] for one in (before, study))
        if names != now:
            what = f"the search that was begun there mixes {', '.join(names)}, this one {', '.join(now)}"
            raise WrongFolder(f"{path}: {what}. Put the study back as it was, or begin anew with another --out.")
        rows = [_as_now(study.levers, row) for row in before.policies.rows]
        asked.add([row for row in rows if row is not None])
    return asked


def search(asked: Asked, amount: Amount, make: Make) -> Iterator[tuple[int, Results]]:
    """Ask for mixes, generation by generation (NSGA-II), each with what was learned from those before.

    Args:
        asked: What was asked for before.
        amount: How far to go.
        make: Makes runs.

    Yields:
        The number of the generation and all results so far.
    """
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.evaluator import Evaluator
    from pymoo.core.problem import Problem
    from pymoo.problems.static import StaticProblem

    study = asked.study
    levers, limits = study.levers, [limit for limit in (study.budget, study.target) if limit]
    problem = Problem(n_var=len(levers), n_obj=len(study.metrics), n_ieq_constr=len(limits), xl=0.0, xu=1.0)
    first = _first(levers, amount)
    algorithm = NSGA2(pop_size=amount.population, sampling=first, n_offsprings=amount.population)
    algorithm.setup(problem, termination=("n_gen", amount.generations), seed=amount.seed, verbose=False)
    for generation in range(1, amount.generations + 1):
        population = algorithm.ask()
        mixes = [_mix(levers, point) for point in population.get("X")]
        numbers = asked.add(mixes)
        results = read_results(make(asked.plan()).path)
        aims, over = scores(results)
        known = StaticProblem(problem, F=aims[numbers], G=over[numbers] if limits else np.zeros((len(numbers), 0)))
        Evaluator().eval(known, population)
        algorithm.tell(infills=population)
        yield generation, results


def scores(results: Results) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What every policy comes to: aims, less is better, and by how much it breaks each limit.

    Means over seeds and futures; a policy with a run that failed is as bad as can be.
    """
    study = results.study
    means = results.runs.groupby("policy")[list({*study.metrics, COST})].mean().reindex(results.policies.index)
    wrong = set(results.missing["policy"])
    signs = np.array([1.0 if better == "lower" else -1.0 for better in study.metrics.values()])
    aims = means[list(study.metrics)].to_numpy(np.float64) * signs
    columns = []
    if study.budget:
        costs = results.runs.groupby("policy")[study.budget.metric].mean().reindex(results.policies.index)
        columns.append(costs.to_numpy() - costs.iloc[0] - study.budget.at_most)
    if study.target:
        reached = results.runs.groupby("policy")[study.target.metric].mean().reindex(results.policies.index)
        columns.append(reached.to_numpy() - study.target.at_most)
    over = np.array(columns).T if columns else np.zeros((len(aims), 0))
    bad = np.array([policy in wrong for policy in results.policies.index]) | ~np.isfinite(aims).all(axis=1)
    aims[bad] = np.nanmax(np.abs(aims), initial=1.0) * 1e3
    over[bad] = np.nanmax(np.abs(over), initial=1.0) * 1e3
    return aims, over


def front(results: Results) -> list[int]:
    """Policies within all limits that no other such policy beats in every aim, of all that were asked for."""
    from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

    aims, over = scores(results)
    feasible = np.flatnonzero((over <= 0.0).all(axis=1))
    if not feasible.size:
        return []
    best = NonDominatedSorting().do(aims[feasible], only_non_dominated_front=True)
    # mixes that come to the same in every aim are one, called as the first of them
    first = {tuple(aims[feasible[place]]): int(results.policies.index[feasible[place]]) for place in sorted(best)[::-1]}
    return sorted(first.values())


def _first(levers: Sequence[Factor], amount: Amount) -> NDArray[np.float64]:
    """Where the search begins: each lever alone at its last value, all together, and points spread between."""
    from scipy.stats import qmc

    base = np.array([_place_of_base(lever) for lever in levers])
    singles = [np.where(np.arange(len(levers)) == k, 1.0, base) for k in range(len(levers))]
    known = np.array([*singles, np.ones(len(levers))])[: amount.population]
    spread = qmc.LatinHypercube(len(levers), rng=np.random.default_rng(amount.seed)).random(amount.population)
    return np.concatenate([known, spread])[: amount.population]


def _place_of_base(lever: Factor) -> float:
    if lever.choices or lever.base is None:
        return 0.0
    return float(np.clip((float(lever.base) - lever.low) / (lever.high - lever.low), 0.0, 1.0))


def _mix(levers: Sequence[Factor], point: NDArray[np.float64]) -> Choices:
    return tuple(_choice(lever, float(x)) for lever, x in zip(levers, point, strict=True))


def _choice(lever: Factor, place: float) -> Choice:
    """The choice at a place; at that of the base the base itself, which rounding would miss by a hair."""
    inside = lever.base is not None and lever.low <= float(lever.base) <= lever.high
    if inside and not lever.choices and place == _place_of_base(lever):
        return lever.at_base
    return lever.at(round(place, 3))


def _as_now(levers: Sequence[Factor], row: Choices) -> Choices | None:
    """A mix with what its labels mean now, so that runs of another meaning are missed; None where one has gone."""
    now = [{choice.label: choice for choice in lever.choices} for lever in levers]
    if any(known and choice.label not in known for known, choice in zip(now, row, strict=True)):
        return None
    return tuple(known.get(choice.label, choice) for known, choice in zip(now, row, strict=True))


def _labels(mix: Choices) -> tuple[str, ...]:
    return tuple(choice.label for choice in mix)
