"""Kinds of things that have a story.  There are no real names in the model: things are numbered."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What can be looked at; the value names its table in links."""

    CITIZEN = "citizen"
    DWELLING = "dwelling"
    ESTATE = "estate"
    LANDLORD = "landlord"
    CARETAKER = "caretaker"
    TEAM = "team"
    SHELTER = "shelter"
    MUNICIPALITY = "municipality"
