import pytest
from small import Tiny, lucky, week

from hfabm.calendar import NEVER
from hfabm.processes.referral import READINESS, REFER, ReferralParameters, Referrals
from hfabm.randomness import uniform
from hfabm.state.codes import Housing, Need, Origin, ReferralState, Track

pytestmark = pytest.mark.interpreted
P = ReferralParameters()
AT_ONCE = {"weeks_to_referral_worst": 1.0, "weeks_to_referral_best": 1.0, "low_need": 1.0, "moderate_need": 1.0}


def town(first_share: float = 1.0, mindshift: float = 1.0, **more: float) -> Tiny:
    tiny = Tiny(beds={Housing.SHELTER: 1})
    us = tiny.world.municipalities
    us.housing_first_share[0], us.mindshift[0], us.refers_after_weeks[0] = first_share, mindshift, 4.0
    for name, value in more.items():
        getattr(us, name)[0] = value
    return tiny


def somebody(tiny: Tiny, place: Housing, **more: object) -> int:
    return tiny.resident(**more) if place == Housing.SHELTER else tiny.citizen(place, **more)


def test_who_is_homeless_long_enough_is_referred() -> None:
    tiny = town()
    late, early = tiny.citizen(homeless_since_week=7), tiny.citizen(homeless_since_week=6)

    tiny.run(Referrals, week(10), **AT_ONCE)

    c, r = tiny.world.citizens, tiny.world.referrals
    assert r.citizen_row.tolist() == [early]
    assert (c.in_need_since_week[late], c.in_need_since_week[early]) == (NEVER, 10)
    assert (c.referral_row[early], c.decided_week[early]) == (0, 10)
    assert (r.opened_week[0], r.track[0], r.state[0]) == (10, Track.HOUSING_FIRST, ReferralState.OPEN)


@pytest.mark.parametrize(("procedure", "weeks"), [(0.0, P.weeks_to_offer_worst), (1.0, P.weeks_to_offer_best)])
def test_the_procedure_brings_the_first_offer_nearer(procedure: float, weeks: float) -> None:
    tiny = town(procedure=procedure)
    tiny.citizen()

    tiny.run(Referrals, week(10), **AT_ONCE)

    assert tiny.world.referrals.offers_from_week[0] == 10 + int(weeks)


@pytest.mark.parametrize(("needs", "weight"), [(0, P.low_need), (2, P.moderate_need), (3, 1.0)])
@pytest.mark.parametrize(("organisation", "weeks"), [(0.0, P.weeks_to_referral_worst), (1.0, P.weeks_to_referral_best)])
def test_complex_needs_and_a_good_organisation_are_referred_sooner(
    needs: int, weight: float, organisation: float, weeks: float
) -> None:
    chance, referred = weight / weeks, []

    for low, high in ((0.8 * chance, chance), (chance, 1.2 * chance)):
        tiny = town(organisation=organisation)
        tiny.citizen(uid=3, mental_illness=min(2, needs), substance_use=max(0, needs - 2))
        tiny.run(Referrals, week(lucky(REFER, 3, low, high)))
        referred.append(tiny.world.referrals.size)

    assert referred == [1, 0]


@pytest.mark.parametrize(("skills", "use", "referred"), [(0.6, 0, 1), (0.4, 0, 0), (0.6, 2, 0)])
def test_without_the_mindshift_readiness_comes_first(skills: float, use: int, referred: int) -> None:
    tiny = town(mindshift=0.0)
    tiny.citizen(skills=skills, substance_use=use)

    tiny.run(Referrals, ready_skills=0.5, **AT_ONCE)

    assert tiny.world.referrals.size == referred


def test_a_half_mindshift_asks_half_of_the_people_for_readiness() -> None:
    tiny = town(mindshift=0.5)
    for _ in range(60):
        tiny.citizen(skills=0.1)

    tiny.run(Referrals, week(10), **AT_ONCE)

    uids = tiny.world.citizens.uid
    free = [row for row, uid in enumerate(uids) if uniform(week(10).life, READINESS, uid) < 0.5]
    assert tiny.world.referrals.citizen_row.tolist() == free
    assert 20 < len(free) < 40


def test_the_staircase_refers_from_its_top_alone() -> None:
    tiny = town(first_share=0.0)
    steps = [tiny.shelter(Housing.TRANSITIONAL, 3, step=step) for step in (2, 3)]
    tiny.citizen(Housing.STREET, skills=0.9)
    tiny.resident(0, skills=0.9)
    tiny.resident(steps[0], skills=0.9)
    top = tiny.resident(steps[1], skills=0.9)
    tiny.resident(steps[1], skills=0.4)

    tiny.run(Referrals, ready_skills=0.5, **AT_ONCE)

    r = tiny.world.referrals
    assert r.citizen_row.tolist() == [top]
    assert r.track[0] == Track.STAIRCASE


def referred(housing: Housing = Housing.STREET, **more: object) -> Tiny:
    tiny = town()
    tiny.citizen(housing, referral_row=0, in_need_since_week=3, **more)
    tiny.world.referrals.open(1, citizen_row=0, municipality_row=0, opened_week=5, offers_from_week=6)
    return tiny


@pytest.mark.parametrize(
    ("housing", "placed", "declined", "state"),
    [
        (Housing.OWN_HOME, 9, 0, ReferralState.HOUSED),
        (Housing.OWN_HOME, NEVER, 0, ReferralState.WITHDRAWN),
        (Housing.GONE, NEVER, 0, ReferralState.WITHDRAWN),
        (Housing.STREET, NEVER, 2, ReferralState.STRUCK_OFF),
        (Housing.STREET, NEVER, 1, ReferralState.OPEN),
    ],
)
def test_referrals_are_closed(housing: Housing, placed: int, declined: int, state: ReferralState) -> None:
    tiny = referred(housing, placed_week=placed, offers_declined=declined, placements=99)

    tiny.run(Referrals, week(10), offers_before_struck_off=2)

    r = tiny.world.referrals
    assert r.state[0] == state
    assert (r.closed_week[0] == 10) == (state != ReferralState.OPEN)
    assert (tiny.world.citizens.referral_row[0] < 0) == (state != ReferralState.OPEN)


def test_who_is_at_home_is_not_in_need() -> None:
    tiny = town()
    tiny.tenant(in_need_since_week=3)

    tiny.run(Referrals, **AT_ONCE)

    assert tiny.world.citizens.in_need_since_week[0] == NEVER
    assert tiny.world.referrals.size == 0


@pytest.mark.parametrize(("placements", "referrals"), [(2, 1), (3, 0)])
def test_there_is_a_chance_more_than_once(placements: int, referrals: int) -> None:
    tiny = town()
    tiny.citizen(placements=placements)

    tiny.run(Referrals, chances=3, **AT_ONCE)

    assert tiny.world.referrals.size == referrals


@pytest.mark.parametrize("need", list(Need))
@pytest.mark.parametrize(
    ("place", "in_view", "origin"),
    [
        (Housing.SHELTER, True, Origin.SHELTER),
        (Housing.STREET, True, Origin.REFUND_IN_VIEW),
        (Housing.STREET, False, Origin.NO_REFUND),
        (Housing.SOFA, False, Origin.NO_REFUND),
    ],
)
def test_the_effort_is_that_of_the_kind_of_citizen(need: Need, place: Housing, in_view: bool, origin: Origin) -> None:
    """One kind has half the effort of a referral in eight weeks, all others none."""
    chance, referred = 0.5 / 8.0, []
    needs = {Need.LOW: 1, Need.MODERATE: 2, Need.COMPLEX: 3}[need]

    for low, high in ((0.0, chance), (chance, 3.0 * chance)):
        tiny = town()
        efforts = tiny.world.municipalities.referral_efforts
        efforts[0], efforts[0, len(Origin) * need + origin] = 0.0, 0.5
        step = {"mental_illness": min(2, needs), "substance_use": max(0, needs - 2)}
        somebody(tiny, place, uid=3, refund_in_view=in_view, **step)
        slow = {**AT_ONCE, "weeks_to_referral_worst": 8.0, "weeks_to_referral_best": 8.0}
        tiny.run(Referrals, week(lucky(REFER, 3, low, high)), **slow)
        referred.append(tiny.world.referrals.size)

    assert referred == [1, 0]


def test_what_is_reckoned_moves_nobody_on_the_staircase() -> None:
    tiny = town(first_share=0.0)
    tiny.world.municipalities.referral_efforts[0] = 0.0
    tiny.resident(tiny.shelter(Housing.TRANSITIONAL, 1, step=3), skills=0.9)

    tiny.run(Referrals, ready_skills=0.5, **AT_ONCE)

    assert tiny.world.referrals.size == 1


@pytest.mark.parametrize(("pressing", "factor"), [(0.0, 1.0), (0.5, 2.0), (1.0, 3.0)])
def test_the_end_of_the_refund_hurries_the_referral(pressing: float, factor: float) -> None:
    chance, referred = factor / 40.0, []

    for low, high in ((0.9 * chance, chance), (chance, 1.1 * chance)):
        tiny = town()
        tiny.resident(uid=3, mental_illness=2, substance_use=2, pressing=pressing)
        tiny.run(Referrals, week(lucky(REFER, 3, low, high)), hurried=2.0, weeks_to_referral_worst=40.0)
        referred.append(tiny.world.referrals.size)

    assert referred == [1, 0]


@pytest.mark.parametrize(("place", "referrals"), [(Housing.STREET, 0), (Housing.SHELTER, 1)])
def test_who_is_asked_to_go_through_a_shelter_is_referred_from_there(place: Housing, referrals: int) -> None:
    tiny = town()
    somebody(tiny, place, sent_to_shelter=True)

    tiny.run(Referrals, **AT_ONCE)

    assert tiny.world.referrals.size == referrals
    assert tiny.world.citizens.in_need_since_week[0] == 10


@pytest.mark.parametrize(("since", "holds"), [(52, True), (53, False)])
def test_a_decision_that_led_to_no_home_lapses(since: int, holds: bool) -> None:
    tiny = town()
    who = tiny.citizen(decided_week=100 - since, placements=99, homeless_since_week=20)

    tiny.run(Referrals, week(100))

    assert (tiny.world.citizens.decided_week[who] != NEVER) == holds


@pytest.mark.parametrize(
    ("sent", "first_share", "more", "referrals"),
    [
        (True, 1.0, {}, 1),
        (False, 1.0, {}, 0),
        (True, 0.0, {"skills": 0.9}, 0),
        (True, 1.0, {"placements": 99}, 0),
    ],
    ids=["sent", "came alone", "on the staircase", "had its chances"],
)
def test_who_was_sent_on_the_housing_first_track_is_referred_on_arrival(
    sent: bool, first_share: float, more: dict[str, object], referrals: int
) -> None:
    """Whatever the effort for others in a shelter, and however slow the organisation."""
    tiny = town(first_share=first_share)
    tiny.world.municipalities.referral_efforts[0] = 0.0
    tiny.resident(sent_to_shelter=sent, **more)

    tiny.run(Referrals, ready_skills=0.5, weeks_to_referral_worst=104.0)

    assert tiny.world.referrals.size == referrals
    assert not referrals or tiny.world.referrals.track[0] == Track.HOUSING_FIRST


def test_readiness_is_asked_of_those_who_were_sent_too() -> None:
    tiny = town(mindshift=0.0)
    tiny.resident(sent_to_shelter=True, skills=0.1)
    ready = tiny.resident(sent_to_shelter=True, skills=0.9)

    tiny.run(Referrals, ready_skills=0.5, **AT_ONCE)

    assert tiny.world.referrals.citizen_row.tolist() == [ready]
