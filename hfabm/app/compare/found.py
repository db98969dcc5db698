"""What a comparison found, as plain numbers: nothing here computes, and nothing needs a library to read it.

A number that cannot be told, such as the end of an interval of one seed, is None.  Differences are the reform less
the base, with the same people and the same luck on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hfabm.metrics.metric import Better

Number = float | None
Verdict = Literal["same", "unclear", "better", "worse", "changed", "untold"]
"""Exactly no difference with any seed; an interval with nought in it; clear, and which way; clear, where neither way is
better; nothing to tell by."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reform does to an outcome.

    Attributes:
        metric: The outcome.
        unit: Its unit.
        better: Which direction is better; empty where neither is.
        base: Mean of the base.
        mean: Mean of the reform.
        difference: Mean difference.
        low: Lower end of its 95 % interval, over seeds.
        high: Upper end.
        improves: Share of seeds in which the reform is better.
        seeds: How many seeds tell.
        by_seed: The difference with each seed of the comparison, in their order.
    """

    metric: str
    unit: str
    better: Better
    base: Number
    mean: Number
    difference: Number
    low: Number
    high: Number
    improves: Number
    seeds: int
    by_seed: tuple[Number, ...]

    @property
    def same(self) -> bool:
        """Is there exactly no difference, seed by seed?"""
        told = [one for one in self.by_seed if one is not None]
        return bool(told) and not any(told)

    @property
    def clear(self) -> bool:
        """Does the interval leave 0 out?"""
        return is_clear(self.low, self.high)

    @property
    def verdict(self) -> Verdict:
        """What may be said of it."""
        return verdict(self.difference, self.low, self.high, self.better, self.same)


@dataclass(frozen=True, slots=True)
class Course:
    """A number year by year.

    Attributes:
        name: What it is of: a column of yearly results, or a payer.
        unit: Its unit.
        policy: Whose; 0 is the base.
        years: Calendar years.
        mean: Mean over seeds, by year.
        low: Lower end of the band, by year.
        high: Upper end.
        paid_back: For sums of money: share of seeds that have paid no more than with the base by then.
    """

    name: str
    unit: str
    policy: int
    years: tuple[int, ...]
    mean: tuple[Number, ...]
    low: tuple[Number, ...]
    high: tuple[Number, ...]
    paid_back: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When a reform has paid for itself, for one payer.

    Attributes:
        payer: Municipality, state, region, or public for all of them.
        year: First year from which on it has cost no more than the base, and does not again; None for never.
        at_once: Is that the first year?
        same: Has it cost exactly as much as the base, with every seed and in every year?
        share: Share of seeds that break even within the horizon.
        cost: What it has cost more by the end [DKK].
        low: Lower end of its 95 % interval.
        high: Upper end.
    """

    payer: str
    year: int | None
    at_once: bool
    same: bool
    share: Number
    cost: Number
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What a reform does to a group of people, in person-years a year.

    Attributes:
        by: What groups are told apart by: age, sex, need or municipality.
        group: The group.
        measure: `homeless_years` or `home_years`.
        better: Which direction is better.
        size: People of the group who are homeless or in a home of their own, in a mean week with the base [persons].
        base: Of these, those it is about [persons].
        difference: Mean difference [person-years a year].
        low: Lower end of its 95 % interval.
        high: Upper end.
        left_behind: Do all together gain clearly, and this group, clearly, less than half as much for its size?
    """

    by: str
    group: str
    measure: str
    better: Better
    size: Number
    base: Number
    difference: Number
    low: Number
    high: Number
    left_behind: bool

    @property
    def same(self) -> bool:
        """Is there exactly no difference?  An interval without length around nought says so."""
        return self.difference == self.low == self.high == 0.0

    @property
    def verdict(self) -> Verdict:
        """What may be said of it."""
        return verdict(self.difference, self.low, self.high, self.better, self.same)


@dataclass(frozen=True, slots=True)
class Found:
    """What one reform does.

    Attributes:
        policy: Its number, from 1.
        label: What it is called.
        same_as: The number of the policy it comes to the same as; None where it is of its own.
        identical: Are all of its runs the same as those of the base, bit by bit?
        headlines: Effects that are told first.
        outcomes: Effects on every outcome.
        costs: Effects on net cost a year, by payer: municipality, state, region, public.
        summed: Extra cost by payer, summed from the first counted year on, with 95 % intervals [DKK].
        break_even: When it has paid for itself, by payer.
        differences: Yearly differences with 95 % intervals.
        groups: Who gains and who loses.
    """

    policy: int
    label: str
    same_as: int | None
    identical: bool
    headlines: tuple[Effect, ...]
    outcomes: tuple[Effect, ...]
    costs: dict[str, Effect]
    summed: tuple[Course, ...]
    break_even: dict[str, BreakEven]
    differences: tuple[Course, ...]
    groups: tuple[GroupEffect, ...]

    def effect(self, metric: str) -> Effect:
        """The effect on an outcome.

        Raises:
            KeyError: There is no such outcome.
        """
        for effect in self.outcomes:
            if effect.metric == metric:
                return effect
        raise KeyError(f"there is no outcome {metric!r} in this comparison")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How much of the numbers about behaviour rests on evidence.

    Attributes:
        evidence: Numbers that rest on evidence.
        parameters: Numbers about behaviour.
        roles: Of all parameters, by role: how many are assumed, and of how many.
    """

    evidence: int
    parameters: int
    roles: dict[str, tuple[int, int]]

    @property
    def share(self) -> float:
        """Share of numbers about behaviour that rest on evidence."""
        return self.evidence / self.parameters if self.parameters else 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers behind a chart.

    Attributes:
        name: Name of its file.
        columns: Names of its columns.
        rows: Its rows.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison found.

    Attributes:
        base: Title of the base.
        since: Day from which on outcomes are counted.
        until: Last day.
        seeds: Seeds that are complete for all policies.
        wanted: How many there are to be.
        courses: Yearly courses of base and reforms: mean, and the band from the 5th to the 95th percentile of seeds.
        reforms: What each reform does.
        assumptions: What all this rests on.
    """

    base: str
    since: date
    until: date
    seeds: tuple[int, ...]
    wanted: int
    courses: tuple[Course, ...]
    reforms: tuple[Found, ...]
    assumptions: Assumptions


def is_clear(low: Number, high: Number) -> bool:
    """Does an interval leave 0 out?"""
    return low is not None and high is not None and (low > 0.0 or high < 0.0)


def verdict(difference: Number, low: Number, high: Number, better: Better, same: bool) -> Verdict:
    """What may be said of a difference.

    >>> verdict(-2.0, -3.0, -1.0, "lower", False), verdict(-2.0, -5.0, 1.0, "lower", False)
    ('better', 'unclear')
    """
    if difference is None:
        return "untold"
    if same:
        return "same"
    if not is_clear(low, high):
        return "unclear"
    if not better:
        return "changed"
    return "better" if (difference > 0.0) == (better == "higher") else "worse"
