"""Vacant dwellings and people who wait for them, for tests of allocation."""

from __future__ import annotations

from typing import Any

from small import Tiny

from hfabm.parameters.law import HousingLaw
from hfabm.state.codes import Track

NO_BOUNDS = {"housing_law": HousingLaw(allocation_right=1.0, private_share=1.0)}
YES: dict[str, Any] = {
    "citizen_accepts": 1.0,
    "needs_put_off": 0.0,
    "fit_out_weeks": 0.0,
    "spread": 10,
    "shared": NO_BOUNDS,
}
"""Everybody agrees, and the law allows all."""


def town(vacant: int = 1, share: float = 1.0, **homes: object) -> Tiny:
    """Dwellings that fell vacant last week, each in a stairwell of its own, of a landlord that accepts all."""
    tiny = Tiny(dwellings=0)
    tiny.dwellings(vacant, stairwell=range(vacant), **homes)
    for home in range(vacant):
        tiny.vacate(home, since=9)
    tiny.world.municipalities.allocation_share[0] = share
    return tiny


def waiting(
    tiny: Tiny, track: Track = Track.HOUSING_FIRST, opened: int = 0, urgency: float = 0.0, **who: object
) -> int:
    row = tiny.citizen(**{"in_need_since_week": opened, "referral_row": tiny.world.referrals.size, **who})
    tiny.world.referrals.open(
        1, citizen_row=row, municipality_row=0, track=track, opened_week=opened, offers_from_week=opened + 4,
        urgency=urgency,
    )  # fmt: skip
    return row


def offered(tiny: Tiny) -> list[int]:
    return tiny.world.citizens.offered_dwelling_row.tolist()
