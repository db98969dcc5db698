"""A town of full size that is no real one: 300 estates of 80 homes, in blocks by landlord."""

from __future__ import annotations

from typing import Any

import numpy as np

ESTATES, ACROSS, DOWN = 300, 10, 8
HOMES = ACROSS * DOWN
DWELLINGS = ESTATES * HOMES
COLUMNS, GAP = 20, 3
LANDLORDS = ("Civica", "FAB", "Kristiansdal", "Højstrup", "Private udlejere")
PALETTE = ["#cfd4d8", "#6f7a83", "#0072B2", "#D55E00"]
STATES = ["lejet ud", "står tom", "Housing First", "huslejerestance"]
SHAPES = ["filled", "hollow", "eye", "cross"]
LANES = [
    {"key": "street", "label": "På gaden"},
    {"key": "shelter", "label": "Herberg, § 110"},
    {"key": "temporary", "label": "Midlertidigt botilbud, § 107"},
    {"key": "friends", "label": "Hos venner"},
]


def plan() -> dict[str, Any]:
    """Traits of the map that stay as they are."""
    number = np.arange(DWELLINGS)
    estate, home = np.divmod(number, HOMES)
    x = (estate % COLUMNS) * (ACROSS + GAP) + home % ACROSS + 0.5
    y = (estate // COLUMNS) * (DOWN + GAP) + home // ACROSS + 0.5
    up = number[home // ACROSS > 0]
    beside = number[home % 2 == 1]
    edges = np.concatenate([np.stack([up, up - ACROSS], 1), np.stack([beside, beside - 1], 1)])
    return {
        "xy": np.stack([x, y], 1).astype("<f4").tobytes(),
        "estate": estate.astype("<u2").tobytes(),
        "estates": [_estate(row) for row in range(ESTATES)],
        "edges": edges.astype("<u4").tobytes(),
        "palette": PALETTE,
        "shapes": SHAPES,
        "state_labels": STATES,
        "mark_labels": ["flyttet ind", "naboklage", "udsættelse"],
        "mark_colours": ["#00578a", "#a03c00", "#1a1a1a"],
        "lanes": LANES,
    }


def _estate(row: int) -> dict[str, Any]:
    across, down = row % COLUMNS, row // COLUMNS
    landlord = LANDLORDS[(across // 7) + 3 * (down // 9)] if across // 7 + 3 * (down // 9) < 5 else LANDLORDS[4]
    x, y = across * (ACROSS + GAP) - 0.5, down * (DOWN + GAP) - 0.5
    return {"label": f"Afdeling {row + 1}", "sublabel": landlord, "x": x, "y": y, "w": ACROSS + 1, "h": DOWN + 1}


def week(number: int) -> dict[str, Any]:
    """Traits of the map that a week changes."""
    luck = np.random.default_rng(number)
    states = np.zeros(DWELLINGS, "u1")
    for state, share in ((1, 0.02), (2, 0.012), (3, 0.015)):
        states[luck.random(DWELLINGS) < share] = state
    rows = luck.choice(DWELLINGS, 30, replace=False)
    marks = np.stack([rows, luck.integers(0, 3, 30)], 1)
    counts = [int(luck.integers(low, high)) for low, high in ((30, 45), (120, 150), (55, 70), (80, 110))]
    return {
        "states": states.tobytes(),
        "marks": marks.astype("<u4").tobytes(),
        "lane_people": np.arange(1000, 1000 + sum(counts)).astype("<u4").tobytes(),
        "lane_counts": counts,
    }
