"""The law in the language of the visitor: of a day, between two days, and of a reform against its base."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest

from hfabm.language import NARROW, Language, phrase, say
from hfabm.parameters import lawbook
from hfabm.parameters.declare import Declared, Heading, Says, Sections, Value
from hfabm.parameters.lawbook import Article, Change, Tongue
from hfabm.parameters.scenario import Scenario
from hfabm.parameters.values import plain
from hfabm.schedule import SECTIONS
from hfabm.units import Unit

_COMMAS = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that reads otherwise in a reform than in its base.

    Attributes:
        heading: Where the rule stands among the others; its name is the phrase `law.heading.NAME`.
        key: Its parameter: `refund_law.shelter_days`.
        before: What the base says, or that it has no such rule.
        after: What the reform says, or that it has no such rule.
        since: First day of the difference, no earlier than the first day that was asked for.
        until: First day on which it is over or is another one; None if it lasts to the end of the reform.
    """

    heading: Heading
    key: str
    before: str
    after: str
    since: date
    until: date | None


def articles(day: date, language: Language, scenario: Scenario | None = None) -> tuple[Article, ...]:
    """The rules of a day by heading, as `lawbook.articles` gives them, in a language.

    Args:
        day: The day.
        language: The language.
        scenario: Tells the law as this has it.
    """
    return lawbook.articles(day, SECTIONS, scenario, tongue(language))


def changes(before: date, after: date, language: Language, scenario: Scenario | None = None) -> tuple[Change, ...]:
    """The rules that read otherwise on a later day, as `lawbook.changes` gives them, in a language.

    Args:
        before: The earlier day.
        after: The later day.
        language: The language.
        scenario: Tells the law as this has it.
    """
    return lawbook.changes(before, after, SECTIONS, scenario, tongue(language))


def differences(base: Scenario, reform: Scenario, day: date, language: Language) -> tuple[Difference, ...]:
    """The rules that read otherwise in a reform than in its base, by heading and then by day.

    A rule that differs from the base in one way and later in another stands here twice.

    Args:
        base: The law as it would be.
        reform: The law as the reform has it.
        day: The first day to look at; the reform's start if that is later.  The last is the reform's end.
        language: The language.
    """
    sections = _touched(base, reform)
    days = _days((base, reform), sections, max(day, reform.start), reform.end)
    told = [(one, _by_key(one, sections, base, language), _by_key(one, sections, reform, language)) for one in days]
    found: list[Difference] = []
    for rule in lawbook.rules(sections):
        course = [(one, *_pair(old.get(rule.key), new.get(rule.key), language)) for one, old, new in told]
        found += _spells(rule, course)
    order = list(Heading)
    return tuple(sorted(found, key=lambda difference: order.index(difference.heading)))


def in_danish(value: Value, unit: Unit) -> str:
    """A value with its unit, as a Danish sentence has it.

    >>> in_danish(860000.0, Unit.DKK_YEAR), in_danish(183, Unit.DAYS), in_danish(90, Unit.DAYS_PER_YEAR)
    ('860.000 kr. om året', '183 dage (6 måneder)', '90 dage')
    """
    if isinstance(value, bool):
        return say("law.yes" if value else "law.no", Language.DA)
    if unit in lawbook.PERCENT:
        return f"{_danish(100 * value)}{NARROW}%"
    if unit is Unit.DAYS_PER_YEAR:
        return _counted(value, Unit.DAYS)
    if unit is Unit.DAYS:
        long = lawbook.longer(value)
        return _counted(value, Unit.DAYS) + (f" ({_counted(*long)})" if long else "")
    return f"{_danish(value)} {say(f'units.{unit.value}', Language.DA)}"


def _danish(value: float) -> str:
    """As many digits as it has."""
    return f"{value:,.10g}".translate(_COMMAS)


def _counted(count: float, unit: Unit) -> str:
    """A number of days, months or years."""
    return say(f"law.{unit.value}.{'one' if count == 1 else 'many'}", Language.DA, count=_danish(count))


@cache
def tongue(language: Language) -> Tongue | None:
    """What the law is told with; nothing for English, in which it is declared."""
    if language is Language.EN:
        return None
    return Tongue({rule.key: _danish_says(rule) for rule in lawbook.rules(SECTIONS)}, in_danish)


def _danish_says(rule: Declared) -> Says:
    """How a rule reads in Danish; what has no words in English has none here."""
    if rule.says is None:
        raise ValueError(f"{rule.key} is law and has no sentence: write one in hfabm/parameters/wording.py")

    def danish(part: str) -> str:
        return phrase(f"law.{rule.key}.{part}")[Language.DA]

    return dataclasses.replace(
        rule.says,
        rule=danish("rule"),
        at={value: danish(f"at.{plain(value)}") for value in rule.says.at},
        absent=danish("absent") if rule.says.absent else "",
        alone=danish("alone") if rule.says.alone else "",
    )


def _touched(base: Scenario, reform: Scenario) -> Sections:
    """The sections in which the one changes what the other does not."""
    keys = {*base.changes, *reform.changes}
    names = {
        section for section, name in keys if base.changes.get((section, name)) != reform.changes.get((section, name))
    }
    return {name: parameters for name, parameters in SECTIONS.items() if name in names}


def _days(scenarios: tuple[Scenario, Scenario], sections: Sections, first: date, last: date) -> list[date]:
    """The first day, and all up to the last on which a value changes."""
    turns = {turn for scenario in scenarios for turn in scenario.parameters(sections).dates}
    return [first, *sorted(turn for turn in turns if first < turn <= last)]


def _by_key(day: date, sections: Sections, scenario: Scenario, language: Language) -> dict[str, Article]:
    return {article.key: article for article in lawbook.articles(day, sections, scenario, tongue(language))}


def _pair(old: Article | None, new: Article | None, language: Language) -> tuple[str, str]:
    """What both say; the same where neither knows such a rule."""
    if not (old and old.exists) and not (new and new.exists):
        return "", ""
    return _text(old, language), _text(new, language)


def _text(article: Article | None, language: Language) -> str:
    if article is None:
        return say("law.not_in_question", language)
    return article.sentence if article.exists else say("law.no_rule", language, name=article.sentence)


def _spells(rule: Declared, course: list[tuple[date, str, str]]) -> Iterator[Difference]:
    """The times in which both say what they say, and it is not the same."""
    turns = [step for n, step in enumerate(course) if n == 0 or step[1:] != course[n - 1][1:]]
    for (since, before, after), later in zip_longest(turns, turns[1:]):
        if before != after:
            heading = rule.says.heading if rule.says else Heading.OTHER
            yield Difference(heading, rule.key, before, after, since, later[0] if later else None)
