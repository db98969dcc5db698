"""Packages: changes without a place and a horizon, included by scenarios, laid on them, and refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hfabm.parameters.declare import BEGINNING

FEE, DAYS = ("shelter_law", "user_fee"), ("shelter_law", "reimbursed_days")
CHEAP = """title = "Cheap"
hypothesis = "More people come."
source = "P01 and words"
scales_by = "shelter_law.user_fee"
[shelter_law]
user_fee = { 2020-01-01 = 100 }
"""
TIGHT = 'title = "Tight"\n[shelter_law]\nreimbursed_days = { 2020-01-01 = 60 }\n'


def test_a_scenario_lays_what_it_includes_on_what_it_extends(write: Any, load: Any) -> None:
    write("[shelter_law]\nuser_fee = { 2010-01-01 = 50 }", "base.toml")
    write(CHEAP, "packages/cheap.toml", head="")
    write(TIGHT, "packages/tight.toml", head="")
    write('title = "Mine"\nextends = "base.toml"\ninclude = ["packages/cheap.toml", "packages/tight.toml"]', head="")

    scenario = load("s.toml")

    assert scenario.changes[FEE] == ((date(2010, 1, 1), 50.0), (date(2020, 1, 1), 100.0))
    assert scenario.changes[DAYS] == ((date(2020, 1, 1), 60.0),)
    assert [o.where for o in scenario.origins[FEE]] == ["base.toml:6", "packages/cheap.toml:6"]
    assert (scenario.title, scenario.hypothesis, scenario.scales_by) == ("Mine", "", "")


def test_what_a_scenario_sets_itself_lies_on_top_of_what_it_includes(write: Any, load: Any) -> None:
    write(CHEAP, "cheap.toml", head="")
    path = write('include = "cheap.toml"\n[shelter_law]\nuser_fee = { 2022-01-01 = 7 }')

    steps = load(path).changes[FEE]

    assert steps == ((date(2020, 1, 1), 100.0), (date(2022, 1, 1), 7.0))


def test_a_package_over_what_a_scenario_stands_on_never_clashes(write: Any, load: Any) -> None:
    write("[shelter_law]\nuser_fee = { 2019-01-01 = 50, 2021-01-01 = 60 }", "base.toml")
    write(CHEAP, "cheap.toml", head="")

    laid = load("cheap.toml", on="base.toml")
    again = load(write('extends = "base.toml"\ninclude = "cheap.toml"', head=""))

    assert laid.changes == again.changes == {FEE: ((date(2019, 1, 1), 50.0), (date(2020, 1, 1), 100.0))}
    assert laid.digest() == again.digest()


def test_packages_that_clash(write: Any, said: Any, load: Any) -> None:
    write(CHEAP, "a.toml", head="")
    write('title = "Dear"\n[shelter_law]\nuser_fee = { 2020-01-01 = 900 }', "b.toml", head="")
    both = 'include = ["a.toml", "b.toml"]\n'

    assert said(write(both)) == [
        "b.toml:3:14: error: shelter_law.user_fee: clashes with a.toml:6:14, which sets 2020-01-01 = 100 where "
        "this sets 2020-01-01 = 900. Set shelter_law.user_fee in the file that names both, or leave one of them out."
    ]
    assert load(write(both + "[shelter_law]\nuser_fee = 5")).changes == {FEE: ((BEGINNING, 5.0),)}


def test_a_package_may_include_and_extend_packages(write: Any, load: Any) -> None:
    write(CHEAP, "cheap.toml", head="")
    write(TIGHT, "tight.toml", head="")
    write('title = "Both"\ninclude = ["cheap.toml", "tight.toml"]', "both.toml", head="")
    write(
        'title = "Dearer"\nextends = "cheap.toml"\n[shelter_law]\nuser_fee = { 2020-01-01 = 9 }', "more.toml", head=""
    )
    write("", "base.toml")

    both, more = load("both.toml", on="base.toml"), load("more.toml", on="base.toml")

    assert set(both.changes) == {FEE, DAYS}
    assert (both.title, both.hypothesis, both.place) == ("Both", "", "odense")
    assert (more.title, more.hypothesis, more.changes[FEE][0][1]) == ("Dearer", "More people come.", 9.0)


def test_a_package_on_a_scenario_speaks_for_itself(write: Any, load: Any) -> None:
    write('description = "The ground."\nseed = 7\nseeds = 3', "base.toml")
    write(CHEAP, "cheap.toml", head="")

    laid = load("cheap.toml", on="base.toml")

    assert (laid.title, laid.hypothesis, laid.source) == ("Cheap", "More people come.", "P01 and words")
    assert (laid.scales_by, laid.description) == ("shelter_law.user_fee", "")
    assert (laid.seed, laid.seeds, laid.start) == (7, 3, date(2009, 1, 1))


def test_a_whole_scenario_ignores_what_it_might_be_laid_on(write: Any, load: Any) -> None:
    write("seed = 8", "base.toml")
    path = write("seed = 9")

    assert load(path, on="base.toml") == load(path)


def test_packages_on_top_and_options_above_them(write: Any, load: Any, said: Any) -> None:
    write(CHEAP, "cheap.toml", head="")
    write(TIGHT, "tight.toml", head="")
    path = write("")

    topped = load(path, packages=["cheap.toml", "tight.toml"], sets=["shelter_law.user_fee@2021-01-01=3"])

    assert topped.title == "Test + Cheap + Tight"
    assert topped.changes[FEE] == ((date(2020, 1, 1), 100.0), (date(2021, 1, 1), 3.0))
    assert said(path, packages=["s.toml"])[0].startswith("s.toml:1:1: error: include: s.toml is a whole scenario")


def test_words_and_number_of_seeds_do_not_change_the_digest(write: Any, load: Any) -> None:
    fee = "[shelter_law]\nuser_fee = 5\n"
    plain = load(write(fee))
    wordy = load(write('hypothesis = "H."\nsource = "assumed"\nscales_by = "shelter_law.user_fee"\nseeds = 50\n' + fee))

    assert plain != wordy
    assert plain.digest() == wordy.digest()
    assert plain.digest() != load(write(fee.replace("5", "6"))).digest()
    assert plain.digest() != load(write("seed = 2\n" + fee)).digest()


def test_a_package_reads_back_from_its_own_text(write: Any, load: Any) -> None:
    write("", "base.toml")
    write(CHEAP, "cheap.toml", head="")
    laid = load("cheap.toml", on="base.toml")

    again = load(write(laid.as_toml(), head=""))

    assert again == laid
    assert again.digest() == laid.digest()


def test_a_package_alone(write: Any, said: Any) -> None:
    path = write(CHEAP, "cheap.toml", head="")
    write(TIGHT, "tight.toml", head="")

    assert said(path) == [
        "cheap.toml:1:1: error: this is a package, not a scenario: it has neither place nor start nor end. "
        "Name a scenario to lay it on, as in: hfabm run odense --with cheap.toml"
    ]
    assert said(path, on="tight.toml") == [
        "tight.toml:1:1: error: this is a package too: nothing can be laid on it. "
        "Name a scenario with place, start and end."
    ]


WRONG = {
    "no package": ('include = "whole.toml"', "include: whole.toml is a whole scenario, with a place or a horizon"),
    "no title": ('include = "bare.toml"', "title: missing: a package needs one"),
    "no file": ('include = "gone.toml"', "include: there is no file gone.toml"),
    "no name": ("include = [3]", "include: 3 names no file"),
    "a circle": ('include = "round.toml"', "include: the files include one another in a circle"),
    "without effect": ('include = "idle.toml"', "shelter_law.user_fee: without effect: from 2009-01-01 to 2024-12-31"),
    "after the end": ('include = "late.toml"', "shelter_law.user_fee: 2030-01-01 lies after the end of the scenario"),
    "out of range": ('include = "much.toml"', "shelter_law.reimbursed_days: -1 lies outside the range 0 to 366 days"),
    "no such id": ('source = "P99 says so"', "source: 'P99' is no id of the evidence register"),
    "no lever": ('scales_by = "shelter_law.fee"', 'scales_by: "shelter_law.fee" names no parameter'),
    "of no use": ('scales_by = "arrears.patience"', "scales_by: arrears.patience is of the role 'uncertainty'"),
    "not its own": ('scales_by = "shelter_law.user_fee"', "scales_by: this file does not change shelter_law.user_fee"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_each_class_of_error(kind: str, write: Any, said: Any) -> None:
    body, message = WRONG[kind]
    write("", "whole.toml")
    write("[shelter_law]\nuser_fee = 3", "bare.toml", head="")
    write('title = "R"\ninclude = "s.toml"', "round.toml", head="")
    write('title = "I"\n[shelter_law]\nuser_fee = { 2020-01-01 = 3100 }', "idle.toml", head="")
    write('title = "L"\n[shelter_law]\nuser_fee = { 2030-01-01 = 3 }', "late.toml", head="")
    write('title = "M"\n[shelter_law]\nreimbursed_days = { 2020-01-01 = -1 }', "much.toml", head="")

    faults = said(write(body))

    assert len(faults) == 1
    place, _, rest = faults[0].partition(" error: ")
    assert rest.startswith(message)
    assert all(part.isdigit() for part in place.rstrip(":").split(":")[1:]) and place.count(":") == 3


def test_a_refused_value_makes_up_no_second_fault_of_its_scale(write: Any, said: Any) -> None:
    faults = said(write('scales_by = "shelter_law.user_fee"\n[shelter_law]\nuser_fee = -3'))

    assert [fault.split(": ")[2] for fault in faults] == ["shelter_law.user_fee"]
