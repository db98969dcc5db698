"""The law of a day as text: what stands on which day, since when, and what a scenario makes of it."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from hfabm.cli.arguments import SHIPPED
from hfabm.evidence import register
from hfabm.parameters.declare import ASSUMED, Declared, Heading, Role, Says, Value, parameter
from hfabm.parameters.lawbook import Article, articles, changes, first_day, in_words, rules
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Key, Scenario, Steps
from hfabm.population.places import PLACES
from hfabm.schedule import SECTIONS
from hfabm.units import Unit

LAST_OLD, REFORM, FINAL_CAP = date(2023, 9, 30), date(2023, 10, 1), date(2026, 4, 1)
LAW = rules(SECTIONS)
ABSENT = [rule for rule in LAW if rule.says and rule.says.absent]
by_rule = pytest.mark.parametrize("rule", LAW, ids=[rule.key for rule in LAW])


def on(day: date, scenario: Scenario | None = None) -> dict[str, Article]:
    return {article.key: article for article in articles(day, SECTIONS, scenario)}


def under(changed: dict[Key, Value | Steps]) -> Scenario:
    return Scenario("Reform", "odense", date(2009, 1, 1), date(2030, 12, 31)).with_changes(changed)


def some_value(rule: Declared) -> Value:
    """A value at which a rule exists and says its own sentence."""
    return True if rule.kind is bool else rule.kind((rule.low + rule.high) / 2)


def says(rule: Declared) -> Says:
    assert rule.says is not None, f"{rule.key} is law and has no sentence"
    return rule.says


@by_rule
def test_every_rule_of_law_has_a_sentence_with_its_value_and_known_names(rule: Declared) -> None:
    known = {"value", "price_year", *(r.name for r in LAW if r.section == rule.section)}

    said = says(rule)

    named = {name for _, name, _, _ in string.Formatter().parse(said.rule) if name is not None}
    assert named <= known
    assert ("value" in named) == (rule.kind is not bool)
    assert ("price_year" in named) == bool(rule.price_year)
    assert said.part_of == "" or said.part_of in known
    assert said.part_of or not said.alone
    assert said.heading is not Heading.OTHER


@by_rule
def test_a_rule_reads_well_at_every_value_it_has_had(rule: Declared) -> None:
    days = [max(day, date(2009, 1, 1)) for day, _ in rule.steps]

    found = [article for day in days if (article := on(day).get(rule.key))]

    for article in found:
        assert "{" not in article.sentence and "  " not in article.sentence
        assert article.sentence.endswith(".") is article.exists


def test_every_rule_can_be_made_to_exist() -> None:
    scenario = under({(rule.section, rule.name): some_value(rule) for rule in LAW})

    found = on(REFORM, scenario)

    assert [rule.key for rule in LAW if not found[rule.key].exists] == []
    for rule in LAW:
        sentence = found[rule.key].sentence
        assert "{" not in sentence and sentence.endswith(".")
        assert rule.kind is bool or in_words(some_value(rule), rule.unit) in sentence


@pytest.mark.parametrize("rule", ABSENT, ids=[rule.key for rule in ABSENT])
def test_a_rule_at_nothing_is_listed_as_one_that_does_not_exist(rule: Declared) -> None:
    scenario = under({(rule.section, rule.name): rule.kind(0)})

    found = on(FINAL_CAP, scenario)[rule.key]

    assert not found.exists
    assert found.sentence == says(rule).absent


@by_rule
def test_every_source_is_a_row_of_the_register(rule: Declared) -> None:
    scenario = under({(r.section, r.name): some_value(r) for r in LAW})

    article = on(REFORM, scenario)[rule.key]

    assert article.assumed is not bool(article.sources)
    assert [row.id for row in article.sources if register().get(row.id) is not row] == []
    assert " ".join(row.id for row in article.sources) == ("" if article.assumed else rule.source)


def test_no_limit_then_120_days_then_90() -> None:
    key = "refund_law.shelter_days"

    old, between, new = (on(day)[key] for day in (LAST_OLD, REFORM, FINAL_CAP))

    assert "no limit" in old.sentence
    assert (old.since, old.until) == (None, REFORM)
    assert between.sentence.startswith("At most 120 days of § 110 stays")
    assert (between.value, between.unit, between.since, between.until) == (120, Unit.DAYS_PER_YEAR, REFORM, FINAL_CAP)
    assert new.sentence.startswith("At most 90 days of § 110 stays")
    assert (new.since, new.until) == (FINAL_CAP, None)
    assert [row.id for row in new.sources] == ["I01", "I02", "I03"]


def test_the_act_of_2023_brings_refunds_of_support_and_of_section_107() -> None:
    support, stay = "refund_law.support_days", "refund_law.section_107_days"

    old, new = on(LAST_OLD), on(REFORM)

    assert not old[support].exists and not old[stay].exists
    assert "730 days (2 years)" in new[support].sentence
    assert "183 days (6 months)" in new[stay].sentence
    assert new[support].heading is Heading.SUPPORT and new[stay].heading is Heading.SECTION_107


def test_a_condition_of_a_refund_says_nothing_before_there_is_one() -> None:
    key = "refund_law.decision_before_discharge"

    old, new = on(LAST_OLD), on(REFORM)

    assert key not in old
    # its value has been the same ever since; the rule is as old as what it is part of
    assert (new[key].value, new[key].since) == (True, REFORM)


def test_a_limit_that_nobody_counts_to_is_none() -> None:
    scenario = under({("refund_law", "days_counted"): False})

    found = on(FINAL_CAP, scenario)

    assert "no limit" in found["refund_law.shelter_days"].sentence
    assert not found["refund_law.days_counted"].exists
    assert "refund_law.running_year_days" not in found


def test_what_the_law_does_not_cover_is_said() -> None:
    key = "housing_law.arrears_covered"

    article = on(FINAL_CAP)[key]

    assert article.exists and article.value == 0.0
    for word in ("arrears", "nuisance", "eviction"):
        assert word in article.sentence


def test_changes_tell_both_sides_and_every_day_between() -> None:
    before, after = LAST_OLD, FINAL_CAP

    found = {change.rule.key: change for change in changes(before, after, SECTIONS)}

    limit = found["refund_law.shelter_days"]
    assert limit.before and "no limit" in limit.before.sentence
    assert limit.after and "90 days" in limit.after.sentence
    assert limit.dates == (REFORM, FINAL_CAP)
    assert found["refund_law.decision_before_discharge"].before is None
    assert "refund_law.rate" not in found and "refund_law.rate_beyond" not in found


def test_changes_are_those_of_the_sentences() -> None:
    days = [date(2008, 1, 1) + timedelta(days=182 * n) for n in range(40)]

    for before, after in zip(days, days[1:], strict=False):
        found = {change.rule.key for change in changes(before, after, SECTIONS)}

        one, other = ({k: a.sentence for k, a in on(day).items() if a.exists} for day in (before, after))
        assert found == {key for key in {*one, *other} if one.get(key) != other.get(key)}


def test_nothing_changes_within_a_regime() -> None:
    days = FINAL_CAP, FINAL_CAP + timedelta(days=500)

    found = changes(*days, SECTIONS)

    assert found == ()


def test_rules_stand_in_the_order_of_the_headings() -> None:
    order = list(Heading)

    found = [order.index(article.heading) for article in articles(REFORM, SECTIONS)]

    assert found == sorted(found)
    assert len(set(found)) == len(Heading) - 1


def test_a_scenario_says_what_it_changes_from_its_day_on() -> None:
    day = date(2027, 1, 1)
    scenario = under({("refund_law", "rate_beyond"): ((day, 0.125),)})

    old, new = on(day - timedelta(days=1), scenario), on(day, scenario)

    assert not old["refund_law.rate_beyond"].exists and old["refund_law.rate_beyond"].where == ""
    assert new["refund_law.rate_beyond"].sentence == "Of the § 110 days beyond the limit the state refunds 12.5%."
    assert new["refund_law.rate_beyond"].where == "set in Python"
    assert new["refund_law.rate"].where == ""


def test_a_sentence_that_names_another_value_changes_with_it() -> None:
    day = date(2027, 1, 1)
    scenario = under({("central_refund", "above_2"): ((day, 1_500_000.0),)})

    found = {change.rule.key for change in changes(day - timedelta(days=1), day, SECTIONS, scenario)}

    assert found == {"central_refund.above_2", "central_refund.share_1", "central_refund.share_2"}


@dataclass(frozen=True, slots=True)
class Bylaw:
    days: int = parameter(30, Unit.DAYS, 0, 90, role=Role.LAW, source=ASSUMED, means="Days to answer a citizen.")
    fee: float = parameter(5.0, Unit.DKK, 0, 90, role=Role.LEVER, source=ASSUMED, means="A lever is no law.")


def test_law_without_a_sentence_says_what_it_means() -> None:
    sections = {"bylaw": Bylaw}

    (found,) = articles(FINAL_CAP, sections)

    assert (found.heading, found.sentence) == (Heading.OTHER, "Days to answer a citizen: 30 days (1 month).")
    assert found.assumed


def test_the_home_case_leaves_the_law_as_it_is() -> None:
    scenario = load_scenario(SHIPPED / "odense.toml", SECTIONS, PLACES)

    found = [article.key for article in articles(REFORM, SECTIONS, scenario) if article.where]

    assert found == []


def test_the_law_is_known_from_the_first_dated_step_on() -> None:
    steps = [day for rule in LAW for day, _ in rule.steps if day.year > 1]

    first = first_day(SECTIONS)

    assert first == min(steps)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.07, Unit.SHARE, "7%"),
        (2_322.5, Unit.DKK_DAY, "2,322.5 DKK a day"),
        (15_000.0, Unit.DKK, "15,000 DKK"),
        (1, Unit.DAYS, "1 day"),
        (100, Unit.DAYS, "100 days"),
        (183, Unit.DAYS, "183 days (6 months)"),
        (365, Unit.DAYS, "365 days (1 year)"),
        (730, Unit.DAYS, "730 days (2 years)"),
        (8.0, Unit.CASES_PER_WORKER, "8 cases per caseworker"),
        (True, Unit.SWITCH, "yes"),
    ],
)
def test_values_in_words(value: Value, unit: Unit, words: str) -> None:
    given = value, unit

    found = in_words(*given)

    assert found == words
