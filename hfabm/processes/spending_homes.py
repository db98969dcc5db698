"""Homes and offices: rent, guarantees, empty dwellings, bonuses, caretakers.  Kernels of `spending`."""

from __future__ import annotations

from hfabm.calendar import MONTHS_PER_WEEK
from hfabm.engine.kernel import kernel
from hfabm.engine.table import Array
from hfabm.state.codes import NOBODY, Sector, TenancyEnd, TenancyStart
from hfabm.state.ledger import Account, Party, ore, post

# columns are handed over several to a line
# fmt: off

M, S, R, L, C, P = (int(party) for party in Party)
RENT, VACANCY, FITTING_OUT, EVICTION = (int(a) for a in list(Account)[9:13])
ARREARS, GUARANTEE, SUPPLY = (int(a) for a in list(Account)[18:21])
PREVENTION, RESULT, PREMIUM = int(Account.PREVENTION), int(Account.REFUND_RESULT), int(Account.PREMIUM)
YEAR_WEEKS = 52


@kernel
def homes(
    book: Array, tenancies: Array, end: Array, end_week: Array, start_week: Array, how: Array, prevented: Array,
    dwelling_row: Array, citizen_row: Array, payer: Array, arrears: Array, rent: Array, sector: Array,
    guarantee: Array, guarantee_cap: Array, premium: Array, level: float, week: int, p: tuple[float, ...],
) -> None:
    """Rent, premiums, bonuses, prevention, and what the end of a tenancy costs."""
    (
        housing_benefit, subsidy, eviction, fitting_out, prevention, covered, guaranteed, refunded, bonus_1, bonus_2,
    ) = p
    for t in tenancies:
        running = end[t] == TenancyEnd.RUNNING
        if not running and end_week[t] != week:
            continue
        m = payer[citizen_row[t]]
        referred = how[t] >= TenancyStart.HOUSING_FIRST
        if running:
            whole = rent[dwelling_row[t]] * level * MONTHS_PER_WEEK
            due = ore(whole)
            helped = ore(whole * housing_benefit)
            if referred and subsidy > 0.0:
                helped = min(due, helped + ore(subsidy * level * MONTHS_PER_WEEK))
            post(book, m, RENT, C, L, due - helped)
            post(book, m, RENT, S, L, helped)
            if prevented[t]:
                bill = ore(prevention * level)
                post(book, m, PREVENTION, M, P, bill)
                post(book, m, PREVENTION, S, M, int(bill * refunded + 0.5))
            if referred:
                if premium[m] > 0.0 and sector[dwelling_row[t]] == Sector.PRIVATE:
                    post(book, m, PREMIUM, M, L, ore(premium[m] * level * MONTHS_PER_WEEK))
                if week - start_week[t] == YEAR_WEEKS:
                    post(book, m, RESULT, S, M, ore(bonus_1 * level))
                elif week - start_week[t] == 2 * YEAR_WEEKS:
                    post(book, m, RESULT, S, M, ore(bonus_2 * level))
            continue
        lost = ore(arrears[t])
        post(book, m, ARREARS, L, C, lost)
        if end[t] == TenancyEnd.EVICTED:
            bill = ore(eviction * level)
            post(book, m, EVICTION, L, P, bill)
            lost += bill
        if referred:
            paid = ore(lost / 100.0 * max(guarantee[m], covered))
            if guarantee_cap[m] > 0.0:
                paid = min(paid, ore(guarantee_cap[m] * level))
            post(book, m, GUARANTEE, M, L, paid)
            bill = ore(fitting_out * level) if end[t] != TenancyEnd.NO_LONGER_AT_RISK else 0
            ours = int(bill * guaranteed + 0.5)
            post(book, m, FITTING_OUT, M, P, ours)
            post(book, m, FITTING_OUT, L, P, bill - ours)


@kernel
def empty_homes(
    book: Array, vacant: Array, tenant: Array, claimed_week: Array, municipality: Array, rent: Array,
    vacant_since: Array, built_week: Array, sector: Array, new_dwelling: float, borne: float, level: float, week: int,
) -> None:
    """The municipality pays the rent of dwellings it took until they are let; the state, new ones."""
    for d in vacant:
        if built_week[d] == week - 1 and sector[d] == Sector.SOCIAL_FAMILY:
            post(book, municipality[d], SUPPLY, S, L, ore(new_dwelling * level))
        if tenant[d] == NOBODY and claimed_week[d] > vacant_since[d]:
            post(book, municipality[d], VACANCY, M, L, ore(rent[d] * level * MONTHS_PER_WEEK * borne))
