import pytest
from small import Tiny, lucky, week

from hfabm.calendar import NEVER, WEEKS_PER_YEAR
from hfabm.processes.support import Support, SupportParameters
from hfabm.processes.support_close import GRADUATE
from hfabm.state.codes import Housing, SupportMethod, TenancyStart

pytestmark = pytest.mark.interpreted
P = SupportParameters()
ORDINARY, CTI, ICM, ACT = list(SupportMethod)[1:]
FOREVER = {"graduates": 0.0}


def staffed(workers: float = 10.0, individual: float = 1.0) -> Tiny:
    tiny = Tiny(dwellings=40)
    tiny.world.teams.workers[:], tiny.world.teams.takes_up_to[:] = workers, 10.0
    tiny.world.municipalities.individual_support[0] = individual
    return tiny


def case(tiny: Tiny, method: SupportMethod, first: int, housing: Housing = Housing.OWN_HOME, **who: object) -> int:
    """A citizen with a running case, at home unless told otherwise."""
    row = tiny.tenant(tiny.world.tenancies.size) if housing == Housing.OWN_HOME else tiny.citizen(housing)
    c, team = tiny.world.citizens, method - 1
    number = tiny.world.cases.open(
        1, citizen_row=row, citizen_uid=c.uid[row], team_row=team, method=method, first_week=first
    ).start
    for name, value in {"case_row": number, "method": method, **who}.items():
        getattr(c, name)[row] = value
    tiny.world.teams.cases[team] += 1
    return row


@pytest.mark.parametrize(
    ("needs", "how", "method"),
    [
        (0, TenancyStart.HOUSING_FIRST, CTI),
        (2, TenancyStart.HOUSING_FIRST, ICM),
        (3, TenancyStart.HOUSING_FIRST, ACT),
        (4, TenancyStart.HOUSING_FIRST, ACT),
        (4, TenancyStart.STAIRCASE, ORDINARY),
    ],
)
def test_the_placed_get_the_method_of_their_need(needs: int, how: TenancyStart, method: SupportMethod) -> None:
    tiny = staffed()
    who = tiny.tenant(how=how, placed_week=9, mental_illness=min(2, needs), substance_use=max(0, needs - 2))

    tiny.run(Support, week(10))

    c, k = tiny.world.citizens, tiny.world.cases
    assert c.method[who] == method
    assert (k.citizen_row[0], k.team_row[0], k.first_week[0], k.last_week[0]) == (who, method - 1, 10, NEVER)
    assert tiny.world.teams.cases.tolist() == [int(m == method) for m in (ORDINARY, CTI, ICM, ACT)]
    assert c.dose[who] > 0.0


def test_the_nearest_method_with_room_helps_out() -> None:
    tiny = staffed()
    tiny.world.teams.workers[ACT - 1] = 0.0
    who = tiny.tenant(how=TenancyStart.HOUSING_FIRST, placed_week=9, mental_illness=2, substance_use=2)

    tiny.run(Support)

    assert tiny.world.citizens.method[who] == ICM


def test_a_full_team_takes_no_more_and_the_neediest_come_first() -> None:
    tiny = staffed(workers=0.0)
    tiny.world.teams.workers[CTI - 1], tiny.world.teams.takes_up_to[CTI - 1] = 1.0, 2.0
    for home, needs in enumerate((0, 1, 2)):
        tiny.tenant(home, how=TenancyStart.HOUSING_FIRST, placed_week=9, mental_illness=needs)

    tiny.run(Support)

    assert tiny.world.citizens.method.tolist() == [0, CTI, CTI]
    assert tiny.world.teams.cases[CTI - 1] == 2


@pytest.mark.parametrize(("placed", "called", "helped"), [(9, NEVER, 1), (-20, NEVER, 0), (NEVER, 9, 1), (NEVER, 3, 0)])
def test_support_is_for_those_placed_lately_or_called_for(placed: int, called: int, helped: int) -> None:
    tiny = staffed()
    tiny.tenant(placed_week=placed)
    tiny.world.tenancies.support_called_week[0] = called

    tiny.run(Support, week(10), wanted_weeks=26.0)

    assert tiny.world.cases.size == helped


@pytest.mark.parametrize(("age", "open_still"), [(38, True), (39, False)])
def test_cti_ends_after_nine_months(age: int, open_still: bool) -> None:
    tiny = staffed()
    who = case(tiny, CTI, first=100 - age)

    tiny.run(Support, week(100), **FOREVER)

    c = tiny.world.citizens
    assert (c.case_row[who] >= 0) == open_still
    assert (c.method[who] == CTI) == open_still
    assert tiny.world.cases.last_week[0] == (NEVER if open_still else 100)
    assert tiny.world.teams.cases[CTI - 1] == open_still
    assert (c.dose[who] > 0.0) == open_still


@pytest.mark.parametrize(("age", "open_still"), [(104, True), (105, False)])
@pytest.mark.parametrize("method", [ORDINARY, ICM, ACT])
def test_a_cut_ends_support_in_its_month(method: SupportMethod, age: int, open_still: bool) -> None:
    tiny = staffed()
    who = case(tiny, method, first=200 - age)
    tiny.world.municipalities.support_cut_month[0] = 24.0

    tiny.run(Support, week(200), **FOREVER)

    assert (tiny.world.citizens.case_row[who] >= 0) == open_still


def test_the_case_follows_the_person_out_of_a_lost_home_for_a_while() -> None:
    tiny = staffed()
    lately = case(tiny, ICM, 0, Housing.STREET, housing_since_week=100 - 51)
    long_ago = case(tiny, ICM, 0, Housing.STREET, housing_since_week=100 - 52)
    dead = case(tiny, ICM, 90, Housing.GONE)

    tiny.run(Support, week(100), given_up_weeks=52.0, **FOREVER)

    held = tiny.world.citizens.case_row
    assert (held[lately] >= 0, held[long_ago] >= 0, held[dead] >= 0) == (True, False, False)


@pytest.mark.parametrize(("skills", "ill", "closes"), [(0.7, 0, True), (0.5, 0, False), (0.7, 3, False)])
def test_support_no_longer_needed_is_closed(skills: float, ill: int, closes: bool) -> None:
    tiny = staffed()
    who = case(tiny, ICM, 0, skills=skills, mental_illness=min(2, ill), substance_use=max(0, ill - 2))
    number = lucky(GRADUATE, int(tiny.world.citizens.uid[who]), 0.0, 0.35 / WEEKS_PER_YEAR, first=60)

    tiny.run(Support, week(number), graduates=0.35, enough_skills=0.65)

    assert (tiny.world.citizens.case_row[who] < 0) == closes


@pytest.mark.parametrize(
    ("method", "dose"), [(ORDINARY, P.strength_ordinary), (ICM, P.strength_icm), (ACT, P.strength_act)]
)
def test_a_full_dose(method: SupportMethod, dose: float) -> None:
    tiny = staffed()
    who = case(tiny, method, 5)

    tiny.run(Support, week(10), **FOREVER)

    assert tiny.world.citizens.dose[who] == pytest.approx(dose)


@pytest.mark.parametrize(("age", "phase"), [(0, 0), (12, 0), (13, 1), (26, 2), (38, 2)])
def test_cti_thins_out_in_three_phases(age: int, phase: int) -> None:
    tiny = staffed()
    who = case(tiny, CTI, 100 - age)

    tiny.run(Support, week(100), **FOREVER)

    assert tiny.world.citizens.dose[who] == pytest.approx(P.strength_cti * (1.0 - phase / 3.0))


def test_what_takes_from_the_dose() -> None:
    doses = {}

    for name in ("load", "mismatch", "fidelity", "turnover"):
        tiny = staffed(individual=0.0 if name == "fidelity" else 1.0)
        who = case(tiny, ICM, 5, **({"mental_illness": 2, "substance_use": 2} if name == "mismatch" else {}))
        if name == "load":
            tiny.world.teams.workers[ICM - 1], tiny.world.teams.cases[ICM - 1] = 1.0, 20
        if name == "turnover":
            tiny.world.teams.new_workers_share[ICM - 1] = 0.4
        tiny.run(Support, week(10), cases_per_worker=10.0, **FOREVER)
        doses[name] = float(tiny.world.citizens.dose[who]) / P.strength_icm

    assert doses["load"] == pytest.approx(0.5)
    assert doses["mismatch"] == pytest.approx(1.0 - P.mismatch)
    assert doses["fidelity"] == pytest.approx(P.without_fidelity)
    assert doses["turnover"] == pytest.approx(1.0 - P.broken_relation * 0.4)


def test_who_has_no_case_gets_nothing() -> None:
    tiny = staffed()
    tiny.tenant(dose=0.7)

    tiny.run(Support)

    assert tiny.world.citizens.dose[0] == 0.0
