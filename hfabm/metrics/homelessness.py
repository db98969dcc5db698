"""Who is homeless, as it is and as the national count sees it; who enters, leaves and returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hfabm.calendar import Week
from hfabm.engine.kernel import formula
from hfabm.metrics.metric import Metric, flow, outcome, stock
from hfabm.metrics.record import Record, per
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.randomness import luck, question
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Exit, Housing
from hfabm.state.world import World
from hfabm.units import Unit

SEEN = question("observe.count")


def _seen(share: float, what: str) -> float:
    found: float = parameter(
        share,
        Unit.SHARE,
        0.0,
        1.0,
        role=Role.UNCERTAINTY,
        source=ASSUMED,
        means=f"Share of {what} whom the national count sees.",
    )
    return found


@dataclass(frozen=True, slots=True)
class ObservationParameters:
    """How much of homelessness the national count sees."""

    street: float = _seen(0.85, "rough sleepers")
    night_shelter: float = _seen(0.90, "people in night shelters")
    shelter: float = _seen(0.98, "people in § 110 shelters")
    hotel: float = _seen(0.85, "people in hotels")
    sofa: float = _seen(0.60, "people staying with others")
    transitional: float = _seen(0.90, "people in transitional dwellings")
    prison_hospital: float = _seen(0.70, "people in prison or hospital without a home")


@formula
def seen_share(
    housing: int,
    street: float,
    night_shelter: float,
    shelter: float,
    hotel: float,
    sofa: float,
    transitional: float,
    prison_hospital: float,
) -> float:
    """Share of the people in a homeless state whom the count sees."""
    if housing == 1:
        return street
    if housing == 2:
        return night_shelter
    if housing == 3:
        return shelter
    if housing == 4:
        return hotel
    if housing == 5:
        return sofa
    return transitional if housing == 6 else prison_hospital


def present(me: Citizen, week: Week) -> bool:
    """Citizens who are somewhere."""
    return me.present


def homeless_people(me: Citizen, week: Week) -> bool:
    """Citizens who are homeless as the national count defines it."""
    return me.homeless


def left_this_week(me: Citizen, week: Week) -> bool:
    """Citizens who left the population this week."""
    return me.housing == Housing.GONE and me.housing_since_week == week.number


@stock(Unit.PERSONS, "higher", among=present)
def own_home(me: Citizen, week: Week) -> bool:
    """Citizens in an own home; summed: person-weeks at home."""
    return me.housing == Housing.OWN_HOME


@stock(Unit.PERSONS, "lower", among=homeless_people)
def street(me: Citizen, week: Week) -> bool:
    """Rough sleepers."""
    return me.housing == Housing.STREET


@stock(Unit.PERSONS, "lower", among=homeless_people)
def night_shelter(me: Citizen, week: Week) -> bool:
    """In emergency night shelters."""
    return me.housing == Housing.NIGHT_SHELTER


@stock(Unit.PERSONS, "lower", among=homeless_people)
def shelter(me: Citizen, week: Week) -> bool:
    """In § 110 shelters."""
    return me.housing == Housing.SHELTER


@stock(Unit.PERSONS, "lower", among=homeless_people)
def hotel(me: Citizen, week: Week) -> bool:
    """In hotels."""
    return me.housing == Housing.HOTEL


@stock(Unit.PERSONS, "lower", among=homeless_people)
def sofa(me: Citizen, week: Week) -> bool:
    """Staying with family, friends or acquaintances."""
    return me.housing == Housing.SOFA


@stock(Unit.PERSONS, "lower", among=homeless_people)
def transitional(me: Citizen, week: Week) -> bool:
    """In transitional or training dwellings."""
    return me.housing == Housing.TRANSITIONAL


@stock(Unit.PERSONS, among=present)
def institution(me: Citizen, week: Week) -> bool:
    """In § 107 or § 108 homes; not counted as homeless."""
    return me.housing == Housing.INSTITUTION


@stock(Unit.PERSONS, "lower", among=homeless_people)
def prison_hospital(me: Citizen, week: Week) -> bool:
    """In prison or hospital without a home to return to."""
    return me.housing == Housing.PRISON_HOSPITAL


@stock(Unit.PERSONS, "lower", among=homeless_people)
def homeless(me: Citizen, week: Week) -> int:
    """Homeless as the national count defines it."""
    return 1


@stock(Unit.PERSONS, "lower", among=homeless_people)
def counted_homeless(me: Citizen, week: Week, p: ObservationParameters) -> bool:
    """Homeless people the count would see this week."""
    return luck(week, SEEN, me.uid) < seen_share(
        me.housing, p.street, p.night_shelter, p.shelter, p.hotel, p.sofa, p.transitional, p.prison_hospital
    )


@stock(Unit.PERSONS, "lower", among=homeless_people)
def long_term_homeless(me: Citizen, week: Week) -> bool:
    """Homeless for a year or more without a break."""
    return week.number - me.homeless_since_week >= 52


@stock(Unit.PERSONS, "lower", among=homeless_people)
def very_long_term_homeless(me: Citizen, week: Week) -> bool:
    """Homeless for two years or more without a break."""
    return week.number - me.homeless_since_week >= 104


@flow(Unit.PERSONS, "lower", among=homeless_people)
def entered(me: Citizen, week: Week) -> bool:
    """Spells of homelessness that began this week."""
    return me.homeless_since_week == week.number


@flow(Unit.PERSONS, "lower", among=homeless_people)
def returned(me: Citizen, week: Week) -> bool:
    """Spells that began this week and are not the first."""
    return me.homeless_since_week == week.number and me.spells > 1


@flow(Unit.PERSONS, among=homeless_people)
def arrived_homeless(me: Citizen, week: Week) -> bool:
    """People who came into the population homeless."""
    return me.arrived_week == week.number


@flow(Unit.PERSONS, among=present)
def arrived(me: Citizen, week: Week) -> bool:
    """People who came into the population."""
    return me.arrived_week == week.number


@flow(Unit.DAYS, "lower", among=homeless_people)
def shelter_nights(me: Citizen, week: Week) -> int:
    """Nights in § 110 shelters."""
    return 7 if me.housing == Housing.SHELTER else 0


@stock(Unit.PERSONS, "higher", among=present)
def stably_housed(me: Citizen, week: Week) -> bool:
    """In an own home for a year or more: stably housed."""
    return me.at_home and week.number - me.housing_since_week >= 52


@flow(Unit.PERSONS, "lower", among=left_this_week)
def died(me: Citizen, week: Week) -> bool:
    """Deaths."""
    return me.exit_intent == Exit.DIED


@flow(Unit.PERSONS, among=left_this_week)
def moved_away(me: Citizen, week: Week) -> bool:
    """Moves to another municipality, which pays from then on."""
    return me.exit_intent == Exit.MOVED_AWAY


@flow(Unit.PERSONS, "higher", among=left_this_week)
def recovered(me: Citizen, week: Week) -> bool:
    """People no longer at risk of homelessness."""
    return me.exit_intent == Exit.NO_LONGER_AT_RISK


@outcome(Unit.PERSONS, "lower")
def homeless_mean(record: Record, world: World) -> float:
    """Homeless in a mean week of the run."""
    return per(record.series("homeless").sum(), record.done)


@outcome(Unit.PERSONS, "lower")
def homeless_last_year(record: Record, world: World) -> float:
    """Homeless in a mean week of the last year."""
    return float(np.mean(record.series("homeless")[record.last_year()]))


@outcome(Unit.PERSONS, "lower")
def rough_sleepers_mean(record: Record, world: World) -> float:
    """Rough sleepers in a mean week of the run."""
    return per(record.series("street").sum(), record.done)


@outcome(Unit.PERSONS, "lower")
def long_term_mean(record: Record, world: World) -> float:
    """Homeless for a year or more in a mean week of the run."""
    return per(record.series("long_term_homeless").sum(), record.done)


@outcome(Unit.PERSONS, "lower")
def long_term_last_year(record: Record, world: World) -> float:
    """Homeless for a year or more in a mean week of the last year."""
    return float(np.mean(record.series("long_term_homeless")[record.last_year()]))


@outcome(Unit.PERSONS, "lower")
def very_long_term_last_year(record: Record, world: World) -> float:
    """Homeless for two years or more in a mean week of the last year."""
    return float(np.mean(record.series("very_long_term_homeless")[record.last_year()]))


@outcome(Unit.PERSONS, "higher")
def home_years_per_year(record: Record, world: World) -> float:
    """Citizens at risk in an own home in a mean week of the run: person-years at home in a year."""
    return per(record.series("own_home").sum(), record.done)


@outcome(Unit.PERSONS_PER_YEAR, "lower")
def entries_per_year(record: Record, world: World) -> float:
    """Spells of homelessness that begin in a year."""
    return per(record.series("entered").sum(), record.years_long)


@outcome(Unit.PERSONS_PER_YEAR, "lower")
def returns_per_year(record: Record, world: World) -> float:
    """Returns to homelessness in a year."""
    return per(record.series("returned").sum(), record.years_long)


@outcome(Unit.PERSONS_PER_YEAR, "lower")
def deaths_per_year(record: Record, world: World) -> float:
    """Deaths in a year."""
    return per(record.series("died").sum(), record.years_long)


WEEKLY: tuple[Metric, ...] = (
    own_home, street, night_shelter, shelter, hotel, sofa, transitional, institution, prison_hospital,
    homeless, counted_homeless, long_term_homeless, very_long_term_homeless, stably_housed, entered, returned,
    arrived, arrived_homeless, shelter_nights, died, moved_away, recovered,
)  # fmt: skip

OUTCOMES: tuple[Metric, ...] = (
    homeless_mean, homeless_last_year, rough_sleepers_mean, long_term_mean, long_term_last_year,
    very_long_term_last_year, home_years_per_year, entries_per_year, returns_per_year, deaths_per_year,
)  # fmt: skip
