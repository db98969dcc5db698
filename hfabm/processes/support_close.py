"""The end of support: cases finished, reviewed and cut, given up, no longer needed.  Kernel of `support`."""

from __future__ import annotations

from typing import Any

from hfabm.calendar import DAYS, NEVER, WEEKS_PER_YEAR
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.randomness import question, uniform
from hfabm.state.codes import NOBODY, Housing, SupportMethod, need_of
from hfabm.state.municipalities import moved_by

# columns are handed over several to a line
# fmt: off

GRADUATE = question("support.graduate")
REVIEW = question("support.review")
REVIEW_WEEKS = 52
"""Open-ended support is reviewed every year of the case."""


@formula
def own_share(clock: int, week: int, law: tuple[float, ...]) -> float:
    """Share of the coming year's support that the municipality is left with.

    Args:
        clock: Week the clock of the refund began, or NEVER.
        week: The present week.
        law: Refund rate, its fall a year, days of refund, share of the region.
    """
    rate, taper, days, region = law
    if clock == NEVER:
        return 1.0 - region
    past = DAYS * (week - clock)
    covered = max(0.0, min(1.0, (days - past) / 365.0))
    return (1.0 - region) * (1.0 - covered * max(0.0, rate - taper * (past // 365)))


@kernel
def close_cases(
    cases: int, citizen_row: Array, uid: Array, team_row: Array, method: Array, first_week: Array, last_week: Array,
    team_cases: Array, housing: Array, housing_since: Array, mental: Array, use: Array, skills: Array,
    case_row: Array, citizen_method: Array, municipality: Array, cut_month: Array, clock: Array, worth: Array,
    sensitivity: Array, commitment: Array, below_floor: Array, yearly: Array, key: Any, week: int, p: tuple[float, ...],
    law: tuple[float, ...],
) -> None:
    """Close what is finished, cut, given up or no longer needed."""
    cti_weeks, graduates, enough, given_up = p
    for k in range(cases):
        if last_week[k] != NEVER:
            continue
        c = citizen_row[k]
        age = week - first_week[k]
        home = housing[c] == Housing.OWN_HOME
        cut = cut_month[municipality[c]]
        done = housing[c] == Housing.GONE or (cut > 0.0 and age >= cut * WEEKS_PER_YEAR / 12.0)
        done = done or (method[k] == SupportMethod.CTI and age >= cti_weeks)
        done = done or (not home and week - housing_since[c] >= given_up and age >= given_up)
        if not done and home and age >= 52 and skills[c] >= enough and mental[c] + use[c] <= 2:
            done = uniform(key, GRADUATE, uid[k]) < graduates / WEEKS_PER_YEAR
        if not done and method[k] >= SupportMethod.ICM and age > 0 and age % REVIEW_WEEKS == 0:
            m, needs = municipality[c], mental[c] + use[c]
            since = NEVER if below_floor[team_row[k]] else clock[c]
            left = own_share(since, week, law) * yearly[method[k]]
            saves = worth[m, need_of(needs)]
            done = uniform(key, REVIEW, uid[k]) < moved_by(left - saves, sensitivity[m], commitment[m])
        if done:
            last_week[k] = week
            team_cases[team_row[k]] -= 1
            case_row[c] = NOBODY
            citizen_method[c] = SupportMethod.NONE
