"""What a comparison found, in sentences made of its numbers and of nothing else.

What is not clear is said to be not clear, and what is exactly the same is said to be exactly the same.
"""

from __future__ import annotations

from typing import Any

from hfabm.app.compare.amounts import amount, digits_of, interval, joined, kroner, kroner_interval
from hfabm.app.compare.found import BreakEven, Compared, Effect, Found, GroupEffect
from hfabm.language import Language, has, say, share

FIRST = "long_term_mean"
"""The outcome of the headline, and of what is said of chance."""
PAYER = "municipality"
"""Whose money the headline is about."""
PEOPLE = ("homeless_mean", FIRST, "home_years_per_year", "placements_per_year", "evictions_per_year")
WEEKS = ("weeks_to_home", "wait_of_others")
NAMED = 4
"""Groups that a sentence names at most."""


def headline(found: Compared, reform: Found, language: Language) -> str:
    """The finding in one sentence.

    Args:
        found: The comparison.
        reform: One of its reforms.
        language: The language.
    """
    if reform.same_as == 0:
        return _say("headline_rules_same", language, label=reform.label)
    if reform.identical:
        return _say("headline_same", language, label=reform.label, seeds=len(found.seeds))
    said = _say(
        "headline", language, label=reform.label, people=of_people(reform.effect(FIRST), language),
        money=of_cost(reform.costs[PAYER], PAYER, language),
        payback=_payback(found, reform.break_even.get(PAYER), language),
    )  # fmt: skip
    if reform.same_as is None:
        return said
    other = next(one.label for one in found.reforms if one.policy == reform.same_as)
    rest = said.removeprefix(f"{reform.label}: ")
    return _say("headline_twin", language, label=reform.label, other=other, rest=_capital(rest))


def sections(found: Compared, reform: Found, language: Language) -> dict[str, str]:
    """What is said over each part of the page.

    Returns:
        By part: `people`, `waiting`, `cost`, `payback`, `groups`, `chance` and `assumptions`.
    """
    people = [of_people(reform.effect(name), language) for name in PEOPLE]
    weeks = [of_weeks(reform.effect(name), language) for name in WEEKS]
    costs = [of_cost(effect, payer, language) for payer, effect in reform.costs.items()]
    told = found.assumptions
    return {
        "people": f"{_capital('; '.join(people))}.",
        "waiting": f"{_capital('; '.join(weeks))}.",
        "cost": _say("section.cost", language, parts=_capital("; ".join(costs))),
        "payback": " ".join(paid(found, even, language) for even in reform.break_even.values()),
        "groups": of_groups(reform, language),
        "chance": of_chance(found, reform, language),
        "assumptions": _say(
            "assumptions",
            language,
            parameters=told.parameters,
            evidence=told.evidence,
            share=share(told.share, language),
        ),
    }


def of_people(effect: Effect, language: Language) -> str:
    """An effect on a number of people or events."""
    return _counted("people", effect, language)


def of_weeks(effect: Effect, language: Language) -> str:
    """An effect on a time of waiting."""
    return _counted("weeks", effect, language)


def of_cost(effect: Effect, payer: str, language: Language) -> str:
    """An effect on net cost a year."""
    values = {
        "who": _say(f"who.{payer}", language),
        "amount": kroner(effect.difference, language),
        "interval": kroner_interval(effect.low, effect.high, language),
    }
    return _say(f"cost.{_way(effect)}", language, **values).rstrip()


def of_groups(reform: Found, language: Language) -> str:
    """Who gains and who loses, by their homelessness."""
    told = [group for group in reform.groups if group.measure == "homeless_years"]
    if not told:
        return _say("groups.untold", language)
    if all(group.same for group in told):
        return _say("groups.same", language)
    said = []
    for key, verdict in (("gain", "better"), ("lose", "worse")):
        clear = sorted((g for g in told if g.verdict == verdict), key=lambda g: -abs(g.difference or 0.0))
        if clear:
            named = joined([_of_group(group, language) for group in clear[:NAMED]], language)
            said.append(_say(f"groups.{key}", language, groups=named))
    behind = [_name(group, language) for group in told if group.left_behind]
    if behind:
        said.append(_say("groups.behind", language, groups=joined(behind, language)))
    return " ".join([*(said or [_say("groups.unclear", language)]), _say("groups.many", language)])


def of_chance(found: Compared, reform: Found, language: Language) -> str:
    """How many seeds agree, and whether there are enough of them yet."""
    effect = reform.effect(FIRST)
    better = round((effect.improves or 0.0) * effect.seeds)
    way = "all" if better == effect.seeds else "none" if not better else "some"
    key = "untold" if not effect.seeds else "same" if effect.same else way
    what = _say(f"what.{FIRST}", language)
    said = _say(f"chance.{key}", language, what=what, better=better, seeds=effect.seeds)
    if len(found.seeds) == found.wanted:
        return said
    return f"{said} " + _say("chance.early", language, seeds=len(found.seeds), wanted=found.wanted)


def _counted(kind: str, effect: Effect, language: Language) -> str:
    digits = digits_of(effect.difference)
    values = {
        "what": _say(f"what.{effect.metric}", language),
        "amount": amount(effect.difference, language, digits),
        "interval": interval(effect.low, effect.high, language, "weeks" if kind == "weeks" else ""),
    }
    return _say(f"{kind}.{_way(effect)}", language, **values).rstrip()


def _way(effect: Effect) -> str:
    if effect.verdict in ("same", "unclear", "untold"):
        return effect.verdict
    return "more" if (effect.difference or 0.0) > 0.0 else "fewer"


def _payback(found: Compared, even: BreakEven | None, language: Language) -> str:
    """Paying back in a few words."""
    year = found.until.year
    if even is None or even.cost is None:
        key = "untold"
    elif even.same:
        key = "same"
    elif even.year is None:
        key = "never"
    else:
        key, year = "at_once" if even.at_once else "year", even.year
    return _say(f"payback.{key}", language, year=year)


def paid(found: Compared, even: BreakEven, language: Language) -> str:
    """Paying back in a sentence, with the share of seeds and what it comes to."""
    who = _capital(_say(f"who.{even.payer}", language))
    if even.same:
        return _say("section.payback_same", language, who=who)
    if even.cost is None:
        return _say("section.payback_untold", language, who=who)
    values = {"year": even.year, "until": found.until.year, "share": share(even.share or 0.0, language)}
    never = "never_of" if even.share else "never_in_any"
    key = never if even.year is None else "at_once_of" if even.at_once else "year_of"
    way = "more" if even.cost > 0.0 else "fewer"
    return _say(
        "section.payback", language, who=who, what=_say(f"payback.{key}", language, **values), until=found.until.year,
        cost=_say(f"amount.{way}", language, amount=kroner(even.cost, language)),
        interval=kroner_interval(even.low, even.high, language),
    )  # fmt: skip


def _of_group(group: GroupEffect, language: Language) -> str:
    digits = digits_of(group.difference)
    values = {
        "group": _name(group, language),
        "amount": amount(group.difference, language, digits),
        "interval": interval(group.low, group.high, language).strip("()"),
    }
    return _say("groups.one", language, **values)


def _name(group: GroupEffect, language: Language) -> str:
    """What a group is called; municipalities have names of their own."""
    key = f"group.{group.by}.{group.group}"
    return _say(key, language) if has(f"compare_said.{key}") else group.group


def _say(key: str, language: Language, **values: Any) -> str:
    return say(f"compare_said.{key}", language, **values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
