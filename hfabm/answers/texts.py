"""How answers speak: numbers, units and names inside a sentence, and one sentence in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hfabm.language import Language, has, say, say_or, share
from hfabm.results import words

NOTHING = words.number(None)
_DANISH = str.maketrans(",.-", ".,\u2212")


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages; as a string it is English.

    >>> str(Text("bolig", "home")), Text("bolig", "home")[Language.DA]
    ('home', 'bolig')
    """

    da: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.da if language is Language.DA else self.en

    def __str__(self) -> str:
        return self.en


def both(told: Callable[..., str], *given: Any) -> Text:
    """What a function that takes a language last says in each.

    >>> both(percent, 0.5)[Language.EN]
    '50%'
    """
    return Text(da=told(*given, Language.DA), en=told(*given, Language.EN))


def text_of(key: str, **values: Any) -> Text:
    """A phrase in both languages; values that are texts themselves are said in the same language."""

    def told(language: Language) -> str:
        said = {name: value[language] if isinstance(value, Text) else value for name, value in values.items()}
        return say(key, language, **said)

    return both(told)


def answer(key: str, language: Language, /, **values: Any) -> str:
    """A phrase of the answers."""
    return say(f"answers.{key}", language, **values)


def number(value: Any, language: Language) -> str:
    """A number of three figures, millions in short.

    >>> number(1234567.0, Language.DA), number(12345.6, Language.DA)
    ('1,23 mio.', '12.346')
    """
    return _written(words.number(value), language)


def rounded(value: float, language: Language) -> str:
    """The same, with three figures also below a million."""
    return _written(words.rounded(value), language)


def signed(value: float, language: Language) -> str:
    """A difference, with its sign."""
    return _written(words.signed(value), language)


def _written(text: str, language: Language) -> str:
    if language is Language.EN or text == NOTHING:
        return text
    short = text.removesuffix(" m").translate(_DANISH)
    return f"{short} mio." if text.endswith(" m") else short


def percent(value: float, language: Language, digits: int = 0) -> str:
    """A share in per cent."""
    return f"{value:.{digits}%}" if language is Language.EN else share(value, language, digits)


def unit_of(unit: str, language: Language) -> str:
    """A unit after a number: as it is declared, or as Danish says it."""
    return unit if language is Language.EN else say_or(f"units.{unit}", language, unit)


def in_millions(unit: str, language: Language) -> tuple[float, str]:
    """By what numbers are divided on an axis, and the unit there: sums of money in millions.

    >>> in_millions("DKK/year", Language.EN), in_millions("persons", Language.EN)
    ((1000000.0, 'm DKK/year'), (1.0, 'persons'))
    """
    spoken = unit_of(unit, language)
    return (1e6, f"{'m' if language is Language.EN else 'mio.'} {spoken}") if unit.startswith("DKK") else (1.0, spoken)


def outcome(metric: str, language: Language) -> str:
    """An outcome inside a sentence.

    >>> outcome("homeless_mean", Language.DA), outcome("weeks_to_home", Language.EN)
    ('hjemløshed', 'weeks to a home')
    """
    key = f"answers.subject.{metric}"
    if has(key):
        return say(key, language)
    name = title_of(metric, language)
    first = name.split()[0]
    return name if len(first) > 1 and first.isupper() else name[:1].lower() + name[1:]


def title_of(metric: str, language: Language) -> str:
    """An outcome as a heading."""
    return say_or(f"metrics.{metric}", language, capital(plain(metric)))


def meaning_of(metric: str, means: str, language: Language) -> str:
    """What an outcome is, without a full stop."""
    return say_or(f"metrics.{metric}.means", language, means).rstrip(".")


def listed(names: Iterable[str], language: Language, word: str = "and") -> str:
    """Names with a word between them."""
    return f" {answer(word, language)} ".join(names)


def plain(name: str) -> str:
    """A name of an outcome or a lever, for people."""
    return name.replace("_", " ")


def capital(text: str) -> str:
    """A text that begins a line."""
    return text[:1].upper() + text[1:]
