"""The closed vocabulary of units.  A number without one of these cannot be declared."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """Every unit that a parameter, a column or a metric may have."""

    DKK = "DKK"
    DKK_DAY = "DKK/day"
    DKK_WEEK = "DKK/week"
    DKK_MONTH = "DKK/month"
    DKK_YEAR = "DKK/year"
    ORE = "øre"
    DAYS = "days"
    DAYS_PER_YEAR = "days/year"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WEEK = "week number"
    YEAR = "calendar year"
    SHARE = "share"
    PROBABILITY = "probability"
    PER_WEEK = "per week"
    PER_YEAR = "per year"
    PER_DWELLING = "per dwelling"
    RATIO = "ratio"
    LOG_ODDS = "log-odds"
    LOG_HAZARD = "log hazard"
    SCORE = "score"
    PERSONS = "persons"
    PERSONS_PER_YEAR = "persons/year"
    DWELLINGS = "dwellings"
    DWELLINGS_PER_YEAR = "dwellings/year"
    PLACES = "places"
    WORKERS = "caseworkers"
    CASES_PER_WORKER = "cases/worker"
    COUNT = "count"
    SWITCH = "switch"
    CODE = "code"
    IDENTITY = "identity"
    ROW = "row"
