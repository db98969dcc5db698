"""Whose turn it is: the order in which waiting referrals are served.  Kernel of `allocation`."""

from __future__ import annotations

from typing import Any

import numpy as np

from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.randomness import question, uniform

# columns are handed over several to a line
# fmt: off

LOTTERY = question("allocation.lottery")
NEEDS_FIRST, LONGEST_WAIT, FIRST_COME, DRAW_LOTS, READIEST, EXPECTED_EFFECT = range(6)


@kernel
def rank(
    waiting: Array, rule: int, citizen_row: Array, urgency: Array, opened: Array, uid: Array, homeless_since: Array,
    skills: Array, pressing: Array, overdue: Array, key: Any, week: int,
) -> Array:
    """The order in which waiting referrals are served: those beyond the guarantee first, then the rule.

    One whose refund is about to end moves up, in steps of need.
    """
    score = np.empty(waiting.size, np.float64)
    for i in range(waiting.size):
        r = waiting[i]
        c = citizen_row[r]
        lot = uniform(key, LOTTERY, uid[c])
        if rule == NEEDS_FIRST:
            s = urgency[r]
        elif rule == LONGEST_WAIT:
            s = (week - homeless_since[c]) * 0.01
        elif rule == FIRST_COME:
            s = (week - opened[r]) * 0.01
        elif rule == DRAW_LOTS:
            s = 0.0
        elif rule == READIEST:
            s = skills[c]
        else:
            s = urgency[r] * (1.0 - skills[c])
        score[i] = -(s + pressing[c] + 0.001 * lot + (1000.0 if overdue[i] else 0.0))
    return np.argsort(score, kind="mergesort")
