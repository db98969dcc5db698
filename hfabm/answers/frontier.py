"""What a person-year at home costs: the cost-effectiveness plane, its frontier, and what a budget buys."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hfabm.answers.paired import asked, by_seed, levers_moved, mean_of, outcome, over_base, redrawn
from hfabm.experiments.results import Results

HOME, COST = "home_years_per_year", "public_cost_per_year"
"""The effect, in person-years at home a year, and the cost, in DKK a year."""
WORTH = (0.0, 100_000.0, 250_000.0, 500_000.0, 1_000_000.0)
"""Values of a person-year at home at which acceptability is told [DKK]."""


def plane(results: Results, effect: str = HOME, cost: str = COST) -> pd.DataFrame:
    """Every policy on the cost-effectiveness plane, over the base.

    Args:
        results: The runs.
        effect: An outcome of which more is better, such as person-years at home.
        cost: An outcome in kroner.

    Returns:
        One row for each policy: effect and cost with 95 % intervals, levers moved, a verdict (dominant: more for less;
        dominated: less for more; else what one unit costs), the share of bootstrap draws over seeds in each quarter
        of the plane, whether it is on the frontier and what a unit costs there over the step before, and the share
        of draws in which it is worth its cost at several values of a unit.
    """
    gains, costs = (_gains(results, name) for name in (effect, cost))
    rows = []
    for place, policy in enumerate(results.policies.index):
        gain, paid = mean_of(gains[place]), mean_of(costs[place])
        rows.append(
            {
                "policy": policy, "label": results.policies["label"][policy], "effect": gain.value,
                "effect_low": gain.low, "effect_high": gain.high, "cost": paid.value, "cost_low": paid.low,
                "cost_high": paid.high, "seeds": gain.seeds, **_verdict(gain.value, paid.value),
                **_quarters(gains[place], costs[place]),
            }
        )  # fmt: skip
    found = pd.DataFrame(rows)
    found.insert(2, "levers_moved", levers_moved(results))
    steps = _frontier(found["effect"].to_numpy(), found["cost"].to_numpy())
    found["on_frontier"] = [place in steps for place in range(len(found))]
    found["step_cost"] = [steps.get(place, np.nan) for place in range(len(found))]
    return found


def budget_frontier(results: Results, effect: str = HOME, cost: str = COST) -> pd.DataFrame:
    """What a budget buys: policies from cheap to dear, and which is the best that so much money affords.

    Returns:
        One row for each policy, by extra cost: effect and cost over the base, cost of a unit, levers moved, whether it
        is a single reform or a mix, whether it is the best at its price, and whether the study's budget affords it.
    """
    found = plane(results, effect, cost)
    found["kind"] = np.select([found["levers_moved"] == 0, found["levers_moved"] == 1], ["base", "reform"], "mix")
    columns = ["policy", "label", "kind", "levers_moved", "cost", "cost_low", "cost_high", "effect", "effect_low",
               "effect_high", "ratio"]  # fmt: skip
    found = found[columns].sort_values(["cost", "effect"], ascending=[True, False], ignore_index=True)
    best = found["effect"].cummax()
    found["best"] = (found["effect"] >= best) & ~best.duplicated()
    budget = results.study.budget
    if budget and budget.metric == cost:
        found["affordable"] = found["cost"] <= budget.at_most
    return found


def _gains(results: Results, metric: str) -> NDArray[np.float64]:
    return by_seed(over_base(outcome(results, metric)), asked(results))


def _verdict(gain: float, cost: float) -> dict[str, object]:
    if not (np.isfinite(gain) and np.isfinite(cost)) or gain == cost == 0.0:
        return {"verdict": "", "ratio": np.nan}
    if gain > 0.0 and cost > 0.0:
        return {"verdict": "more, and dearer", "ratio": cost / gain}
    if gain >= 0.0 and cost <= 0.0:
        return {"verdict": "dominant", "ratio": np.nan}
    if gain <= 0.0 and cost >= 0.0:
        return {"verdict": "dominated", "ratio": np.nan}
    return {"verdict": "less, and cheaper", "ratio": cost / gain}


def _quarters(gains: NDArray[np.float64], costs: NDArray[np.float64]) -> dict[str, float]:
    """Shares of draws over seeds, gains and costs drawn together."""
    told = np.isfinite(gains) & np.isfinite(costs)
    if told.sum() < 2:
        return {}
    draws = redrawn(int(told.sum()))
    gain, cost = gains[told][draws].mean(axis=1), costs[told][draws].mean(axis=1)
    found = {
        "more_dearer": float(((gain > 0.0) & (cost > 0.0)).mean()),
        "more_cheaper": float(((gain > 0.0) & (cost <= 0.0)).mean()),
        "less_dearer": float(((gain <= 0.0) & (cost > 0.0)).mean()),
        "less_cheaper": float(((gain <= 0.0) & (cost <= 0.0)).mean()),
    }
    return found | {f"worth_at_{worth:.0f}": float((gain * worth > cost).mean()) for worth in WORTH}


def _frontier(effect: NDArray[np.float64], cost: NDArray[np.float64]) -> dict[int, float]:
    """Policies that no other and no mix of two others beats, and what a unit more costs at each step.

    Strictly dominated ones are left out first, then those that lie above the line between two others.
    """
    told = np.flatnonzero(np.isfinite(effect + cost)).tolist()
    if not told:
        return {}
    order: list[int] = sorted(told, key=lambda k: (cost[k], -effect[k]))
    kept: list[int] = []
    for place in order:
        if kept and effect[place] <= effect[kept[-1]]:
            continue
        while len(kept) > 1 and _slope(kept[-2], kept[-1], effect, cost) >= _slope(kept[-1], place, effect, cost):
            kept.pop()
        kept.append(place)
    steps = [np.nan, *(_slope(a, b, effect, cost) for a, b in zip(kept, kept[1:], strict=False))]
    return dict(zip(kept, steps, strict=True))


def _slope(a: int, b: int, effect: NDArray[np.float64], cost: NDArray[np.float64]) -> float:
    return float((cost[b] - cost[a]) / (effect[b] - effect[a]))
