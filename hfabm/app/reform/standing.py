"""Where a reform stands: what holds without it, whether it fits, and what it changes in the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hfabm.app.law import Difference, articles, differences
from hfabm.app.reform.controls import Control
from hfabm.app.reform.draft import Draft, DraftError, laid_on
from hfabm.language import Language
from hfabm.parameters.declare import Value
from hfabm.parameters.faults import Fault
from hfabm.parameters.lawbook import Article
from hfabm.parameters.scenario import Scenario, Steps, overlay


@dataclass(frozen=True)
class Standing:
    """What is to say of a reform.

    Attributes:
        faults: Why it does not fit; none where it does.
        differences: What it changes in the law.
        law: The law of its first day: with it, or without where it does not fit.
    """

    faults: tuple[Fault, ...]
    differences: tuple[Difference, ...]
    law: tuple[Article, ...]


@lru_cache(maxsize=64)
def ground(base: str, include: tuple[str, ...] = ()) -> Scenario:
    """A scenario with the packages that a reform stands on; without them where they do not fit together.

    Args:
        base: Name of a scenario that ships.
        include: Packages that ship.

    Raises:
        DraftError: There is no such scenario.
    """
    try:
        return laid_on(base, Draft(include=include))
    except DraftError:
        if not include:
            raise
        return ground(base)


def course_of(control: Control, scenario: Scenario) -> Steps:
    """The values of a lever, from the beginning."""
    declared, changes = control.declared.steps, scenario.changes.get(control.key, ())
    return overlay(declared, changes) if changes else declared


def value_on(control: Control, scenario: Scenario, day: date) -> Value:
    """The value of a lever on a day."""
    steps = course_of(control, scenario)
    return next((value for start, value in reversed(steps) if start <= day), steps[0][1])


def keeps(control: Control, scenario: Scenario, value: Value, day: date) -> bool:
    """Would a lever be so from a day on anyhow?"""
    later = [one for start, one in course_of(control, scenario) if day < start <= scenario.end]
    return all(one == value for one in (value_on(control, scenario, day), *later))


def stand(base: str, draft: Draft, since: date, language: Language) -> Standing:
    """Check a reform, and tell what it changes in the law.  Takes some 100 ms.

    Args:
        base: Name of a scenario that ships.
        draft: The reform.
        since: Its first day.
        language: The language.
    """
    before = ground(base)
    try:
        after = laid_on(base, draft) if not draft.empty else before
    except DraftError as error:
        return Standing(error.faults, (), articles(since, language, before))
    changed = differences(before, after, before.start, language) if not draft.empty else ()
    return Standing((), changed, articles(since, language, after))
