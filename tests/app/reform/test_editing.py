"""Each step of working on a reform: what it makes of it, and that it can be taken back."""

from __future__ import annotations

from datetime import date

import pytest

from hfabm.app.reform.controls import Control, controls
from hfabm.app.reform.draft import STARTS, Draft
from hfabm.app.reform.editing import LONGEST_PAST, Editing
from hfabm.app.session import Session, begin

CAP = ("refund_law", "shelter_days")


@pytest.fixture
def editing() -> Editing:
    return Editing(Session())


def cap() -> Control:
    return controls()[CAP]


def test_a_lever_is_set_from_the_first_day_on_and_the_address_tells_it(editing: Editing) -> None:
    editing.set(cap(), 60)

    assert editing.draft.changes == {CAP: ((STARTS, 60),)}
    again = begin(editing.session.address("reform").partition("?")[2])
    assert again.draft.value.changes == editing.draft.changes


def test_a_lever_set_to_what_it_is_today_is_changed_no_more(editing: Editing) -> None:
    editing.set(cap(), 60)

    editing.set(cap(), 90)

    assert editing.draft.empty


def test_what_holds_today_but_would_fall_later_is_a_change(editing: Editing) -> None:
    assert editing.begin_on("2025-01-01")

    editing.set(cap(), 120)

    assert editing.draft.changes == {CAP: ((date(2025, 1, 1), 120),)}


def test_a_lever_set_back_on_top_of_a_package_is_a_change(editing: Editing) -> None:
    editing.include("reforms/05d_cap_60_days")

    editing.set(cap(), 90)

    assert editing.draft.changes == {CAP: ((STARTS, 90),)}


def test_another_first_day_moves_the_changes_and_stands_in_the_address(editing: Editing) -> None:
    editing.set(cap(), 60)

    assert editing.begin_on("2029-07-01")

    assert editing.draft.changes == {CAP: ((date(2029, 7, 1), 60),)}
    assert begin(editing.session.address("reform").partition("?")[2]).get("since") == "2029-07-01"


@pytest.mark.parametrize("written", ["", "soon", "0002-01-01", "2019-12-31", "2037-01-01"])
def test_a_day_outside_the_scenario_is_refused_and_changes_nothing(editing: Editing, written: str) -> None:
    editing.set(cap(), 60)

    assert not editing.begin_on(written)

    assert editing.since == STARTS
    assert editing.draft.changes == {CAP: ((STARTS, 60),)}


def test_every_step_can_be_taken_back_in_order(editing: Editing) -> None:
    steps = [
        lambda: editing.set(cap(), 60),
        lambda: editing.begin_on("2028-01-01"),
        lambda: editing.include("reforms/19_three_offers"),
        lambda: editing.exclude("reforms/19_three_offers"),
        lambda: editing.call("Sixty"),
        lambda: editing.leave(CAP),
        lambda: editing.load(Draft("Another")),
        editing.reset,
    ]
    seen = []
    for step in steps:
        seen.append((editing.draft, editing.since))
        step()

    back = []
    for _ in steps:
        editing.undo()
        back.append((editing.draft, editing.since))

    assert back == seen[::-1]
    assert editing.past.value == ()


def test_a_title_typed_in_one_go_is_one_step(editing: Editing) -> None:
    for title in ("S", "Si", "Sixty days "):
        editing.call(title)

    editing.undo()

    assert editing.draft == Draft()


def test_a_step_that_changes_nothing_is_none(editing: Editing) -> None:
    editing.set(cap(), 90)
    editing.include("")

    assert editing.past.value == ()


def test_only_so_many_steps_are_kept(editing: Editing) -> None:
    for number in range(LONGEST_PAST + 20):
        editing.set(cap(), number % 50)

    assert len(editing.past.value) == LONGEST_PAST


def test_an_address_that_names_another_base_is_read_as_that_of_a_new_visitor() -> None:
    editing = Editing(begin("base=../../etc/passwd&since=never"))

    assert (editing.base, editing.since) == ("odense_ahead", STARTS)


def test_two_visitors_do_not_share_a_reform() -> None:
    one, other = Editing(Session()), Editing(Session())

    one.set(cap(), 60)

    assert other.draft.empty
