"""The money of a municipality's last year, by what it was for and who paid or was paid."""

from __future__ import annotations

import numpy as np

from hfabm.app.live.scene import Scene, word
from hfabm.app.live.story import Amount, Line, Sheet, Value
from hfabm.state.ledger import ORE, Account, Party

PAYERS = (Party.MUNICIPALITY, Party.STATE, Party.REGION, Party.LANDLORD, Party.CITIZEN)
"""Whose money is shown: all but those who are paid for the work."""


def money_sheet(scene: Scene, row: int) -> Sheet:
    """Net payments by account and party over the last 52 weeks, at current prices [DKK]; negative is received."""
    record = scene.model.recorder
    weeks = record.last_year()
    paid = -record.ledger[weeks, row].sum(axis=0)[:, list(PAYERS)] / ORE
    lines: list[tuple[Line, tuple[Value, ...]]] = [
        (word(Account, account), tuple(Amount(dkk, "dkk") for dkk in paid[account].tolist()))
        for account in np.flatnonzero(np.any(paid != 0.0, axis=1)).tolist()
    ]
    lines.append((Line("money_total"), tuple(Amount(dkk, "dkk") for dkk in paid.sum(axis=0).tolist())))
    title = Line("money_of", {"weeks": Amount(weeks.stop - weeks.start, "weeks")})
    return Sheet(title, (Line("money_for"), *(word(Party, party) for party in PAYERS)), tuple(lines))
