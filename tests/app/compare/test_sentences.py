"""Findings in words: made of the numbers alone, unclear where they are, in both languages."""

from __future__ import annotations

import dataclasses

import pytest

from app.compare.invented import PLACEBO, SIXTY, THIRTY, found, request
from hfabm.app.compare.found import Compared, Effect, Found
from hfabm.app.compare.request import Reform
from hfabm.app.compare.sentences import headline, sections
from hfabm.language import Language

DA, EN = Language.DA, Language.EN


@pytest.fixture(scope="module")
def three() -> Compared:
    return found(request(SIXTY, THIRTY, PLACEBO, placebo=True))


def test_the_headline_says_what_is_clear_and_what_is_not(three: Compared) -> None:
    sixty = three.reforms[0]

    assert headline(three, sixty, EN) == (
        "60 days: 12 fewer people in long-term homelessness (95% interval −17 to −7); no clear difference in cost for "
        "the municipality (95% interval DKK −3.0 to +3.1 million); not paid back by the end of 2030."
    )
    assert headline(three, sixty, DA) == (
        "60 days: 12 færre borgere i langvarig hjemløshed (95 %-interval −17 til −7); ingen klar forskel i udgiften "
        "for kommunen (95 %-interval −3,0 til +3,1 mio. kr.); ikke tjent hjem inden udgangen af 2030."
    )


def test_a_placebo_says_that_there_is_no_difference_at_all(three: Compared) -> None:
    placebo = three.reforms[2]

    assert headline(three, placebo, EN) == (
        "Nothing: the same rules as the baseline on every day, and so no difference at all."
    )
    said = sections(three, placebo, DA)
    assert said["groups"] == "Slet ingen forskel for nogen gruppe."
    assert said["chance"] == "Det samme antal borgere i langvarig hjemløshed i alle 3 gentagelser."
    assert said["people"].lower().count("slet ingen forskel") == 5


def test_other_rules_and_the_same_runs_are_told_apart_from_the_same_rules(three: Compared) -> None:
    idle = dataclasses.replace(three.reforms[2], same_as=None)

    assert headline(three, idle, EN) == (
        "Nothing: no difference at all from the baseline in any number, in any of the 3 replications."
    )


def test_a_reform_that_is_another_over_again_says_so() -> None:
    twice = found(request(SIXTY, Reform("Sixty", SIXTY.packages), placebo=True))

    said = headline(twice, twice.reforms[1], EN)

    assert said.startswith("Sixty: the same rules as “60 days” on every day, and so the same numbers. 12 fewer people")


def test_money_that_is_clear_is_dearer_or_cheaper(three: Compared) -> None:
    dearer = _with_cost(three.reforms[0], 3.04e6, 1.2e6, 4.9e6)
    cheaper = _with_cost(three.reforms[0], -240_000.0, -300_000.0, -180_000.0)

    assert "DKK 3.0 million a year dearer for the municipality (95% interval DKK +1.2 to +4.9 million)" in headline(
        three, dearer, EN
    )
    assert "240.000 kr. billigere om året for kommunen (95 %-interval −300.000 til −180.000 kr.)" in headline(
        three, cheaper, DA
    )


def _with_cost(reform: Found, *numbers: float) -> Found:
    cost: Effect = reform.costs["municipality"]
    difference, low, high = numbers
    changed = dataclasses.replace(cost, difference=difference, low=low, high=high, by_seed=(difference,) * 3)
    return dataclasses.replace(reform, costs={**reform.costs, "municipality": changed})


def test_paying_back_is_told_with_the_share_of_replications(three: Compared) -> None:
    said = sections(three, three.reforms[0], EN)["payback"]

    assert (
        "The municipality: on average not paid back by the end of 2030, but in 67\u202f% of the replications. In all "
        "DKK 333,000 more by the end of 2030"
    ) in said
    assert "The state: no difference at all in cost in any year." in said


def test_gainers_and_those_left_behind_are_named(three: Compared) -> None:
    english, danish = (sections(three, three.reforms[0], language)["groups"] for language in (EN, DA))

    assert english.startswith("Clearly less homelessness: ")
    assert "people aged 18 to 24 (1.8 person-years a year, 95% interval −2.5 to −1.1)" in english
    assert "Clearly left behind" in english and "people aged 60 and over" in english
    assert "unge på 18-24 år (1,8 personår om året" in danish


def test_chance_is_told_by_replications(three: Compared) -> None:
    clear, unsure = (sections(three, reform, EN)["chance"] for reform in three.reforms[:2])

    assert clear == "Fewer people in long-term homelessness in every one of the 3 replications."
    assert unsure.startswith("Fewer people in long-term homelessness in 1 of the 3 replications.")


def test_an_early_answer_says_that_it_is_one() -> None:
    early = found(request(SIXTY), seeds=(1, 2))

    said = sections(early, early.reforms[0], DA)["chance"]

    assert "Kun 2 af 3 gentagelser er færdige indtil nu" in said


def test_what_has_no_cases_is_not_told(three: Compared) -> None:
    reform = three.reforms[0]
    untold = tuple(
        dataclasses.replace(e, difference=None, low=None, high=None, seeds=0, by_seed=(None,) * 3)
        if e.metric == "weeks_to_home" else e
        for e in reform.outcomes
    )  # fmt: skip

    said = sections(three, dataclasses.replace(reform, outcomes=untold), EN)["waiting"]

    assert said.startswith("Nothing can be told of the time from need to a home")


@pytest.mark.parametrize("language", list(Language))
def test_every_section_is_a_sentence_in_every_language(three: Compared, language: Language) -> None:
    for reform in three.reforms:
        said = sections(three, reform, language)

        assert set(said) == {"people", "waiting", "cost", "payback", "groups", "chance", "assumptions"}
        for sentence in (*said.values(), headline(three, reform, language)):
            assert sentence.endswith(".") and sentence[0].isupper() or sentence[0].isdigit()
            assert not {"{", "}"} & set(sentence)
            assert "nan" not in sentence.split() and "None" not in sentence and ".." not in sentence
