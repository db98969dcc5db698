import pytest
from small import Tiny, lucky, week

from hfabm.calendar import WEEKS_PER_YEAR
from hfabm.processes.vacancy import MOVE_OUT, Vacancy, VacancyParameters
from hfabm.state.codes import NOBODY, Sector

pytestmark = pytest.mark.interpreted
P = VacancyParameters()


@pytest.mark.parametrize(
    ("sector", "rent", "turnover"),
    [
        (Sector.SOCIAL_FAMILY, P.cheap_rent + 1.0, P.turnover_family),
        (Sector.SOCIAL_FAMILY, P.cheap_rent, P.turnover_cheap),
        (Sector.SOCIAL_YOUTH, 3000.0, P.turnover_youth),
        (Sector.PRIVATE, 3000.0, P.turnover_private),
    ],
)
def test_ordinary_tenants_move_at_the_turnover_of_their_kind_of_home(
    sector: Sector, rent: float, turnover: float
) -> None:
    chance, moves = turnover / WEEKS_PER_YEAR, []

    for low, high in ((0.9 * chance, chance), (chance, 1.1 * chance)):
        tiny = Tiny()
        tiny.world.dwellings.sector[0], tiny.world.dwellings.rent_dkk_month[0] = sector, rent
        tiny.run(Vacancy, week(lucky(MOVE_OUT, 0, low, high)))
        moves.append(bool(tiny.world.dwellings.moves_out[0]))

    assert moves == [True, False]


def test_citizens_and_empty_homes_are_left_to_others() -> None:
    tiny = Tiny(dwellings=2)
    tiny.tenant(0)
    tiny.world.dwellings.tenant[1] = NOBODY
    tiny.world.dwellings.moves_out[:] = True

    tiny.run(Vacancy, turnover_cheap=1000.0)

    assert not tiny.world.dwellings.moves_out.any()
