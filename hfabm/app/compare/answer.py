"""What the runs of a comparison come to, by the same rules as the answers of studies."""

from __future__ import annotations

from typing import cast

import pandas as pd

from hfabm.answers.effects import effects
from hfabm.answers.equity import equity
from hfabm.app.compare.courses import added, courses, differences, paid_back, plain, summed
from hfabm.app.compare.found import Assumptions, Compared, Effect, Found, GroupEffect
from hfabm.app.compare.request import BASE, Same, label_of
from hfabm.calendar import WEEKS_PER_YEAR, week_of
from hfabm.experiments.plan import Plan
from hfabm.experiments.results import Results
from hfabm.metrics.catalogue import OUTCOMES
from hfabm.metrics.metric import Better
from hfabm.parameters.report import share_assumed, share_of_behaviour
from hfabm.results.rules import first_week
from hfabm.schedule import SECTIONS

HEADLINES = (
    "homeless_mean", "long_term_mean", "home_years_per_year", "placements_per_year", "evictions_per_year",
    "weeks_to_home", "wait_of_others", "deaths_per_year", "municipal_cost_per_year", "state_cost_per_year",
    "regional_cost_per_year", "public_cost_per_year",
)  # fmt: skip
"""Outcomes that are told first, in this order."""
COSTS = {
    "municipality": "municipal_cost_per_year", "state": "state_cost_per_year", "region": "regional_cost_per_year",
    "public": "public_cost_per_year",
}  # fmt: skip
"""Who pays, and the outcome that says what a year."""
BY = ("need", "age", "sex", "municipality")
"""What groups are told apart by; municipalities where there are several."""
MEASURES = ("homeless_years", "home_years")
"""Person-years of groups that are told."""


def compared(plan: Plan, results: Results, seeds: tuple[int, ...], same: tuple[Same, ...] = ()) -> Compared:
    """What some seeds come to.

    Args:
        plan: The plan; policy 0 is the base.
        results: Its runs.
        seeds: The seeds that are complete, which are those that count.
        same: Reforms that come to the same as another policy.
    """
    results = _of_seeds(results, seeds)
    base = plan.policies[BASE].scenario
    years = range(base.start.year, base.end.year + 1)
    table = effects(results, [m.name for m in OUTCOMES if m.name in results.runs])
    told = _effects(table, results, seeds)
    groups = _groups(results, (week_of(base.start, base.end) + 1 - first_week(base, plan.since)) / WEEKS_PER_YEAR)
    money, back = summed(results, plan.since.year), paid_back(results, plan.since.year)
    twins = {one.reform: one.policy for one in same}
    return Compared(
        base=base.title,
        since=plan.since,
        until=base.end,
        seeds=seeds,
        wanted=len(plan.seeds),
        courses=courses(results, years),
        reforms=tuple(
            Found(
                policy=policy,
                label=label_of(plan, policy),
                same_as=twins.get(policy),
                identical=_identical(results, policy),
                headlines=tuple(e for name in HEADLINES for e in outcomes if e.metric == name),
                outcomes=outcomes,
                costs={payer: e for payer, name in COSTS.items() for e in outcomes if e.metric == name},
                summed=money[policy],
                break_even=back[policy],
                differences=differences(results, years, policy),
                groups=groups.get(policy, ()),
            )
            for policy, outcomes in told.items()
        ),
        assumptions=_assumptions(),
    )


def _of_seeds(results: Results, seeds: tuple[int, ...]) -> Results:
    """Results of these seeds alone: a seed without the base or without a reform would tell of chance."""
    frames = (results.runs, results.yearly, results.groups, results.missing)
    kept = (frame[frame["seed"].isin(seeds)] if len(frame) else frame for frame in frames)
    return Results(results.study, results.policies, results.futures, *kept)


def _effects(table: pd.DataFrame, results: Results, seeds: tuple[int, ...]) -> dict[int, tuple[Effect, ...]]:
    """Effects on every outcome, by policy."""
    places = [place for place, seed in enumerate(results.study.seeds) if seed in seeds]
    rows = {policy: place for place, policy in enumerate(results.policies.index)}
    by_seed = {metric: added(results, metric)[:, places] for metric in table["metric"].unique()}
    found: dict[int, tuple[Effect, ...]] = {int(policy): () for policy in results.policies.index[1:]}
    for row in table.to_dict("records"):
        policy, metric = int(row["policy"]), str(row["metric"])
        told = {name: plain(row[name]) for name in ("base", "mean", "difference", "low", "high", "improves")}
        own = tuple(plain(value) for value in by_seed[metric][rows[policy]])
        better, seeds_told = cast(Better, row["better"]), int(row["seeds"])
        found[policy] += (Effect(metric, str(row["unit"]), better, **told, seeds=seeds_told, by_seed=own),)
    return found


def _identical(results: Results, policy: int) -> bool:
    """Did every run of a reform leave what the base left, bit by bit?"""
    hashes = results.runs.pivot(index="seed", columns="policy", values="hash")
    return bool((hashes[policy] == hashes[BASE]).all())


def _groups(results: Results, years: float) -> dict[int, tuple[GroupEffect, ...]]:
    """Who gains and who loses, by policy; `years` are those counted."""
    table = equity(results)
    if table.empty:
        return {}
    by = [one for one in BY if one != "municipality" or results.groups["municipality"].nunique() > 1]
    table = table[table["by"].isin(by) & table["measure"].isin(MEASURES)]
    sizes = table.groupby(["policy", "by", "group"])["base"].sum() / years
    found: dict[int, tuple[GroupEffect, ...]] = {}
    for one in by:
        for row in table[table["by"] == one].to_dict("records"):
            policy = int(row["policy"])
            numbers = {name: plain(row[name] / years) for name in ("base", "difference", "low", "high")}
            effect = GroupEffect(
                by=one, group=str(row["group"]), measure=str(row["measure"]), better=cast(Better, row["better"]),
                size=plain(sizes[policy, one, row["group"]]), **numbers, left_behind=bool(row["left_behind"]),
            )  # fmt: skip
            found[policy] = (*found.get(policy, ()), effect)
    return found


def _assumptions() -> Assumptions:
    behaviour, roles = share_of_behaviour(SECTIONS), share_assumed(SECTIONS)
    counts = {role: (int(share["assumed"]), int(share["parameters"])) for role, share in roles.items()}
    return Assumptions(int(behaviour["evidence"]), int(behaviour["parameters"]), counts)
