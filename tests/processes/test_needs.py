import pytest
from small import Tiny, lucky, week

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.processes.needs import MENTAL_ILLNESS, SOON, TREATMENT, Needs, NeedsParameters
from hfabm.state.codes import Housing

pytestmark = pytest.mark.interpreted
P = NeedsParameters()
ONSET, RATIO, PROTECTS = P.illness_onset / WEEKS_PER_YEAR, P.illness_ratio_homeless, P.treatment_protects


@pytest.mark.parametrize(
    ("low", "high", "housing", "treated", "ill"),
    [
        (0.0, ONSET, Housing.OWN_HOME, False, 1),
        (ONSET, RATIO * ONSET, Housing.OWN_HOME, False, 0),
        (ONSET, RATIO * ONSET, Housing.STREET, False, 1),
        (ONSET, PROTECTS * RATIO * ONSET, Housing.STREET, True, 1),
        (PROTECTS * RATIO * ONSET, RATIO * ONSET, Housing.STREET, True, 0),
        (ONSET, RATIO * ONSET, Housing.INSTITUTION, False, 0),
    ],
)
def test_illness_begins_faster_in_homelessness(
    low: float, high: float, housing: Housing, treated: bool, ill: int
) -> None:
    tiny = Tiny()
    tiny.citizen(housing, uid=4, in_treatment=treated)

    tiny.run(Needs, week(lucky(MENTAL_ILLNESS, 4, low, high)))

    assert tiny.world.citizens.mental_illness[0] == ill


@pytest.mark.parametrize(("treated", "eases"), [(False, P.illness_eases), (True, P.illness_eases * P.treatment_heals)])
def test_illness_eases_faster_in_treatment(treated: bool, eases: float) -> None:
    chance, found = eases / WEEKS_PER_YEAR, []

    for low, high in ((1 - chance, 1 - 0.9 * chance), (1 - 1.1 * chance, 1 - chance)):
        tiny = Tiny()
        tiny.tenant(uid=4, mental_illness=1, in_treatment=treated)
        tiny.run(Needs, week(lucky(MENTAL_ILLNESS, 4, low, high)))
        found.append(int(tiny.world.citizens.mental_illness[0]))

    assert found == [0, 1]


@pytest.mark.parametrize("housing", [Housing.OWN_HOME, Housing.STREET, Housing.SHELTER])
@pytest.mark.parametrize(("dose", "starts"), [(0.0, False), (1.0, True)])
def test_treatment_starts_anywhere_and_sooner_with_support(housing: Housing, dose: float, starts: bool) -> None:
    chance, with_support = P.treatment_starts / WEEKS_PER_YEAR, 1.0 + P.support_leads_to_treatment
    tiny = Tiny()
    tiny.citizen(housing, uid=4, mental_illness=1, dose=dose)

    tiny.run(Needs, week(lucky(TREATMENT, 4, 1.1 * chance, 0.95 * with_support * chance)))

    assert tiny.world.citizens.in_treatment[0] == starts


@pytest.mark.parametrize(("ill", "ends"), [(1, False), (0, True)])
def test_treatment_ends_sooner_when_nothing_is_left_to_treat(ill: int, ends: bool) -> None:
    chance = P.treatment_ends / WEEKS_PER_YEAR
    tiny = Tiny()
    tiny.citizen(uid=4, in_treatment=True, mental_illness=ill)

    tiny.run(Needs, week(lucky(TREATMENT, 4, 1.1 * chance, 0.9 * SOON * chance)), use_onset=0.0, illness_onset=0.0)

    assert tiny.world.citizens.in_treatment[0] != ends


HOME, HELP, TRAINING = P.skills_grow_at_home, P.skills_grow_with_support, P.skills_grow_in_training


@pytest.mark.parametrize(
    ("housing", "more", "skills", "ties"),
    [
        (Housing.OWN_HOME, {}, 0.4 + 0.6 * HOME, 0.4 + 0.6 * P.ties_grow_at_home),
        (Housing.OWN_HOME, {"dose": 0.5}, 0.4 + 0.6 * (HOME + HELP * 0.5), 0.4 + 0.6 * P.ties_grow_at_home),
        (Housing.TRANSITIONAL, {}, 0.4 + 0.6 * TRAINING, 0.4),
        (Housing.SHELTER, {}, 0.4 + 0.6 * 0.5 * TRAINING, 0.4 - 0.4 * P.ties_lost_homeless),
        (Housing.STREET, {}, 0.4 - 0.4 * P.skills_lost_homeless, 0.4 - 0.4 * P.ties_lost_homeless),
        (Housing.GONE, {}, 0.4, 0.4),
    ],
)
def test_skills_grow_in_a_home_and_wear_off_without(
    housing: Housing, more: dict[str, float], skills: float, ties: float
) -> None:
    tiny = Tiny()
    tiny.citizen(housing, skills=0.4, ties=0.4, **more)

    tiny.run(Needs, use_onset=0.0, illness_onset=0.0)

    assert tiny.world.citizens.skills[0] == pytest.approx(skills)
    assert tiny.world.citizens.ties[0] == pytest.approx(ties)


def test_needs_cost_skills_and_civil_society_gives_ties() -> None:
    tiny = Tiny()
    tiny.tenant(skills=0.4, ties=0.4, mental_illness=2)
    tiny.world.municipalities.civil_society[0] = 0.5

    tiny.run(Needs, illness_eases=0.0, use_onset=0.0)

    kept = 0.4 - P.skills_lost_to_needs * 2 * 0.4
    assert tiny.world.citizens.skills[0] == pytest.approx(kept + HOME * (1 - kept))
    assert tiny.world.citizens.ties[0] == pytest.approx(
        0.4 + (P.ties_grow_at_home + P.ties_grow_with_civil_society * 0.5) * 0.6
    )
