"""All answers at once, and the report that tells them."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pandas as pd
import pytest
from tables import results, without

from hfabm.answers.analysis import analyse
from hfabm.answers.effects import effects
from hfabm.answers.finding import Answers, Finding, FindingKind
from hfabm.answers.words import of_effects, of_grid
from hfabm.experiments.study import Limit
from hfabm.language import Language

HOME, COST = "home_years_per_year", "public_cost_per_year"


def helps(a: int, b: int, x: float) -> dict[str, float]:
    return {HOME: 10.0 * a + 4.0 * b * x, COST: 2e6 * a, "homeless_mean": -5.0 * a}


def harms(a: int, b: int, x: float) -> dict[str, float]:
    return {HOME: -10.0 * a, COST: 2e6 * a}


def test_a_title_says_what_the_numbers_say() -> None:
    good, bad = (of_effects(effects(results(effect)), HOME) for effect in (helps, harms))

    assert "homes 1, support 1 does most, +12" in good
    assert bad.startswith("No policy clearly betters person-years at home; 2 of 3 clearly make it worse")


def test_what_is_neither_better_nor_worse_is_not_judged() -> None:
    given = results(harms)
    given = dataclasses.replace(given, study=dataclasses.replace(given.study, metrics={HOME: ""}))

    said = of_effects(effects(given), HOME)

    assert said.startswith("Person-years at home: homes 1") and "moves it most, -10 persons" in said
    assert "2 of 3 policies clearly move it." in said


def test_where_nothing_is_clear_nothing_is_claimed() -> None:
    given = results(lambda a, b, x: {}, noise=1.0)

    assert "None of 3 policies clearly changes" in of_effects(effects(given), HOME)
    assert of_grid(given, HOME, "higher").startswith("No lever clearly moves")


def test_all_that_the_design_allows_is_answered() -> None:
    given = results(
        helps, futures=32, seeds=3, noise=0.1, budget=Limit(COST, 1e6), target=Limit("homeless_mean", 148.0)
    )

    answers = analyse(given)

    kinds = [finding.kind for finding in answers.findings]
    assert kinds[0] == "target"
    assert set(kinds) == set(get_args(FindingKind))
    assert set(answers.tables) >= {
        "effects",
        "main_effects",
        "cost_effectiveness",
        "budget_frontier",
        "break_even",
        "equity",
    }
    assert answers.answer == answers.findings[0].said


@pytest.fixture(scope="module")
def everything() -> Answers:
    return analyse(
        results(helps, futures=32, seeds=3, noise=0.1, budget=Limit(COST, 1e6), target=Limit("homeless_mean", 148.0))
    )


def test_findings_are_in_both_languages(everything: Answers) -> None:
    for finding in everything.findings:
        for text in (finding.about, finding.said):
            assert text[Language.DA] != text[Language.EN], text
        assert len(finding.more[Language.DA]) == len(finding.more[Language.EN])


def numbers(finding: Finding, language: Language) -> set[str]:
    said = " ".join([finding.said[language], *finding.more[language]])
    return set(re.findall(r"\d[\d.,]*\d|\d", said))


def test_the_numbers_are_the_same_in_both_languages(everything: Answers) -> None:
    for finding in everything.findings:
        english, danish = (numbers(finding, language) for language in (Language.EN, Language.DA))
        assert {number.translate(str.maketrans(",.", ".,")) for number in english} == danish, finding.said


def test_what_cannot_be_said_is_said(tmp_path: Path) -> None:
    given = results(helps, futures=24, seeds=3)

    answers = analyse(without(given, policy=0, seed=2))

    assert any("sensitivity" in said and "not made" in said for said in answers.refused)
    assert answers.tables["effects"]["seeds"].max() == 2


def test_wrong_wishes_are_told() -> None:
    with pytest.raises(ValueError, match="no outcome 'nonsense'"):
        analyse(results(helps), metrics=["nonsense"])
    with pytest.raises(ValueError, match="no policy 9: this study has 0 to 3"):
        analyse(results(helps), policies=[9])


def test_pictures_have_their_finding_units_and_letters(tmp_path: Path) -> None:
    answers = analyse(results(helps, budget=Limit(COST, 1e6)))

    for picture in answers.pictures:
        png, svg = picture.save(tmp_path)
        text = " ".join(element.text or "" for element in ElementTree.parse(svg).iter() if element.tag.endswith("text"))
        assert png.stat().st_size > 5_000
        assert picture.title[Language.EN].split()[0] in text
    names = {picture.name for picture in answers.pictures}
    assert names >= {f"grid_{HOME}", f"effects_{HOME}", "cost_effectiveness", "budget_frontier", "break_even", "equity"}


def test_pictures_are_the_same_each_time(tmp_path: Path) -> None:
    picture = analyse(results(helps)).pictures[0]

    first = picture.save(tmp_path)[1].read_bytes()

    assert picture.save(tmp_path)[1].read_bytes() == first


def test_a_study_of_one_policy_has_no_effects() -> None:
    answers = analyse(results(helps, choices=(1, 1)))

    assert "effects" not in answers.tables


def test_answers_are_plain_data() -> None:
    answers = analyse(results(helps))

    assert all(isinstance(table, pd.DataFrame) for table in answers.tables.values())
    assert json.loads(json.dumps([str(finding.said) for finding in answers.findings]))
