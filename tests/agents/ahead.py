"""What a municipality sees on a day, for tests of its sums: law and prices as declared, or with changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from small import week

from hfabm.agents.books import Books
from hfabm.agents.budget import Budget, Plan, Reckoned, make_budget
from hfabm.agents.outlook import Outlook, look_ahead
from hfabm.calendar import Week
from hfabm.parameters.declare import BEGINNING, resolve
from hfabm.schedule import SECTIONS
from hfabm.state.codes import Effort, Need, Origin
from hfabm.state.municipalities import KINDS

Changes = Mapping[tuple[str, str], Any]
BEFORE, FIRST_CAP, FINAL_CAP = date(2023, 9, 30), date(2024, 1, 1), date(2026, 4, 1)
"""Days under three regimes of refund: no limit, 120 days, 90 days."""
OWN_BOOKS: Changes = {("incentives", "prior_people"): 0.0}
"""What is known nationally has no weight."""
AT_ONCE: Changes = {("incentives", "adjustment_cost"): 0.0, ("incentives", "budget_room"): 2.0}


def outlook_on(day: date, changes: Changes | None = None, world: Any = None, level: float = 1.0) -> Outlook:
    """What is seen on a day at prices of the base year; a change is a value, or dates and values."""
    steps = {
        key: tuple(sorted(new.items())) if isinstance(new, Mapping) else ((BEGINNING, new),)
        for key, new in (changes or {}).items()
    }
    parameters = resolve(SECTIONS, steps)
    now = Week(100, week(100).key, week(100).life, day, level)
    return look_ahead(world, parameters, parameters.at(day), now)


def books(nights: float | None = None, people: int = 1, outside: float | None = None, **more: Any) -> Books:
    """The books of a municipality that has seen 1,000 citizens of each kind spend so many nights, or nobody."""
    seen = np.full(1000, nights) if nights is not None else np.zeros(0)
    away = np.full(1000, outside) if outside is not None else np.zeros(0)
    first = {
        "people": np.full((len(Need), len(Origin)), people), "nights": ((seen, away),) * len(Need), "away": 0.0,
        "other_nights": np.zeros((len(Need), 2, 3)),
        "held": np.zeros((len(Need), 2), np.int64), "placed": 0, "waiting": 0,
    }  # fmt: skip
    return Books(**{**first, **more})


def plan(commitment: float = 0.0, **more: Any) -> Plan:
    """Two caseworkers of each method and two caretakers planned, teams whose support is co-paid, the plan done."""
    first = {
        "workers": (2.0, 2.0, 2.0), "others": 0.0, "rent_guarantee": 0.0, "guarantee_cap": 0.0, "caretakers": 2.0,
        "refundable": True, "extra_days": 0,
        "efforts": np.ones(len(Effort)), "referral_efforts": np.ones(KINDS),
    }  # fmt: skip
    return Plan(**{"commitment": commitment, **first, **more})


def budget(
    day: date = FINAL_CAP, changes: Changes | None = None, nights: float = 200.0, level: float = 1.0, **planned: object
) -> Budget:
    """What is budgeted on a day, with so many nights seen of everybody."""
    return make_budget(outlook_on(day, changes, level=level), books(nights, outside=nights), plan(**planned))  # type: ignore[arg-type]


def kind(made: Budget, need: Need, origin: Origin) -> Reckoned:
    """What was reckoned of one kind of citizen."""
    return made.kinds[len(Origin) * need + origin]
