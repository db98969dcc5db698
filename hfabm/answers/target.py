"""The smallest package that reaches a target, if any does."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hfabm.answers.frontier import COST
from hfabm.answers.paired import asked, by_seed, levers_moved, mean_of, outcome, over_base
from hfabm.answers.texts import answer, number, percent
from hfabm.answers.texts import outcome as named
from hfabm.experiments.results import Results
from hfabm.language import Language


def smallest(results: Results) -> pd.DataFrame:
    """Every policy against the target of the study, those that reach it first, the smallest first among them.

    Returns:
        One row for each policy: levers moved, the outcome with its 95 % interval, whether its mean reaches the target,
        whether the whole interval does (`surely`), the share of seeds that do, and the extra public cost a year [DKK].

    Raises:
        ValueError: The study has no target.
    """
    target = results.study.target
    if target is None:
        raise ValueError("the study has no target: write one under [target]")
    futures = asked(results)
    reached = by_seed(outcome(results, target.metric), futures)
    costs = by_seed(over_base(outcome(results, COST)), futures)
    rows = []
    for place, policy in enumerate(results.policies.index):
        found, told = mean_of(reached[place]), reached[place][np.isfinite(reached[place])]
        rows.append(
            {
                "policy": policy, "label": results.policies["label"][policy], "metric": target.metric,
                "at_most": target.at_most, "mean": found.value, "low": found.low, "high": found.high,
                "reaches": found.value <= target.at_most, "surely": found.high <= target.at_most,
                "seeds_reach": float((told <= target.at_most).mean()) if told.size else np.nan,
                "cost": mean_of(costs[place]).value,
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    frame.insert(2, "levers_moved", levers_moved(results))
    nearest = frame["mean"].where(~frame["reaches"], -np.inf)
    order = frame.assign(nearest=nearest, far=~frame["reaches"], size=frame["levers_moved"].where(frame["reaches"], 0))
    order = order.sort_values(["far", "size", "nearest", "cost"])
    return frame.loc[order.index].reset_index(drop=True)


def in_words(frame: pd.DataFrame, language: Language = Language.EN) -> str:
    """What that comes to, in one sentence."""
    first = frame.iloc[0]
    target = answer(
        "target", language, metric=named(first["metric"], language), limit=number(first["at_most"], language)
    )
    told = {"target": target, "label": first["label"], "mean": number(first["mean"], language)}
    if not first["reaches"]:
        return answer("target_missed", language, **told)
    if not first["levers_moved"]:
        return answer("target_base", language, **told)
    every = first["seeds_reach"] == 1.0
    sure = answer(
        "target_every_seed" if every else "target_some_seeds", language, share=percent(first["seeds_reach"], language)
    )
    way = "target_dearer" if first["cost"] > 0 else "target_cheaper"
    extra = answer(way, language, amount=number(abs(first["cost"]), language))
    return answer("target_reached", language, **told, sure=sure, extra=extra)
