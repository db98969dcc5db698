"""Income, exits, whereabouts and newcomers."""

import numpy as np
import pytest
from small import Tiny, lucky, week

from hfabm.calendar import MONTHS_PER_WEEK, NEVER, WEEKS_PER_YEAR
from hfabm.processes.exits import LEAVE, Exits, ExitsParameters
from hfabm.processes.income import WORK, Income, IncomeParameters
from hfabm.processes.inflow import Inflow
from hfabm.processes.moves import Moves
from hfabm.processes.shelter import WHERE, ShelterParameters, Whereabouts
from hfabm.state.codes import Exit, Housing, Sex, TenancyEnd

pytestmark = pytest.mark.interpreted
INCOME, EXITS, TURN = IncomeParameters(), ExitsParameters(), ShelterParameters()


def aged(years: float, number: int = 10) -> int:
    return number - int(years * WEEKS_PER_YEAR)


@pytest.mark.parametrize(
    ("who", "gross"),
    [
        ({"birth_week": aged(40.0)}, INCOME.benefit_adult),
        ({"birth_week": aged(25.0)}, INCOME.benefit_young),
        ({"birth_week": aged(70.0)}, INCOME.early_pension * 1.1),
        ({"birth_week": aged(45.0), "mental_illness": 2, "substance_use": 1}, INCOME.early_pension * 1.1),
        ({"birth_week": aged(35.0), "mental_illness": 2, "substance_use": 1}, INCOME.benefit_adult),
        ({"birth_week": aged(25.0), "employed": True}, INCOME.wage * 1.1),
    ],
    ids=["adult", "young", "old", "ill", "ill and younger", "at work"],
)
def test_income_is_law_or_follows_prices(who: dict[str, object], gross: float) -> None:
    tiny = Tiny()
    tiny.tenant(income_dkk_month=0.0, **who)

    tiny.run(Income, week(10, price_level=1.1), tax=0.25, job_ends=0.0, job_starts=0.0)

    c = tiny.world.citizens
    assert c.income_dkk_month[0] == pytest.approx(gross * 0.75)
    assert c.rent_share[0] == pytest.approx(3000.0 * 1.1 * 0.8 / (gross * 0.75))


def test_without_a_home_rent_takes_nothing() -> None:
    tiny = Tiny()
    tiny.citizen(rent_share=0.5, housing_since_week=9)

    tiny.run(Income, week(10))

    assert tiny.world.citizens.rent_share[0] == 0.0


def test_debt_from_a_lost_home_stays_and_is_paid_off_slowly() -> None:
    tiny = Tiny()
    who = tiny.tenant()
    c, t = tiny.world.citizens, tiny.world.tenancies
    t.arrears_dkk[0], t.end[0], t.end_week[0] = 9000.0, TenancyEnd.EVICTED, 9
    c.housing[who], c.tenancy_row[who], c.housing_since_week[who] = Housing.SOFA, -1, 9
    c.lost_tenancy_row[who] = 0

    tiny.run(Income, week(10))
    owed = float(c.debt_dkk[who])
    c.income_dkk_month[who] = 8000.0
    tiny.run(Income, week(11), debt_paid=0.03)

    assert owed == 9000.0
    assert c.debt_dkk[who] == pytest.approx(9000.0 - 0.03 * 8000.0 * MONTHS_PER_WEEK)


def test_income_is_that_of_the_month_and_of_a_new_place() -> None:
    tiny = Tiny(dwellings=2)
    settled, moved = tiny.tenant(0), tiny.tenant(1, housing_since_week=9)

    tiny.run(Income, week(10))
    within = tiny.world.citizens.income_dkk_month.copy()
    # week 13 begins on 6 April
    tiny.run(Income, week(13))

    assert within[settled] == 8000.0
    assert within[moved] == tiny.world.citizens.income_dkk_month[settled] > 8000.0


@pytest.mark.parametrize(
    ("who", "chance", "after"),
    [
        ({"skills": 0.8, "dose": 0.5}, INCOME.job_starts * 0.8 * 1.5, True),
        ({"employed": True, "mental_illness": 1}, INCOME.job_ends * 1.0, False),
        ({"employed": True}, INCOME.job_ends * 0.5, False),
    ],
    ids=["starts", "ends with needs", "ends"],
)
def test_jobs_start_and_end(who: dict[str, object], chance: float, after: bool) -> None:
    found = []

    for low, high in ((0.8 * chance, chance), (chance, 1.2 * chance)):
        tiny = Tiny()
        tiny.tenant(uid=3, **who)
        tiny.run(Income, week(lucky(WORK, 3, low / WEEKS_PER_YEAR, high / WEEKS_PER_YEAR)))
        found.append(bool(tiny.world.citizens.employed[0]))

    assert found == [after, not after]


@pytest.mark.parametrize(
    ("who", "deaths"),
    [
        ({"years": 45.0}, EXITS.deaths_others),
        ({"years": 45.0, "ever_in_shelter": True}, EXITS.deaths_after_shelter),
        ({"years": 45.0, "sex": Sex.WOMAN}, EXITS.deaths_others * EXITS.deaths_of_women),
        ({"years": 65.0}, EXITS.deaths_others * np.exp(EXITS.deaths_per_year_of_age * 20.0)),
    ],
    ids=["45", "after a shelter", "woman", "65"],
)
def test_death_comes_with_age_and_shelters(who: dict[str, object], deaths: float) -> None:
    found, more = [], dict(who)
    years = float(more.pop("years"))  # type: ignore[arg-type]

    for low, high in ((0.9 * deaths, 0.99 * deaths), (1.01 * deaths, deaths + 0.9 * EXITS.moves_away)):
        number = lucky(LEAVE, 3, low / WEEKS_PER_YEAR, high / WEEKS_PER_YEAR)
        tiny = Tiny()
        tiny.tenant(uid=3, birth_week=aged(years, number), **more)
        tiny.run(Exits, week(number))
        found.append(Exit(int(tiny.world.citizens.exit_intent[0])))

    assert found == [Exit.DIED, Exit.MOVED_AWAY]


@pytest.mark.parametrize(
    ("who", "recovers"),
    [({}, True), ({"mental_illness": 1}, False), ({"case_row": 0}, False), ({"housing_since_week": "late"}, False)],
    ids=["settled", "ill", "supported", "new"],
)
def test_the_settled_stop_being_at_risk(who: dict[str, object], recovers: bool) -> None:
    number = lucky(LEAVE, 3, 0.1 / WEEKS_PER_YEAR, 0.2 / WEEKS_PER_YEAR, first=200)
    tiny = Tiny()
    tiny.tenant(uid=3, **{k: number - 10 if v == "late" else v for k, v in who.items()})

    tiny.run(Exits, week(number), recovers=0.22, deaths_others=0.0, moves_away=0.0)

    assert (tiny.world.citizens.exit_intent[0] == Exit.NO_LONGER_AT_RISK) == recovers


@pytest.mark.parametrize(
    ("housing", "chance", "seeks"),
    [
        (Housing.STREET, TURN.street_to_shelter, Housing.SHELTER),
        (Housing.NIGHT_SHELTER, TURN.night_shelter_to_shelter, Housing.SHELTER),
        (Housing.SHELTER, TURN.shelter_to_sofa * 0.5, Housing.SOFA),
        (Housing.SOFA, TURN.sofa_wears_out * 0.7, Housing.SHELTER),
        (Housing.HOTEL, TURN.hotel_ends, Housing.SHELTER),
        (Housing.INSTITUTION, TURN.out_of_institution, Housing.SHELTER),
    ],
)
def test_people_without_a_home_turn_elsewhere(housing: Housing, chance: float, seeks: Housing) -> None:
    found = []

    for low, high in ((0.0, chance), (0.9, 1.0)):
        tiny = Tiny(beds={} if housing in (Housing.STREET, Housing.SOFA) else {housing: 1})
        who = {"uid": 3, "ties": 0.5, "skills": 0.3}
        _ = tiny.citizen(housing, **who) if tiny.world.shelters.size == 0 else tiny.resident(0, **who)
        tiny.run(Whereabouts, week(lucky(WHERE, 3, low, high)))
        found.append(Housing(int(tiny.world.citizens.seeks[0])))

    assert found == [seeks, Housing.ARRIVING]


@pytest.mark.parametrize(("skills", "pushed"), [(0.6, True), (0.4, False)])
def test_a_shelter_that_discharges_pushes_out_those_ready_to_move(skills: float, pushed: bool) -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    tiny.resident(0, uid=3, ties=0.0, skills=skills)
    tiny.world.shelters.pushes_out[0] = 0.5

    tiny.run(Whereabouts, week(lucky(WHERE, 3, 0.1, 0.4)))

    assert (tiny.world.citizens.seeks[0] == Housing.STREET) == pushed


def test_tenants_seek_nothing() -> None:
    tiny = Tiny()
    tiny.tenant(seeks=Housing.SHELTER)

    tiny.run(Whereabouts)

    assert tiny.world.citizens.seeks[0] == Housing.ARRIVING


def test_newcomers_come_with_identity_and_traits_in_range() -> None:
    tiny = Tiny()
    tiny.world.municipalities.adults[0] = 1_000_000

    tiny.run(Inflow, week(10), at_risk=0.005, homeless=0.001)
    tiny.run(Inflow, week(11), at_risk=0.005, homeless=0.001)

    c = tiny.world.citizens
    at_home = c.arrives_as == Housing.OWN_HOME
    assert len(np.unique(c.uid)) == c.size
    assert set(c.housing) == {Housing.ARRIVING}
    assert at_home.sum() == pytest.approx(2 * 5000 / WEEKS_PER_YEAR, rel=0.3)
    assert (~at_home).sum() == pytest.approx(2 * 1000 / WEEKS_PER_YEAR, rel=0.6)
    assert ((c.skills > 0) & (c.skills < 1) & (c.ties > 0) & (c.ties < 1)).all()
    assert ((c.arrived_week - c.birth_week) / WEEKS_PER_YEAR >= 17.9).all()
    assert not c.employed[~at_home].any()


@pytest.mark.slow
def test_frailty_has_mean_one_and_shares_are_as_declared() -> None:
    """Some 20,000 newcomers; six comparisons at four standard errors: false alarm below 4e-4."""
    tiny = Tiny()
    tiny.world.municipalities.adults[0] = 1_000_000
    for number in range(10, 62):
        tiny.run(Inflow, week(number), at_risk=0.0, homeless=0.02, frailty=0.8)

    c = tiny.world.citizens
    age = (c.arrived_week - c.birth_week) / WEEKS_PER_YEAR
    shares = {
        0.23: c.sex == Sex.WOMAN, 0.45: c.mental_illness > 0, 0.50: c.substance_use > 0, 0.16: age < 25,
        0.07: age >= 60,
    }  # fmt: skip

    assert c.size > 15_000
    assert abs(c.frailty.mean() - 1.0) < 4.0 * c.frailty.std() / np.sqrt(c.size)
    for share, found in shares.items():
        assert abs(found.mean() - share) < 4.0 * np.sqrt(share * (1 - share) / c.size) + 0.002


@pytest.mark.parametrize(
    ("place", "asks", "seeks"),
    [(Housing.STREET, "sent_to_shelter", Housing.SHELTER), (Housing.SHELTER, "offered_107", Housing.INSTITUTION)],
)
def test_who_is_asked_goes(place: Housing, asks: str, seeks: Housing) -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    put = tiny.resident if place == Housing.SHELTER else tiny.citizen
    put(**{asks: True})

    tiny.run(Whereabouts, week(10))

    assert tiny.world.citizens.seeks[0] == seeks


def test_who_was_sent_and_has_come_stays_there() -> None:
    """No new bed, no discharge in the files, nobody turned away: where there is room, and where there is none."""
    for beds in (1, 2):
        tiny = Tiny(beds={Housing.SHELTER: beds})
        who = tiny.resident(sent_to_shelter=True)

        for process in (Whereabouts, Moves):
            tiny.run(process, week(lucky(WHERE, 1000, 0.9, 1.0)))

        c = tiny.world.citizens
        assert (c.housing[who], c.shelter_row[who], c.left_shelter_week[who]) == (Housing.SHELTER, 0, NEVER)
        assert (tiny.world.shelter_stays.size, tiny.world.shelters.turned_away[0]) == (1, 0)


@pytest.mark.parametrize(("ends", "seeks"), [(True, Housing.SHELTER), (False, Housing.ARRIVING)])
def test_who_has_a_place_that_ends_seeks_a_shelter(ends: bool, seeks: Housing) -> None:
    tiny = Tiny(beds={Housing.INSTITUTION: 1})
    tiny.resident(place_ends=ends)

    tiny.run(Whereabouts, week(lucky(WHERE, 1000, 0.5, 1.0)))

    assert tiny.world.citizens.seeks[0] == seeks
