"""Shelter: where people without a home turn, week by week.

Weekly, before `moves`, which finds the bed.  Sofa stays wear out, the street drives people to shelters,
shelters are left for a sofa or the street, hospitals and prisons let people go.  § 110 shelters admit
whoever comes (selvmøder).  A shelter may push out those ready to move.  A municipality may ask somebody to
go through a shelter, or offer a § 107 place instead of one.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfabm.calendar import Week
from hfabm.engine.rule import rule
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.processes.process import Phase, Process
from hfabm.randomness import luck, question
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off

TURN = question("shelter.turn")
WHERE = question("shelter.where")


def _chance(value: float, means: str) -> float:
    declared: float = parameter(
        value, Unit.PER_WEEK, 0.0, 0.6, role=Role.UNCERTAINTY, source=ASSUMED, means=means
    )
    return declared


@dataclass(frozen=True, slots=True)
class ShelterParameters:
    """Chances a week of turning elsewhere."""

    street_to_shelter: float = _chance(0.10, "From the street to a § 110 shelter.")
    street_to_night_shelter: float = _chance(0.06, "From the street to a night shelter.")
    street_to_sofa: float = _chance(0.10, "From the street to friends or family, at full social ties.")
    night_shelter_to_shelter: float = _chance(0.12, "From a night shelter to a § 110 shelter.")
    night_shelter_to_street: float = _chance(0.08, "From a night shelter to the street.")
    shelter_to_sofa: float = _chance(0.030, "From a shelter to friends or family, at full social ties.")
    shelter_to_street: float = _chance(0.012, "From a shelter to the street.")
    sofa_wears_out: float = _chance(0.05, "A stay with friends or family ends, at no social ties.")
    hotel_ends: float = _chance(0.25, "A hotel stay ends, for a shelter.")
    into_prison_hospital: float = _chance(0.0015, "Into prison or hospital, per step of need.")
    out_of_prison_hospital: float = _chance(0.10, "Out of prison or hospital, for a shelter or a sofa.")
    into_institution: float = _chance(0.003, "Into a § 107 or 108 home, with complex needs.")
    out_of_institution: float = _chance(0.008, "Out of a § 107 or 108 home, for a shelter.")
    out_of_transitional: float = _chance(0.006, "Out of a transitional dwelling by relapse, for the street.")


@rule
def turn_elsewhere(me: Citizen, week: Week, p: ShelterParameters) -> None:
    """Seek another place this week, or stay."""
    me.seeks = Housing.ARRIVING
    if me.at_home or not me.present:
        return
    needs = me.mental_illness + me.substance_use
    u = luck(week, TURN, me.uid)
    locked = p.into_prison_hospital * needs
    cared = p.into_institution if needs >= 3 else 0.0
    if me.housing != Housing.PRISON_HOSPITAL and me.housing != Housing.INSTITUTION:
        if u < locked:
            me.seeks = Housing.PRISON_HOSPITAL
            return
        if u < locked + cared:
            me.seeks = Housing.INSTITUTION
            return
    if me.offered_107:
        me.seeks = Housing.INSTITUTION
        return
    if me.sent_to_shelter and me.housing != Housing.SHELTER:
        me.seeks = Housing.SHELTER
        return
    u = luck(week, WHERE, me.uid)
    if me.housing == Housing.STREET:
        if u < p.street_to_shelter:
            me.seeks = Housing.SHELTER
        elif u < p.street_to_shelter + p.street_to_night_shelter:
            me.seeks = Housing.NIGHT_SHELTER
        elif u < p.street_to_shelter + p.street_to_night_shelter + p.street_to_sofa * me.ties:
            me.seeks = Housing.SOFA
    elif me.housing == Housing.NIGHT_SHELTER:
        if u < p.night_shelter_to_shelter:
            me.seeks = Housing.SHELTER
        elif u < p.night_shelter_to_shelter + p.night_shelter_to_street:
            me.seeks = Housing.STREET
    elif me.housing == Housing.SHELTER:
        pushed = me.place.pushes_out if me.skills >= 0.5 else 0.0
        if u < p.shelter_to_sofa * me.ties:
            me.seeks = Housing.SOFA
        elif u < p.shelter_to_sofa * me.ties + p.shelter_to_street + pushed:
            me.seeks = Housing.STREET
    elif me.housing == Housing.SOFA:
        if u < p.sofa_wears_out * (1.2 - me.ties):
            me.seeks = Housing.SHELTER
    elif me.housing == Housing.HOTEL:
        if u < p.hotel_ends:
            me.seeks = Housing.SHELTER
    elif me.housing == Housing.PRISON_HOSPITAL:
        if u < p.out_of_prison_hospital:
            me.seeks = Housing.SOFA if u < p.out_of_prison_hospital * 0.5 * me.ties else Housing.SHELTER
    elif me.housing == Housing.INSTITUTION:
        if me.place_ends or u < p.out_of_institution:
            me.seeks = Housing.SHELTER
    elif me.housing == Housing.TRANSITIONAL and u < p.out_of_transitional * needs:
        me.seeks = Housing.STREET


class Whereabouts(Process):
    """Where people without a home turn."""

    name = "shelter"
    phase = Phase.MOVE
    parameters = ShelterParameters
    rules = (turn_elsewhere,)
