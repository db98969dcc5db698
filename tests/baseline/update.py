"""Store the bits of today's results.  Run it only where results were meant to change, and say so in CHANGELOG."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

BASELINE = Path(__file__).resolve().parent
SCENARIOS, SEED, WEEKS = ("odense", "odense_staircase"), 1, 60


def digests(scenario: str, seed: int, weeks: int) -> dict[str, str]:
    """SHA-256 of every table of the hamlet and of the ledger after some weeks: names, kinds of number, bytes."""
    from small import after, columns

    found: dict[str, str] = {}
    tables: dict[str, list[tuple[str, np.ndarray]]] = {}
    for name, array in sorted(columns(after(weeks, scenario, seed).world).items()):
        tables.setdefault(name.partition(".")[0], []).append((name, array))
    for table, arrays in tables.items():
        sha = hashlib.sha256()
        for name, array in arrays:
            little = array.astype(array.dtype.newbyteorder("<"))
            sha.update(f"{name} {array.dtype.kind}{array.dtype.itemsize} {array.shape}".encode())
            sha.update(np.ascontiguousarray(little).tobytes())
        found[table] = sha.hexdigest()
    return found


def main() -> None:
    """Write a file for each scenario."""
    for scenario in SCENARIOS:
        tables = digests(scenario, SEED, WEEKS)
        path = BASELINE / f"{scenario}.json"
        path.write_text(json.dumps({"seed": SEED, "weeks": WEEKS, "tables": tables}, indent=2) + "\n", encoding="utf-8")
        print(f"stored {path.name}")


if __name__ == "__main__":
    sys.path[:0] = [str(BASELINE.parent), str(BASELINE.parent.parent)]
    main()
