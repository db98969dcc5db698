"""Every lever becomes a control, in a group, with a slider that is fit for what anybody sets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from hfabm.app.reform.controls import ASKED, CODES, Control, Grade, Group, controls, group_of, made_from, sought
from hfabm.app.reform.draft import Draft, laid_on
from hfabm.app.reform.standing import value_on
from hfabm.language import NARROW, Language
from hfabm.parameters.declare import Role, declarations, parameter
from hfabm.schedule import SECTIONS
from hfabm.units import Unit

ALL = tuple(controls().values())
by_control = pytest.mark.parametrize("control", ALL, ids=lambda control: control.dotted)


@dataclass(frozen=True)
class New:
    """Parameters of something that does not exist."""

    rate: float = parameter(
        0.2, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source="assumed", means="How much of something new there is."
    )
    known: float = parameter(1.0, Unit.RATIO, 0.0, 2.0, role=Role.CONSTANT, source="assumed", means="What is known.")


def control(dotted: str) -> Control:
    return controls()[tuple(dotted.split("."))]  # type: ignore[index]


def test_every_lever_and_rule_of_law_is_a_control_once() -> None:
    declared = {one.key for section, cls in SECTIONS.items() for one in declarations(section, cls) if one.dated}

    made = [one.dotted for one in ALL]

    assert sorted(made) == sorted(declared)


def test_a_new_lever_lands_in_the_group_of_its_section_and_a_new_section_in_practice() -> None:
    new = made_from({"supply": New, "something": New})

    assert [(one.dotted, one.group) for one in new] == [
        ("supply.rate", Group.HOMES),
        ("something.rate", Group.PRACTICE),
    ]
    assert new[1].name(Language.DA) == "something.rate"
    assert new[1].means(Language.DA) == "How much of something new there is."


@pytest.mark.parametrize("group", list(Group))
def test_what_is_asked_for_most_exists_and_stands_first(group: Group) -> None:
    members = [one.dotted for one in ALL if one.group is group]

    assert tuple(members[: len(ASKED[group])]) == ASKED[group]


def test_a_lever_may_stand_elsewhere_than_its_section() -> None:
    assert group_of(control("municipality.workers_act").declared) is Group.SUPPORT
    assert group_of(control("municipality.prevention").declared) is Group.PRACTICE


@by_control
def test_a_slider_holds_the_value_of_today_and_lies_in_the_range(control: Control) -> None:
    today = value_on(control, laid_on("odense_ahead", Draft()), date(2027, 1, 1))

    least, most, step = control.slider(today)

    assert control.low <= least <= today * control.scale <= most <= control.high
    assert 0 < step <= most - least


def test_a_slider_reaches_a_value_that_was_typed_beyond_it() -> None:
    days = control("refund_law.support_days")
    before = days.slider(730)

    after = days.slider(730, 20_000)

    assert before[1] < 20_000 == after[1]


@by_control
def test_what_is_shown_stands_for_the_same_value(control: Control) -> None:
    for value in (control.declared.low, control.declared.high, control.declared.steps[-1][1]):
        assert control.value_of(value * control.scale) == value


@pytest.mark.parametrize(
    ("dotted", "value", "danish", "english"),
    [
        ("refund_law.rate", 0.5, f"50{NARROW}%", f"50{NARROW}%"),
        ("supply.cheap_lost", 0.0125, f"1,25{NARROW}% pr. år", f"1.25{NARROW}% a year"),
        ("prices.new_dwelling", 455105.0, f"455.105{NARROW}kr.", f"455,105{NARROW}DKK"),
        ("refund_law.prevention", True, "ja", "yes"),
        ("allocation.order", 3, "Lodtrækning", "Lottery"),
        ("referral.chances", 3, "3", "3"),
    ],
)
def test_values_are_said_as_each_language_does(dotted: str, value: float, danish: str, english: str) -> None:
    assert control(dotted).said(value, Language.DA) == danish
    assert control(dotted).said(value, Language.EN) == english


@pytest.mark.parametrize("dotted", list(CODES))
def test_every_code_has_words(dotted: str) -> None:
    one = control(dotted)

    assert CODES[dotted] == one.declared.high + 1
    assert all(not one.said(code, language).isdigit() for code in range(CODES[dotted]) for language in Language)


def test_the_grade_tells_law_evidence_and_assumption_apart() -> None:
    assert control("refund_law.shelter_days").grade is Grade.LAW
    assert control("municipality.allocation_share").grade is Grade.EVIDENCE
    assert control("municipality.commitment").grade is Grade.ASSUMED
    law = control("refund_law.shelter_days")
    assert replace(law, declared=replace(law.declared, source="assumed")).grade is Grade.ASSUMED


@by_control
def test_what_rests_on_something_can_show_it(control: Control) -> None:
    assert bool(control.sources) is (control.grade is not Grade.ASSUMED)


@pytest.mark.parametrize("words", ["refusionsdage", "days co-paid", "shelter_days", "REFUSIONSDAGE § 110"])
def test_a_search_finds_a_lever_in_either_language_and_by_its_key(words: str) -> None:
    assert "refund_law.shelter_days" in [one.dotted for one in sought(words)]


def test_a_search_for_what_there_is_not_finds_nothing() -> None:
    assert sought("enhjørning") == ()
