import pytest
from small import Tiny, lucky, week

from hfabm.calendar import MONTHS_PER_WEEK
from hfabm.processes.arrears import MISS_RENT, Arrears, ArrearsParameters
from hfabm.randomness import logistic
from hfabm.state.codes import TenancyEnd

pytestmark = pytest.mark.interpreted
ALWAYS, NEVER_MISS = 50.0, -50.0
RENT_WEEK = 3000.0 * MONTHS_PER_WEEK
P = ArrearsParameters()


def test_a_missed_rent_is_owed() -> None:
    tiny = Tiny()
    tiny.tenant()

    tiny.run(Arrears, base=ALWAYS)
    tiny.run(Arrears, week(11, price_level=1.1), base=ALWAYS)

    t = tiny.world.tenancies
    assert t.arrears_dkk[0] == pytest.approx(RENT_WEEK + 1.1 * RENT_WEEK)
    assert t.missed_weeks[0] == 2


def test_what_is_owed_is_paid_back_as_a_share_of_income() -> None:
    tiny = Tiny()
    tiny.tenant(income_dkk_month=8000.0)
    tiny.world.tenancies.arrears_dkk[0] = 500.0

    tiny.run(Arrears, base=NEVER_MISS, repaid=0.12)
    once = float(tiny.world.tenancies.arrears_dkk[0])
    for number in (11, 12, 13):
        tiny.run(Arrears, week(number), base=NEVER_MISS, repaid=0.12)

    assert once == pytest.approx(500.0 - 0.12 * 8000.0 * MONTHS_PER_WEEK)
    assert tiny.world.tenancies.arrears_dkk[0] == 0.0


def test_a_plan_pays_back_faster_while_it_lasts() -> None:
    tiny = Tiny(dwellings=2)
    for home in (0, 1):
        tiny.tenant(home)
    t = tiny.world.tenancies
    t.arrears_dkk[:] = 5000.0
    t.plan_until_week[:] = (11, 10)

    tiny.run(Arrears, week(10), base=NEVER_MISS)

    paid = 5000.0 - t.arrears_dkk
    assert paid[0] / paid[1] == pytest.approx(P.repaid_in_plan / P.repaid)


def test_the_chance_is_logistic_in_needs_skills_rent_and_support() -> None:
    chance = logistic(P.base + P.needs * 3 + P.skills * 0.3 + P.rent_burden * 0.3 - P.support * 0.5)
    who = {"uid": 5, "mental_illness": 2, "substance_use": 1, "skills": 0.2, "rent_share": 0.63, "dose": 0.5}
    misses = []

    for low, high in ((0.9 * chance, chance), (chance, 1.2 * chance)):
        tiny = Tiny()
        tiny.tenant(**who)
        tiny.run(Arrears, week(lucky(MISS_RENT, 5, low, high)))
        misses.append(bool(tiny.world.tenancies.missed_weeks[0]))

    assert misses == [True, False]


def test_who_is_worst_off_is_not_overlooked() -> None:
    chance = logistic(P.base + 4 * P.needs + 0.5 * P.skills + 0.5 * P.rent_burden)
    tiny = Tiny()
    tiny.tenant(uid=5, mental_illness=2, substance_use=2, skills=0.0, rent_share=9.0)

    tiny.run(Arrears, week(lucky(MISS_RENT, 5, 0.98 * chance, chance)))

    assert tiny.world.tenancies.missed_weeks[0] == 1


def test_tenancies_that_have_ended_owe_no_more() -> None:
    tiny = Tiny()
    tiny.tenant()
    tiny.world.tenancies.end[0] = TenancyEnd.BROKE_DOWN

    tiny.run(Arrears, base=ALWAYS)

    assert tiny.world.tenancies.arrears_dkk[0] == 0.0
