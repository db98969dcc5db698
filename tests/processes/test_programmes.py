"""Programmes: what is in force is added up, paid, hired and built; where none is, nothing changes."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pytest
from small import HAMLET, START, Tiny, columns, differing, model, scenario, week

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.parameters.prices import PriceParameters
from hfabm.parameters.programmes import Programme, Terms
from hfabm.population.places import Place, place
from hfabm.population.programmes import open_programmes, part_of
from hfabm.processes.programmes import Programmes
from hfabm.processes.staffing import Staffing
from hfabm.processes.supply import Supply
from hfabm.processes.vacancy import VacancyParameters
from hfabm.state.codes import SupportMethod
from hfabm.state.ledger import ORE, Account, Party
from hfabm.state.world import World

GIVEN = ("granted_ore", "posts_cti", "posts_icm", "posts_act", "posts_ordinary",
         "granted_new_cheap", "granted_rent_cut", "granted_special")  # fmt: skip


def programme(first: date = START, last: date = date(2010, 12, 31), **more: Any) -> Programme:
    terms = {key: more.pop(key) for key in list(more) if key in Terms.__dataclass_fields__}
    return Programme("p", "P", first, last, Terms(**terms), **more)


def given(world: World) -> dict[str, float]:
    return {name: float(getattr(world.municipalities, name)[0]) for name in GIVEN}


def row(**more: Any) -> Tiny:
    tiny = Tiny()
    first = {"municipality_row": 0, "first_week": 5, "last_week": 9, "price_year": 2023, **more}
    tiny.world.programmes.open(1, **first)
    return tiny


@pytest.mark.parametrize(("number", "paid"), [(4, 0), (5, 700), (9, 700), (10, 0)])
def test_a_grant_is_paid_from_the_first_week_to_the_last(number: int, paid: int) -> None:
    tiny = row(grant_ore_week=700)
    tiny.run(Programmes, week(7))

    tiny.run(Programmes, week(number))

    assert given(tiny.world)["granted_ore"] == paid


def test_a_grant_is_carried_forward_with_prices() -> None:
    tiny = row(grant_ore_week=1000, price_year=2013)

    tiny.run(Programmes, week(6, price_level=0.9), {"prices": PriceParameters(growth=0.02)})

    assert given(tiny.world)["granted_ore"] == round(1000 * 1.02**10 * 0.9)


def test_what_several_programmes_give_is_added_up() -> None:
    tiny = row(new_cheap=3.0, rent_cut=1.0)
    tiny.world.programmes.open(
        1, municipality_row=0, first_week=0, last_week=5, price_year=2023, new_cheap=4.0, special=2.0
    )

    tiny.run(Programmes, week(5))

    assert [given(tiny.world)[f"granted_{kind}"] for kind in ("new_cheap", "rent_cut", "special")] == [7.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("method", "price", "cases"), [("icm", 85_000, 10), ("act", 130_000, 10), ("ordinary", 30_000, 20)]
)
def test_money_for_posts_buys_as_many_as_it_pays_the_cases_of(method: str, price: int, cases: int) -> None:
    two = round(2 * price * cases * ORE / WEEKS_PER_YEAR)
    tiny = row(**{f"{method}_ore_week": two})

    tiny.run(Programmes, week(5, price_level=0.8))

    assert given(tiny.world)[f"posts_{method}"] == pytest.approx(2.0, rel=1e-6)


def test_teams_hire_the_posts_that_programmes_pay_for() -> None:
    tiny = Tiny()
    tiny.world.municipalities.workers_icm[0] = 3.0
    tiny.world.municipalities.posts_icm[0] = 2.0

    tiny.run(Staffing, hiring_weeks=1.0)

    team = int(np.flatnonzero(tiny.world.teams.method[: tiny.world.teams.size] == SupportMethod.ICM)[0])
    assert tiny.world.teams.workers[team] == 5.0


def test_programmes_build_what_the_scenario_does_not() -> None:
    tiny = Tiny(dwellings=2)
    tiny.world.municipalities.granted_new_cheap[0] = 30 * WEEKS_PER_YEAR

    tiny.run(Supply, week(), {"vacancy": VacancyParameters()}, cheap_lost=0.0)

    assert 10 < tiny.world.dwellings.size - 2 < 60


def test_a_municipality_gets_its_part_of_the_homelessness_of_those_that_take_part() -> None:
    odense = place("odense").towns[0]
    strategy = programme(participants=17, homeless_share=2 / 3)
    later = programme(date(2016, 6, 1), date(2019, 1, 1))

    assert part_of(odense, strategy) == pytest.approx(208 / (4998 * 2 / 3))
    assert part_of(odense, later) == pytest.approx(173 / 6138)
    assert part_of(HAMLET.towns[0], later) == pytest.approx(20 / 6138)
    assert part_of(odense, programme(homeless_share=0.001)) == 1.0


def test_only_who_takes_part_gets_a_row() -> None:
    odense = place("odense").towns[0]
    both = Place("Both", (HAMLET.towns[0], odense))
    world = Tiny().world

    open_programmes(
        world,
        both,
        [programme(participants=2, homeless_share=0.1, chosen=("Odense",), special=9.0), programme(special=9.0)],
        START,
    )

    rows = world.programmes
    assert list(zip(rows.number[:3].tolist(), rows.municipality_row[:3].tolist(), strict=True)) == [
        (0, 1),
        (1, 0),
        (1, 1),
    ]
    assert rows.size == 3


def test_a_grant_for_posts_that_are_stated_adds_none() -> None:
    world = Tiny().world
    terms = {"grant_dkk": 1e6, "icm_share": 0.5}

    open_programmes(world, HAMLET, [programme(adds_posts=True, **terms), programme(adds_posts=False, **terms)], START)

    rows = world.programmes
    assert rows.grant_ore_week[0] == rows.grant_ore_week[1] > 0
    assert rows.icm_ore_week[0] == round(rows.grant_ore_week[0] / 2) and rows.icm_ore_week[1] == 0


def test_the_whole_of_a_part_is_paid_and_booked() -> None:
    last = date(2009, 6, 28)
    grant = programme(START, last, grant_dkk=100e6, price_year=2023)
    flat = scenario({("prices", "growth"): 0.0}, date(2009, 8, 1))
    run = model(dataclasses.replace(flat, programmes=(grant,)))
    booked: list[int] = []

    run.run(on_week=lambda _: booked.append(-int(run.world.ledger.book[0, Account.PROGRAMME, Party.STATE])))

    weeks = sum(amount > 0 for amount in booked)
    assert weeks == 25 < len(booked)
    assert sum(booked) == pytest.approx(100e6 * ORE * 20 / 4998, abs=weeks)


def test_a_run_without_programmes_is_the_same_without_the_process() -> None:
    bare = scenario({("municipality", "workers_icm"): 2.0}, date(2009, 12, 31))
    with_it, without = model(bare), model(bare)
    without._plan = [(process, lent) for process, lent in without._plan if process.name != "programmes"]

    before = columns(with_it.run().world)
    after = columns(without.run().world)

    assert differing(before, after) == []
