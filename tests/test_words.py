"""What the model says of itself stands in both languages: whole, alike in both, and no more than there is."""

from __future__ import annotations

import enum
import inspect
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hfabm.cli.arguments import SHIPPED
from hfabm.language import Language, say, topic_of, topics
from hfabm.metrics.catalogue import OUTCOMES, WEEKLY
from hfabm.parameters.declare import Declared, Heading, Role, declarations
from hfabm.parameters.lawbook import rules
from hfabm.parameters.values import plain
from hfabm.schedule import SECTIONS
from hfabm.state import codes
from hfabm.state.ledger import Account, Party
from hfabm.units import Unit

LEVERS_AND_LAW = [
    declared
    for section, cls in SECTIONS.items()
    for declared in declarations(section, cls)
    if declared.role in (Role.LEVER, Role.LAW)
]
CODES = [cls for _, cls in inspect.getmembers(codes, inspect.isclass) if issubclass(cls, enum.IntEnum)]
ENUMS: tuple[type[enum.Enum], ...] = (*(cls for cls in CODES if cls is not enum.IntEnum), Party, Account, Heading)
EXPERIMENTS = SHIPPED.parent / "experiments"
SAID_IN_FILES = ("title", "description", "hypothesis", "question")
LONGEST_NAME = 45
OF_LAW_ITSELF = {
    *(f"heading.{heading.name}" for heading in Heading),
    *(f"{unit}.{how}" for unit in ("days", "months", "years") for how in ("one", "many")),
    "yes", "no", "no_rule", "not_in_question",
}  # fmt: skip
"""Phrases of the law that no single rule has."""

by_topic = pytest.mark.parametrize("topic", topics())
by_language = pytest.mark.parametrize("language", list(Language))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def said_of(rule: Declared) -> dict[str, str]:
    """The sentences of a rule in English, by the keys that they have among the phrases."""
    says = rule.says
    assert says is not None
    found = {"rule": says.rule, "absent": says.absent, "alone": says.alone}
    found |= {f"at.{plain(value)}": sentence for value, sentence in says.at.items()}
    return {f"{rule.key}.{part}": sentence for part, sentence in found.items() if sentence}


LAW = {key: sentence for rule in rules(SECTIONS) for key, sentence in said_of(rule).items()}


def shipped() -> Iterator[tuple[str, str]]:
    """What the shipped files say of themselves, by the keys that it has among the phrases."""
    files = [(path, path.relative_to(SHIPPED)) for path in sorted(SHIPPED.rglob("*.toml"))]
    files += [(path, path.relative_to(EXPERIMENTS.parent)) for path in sorted(EXPERIMENTS.glob("*.toml"))]
    for path, name in files:
        said = read(path)
        for part in SAID_IN_FILES:
            if part in said:
                yield name.with_suffix("").as_posix() + ("" if part == "title" else f".{part}"), said[part]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@by_topic
def test_every_phrase_is_there_in_both_languages(topic: str) -> None:
    phrases = topic_of(topic)

    missing = [key for key, both in phrases.items() if any(not both.get(language, "").strip() for language in Language)]

    assert phrases and missing == []


@by_topic
def test_both_languages_leave_the_same_places_open(topic: str) -> None:
    phrases = topic_of(topic)

    unlike = [key for key, both in phrases.items() if len({frozenset(placeholders(t)) for t in both.values()}) > 1]

    assert unlike == []


@by_topic
def test_no_phrase_has_stray_blanks(topic: str) -> None:
    phrases = topic_of(topic)

    stray = [key for key, both in phrases.items() for text in both.values() if text != text.strip() or "  " in text]

    assert stray == []


def test_every_lever_and_rule_has_a_name_and_a_meaning_and_nothing_else_has() -> None:
    keys = [declared.key for declared in LEVERS_AND_LAW]

    found = set(topic_of("parameters"))

    assert found == {*keys, *(f"{key}.means" for key in keys)}


@by_language
def test_names_fit_a_control_and_are_told_apart(language: Language) -> None:
    names = [say(f"parameters.{declared.key}", language) for declared in LEVERS_AND_LAW]

    long = [name for name in names if len(name) > LONGEST_NAME]

    assert long == []
    assert sorted(names) == sorted(set(names))


@by_language
def test_a_meaning_is_a_sentence_with_the_evidence_that_is_declared(language: Language) -> None:
    for declared in LEVERS_AND_LAW:
        said = say(f"parameters.{declared.key}.means", language)

        assert said.endswith("."), declared.key
        for id in ids(declared.means):
            assert f"({id})" in said, f"{declared.key} does not name {id} in {language}"


def ids(text: str) -> list[str]:
    """Ids of the evidence register in brackets."""
    words = [word.strip(".,;:") for word in text.split()]
    return [word[1:-1] for word in words if word.startswith("(") and word.endswith(")") and word[1:2] in "GIMOPUX"]


def test_the_evidence_named_in_a_meaning_is_found() -> None:
    meaning = "Nationally up to 2,250 were granted (P20), none stood in 2025 (P6.009)."

    assert ids(meaning) == ["P20", "P6.009"]


def test_every_unit_reads_after_a_number() -> None:
    units = {unit.value for unit in Unit}

    found = set(topic_of("units"))

    assert found == units


def test_every_metric_has_a_name_and_a_meaning_and_nothing_else_has() -> None:
    names = [metric.name for metric in (*WEEKLY, *OUTCOMES)]

    found = set(topic_of("metrics"))

    assert found == {*names, *(f"{name}.means" for name in names)}


@by_language
def test_names_of_metrics_are_told_apart(language: Language) -> None:
    names = [say(f"metrics.{metric.name}", language) for metric in (*WEEKLY, *OUTCOMES)]

    assert sorted(names) == sorted(set(names))


def test_every_shipped_file_is_said_in_both_languages_and_none_that_is_gone() -> None:
    files = dict(shipped())

    found = {key: both[Language.EN] for key, both in topic_of("packages").items()}

    assert found == files


def test_every_member_of_the_codes_has_a_label_and_nothing_else_has() -> None:
    members = {f"{cls.__name__}.{member.name}" for cls in ENUMS for member in cls}

    found = set(topic_of("codes"))

    assert {"Housing.STREET", "Party.STATE", "Account.RENT", "Heading.SHELTER"} <= found
    assert found == members


def test_headings_are_the_same_wherever_they_are_said() -> None:
    for heading in Heading:
        both = topic_of("law")[f"heading.{heading.name}"]

        assert both[Language.EN] == heading.value
        assert topic_of("codes")[f"Heading.{heading.name}"] == both


def test_every_sentence_of_the_law_stands_beside_its_danish_and_none_that_is_gone() -> None:
    phrases = {key: both for key, both in topic_of("law").items() if key not in OF_LAW_ITSELF}

    assert {key: both[Language.EN] for key, both in phrases.items()} == LAW
    assert set(topic_of("law")) >= OF_LAW_ITSELF


@by_language
def test_what_is_a_sentence_in_english_is_one_in_danish(language: Language) -> None:
    for key, english in LAW.items():
        said = topic_of("law")[key][language]

        assert said.endswith(".") is english.endswith("."), key


@pytest.mark.parametrize("key", LAW)
def test_danish_names_every_paragraph_that_english_does(key: str) -> None:
    both = topic_of("law")[key]

    assert paragraphs(both[Language.DA]) >= paragraphs(both[Language.EN])


def paragraphs(text: str) -> set[str]:
    """Paragraphs that a sentence names: § 110, § 176 a."""
    parts = text.replace("§ ", "§").split()
    return {part.strip(".,;:()")[:4] for part in parts if part.lstrip("(").startswith("§")}
