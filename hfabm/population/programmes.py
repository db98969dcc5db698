"""Open the programmes of a scenario: what each municipality of the place that takes part gets of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hfabm.calendar import WEEKS_PER_YEAR, week_of
from hfabm.evidence import municipalities, national_counts, observed_counts
from hfabm.parameters.programmes import Programme
from hfabm.population.places import Place, Town
from hfabm.state.ledger import ORE
from hfabm.state.world import World

# columns and numbers are laid out several to a line
# fmt: off


def open_programmes(world: World, place: Place, programmes: Sequence[Programme], start: date) -> None:
    """A row for each programme that gives something and each municipality of the place that takes part.

    Args:
        world: The world, with the municipalities of the place.
        place: Where it is.
        programmes: The programmes of the scenario.
        start: First day of the scenario; programmes may have begun before.
    """
    for number, programme in enumerate(programmes):
        terms = programme.terms
        first, last = week_of(start, programme.first), week_of(start, programme.last)
        weeks = last - first + 1
        for row, town in enumerate(place.towns):
            if not programme.has(town.name) or not terms.gives:
                continue
            part = part_of(town, programme)
            weekly = terms.grant_dkk * ORE * part / weeks
            yearly = part * WEEKS_PER_YEAR / weeks
            posts = weekly if programme.adds_posts else 0.0
            world.programmes.open(
                1, number=number, municipality_row=row, first_week=first, last_week=last, price_year=terms.price_year,
                grant_ore_week=round(weekly),
                cti_ore_week=round(posts * terms.cti_share), icm_ore_week=round(posts * terms.icm_share),
                act_ore_week=round(posts * terms.act_share), ordinary_ore_week=round(posts * terms.ordinary_share),
                new_cheap=yearly * terms.new_cheap, rent_cut=yearly * terms.rent_cut, special=yearly * terms.special,
            )


def part_of(town: Town, programme: Programme) -> float:
    """Part of a programme that a municipality gets: its part of the homelessness among those that take part.

    What counts is the count nearest the beginning of the programme that there is both of the municipality and of
    the country; for a municipality without counts, the homelessness that it was built with.
    """
    nation = national_counts()
    own = observed_counts(town.name) if town.name in municipalities() else {}
    years = sorted(set(own) & set(nation)) or sorted(nation)
    year = min(years, key=lambda one: abs(one - programme.first.year))
    return min(1.0, own.get(year, town.homeless_at_start) / (nation[year] * programme.terms.homeless_share))
