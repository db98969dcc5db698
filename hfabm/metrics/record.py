"""The record of a run: whole numbers by week and place, and by citizen.  Filled by the recorder.

Everything here is a whole number, so that the same run gives the same record on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hfabm.calendar import COUNT_WEEK, WEEKS_PER_YEAR, monday, quarter_of
from hfabm.metrics.metric import AGES, GROUPS, NEEDS, SEXES
from hfabm.state.ledger import ACCOUNTS, PARTIES, Party

Counts = NDArray[np.int64]

MILLION = 1_000_000
PUBLIC = (Party.MUNICIPALITY, Party.STATE, Party.REGION)
"""The parties whose costs are public costs."""


@dataclass
class Record:
    """What happened, week by week.

    Attributes:
        start: Monday of week 0.
        weeks: Weeks there is room for.
        done: Weeks recorded so far.
        municipalities: How many.
        group_metrics: Names of what is counted by group.
        municipal_metrics: Names of what is counted by municipality.
        discount_rate: Real discount rate of present values [per year].
        first_week: Week of the run that week 0 of the record is; 0 unless its early weeks were cut off.
        by_group: Metrics of citizens and tenants, weeks x (municipality x age x sex x need) x metrics.
        by_municipality: Other metrics, weeks x municipalities x metrics.
        ledger: Øre received, weeks x municipalities x accounts x parties; negative is paid.
        price_ppm: Price level of the week relative to the base year [millionths].
        cost_ore: Public cost of each citizen, quarters x citizen rows, current prices [øre].
        net_municipal_ore: Cost to the paying municipality after refunds, likewise [øre].
        weeks_at_home: Weeks each citizen spent in an own home, by row.
        need_at_entry: Complexity of each citizen's needs when first recorded, by row.
    """

    start: date
    weeks: int
    municipalities: int
    group_metrics: tuple[str, ...]
    municipal_metrics: tuple[str, ...]
    discount_rate: float = 0.035
    done: int = 0
    first_week: int = 0
    by_group: NDArray[np.int32] = field(init=False, repr=False)
    by_municipality: Counts = field(init=False, repr=False)
    ledger: Counts = field(init=False, repr=False)
    price_ppm: Counts = field(init=False, repr=False)
    cost_ore: Counts = field(init=False, repr=False)
    net_municipal_ore: Counts = field(init=False, repr=False)
    weeks_at_home: NDArray[np.int32] = field(init=False, repr=False)
    need_at_entry: NDArray[np.int8] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.start = monday(self.start)
        weeks, places = self.weeks, self.municipalities
        self.by_group = np.zeros((weeks, places * GROUPS, len(self.group_metrics)), np.int32)
        self.by_municipality = np.zeros((weeks, places, len(self.municipal_metrics)), np.int64)
        self.ledger = np.zeros((weeks, places, ACCOUNTS, PARTIES), np.int64)
        self.price_ppm = np.full(weeks, MILLION, np.int64)
        quarters = self.quarter(max(0, weeks - 1)) + 1
        self.cost_ore = np.zeros((quarters, 0), np.int64)
        self.net_municipal_ore = np.zeros((quarters, 0), np.int64)
        self.weeks_at_home = np.zeros(0, np.int32)
        self.need_at_entry = np.zeros(0, np.int8)

    def since(self, week: int) -> Record:
        """The same record from a week on, as if recording had begun then.

        What is by week is a view.  Weeks at home stay those of the whole run (`weeks_housed` takes the early
        ones off); accounts by citizen and quarter cannot be cut and are left out.

        Args:
            week: The first week to keep, of this record.

        Raises:
            ValueError: No recorded week would be left.
        """
        if not 0 <= week < self.done:
            raise ValueError(f"the record cannot begin in week {week}: the weeks 0 to {self.done - 1} are recorded")
        start, metrics = self.start + timedelta(weeks=week), (self.group_metrics, self.municipal_metrics)
        cut = Record(start, self.weeks - week, self.municipalities, *metrics, self.discount_rate, self.done - week)
        cut.first_week = self.first_week + week
        for name in ("by_group", "by_municipality", "ledger", "price_ppm"):
            setattr(cut, name, getattr(self, name)[week:])
        cut.weeks_at_home, cut.need_at_entry = self.weeks_at_home, self.need_at_entry
        return cut

    def thursday(self, week: int) -> date:
        """The day that decides which year and quarter a week belongs to."""
        return self.start + timedelta(weeks=week, days=3)

    def quarter(self, week: int) -> int:
        """Quarter of a week, counted from that of week 0."""
        return quarter_of(self.thursday(0), self.thursday(week))

    def years(self) -> dict[int, slice]:
        """Calendar years (ISO) to the recorded weeks in them; the first and last may be cut short."""
        found: dict[int, slice] = {}
        for week in range(self.done):
            year = self.thursday(week).year
            found[year] = slice(found[year].start if year in found else week, week + 1)
        return found

    def full_years(self) -> dict[int, slice]:
        """Calendar years that were recorded whole."""
        return {year: weeks for year, weeks in self.years().items() if self.is_full(year, weeks)}

    @staticmethod
    def is_full(year: int, weeks: slice) -> bool:
        """Are these all the weeks of a year?"""
        return bool(weeks.stop - weeks.start == date(year, 12, 28).isocalendar().week)

    def last_year(self) -> slice:
        """The last 52 recorded weeks, or all if there are fewer."""
        return slice(max(0, self.done - 52), self.done)

    def count_week(self, year: int) -> int | None:
        """Number of the week in which the national count of a year is taken, if it was recorded."""
        week = (date.fromisocalendar(year, COUNT_WEEK, 1) - self.start).days // 7
        return week if 0 <= week < self.done else None

    @property
    def years_long(self) -> float:
        """Length of what is recorded [years]."""
        return self.done / WEEKS_PER_YEAR

    def groups(self, name: str) -> Counts:
        """One metric by week and group, weeks x municipalities x ages x sexes x needs."""
        k = self.group_metrics.index(name)
        shape = (self.done, self.municipalities, AGES, SEXES, NEEDS)
        return self.by_group[: self.done, :, k].reshape(shape).astype(np.int64)

    def series(self, name: str, municipality: int | None = None) -> Counts:
        """One metric by week, over all groups.

        Args:
            name: Name of a weekly metric.
            municipality: Row of one municipality; all where None.

        Raises:
            KeyError: There is no such metric.
        """
        places = slice(None) if municipality is None else slice(municipality, municipality + 1)
        if name in self.group_metrics:
            found: Counts = self.groups(name)[:, places].sum(axis=(1, 2, 3, 4))
            return found
        if name in self.municipal_metrics:
            k = self.municipal_metrics.index(name)
            found = self.by_municipality[: self.done, places, k].sum(axis=1)
            return found
        known = ", ".join((*self.group_metrics, *self.municipal_metrics))
        raise KeyError(f"no weekly metric {name!r} was recorded; there are {known}")

    def paid(self, parties: tuple[Party, ...], municipality: int | None = None) -> NDArray[np.float64]:
        """Net payments of some parties by week, in prices of the base year [DKK]."""
        places = slice(None) if municipality is None else slice(municipality, municipality + 1)
        book = self.ledger[: self.done, places][..., list(parties)]
        paid: NDArray[np.float64] = -book.sum(axis=(1, 2, 3)) / 100.0 / self.price_level()
        return paid

    def price_level(self) -> NDArray[np.float64]:
        """Prices by week relative to the base year [ratio]."""
        return self.price_ppm[: self.done] / MILLION


def per(numerator: float, denominator: float) -> float:
    """A quotient; not a number where there is nothing to divide by.

    >>> per(3.0, 2.0), per(3.0, 0.0)
    (1.5, nan)
    """
    return float(numerator) / float(denominator) if denominator else float("nan")
