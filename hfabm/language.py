"""Two languages: phrases by key, numbers, money, dates and weeks as each writes them.

Phrases stand in `hfabm/words/TOPIC.toml`, both languages side by side:

    [moved_in]
    en = "{day}: moved into a home of {landlord}."
    da = "{day}: flyttede ind i en bolig hos {landlord}."

and are said by topic and key: `say("story.moved_in", Language.DA, day=..., landlord=...)`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

NARROW = "\u202f"
"""A space that does not break a line, between a number and its unit."""


class Language(StrEnum):
    """A language that people read hfabm in."""

    DA = "da"
    EN = "en"

    @property
    def other(self) -> Language:
        """The one to switch to."""
        return Language.EN if self is Language.DA else Language.DA


_MONTHS = {
    Language.DA: "jan. feb. marts april maj juni juli aug. sept. okt. nov. dec.".split(),
    Language.EN: "January February March April May June July August September October November December".split(),
}


def say(key: str, language: Language, /, **values: Any) -> str:
    """A phrase in a language.

    Args:
        key: Topic and key, such as `watch.play`.
        language: The language.
        **values: What its placeholders stand for.

    Raises:
        KeyError: There is no such phrase, or a placeholder is not given.
    """
    return phrase(key)[language].format(**values) if values else phrase(key)[language]


def phrase(key: str) -> Mapping[Language, str]:
    """A phrase in both languages.

    Raises:
        KeyError: There is no such phrase.
    """
    topic, _, name = key.partition(".")
    found = topic_of(topic).get(name)
    if found is None:
        raise KeyError(f"there is no phrase {key!r}: write it in hfabm/words/{topic}.toml")
    return found


def has(key: str) -> bool:
    """Is there such a phrase?"""
    topic, _, name = key.partition(".")
    return topic in topics() and name in topic_of(topic)


def say_or(key: str, language: Language, otherwise: str) -> str:
    """A phrase in a language, or something else where there is no such phrase."""
    return say(key, language) if has(key) else otherwise


@cache
def topics() -> tuple[str, ...]:
    """Names of the files of phrases."""
    files = resources.files("hfabm.words").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


@cache
def topic_of(topic: str) -> Mapping[str, Mapping[Language, str]]:
    """All phrases of a topic, by key; a key with dots in it is quoted in its file."""
    text = resources.files("hfabm.words").joinpath(f"{topic}.toml").read_text(encoding="utf-8")
    return {key: {Language(name): said for name, said in both.items()} for key, both in tomllib.loads(text).items()}


def translated(text: str, language: Language) -> str:
    """A title or question in a language: those of studies that ship are known in both, others stay as they are."""
    return _shipped_words().get(text, {}).get(language, text)


@cache
def _shipped_words() -> Mapping[str, Mapping[Language, str]]:
    """Phrases of the study files that ship, by the English one."""
    phrases = topic_of("packages").items()
    return {both[Language.EN]: both for key, both in phrases if key.startswith("experiments/")}


def number(value: float, language: Language, digits: int = 0) -> str:
    """A number as a language writes it.

    >>> number(-1234.5, Language.DA, 1), number(-1234.5, Language.EN, 1)
    ('−1.234,5', '−1,234.5')
    """
    text = f"{value:,.{digits}f}".replace("-", "\u2212")
    if text.strip("\u22120.,") == "":
        text = text.replace("\u2212", "")
    return text.translate(str.maketrans(",.", ".,")) if language is Language.DA else text


def signed(value: float, language: Language, digits: int = 0) -> str:
    """A number with its sign.

    >>> signed(3.0, Language.EN), signed(-3.0, Language.EN), signed(0.01, Language.EN)
    ('+3', '−3', '0')
    """
    text = number(value, language, digits)
    return text if text.startswith("\u2212") or not text.strip("0.,") else f"+{text}"


def share(value: float, language: Language, digits: int = 0) -> str:
    """A share in per cent, with a narrow space before the sign.

    >>> share(0.125, Language.DA, 1).split(NARROW)
    ['12,5', '%']
    """
    return f"{number(100.0 * value, language, digits)}{NARROW}%"


def day(when: date, language: Language) -> str:
    """A date.

    >>> day(date(2024, 2, 5), Language.DA), day(date(2024, 2, 5), Language.EN)
    ('5. feb. 2024', '5 February 2024')
    """
    month = _MONTHS[language][when.month - 1]
    return f"{when.day}. {month} {when.year}" if language is Language.DA else f"{when.day} {month} {when.year}"


def week(when: date, language: Language) -> str:
    """A week of the calendar.

    >>> week(date(2024, 2, 5), Language.DA)
    'uge 6, 2024'
    """
    year, number_, _ = when.isocalendar()
    return f"{'uge' if language is Language.DA else 'week'} {number_}, {year}"
