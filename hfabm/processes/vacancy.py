"""Vacancy: ordinary tenants move out, at the turnover of their kind of dwelling.

Weekly.  Simulated citizens leave through other processes; `moves` empties the dwelling.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.codes import OTHER, Sector
from hfabm.state.dwellings import Dwelling
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

MOVE_OUT = question("vacancy.move_out")


@dataclass(frozen=True, slots=True)
class VacancyParameters:
    """Numbers that only this process reads."""

    turnover_family: float = parameter(
        0.104, Unit.PER_YEAR, 0.02, 0.5, role=Role.UNCERTAINTY, source="P4.019",
        means="Moves out a year, social family dwellings.",
    )
    turnover_cheap: float = parameter(
        0.179, Unit.PER_YEAR, 0.02, 0.5, role=Role.UNCERTAINTY, source="P4.044",
        means="Moves out a year, social family dwellings of affordable rent, in Odense.",
    )
    turnover_youth: float = parameter(
        0.399, Unit.PER_YEAR, 0.05, 0.8, role=Role.UNCERTAINTY, source="P4.020",
        means="Moves out a year, social youth dwellings.",
    )
    turnover_private: float = parameter(
        0.20, Unit.PER_YEAR, 0.02, 0.6, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Moves out a year, private rentals.",
    )
    cheap_rent: float = parameter(
        3500.0, Unit.DKK_MONTH, 2000.0, 6000.0, role=Role.CONSTANT, source="P4.042", price_year=2023,
        means="Rent up to which a family dwelling counts as cheap.",
    )


@rule
def move_out(home: Dwelling, week: Week, p: VacancyParameters) -> None:
    """The ordinary tenant moves out."""
    home.moves_out = False
    u = luck(week, MOVE_OUT, home.row) * WEEKS_PER_YEAR
    highest = max(p.turnover_youth, p.turnover_private, p.turnover_cheap, p.turnover_family)
    if u >= highest or home.tenant != OTHER:
        return
    rate = p.turnover_family
    if home.sector == Sector.SOCIAL_YOUTH:
        rate = p.turnover_youth
    elif home.sector == Sector.PRIVATE:
        rate = p.turnover_private
    elif home.rent_dkk_month <= p.cheap_rent:
        rate = p.turnover_cheap
    home.moves_out = u < rate


class Vacancy(Process):
    """Ordinary tenants move out."""

    name = "vacancy"
    phase = Phase.SUPPLY
    parameters = VacancyParameters
    rules = (move_out,)
