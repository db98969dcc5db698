"""What a municipality sees when it makes its budget: the law ahead, the prices, and its own books."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from hfabm.agents.books import OTHER_BEDS, Books, read_books
from hfabm.agents.calculation import Expectation, Terms
from hfabm.agents.incentives import IncentiveParameters
from hfabm.calendar import Week
from hfabm.engine.table import Array
from hfabm.parameters.prices import capped, in_base_prices
from hfabm.state.codes import Housing, Need, Origin

# numbers are laid out several to a line
# fmt: off


@dataclass(frozen=True)
class Outlook:
    """The law ahead, prices and books, in one week; the same for all municipalities but for the books.

    Attributes:
        week: The week.
        p: What municipalities believe and weigh.
        price: Prices of the day [DKK].
        rent: Rent of a cheap dwelling, at current prices [DKK/month].
        empty_weeks: Weeks that an allocated dwelling stands empty [weeks].
        sections: Every section of parameters in force.
        known: Law as known for each year ahead, from that in force at the day; prices are today's.
        world: The world, whose files are read when a budget asks for them.
    """

    week: Week
    p: IncentiveParameters
    price: dict[str, float]
    rent: float
    empty_weeks: float
    sections: dict[str, Any]
    known: tuple[dict[str, Any], ...]
    world: Any

    @functools.cached_property
    def books(self) -> tuple[Books, ...]:
        """The books of each municipality."""
        return read_books(self.world, self.week.number)

    def terms(self, extra_days: int) -> tuple[Terms, ...]:
        """Law and prices, year by year.

        Args:
            extra_days: § 110 days that are co-paid above the limit in the municipality.
        """
        level = self.week.price_level
        return tuple(_terms(law | {"prices": self.sections["prices"]}, level, extra_days) for law in self.known)

    def expectation(self, books: Books, need: Need, origin: Origin) -> Expectation:
        """What is expected of a kind of citizen: the municipality's own, and what is known nationally beside it."""
        p = self.p
        sheltered = origin == Origin.SHELTER
        seen = books.nights[need][0 if sheltered else 1]
        nights = np.append(seen, p.prior_shelter_days if sheltered else p.prior_days_outside)
        weights = np.append(np.ones(seen.size), max(p.prior_people, 1e-9))
        placements, held = books.held[need]
        return Expectation(
            nights, weights, books.away, self._other_beds(books.other_nights[need][0 if sheltered else 1]),
            p.stays_homeless,
            float((held + p.prior_people * p.prior_held) / max(placements + p.prior_people, 1e-9)), p.support_goes_on,
            books.clock_years if origin == Origin.REFUND_IN_VIEW else 0.0,
        )

    def wait_weeks(self, books: Books) -> float:
        """Weeks from referral to home: those who wait over those placed in a week, and what is known nationally."""
        known = max(self.p.prior_people, 1e-9)
        a_week = books.placed / 52.0 + known / self.p.prior_wait_weeks
        return float(min(104.0, (books.waiting + known) / a_week))

    def home_weeks(self, books: Books) -> float:
        """Weeks from known need to home: those of the last year's placements, and what is known nationally."""
        known = max(self.p.prior_people, 1e-9)
        return float(min(208.0, (books.home_weeks + known * self.p.prior_home_weeks) / (books.placed + known)))

    def _other_beds(self, nights: Array) -> float:
        total = 0.0
        for bed, number in zip(OTHER_BEDS, nights.tolist(), strict=True):
            paid = self._paid_by_others if bed == Housing.TRANSITIONAL else 0.0
            total += number * (self.price[bed.name.lower()] - paid)
        return total

    @property
    def _paid_by_others(self) -> float:
        """What citizen and housing benefit pay of a day in a transitional dwelling."""
        rent, benefit = self.price["transitional_rent"] * 12.0 / 365.25, self.sections["income"].housing_benefit
        own = rent * (1.0 - benefit)
        if self.sections["housing_law"].transitional_refund:
            own = min(own, self.sections["refund_law"].own_payment)
        return float(own + rent * benefit)


def look_ahead(world: Any, parameters: Any, in_force: dict[str, Any], week: Week) -> Outlook:
    """What can be seen in a week.

    Args:
        world: The world.
        parameters: Every parameter of the run, by date.
        in_force: Those in force now.
        week: The present week.
    """
    p: IncentiveParameters = in_force["incentives"]
    announced = week.day + timedelta(weeks=p.announced_weeks)
    days = [min(_year_on(week.day, year), announced) for year in range(p.horizon_years)]
    prices, level = in_force["prices"], week.price_level
    price = {name: amount * level for name, amount in in_base_prices(prices, prices.growth).items()}
    return Outlook(
        week, p, price, in_force["vacancy"].cheap_rent * level, in_force["allocation"].fit_out_weeks, in_force,
        tuple(parameters.at(day) for day in days), world,
    )


def _year_on(day: date, years: int) -> date:
    """The day some years on, from whose law the whole year is reckoned."""
    return day + timedelta(days=365 * years)


def _terms(sections: dict[str, Any], level: float, extra_days: int) -> Terms:
    prices, refund, homes = sections["prices"], sections["refund_law"], sections["housing_law"]
    price = in_base_prices(prices, prices.growth)
    law, caps = in_base_prices(refund, prices.growth), in_base_prices(homes, prices.growth)
    night = capped(price["shelter"], caps["shelter_price_cap"]) * level - refund.own_payment
    support = (0.0, *(price[f"support_{name}"] * level for name in ("ordinary", "cti", "icm", "act")))
    bonuses = (law["bonus_year_1"] * level, law["bonus_year_2"] * level)
    return Terms(refund, night, extra_days, support, law["support_state_above"] * level, bonuses)
