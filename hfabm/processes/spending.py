"""Spending: what everything costs and who pays, week by week, entered twice in the ledger.

Weekly, last.  Amounts are whole øre.  Care and justice are expected costs by need and housing; shelters,
support and homes are what happened.  Rent counts as due; what is still owed when a tenancy ends is then
written off by the landlord, less the municipality's guarantee.
Not modelled: tax, the block grant, the cost of ordinary tenants.
"""

from __future__ import annotations

import functools
from dataclasses import fields

import numpy as np

from hfabm.calendar import DAYS, MONTHS_PER_WEEK, WEEKS_PER_YEAR, Week
from hfabm.engine.kernel import formula, kernel
from hfabm.engine.table import Array
from hfabm.parameters.prices import PriceParameters
from hfabm.processes.process import Phase, Process
from hfabm.state.citizens import Citizen
from hfabm.state.codes import NOBODY, Housing, Sector, TenancyEnd, TenancyStart
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Shelter, SocialCaretaker
from hfabm.state.ledger import Account, Party, ore, post
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Referral
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent

# columns and numbers are laid out several to a line
# fmt: off

BASE_YEAR = 2023
M, S, R, L, C, P = (int(party) for party in Party)
SHELTER, SUPPORT, TRANSITIONAL, SECTION_107 = (int(a) for a in list(Account)[:4])
PSYCHIATRIC, SOMATIC, TREATMENT, JUSTICE, BENEFITS, RENT, VACANCY = (int(a) for a in list(Account)[4:11])
FITTING_OUT, EVICTION, CARETAKER, ADMINISTRATION = (int(a) for a in list(Account)[11:15])
REFUND_SHELTER, REFUND_SUPPORT, REFUND_107, ARREARS, GUARANTEE = (int(a) for a in list(Account)[15:20])
SUPPLY = int(Account.HOUSING_SUPPLY)


@formula
def stay(
    book: Array, m: int, kind: int, price: float, own_day: float, refunded_days: int, covered: bool, rate: float
) -> tuple[int, int]:
    """A week in a bed at a price a day; returns what it costs in all and what the municipality is left with."""
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
        back = ore(rate * refunded_days * (price - own_day))
        post(book, m, REFUND_SHELTER, S, M, back)
    elif covered:
        back = ore(rate * DAYS * price)
        post(book, m, REFUND_107, S, M, back)
    return total, total - back


@kernel
def people(
    book: Array, citizens: Array, housing: Array, since: Array, payer: Array, mental: Array, use: Array,
    treated: Array, employed: Array, income: Array, shelter_row: Array, bed_price: Array, method: Array,
    refunded_days: Array, support_refunded: Array, left_shelter: Array, cost: Array, net: Array,
    support_week: Array, level: float, week: int, p: tuple[float, ...],
) -> None:
    """Shelters, support, care, benefits and refunds of every citizen."""
    (
        rate, own_day, s107_days, psychiatric, psychiatric_homeless, somatic, somatic_homeless, treatment, police,
        benefits_municipal, justice,
    ) = p
    body_home, body_away = ore(somatic * level), ore(somatic * level * somatic_homeless)
    for c in citizens:
        h = housing[c]
        cost[c], net[c] = 0, 0
        if h >= Housing.GONE:
            continue
        m = payer[c]
        away = h != Housing.OWN_HOME and h != Housing.INSTITUTION
        total, ours = 0, 0
        if h == Housing.PRISON_HOSPITAL:
            amount = ore(DAYS * justice * level)
            post(book, m, JUSTICE, S, P, amount)
            total += amount
        elif shelter_row[c] >= 0:
            from_shelter = h == Housing.INSTITUTION and left_shelter[c] == since[c] - 1
            covered = from_shelter and DAYS * (week - since[c]) < s107_days
            total, ours = stay(
                book, m, h, bed_price[shelter_row[c]] * level, own_day, refunded_days[c], covered, rate
            )
        if method[c] > 0:
            amount = ore(support_week[method[c]] * level)
            post(book, m, SUPPORT, M, P, amount)
            total += amount
            ours += amount
            if support_refunded[c]:
                back = ore(rate * support_week[method[c]] * level)
                post(book, m, REFUND_SUPPORT, S, M, back)
                ours -= back
        care = mental[c] * psychiatric * level * (psychiatric_homeless if away else 1.0)
        if mental[c] > 0:
            amount = ore(care)
            post(book, m, PSYCHIATRIC, R, P, amount)
            total += amount
        amount = body_away if away else body_home
        post(book, m, SOMATIC, R, P, amount)
        total += amount
        if treated[c] and use[c] > 0:
            amount = ore(treatment * level)
            post(book, m, TREATMENT, M, P, amount)
            total += amount
            ours += amount
        if away and h != Housing.SHELTER and h != Housing.PRISON_HOSPITAL:
            amount = ore(police * level)
            post(book, m, JUSTICE, S, P, amount)
            total += amount
        if not employed[c] and h != Housing.PRISON_HOSPITAL:
            amount = ore(income[c] * MONTHS_PER_WEEK)
            part = int(amount * benefits_municipal)
            post(book, m, BENEFITS, M, C, part)
            post(book, m, BENEFITS, S, C, amount - part)
            total += amount
            ours += part
        cost[c], net[c] = total, ours


@kernel
def homes(
    book: Array, tenancies: Array, end: Array, end_week: Array, how: Array, dwelling_row: Array, citizen_row: Array,
    payer: Array, arrears: Array, rent: Array, guarantee: Array, level: float, week: int, p: tuple[float, ...],
) -> None:
    """Rent, and what the end of a tenancy costs."""
    housing_benefit, eviction, fitting_out = p
    for t in tenancies:
        running = end[t] == TenancyEnd.RUNNING
        if not running and end_week[t] != week:
            continue
        m = payer[citizen_row[t]]
        if running:
            due = ore(rent[dwelling_row[t]] * level * MONTHS_PER_WEEK)
            helped = ore(rent[dwelling_row[t]] * level * MONTHS_PER_WEEK * housing_benefit)
            post(book, m, RENT, C, L, due - helped)
            post(book, m, RENT, S, L, helped)
            continue
        referred = how[t] >= TenancyStart.HOUSING_FIRST
        lost = ore(arrears[t])
        post(book, m, ARREARS, L, C, lost)
        if end[t] == TenancyEnd.EVICTED:
            bill = ore(eviction * level)
            post(book, m, EVICTION, L, P, bill)
            lost += bill
        if referred:
            post(book, m, GUARANTEE, M, L, ore(lost / 100.0 * guarantee[m]))
            post(book, m, FITTING_OUT, M, P, ore(fitting_out * level))


@kernel
def empty_homes(
    book: Array, vacant: Array, tenant: Array, claimed_week: Array, municipality: Array, rent: Array,
    vacant_since: Array, built_week: Array, sector: Array, new_dwelling: float, level: float, week: int,
) -> None:
    """The municipality pays the rent of dwellings it took until they are let; the state, new ones."""
    for d in vacant:
        if built_week[d] == week - 1 and sector[d] == Sector.SOCIAL_FAMILY:
            post(book, municipality[d], SUPPLY, S, L, ore(new_dwelling * level))
        if tenant[d] == NOBODY and claimed_week[d] > vacant_since[d]:
            post(book, municipality[d], VACANCY, M, L, ore(rent[d] * level * MONTHS_PER_WEEK))


@functools.cache
def in_base_prices(p: PriceParameters) -> dict[str, float]:
    """Every price carried to the base year."""
    return {
        f.name: float(getattr(p, f.name)) * (1.0 + p.growth) ** (BASE_YEAR - f.metadata["price_year"])
        for f in fields(p)
        if f.metadata["price_year"]
    }


class Spending(Process):
    """Every krone, twice."""

    name = "prices"
    phase = Phase.ACCOUNT
    parameters = PriceParameters
    shares = ("refund_law", "income")
    kernel_reads = frozenset({
        Citizen.housing, Citizen.housing_since_week, Citizen.municipality_row, Citizen.mental_illness,
        Citizen.substance_use, Citizen.in_treatment, Citizen.employed, Citizen.income_dkk_month, Citizen.shelter_row,
        Citizen.method, Citizen.refunded_days, Citizen.support_refunded, Citizen.left_shelter_week, Shelter.kind,
        Shelter.price_dkk_day, Tenancy.end, Tenancy.end_week, Tenancy.how, Tenancy.dwelling_row, Tenancy.citizen_row,
        Tenancy.arrears_dkk, Dwelling.rent_dkk_month, Dwelling.tenant, Dwelling.claimed_week,
        Dwelling.vacant_since_week,
        Dwelling.municipality_row, Dwelling.built_week, Dwelling.sector, Municipality.rent_guarantee,
        Municipality.rents_cut,
        Referral.opened_week, Referral.municipality_row, SocialCaretaker.visits_per_week,
        SocialCaretaker.municipality_row, SocialCaretaker.by_municipality,
    })
    kernel_writes = frozenset({Citizen.cost_ore, Citizen.net_municipal_ore})

    def step(self, world: Lent, week: Week, p: PriceParameters) -> None:
        """Enter the week."""
        c, t, d, us = world.citizens, world.tenancies, world.dwellings, world.municipalities
        world.ledger.clear()
        book, level, law = world.ledger.book, week.price_level, self.shared["refund_law"]
        price, benefits = in_base_prices(p), self.shared["income"]
        per_week = 1.0 / WEEKS_PER_YEAR
        methods = (0.0, price["support_ordinary"], price["support_cti"], price["support_icm"], price["support_act"])
        people(
            book, c.live, c.housing, c.housing_since_week, c.municipality_row, c.mental_illness, c.substance_use,
            c.in_treatment, c.employed, c.income_dkk_month, c.shelter_row, self._bed_prices(world, price), c.method,
            c.refunded_days, c.support_refunded, c.left_shelter_week, c.cost_ore, c.net_municipal_ore,
            np.array(methods) * per_week, level, week.number,
            (
                law.rate, law.own_payment, float(law.section_107_days), price["psychiatric"] * per_week,
                p.psychiatric_homeless, price["somatic"] * per_week, p.somatic_homeless,
                price["treatment"] * per_week, price["police_homeless"] * per_week, p.benefits_municipal,
                price["justice"],
            ),
        )
        homes(
            book, t.live, t.end, t.end_week, t.how, t.dwelling_row, t.citizen_row, c.municipality_row, t.arrears_dkk,
            d.rent_dkk_month, us.rent_guarantee, level, week.number,
            (benefits.housing_benefit, price["eviction"], price["fitting_out"]),
        )
        empty_homes(
            book, world.vacant, d.tenant, d.claimed_week, d.municipality_row, d.rent_dkk_month,
            d.vacant_since_week, d.built_week, d.sector,
            price["new_dwelling"], level, week.number,
        )
        self._offices(world, week, price)

    def _bed_prices(self, world: Lent, price: dict[str, float]) -> Array:
        by_kind = np.zeros(len(Housing))
        by_kind[Housing.SHELTER], by_kind[Housing.NIGHT_SHELTER] = price["shelter"], price["night_shelter"]
        by_kind[Housing.HOTEL], by_kind[Housing.TRANSITIONAL] = price["hotel"], price["transitional"]
        by_kind[Housing.INSTITUTION] = price["institution"]
        s = world.shelters
        own, kind = s.price_dkk_day[: s.size], by_kind[s.kind[: s.size]]
        return np.where(own > 0.0, own, kind)

    def _offices(self, world: Lent, week: Week, price: dict[str, float]) -> None:
        book, level, n = world.ledger.book, week.price_level, world.municipalities.size
        r, k = world.referrals, world.social_caretakers
        made = r.municipality_row[: r.size][r.opened_week[: r.size] == week.number]
        for m, count in enumerate(np.bincount(made, minlength=n)):
            post(book, m, ADMINISTRATION, M, P, ore(int(count) * price["referral"] * level))
        for m, count in enumerate(world.municipalities.rents_cut[:n]):
            post(book, m, SUPPLY, S, L, ore(int(count) * price["rent_cut"] * level))
        in_post = k.visits_per_week[: k.size] > 0.0
        for i in np.flatnonzero(in_post):
            payer, pay = M if k.by_municipality[i] else L, price["caretaker"] / WEEKS_PER_YEAR
            post(book, int(k.municipality_row[i]), CARETAKER, payer, P, ore(pay * level))
