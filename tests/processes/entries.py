"""What a week of spending enters in the ledger, for tests that follow one amount to the øre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from small import Tiny, week

from hfabm.processes.spending import Spending
from hfabm.state.ledger import Account, Party

Entries = dict[Party, int]


def entries(
    tiny: Tiny,
    account: Account,
    shared: Mapping[str, Any] | None = None,
    number: int = 10,
    level: float = 1.0,
    **p: Any,
) -> Entries:
    """Øre received by party on one account; prices are as declared, whatever their year, unless told otherwise."""
    tiny.run(Spending, week(number, price_level=level), shared, **{"growth": 0.0, **p})
    book = tiny.world.ledger.book.sum(axis=0)
    assert not book.sum(axis=1).any(), "every account sums to zero"
    return {party: int(book[account, party]) for party in Party if book[account, party]}


def paid(payer: Party, payee: Party, dkk: float) -> Entries:
    """What is entered when one pays another."""
    amount = round(dkk * 100.0)
    return {payer: -amount, payee: amount} if amount else {}
