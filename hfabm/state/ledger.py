"""Double-entry ledger: every krone has a payer, a payee, an account, a municipality and a week.

Amounts are whole øre, so sums are exact and do not depend on order.  `book` holds the present week;
`post` writes each amount twice, out of the payer and into the payee, so the book sums to zero.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from hfabm.engine.kernel import formula


class Party(IntEnum):
    """Who pays or is paid."""

    MUNICIPALITY = 0
    STATE = 1
    REGION = 2
    LANDLORD = 3
    CITIZEN = 4
    PROVIDER = 5
    """Those who are paid for the work: shelters, hospitals, staff, builders."""


class Account(IntEnum):
    """What money is for."""

    SHELTER = 0
    SUPPORT = 1
    TRANSITIONAL = 2
    SECTION_107 = 3
    PSYCHIATRIC = 4
    SOMATIC = 5
    TREATMENT = 6
    JUSTICE = 7
    BENEFITS = 8
    RENT = 9
    VACANCY = 10
    FITTING_OUT = 11
    EVICTION = 12
    CARETAKER = 13
    ADMINISTRATION = 14
    REFUND_SHELTER = 15
    REFUND_SUPPORT = 16
    REFUND_SECTION_107 = 17
    ARREARS = 18
    GUARANTEE = 19
    HOUSING_SUPPLY = 20
    PROGRAMME = 21
    PREVENTION = 22
    REFUND_RESULT = 23
    REFUND_CENTRAL = 24
    REFUND_CARETAKER = 25
    REGION_SUPPORT = 26
    PREMIUM = 27


PARTIES, ACCOUNTS = len(Party), len(Account)
Book = NDArray[np.int64]

ORE = 100


class Ledger:
    """The book of the week: øre by municipality, account and party; positive is received."""

    def __init__(self, municipalities: int = 0) -> None:
        self.book: Book = np.zeros((municipalities, ACCOUNTS, PARTIES), np.int64)

    def clear(self) -> None:
        """Begin a new week."""
        self.book[:] = 0

    @property
    def balance(self) -> int:
        """Sum over all parties: zero, or money was made or lost [øre]."""
        return int(self.book.sum())


@formula
def ore(dkk: float) -> int:
    """Whole øre of an amount in kroner.

    >>> ore(1.005)
    100
    """
    return int(dkk * 100.0 + 0.5) if dkk >= 0.0 else -int(-dkk * 100.0 + 0.5)


@formula
def post(book: Book, municipality: int, account: int, payer: int, payee: int, amount: int) -> None:
    """Enter an amount in øre, out of the payer and into the payee."""
    book[municipality, account, payer] -= amount
    book[municipality, account, payee] += amount
