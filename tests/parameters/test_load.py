"""Every class of error is reported in full: file, line, column, key, what is wrong and what to do."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hfabm.parameters.declare import BEGINNING
from hfabm.parameters.faults import ScenarioError

FEE = "Choose a value in it; this is: What a guest pays"

BAD = {
    "unknown key": (
        "[arrears]\npatiense = 10",
        "s.toml:6:1: error: arrears.patiense: unknown key. Did you mean 'patience'?",
    ),
    "key of another section": (
        "[arrears]\nuser_fee = 10",
        "s.toml:6:1: error: arrears.user_fee: unknown key. 'user_fee' is in [shelter_law].",
    ),
    "nearly a key of another section": (
        "[arrears]\nusr_fee = 10",
        "s.toml:6:1: error: arrears.usr_fee: unknown key. Did you mean 'user_fee' in [shelter_law]?",
    ),
    "like no key": (
        "[arrears]\nzzz = 10",
        "s.toml:6:1: error: arrears.zzz: unknown key. Known keys of [arrears]: patience, reminders.",
    ),
    "key of the top in a section": (
        "[arrears]\nseed = 10",
        "s.toml:6:1: error: arrears.seed: unknown key. "
        "'seed' belongs at the top of the file, above the first [section].",
    ),
    "parameter at the top": (
        "patience = 10",
        "s.toml:5:1: error: patience: unknown key. 'patience' is in [arrears].",
    ),
    "unknown key at the top": (
        "sead = 10",
        "s.toml:5:1: error: sead: unknown key. Did you mean 'seed'?",
    ),
    "unknown section": (
        "[arears]\npatience = 10",
        "s.toml:5:2: error: arears: unknown section. Did you mean 'arrears'?",
    ),
    "no section": (
        "arrears = 3",
        "s.toml:5:11: error: arrears: 3 stands where a section is meant. "
        "Write its parameters as lines under [arrears].",
    ),
    "wrong unit": (
        '[arrears]\npatience = "12 months"',
        "s.toml:6:12: error: arrears.patience: \"12 months\" has the unit 'months'; "
        "this parameter is in 'weeks'. Write the number alone, or \"<number> weeks\".",
    ),
    "text without unit": (
        '[arrears]\npatience = "12"',
        's.toml:6:12: error: arrears.patience: "12" is a text without a unit; '
        "this parameter is in 'weeks'. Write the number alone, or \"<number> weeks\".",
    ),
    "no number": (
        '[arrears]\npatience = "long"',
        's.toml:6:12: error: arrears.patience: "long" is no number. Write a number; its unit is weeks.',
    ),
    "too high": (
        "[shelter_law]\nuser_fee = 15_001",
        "s.toml:6:12: error: shelter_law.user_fee: 15001 lies outside the range 0 to 15000 DKK/month. " + FEE,
    ),
    "not a number at all": (
        "[shelter_law]\nuser_fee = nan",
        "s.toml:6:12: error: shelter_law.user_fee: nan lies outside the range 0 to 15000 DKK/month. " + FEE,
    ),
    "too high on a date": (
        "[shelter_law]\nuser_fee = { 2010-01-01 = 15_001 }",
        "s.toml:6:27: error: shelter_law.user_fee: 15001 lies outside the range 0 to 15000 DKK/month. " + FEE,
    ),
    "switch for a number": (
        "[arrears]\npatience = true",
        "s.toml:6:12: error: arrears.patience: true is no number. Write a number; its unit is weeks.",
    ),
    "number for a switch": (
        "[shelter_law]\nopen_door = 0",
        "s.toml:6:13: error: shelter_law.open_door: 0 is no switch. Write true or false.",
    ),
    "fraction for a whole number": (
        "[arrears]\nreminders = 2.5",
        "s.toml:6:13: error: arrears.reminders: 2.5 is no whole number. Write a whole number; its unit is count.",
    ),
    "list for a number": (
        "[arrears]\npatience = [3]",
        "s.toml:6:12: error: arrears.patience: a list is no number. Write a number; its unit is weeks.",
    ),
    "dates for what is not dated": (
        "[arrears]\npatience = { 2010-01-01 = 3 }",
        "s.toml:6:12: error: arrears.patience: not dated: it is of the role 'uncertainty', and only levers "
        "and law change on a date. Write one value for the whole horizon; its unit is weeks.",
    ),
    "no dates": (
        "[shelter_law]\nuser_fee = {}",
        "s.toml:6:12: error: shelter_law.user_fee: a table without dates. Write { 2023-10-01 = value }, or one value.",
    ),
    "no date": (
        "[shelter_law]\nuser_fee = { 2010-13-01 = 3 }",
        "s.toml:6:14: error: shelter_law.user_fee: '2010-13-01' is no date. Write year-month-day, such as 2023-10-01.",
    ),
    "after the end": (
        "[shelter_law]\nuser_fee = { 2010-01-01 = 3, 2025-01-01 = 4 }",
        "s.toml:6:30: error: shelter_law.user_fee: 2025-01-01 lies after the end of the scenario, "
        "2024-12-31, so it never has effect. Remove it, or end the scenario later.",
    ),
    "superseded before the start": (
        "[shelter_law]\nuser_fee = { 2005-01-01 = 3, 2007-01-01 = 4 }",
        "s.toml:6:14: error: shelter_law.user_fee: 2005-01-01 lies before the start of the scenario, "
        "2009-01-01, and 2007-01-01 replaces it. Remove it; before the start only the step that is in force "
        "at the start may stand.",
    ),
    "without effect": (
        "[arrears]\npatience = 8",
        "s.toml:6:1: error: arrears.patience: without effect: from 2009-01-01 to 2024-12-31 it is 8 anyway, "
        "as declared. Remove it, or set another value.",
    ),
    "without effect on a date": (
        "[shelter_law]\nreimbursed_days = { 2023-10-01 = 365 }",
        "s.toml:6:21: error: shelter_law.reimbursed_days: without effect: from 2009-01-01 to 2024-12-31 it "
        "is 365 anyway, as declared. Remove it, or set another value.",
    ),
    "missing extended file": (
        'extends = "odenze.toml"',
        "s.toml:5:11: error: extends: there is no file odenze.toml. Did you mean 'odense.toml'?",
    ),
    "extends no file": (
        'extends = ["odense.toml", 3]',
        "s.toml:5:27: error: extends: 3 names no file. Write a file name in quotes, or a list of them.",
    ),
    "not TOML": (
        "[arrears]\npatience = = 3",
        "s.toml:6:12: error: not TOML: Invalid value. Mend the line; see https://toml.io.",
    ),
    "same key twice": (
        "seed = 1\nseed = 2\n",
        "s.toml:6:9: error: not TOML: Cannot overwrite a value. Mend the line; see https://toml.io.",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_each_class_of_error(kind: str, write: Any, said: Any) -> None:
    body, message = BAD[kind]
    write("", "odense.toml")
    assert said(write(body)) == [message]


HEADS = {
    "title = ''": 's.toml:1:9: error: title: "" is no text. Write some words in quotes.',
    "place = 'odnse'": "s.toml:1:9: error: place: \"odnse\" is no known place. Did you mean 'odense'?",
    "start = '2009-01-01'": 's.toml:1:9: error: start: "2009-01-01" is no date. '
    "Write a date without quotes, such as 2009-01-01.",
    "start = 2009-01-01T00:00:00": "s.toml:1:9: error: start: 2009-01-01 00:00:00 is no date. "
    "Write a date without quotes, such as 2009-01-01.",
    "end = 2009-01-01": "s.toml:1:1: error: end: the end, 2009-01-01, is not after the start, 2009-01-01. "
    "Choose a later end or an earlier start.",
    "seed = -1": "s.toml:1:8: error: seed: -1 is no whole number of at least 0. Write such a number.",
    "seed = true": "s.toml:1:8: error: seed: true is no whole number of at least 0. Write such a number.",
    "seeds = 10_001": "s.toml:1:9: error: seeds: 10001 is no whole number from 1 to 10000. Write such a number.",
}


@pytest.mark.parametrize("line", HEADS)
def test_each_key_of_the_top(line: str, write: Any, said: Any, head: str) -> None:
    name = line.split()[0]
    rest = "".join(other + "\n" for other in head.splitlines() if not other.startswith(name + " "))
    assert said(write("", head=f"{line}\n{rest}")) == [HEADS[line]]


def test_what_is_missing(write: Any, said: Any) -> None:
    assert said(write("", head="")) == [
        's.toml:1:1: error: title: missing. Add title = "...", or extend a file that has it.',
        's.toml:1:1: error: place: missing. Add place = "odense", or extend a file that has it.',
        "s.toml:1:1: error: start: missing. Add start = 2009-01-01, or extend a file that has it.",
        "s.toml:1:1: error: end: missing. Add end = 2024-12-31, or extend a file that has it.",
    ]


def test_all_errors_at_once_with_source_lines_and_carets(write: Any, load: Any) -> None:
    path = write("[arrears]\r\npatiense = 3\r\n\treminders =\t99 # many\r\n")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(caught.value) == (
        "s.toml:6:1: error: arrears.patiense: unknown key. Did you mean 'patience'?\n"
        "   | patiense = 3\n"
        "   | ^\n"
        "s.toml:7:14: error: arrears.reminders: 99 lies outside the range 0 to 10 count. "
        "Choose a value in it; this is: Letters before a case goes to court\n"
        "   | \treminders =\t99 # many\n"
        "   | \t           \t^"
    )
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults


def test_files_that_cannot_be_read(write: Any, said: Any) -> None:
    write("", "odense.toml")
    Path("latin.toml").write_bytes(b"title = '\xe5'")
    assert said("odens.toml") == ["odens.toml: error: there is no file odens.toml. Did you mean 'odense.toml'?"]
    assert said("zzz") == ["zzz: error: there is no file zzz. Scenario files in ./: latin.toml, odense.toml."]
    assert said("no/odense.toml") == [
        "no/odense.toml: error: there is no file no/odense.toml, nor a folder no/. Check the path."
    ]
    assert said("latin.toml") == ["latin.toml: error: byte 10 of the file is not UTF-8. Save the file as UTF-8 text."]
    assert said(".") == [".: error: . cannot be read: Is a directory. Name a scenario file."]


def test_values_of_every_form(write: Any, load: Any) -> None:
    scenario = load(
        write(
            """seed = 3
[arrears]
patience = "12 weeks"
reminders = 3.0
[shelter_law]
reimbursed_days = { "2026-04-01" = 90, 2005-01-01 = 120 }
user_fee = { 2010-01-01 = "3000 DKK/month" }
open_door = false
""",
            head='title = "T"\nplace = "odense"\nstart = 2009-01-01\nend = 2030-01-01\n',
        )
    )
    assert scenario.changes == {
        ("arrears", "patience"): ((BEGINNING, 12.0),),
        ("arrears", "reminders"): ((BEGINNING, 3),),
        ("shelter_law", "reimbursed_days"): ((BEGINNING, 120.0), (date(2026, 4, 1), 90.0)),
        ("shelter_law", "user_fee"): ((date(2010, 1, 1), 3000.0),),
        ("shelter_law", "open_door"): ((BEGINNING, False),),
    }
    assert scenario.origins["shelter_law", "reimbursed_days"] == (
        (date(2005, 1, 1), "s.toml", 10, 40),
        (date(2026, 4, 1), "s.toml", 10, 21),
    )
    assert (scenario.seed, scenario.seeds, scenario.path) == (3, 1, Path("s.toml"))
