"""The finding in words: what a title may say, made from the numbers and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from hfabm.answers.equity import left_behind
from hfabm.answers.grid import alone, interactions, main_effects
from hfabm.answers.texts import (
    answer,
    capital,
    listed,
    outcome,
    percent,
    plain,
    rounded,
    signed,
    unit_of,
)  # fmt: skip
from hfabm.experiments.results import Results
from hfabm.language import Language
from hfabm.metrics.catalogue import metric as metric_of
from hfabm.metrics.metric import Better
from hfabm.results.compare import t_975

EN = Language.EN


def of_grid(results: Results, metric: str, better: Better, language: Language = EN) -> str:
    """Which levers move an outcome, and whether they need each other.

    Args:
        results: Runs of a full grid.
        metric: The outcome.
        better: Which direction is better.
        language: The language.
    """
    main = main_effects(results, metric)
    clear = main[main["clear"]]
    if clear.empty:
        return answer("grid_none", language, what=outcome(metric, language))
    strongest = clear.sort_values("difference", key=np.abs, ascending=False).drop_duplicates("lever")
    parts = [
        f"{plain(row['lever'])} ({row['choice']}) {_worse(row, better, language)}{_interval(row, language)}"
        for row in strongest.to_dict("records")
    ]
    idle = [plain(lever) for lever in dict.fromkeys(main["lever"]) if lever not in set(clear["lever"])]
    if idle:
        parts.append(answer(f"grid_idle_{_many(idle)}", language, names=listed(idle, language)))
    return f"{_of(metric, language)}: {'; '.join(parts)}. {_together(results, metric, better, language)}"


def _together(results: Results, metric: str, better: Better, language: Language) -> str:
    """Do two levers do more together than each alone?"""
    pairs = interactions(results, metric)
    clear = pairs[[_sure(row, len(pairs)) for row in pairs.to_dict("records")]] if len(pairs) else pairs
    if clear.empty:
        return answer("grid_add_up", language)
    most = clear.sort_values("difference", key=np.abs).iloc[-1]
    pair = capital(listed([plain(most["lever"]), plain(most["with"])], language))
    if not better:
        return answer("grid_other", language, pair=pair, amount=signed(most["difference"], language))
    key = "grid_more" if (most["difference"] > 0.0) == (better == "higher") else "grid_less"
    return answer(key, language, pair=pair, amount=rounded(abs(most["difference"]), language))


def _sure(row: Mapping[Any, Any], asked: int) -> bool:
    """Is an effect clear although it is one of many that were asked for (Bonferroni)?"""
    if row["seeds"] < 2:
        return False
    error = (row["high"] - row["difference"]) / t_975(row["seeds"] - 1)
    return bool(abs(row["difference"]) > float(stdtrit(row["seeds"] - 1, 1.0 - 0.025 / asked)) * error)


def title_of_grid(results: Results, metric: str, better: Better, language: Language = EN) -> str:
    """Which levers work without the others, and whether any two do more together."""
    main, single = main_effects(results, metric), alone(results, metric)
    strongest = main.sort_values("difference", key=np.abs, ascending=False).drop_duplicates("lever")
    good: list[str] = []
    bad: list[str] = []
    not_clearly: list[str] = []
    for row in strongest.to_dict("records"):
        same = (single["lever"] == row["lever"]) & (single["choice"] == row["choice"])
        by_itself = single[same].iloc[0]
        name = f"{plain(row['lever'])} ({row['choice']})"
        if by_itself["clear"]:
            helps = by_itself["difference"] > 0.0 if better == "higher" else by_itself["difference"] < 0.0
            (good if helps else bad).append(f"{name} {signed(by_itself['difference'], language)}")
        else:
            not_clearly.append(name)
    harms = "costs" if "DKK" in metric_of(metric).unit.value else "harms"
    told = {"works": good, harms: bad} if better else {"moves": [*good, *bad]}
    parts = [
        answer(f"alone_{how}_{_many(names)}", language, names=listed(names, language))
        for how, names in told.items()
        if names
    ]
    if not_clearly:
        parts.append(answer("not_clearly", language, names=listed(not_clearly, language)))
    return f"{_of(metric, language)}: {'; '.join(parts)}. {_together(results, metric, better, language)}"


def needs(results: Results, metric: str, language: Language = EN) -> list[str]:
    """What each choice does while all others are at their base, one line each."""
    return [
        answer("alone", language, lever=plain(row["lever"]), choice=row["choice"], effect=_effect(row, language))
        for row in alone(results, metric).to_dict("records")
    ]


def of_effects(effects: pd.DataFrame, metric: str, language: Language = EN) -> str:
    """Which policy does best on an outcome, and how many clearly do something."""
    rows = effects[effects["metric"] == metric]
    better = rows["better"].iloc[0]
    clear = rows[rows["clear"]]
    what = outcome(metric, language)
    if clear.empty:
        return answer("effects_none", language, count=len(rows), what=what)
    if not better:
        most = clear.sort_values("difference", key=np.abs).iloc[-1]
        told = {"what": capital(what), "label": most["label"], "effect": _with_unit(most, language)}
        return answer("effects_moved", language, **told, moved=len(clear), count=len(rows))
    best = clear.sort_values("difference", ascending=better == "higher").iloc[-1]
    good = clear["difference"] > 0.0 if better == "higher" else clear["difference"] < 0.0
    if not good.any():
        return answer("effects_worse", language, what=what, bad=len(clear), count=len(rows))
    return answer(
        "effects_best", language, what=capital(what), label=best["label"], effect=_with_unit(best, language),
        good=int(good.sum()), count=len(rows), bad=int((~good).sum()),
    )  # fmt: skip


def of_plane(plane: pd.DataFrame, language: Language = EN) -> str:
    """What the frontier says."""
    steps = plane[plane["on_frontier"] & (plane["levers_moved"] > 0)].sort_values("cost")
    free = plane[(plane["verdict"] == "dominant") & (plane["effect_low"] > 0.0) & (plane["cost_high"] < 0.0)]
    if len(free):
        best = free.sort_values("effect").iloc[-1]
        effect, cost = signed(best["effect"], language), signed(best["cost"], language)
        return answer("plane_free", language, label=capital(str(best["label"])), effect=effect, cost=cost)
    clear = steps[(steps["effect_low"] > 0.0) & steps["ratio"].notna()]
    if clear.empty:
        return answer("plane_none", language)
    first = clear.sort_values("ratio").iloc[0]
    return answer("plane_cheapest", language, label=first["label"], ratio=rounded(first["ratio"], language))


def of_budget(frontier: pd.DataFrame, language: Language = EN) -> str:
    """Do mixes buy more than single reforms?"""
    single = frontier[frontier["levers_moved"] <= 1]
    if "affordable" in frontier:
        single, frontier = single[single["affordable"]], frontier[frontier["affordable"]]
    if single.empty or frontier.empty:
        return answer("budget_nothing", language)
    one, any_ = (rows.sort_values("effect", kind="stable").iloc[-1] for rows in (single, frontier))
    within = f" {answer('budget_within', language)}" if "affordable" in frontier else ""
    if any_["levers_moved"] == 0:
        return answer("budget_base", language, within=within)
    best = {"within": within, "label": any_["label"], "effect": signed(any_["effect"], language)}
    if one["policy"] == any_["policy"]:
        return answer("budget_single", language, **best)
    return answer("budget_mix", language, **best, single=one["label"], alone=signed(one["effect"], language))


def of_regret(frame: pd.DataFrame, language: Language = EN) -> str:
    """Which policy is the most robust."""
    first, best = frame.iloc[0], frame.sort_values("best", kind="stable").iloc[-1]
    metric = str(first["metric"])
    return answer(
        "regret_same" if first["policy"] == best["policy"] else "regret_other", language,
        what=capital(outcome(metric, language)), label=first["label"], best=best["label"],
        regret=rounded(first["regret_most"], language), unit=unit_of(metric_of(metric).unit.value, language),
        share=percent(best["best"], language),
    )  # fmt: skip


def of_together(beyond: pd.DataFrame, language: Language = EN) -> str:
    """Do all levers do more together than each alone, summed up?"""
    row = beyond.iloc[0]
    together, each = rounded(row["together"], language), rounded(row["sum_of_each"], language)
    total = answer("together_total", language, together=together, sum=each)
    if not row["clear"]:
        return answer("together_adds", language, total=total, interval=_interval(row, language))
    effect = f"{signed(row['difference'], language)}{_interval(row, language)}"
    return answer("together_beyond", language, effect=effect, total=total)


def of_break_even(frame: pd.DataFrame, language: Language = EN) -> str:
    """Who gets their money back."""
    public = frame[frame["payer"] == "public"]
    sooner = public[public["year"].notna()]
    if sooner.empty:
        return answer("break_even_none", language, count=len(public))
    town = frame[(frame["payer"] == "municipality") & frame["year"].notna()]
    return answer("break_even", language, public=len(sooner), count=len(public), town=len(town))


def of_equity(lines: list[str], gains: int, language: Language = EN) -> str:
    """Who is left behind."""
    if not gains:
        return answer("equity_no_gain", language)
    if not lines:
        return answer("equity_nobody", language)
    key = "equity_more" if lines[1:] else "equity_one"
    return answer(key, language, line=lines[0], more=len(lines) - 1)


def title_of_equity(rows: pd.DataFrame, label: str, language: Language = EN) -> str:
    """Whom one policy leaves behind."""
    lines = left_behind(rows, language)
    if not lines:
        return answer("equity_title_nobody", language, label=label)
    return answer("equity_title", language, label=label, groups=lines[0].removeprefix(f"{label}: "))


def _effect(row: Mapping[Any, Any] | pd.Series, language: Language) -> str:
    if not row["clear"]:
        return answer("no_clear", language, low=signed(row["low"], language), high=signed(row["high"], language))
    return f"{signed(row['difference'], language)}{_interval(row, language)} {unit_of(row['unit'], language)}"


def _with_unit(row: pd.Series, language: Language) -> str:
    return f"{signed(row['difference'], language)} {unit_of(row['unit'], language)}{_interval(row, language)}"


def _interval(row: Mapping[Any, Any] | pd.Series, language: Language) -> str:
    """With a blank before it; nothing where one seed gives none."""
    low, high = float(row["low"]), float(row["high"])
    if not np.isfinite(low):
        return ""
    return " " + answer("interval", language, low=signed(low, language), high=signed(high, language))


def _worse(row: Mapping[Any, Any], better: Better, language: Language) -> str:
    bad = (row["difference"] > 0.0) == (better == "lower") and better and "DKK" not in row["unit"]
    return f"{signed(row['difference'], language)}{answer('for_worse', language) if bad else ''}"


def _of(metric: str, language: Language) -> str:
    """An outcome with its unit, as a sentence begins."""
    return f"{capital(outcome(metric, language))} ({unit_of(metric_of(metric).unit.value, language)})"


def _many(names: list[str]) -> str:
    return "one" if len(names) == 1 else "many"
