"""Needs: mental illness, substance use, treatment, living skills and social ties drift.

Weekly.  Homelessness makes illness and use worse, treatment makes them better.  Treatment may start in
any housing state: it is never a condition for a home, nor a home for treatment.  Living skills (boevne)
grow in an own home, faster with support, and decay in homelessness: the staircase asks for them first,
Housing First lets them grow in the home.  Not modelled: single diagnoses and single drugs.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

MENTAL_ILLNESS = question("needs.mental_illness")
SUBSTANCE_USE = question("needs.substance_use")
TREATMENT = question("needs.treatment")
SOON = 4.0
"""How much faster treatment ends when nothing is left to treat; assumed [ratio]."""


@dataclass(frozen=True, slots=True)
class NeedsParameters:
    """Numbers that only this process reads."""

    illness_onset: float = parameter(
        0.0091, Unit.PER_YEAR, 0.001, 0.05, role=Role.UNCERTAINTY, source="P3.018 P3.019",
        means="New mental illness a year in a housed person without it (0.47 in ten years over a rate ratio of 7).",
    )
    illness_ratio_homeless: float = parameter(
        7.0, Unit.RATIO, 1.0, 7.4, role=Role.UNCERTAINTY, source="P3.018",
        means="How much faster mental illness begins or worsens in homelessness.",
    )
    illness_worsens: float = parameter(
        0.03, Unit.PER_YEAR, 0.0, 0.2, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Worsening a year from moderate to severe mental illness, housed.",
    )
    illness_eases: float = parameter(
        0.10, Unit.PER_YEAR, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Easing a year by one step of mental illness, without treatment.",
    )
    use_onset: float = parameter(
        0.008, Unit.PER_YEAR, 0.0, 0.1, role=Role.UNCERTAINTY, source=ASSUMED,
        means="New substance use a year in a housed person without it.",
    )
    use_worsens: float = parameter(
        0.05, Unit.PER_YEAR, 0.0, 0.3, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Worsening a year from moderate to severe substance use, housed.",
    )
    use_ratio_homeless: float = parameter(
        4.0, Unit.RATIO, 1.0, 10.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="How much faster substance use begins or worsens in homelessness.",
    )
    use_eases: float = parameter(
        0.10, Unit.PER_YEAR, 0.0, 0.5, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Easing a year by one step of substance use, without treatment.",
    )
    treatment_protects: float = parameter(
        0.6, Unit.RATIO, 0.2, 1.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Onset and worsening in treatment relative to none.",
    )
    treatment_heals: float = parameter(
        2.5, Unit.RATIO, 1.0, 6.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Easing in treatment relative to none.",
    )
    treatment_starts: float = parameter(
        0.25, Unit.PER_YEAR, 0.0, 2.0, role=Role.LEVER, source=ASSUMED,
        means="Chance a year that a person with illness or use starts treatment, in any housing state.",
    )
    support_leads_to_treatment: float = parameter(
        1.5, Unit.RATIO, 0.0, 5.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Extra treatment starts with full support, relative to none.",
    )
    treatment_ends: float = parameter(
        0.8, Unit.PER_YEAR, 0.1, 4.0, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Chance a year that a treatment ends.",
    )
    skills_grow_at_home: float = parameter(
        0.0020, Unit.PER_WEEK, 0.0, 0.01, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of missing living skills learned a week in an own home.",
    )
    skills_grow_with_support: float = parameter(
        0.0100, Unit.PER_WEEK, 0.0, 0.05, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Further share learned a week in an own home with full support.",
    )
    skills_grow_in_training: float = parameter(
        0.0060, Unit.PER_WEEK, 0.0, 0.03, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share learned a week in a shelter's training or a transitional dwelling.",
    )
    skills_lost_to_needs: float = parameter(
        0.0016, Unit.PER_WEEK, 0.0, 0.01, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of living skills lost a week per step of illness and use.",
    )
    skills_lost_homeless: float = parameter(
        0.0025, Unit.PER_WEEK, 0.0, 0.03, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Further share lost a week in homelessness, outside shelters.",
    )
    ties_grow_at_home: float = parameter(
        0.0010, Unit.PER_WEEK, 0.0, 0.01, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of missing social ties grown a week in an own home.",
    )
    ties_grow_with_civil_society: float = parameter(
        0.0040, Unit.PER_WEEK, 0.0, 0.03, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Further share grown a week in an own home where civil society takes full part.",
    )
    ties_lost_homeless: float = parameter(
        0.0025, Unit.PER_WEEK, 0.0, 0.03, role=Role.UNCERTAINTY, source=ASSUMED,
        means="Share of social ties lost a week in homelessness.",
    )


@rule
def fall_ill_or_recover(me: Citizen, week: Week, p: NeedsParameters) -> None:
    """One step of mental illness up or down."""
    if not me.present:
        return
    u = luck(week, MENTAL_ILLNESS, me.uid) * WEEKS_PER_YEAR
    # most weeks nothing can happen: then look no closer
    fastest = max(p.illness_onset, p.illness_worsens) * p.illness_ratio_homeless
    if u >= fastest and u <= WEEKS_PER_YEAR - p.illness_eases * p.treatment_heals:
        return
    worse = p.illness_onset if me.mental_illness == 0 else p.illness_worsens
    better = p.illness_eases
    if me.homeless:
        worse = worse * p.illness_ratio_homeless
    if me.in_treatment:
        worse, better = worse * p.treatment_protects, better * p.treatment_heals
    if me.mental_illness < 2 and u < worse:
        me.mental_illness += 1
    elif me.mental_illness > 0 and u > WEEKS_PER_YEAR - better:
        me.mental_illness -= 1


@rule
def use_more_or_less(me: Citizen, week: Week, p: NeedsParameters) -> None:
    """One step of substance use up or down."""
    if not me.present:
        return
    u = luck(week, SUBSTANCE_USE, me.uid) * WEEKS_PER_YEAR
    # most weeks nothing can happen: then look no closer
    fastest = max(p.use_onset, p.use_worsens) * p.use_ratio_homeless
    if u >= fastest and u <= WEEKS_PER_YEAR - p.use_eases * p.treatment_heals:
        return
    worse = p.use_onset if me.substance_use == 0 else p.use_worsens
    better = p.use_eases
    if me.homeless:
        worse = worse * p.use_ratio_homeless
    if me.in_treatment:
        worse, better = worse * p.treatment_protects, better * p.treatment_heals
    if me.substance_use < 2 and u < worse:
        me.substance_use += 1
    elif me.substance_use > 0 and u > WEEKS_PER_YEAR - better:
        me.substance_use -= 1


@rule
def start_or_end_treatment(me: Citizen, week: Week, p: NeedsParameters) -> None:
    """Treatment begins with need, in any housing state, and ends in time."""
    if not me.present:
        return
    u = luck(week, TREATMENT, me.uid) * WEEKS_PER_YEAR
    # most weeks nothing can happen: then look no closer
    if u >= max(SOON * p.treatment_ends, p.treatment_starts * (1.0 + p.support_leads_to_treatment)):
        return
    if me.in_treatment:
        needs = me.mental_illness + me.substance_use
        me.in_treatment = u >= p.treatment_ends * (1.0 if needs > 0 else SOON)
    elif me.mental_illness + me.substance_use > 0:
        me.in_treatment = u < p.treatment_starts * (1.0 + p.support_leads_to_treatment * me.dose)


@rule
def learn_and_unlearn(me: Citizen, week: Week, p: NeedsParameters) -> None:
    """Living skills and ties grow in a home and wear off in homelessness."""
    if not me.present:
        return
    needs = me.mental_illness + me.substance_use
    me.skills -= p.skills_lost_to_needs * needs * me.skills
    if me.at_home:
        me.skills += (p.skills_grow_at_home + p.skills_grow_with_support * me.dose) * (1.0 - me.skills)
        grow = p.ties_grow_at_home + p.ties_grow_with_civil_society * me.municipality.civil_society
        me.ties += grow * (1.0 - me.ties)
    elif me.housing == Housing.TRANSITIONAL or me.housing == Housing.INSTITUTION:
        me.skills += p.skills_grow_in_training * (1.0 - me.skills)
    elif me.housing == Housing.SHELTER:
        me.skills += 0.5 * p.skills_grow_in_training * (1.0 - me.skills)
        me.ties -= p.ties_lost_homeless * me.ties
    else:
        me.skills -= p.skills_lost_homeless * me.skills
        me.ties -= p.ties_lost_homeless * me.ties


class Needs(Process):
    """Illness, use, treatment, skills and ties."""

    name = "needs"
    phase = Phase.PRESSURE
    parameters = NeedsParameters
    rules = (fall_ill_or_recover, use_more_or_less, start_or_end_treatment, learn_and_unlearn)
