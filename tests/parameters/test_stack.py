"""Files that extend files, `--set` options and an earlier end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hfabm.parameters.declare import BEGINNING


def test_stacked_files_that_clash(write: Any, said: Any, load: Any) -> None:
    write("[arrears]\npatience = 4\nreminders = 3", "a.toml")
    write("seed = 2\n[arrears]\npatience = 5\nreminders = 3", "b.toml")
    both = 'extends = ["a.toml", "b.toml"]\n'
    assert said(write(both)) == [
        "b.toml:7:1: error: arrears.patience: clashes with a.toml:6:1, which sets 4 where this sets 5. "
        "Set arrears.patience in the file that names both, or leave one of them out."
    ]
    decided = load(write(both + "[arrears]\npatience = 6"))
    assert decided.changes["arrears", "patience"] == ((BEGINNING, 6.0),)
    assert decided.seed == 2


def test_stacked_files_that_clash_in_a_place(write: Any, said: Any, head: str) -> None:
    write("", "a.toml")
    write("", "b.toml", head=head.replace("odense", "aarhus"))
    assert said(write('extends = ["a.toml", "b.toml"]', head="")) == [
        'b.toml:2:1: error: place: clashes with a.toml:2:1, which sets "odense" where this sets "aarhus". '
        "Set place in the file that names both, or leave one of them out."
    ]


def test_a_file_may_change_what_its_neighbour_inherits(write: Any, load: Any) -> None:
    write("[arrears]\npatience = 4", "base.toml")
    write('extends = "base.toml"\n[arrears]\npatience = 5', "a.toml", head="")
    write('extends = "base.toml"\n[arrears]\nreminders = 3', "b.toml", head="")
    for order in ('"a.toml", "b.toml"', '"b.toml", "a.toml"'):
        scenario = load(write(f"extends = [{order}]", head=""))
        assert scenario.changes["arrears", "patience"] == ((BEGINNING, 5.0),)
        assert scenario.title == "Test"


def test_dates_stand_on_what_is_extended(write: Any, load: Any) -> None:
    write("[shelter_law]\nuser_fee = { 2010-01-01 = 1, 2020-01-01 = 2 }", "sub/base.toml")
    scenario = load(write('extends = "sub/base.toml"\n[shelter_law]\nuser_fee = { 2015-01-01 = 3 }', head=""))
    steps = ((date(2010, 1, 1), 1.0), (date(2015, 1, 1), 3.0))
    assert scenario.changes["shelter_law", "user_fee"] == steps
    assert [o.where for o in scenario.origins["shelter_law", "user_fee"]] == ["sub/base.toml:6", "s.toml:3"]


def test_an_override_is_judged_in_the_first_horizon_known(write: Any, load: Any, said: Any) -> None:
    write("[shelter_law]\nuser_fee = { 2025-01-01 = 1 }", "reform.toml", head="")
    assert said(write('extends = "reform.toml"')) == [
        "reform.toml:2:14: error: shelter_law.user_fee: 2025-01-01 lies after the end of the scenario, "
        "2024-12-31, so it never has effect. Remove it, or end the scenario later."
    ]
    write("[shelter_law]\nuser_fee = { 2020-01-01 = 1 }", "whole.toml")
    assert load(write('extends = "whole.toml"\nend = 2015-01-01', head="")).changes == {}


def test_setting_back_what_an_extended_file_set_is_no_change(write: Any, load: Any, said: Any) -> None:
    write("[arrears]\npatience = 4", "base.toml")
    assert load(write('extends = "base.toml"\n[arrears]\npatience = 8', head="")).changes == {}
    assert said(write('extends = "base.toml"\n[arrears]\npatience = 4', head="")) == [
        "s.toml:3:1: error: arrears.patience: without effect: from 2009-01-01 to 2024-12-31 it is 4 anyway, "
        "as set in base.toml:6. Remove it, or set another value."
    ]


def test_files_in_a_circle(write: Any, said: Any) -> None:
    write('extends = "b.toml"', "a.toml")
    write('extends = "s.toml"', "b.toml")
    assert said(write('extends = "a.toml"')) == [
        "b.toml:5:11: error: extends: the files extend one another in a circle: "
        "s.toml extends a.toml extends b.toml extends s.toml. Take one of them out."
    ]


def test_files_too_deep(write: Any, said: Any, load: Any) -> None:
    write("", "f6.toml")
    for i in range(6):
        write(f'extends = "f{i + 1}.toml"', f"f{i}.toml")
    assert load("f1.toml").title == "Test"
    assert said("f0.toml") == [
        "f5.toml:5:11: error: extends: more than 5 files deep: f0.toml extends f1.toml extends f2.toml "
        "extends f3.toml extends f4.toml extends f5.toml extends f6.toml. "
        "Gather what they set in fewer files."
    ]


def test_a_missing_file_hides_no_other_error_and_makes_none_up(write: Any, said: Any) -> None:
    assert said(write('extends = "gone.toml"\n[arrears]\npatience = 8\nreminders = 99', head="")) == [
        "s.toml:1:11: error: extends: there is no file gone.toml. Scenario files in ./: none.",
        "s.toml:4:13: error: arrears.reminders: 99 lies outside the range 0 to 10 count. "
        "Choose a value in it; this is: Letters before a case goes to court",
    ]


def test_options(write: Any, load: Any) -> None:
    sets = [
        "arrears.patience=12 weeks",
        "shelter_law.user_fee@2010-01-01=1",
        "shelter_law.user_fee@2011-01-01=2",
    ]
    scenario = load(write("[arrears]\npatience = 4"), sets=[*sets, "shelter_law.open_door=false"])
    assert scenario.changes == {
        ("arrears", "patience"): ((BEGINNING, 12.0),),
        ("shelter_law", "user_fee"): ((date(2010, 1, 1), 1.0), (date(2011, 1, 1), 2.0)),
        ("shelter_law", "open_door"): ((BEGINNING, False),),
    }
    assert scenario.origins["arrears", "patience"][0].where == "--set arrears.patience=12 weeks"


WRONG_OPTIONS = {
    "patience": "this sets no parameter. Write section.name=value or section.name@2023-10-01=value.",
    "arrears.patince=3": "arrears.patince: unknown key. Did you mean 'patience'?",
    "arears.patience=3": "arears.patience: unknown section. Did you mean 'arrears'?",
    "arrears.patience@2010-01-01=3": "not dated: it is of the role 'uncertainty', and only "
    "levers and law change on a date. Write one value for the whole horizon; its unit is weeks.",
    "shelter_law.user_fee@2010=3": "'2010' is no date. Write year-month-day, such as 2023-10-01.",
    "shelter_law.user_fee=3 EUR": "\"3 EUR\" has the unit 'EUR'; this parameter is in 'DKK/month'. "
    'Write the number alone, or "<number> DKK/month".',
    "arrears.patience=99": "99 lies outside the range 1 to 52 weeks. "
    "Choose a value in it; this is: Weeks of arrears a landlord bears",
    "shelter_law.user_fee@2030-01-01=3": "shelter_law.user_fee: 2030-01-01 lies after the end of the "
    "scenario, 2024-12-31, so it never has effect. Remove it, or end the scenario later.",
    "arrears.reminders=2": "arrears.reminders: without effect: from 2009-01-01 to 2024-12-31 it is 2 anyway, "
    "as declared. Remove it, or set another value.",
}


@pytest.mark.parametrize("item", WRONG_OPTIONS)
def test_wrong_options(item: str, write: Any, said: Any) -> None:
    assert said(write(""), sets=[item]) == [f"--set {item}: error: {WRONG_OPTIONS[item]}"]


def test_an_option_given_twice(write: Any, said: Any) -> None:
    assert said(write(""), sets=["arrears.patience=3", "arrears.patience=4"]) == [
        "--set arrears.patience=4: error: arrears.patience: already set by '--set arrears.patience=3'. "
        "Leave one of the two out."
    ]


def test_until(write: Any, load: Any, said: Any) -> None:
    path = write("[shelter_law]\nuser_fee = { 2010-01-01 = 1, 2020-01-01 = 2 }")
    scenario = load(path, until=date(2015, 1, 1))
    assert scenario.end == date(2015, 1, 1)
    assert scenario.changes["shelter_law", "user_fee"] == ((date(2010, 1, 1), 1.0),)
    assert load(path, until=date(2009, 6, 1)).changes == {}
    for day in (date(2009, 1, 1), date(2025, 1, 1)):
        assert said(path, until=day) == [
            f"--until {day}: error: not within the scenario, which runs from 2009-01-01 to 2024-12-31. "
            "Choose a day after its start and no later than its end."
        ]
