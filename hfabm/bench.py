"""`python -m hfabm.bench`: what a week costs, process by process, in nanoseconds per row.

Medians over blocks of weeks from one run, since machines are noisy; compare ratios, not runs.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from hfabm.model import HousingFirstModel, warm

BLOCK_WEEKS = 26
ROWS = {"vacancy": "dwellings", "supply": "dwellings", "decisions": "landlords", "experience": "landlords"}
TENANCIES = ("arrears", "disturbance", "caretaking", "eviction", "breakdown")


def rows_of(model: HousingFirstModel, process: str) -> int:
    """Rows that a process looks at in a week: dwellings, running tenancies, or citizens present."""
    if process in ROWS:
        return len(getattr(model.world, ROWS[process]))
    table: Any = model.world.tenancies if process in TENANCIES else model.world.citizens
    return max(1, len(table.live))


def measure(scenario: str = "odense") -> dict[str, Any]:
    """Run a scenario in blocks and take medians.

    Returns:
        Seconds a run, weeks, citizens, dwellings, peak memory [MB], and per process ns per row-week.
    """
    compile_seconds = warm()
    model = HousingFirstModel(scenario)
    blocks: list[tuple[float, dict[str, float]]] = []
    began = time.process_time()
    while model.running:
        before = dict(model.timings)
        model.run(until=model.today + timedelta(weeks=BLOCK_WEEKS))
        spent = {name: model.timings[name] - before.get(name, 0.0) for name in model.timings}
        blocks.append((spent.pop("seconds"), spent))
    weeks = model.recorder.done
    median = {
        name: statistics.median(1e9 * spent[name] / BLOCK_WEEKS / rows_of(model, name) for _, spent in blocks)
        for name in [p.name for p in model.processes] + ["measure"]
    }
    return {
        "seconds": sum(seconds for seconds, _ in blocks),
        "cpu_seconds": time.process_time() - began,
        "weeks": weeks,
        "median_ms_a_week": 1e3 * statistics.median(seconds / BLOCK_WEEKS for seconds, _ in blocks),
        "compile_seconds": compile_seconds,
        "population_seconds": model.timings["population_seconds"],
        "citizens": len(model.world.citizens),
        "dwellings": len(model.world.dwellings),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "ns_per_row_week": median,
    }


def main() -> None:
    """Print the figures."""
    found = measure(sys.argv[1] if len(sys.argv) > 1 else "odense")
    per_row = found.pop("ns_per_row_week")
    for name, value in found.items():
        print(f"{name:20} {value:12.3f}")
    print("\nnanoseconds per row-week, median of half years")
    for name, value in sorted(per_row.items(), key=lambda item: -item[1]):
        print(f"{name:20} {value:12.1f}")


if __name__ == "__main__":
    main()
