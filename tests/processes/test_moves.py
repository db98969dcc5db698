import numpy as np
import pytest
from small import Tiny, lucky, week

from hfabm.calendar import NEVER
from hfabm.processes.moves import Moves
from hfabm.processes.moves_homes import REFUGE
from hfabm.state.check import check
from hfabm.state.codes import NOBODY, OTHER, Exit, Housing, TenancyEnd, TenancyStart

pytestmark = pytest.mark.interpreted
PLAIN = {"hotel": 0.0, "sofa_again": 0.0, "shelter_elsewhere": 0.0}
BEDS = {Housing.SHELTER: 1, Housing.NIGHT_SHELTER: 1, Housing.HOTEL: 1}


def housed(tiny: Tiny) -> list[Housing]:
    return [Housing(int(h)) for h in tiny.world.citizens.housing]


def moved(tiny: Tiny, number: int = 10, **p: float) -> Tiny:
    tiny.run(Moves, week(number), **{**PLAIN, **p})
    check(tiny.world, number)
    return tiny


@pytest.mark.parametrize("cause", ["evicted", "breaks_down"])
@pytest.mark.parametrize(("sofa", "where"), [(0.0, Housing.SHELTER), (1.0, Housing.SOFA)])
def test_who_loses_a_home_goes_to_friends_or_a_shelter(cause: str, sofa: float, where: Housing) -> None:
    tiny = Tiny(beds=BEDS)
    tiny.tenant(ties=0.5)
    getattr(tiny.world.tenancies, cause)[0] = True

    moved(tiny, refuge_sofa=sofa)

    c, t, d = tiny.world.citizens, tiny.world.tenancies, tiny.world.dwellings
    assert housed(tiny) == [where]
    assert (c.tenancy_row[0], c.homeless_since_week[0], c.spells[0], c.homeless_weeks[0]) == (NOBODY, 10, 1, 1)
    assert t.end[0] == (TenancyEnd.EVICTED if cause == "evicted" else TenancyEnd.BROKE_DOWN)
    assert (t.end_week[0], d.tenant[0], d.vacant_since_week[0]) == (10, NOBODY, 10)
    assert c.ever_in_shelter[0] == (where == Housing.SHELTER)


def test_ties_open_doors() -> None:
    found = []

    for ties in (0.2, 0.8):
        tiny = Tiny(beds=BEDS)
        tiny.tenant(uid=9, ties=ties)
        tiny.world.tenancies.evicted[0] = True
        moved(tiny, lucky(REFUGE, 9, 0.5 * 0.7 + 0.01, 0.5 * 1.3), refuge_sofa=0.5)
        found += housed(tiny)

    assert found == [Housing.SHELTER, Housing.SOFA]


@pytest.mark.parametrize(
    ("beds", "p", "where"),
    [
        ({Housing.SHELTER: 1}, {}, Housing.SHELTER),
        ({Housing.NIGHT_SHELTER: 1, Housing.HOTEL: 1}, {}, Housing.NIGHT_SHELTER),
        ({Housing.NIGHT_SHELTER: 1, Housing.HOTEL: 1}, {"hotel": 1.0}, Housing.HOTEL),
        ({}, {"sofa_again": 1e9}, Housing.SOFA),
        ({}, {}, Housing.STREET),
    ],
    ids=["shelter", "night shelter", "hotel", "sofa", "street"],
)
def test_no_bed_means_another_kind_a_sofa_or_the_street(
    beds: dict[Housing, int], p: dict[str, float], where: Housing
) -> None:
    tiny = Tiny(beds=beds)
    tiny.citizen(Housing.SOFA, seeks=Housing.SHELTER, ties=0.5)

    moved(tiny, **p)

    assert housed(tiny) == [where]


def test_a_shelter_has_as_many_beds_as_it_has() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 2})
    for _ in range(5):
        tiny.citizen(seeks=Housing.SHELTER)

    moved(tiny)

    s = tiny.world.shelters
    assert sorted(housed(tiny)).count(Housing.SHELTER) == 2
    assert (s.residents[0], s.turned_away[0]) == (2, 3)
    assert tiny.world.shelter_stays.size == 2


def test_beds_are_given_by_luck_and_not_by_rows() -> None:
    winners = set()

    for number in range(10, 40):
        tiny = Tiny(beds={Housing.SHELTER: 1})
        for _ in range(3):
            tiny.citizen(seeks=Housing.SHELTER)
        winners.add(housed(moved(tiny, number)).index(Housing.SHELTER))

    assert winners == {0, 1, 2}


def test_who_is_turned_away_keeps_the_bed_of_last_night() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 0, Housing.NIGHT_SHELTER: 1})
    tiny.resident(1, seeks=Housing.SHELTER)

    moved(tiny)

    assert housed(tiny) == [Housing.NIGHT_SHELTER]
    assert tiny.world.citizens.housing_since_week[0] == 0
    assert tiny.world.shelter_stays.size == 1
    assert tiny.world.shelters.turned_away.tolist() == [1, 0]


def test_a_shelter_elsewhere_is_chosen_by_some() -> None:
    here_first, there_first = Tiny(), Tiny()
    for tiny in (here_first, there_first):
        tiny.shelter(Housing.SHELTER, 1)
        tiny.shelter(Housing.SHELTER, 1, elsewhere=True)
        tiny.citizen(seeks=Housing.SHELTER)

    moved(here_first, shelter_elsewhere=0.0)
    moved(there_first, shelter_elsewhere=1.0)

    assert here_first.world.shelters.residents.tolist() == [1, 0]
    assert there_first.world.shelters.residents.tolist() == [0, 1]


@pytest.mark.parametrize(("step", "kept"), [(2, 1), (3, 2)])
def test_steps_of_the_staircase_lead_to_their_own_dwellings(step: int, kept: int) -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    rows = {number: tiny.shelter(Housing.TRANSITIONAL, 1, step=number) for number in (2, 3)}
    who = tiny.resident(0 if step == 2 else rows[2], next_step=step)

    moved(tiny)

    c = tiny.world.citizens
    assert c.shelter_row[who] == rows[step]
    assert (c.housing[who], c.homeless_since_week[who]) == (Housing.TRANSITIONAL, 0)
    assert (c.left_shelter_week[who] == 9) == (step == 2)
    assert tiny.world.shelter_stays.last_week.tolist() == [9, NEVER]


def test_without_a_free_step_one_stays_where_one_is() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    tiny.shelter(Housing.TRANSITIONAL, 0, step=2)
    who = tiny.resident(0, next_step=2)

    moved(tiny)

    assert tiny.world.citizens.housing[who] == Housing.SHELTER
    assert tiny.world.shelter_stays.size == 1


@pytest.mark.parametrize("by", ["offer", "search"])
def test_moving_into_a_home(by: str) -> None:
    tiny = Tiny(beds=BEDS)
    tiny.vacate(0, since=4)
    column = "offered_dwelling_row" if by == "offer" else "found_dwelling_row"
    who = tiny.resident(
        0, in_need_since_week=2, offered_track=TenancyStart.HOUSING_FIRST, mental_illness=1, skills=0.3, **{column: 0}
    )

    c, t, r = tiny.world.citizens, tiny.world.tenancies, tiny.world.referrals
    c.referral_row[who] = r.open(1, citizen_row=who, municipality_row=0, opened_week=6).start

    moved(tiny)

    assert housed(tiny) == [Housing.OWN_HOME]
    assert (c.shelter_row[who], c.homeless_since_week[who], c.left_shelter_week[who]) == (NOBODY, NEVER, 9)
    assert (t.citizen_row[0], t.dwelling_row[0], t.start_week[0]) == (who, 0, 10)
    assert t.how[0] == (TenancyStart.HOUSING_FIRST if by == "offer" else TenancyStart.OWN_SEARCH)
    assert (t.need_at_start[0], t.skills_at_start[0], t.age_at_start[0]) == (1, 0.3, 40)
    assert (t.weeks_waited[0], t.weeks_from_referral[0]) == ((8, 4) if by == "offer" else (0, 0))
    assert t.weeks_homeless_before[0] == 10
    assert (c.placements[who], c.placed_week[who]) == ((1, 10) if by == "offer" else (0, NEVER))


def test_nobody_moves_into_a_home_that_is_taken() -> None:
    tiny = Tiny(dwellings=2)
    tiny.citizen(offered_dwelling_row=0)

    moved(tiny)

    assert housed(tiny) == [Housing.STREET]
    assert tiny.world.tenancies.size == 0


@pytest.mark.parametrize(
    ("intent", "end", "tenant"),
    [
        (Exit.DIED, TenancyEnd.DIED, NOBODY),
        (Exit.MOVED_AWAY, TenancyEnd.MOVED_AWAY, NOBODY),
        (Exit.NO_LONGER_AT_RISK, TenancyEnd.NO_LONGER_AT_RISK, OTHER),
    ],
)
def test_people_leave_and_who_is_no_longer_at_risk_keeps_the_home(intent: Exit, end: TenancyEnd, tenant: int) -> None:
    tiny = Tiny()
    tiny.tenant(exit_intent=intent)

    moved(tiny)

    assert housed(tiny) == [Housing.GONE]
    assert tiny.world.tenancies.end[0] == end
    assert tiny.world.dwellings.tenant[0] == tenant


def test_who_dies_in_a_shelter_leaves_a_bed() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    dead = tiny.resident(0, exit_intent=Exit.DIED)
    next_one = tiny.citizen(seeks=Housing.SHELTER)

    moved(tiny)

    assert housed(tiny)[dead] == Housing.GONE
    assert housed(tiny)[next_one] == Housing.SHELTER


def test_death_comes_before_eviction() -> None:
    tiny = Tiny(beds=BEDS)
    tiny.tenant(exit_intent=Exit.DIED)
    tiny.world.tenancies.evicted[0] = True

    moved(tiny)

    assert housed(tiny) == [Housing.GONE]
    assert tiny.world.tenancies.end[0] == TenancyEnd.DIED


def test_ordinary_tenants_come_and_go() -> None:
    tiny = Tiny(dwellings=3)
    tiny.vacate(1, since=4)
    tiny.world.dwellings.moves_out[0] = tiny.world.dwellings.let_to_other[1] = True

    moved(tiny)

    d = tiny.world.dwellings
    assert d.tenant.tolist() == [NOBODY, OTHER, OTHER]
    assert d.vacant_since_week[0] == 10


def test_newcomers_settle_in_the_cheapest_of_a_few_or_where_they_arrive() -> None:
    tiny = Tiny(dwellings=4, beds=BEDS)
    tiny.world.dwellings.rent_dkk_month[:] = (4000.0, 2800.0, 3600.0, 5000.0)
    tenant = tiny.citizen(Housing.ARRIVING, arrives_as=Housing.OWN_HOME, arrives_since_week=10)
    sleeper = tiny.citizen(Housing.ARRIVING, arrives_as=Housing.SHELTER, arrives_since_week=10)

    moved(tiny)

    c, t = tiny.world.citizens, tiny.world.tenancies
    assert housed(tiny) == [Housing.OWN_HOME, Housing.SHELTER]
    assert (t.citizen_row[0], t.dwelling_row[0], t.how[0]) == (tenant, 1, TenancyStart.ARRIVED)
    assert (c.spells[sleeper], c.homeless_since_week[sleeper]) == (1, 10)


def test_an_institution_is_no_homelessness() -> None:
    tiny = Tiny(beds={Housing.SHELTER: 1, Housing.INSTITUTION: 1})
    inward, outward = tiny.citizen(seeks=Housing.INSTITUTION), None
    moved(tiny)
    inside = int(tiny.world.citizens.homeless_since_week[inward])

    tiny.world.citizens.seeks[inward] = Housing.SHELTER
    moved(tiny, 20)
    outward = int(tiny.world.citizens.homeless_since_week[inward])

    assert (inside, outward) == (NEVER, 20)
    assert tiny.world.citizens.spells[inward] == 1
    assert np.array_equal(tiny.world.shelter_stays.last_week, [19, NEVER])
