"""Weeks and dates: one tick is one week; week 0 begins on the Monday on or before the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

NEVER = -1_000_000
"""A week stamp for what has not happened; weeks before the start are small negative numbers."""

DAYS = 7
WEEKS_PER_YEAR = 365.25 / 7.0
MONTHS_PER_WEEK = 12.0 / WEEKS_PER_YEAR
COUNT_WEEK = 6
"""The national count of people in homelessness is taken in ISO week 6."""


@dataclass(frozen=True, slots=True)
class Week:
    """The present week, as rules and processes see it.

    Attributes:
        number: Weeks since the start of the run [week number].
        key: What the week adds to every draw of luck.
        life: The same in every week of a run: for draws that hold for life.
        day: Monday of the week.
        price_level: Prices of the week relative to those of the base year [ratio].
    """

    number: int
    key: np.uint64
    life: np.uint64
    day: date
    price_level: float = 1.0

    @property
    def year(self) -> int:
        """Calendar year that the week's Thursday lies in (the ISO year)."""
        return self.day.isocalendar().year

    @property
    def of_year(self) -> int:
        """ISO week number, 1 to 53."""
        return self.day.isocalendar().week

    @property
    def begins_month(self) -> bool:
        """Does a new month begin in this week (Monday falls on the 1st to 7th)?"""
        return self.day.day <= DAYS

    @property
    def begins_quarter(self) -> bool:
        """Does a new quarter begin in this week?"""
        return self.begins_month and self.day.month in (1, 4, 7, 10)


def monday(day: date) -> date:
    """The Monday on or before a day.

    >>> monday(date(2009, 1, 1))
    datetime.date(2008, 12, 29)
    """
    return day - timedelta(days=day.weekday())


def date_of(start: date, week: int) -> date:
    """Monday of a week of a run that starts on `start`."""
    return monday(start) + timedelta(weeks=week)


def week_of(start: date, day: date) -> int:
    """Number of the week that a day falls in; negative before the start.

    >>> week_of(date(2009, 1, 1), date(2009, 2, 2))
    5
    """
    return (day - monday(start)).days // DAYS


def quarter_of(start: date, day: date) -> int:
    """Whole calendar quarters between the quarter of `start` and that of `day`."""
    return (day.year - start.year) * 4 + (day.month - 1) // 3 - (start.month - 1) // 3
