import numpy as np
import pytest
from small import Tiny, lucky, week

from hfabm.processes.disturbance import CRISIS, Disturbance, DisturbanceParameters
from hfabm.randomness import logistic
from hfabm.state.network import Links

pytestmark = pytest.mark.interpreted
P = DisturbanceParameters()
LOUD, QUIET = {"base": 50.0}, {"base": -50.0}


def stairwell(homes: int = 4) -> Tiny:
    """Dwellings that all know each other, the first with a simulated tenant."""
    tiny = Tiny(dwellings=homes)
    others = [[d for d in range(homes) if d != home] for home in range(homes)]
    start = np.arange(0, homes * (homes - 1) + 1, homes - 1, dtype=np.int32)
    tiny.world.network.homes = Links(start, np.concatenate(others).astype(np.int32))
    tiny.tenant(0)
    return tiny


def test_neighbours_hear_a_crisis_and_it_fades() -> None:
    tiny = stairwell()

    tiny.run(Disturbance, unrest_lasts=0.8, **LOUD)
    heard = tiny.world.dwellings.unrest.tolist()
    tiny.run(Disturbance, week(11), unrest_lasts=0.8, **QUIET)

    assert heard == pytest.approx([0.0, 0.2, 0.2, 0.2])
    assert tiny.world.dwellings.unrest == pytest.approx([0.0, 0.16, 0.16, 0.16])


def test_lasting_noise_counts_as_one_disturbing_neighbour() -> None:
    tiny = stairwell()

    for number in range(10, 60):
        tiny.run(Disturbance, week(number), **LOUD)

    assert tiny.world.dwellings.unrest[1:] == pytest.approx(1.0, abs=0.01)


def test_neighbours_complain_and_forget() -> None:
    tiny = stairwell(homes=20)

    for number in range(10, 30):
        tiny.run(Disturbance, week(number), complaints_per_neighbour=0.5, complaints_last=0.9, **LOUD)
    loud = float(tiny.world.tenancies.complaints[0])
    tiny.run(Disturbance, week(30), complaints_last=0.9, **QUIET)

    # 9.5 a week on average, of which nine tenths last: 83 in twenty weeks
    assert loud == pytest.approx(83.0, rel=0.25)
    assert tiny.world.tenancies.complaints[0] == pytest.approx(0.9 * loud)


@pytest.mark.parametrize(("attended", "left"), [(9, 0.4), (8, 1.0)])
def test_a_visit_mediates(attended: int, left: float) -> None:
    tiny = stairwell()
    t = tiny.world.tenancies
    t.complaints[0], t.attended_week[0] = 5.0, attended

    tiny.run(Disturbance, week(10), mediated=0.6, complaints_last=0.9, **QUIET)

    assert t.complaints[0] == pytest.approx(5.0 * 0.9 * left)


@pytest.mark.parametrize(
    ("x", "who", "unrest"),
    [
        (P.base, {"skills": 0.5}, 0.0),
        (P.base + 4 * P.needs + 0.5 * P.skills + 2 * P.unrest,
         {"mental_illness": 2, "substance_use": 2, "skills": 0.0}, 9.0),
        (P.base + P.needs - 0.3 * P.skills - 0.5 * P.support, {"mental_illness": 1, "skills": 0.8, "dose": 0.5}, 0.0),
    ],
    ids=["base", "the worst", "helped"],
)  # fmt: skip
def test_the_chance_of_a_crisis_is_logistic(x: float, who: dict[str, float], unrest: float) -> None:
    chance, crises = logistic(x), []

    for low, high in ((0.9 * chance, chance), (chance, 1.1 * chance)):
        tiny = Tiny()
        tiny.tenant(uid=5, **who)
        tiny.world.dwellings.unrest[0] = unrest
        tiny.run(Disturbance, week(lucky(CRISIS, 5, low, high)))
        crises.append(bool(tiny.world.tenancies.disturbs[0]))

    assert crises == [True, False]


def test_new_homes_know_no_neighbours() -> None:
    tiny = stairwell()
    tiny.dwellings(1)
    tiny.tenant(4)

    tiny.run(Disturbance, **LOUD)

    assert tiny.world.tenancies.disturbs.tolist() == [True, True]
    assert tiny.world.tenancies.complaints[1] == 0.0
