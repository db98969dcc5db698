"""Programmes of the state in scenario files: read, combined, written, and refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hfabm.evidence import municipalities

DAYS = ("shelter_law", "reimbursed_days")
YOUTH = """title = "Youth"
source = "P10"
scales_by = "programme.grant_dkk"
[programme]
from = 2014-01-01
to = 2017-12-31
grant_dkk = 58_500_000
price_year = 2015
participants = 10
homeless_share = 0.1
cti_share = 0.3
"""
NATIONAL = 'title = "All"\n[programme]\nfrom = 2018-01-01\nto = 2021-12-31\nrent_cut = 100\n'
NAMED = """title = "Strategy"
[programme]
from = 2009-01-01
to = 2013-12-31
participants = 17
homeless_share = 0.667
named = ["Odense"]
not_taking_part = ["Aarhus"]
"""


def test_a_programme_is_read_with_who_takes_part(write: Any, load: Any) -> None:
    write(YOUTH, "youth.toml", head="")
    write(NAMED, "strategy.toml", head="")
    path = write('include = ["youth.toml", "strategy.toml"]\n[participation]\nyouth = ["København", "Odense"]')

    strategy, youth = load(path).programmes

    assert (strategy.name, strategy.title, strategy.first) == ("strategy", "Strategy", date(2009, 1, 1))
    assert (youth.terms.grant_dkk, youth.terms.price_year, youth.terms.cti_share) == (58_500_000.0, 2015, 0.3)
    assert [youth.has(name) for name in ("Odense", "Aarhus")] == [True, False]
    assert [strategy.has(name) for name in ("Odense", "Aarhus")] == [True, False]
    assert (strategy.matters, youth.matters, youth.adds_posts) == (False, True, True)


def test_all_take_part_in_a_national_programme(write: Any, load: Any) -> None:
    write(NATIONAL, "all.toml", head="")

    programme = load(write('include = "all.toml"')).programmes[0]

    assert all(programme.has(name) for name in municipalities())


def test_a_grant_can_pay_for_posts_that_the_scenario_states(write: Any, load: Any) -> None:
    write(YOUTH, "youth.toml", head="")

    scenario = load(write('include = "youth.toml"\npays_for_plan = ["youth"]\n[participation]\nyouth = ["Odense"]'))

    assert [programme.adds_posts for programme in scenario.programmes] == [False]


def test_a_scenario_with_programmes_reads_back_from_its_own_text(write: Any, load: Any) -> None:
    for name, text in {"youth": YOUTH, "all": NATIONAL, "strategy": NAMED}.items():
        write(text, f"{name}.toml", head="")
    three = 'include = ["youth.toml", "all.toml", "strategy.toml"]\n'
    scenario = load(write(three + 'pays_for_plan = ["youth"]\n[participation]\nyouth = []'))

    again = load(write(scenario.as_toml(), head=""))

    assert len(scenario.programmes) == 3
    assert again == scenario
    assert again.digest() == scenario.digest()


def test_the_digest_knows_programmes_that_give_somebody_something(write: Any, load: Any) -> None:
    write(YOUTH, "youth.toml", head="")
    chosen = 'include = "youth.toml"\n[participation]\nyouth = '

    nothing, nobody, odense = load(write("")), load(write(chosen + "[]")), load(write(chosen + '["Odense"]'))

    assert nothing.digest() == nobody.digest() != odense.digest()


def test_programmes_after_an_earlier_end_are_left_out(write: Any, load: Any) -> None:
    write(NATIONAL, "all.toml", head="")
    path = write('include = "all.toml"')

    assert load(path, until=date(2015, 1, 1)).programmes == ()


LAW = """title = "Act"
[programme]
from = 2009-02-01
[shelter_law]
reimbursed_days = { 2009-02-01 = VALUE }
"""


def test_a_programme_may_state_the_law_that_is_in_force_anyhow(write: Any, load: Any, head: str) -> None:
    write(LAW.replace("VALUE", "365"), "act.toml", head="")
    write('title = "Later"\n[programme]\nfrom = 2026-04-01\n' + "[shelter_law]\nreimbursed_days = { 2026-04-01 = 90 }",
          "later.toml", head="")  # fmt: skip
    long = write('include = ["act.toml", "later.toml"]', head=head.replace("2024", "2030"))

    scenario = load(long)

    assert scenario.changes == {}
    assert [origin.where for origin in scenario.origins[DAYS]][0] == "act.toml:5"


def test_law_that_a_programme_states_lasts_until_the_next_change_that_is_declared(
    write: Any, load: Any, head: str
) -> None:
    write(LAW.replace("VALUE", "200"), "act.toml", head="")

    scenario = load(write('include = "act.toml"', head=head.replace("2024", "2030")))

    assert scenario.changes[DAYS] == ((date(2009, 2, 1), 200.0), (date(2026, 4, 1), 90.0))


def test_a_lever_of_a_programme_must_have_effect(write: Any, said: Any) -> None:
    write(NATIONAL + "[shelter_law]\nuser_fee = { 2018-01-01 = 3100 }", "all.toml", head="")

    assert "shelter_law.user_fee: without effect" in said(write('include = "all.toml"'))[0]


def test_of_several_programmes_of_one_file_some_may_lie_outside_the_horizon(write: Any, load: Any, said: Any) -> None:
    late = '[programmes.late]\ntitle = "Late"\nfrom = 2025-02-01\nto = 2026-12-31\nspecial = 5\n'
    early = late.replace("late", "early").replace("2025", "2020")
    write('title = "Agreement"\n' + early + late, "both.toml", head="")
    write('title = "Agreement"\n' + late, "one.toml", head="")

    assert [programme.name for programme in load(write('include = "both.toml"')).programmes] == ["early"]
    assert said(write('include = "one.toml"')) == [
        "one.toml:2:13: error: programme late: it begins on 2025-02-01, after the end of the scenario, 2024-12-31, "
        "so it never has effect. Do not include it, or choose another horizon."
    ]


BROKEN = {
    "ends first": ("to = 2017-12-31", "to = 2013-12-31", "6:6", "it ends on 2013-12-31, which is not after"),
    "no end": ("to = 2017-12-31", "", "4:2", "to is missing: what is given in all is given by a day"),
    "no beginning": ("from = 2014-01-01", "", "4:2", "from is missing"),
    "no date": ("from = 2014-01-01", 'from = "2014"', "5:8", '"2014" is no date'),
    "below nothing": ("grant_dkk = 58_500_000", "grant_dkk = -1", "7:13", "-1 lies outside the range 0 to"),
    "more than all": ("cti_share = 0.3", "cti_share = 0.3\nicm_share = 0.8", "12:13", "the shares of the grant for"),
    "a share of more": ("cti_share = 0.3", "cti_share = 1.4", "11:13", "1.4 lies outside the range 0 to 1 share"),
    "no price year": ("price_year = 2015", "", "7:1", "price_year is missing: money has a year"),
    "no share": ("homeless_share = 0.1", "", "9:1", "homeless_share is missing"),
    "unknown key": ("cti_share = 0.3", "cti_part = 0.3", "11:1", "unknown key. Did you mean 'cti_share'?"),
    "a town nobody knows": (
        "cti_share = 0.3", 'named = ["Odnse"]', "11:10",
        '"Odnse" is no municipality of Denmark. Did you mean \'Odense\'?',
    ),
    "twice": ("cti_share = 0.3", 'named = ["Odense", "Odense"]', "11:20", "Odense is there twice"),
    "in and out": (
        "cti_share = 0.3", 'named = ["Odense"]\nnot_taking_part = ["Odense"]', "12:19",
        "Odense is said to take part, and not to",
    ),
    "too many": (
        "participants = 10", 'participants = 1\nnamed = ["Odense", "Aarhus"]', "10:9",
        "2 municipalities are named, and 1 take part",
    ),
    "too early": ("2014-01-01\nto = 2017-12-31", "1994-01-01\nto = 1997-12-31", "4:2", "it ends on 1997-12-31, before"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_each_class_of_error_in_a_programme(kind: str, write: Any, said: Any) -> None:
    old, new, place, message = BROKEN[kind]
    write(YOUTH.replace(old, new), "youth.toml", head="")

    faults = said(write('include = "youth.toml"\n[participation]\nyouth = []'))

    assert len(faults) == 1
    assert faults[0].startswith(f"youth.toml:{place}: error: ")
    assert message in faults[0]


UNSAID = {
    "nobody says": ("", "youth.toml:4:2: error: programme youth: Youth: who took part is not known, and nobody says"),
    "no such programme": (
        "[participation]\nyouth = []\nyoth = []",
        "s.toml:8:1: error: participation.yoth: no programme of this scenario. Did you mean 'youth'?",
    ),
    "known not to": (
        '[participation]\nyouth = []\nstrategy = ["Aarhus"]',
        "s.toml:8:1: error: participation.strategy: Aarhus is known not to have taken part in Strategy.",
    ),
    "all anyhow": (
        '[participation]\nyouth = []\nall = ["Odense"]',
        "s.toml:8:1: error: participation.all: all municipalities take part in it anyhow. Remove the line.",
    ),
    "too many": (
        "[participation]\nyouth = [" + ", ".join(f'"{name}"' for name in municipalities()[:11]) + "]",
        "s.toml:7:1: error: participation.youth: 11 municipalities, with those known, and only 10 took part.",
    ),
    "no list": (
        '[participation]\nyouth = "Odense"',
        's.toml:7:9: error: participation.youth: "Odense" is no list of municipalities.',
    ),
    "a grant for no posts": (
        'pays_for_plan = ["all"]\n[participation]\nyouth = []',
        "s.toml:6:1: error: pays_for_plan: All pays for no posts. Leave all out.",
    ),
    "a plan of none": (
        'pays_for_plan = ["yuth"]\n[participation]\nyouth = []',
        "s.toml:6:1: error: pays_for_plan: 'yuth' is no programme of this scenario. Did you mean 'youth'?",
    ),
}


@pytest.mark.parametrize("kind", UNSAID)
def test_each_class_of_error_of_who_takes_part(kind: str, write: Any, said: Any) -> None:
    body, message = UNSAID[kind]
    for name, text in {"youth": YOUTH, "all": NATIONAL, "strategy": NAMED}.items():
        write(text, f"{name}.toml", head="")

    faults = said(write('include = ["youth.toml", "all.toml", "strategy.toml"]\n' + body))

    assert len(faults) == 1
    assert faults[0].startswith(message)


def test_a_programme_scales_by_a_number_that_it_states(write: Any, said: Any) -> None:
    write(YOUTH.replace("programme.grant_dkk", "programme.new_cheap"), "youth.toml", head="")

    assert said(write('include = "youth.toml"\n[participation]\nyouth = []')) == [
        "youth.toml:3:1: error: scales_by: this file does not change programme.new_cheap. "
        "Known levers and laws that it changes: programme.grant_dkk."
    ]
