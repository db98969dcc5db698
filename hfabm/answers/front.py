"""The mixes that no other beats: what each does over the base, in the search and again with fresh luck."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hfabm.answers.effects import effects
from hfabm.answers.paired import levers_moved
from hfabm.answers.pictures.canvas import BLUE, GREY, Picture, plain_axes, short, shown
from hfabm.answers.texts import answer, both, in_millions, listed, number, outcome, signed, text_of, unit_of
from hfabm.experiments.files import replace_table, write_text
from hfabm.experiments.results import Results
from hfabm.experiments.search import COST
from hfabm.language import Language
from hfabm.metrics.catalogue import metric as metric_of


def front_table(results: Results, best: Sequence[int], again: Results | None) -> pd.DataFrame:
    """One row for each mix on the front.

    Args:
        results: All results of the search.
        best: The policies on the front; 0 is the base.
        again: The same mixes with fresh seeds, in the same order and without the base.

    Returns:
        policy, mix, levers moved; for each aim its difference to the base with a 95 % interval: confirmed with fresh
        seeds where there are any (`searched_...` is then what the search saw), else as the search saw it.
    """
    names = list(dict.fromkeys([*results.study.metrics, COST]))
    moved = dict(zip(results.policies.index, levers_moved(results), strict=True))
    rows = []
    seen, fresh = _told(results, names), _told(again, names)
    order = {policy: place for place, policy in enumerate([p for p in best if p], 1)}
    for policy in best:
        row: dict[str, Any] = {
            "policy": policy,
            "mix": results.policies["label"][policy],
            "levers_moved": moved[policy],
        }
        for name in names:
            first = seen.get((policy, name))
            told = fresh.get((order.get(policy, 0), name))
            for end in ("difference", "low", "high"):
                column = name if end == "difference" else f"{name}_{end}"
                source = told if told is not None else first
                row[column] = float(source[end]) if source is not None else 0.0
            if told is not None and first is not None:
                row[f"searched_{name}"] = float(first["difference"])
        rows.append(row)
    columns = ["policy", "mix", "levers_moved", *names]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)


def _told(results: Results | None, names: Sequence[str]) -> dict[tuple[int, str], dict[Any, Any]]:
    """The effect of each policy on each outcome."""
    if results is None or len(results.policies) < 2:
        return {}
    return {(row["policy"], row["metric"]): row for row in effects(results, names).to_dict("records")}


def in_words(table: pd.DataFrame, results: Results, language: Language = Language.EN) -> list[str]:
    """What a search found, line by line."""
    study, tried = results.study, len(results.policies)
    if table.empty:
        limits = [
            answer("target", language, metric=outcome(one.metric, language), limit=number(one.at_most, language))
            for one in (study.budget, study.target)
            if one
        ]
        return [answer("front_none", language, tried=tried, limits=listed(limits, language))]
    aim = next(iter(study.metrics))
    ascending = study.metrics[aim] == "lower"
    best = table.sort_values(aim, ascending=ascending).iloc[0]
    clear = best[f"{aim}_low"] > 0.0 or best[f"{aim}_high"] < 0.0
    aims = ", ".join(outcome(one, language) for one in study.metrics)
    return [
        answer("front_count", language, count=len(table), tried=tried, aims=aims),
        answer(
            "front_best", language, aim=outcome(aim, language), label=best["mix"], effect=signed(best[aim], language),
            unit=unit_of(metric_of(aim).unit.value, language),
            sure="" if clear else " " + answer("front_unclear", language), cost=signed(best[COST], language),
        ),
        answer("front_noisy", language),
    ]  # fmt: skip


def write(
    table: pd.DataFrame, results: Results, best: Sequence[int], folder: Path, language: Language = Language.EN
) -> None:
    """Write the front as CSV and Parquet, and its picture.

    Args:
        table: The front.
        results: All results of the search.
        best: The policies on it.
        folder: Folder of the search.
        language: The language of the picture.
    """
    target = folder / "answers"
    target.mkdir(exist_ok=True)
    write_text(table.to_csv(index=False), target / "front.csv")
    replace_table(table, target / "front.parquet")
    if len(table) and len(results.policies) > 1:
        picture(table, results).save(target, language)


def picture(table: pd.DataFrame, results: Results) -> Picture:
    """The front on the first two aims, every mix that was tried in grey."""
    x, y = [*[name for name in results.study.metrics if name != COST], COST][:2]
    if x == COST or y == x:
        x, y = list(results.study.metrics)[:2]

    def title(language: Language) -> str:
        return " ".join(in_words(table, results, language)[:2])

    def draw(figure: Any, language: Language) -> None:
        _draw(figure, table, results, (x, y), language)

    subtitle = text_of("pictures.front_shown", tried=len(results.policies))
    return Picture("front", both(title), subtitle, draw, 6.2)


def _draw(figure: Any, table: pd.DataFrame, results: Results, aims: tuple[str, str], language: Language) -> None:
    x, y = aims
    axes = figure.subplots()
    every = effects(results, [x, y]).pivot(index="policy", columns="metric", values="difference")
    scale = {name: in_millions(metric_of(name).unit.value, language)[0] for name in (x, y)}
    axes.scatter(every[x] / scale[x], every[y] / scale[y], color="#bbbbbb", s=14)
    ends = {
        name: ((table[name] - table[f"{name}_low"]) / scale[name], (table[f"{name}_high"] - table[name]) / scale[name])
        for name in (x, y)
    }
    axes.errorbar(
        table[x] / scale[x], table[y] / scale[y], xerr=[end.fillna(0.0) for end in ends[x]],
        yerr=[end.fillna(0.0) for end in ends[y]], fmt="o", color=BLUE, ecolor=GREY, linewidth=0.8, capsize=2,
    )  # fmt: skip
    for place, row in enumerate(table.sort_values(x).to_dict("records")):
        at, up = (row[x] / scale[x], row[y] / scale[y]), 6 if place % 2 else -6
        axes.annotate(short(str(row["mix"]), 50), at, (5, up), textcoords="offset points", fontsize=8, va="center")
    plain_axes(axes)
    axes.margins(x=0.2)
    axes.set_xlabel(_axis(x, language), fontsize=9)
    axes.set_ylabel(_axis(y, language), fontsize=9)


def _axis(name: str, language: Language) -> str:
    unit = in_millions(metric_of(name).unit.value, language)[1]
    return f"{outcome(name, language)}, {shown('over_base', language, unit=unit)}"
