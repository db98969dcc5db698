"""Laws of refund that are not in force, or not yet made; the law in force is in `oracles/test_refund.py`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import Tiny, week

from hfabm.calendar import DAYS, NEVER
from hfabm.parameters.law import HousingLaw, RefundLaw
from hfabm.processes.casework import Casework
from hfabm.processes.moves import Moves
from hfabm.processes.reimbursement import Reimbursement, count_shelter_days
from hfabm.state.codes import Housing, Sector, SupportMethod, TenancyStart

pytestmark = pytest.mark.interpreted
LAW = RefundLaw(shelter_days=120)
JANUARY = 52
"""The week of Monday 4 January 2010."""


def counted(tiny: Tiny, law: RefundLaw, weeks: range, who: int = 0) -> int:
    """Days co-paid over some weeks."""
    total = 0
    for number in weeks:
        count_shelter_days.sweep(tiny.world.relations, week(number), law)
        total += int(tiny.world.citizens.refunded_days[who])
    return total


def clocked(tiny: Tiny, number: int, law: RefundLaw = LAW) -> bool:
    """Is support co-paid in a week?"""
    tiny.run(Reimbursement, week(number), **{name: getattr(law, name) for name in RefundLaw.__slots__})
    return bool(tiny.world.citizens.support_refunded[0])


@pytest.mark.parametrize(("state_pays", "elsewhere", "used"), [(0.5, True, 0), (0.5, False, 28), (0.0, True, 28)])
def test_days_elsewhere_are_not_counted_where_the_state_bears_its_share(
    state_pays: float, elsewhere: bool, used: int
) -> None:
    tiny = Tiny()
    tiny.shelter(Housing.SHELTER, 1, elsewhere=elsewhere)
    who = tiny.resident()

    co_paid = counted(tiny, replace(LAW, elsewhere_state=state_pays), range(10, 14))

    c = tiny.world.citizens
    assert c.shelter_days[who] == co_paid == used
    assert c.running_year_day[who] == (70 if used else NEVER)


def test_days_at_home_are_counted_from_where_they_were_after_a_stay_elsewhere() -> None:
    tiny, law = Tiny(beds={Housing.SHELTER: 1}), replace(LAW, elsewhere_state=0.5)
    away = tiny.shelter(Housing.SHELTER, 1, elsewhere=True)
    who = tiny.resident(0)
    c = tiny.world.citizens

    before = counted(tiny, law, range(0, 10))
    c.shelter_row[who] = away
    meanwhile = counted(tiny, law, range(10, 20))
    c.shelter_row[who] = 0
    after = counted(tiny, law, range(20, 30))

    assert (before, meanwhile, after) == (70, 0, 50)


def homes(tiny: Tiny, count: int, since: int, **more: object) -> None:
    """Cheap social dwellings that fell vacant in a week; whoever lives there now."""
    for home in tiny.dwellings(count, **more):
        tiny.world.dwellings.vacant_since_week[home] = since


@pytest.mark.parametrize(
    ("fell", "extra"),
    [
        ({}, 60),
        ({"count": 8}, 30),
        ({"count": 16}, 0),
        ({"count": 99}, 0),
        ({"count": 8, "rent_dkk_month": 9000.0}, 60),
        ({"count": 8, "sector": Sector.PRIVATE}, 60),
        ({"count": 8, "since": JANUARY - 53}, 60),
    ],
    ids=["none fall vacant", "one for two", "one for each", "plenty", "dear", "private", "more than a year ago"],
)
def test_days_are_added_where_few_cheap_homes_can_be_allocated(fell: dict[str, object], extra: int) -> None:
    """Four people without a home, a quarter of vacancies by right, and no cheap homes cost 60 days."""
    tiny = Tiny(dwellings=1, beds={Housing.INSTITUTION: 1})
    for _ in range(4):
        tiny.citizen()
    tiny.tenant()
    tiny.resident()
    if fell:
        homes(tiny, **{"since": JANUARY - 20, **fell})  # type: ignore[arg-type]

    shared = {"housing_law": HousingLaw(allocation_right=0.25)}
    tiny.run(Reimbursement, week(JANUARY), shared, days_for_shortage=60)

    assert tiny.world.municipalities.extra_days[0] == extra


def test_added_days_are_those_of_the_month_and_are_co_paid() -> None:
    tiny = Tiny(dwellings=0, beds={Housing.SHELTER: 1})
    who = tiny.resident(running_year_day=DAYS * (JANUARY - 17), shelter_days=119)
    c, us = tiny.world.citizens, tiny.world.municipalities
    days = []

    for number, most in ((JANUARY, 3), (JANUARY + 1, 0), (JANUARY + 4, 0)):
        tiny.run(Reimbursement, week(number), shelter_days=120, days_for_shortage=most)
        days.append((int(us.extra_days[0]), int(c.refunded_days[who])))

    # the fourth of January and the first of February begin months, the eleventh does not
    assert days == [(3, 4), (3, 0), (0, 0)]


def test_without_such_a_law_nothing_is_added() -> None:
    tiny = Tiny(dwellings=0)
    tiny.citizen()
    tiny.world.municipalities.extra_days[0] = 40

    tiny.run(Reimbursement, week(JANUARY))

    assert tiny.world.municipalities.extra_days[0] == 0


@pytest.mark.parametrize(("restarts", "decided", "clock"), [(True, 70, 80), (True, NEVER, 20), (False, 70, 20)])
def test_a_relapse_starts_the_clock_again_where_the_law_says_so(restarts: bool, decided: int, clock: int) -> None:
    tiny = Tiny()
    tiny.tenant(decided_week=5, left_shelter_week=19, method=SupportMethod.ICM)
    law, c = replace(LAW, restarts_on_relapse=restarts), tiny.world.citizens
    clocked(tiny, 20, law)

    c.left_shelter_week[0], c.decided_week[0] = 79, decided
    co_paid = clocked(tiny, 80, law)
    year_three = clocked(tiny, 130, law)

    assert c.refund_clock_week[0] == clock
    assert co_paid
    assert year_three == (clock == 80)


def housed_from(place: Housing, law: RefundLaw, decided: int = 3) -> Tiny:
    """Somebody who got an offer, moved in, and has a case of ICM: weighed, moved and accounted for in week 9."""
    beds = {} if place in (Housing.STREET, Housing.SOFA) else {place: 1}
    tiny = Tiny(beds=beds)
    case = {"offered_dwelling_row": 0, "offered_track": TenancyStart.HOUSING_FIRST, "method": SupportMethod.ICM}
    put = tiny.resident if beds else lambda **more: tiny.citizen(place, **more)
    put(decided_week=decided, in_need_since_week=1, **case)
    tiny.vacate(0, since=1)
    shared = {"refund_law": law}
    tiny.run(Casework, week(9), shared)
    tiny.run(Moves, week(9))
    assert tiny.world.citizens.housing[0] == Housing.OWN_HOME
    clocked(tiny, 9, law)
    return tiny


@pytest.mark.parametrize(
    ("place", "now", "follows_person", "prevention"),
    [
        (Housing.SHELTER, True, True, True),
        (Housing.STREET, False, True, False),
        (Housing.SOFA, False, True, False),
        (Housing.NIGHT_SHELTER, False, True, False),
        (Housing.PRISON_HOSPITAL, False, True, True),
    ],
)
def test_where_support_is_co_paid_from(place: Housing, now: bool, follows_person: bool, prevention: bool) -> None:
    laws = (LAW, replace(LAW, after_shelter_only=False), replace(LAW, prevention=True))

    towns = [housed_from(place, law) for law in laws]

    found = [bool(tiny.world.citizens.support_refunded[0]) for tiny in towns]
    clocks = [int(tiny.world.citizens.refund_clock_week[0]) for tiny in towns]
    assert found == [now, follows_person, prevention]
    assert clocks == [9 if co_paid else NEVER for co_paid in found]


def test_a_clock_that_starts_with_the_home_runs_as_long() -> None:
    law = replace(LAW, after_shelter_only=False)
    tiny = housed_from(Housing.STREET, law)

    weeks = [number for number in range(10, 160) if clocked(tiny, number, law)]

    assert weeks == list(range(10, 9 + 105))


@pytest.mark.parametrize("restarts", [False, True])
def test_another_placement_inside_the_window_starts_no_new_clock(restarts: bool) -> None:
    law = replace(LAW, after_shelter_only=False, restarts_on_relapse=restarts)
    tiny = housed_from(Housing.STREET, law)

    c = tiny.world.citizens
    c.refund_in_view[0], c.placed_week[0] = True, 60
    clocked(tiny, 60, law)

    assert c.refund_clock_week[0] == 9


@pytest.mark.parametrize(
    ("prevention", "notice", "co_paid"), [(True, 8, True), (True, NEVER, False), (False, 8, False)]
)
def test_support_at_notice_is_co_paid_where_prevention_is_rewarded(
    prevention: bool, notice: int, co_paid: bool
) -> None:
    tiny = Tiny()
    tiny.tenant(method=SupportMethod.CTI)
    tiny.world.tenancies.notice_week[0] = notice

    found = clocked(tiny, 10, replace(LAW, prevention=prevention))

    assert found == co_paid
    assert tiny.world.citizens.refund_clock_week[0] == NEVER


@pytest.mark.parametrize(
    ("to", "starts"), [(Housing.INSTITUTION, True), (Housing.SOFA, False), (Housing.STREET, False)]
)
def test_a_107_home_after_the_shelter_needs_no_decision_on_support_before_it(to: Housing, starts: bool) -> None:
    tiny = Tiny(beds={Housing.INSTITUTION: 1})
    who = tiny.citizen(to, decided_week=NEVER, left_shelter_week=19, method=SupportMethod.ICM)

    clocked(tiny, 20)

    assert (tiny.world.citizens.refund_clock_week[who] == 20) == starts


def with_a_team(cases: int, workers: float = 2.0, individual: float = 0.7) -> Tiny:
    """A citizen in the second week of the refund, with a case at a team of ICM."""
    tiny = Tiny()
    tiny.tenant(decided_week=5, left_shelter_week=19, method=SupportMethod.ICM, case_row=0)
    icm = SupportMethod.ICM - 1
    tiny.world.cases.open(1, citizen_row=0, team_row=icm, method=SupportMethod.ICM, first_week=20)
    tiny.world.teams.workers[icm], tiny.world.teams.cases[icm] = workers, cases
    tiny.world.municipalities.individual_support[0] = individual
    clocked(tiny, 20)
    return tiny


@pytest.mark.parametrize(
    ("cases", "floor", "co_paid"), [(20, 10.0, True), (21, 10.0, True), (22, 10.0, False), (99, 0.0, True)]
)
def test_too_many_cases_cost_the_refund_but_one_too_many_is_no_breach(cases: int, floor: float, co_paid: bool) -> None:
    tiny = with_a_team(cases)

    found = clocked(tiny, 21, replace(LAW, floor_caseload=floor))

    assert found == co_paid
    assert tiny.world.teams.below_floor[SupportMethod.ICM - 1] != co_paid
    assert tiny.world.citizens.refund_clock_week[0] == 20


@pytest.mark.parametrize(("floor", "co_paid"), [(0.7, True), (0.71, False), (0.0, True)])
def test_too_little_fidelity_costs_the_refund(floor: float, co_paid: bool) -> None:
    tiny = with_a_team(5)

    found = clocked(tiny, 21, replace(LAW, floor_fidelity=floor))

    assert found == co_paid


def test_a_floor_that_is_met_again_earns_the_rest_of_the_refund() -> None:
    tiny, law = with_a_team(30), replace(LAW, floor_caseload=10.0)

    below = clocked(tiny, 21, law)
    tiny.world.teams.cases[SupportMethod.ICM - 1] = 20
    weeks = [number for number in range(22, 160) if clocked(tiny, number, law)]

    assert not below
    assert weeks == list(range(22, 20 + 105))
