"""People: what a week of shelter, support, care and benefits costs, and who bears it.  Kernel of `spending`."""

from __future__ import annotations

from hfabm.calendar import DAYS, MONTHS_PER_WEEK, NEVER, WEEKS_PER_YEAR
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.state.codes import Housing
from hfabm.state.ledger import Account, Party, ore, post

# columns are handed over several to a line
# fmt: off

M, S, R, L, C, P = (int(party) for party in Party)
SHELTER, SUPPORT, TRANSITIONAL, SECTION_107 = (int(a) for a in list(Account)[:4])
PSYCHIATRIC, SOMATIC, TREATMENT, JUSTICE, BENEFITS, RENT = (int(a) for a in list(Account)[4:10])
REFUND_SHELTER, REFUND_SUPPORT, REFUND_107 = (int(a) for a in list(Account)[15:18])
REFUND_CENTRAL, REGION_SUPPORT = int(Account.REFUND_CENTRAL), int(Account.REGION_SUPPORT)
OLD_WEEKS = 67.0 * WEEKS_PER_YEAR
"""Age from which the central refund knows other thresholds, which are not modelled: none is paid."""


@formula
def stay(
    book: Array, m: int, kind: int, price: float, refunded_days: int, covered_days: int, away: bool,
    p: tuple[float, ...],
) -> tuple[int, int]:
    """A week in a bed at a price a day; returns what it costs in all and what the municipality is left with."""
    rate, beyond, away_rate, own_day, flat_day, flat_benefit = p
    account = SHELTER
    if kind == Housing.TRANSITIONAL:
        account = TRANSITIONAL
    elif kind == Housing.INSTITUTION:
        account = SECTION_107
    total = ore(DAYS * price)
    post(book, m, account, M, P, total)
    back = 0
    if kind == Housing.SHELTER:
        paid = ore(DAYS * own_day)
        post(book, m, SHELTER, C, M, paid)
        total -= paid
        if away and away_rate > 0.0:
            back = ore(away_rate * DAYS * (price - own_day))
        else:
            back = ore((rate * refunded_days + beyond * (DAYS - refunded_days)) * (price - own_day))
        post(book, m, REFUND_SHELTER, S, M, back)
    elif kind == Housing.TRANSITIONAL:
        paid, helped = ore(DAYS * flat_day), ore(DAYS * flat_benefit)
        post(book, m, TRANSITIONAL, C, M, paid)
        post(book, m, RENT, S, M, helped)
        return total - paid, total - paid - helped
    elif covered_days > 0:
        back = ore(rate * covered_days * price)
        post(book, m, REFUND_107, S, M, back)
    return total, total - back


@formula
def support(book: Array, m: int, amount: int, rate: float, state_above: float, region: float) -> int:
    """A week of support; returns what the municipality is left with of it.

    Args:
        book: The book of the week.
        m: Municipality that pays.
        amount: Cost of the week [øre].
        rate: Share of what is left that the state refunds.
        state_above: Amount a week above which the state bears it all [DKK]; 0 none.
        region: Share of the rest that the region bears.
    """
    post(book, m, SUPPORT, M, P, amount)
    above = max(0, amount - ore(state_above)) if state_above > 0.0 else 0
    theirs = int((amount - above) * region + 0.5)
    back = above + int((amount - above - theirs) * rate + 0.5)
    post(book, m, REGION_SUPPORT, R, M, theirs)
    post(book, m, REFUND_SUPPORT, S, M, back)
    return amount - theirs - back


@formula
def central(cost: float, p: tuple[float, ...]) -> float:
    """What the central refund bears of a citizen's net cost in a calendar year [DKK].

    >>> central(1_000_000.0, (860_000.0, 1_680_000.0, 2_120_000.0, 0.25, 0.5, 0.75))
    35000.0
    """
    one, two, three, first, second, third = p
    borne = first * max(0.0, min(cost, two) - one)
    borne += second * max(0.0, min(cost, three) - two)
    return borne + third * max(0.0, cost - three)


@formula
def support_rate(rate: float, taper: float, clock: int, week: int) -> float:
    """Share of support that the state refunds so many years after the clock began."""
    years = (DAYS * (week - clock)) // 365 if clock != NEVER else 0
    return max(0.0, rate - taper * years)


@formula
def care(
    book: Array, m: int, h: int, mental: int, treated: bool, income: float, level: float, p: tuple[float, ...]
) -> tuple[int, int]:
    """A week of care, treatment, justice and benefits; returns what it costs in all and what of it the municipality."""
    (
        psychiatric, psychiatric_homeless, somatic, somatic_homeless, treatment, police, benefits_municipal, justice,
    ) = p
    away = h != Housing.OWN_HOME and h != Housing.INSTITUTION
    total, ours = 0, 0
    if h == Housing.PRISON_HOSPITAL:
        amount = ore(DAYS * justice * level)
        post(book, m, JUSTICE, S, P, amount)
        total += amount
    elif away and h != Housing.SHELTER:
        amount = ore(police * level)
        post(book, m, JUSTICE, S, P, amount)
        total += amount
    if mental > 0:
        amount = ore(mental * psychiatric * level * (psychiatric_homeless if away else 1.0))
        post(book, m, PSYCHIATRIC, R, P, amount)
        total += amount
    amount = ore(somatic * level * somatic_homeless) if away else ore(somatic * level)
    post(book, m, SOMATIC, R, P, amount)
    total += amount
    if treated:
        amount = ore(treatment * level)
        post(book, m, TREATMENT, M, P, amount)
        total += amount
        ours += amount
    if income > 0.0 and h != Housing.PRISON_HOSPITAL:
        amount = ore(income * MONTHS_PER_WEEK)
        part = int(amount * benefits_municipal)
        post(book, m, BENEFITS, M, C, part)
        post(book, m, BENEFITS, S, C, amount - part)
        total += amount
        ours += part
    return total, ours


@kernel
def people(
    book: Array, citizens: Array, housing: Array, since: Array, payer: Array, birth_week: Array, mental: Array,
    use: Array, treated: Array, employed: Array, income: Array, shelter_row: Array, bed_price: Array, elsewhere: Array,
    method: Array, refunded_days: Array, support_refunded: Array, clock: Array, left_shelter: Array, cost: Array,
    net: Array, in_year: Array, from_107: Array, days_107: Array, support_week: Array, level: float, week: int,
    new_year: bool, bed: tuple[float, ...],
    aid: tuple[float, ...], thresholds: tuple[float, ...], p: tuple[float, ...],
) -> None:
    """Shelters, support, care, benefits and refunds of every citizen."""
    rate, taper, state_above, region, s107_days, within = aid
    for c in citizens:
        h = housing[c]
        cost[c], net[c] = 0, 0
        if new_year:
            in_year[c] = 0
        if h >= Housing.GONE:
            continue
        m = payer[c]
        total, ours = 0, 0
        if h != Housing.PRISON_HOSPITAL and shelter_row[c] >= 0:
            covered = 0
            if h == Housing.INSTITUTION and left_shelter[c] == since[c] - 1:
                if from_107[c] == NEVER or DAYS * (since[c] - from_107[c]) >= within:
                    from_107[c], days_107[c] = since[c], 0
                window = int(within) - DAYS * (week - from_107[c])
                covered = max(0, min(DAYS, int(s107_days) - days_107[c], window))
                days_107[c] += covered
            total, ours = stay(
                book, m, h, bed_price[shelter_row[c]] * level, refunded_days[c], covered,
                elsewhere[shelter_row[c]], bed,
            )
        if method[c] > 0:
            amount = ore(support_week[method[c]] * level)
            total += amount
            if method[c] == 1:
                ours += support(book, m, amount, 0.0, 0.0, 0.0)
            else:
                back = support_rate(rate, taper, clock[c], week) if support_refunded[c] else 0.0
                ours += support(book, m, amount, back, state_above, region)
        if ours > 0:
            services = in_year[c] + ours
            if week - birth_week[c] < OLD_WEEKS and services > thresholds[0] * 100.0:
                borne = central(services / 100.0, thresholds) - central(in_year[c] / 100.0, thresholds)
                back = ore(borne)
                post(book, m, REFUND_CENTRAL, S, M, back)
                ours -= back
            in_year[c] = services
        borne, ours_too = care(
            book, m, h, mental[c], treated[c] and use[c] > 0, 0.0 if employed[c] else income[c], level, p
        )
        cost[c], net[c] = total + borne, ours + ours_too
