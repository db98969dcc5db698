"""What is wrong in a reform, said in the language of the visitor.

Faults are written in English where they are found.  The kinds that a reform can have are known here by their words;
one that is not stays in English.
"""

from __future__ import annotations

import re

from hfabm.language import Language, has, say
from hfabm.parameters.faults import Fault

_UNKNOWN = r"unknown (?:key|section)"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        ("unknown", _UNKNOWN),
        ("range", r"(?P<value>\S+) lies outside the range (?P<low>\S+) to (?P<high>\S+) .*"),
        ("switch", r"(?P<value>.*) is no switch"),
        ("whole", r"(?P<value>.*) is no whole number.*"),
        ("number", r"(?P<value>.*) is no number|(?P<text>.*) (?:is a text without a unit|has the unit).*"),
        ("date", r"'(?P<value>.*)' is no date|a table without dates"),
        ("after", r"(?P<day>\S+) lies after the end of the scenario, (?P<end>[\d-]+).*"),
        ("before", r"(?P<day>\S+) lies before the start of the scenario, (?P<start>[\d-]+).*"),
        ("idle", r"without effect: .*"),
        ("clash", r"clashes with (?P<other>\S+?):\d+:\d+, which sets (?P<theirs>.*) where this sets (?P<ours>.*)"),
        ("toml", r"not TOML: (?P<why>.*)"),
        ("package", r"there is no package '(?P<name>.*)' among those that ship"),
        ("scenario", r"there is no scenario '(?P<name>.*)'"),
        ("foreign", r"a reform is laid on a scenario, and has none of its own"),
        ("programmes", r"a reform of one's own may declare no programmes"),
        ("long", r"it has (?P<length>\d+) characters, and at most (?P<longest>\d+) are taken"),
        ("deep", r"its values lie in one another too deep"),
        ("names", r"this is no list of names"),
        ("words", r"(?P<value>.*) is no text"),
        ("evidence", r"'(?P<name>.*)' is no id of the evidence register"),
        ("link", r"the link is cut short, or was changed on its way"),
    )
)
_LIKE = re.compile(r"Did you mean '([^']+)'")


def said(fault: Fault, language: Language) -> str:
    """A fault with its place: file, line and key."""
    line = say("reform_said.line", language, line=fault.line) if fault.line and fault.path else ""
    about = name_of(fault.key, language)
    what = what_of(fault, language)
    return ": ".join(part for part in (" ".join(filter(None, (fault.path, line))), about, what) if part)


def what_of(fault: Fault, language: Language) -> str:
    """What is wrong and what to do, without its place."""
    for name, pattern in _KINDS:
        found = pattern.fullmatch(fault.what)
        if found:
            values = {key: _short(value or "") for key, value in found.groupdict().items()}
            told = say(f"reform_said.{name}", language, **values) if values else say(f"reform_said.{name}", language)
            like = _LIKE.search(fault.hint)
            return f"{told} {say('reform_said.like', language, name=like[1])}" if like else told
    return f"{fault.what[:1].upper()}{fault.what[1:]}. {fault.hint}".strip()


def name_of(key: str, language: Language) -> str:
    """The name of a parameter and its key; the key alone where it is none."""
    return f"{say(f'parameters.{key}', language)} ({key})" if key and has(f"parameters.{key}") else key


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
