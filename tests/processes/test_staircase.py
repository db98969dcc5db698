import pytest
from small import Tiny, lucky, week

from hfabm.calendar import NEVER
from hfabm.parameters.law import HousingLaw
from hfabm.processes.staircase import REVIEW, Staircase
from hfabm.state.codes import Housing

pytestmark = pytest.mark.interpreted
REVIEWED = {"reviewed": 1.0, "transitional_skills": 0.35, "training_skills": 0.45}


def stairs() -> Tiny:
    tiny = Tiny(beds={Housing.SHELTER: 9, Housing.NIGHT_SHELTER: 9})
    for step in (2, 3):
        tiny.shelter(Housing.TRANSITIONAL, 9, step=step)
    return tiny


@pytest.mark.parametrize(
    ("place", "skills", "use", "step"),
    [
        (0, 0.35, 0, 2), (0, 0.34, 0, 0), (0, 0.9, 2, 0), (0, 0.9, 1, 2),
        (1, 0.9, 0, 0),
        (2, 0.45, 0, 3), (2, 0.44, 0, 0), (2, 0.9, 2, 0),
        (3, 0.9, 0, 0),
    ],
)  # fmt: skip
def test_one_step_at_a_time_for_those_who_are_ready(place: int, skills: float, use: int, step: int) -> None:
    tiny = stairs()
    tiny.resident(place, skills=skills, substance_use=use)

    tiny.run(Staircase, **REVIEWED)

    assert tiny.world.citizens.next_step[0] == step


def test_severe_use_does_not_matter_where_abstinence_is_not_asked_for() -> None:
    tiny = stairs()
    tiny.resident(0, skills=0.9, substance_use=2)

    tiny.run(Staircase, abstinence=False, **REVIEWED)

    assert tiny.world.citizens.next_step[0] == 2


def test_housing_first_knows_no_steps() -> None:
    tiny = stairs()
    tiny.resident(0, skills=0.9)
    tiny.world.municipalities.housing_first_share[0] = 1.0

    tiny.run(Staircase, **REVIEWED)

    assert tiny.world.citizens.next_step[0] == 0


def test_cases_are_reviewed_now_and_then() -> None:
    steps = []

    for low, high in ((0.0, 0.06), (0.06, 0.1)):
        tiny = stairs()
        tiny.resident(0, uid=8, skills=0.9)
        tiny.run(Staircase, week(lucky(REVIEW, 8, low, high)), reviewed=0.06)
        steps.append(int(tiny.world.citizens.next_step[0]))

    assert steps == [2, 0]


OUTSIDE = (Housing.STREET, Housing.NIGHT_SHELTER, Housing.SOFA)


@pytest.mark.parametrize("for_all", [True, False])
@pytest.mark.parametrize("place", [*OUTSIDE, Housing.HOTEL, Housing.PRISON_HOSPITAL, Housing.INSTITUTION])
def test_a_transitional_dwelling_from_outside_is_offered_where_the_law_opens_it(place: Housing, for_all: bool) -> None:
    tiny = stairs()
    who = tiny.citizen(place, skills=0.9, in_need_since_week=3)

    tiny.run(Staircase, shared={"housing_law": HousingLaw(transitional_for_all=for_all)}, **REVIEWED)

    assert tiny.world.citizens.next_step[who] == (2 if for_all and place in OUTSIDE else 0)


@pytest.mark.parametrize(
    ("who", "first_share", "step"),
    [
        ({}, 0.0, 2),
        ({"skills": 0.34}, 0.0, 0),
        ({"substance_use": 2}, 0.0, 0),
        ({"in_need_since_week": NEVER}, 0.0, 0),
        ({}, 1.0, 0),
    ],
    ids=["ready", "not ready", "severe use", "not known", "housing first"],
)
def test_the_same_is_asked_of_those_from_outside(who: dict[str, object], first_share: float, step: int) -> None:
    tiny = stairs()
    tiny.citizen(Housing.SOFA, **{"skills": 0.35, "in_need_since_week": 3, **who})
    tiny.world.municipalities.housing_first_share[0] = first_share

    tiny.run(Staircase, shared={"housing_law": HousingLaw(transitional_for_all=True)}, **REVIEWED)

    assert tiny.world.citizens.next_step[0] == step


def test_nobody_is_offered_a_step_that_was_offered_last_week() -> None:
    tiny = stairs()
    who = tiny.citizen(Housing.SOFA, skills=0.1, in_need_since_week=3, next_step=2)

    tiny.run(Staircase, shared={"housing_law": HousingLaw(transitional_for_all=True)}, **REVIEWED)

    assert tiny.world.citizens.next_step[who] == 0
