"""What all visitors of one server share: processes that work, and the runs that comparisons have made."""

from __future__ import annotations

import os
from functools import cache

from hfabm.app.compare.pool import Pool
from hfabm.app.work.crew import Crew

LIVE_RUNS, LIVE_PER_VISITOR = 8, 2
"""Runs that can be watched at a time, by all and by one visitor; each takes some 350 MB."""


@cache
def crew() -> Crew:
    """Processes for runs that are watched; one is made ready at once."""
    found = Crew(int(os.environ.get("HFABM_APP_LIVE_RUNS", LIVE_RUNS)), LIVE_PER_VISITOR)
    found.start()
    return found


@cache
def pool() -> Pool:
    """Processes for comparisons."""
    return Pool()
