"""The finding at a glance: a few numbers of each reform with their intervals, before anything is said in words."""

from __future__ import annotations

from typing import Any

from hfabm.app.compare.amounts import digits_of, interval, kroner_interval
from hfabm.app.compare.charts import MILLION, unit_name
from hfabm.app.compare.found import BreakEven, Compared, Effect, Found, Verdict
from hfabm.app.compare.sentences import headline
from hfabm.app.forms.markup import html
from hfabm.app.language import Language, say, share, signed

PEOPLE = ("homeless_mean", "long_term_mean", "wait_of_others")
PAYERS = ("municipality", "public")
BADGES = {"better": "hf-badge hf-badge-evidence", "worse": "hf-badge hf-badge-assumed"}


def glance(found: Compared, reform: Found, language: Language) -> Any:
    """The numbers of a reform, and its finding in one sentence."""
    cells = [_cell(say(f"metrics.{name}", language), reform.effect(name), language) for name in PEOPLE]
    for payer in PAYERS:
        label = say("compare.cost_of", language, payer=say(f"compare.payer_{payer}", language))
        cells.append(_cell(label, reform.costs[payer], language))
    cells.append(_paid_back(found, reform.break_even[PAYERS[0]], language))
    return html(
        "div",
        html("h3", reform.label),
        html("dl", *cells, css="hf-figures", data_test=f"glance-{reform.policy}"),
        html("p", headline(found, reform, language), data_test=f"headline-{reform.policy}"),
        css="hf-glance",
    )


def badge(verdict: Verdict, language: Language) -> Any:
    """What may be said of a difference, as a word that stands out."""
    return html("span", say(f"compare.verdict_{verdict}", language), css=BADGES.get(verdict, "hf-badge"))


def _cell(label: str, effect: Effect, language: Language) -> Any:
    money = effect.unit.startswith("DKK")
    factor = MILLION if money else 1.0
    value = None if effect.difference is None else effect.difference / factor
    digits = digits_of(*(end / factor for end in (effect.low, effect.high) if end is not None))
    said = (kroner_interval if money else interval)(effect.low, effect.high, language)
    return html(
        "div",
        html("dt", label),
        html(
            "dd", "–" if value is None else signed(value, language, digits), " ",
            html("small", unit_name(effect.unit, language)),
            html("small", "" if effect.same else said.strip("()")),
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
