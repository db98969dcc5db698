"""The finding at a glance: a few numbers of each reform with their intervals, before anything is said in words."""

from __future__ import annotations

from typing import Any

from hfabm.app.compare.amounts import digits_of_interval, interval
from hfabm.app.compare.charts import MILLION, unit_name
from hfabm.app.compare.found import BreakEven, Compared, Effect, Found, Verdict
from hfabm.app.compare.sentences import headline
from hfabm.app.forms.markup import html
from hfabm.language import Language, say, share, signed

PEOPLE = ("homeless_mean", "long_term_mean", "wait_of_others")
PAYERS = ("municipality", "public")
BADGES = {"better": "hf-badge hf-badge-evidence", "worse": "hf-badge hf-badge-assumed"}


def glance(found: Compared, reform: Found, language: Language) -> Any:
    """The numbers of a reform, and its finding in one sentence."""
    cells = [_cell(say(f"metrics.{name}", language), reform.effect(name), language) for name in PEOPLE]
    for payer in PAYERS:
        cells.append(_cell(say(f"compare.cost_{payer}", language), reform.costs[payer], language))
    said = headline(found, reform, language).removeprefix(f"{reform.label}: ")
    cells.append(_paid_back(found, reform.break_even[PAYERS[0]], language))
    return html(
        "div",
        html("h3", reform.label),
        html("dl", *cells, css="hf-figures", data_test=f"glance-{reform.policy}"),
        html("p", said[:1].upper() + said[1:]),
        css="hf-glance",
        data_test=f"headline-{reform.policy}",
    )


def badge(verdict: Verdict, language: Language) -> Any:
    """What may be said of a difference, as a word that stands out."""
    return html("span", say(f"compare.verdict_{verdict}", language), css=BADGES.get(verdict, "hf-badge"))


def _cell(label: str, effect: Effect, language: Language) -> Any:
    factor = MILLION if effect.unit.startswith("DKK") else 1.0
    value, low, high = (None if n is None else n / factor for n in (effect.difference, effect.low, effect.high))
    digits = 1 if low is None or high is None else digits_of_interval(low, high)
    told = signed(value, language, digits) if value is not None else "–"
    within = "" if effect.same else interval(low, high, language).strip("()")
    return html(
        "div",
        html("dt", label),
        html(
            "dd", told, " ",
            html("small", unit_name(effect.unit, language)),
            html("small", within),
            badge(effect.verdict, language),
        ),
        css=f"hf-verdict-{effect.verdict}",
    )  # fmt: skip


def _paid_back(found: Compared, even: BreakEven, language: Language) -> Any:
    """The year from which on the municipality has paid no more than with the base."""
    if even.same or even.cost is None:
        year = "–"
    elif even.year is None:
        year = say("compare.paid_back_not", language)
    else:
        year = say("compare.paid_back_at_once", language) if even.at_once else str(even.year)
    told = {"until": found.until.year, "share": share(even.share or 0.0, language)}
    small = "" if even.same or even.cost is None else say("compare.paid_back_in", language, **told)
    return html(
        "div",
        html("dt", say("compare.paid_back", language)),
        html("dd", year, html("small", small)),
    )
