import pytest
from small import Tiny, week

from hfabm.calendar import MONTHS_PER_WEEK, NEVER
from hfabm.processes.eviction import Eviction
from hfabm.state.codes import NoticeCause

pytestmark = pytest.mark.interpreted
RENT_WEEK = 3000.0 * MONTHS_PER_WEEK


def owing(weeks: float, **more: object) -> Tiny:
    """A tenant who owes some weeks of rent, of a landlord with a patience of eight."""
    tiny = Tiny()
    tiny.tenant(**more)
    tiny.world.tenancies.arrears_dkk[0] = weeks * RENT_WEEK
    tiny.world.landlords.patience_weeks[0], tiny.world.landlords.tolerance[0] = 8.0, 6.0
    return tiny


@pytest.mark.parametrize(("weeks", "noticed"), [(7.99, False), (8.01, True), (0.0, False)])
def test_notice_is_served_when_patience_ends(weeks: float, noticed: bool) -> None:
    tiny = owing(weeks)

    tiny.run(Eviction)

    t = tiny.world.tenancies
    assert (t.notice_week[0] == 10) == noticed
    assert t.notice_cause[0] == (NoticeCause.ARREARS if noticed else NoticeCause.NONE)
    assert t.notices[0] == noticed
    assert not t.evicted[0]


@pytest.mark.parametrize(("weeks", "noticed"), [(11.9, False), (12.1, True)])
def test_contact_makes_landlords_of_supported_tenants_more_patient(weeks: float, noticed: bool) -> None:
    tiny = owing(weeks, case_row=0)
    tiny.world.municipalities.contact[0] = 1.0

    tiny.run(Eviction, contact_adds_patience=0.5)

    assert (tiny.world.tenancies.notice_week[0] == 10) == noticed


def test_a_plan_keeps_notice_away() -> None:
    tiny = owing(20.0)
    tiny.world.tenancies.plan_until_week[0] = 11

    tiny.run(Eviction, week(10))
    in_plan = int(tiny.world.tenancies.notice_week[0])
    tiny.run(Eviction, week(11))

    assert in_plan == NEVER
    assert tiny.world.tenancies.notice_week[0] == 11


def test_complaints_bring_notice_too() -> None:
    tiny = owing(0.0)
    tiny.world.tenancies.complaints[0] = 6.0

    tiny.run(Eviction)

    assert tiny.world.tenancies.notice_cause[0] == NoticeCause.COMPLAINTS


def under_notice(since: int, cause: NoticeCause = NoticeCause.ARREARS) -> Tiny:
    tiny = owing(20.0)
    t = tiny.world.tenancies
    t.notice_week[0], t.notice_cause[0], t.notices[0] = since, cause, 1
    return tiny


@pytest.mark.parametrize(("since", "out"), [(3, False), (2, True)])
def test_the_court_takes_no_case_before_the_eighth_week(since: int, out: bool) -> None:
    tiny = under_notice(since)

    tiny.run(Eviction, week(10), settles=0.0, court=1.0, court_puts_out=1.0)

    assert tiny.world.tenancies.evicted[0] == out
    assert tiny.world.tenancies.notice_week[0] == since


def test_the_court_decides_at_the_latest_after_a_year() -> None:
    tiny = under_notice(0)

    tiny.run(Eviction, week(51), settles=0.0, court=0.0, court_puts_out=1.0, longest_weeks=52.0)
    early = bool(tiny.world.tenancies.evicted[0])
    tiny.run(Eviction, week(52), settles=0.0, court=0.0, court_puts_out=1.0, longest_weeks=52.0)

    assert (early, bool(tiny.world.tenancies.evicted[0])) == (False, True)


def test_the_court_may_let_the_tenant_stay() -> None:
    tiny = under_notice(0)

    tiny.run(Eviction, settles=0.0, court=1.0, court_puts_out=0.0)

    t = tiny.world.tenancies
    assert not t.evicted[0]
    assert (t.notice_week[0], t.notice_cause[0], t.notices[0]) == (NEVER, NoticeCause.NONE, 1)


def test_who_has_paid_is_left_alone() -> None:
    tiny = under_notice(0)
    tiny.world.tenancies.arrears_dkk[0] = 0.0

    tiny.run(Eviction, settles=0.0, court=1.0, court_puts_out=1.0)

    assert tiny.world.tenancies.notice_week[0] == NEVER
    assert not tiny.world.tenancies.evicted[0]


@pytest.mark.parametrize("help", ["prevention", "support_settles", "caretaker_settles"])
def test_help_settles_notices(help: str) -> None:
    tiny = under_notice(5)
    tiny.world.citizens.dose[0] = 1.0
    tiny.world.tenancies.attended_week[0] = 8
    none = {"settles": 0.0, "support_settles": 0.0, "caretaker_settles": 0.0}

    tiny.run(Eviction, **none)
    without = int(tiny.world.tenancies.notice_week[0])
    if help == "prevention":
        tiny.world.municipalities.prevention[0] = 1.0
    tiny.run(Eviction, **none | ({help: 1.0} if help in none else {}))

    assert without == 5
    assert tiny.world.tenancies.notice_week[0] == NEVER


@pytest.mark.parametrize(
    ("settles", "prevention", "owed", "billed"),
    [(0.0, 1.0, 20.0, True), (1.0, 1.0, 20.0, False), (0.0, 0.0, 20.0, False), (0.0, 1.0, 0.0, False)],
    ids=["by the municipality", "by itself", "not at all", "paid"],
)
def test_only_what_the_municipality_settles_counts_as_prevented(
    settles: float, prevention: float, owed: float, billed: bool
) -> None:
    tiny = under_notice(5)
    tiny.world.tenancies.arrears_dkk[0] = owed
    tiny.world.municipalities.prevention[0] = prevention

    tiny.run(Eviction, settles=settles, court=0.0)

    assert tiny.world.tenancies.prevented[0] == billed
