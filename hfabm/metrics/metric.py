"""A metric: one number about the world, written as a function of one row, or of a whole run.

    @flow(Unit.PERSONS, "lower", among=homeless_people)
    def entered(me: Citizen, week: Week) -> bool:
        "Spells of homelessness that began this week."
        return me.homeless_since_week == week.number

Weekly metrics are written like rules: one `return`, of a row, the week and, if needed, the parameters of
observation.  They are summed over rows by `hfabm.metrics.sweep`, in one pass over each table.  An outcome
is a number about a whole run, made from the record when the run has ended.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from hfabm.state.codes import AgeGroup, Need, Sex
from hfabm.units import Unit

Better = Literal["lower", "higher", ""]

AGES, SEXES, NEEDS = len(AgeGroup), len(Sex), len(Need)
GROUPS = AGES * SEXES * NEEDS
"""Groups of citizens that the record tells apart within a municipality."""


class Kind(StrEnum):
    """How the numbers of several weeks make one."""

    STOCK = "stock"
    """What there is in a week: take the mean."""
    FLOW = "flow"
    """What happens in a week: take the sum."""
    MEAN = "mean"
    """Said of a whole run."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted, and how to read it.

    Attributes:
        name: Its column in results.
        unit: Unit of the number.
        better: Whether a lower or a higher number is better; empty where neither is.
        means: One line for a policy designer.
        kind: How weeks are put together.
        function: Weekly: of a row and the week, giving a whole number or yes; else of the record and world.
        among: Weekly: which rows are looked at; a function of a row and the week.
    """

    name: str
    unit: Unit
    better: Better
    means: str
    kind: Kind
    function: Callable[..., Any] = field(repr=False)
    among: Callable[..., Any] | None = field(default=None, repr=False)


Maker = Callable[[Callable[..., Any]], Metric]


def stock(unit: Unit, better: Better = "", *, among: Callable[..., Any] | None = None) -> Maker:
    """Make a weekly metric of what there is; its docstring says what it means."""
    return functools.partial(_made, Kind.STOCK, unit, better, among)


def flow(unit: Unit, better: Better = "", *, among: Callable[..., Any] | None = None) -> Maker:
    """Make a weekly metric of what happens; its docstring says what it means."""
    return functools.partial(_made, Kind.FLOW, unit, better, among)


def outcome(unit: Unit, better: Better = "") -> Maker:
    """Make an outcome: a function of the record and the world at the end of a run, giving one float."""
    return functools.partial(_made, Kind.MEAN, unit, better, None)


def _made(
    kind: Kind, unit: Unit, better: Better, among: Callable[..., Any] | None, function: Callable[..., Any]
) -> Metric:
    if not function.__doc__:
        raise TypeError(f"the metric {function.__name__} says nothing: write what it means as its docstring")
    return Metric(function.__name__, unit, better, inspect.cleandoc(function.__doc__), kind, function, among)
