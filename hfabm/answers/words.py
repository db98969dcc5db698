"""The finding in words: what a title may say, made from the numbers and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from hfabm.answers.grid import alone, interactions, main_effects
from hfabm.answers.pictures.canvas import capital, said
from hfabm.answers.sensitivity import Method, Sensitivity
from hfabm.experiments.results import Results
from hfabm.metrics.catalogue import metric as metric_of
from hfabm.metrics.metric import Better
from hfabm.results.compare import t_975
from hfabm.results.words import rounded, signed

MEASURED = {
    Method.SOBOL: "share of variance with all interactions, ST",
    Method.MORRIS: "mean size of the effect over the range, mu*",
    Method.PAWN: "how far the distribution moves, PAWN",
}
"""What the numbers in brackets are."""


def of_grid(results: Results, metric: str, better: Better) -> str:
    """Which levers move an outcome, and whether they need each other.

    Args:
        results: Runs of a full grid.
        metric: The outcome.
        better: Which direction is better.
    """
    main = main_effects(results, metric)
    what, unit = _name(metric), metric_of(metric).unit.value
    clear = main[main["clear"]]
    if clear.empty:
        return f"No lever clearly moves {what}, whatever the others are."
    strongest = clear.sort_values("difference", key=np.abs, ascending=False).drop_duplicates("lever")
    parts = [
        f"{said(row['lever'])} ({row['choice']}) {_worse(row, better)}{_interval(row)}"
        for row in strongest.to_dict("records")
    ]
    idle = [said(lever) for lever in dict.fromkeys(main["lever"]) if lever not in set(clear["lever"])]
    rest = f"; {' and '.join(idle)} {'does' if len(idle) == 1 else 'do'} not clearly" if idle else ""
    return f"{capital(what)} ({unit}): {'; '.join(parts)}{rest}. {_together(results, metric, better)}"


def _together(results: Results, metric: str, better: Better) -> str:
    """Do two levers do more together than each alone?"""
    pairs = interactions(results, metric)
    clear = pairs[[_sure(row, len(pairs)) for row in pairs.to_dict("records")]] if len(pairs) else pairs
    if clear.empty:
        return "They add up: no two clearly do more, or less, together than apart."
    most = clear.sort_values("difference", key=np.abs).iloc[-1]
    sign = 1.0 if better == "higher" else -1.0
    kind = "more" if most["difference"] * sign > 0.0 else "less"
    pair = f"{said(most['lever'])} and {said(most['with'])}"
    return f"{capital(pair)} do {kind} together than apart, by {rounded(abs(most['difference']))}."


def _sure(row: Mapping[Any, Any], asked: int) -> bool:
    """Is an effect clear although it is one of many that were asked for (Bonferroni)?"""
    if row["seeds"] < 2:
        return False
    error = (row["high"] - row["difference"]) / t_975(row["seeds"] - 1)
    return bool(abs(row["difference"]) > float(stdtrit(row["seeds"] - 1, 1.0 - 0.025 / asked)) * error)


def title_of_grid(results: Results, metric: str, better: Better) -> str:
    """Which levers work without the others, and whether any two do more together."""
    main, single = main_effects(results, metric), alone(results, metric)
    strongest = main.sort_values("difference", key=np.abs, ascending=False).drop_duplicates("lever")
    unit = metric_of(metric).unit.value
    good: list[str] = []
    bad: list[str] = []
    not_clearly: list[str] = []
    for row in strongest.to_dict("records"):
        same = (single["lever"] == row["lever"]) & (single["choice"] == row["choice"])
        by_itself = single[same].iloc[0]
        name = f"{said(row['lever'])} ({row['choice']})"
        if by_itself["clear"]:
            helps = by_itself["difference"] > 0.0 if better == "higher" else by_itself["difference"] < 0.0
            (good if helps else bad).append(f"{name} {signed(by_itself['difference'])}")
        else:
            not_clearly.append(name)
    harms = ("costs more", "cost more") if "DKK" in unit else ("makes it worse", "make it worse")
    told = [_alone(good, "works", "work"), _alone(bad, *harms)]
    parts = told if better else [_alone([*good, *bad], "moves it", "move it")]
    rest = f"{' and '.join(not_clearly)} not clearly" if not_clearly else ""
    what = f"{capital(_name(metric))} ({unit})"
    return f"{what}: {'; '.join(filter(None, (*parts, rest)))}. {_together(results, metric, better)}"


def _alone(names: list[str], one: str, several: str) -> str:
    return f"{' and '.join(names)} {one if len(names) == 1 else several} without the others" if names else ""


def needs(results: Results, metric: str) -> list[str]:
    """What each choice does while all others are at their base, one line each."""
    rows = alone(results, metric).to_dict("records")
    return [f"{said(row['lever'])} {row['choice']} alone: {_effect(row)}" for row in rows]


def of_effects(effects: pd.DataFrame, metric: str) -> str:
    """Which policy does best on an outcome, and how many clearly do something."""
    rows = effects[effects["metric"] == metric]
    better = rows["better"].iloc[0]
    clear = rows[rows["clear"]]
    what = _name(metric)
    if clear.empty:
        return f"None of {len(rows)} policies clearly changes {what}."
    best = clear.sort_values("difference", ascending=better == "higher").iloc[-1]
    good = clear["difference"] > 0.0 if better == "higher" else clear["difference"] < 0.0
    if not good.any():
        return f"No policy clearly betters {what}; {len(clear)} of {len(rows)} clearly make it worse."
    return (
        f"{capital(what)}: {best['label']} does most, {signed(best['difference'])} {best['unit']}{_interval(best)}; "
        f"{int(good.sum())} of {len(rows)} policies clearly better it, {int((~good).sum())} make it worse."
    )


def of_plane(plane: pd.DataFrame) -> str:
    """What the frontier says."""
    steps = plane[plane["on_frontier"] & (plane["levers_moved"] > 0)].sort_values("cost")
    free = plane[(plane["verdict"] == "dominant") & (plane["effect_low"] > 0.0) & (plane["cost_high"] < 0.0)]
    if len(free):
        best = free.sort_values("effect").iloc[-1]
        return (
            f"{capital(str(best['label']))} puts more people in homes and costs less public money: "
            f"{signed(best['effect'])} person-years at home and {signed(best['cost'])} DKK a year."
        )
    clear = steps[(steps["effect_low"] > 0.0) & steps["ratio"].notna()]
    if clear.empty:
        return "No policy clearly gives more person-years at home for its money."
    first = clear.sort_values("ratio").iloc[0]
    return (
        f"The cheapest clear gain is {first['label']}: {rounded(first['ratio'])} DKK of public money for each "
        "person-year at home."
    )


def of_budget(frontier: pd.DataFrame) -> str:
    """Do mixes buy more than single reforms?"""
    single = frontier[frontier["levers_moved"] <= 1]
    if "affordable" in frontier:
        single, frontier = single[single["affordable"]], frontier[frontier["affordable"]]
    if single.empty or frontier.empty:
        return "No policy fits the budget."
    one, any_ = (rows.sort_values("effect", kind="stable").iloc[-1] for rows in (single, frontier))
    within = " within the budget" if "affordable" in frontier else ""
    if any_["levers_moved"] == 0:
        return f"No policy{within} gives more person-years at home than the base."
    if one["policy"] == any_["policy"]:
        return f"Most person-years at home{within}: {any_['label']}, {signed(any_['effect'])}; no mix beats it."
    return (
        f"Most person-years at home{within}: {any_['label']}, {signed(any_['effect'])} a year; the best single reform, "
        f"{one['label']}, gives {signed(one['effect'])}."
    )


def of_regret(frame: pd.DataFrame) -> str:
    """Which policy is the most robust."""
    first, best = frame.iloc[0], frame.sort_values("best", kind="stable").iloc[-1]
    unit = metric_of(str(first["metric"])).unit.value
    same = ", and" if first["policy"] == best["policy"] else f"; {best['label']} is"
    return (
        f"{capital(_name(str(first['metric'])))}: {first['label']} is the most robust, never more than "
        f"{rounded(first['regret_most'])} {unit} worse than the best{same} best in {best['best']:.0%} of futures."
    )


def of_together(beyond: pd.DataFrame) -> str:
    """Do all levers do more together than each alone, summed up?"""
    row = beyond.iloc[0]
    total = f"{rounded(row['together'])} together against {rounded(row['sum_of_each'])} as the sum of each"
    if not row["clear"]:
        return f"They add up: {total}, no clear difference{_interval(row)}."
    return f"Beyond the sum of each: {signed(row['difference'])}{_interval(row)}; {total}."


def of_sensitivity(found: Sensitivity) -> str:
    """What is clear of luck, or that nothing is."""
    clear = found.frame[found.frame["clear"]]
    subject = capital(said(found.subject))
    if clear.empty:
        return f"{subject}: none of {len(found.frame)} factors can be told from one that does nothing."
    named = ", ".join(f"{row['factor']} ({rounded(row[found.measure])})" for row in clear.head(4).to_dict("records"))
    more = f" and {len(clear) - 4} more" if len(clear) > 4 else ""
    return f"{subject}: {named}{more} of {len(found.frame)} factors do more than luck ({MEASURED[found.method]})."


def of_break_even(frame: pd.DataFrame) -> str:
    """Who gets their money back."""
    public = frame[frame["payer"] == "public"]
    sooner = public[public["year"].notna()]
    if sooner.empty:
        return f"None of {len(public)} policies pays for itself within the horizon, for all public payers together."
    town = frame[(frame["payer"] == "municipality") & frame["year"].notna()]
    return (
        f"{len(sooner)} of {len(public)} policies pay for themselves within the horizon for the public as a whole; "
        f"{len(town)} do for the municipality."
    )


def of_equity(lines: list[str], gains: int) -> str:
    """Who is left behind."""
    if not gains:
        return "No policy shown clearly helps all groups together, so that nobody can be left behind."
    if not lines:
        return "No group is clearly left behind by the policies that help."
    return f"Left behind, clearly, with {lines[0]}" + (
        f"; so with {len(lines) - 1} more of those shown." if lines[1:] else "."
    )


def _effect(row: Mapping[Any, Any] | pd.Series) -> str:
    if not row["clear"]:
        return f"no clear effect ({signed(row['low'])} to {signed(row['high'])})"
    return f"{signed(row['difference'])}{_interval(row)} {row['unit']}"


def _interval(row: Mapping[Any, Any] | pd.Series) -> str:
    low, high = float(row["low"]), float(row["high"])
    return f" ({signed(low)} to {signed(high)})" if np.isfinite(low) else ""


def _worse(row: Mapping[Any, Any], better: Better) -> str:
    bad = (row["difference"] > 0.0) == (better == "lower") and better and "DKK" not in row["unit"]
    return f"{signed(row['difference'])}{', for the worse' if bad else ''}"


def _name(metric: str) -> str:
    names = {
        "home_years_per_year": "person-years at home",
        "long_term_mean": "long-term homelessness",
        "long_term_last_year": "long-term homelessness in the last year",
        "homeless_mean": "homelessness",
        "public_cost_per_year": "net public cost",
        "municipal_cost_per_year": "municipal cost",
        "state_cost_per_year": "state cost",
    }
    return names.get(metric, said(metric))
