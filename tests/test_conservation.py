"""Nobody and nothing is lost, made or counted twice, under any policy, in one municipality or several."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from small import SCENARIOS, after, columns, model, scenario, side_by_side

from hfabm.model import LONGEST, HousingFirstModel
from hfabm.parameters.declare import Role, declarations
from hfabm.schedule import SECTIONS
from hfabm.state.check import BrokenWorld, check
from hfabm.state.codes import NOBODY

CODES = (1, 2, 3)


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_lost_in_sixteen_years(name: str) -> None:
    ran = model(name)
    ran.checked = True

    ran.run()

    assert ran.week is not None and ran.week.number == ran.weeks - 1 > 830
    assert ran.world.tenancies.size > 150


def test_nothing_is_lost_in_a_year_of_odense() -> None:
    odense = HousingFirstModel("odense", rng=3)
    odense.checked = True

    for _ in range(52):
        odense.step()

    assert odense.world.citizens.size > 5000
    assert odense.steps == 52


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("Dwelling", "tenant", 0, "tenant|lived in"),
        ("Citizen", "uid", 7, "identity"),
        ("Citizen", "skills", 1.5, "skills"),
        ("Shelter", "residents", 9, "residents"),
        ("Team", "cases", 9, "cases"),
        ("Municipality", "queue", 9999, "waiting list"),
        ("Tenancy", "arrears_dkk", -1.0, "arrears"),
    ],
)
def test_a_broken_world_is_noticed(table: str, column: str, value: float, fault: str) -> None:
    ran = after(2)
    check(ran.world, 1)

    array = getattr(ran.world.relations[table], column)
    array[: min(2, len(array))] = value

    with pytest.raises(BrokenWorld, match=fault):
        check(ran.world, 1)


def test_money_out_of_balance_is_noticed() -> None:
    ran = after(2)

    ran.world.ledger.book[0, 0, 0] += 1

    with pytest.raises(BrokenWorld, match="1 øre out of balance"):
        check(ran.world, 1)


@pytest.fixture(scope="module")
def together() -> HousingFirstModel:
    ran = model("odense", town=side_by_side(*CODES))
    ran.checked = True
    for _ in range(104):
        ran.step()
    return ran


@pytest.fixture(scope="module")
def alone() -> list[HousingFirstModel]:
    return [after(104, town=side_by_side(code)) for code in CODES]


def test_every_table_knows_its_municipality(together: HousingFirstModel) -> None:
    world = together.world

    def of(rows: np.ndarray, table: str, link: str = "municipality_row") -> np.ndarray:
        return getattr(world.relations[table], link)[rows]

    c, t, d, r, k = world.citizens, world.tenancies, world.dwellings, world.referrals, world.cases
    stays = world.shelter_stays
    held = c.shelter_row[stays.citizen_row] >= 0

    for table in (c, t, d, world.estates, world.landlords, world.social_caretakers, world.teams, world.shelters, r):
        assert set(np.unique(table.municipality_row)) == {0, 1, 2}
    assert np.array_equal(t.municipality_row, of(t.dwelling_row, "Dwelling"))
    assert np.array_equal(t.municipality_row, of(t.citizen_row, "Citizen"))
    assert np.array_equal(d.municipality_row, of(d.estate_row, "Estate"))
    assert np.array_equal(d.municipality_row, of(d.landlord_row, "Landlord"))
    assert np.array_equal(r.municipality_row, of(r.citizen_row, "Citizen"))
    assert np.array_equal(of(k.citizen_row, "Citizen"), of(k.team_row, "Team"))
    assert np.array_equal(of(stays.citizen_row, "Citizen"), of(stays.shelter_row, "Shelter"))
    assert held.any() and (world.estates.caretaker_row != NOBODY).any()


def test_who_comes_does_not_depend_on_the_neighbours(
    together: HousingFirstModel, alone: list[HousingFirstModel]
) -> None:
    """Identity and traits on arrival hang on municipality, week and place in the week."""
    traits = ("uid", "birth_week", "sex", "frailty", "arrived_week", "arrives_as", "arrives_since_week")

    for m, single in enumerate(alone):
        ours = together.world.citizens.municipality_row == m
        for name in traits:
            here = getattr(together.world.citizens, name)[ours]
            assert np.array_equal(here, getattr(single.world.citizens, name)), name

    assert len(np.unique(together.world.citizens.uid)) == together.world.citizens.size


def test_the_first_municipality_is_built_as_if_alone() -> None:
    """Of those after it only sizes are the same: their draws hang on the numbers of estates and stairwells."""
    both, one = model(town=side_by_side(1, 2)).world, model(town=side_by_side(1)).world

    first = one.dwellings.size

    for name in ("estate_row", "landlord_row", "stairwell", "sector", "rent_dkk_month"):
        assert np.array_equal(getattr(both.dwellings, name)[:first], getattr(one.dwellings, name)), name
    assert both.dwellings.size == 2 * first
    assert both.landlords.size == 2 * one.landlords.size
    assert np.array_equal(both.shelters.places[: one.shelters.size], one.shelters.places)


def test_the_books_are_kept_by_municipality(together: HousingFirstModel) -> None:
    book = together.world.ledger.book

    of_each = book.sum(axis=(1, 2))
    spent = np.abs(book).sum(axis=(1, 2))

    assert of_each.tolist() == [0, 0, 0]
    assert (spent > 0).all()


def test_a_run_longer_than_waiting_lists_remember_is_refused() -> None:
    start = scenario().start

    longest = model(scenario(end=start + timedelta(weeks=LONGEST - 1)))

    assert longest.weeks == LONGEST > 1800
    with pytest.raises(ValueError, match="too long: at most"):
        model(scenario(end=start + timedelta(weeks=LONGEST)))


def some_policy(number: int) -> dict[tuple[str, str], float]:
    """About one parameter in four, anywhere in its range."""
    chance, changed = Random(number), {}
    for section, cls in SECTIONS.items():
        for d in declarations(section, cls):
            if chance.random() > 0.25:
                continue
            low, high = d.low, min(d.high, _limit(section, d.name))
            if d.kind is float:
                changed[section, d.name] = low + (high - low) * chance.random()
            elif d.kind is int:
                changed[section, d.name] = chance.randint(int(low), int(high))
            else:
                changed[section, d.name] = chance.random() < 0.5
    return changed


def _limit(section: str, name: str) -> float:
    """What a hamlet can hold: it has 660 dwellings and some twenty beds."""
    return {"new_cheap": 60.0, "special": 20.0, "rent_cut": 100.0}.get(name, float("inf"))


@pytest.mark.parametrize("number", range(16))
def test_no_policy_breaks_the_world(number: int) -> None:
    ran = model(scenario(some_policy(number)), seed=number)
    ran.checked = True

    for _ in range(60):
        ran.step()

    numbers = {name: array for name, array in columns(ran.world).items() if array.dtype.kind == "f"}
    assert [name for name, array in numbers.items() if not np.isfinite(array).all()] == []
    assert ran.world.ledger.balance == 0


def test_some_policies_are_levers() -> None:
    drawn = [set(some_policy(number)) for number in range(16)]
    levers = {(s, d.name) for s, cls in SECTIONS.items() for d in declarations(s, cls) if d.role == Role.LEVER}

    missed = levers - set().union(*drawn)

    assert len(missed) <= 2
