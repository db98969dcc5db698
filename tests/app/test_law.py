"""The law in Danish and in English: the same rules, dates and values; and what a reform makes other."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from hfabm.app.law import Difference, articles, changes, differences, in_danish
from hfabm.cli.arguments import SHIPPED
from hfabm.language import NARROW, Language
from hfabm.parameters import lawbook
from hfabm.parameters.declare import BEGINNING, Declared, Heading, Value
from hfabm.parameters.lawbook import Article, rules
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Key, Scenario, Steps
from hfabm.population.places import PLACES
from hfabm.schedule import SECTIONS
from hfabm.units import Unit

LAST_OLD, REFORM, FINAL_CAP = date(2023, 9, 30), date(2023, 10, 1), date(2026, 4, 1)
FROM = date(2027, 1, 1)
LAW = rules(SECTIONS)
DAYS = sorted({max(day, date(2009, 1, 1)) for rule in LAW for day, _ in rule.steps if day != BEGINNING} | {LAST_OLD})
AHEAD = SHIPPED / "odense_ahead.toml"

by_language = pytest.mark.parametrize("language", list(Language))
by_day = pytest.mark.parametrize("day", DAYS, ids=str)


def on(day: date, language: Language, scenario: Scenario | None = None) -> dict[str, Article]:
    return {article.key: article for article in articles(day, language, scenario)}


def under(changed: dict[Key, Value | Steps]) -> Scenario:
    return Scenario("Reform", "odense", date(2021, 1, 1), date(2036, 12, 31)).with_changes(changed)


def some_value(rule: Declared) -> Value:
    """A value at which a rule exists and says its own sentence."""
    return True if rule.kind is bool else rule.kind((rule.low + rule.high) / 2)


@cache
def ahead(*reforms: str) -> Scenario:
    """Odense ahead, with reforms on it."""
    return load_scenario(AHEAD, SECTIONS, PLACES, packages=[SHIPPED / "reforms" / f"{name}.toml" for name in reforms])


@by_day
def test_english_is_what_the_law_book_says(day: date) -> None:
    scenario = ahead("05d_cap_60_days")

    found = articles(day, Language.EN, scenario)

    assert found == lawbook.articles(day, SECTIONS, scenario)


@by_day
def test_danish_tells_the_same_rules_with_the_same_values_and_dates(day: date) -> None:
    english, danish = (articles(day, language) for language in (Language.EN, Language.DA))

    facts = [
        [(a.heading, a.key, a.value, a.exists, a.since, a.until, a.sources) for a in told] for told in (danish, english)
    ]

    assert facts[0] == facts[1]


@by_day
def test_danish_reads_well_with_the_values_of_the_day(day: date) -> None:
    found = articles(day, Language.DA)

    for article in found:
        assert "{" not in article.sentence and "  " not in article.sentence
        assert article.sentence.endswith(".") is article.exists


def test_danish_reads_well_with_every_rule_in_force() -> None:
    scenario = under({(rule.section, rule.name): some_value(rule) for rule in LAW})

    found = on(FINAL_CAP, Language.DA, scenario)

    english = on(FINAL_CAP, Language.EN, scenario)
    for rule in LAW:
        sentence = found[rule.key].sentence
        assert "{" not in sentence and sentence.endswith(".")
        assert sentence != english[rule.key].sentence
        assert rule.kind is bool or in_danish(some_value(rule), rule.unit) in sentence


def test_danish_reads_well_at_single_values() -> None:
    at = [(rule, value) for rule in LAW if rule.says for value in rule.says.at]
    assert at

    for rule, value in at:
        changed: dict[Key, Value | Steps] = {(rule.section, rule.name): rule.kind(value)}
        danish, english = (on(FINAL_CAP, language, under(changed))[rule.key] for language in Language)

        assert danish.sentence.endswith(".") and danish.sentence != english.sentence


@by_day
def test_what_changes_changes_in_both_languages(day: date) -> None:
    danish, english = (changes(day, FINAL_CAP, language) for language in (Language.DA, Language.EN))

    assert [(c.rule.key, c.dates) for c in danish] == [(c.rule.key, c.dates) for c in english]
    assert english == lawbook.changes(day, FINAL_CAP, SECTIONS)


def test_the_limit_of_2026_in_danish() -> None:
    key = "refund_law.shelter_days"

    old, between, new = (on(day, Language.DA)[key].sentence for day in (LAST_OLD, REFORM, FINAL_CAP))

    assert "ingen grænse" in old
    assert between.startswith("Der er statsrefusion for højst 120 dage på § 110-boform")
    assert new.startswith("Der er statsrefusion for højst 90 dage på § 110-boform")


def test_amounts_shares_and_times_in_a_danish_sentence() -> None:
    scenario = under({("refund_law", "rate_beyond"): 0.125})

    found = on(FINAL_CAP, Language.DA, scenario)

    assert f"12,5{NARROW}%" in found["refund_law.rate_beyond"].sentence
    assert "860.000 kr. om året (2022-niveau)" in found["central_refund.above_1"].sentence
    assert "183 dage (6 måneder)" in found["refund_law.section_107_days"].sentence


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.07, Unit.SHARE, f"7{NARROW}%"),
        (2_322.5, Unit.DKK_DAY, "2.322,5 kr. om dagen"),
        (15_000.0, Unit.DKK, "15.000 kr."),
        (1, Unit.DAYS, "1 dag"),
        (1, Unit.DAYS_PER_YEAR, "1 dag"),
        (100, Unit.DAYS, "100 dage"),
        (30, Unit.DAYS, "30 dage (1 måned)"),
        (365, Unit.DAYS, "365 dage (1 år)"),
        (36500, Unit.DAYS, "36.500 dage (100 år)"),
        (8.0, Unit.CASES_PER_WORKER, "8 sager pr. medarbejder"),
        (True, Unit.SWITCH, "ja"),
    ],
)
def test_values_in_danish(value: Value, unit: Unit, words: str) -> None:
    given = value, unit

    found = in_danish(*given)

    assert found == words


@by_language
def test_a_limit_of_60_days_against_one_of_90(language: Language) -> None:
    base, reform = ahead(), ahead("05d_cap_60_days")

    (found,) = differences(base, reform, base.start, language)

    days = "dage" if language is Language.DA else "days"
    assert f"90 {days}" in found.before and f"60 {days}" in found.after
    assert (found.heading, found.key) == (Heading.SHELTER, "refund_law.shelter_days")
    assert (found.since, found.until) == (FROM, None)


@by_language
def test_a_difference_says_what_each_law_says(language: Language) -> None:
    base, reform = ahead(), ahead("05d_cap_60_days")

    (found,) = differences(base, reform, base.start, language)

    assert found.before == on(FROM, language, base)[found.key].sentence
    assert found.after == on(FROM, language, reform)[found.key].sentence


def test_a_rule_that_a_reform_brings_or_takes_away_is_told_as_none_on_the_other_side() -> None:
    bare, bonus = ahead(), ahead("08_bonus_for_lasting_homes")

    brought, taken = differences(bare, bonus, FROM, Language.DA), differences(bonus, bare, FROM, Language.EN)

    assert brought[0].before == "Der er ingen regel om dette: bonus for en bolig, der er beholdt i 12 måneder."
    assert "25.000 kr. (2023-priser)" in brought[0].after
    assert taken[0].after == "No such rule: bonus for a home held for 12 months."


def test_what_is_part_of_a_rule_taken_away_does_not_apply() -> None:
    base, reform = under({}), under({("refund_law", "support_days"): ((FROM, 0),)})

    found = {d.key: d for d in differences(base, reform, base.start, Language.DA)}

    assert found["refund_law.support_days"].after.startswith("Der er ingen regel om dette")
    assert found["refund_law.decision_before_discharge"].after == "Gælder ikke."
    assert "refund_law.support_taper" not in found  # it exists in neither


def test_a_reform_that_differs_in_one_way_and_then_in_another_is_told_twice() -> None:
    later, end = date(2029, 1, 1), date(2031, 1, 1)
    steps: Steps = ((FROM, 60), (later, 30), (end, 90))
    base, reform = under({}), under({("refund_law", "shelter_days"): steps})

    found = differences(base, reform, base.start, Language.EN)

    assert [(d.since, d.until) for d in found] == [(FROM, later), (later, end)]
    assert ["60 days" in found[0].after, "30 days" in found[1].after] == [True, True]


def test_what_the_base_changes_too_on_the_way_is_seen() -> None:
    base, reform = under({}), under({("refund_law", "shelter_days"): 90})

    found = differences(base, reform, base.start, Language.EN)

    (only,) = found
    assert (only.since, only.until) == (REFORM, FINAL_CAP)  # before it no day is counted, and after it both say 90
    assert "120 days" in only.before and "90 days" in only.after


def test_only_days_from_the_given_one_on_are_looked_at() -> None:
    over = date(2028, 1, 1)
    base, reform = under({}), under({("refund_law", "shelter_days"): ((FROM, 60), (over, 90))})

    before, within, after = (
        differences(base, reform, day, Language.DA) for day in (base.start, date(2027, 6, 1), over)
    )

    assert [d.since for d in before] == [FROM]
    assert [(d.since, d.until) for d in within] == [(date(2027, 6, 1), over)]
    assert after == ()


def test_a_reform_of_levers_alone_leaves_the_law() -> None:
    base, reform = ahead(), ahead("23_spread_rule")

    found = differences(base, reform, base.start, Language.DA)

    assert found == ()


def test_rules_that_differ_stand_in_the_order_of_the_headings() -> None:
    base, reform = ahead(), ahead("10_shelter_price_cap", "05d_cap_60_days", "11_more_allocation")

    found: tuple[Difference, ...] = differences(base, reform, base.start, Language.DA)

    assert [d.heading for d in found] == [Heading.SHELTER, Heading.ALLOCATION, Heading.PRICES]


def test_a_sentence_that_names_another_value_differs_with_it() -> None:
    base, reform = under({}), under({("central_refund", "above_2"): ((FROM, 1_500_000.0),)})

    found = {d.key: d for d in differences(base, reform, base.start, Language.DA)}

    assert set(found) == {"central_refund.above_2", "central_refund.share_1", "central_refund.share_2"}
    assert "1.680.000 kr." in found["central_refund.share_1"].before
    assert "1.500.000 kr." in found["central_refund.share_1"].after
