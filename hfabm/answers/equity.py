"""Who gains and who is left behind: by need, age, sex and municipality."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hfabm.answers.paired import asked, by_seed, mean_of, over_base, panel_of
from hfabm.experiments.results import Results
from hfabm.language import Language, say_or

BY: tuple[tuple[str, ...], ...] = (("need",), ("age",), ("sex",), ("municipality",), ("need", "age"))
"""What groups are told apart by."""
MEASURES = {"homeless_years": "lower", "long_term_years": "lower", "home_years": "higher"}
"""Person-years that are told, and which direction is better."""
SLOWER = 0.5
"""A group is left behind if its share of people is helped less than half as much as all are."""


def equity(results: Results) -> pd.DataFrame:
    """What each policy does to each group, over the base.

    Returns:
        One row for each policy, measure and group: base and difference in person-years over the counted years with a
        95 % interval, the relative change, the group's share of the person-years at the base and of the whole change,
        and `left_behind`: all together gain clearly, and this group, clearly, less than half as much for its size.
    """
    rows = [row for by in BY for measure, better in MEASURES.items() for row in _groups(results, by, measure, better)]
    return pd.DataFrame(rows)


def _groups(results: Results, by: tuple[str, ...], measure: str, better: str) -> list[dict[str, object]]:
    if results.groups.empty:
        return []
    which = ["policy", "future", "seed"]
    sums = results.groups.groupby([*which, *by], sort=False)[measure].sum().reset_index()
    labels = sums[list(by)].astype(str).agg(", ".join, axis=1)
    panels = {label: panel_of(sums[labels == label], measure, results) for label in dict.fromkeys(labels)}
    futures, sign = asked(results), -1.0 if better == "lower" else 1.0
    whole = np.sum(list(panels.values()), axis=0)
    rows = []
    for label, panel in panels.items():
        base, added = by_seed(panel, futures)[0], by_seed(over_base(panel), futures)
        all_base, all_added = by_seed(whole, futures)[0], by_seed(over_base(whole), futures)
        for place, policy in enumerate(results.policies.index):
            if place == 0:
                continue
            own, every = mean_of(added[place]), mean_of(all_added[place])
            start, start_all = mean_of(base).value, mean_of(all_base).value
            # what the group gains less half of what it would gain in proportion to its size
            behind = mean_of(sign * (added[place] - SLOWER * all_added[place] * start / max(start_all, 1e-12)))
            gains = sign * every.value > 0.0 and every.clear
            rows.append(
                {
                    "policy": policy, "label": results.policies["label"][policy], "by": " x ".join(by), "group": label,
                    "measure": measure, "better": better, "base": start, "difference": own.value, "low": own.low,
                    "high": own.high, "relative": own.value / start if start else np.nan,
                    "share_of_base": start / start_all if start_all else np.nan,
                    "share_of_change": own.value / every.value if every.value and every.clear else np.nan,
                    "left_behind": bool(gains and behind.high < 0.0),
                }
            )  # fmt: skip
    return rows


def left_behind(frame: pd.DataFrame, language: Language = Language.EN) -> list[str]:
    """Those left behind, in words: one line for each policy."""
    if frame.empty:
        return []
    told = frame[frame["left_behind"] & ~frame["by"].str.contains(" x ")]
    named = [group_name(by, group, language) for by, group in zip(told["by"], told["group"], strict=True)]
    return [
        f"{label}: {', '.join(dict.fromkeys(rows['named']))}"
        for label, rows in told.assign(named=named).groupby("label", sort=False)
    ]


def group_name(by: str, group: str, language: Language) -> str:
    """A group as it is named in sentences and pictures."""
    return f"{say_or(f'answers.by.{by}', language, by)} {say_or(f'answers.group.{group}', language, group)}"
