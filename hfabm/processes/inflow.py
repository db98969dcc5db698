"""Inflow: people who come to be at risk of homelessness, in a home or without one.

Weekly, first.  Poisson per municipality: adults x rate x year effect.  This is the one dealer of citizens
and their identities, which depend on municipality, week and place in the week alone, so that more inflow
adds people and changes nobody.  In the week before the start it opens the population of week zero, with
durations already run: the homeless as counted, and people at risk in homes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import normal, poisson, question, uniform
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing, Sex
from hfabm.state.municipalities import Municipality
from hfabm.state.world import Lent
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

AT_RISK = question("inflow.at_risk")
HOMELESS = question("inflow.homeless")
AGE, AGE_WITHIN, SEX = question("inflow.age"), question("inflow.age_within"), question("inflow.sex")
ILLNESS, USE, TREATED = question("inflow.illness"), question("inflow.use"), question("inflow.treated")
SKILLS, TIES, FRAILTY = question("inflow.skills"), question("inflow.ties"), question("inflow.frailty")
PLACE, SINCE, WORK = question("inflow.place"), question("inflow.since"), question("inflow.work")

MAN, WOMAN = int(Sex.MAN), int(Sex.WOMAN)
TRANSITIONAL, PRISON_HOSPITAL = int(Housing.TRANSITIONAL), int(Housing.PRISON_HOSPITAL)
_PER_WEEK, _PER_MUNICIPALITY = 100_000, 10_000_000_000


@dataclass(frozen=True, slots=True)
class InflowParameters:
    """Numbers that only this process reads."""

    at_risk_at_start: float = parameter(
        0.03, Unit.SHARE, 0.005, 0.15, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Adults at risk of homelessness who are in a home at the start, as a share of all adults.",
    )
    at_risk: float = parameter(
        0.0031, Unit.PER_YEAR, 0.0, 0.03, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Adults who come to be at risk in a home, a year, as a share of all adults.",
    )
    homeless: float = parameter(
        0.00068, Unit.PER_YEAR, 0.0, 0.005, role=Role.UNCERTAINTY, source="P3.014",
        means="Adults not at risk before who come to be homeless, a year, as a share of all adults.",
    )
    year_effect: float = parameter(
        1.0, Unit.RATIO, 0.2, 3.0, role=Role.LEVER, source=ASSUMED,
        means="Inflow of the year relative to the base rates.",
    )
    homeless_seen: float = parameter(
        0.85, Unit.SHARE, 0.3, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of the homeless whom the count at the start saw: week zero has more.",
    )
    weeks_homeless: float = parameter(
        75.0, Unit.WEEKS, 20.0, 200.0, role=Role.UNCERTAINTY, source="P1.085 P1.087",
        means="Mean weeks already homeless at the start: a quarter over two years, half under one.",
    )
    weeks_at_home: float = parameter(
        260.0, Unit.WEEKS, 50.0, 800.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Mean weeks already in the home at the start.",
    )
    young: float = parameter(
        0.16, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source="P1.034 P1.038",
        means="Share of newcomers aged 18 to 24; 13 to 16 % of those counted.",
    )
    twenties: float = parameter(
        0.13, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source="P1.040 P1.044",
        means="Share of newcomers aged 25 to 29; 10 to 14 % of those counted.",
    )
    old: float = parameter(
        0.07, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source="P1.047",
        means="Share of newcomers aged 60 and over.",
    )
    women: float = parameter(
        0.23, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.053",
        means="Share of women among homeless newcomers; among tenants at risk it is twice as high (assumed).",
    )
    ill: float = parameter(
        0.45, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.063 P1.075",
        means="Share of homeless newcomers with mental illness: between stated cause and count.",
    )
    uses: float = parameter(
        0.50, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.067 P1.076",
        means="Share of homeless newcomers with substance use: between stated cause and count.",
    )
    severe: float = parameter(
        0.4, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of illness and of use that is severe.",
    )
    tenants_needs: float = parameter(
        0.75, Unit.RATIO, 0.1, 1.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Illness and use among tenants at risk, relative to homeless newcomers.",
    )
    counted_needs: float = parameter(
        1.25, Unit.RATIO, 0.5, 2.0, role=Role.UNCERTAINTY, source="P1.067 P1.063",
        means="Illness and use among those homeless at the start, relative to newcomers.",
    )
    frailty: float = parameter(
        1.1, Unit.SCORE, 0.0, 2.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Standard deviation of the logarithm of frailty, whose mean is 1.",
    )
    from_shelter: float = parameter(
        0.34, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.018",
        means="Homeless newcomers who come to a § 110 shelter: share of those counted in 2015.",
    )
    from_street: float = parameter(
        0.1, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.013",
        means="Homeless newcomers on the street: share of those counted in 2015.",
    )
    from_night_shelter: float = parameter(
        0.056, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.030",
        means="Homeless newcomers in night shelters: share of those counted in 2015.",
    )
    from_hotel: float = parameter(
        0.018, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.031",
        means="Homeless newcomers in hotels: share of those counted in 2015.",
    )
    from_transitional: float = parameter(
        0.029, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.032",
        means="Homeless at the start in transitional dwellings; later newcomers leave prison or hospital instead.",
    )
    from_prison_hospital: float = parameter(
        0.015, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source="P1.033",
        means="Homeless newcomers out of prison or hospital; the rest stay with friends or family.",
    )
    treated: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share in treatment among newcomers with illness or use.",
    )
    works: float = parameter(
        0.25, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share with a job or in education among tenants at risk of full living skills.",
    )
    skills_best: float = parameter(
        0.68, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Mean living skills of a newcomer with a home and no needs.",
    )
    skills_spread: float = parameter(
        0.15, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Standard deviation of newcomers' living skills.",
    )
    ties_best: float = parameter(
        0.62, Unit.SHARE, 0.0, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Mean social ties of a newcomer with a home and no needs.",
    )
    ties_spread: float = parameter(
        0.18, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Standard deviation of newcomers' social ties.",
    )
    lost_to_needs: float = parameter(
        0.08, Unit.SHARE, 0.0, 0.3, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Skills and ties that each step of illness or use takes from a newcomer.",
    )
    lost_to_homelessness: float = parameter(
        0.08, Unit.SHARE, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Skills and ties that being homeless takes from a newcomer.",
    )


DRAWN = (
    "birth_week", "sex", "mental_illness", "substance_use", "in_treatment", "employed", "skills", "ties", "frailty",
    "arrives_as", "arrives_since_week",
)  # fmt: skip
"""Columns that `draw` fills, in the order of its arguments."""


@kernel
def draw(
    uid: Array, week: int, key: Any, at_home: bool, at_start: bool, p: tuple[float, ...],
    places: tuple[float, ...], start: tuple[float, ...],
    birth: Array, sex: Array, ill: Array, use: Array, treated: Array, employed: Array, skills: Array, ties: Array,
    frailty: Array, place: Array, since: Array,
) -> None:
    """Draw the traits of newcomers; each hangs on the person's own identity alone."""
    young, twenties, old, women, has_illness, uses, severe, spread, mean_weeks = p
    shelter, street, night_shelter, hotel, transitional, prison = places
    is_treated, works, best_skills, skills_sd, best_ties, ties_sd, per_need, if_homeless = start
    for i in range(uid.size):
        who = uid[i]
        u, v = uniform(key, AGE, who), uniform(key, AGE_WITHIN, who)
        if u < young:
            age = 18.0 + 7.0 * v
        elif u < young + twenties:
            age = 25.0 + 5.0 * v
        elif u < young + twenties + old:
            age = 60.0 + 15.0 * v
        else:
            age = 30.0 + 30.0 * v
        birth[i] = week - int(age * WEEKS_PER_YEAR)
        sex[i] = WOMAN if uniform(key, SEX, who) < women else MAN
        u = uniform(key, ILLNESS, who)
        ill[i] = 0 if u >= has_illness else (2 if u < has_illness * severe else 1)
        u = uniform(key, USE, who)
        use[i] = 0 if u >= uses else (2 if u < uses * severe else 1)
        treated[i] = ill[i] + use[i] > 0 and uniform(key, TREATED, who) < is_treated
        worse = per_need * (ill[i] + use[i]) + (0.0 if at_home else if_homeless)
        skills[i] = min(0.98, max(0.02, best_skills - worse + skills_sd * normal(uniform(key, SKILLS, who))))
        ties[i] = min(0.98, max(0.02, best_ties - worse + ties_sd * normal(uniform(key, TIES, who))))
        frailty[i] = exp(spread * normal(uniform(key, FRAILTY, who)) - 0.5 * spread * spread)
        employed[i] = at_home and uniform(key, WORK, who) < works * skills[i]
        since[i] = week
        if at_start:
            since[i] = week - int(-log(1.0 - uniform(key, SINCE, who)) * mean_weeks)
        place[i] = Housing.OWN_HOME
        if not at_home:
            u = uniform(key, PLACE, who)
            place[i] = Housing.SOFA
            if u < shelter:
                place[i] = Housing.SHELTER
            elif u < shelter + street:
                place[i] = Housing.STREET
            elif u < shelter + street + night_shelter:
                place[i] = Housing.NIGHT_SHELTER
            elif u < shelter + street + night_shelter + hotel:
                place[i] = Housing.HOTEL
            elif u < shelter + street + night_shelter + hotel + transitional:
                place[i] = TRANSITIONAL if at_start else PRISON_HOSPITAL
            elif u < shelter + street + night_shelter + hotel + transitional + prison:
                place[i] = Housing.PRISON_HOSPITAL


class Inflow(Process):
    """New citizens at risk."""

    name = "inflow"
    phase = Phase.ARRIVE
    parameters = InflowParameters
    opens = frozenset({Citizen})
    kernel_reads = frozenset({Municipality.adults, Municipality.code, Municipality.homeless_at_start})

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Open the week's newcomers; in the week before the start, the population of week zero."""
        us = world.municipalities
        for m in range(us.size):
            adults = int(us.adults[m])
            if week.number < 0:
                homed = round(adults * p.at_risk_at_start)
                without = round(int(us.homeless_at_start[m]) / p.homeless_seen)
            else:
                scale = adults * p.year_effect / WEEKS_PER_YEAR
                homed = poisson(uniform(week.key, AT_RISK, int(us.code[m])), p.at_risk * scale)
                without = poisson(uniform(week.key, HOMELESS, int(us.code[m])), p.homeless * scale)
            first = int(us.code[m]) * _PER_MUNICIPALITY + (week.number + 1) * _PER_WEEK
            self._open(world, week, p, m, first, homed, True)
            self._open(world, week, p, m, first + _PER_WEEK // 2, without, False)

    def _open(self, world: Lent, week: Week, p: Any, m: int, first: int, count: int, at_home: bool) -> None:
        if not count:
            return
        at_start = week.number < 0
        needs = p.tenants_needs if at_home else (p.counted_needs if at_start else 1.0)
        new = world.citizens.open_rows(count)
        new["uid"][:] = first + np.arange(count)
        new["municipality_row"][:] = m
        new["arrived_week"][:] = week.number
        draw(
            new["uid"], max(week.number, 0), np.uint64(week.life), at_home, at_start,
            (
                p.young, p.twenties, p.old, min(1.0, p.women * (2.0 if at_home else 1.0)), min(1.0, p.ill * needs),
                min(1.0, p.uses * needs), p.severe, p.frailty, p.weeks_at_home if at_home else p.weeks_homeless,
            ),
            (
                p.from_shelter, p.from_street, p.from_night_shelter, p.from_hotel, p.from_transitional,
                p.from_prison_hospital,
            ),
            (
                p.treated, p.works, p.skills_best, p.skills_spread, p.ties_best, p.ties_spread, p.lost_to_needs,
                p.lost_to_homelessness,
            ),
            *(new[name] for name in DRAWN),
        )
