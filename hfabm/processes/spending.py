"""Spending: what everything costs and who pays, week by week, entered twice in the ledger.

Weekly, last.  Amounts are whole øre.  Care and justice are expected costs by need and housing; shelters,
support and homes are what happened.  Rent counts as due; what is still owed when a tenancy ends is then
written off by the landlord, less the guarantee.  The central refund counts what a citizen's social services
cost the municipality in a calendar year, after the other refunds.
Not modelled: tax, the block grant, the cost of ordinary tenants.
"""

from __future__ import annotations

import numpy as np

from hfabm.calendar import DAYS, MONTHS_PER_WEEK, WEEKS_PER_YEAR, Week
from hfabm.engine.table import Array
from hfabm.parameters.prices import PriceParameters, in_base_prices
from hfabm.processes.process import Phase, Process
from hfabm.processes.spending_homes import L, M, P, S, empty_homes, homes
from hfabm.processes.spending_people import people
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Shelter, SocialCaretaker
from hfabm.state.ledger import Account, ore, post
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Referral
from hfabm.state.tenancies import Tenancy
from hfabm.state.world import Lent

# columns and numbers are laid out several to a line
# fmt: off

CARETAKER, ADMINISTRATION, SUPPLY = int(Account.CARETAKER), int(Account.ADMINISTRATION), int(Account.HOUSING_SUPPLY)
REFUND_CARETAKER, PROGRAMME = int(Account.REFUND_CARETAKER), int(Account.PROGRAMME)


class Spending(Process):
    """Every krone, twice."""

    name = "prices"
    phase = Phase.ACCOUNT
    parameters = PriceParameters
    shares = ("refund_law", "housing_law", "central_refund", "income")
    kernel_reads = frozenset({
        Citizen.housing, Citizen.housing_since_week, Citizen.municipality_row, Citizen.birth_week,
        Citizen.mental_illness, Citizen.substance_use, Citizen.in_treatment, Citizen.employed,
        Citizen.income_dkk_month, Citizen.shelter_row, Citizen.method, Citizen.refunded_days,
        Citizen.support_refunded, Citizen.refund_clock_week, Citizen.left_shelter_week,
        Shelter.kind, Shelter.price_dkk_day, Shelter.elsewhere,
        Tenancy.end, Tenancy.end_week, Tenancy.start_week, Tenancy.how, Tenancy.prevented, Tenancy.dwelling_row,
        Tenancy.citizen_row, Tenancy.arrears_dkk, Dwelling.rent_dkk_month, Dwelling.tenant, Dwelling.claimed_week,
        Dwelling.vacant_since_week, Dwelling.municipality_row, Dwelling.built_week, Dwelling.sector,
        Municipality.rent_guarantee, Municipality.guarantee_cap, Municipality.private_premium,
        Municipality.rents_cut, Municipality.granted_ore, Referral.opened_week, Referral.municipality_row,
        SocialCaretaker.visits_per_week, SocialCaretaker.municipality_row, SocialCaretaker.by_municipality,
    })
    kernel_writes = frozenset({
        Citizen.cost_ore, Citizen.net_municipal_ore, Citizen.year_services_ore, Citizen.from_107_week, Citizen.days_107,
    })

    def step(self, world: Lent, week: Week, p: PriceParameters) -> None:
        """Enter the week."""
        world.ledger.clear()
        price = in_base_prices(p, p.growth)
        self._people(world, week, p, price)
        self._homes(world, week, p, price)
        self._offices(world, week, price)

    def _people(self, world: Lent, week: Week, p: PriceParameters, price: dict[str, float]) -> None:
        c, law, level = world.citizens, self.shared["refund_law"], week.price_level
        amounts = in_base_prices(law, p.growth)
        methods = (0.0, price["support_ordinary"], price["support_cti"], price["support_icm"], price["support_act"])
        yearly = 1.0 / WEEKS_PER_YEAR
        people(
            world.ledger.book, c.live, c.housing, c.housing_since_week, c.municipality_row, c.birth_week,
            c.mental_illness, c.substance_use, c.in_treatment, c.employed, c.income_dkk_month, c.shelter_row,
            self._bed_prices(world, p, price), world.shelters.elsewhere, c.method, c.refunded_days,
            c.support_refunded, c.refund_clock_week, c.left_shelter_week, c.cost_ore, c.net_municipal_ore,
            c.year_services_ore, c.from_107_week, c.days_107, np.array(methods) * yearly, level, week.number,
            week.of_year == 1,
            (law.rate, law.rate_beyond, law.elsewhere_state, law.own_payment, *self._transitional(price, level)),
            (
                law.rate, law.support_taper, amounts["support_state_above"] * yearly * level, law.region_share,
                float(law.section_107_days), float(law.section_107_within_days),
            ),
            self._thresholds(p, level),
            (
                price["psychiatric"] * yearly, p.psychiatric_homeless, price["somatic"] * yearly, p.somatic_homeless,
                price["treatment"] * yearly, price["police_homeless"] * yearly, p.benefits_municipal,
                price["justice"],
            ),
        )

    def _homes(self, world: Lent, week: Week, p: PriceParameters, price: dict[str, float]) -> None:
        c, t, d, us = world.citizens, world.tenancies, world.dwellings, world.municipalities
        law, homes_law, income = self.shared["refund_law"], self.shared["housing_law"], self.shared["income"]
        bonus, subsidy = in_base_prices(law, p.growth), in_base_prices(income, p.growth)["rent_subsidy"]
        homes(
            world.ledger.book, t.live, t.end, t.end_week, t.start_week, t.how, t.prevented, t.dwelling_row,
            t.citizen_row, c.municipality_row, t.arrears_dkk, d.rent_dkk_month, d.sector, us.rent_guarantee,
            us.guarantee_cap, us.private_premium, week.price_level, week.number,
            (
                income.housing_benefit, subsidy, price["eviction"], price["fitting_out"], price["prevention"],
                homes_law.arrears_covered, homes_law.fitting_out, law.rate if law.prevention else 0.0,
                bonus["bonus_year_1"], bonus["bonus_year_2"],
            ),
        )
        empty_homes(
            world.ledger.book, world.vacant, d.tenant, d.claimed_week, d.municipality_row, d.rent_dkk_month,
            d.vacant_since_week, d.built_week, d.sector, price["new_dwelling"], homes_law.vacancy_rent,
            week.price_level, week.number,
        )

    def _bed_prices(self, world: Lent, p: PriceParameters, price: dict[str, float]) -> Array:
        cap = in_base_prices(self.shared["housing_law"], p.growth)["shelter_price_cap"]
        by_kind = np.zeros(len(Housing))
        by_kind[Housing.SHELTER], by_kind[Housing.NIGHT_SHELTER] = price["shelter"], price["night_shelter"]
        by_kind[Housing.HOTEL], by_kind[Housing.TRANSITIONAL] = price["hotel"], price["transitional"]
        by_kind[Housing.INSTITUTION] = price["institution"]
        s = world.shelters
        own, kind = s.price_dkk_day[: s.size], s.kind[: s.size]
        found = np.where(own > 0.0, own, by_kind[kind])
        return np.where(kind == Housing.SHELTER, np.minimum(found, cap), found) if cap > 0.0 else found

    def _transitional(self, price: dict[str, float], level: float) -> tuple[float, float]:
        """What a resident of a transitional dwelling pays a day, and what housing benefit pays."""
        rent = price["transitional_rent"] * level * MONTHS_PER_WEEK / DAYS
        helped = rent * self.shared["income"].housing_benefit
        own = rent - helped
        refunds = self.shared["housing_law"].transitional_refund
        return (min(own, self.shared["refund_law"].own_payment) if refunds else own), helped

    def _thresholds(self, p: PriceParameters, level: float) -> tuple[float, ...]:
        law = self.shared["central_refund"]
        amounts = in_base_prices(law, p.growth)
        above = amounts["above_1"] * level, amounts["above_2"] * level, amounts["above_3"] * level
        return *above, law.share_1, law.share_2, law.share_3

    def _offices(self, world: Lent, week: Week, price: dict[str, float]) -> None:
        book, level, us = world.ledger.book, week.price_level, world.municipalities
        r, k = world.referrals, world.social_caretakers
        made = r.municipality_row[: r.size][r.opened_week[: r.size] == week.number]
        for m, count in enumerate(np.bincount(made, minlength=us.size)):
            post(book, m, ADMINISTRATION, M, P, ore(int(count) * price["referral"] * level))
        for m in range(us.size):
            post(book, m, SUPPLY, S, L, ore(int(us.rents_cut[m]) * price["rent_cut"] * level))
            post(book, m, PROGRAMME, S, M, int(us.granted_ore[m]))
        for i in np.flatnonzero(k.visits_per_week[: k.size] > 0.0):
            m, pay = int(k.municipality_row[i]), ore(price["caretaker"] / WEEKS_PER_YEAR * level)
            post(book, m, CARETAKER, M if k.by_municipality[i] else L, P, pay)
            if k.by_municipality[i]:
                post(book, m, REFUND_CARETAKER, S, M, int(pay * self.shared["refund_law"].caretaker_rate + 0.5))
