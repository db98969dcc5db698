"""Luck hangs on the person: who else is there changes nobody's draws."""

from __future__ import annotations

import numpy as np
import pytest
from small import Tiny, after, scenario, week

from hfabm.processes.arrears import Arrears
from hfabm.processes.exits import Exits
from hfabm.processes.needs import Needs
from hfabm.state.codes import Housing

TRAITS = (
    "municipality_row", "birth_week", "sex", "frailty", "arrived_week", "arrives_as", "arrives_since_week",
)  # fmt: skip
DRAWN = ("mental_illness", "substance_use", "skills", "ties", "in_treatment", "employed")


def test_more_inflow_adds_people_and_changes_nobody() -> None:
    base = after(104, scenario()).world.citizens
    more = after(104, scenario({("inflow", "year_effect"): 1.8})).world.citizens

    rows = {int(uid): row for row, uid in enumerate(more.uid)}
    same = np.array([rows[int(uid)] for uid in base.uid])

    assert more.size > base.size + 15
    for trait in TRAITS:
        assert np.array_equal(getattr(base, trait), getattr(more, trait)[same]), trait


def test_the_traits_of_the_people_of_week_zero_do_not_depend_on_later_inflow() -> None:
    base = after(0, scenario()).world.citizens
    more = after(0, scenario({("inflow", "year_effect"): 3.0, ("inflow", "at_risk"): 0.02})).world.citizens

    same = [np.array_equal(getattr(base, name), getattr(more, name)) for name in (*TRAITS, *DRAWN, "housing")]

    assert base.size > 100
    assert all(same)


@pytest.mark.interpreted
@pytest.mark.parametrize("process", [Needs, Exits, Arrears], ids=lambda p: p.name)
def test_one_person_lives_alike_alone_and_among_many(process: type) -> None:
    alone, crowd = Tiny(dwellings=40), Tiny(dwellings=40)
    for home in range(30):
        crowd.tenant(home, uid=500 + home, mental_illness=home % 3)
    me = {"uid": 77, "mental_illness": 1, "substance_use": 2, "income_dkk_month": 6000.0, "rent_share": 0.7}
    single, one_of_many = alone.tenant(39, **me), crowd.tenant(39, **me)

    lives = []
    for tiny, row in ((alone, single), (crowd, one_of_many)):
        life = []
        for number in range(1, 150):
            tiny.run(process, week(number))
            c, t = tiny.world.citizens, tiny.world.tenancies
            life.append([a[row] for a in (c.skills, c.mental_illness, c.in_treatment, c.exit_intent, t.arrears_dkk)])
        lives.append(life)

    assert lives[0] == lives[1]
    assert lives[0][0] != lives[0][-1] or process is Exits


def test_a_seed_changes_the_people_and_not_the_buildings() -> None:
    one, other = after(0, seed=1).world, after(0, seed=2).world

    rents = np.array_equal(one.dwellings.rent_dkk_month, other.dwellings.rent_dkk_month)
    sectors = np.array_equal(one.dwellings.sector, other.dwellings.sector)

    assert rents and sectors
    assert not np.array_equal(one.citizens.frailty, other.citizens.frailty[: one.citizens.size])
    assert (one.citizens.housing != Housing.ARRIVING).all()
