"""Municipalities decide on referral, allocation, guarantee, team size, caretakers and prevention.

The scenario states the plan.  Every quarter the municipality reckons what a home saves it, kind of citizen
by kind of citizen, under the law in force and announced (`calculation`), and does more or less of what it
planned (`budget`).  A subclass with its own `decide` can do otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hfabm.agents.budget import Budget, Plan, make_budget
from hfabm.agents.calculation import Terms
from hfabm.agents.outlook import Outlook
from hfabm.engine.table import Array
from hfabm.parameters.declare import ASSUMED, Role, parameter
from hfabm.state import municipalities
from hfabm.state.codes import Effort, Need, SupportMethod
from hfabm.state.municipalities import KINDS
from hfabm.state.papers import Reckoning
from hfabm.units import Unit

# columns and numbers are laid out several to a line
# fmt: off


FLOOR_MARGIN = 0.10
"""Fidelity above a floor of the law below which full individual support is asked for: it wears between meetings."""


@dataclass(frozen=True, slots=True)
class MunicipalityParameters:
    """What the scenario states that municipalities do."""

    allocation_share: float = parameter(
        0.17, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source="P5.018 P4.043",
        means="Share of vacant affordable dwellings taken for referrals: 54 placed of 326 cheap lettings a year "
        "in Odense; the legal right is 0.25 (P4.034).",
    )
    housing_first_share: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of citizens on the Housing First track; the rest are on the staircase.",
    )
    refers_after_weeks: float = parameter(
        4.0, Unit.WEEKS, 0.0, 104.0, role=Role.LEVER, source=ASSUMED,
        means="Weeks homeless before the municipality knows of the need.",
    )
    guarantee_weeks: float = parameter(
        0.0, Unit.WEEKS, 0.0, 104.0, role=Role.LEVER, source=ASSUMED,
        means="Housing guarantee: waits beyond it come first and open more dwellings; 0 none. Odense promised "
        "13 weeks from 8 February 2019 (O09).",
    )
    rent_guarantee: float = parameter(
        0.0, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="Share of arrears and eviction cost of referred tenants that the municipality covers; the law "
        "covers fitting-out only (I16).",
    )
    private_places: float = parameter(
        0.0, Unit.DWELLINGS_PER_YEAR, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED,
        means="Private dwellings taken by agreement in a year; a pilot in Odense had 5 (O14).",
    )
    workers_ordinary: float = parameter(
        6.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED,
        means="Caseworkers of ordinary § 85 support for tenants at risk.",
    )
    workers_cti: float = parameter(
        0.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED, means="Caseworkers of CTI.",
    )
    workers_icm: float = parameter(
        0.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED, means="Caseworkers of ICM.",
    )
    workers_act: float = parameter(
        0.0, Unit.WORKERS, 0.0, 1000.0, role=Role.LEVER, source=ASSUMED, means="Caseworkers of ACT.",
    )
    support_cut_month: float = parameter(
        0.0, Unit.MONTHS, 0.0, 240.0, role=Role.LEVER, source=ASSUMED,
        means="Month of support after which it is cut whatever the sums say; 0 never.",
    )
    prevention: float = parameter(
        0.01, Unit.PER_WEEK, 0.0, 0.5, role=Role.LEVER, source=ASSUMED,
        means="Chance a week that the municipality settles a notice of eviction: prevention at notice.",
    )
    guarantee_cap: float = parameter(
        0.0, Unit.DKK, 0.0, 1000000.0, role=Role.LEVER, source=ASSUMED, price_year=2023,
        means="Most that the guarantee for rent and eviction pays for one case; 0 no limit.",
    )
    private_premium: float = parameter(
        0.0, Unit.DKK_MONTH, 0.0, 20000.0, role=Role.LEVER, source=ASSUMED, price_year=2023,
        means="Premium to a private owner for each placed citizen.",
    )
    commitment: float = parameter(
        0.5, Unit.SHARE, 0.0, 1.0, role=Role.LEVER, source=ASSUMED,
        means="How far politics holds to what is planned, whatever the sums say: 0 money alone, 1 the plan alone.",
    )


@dataclass(frozen=True, slots=True)
class MunicipalityDecision:
    """What a municipality decides; fields that are columns of `Municipality` have its units.

    The fields up to `support_cut_month` must be given; the rest default to a municipality that money does not move.

    Attributes:
        budget: The quarter's sums, for the file; None in other months.
    """

    allocation_share: float
    housing_first_share: float
    refers_after_weeks: float
    guarantee_weeks: float
    rent_guarantee: float
    private_places: float
    workers_ordinary: float
    workers_cti: float
    workers_icm: float
    workers_act: float
    support_cut_month: float
    prevention: float = 0.0
    guarantee_cap: float = 0.0
    private_premium: float = 0.0
    caretakers: float = 0.0
    commitment: float = 1.0
    efforts: Array = field(default_factory=lambda: np.ones(len(Effort)))
    referral_efforts: Array = field(default_factory=lambda: np.ones(KINDS))
    detour_low: float = 0.0
    detour_moderate: float = 0.0
    detour_complex: float = 0.0
    support_worth: Array = field(default_factory=lambda: np.zeros(len(Need)))
    wait_weeks: float = 0.0
    home_weeks: float = 0.0
    asked_individual: float = 0.0
    sensitivity: float = 1.0
    night_dkk: float = 0.0
    night_107_dkk: float = 0.0
    move_dkk: float = 0.0
    budget: Budget | None = None


class Municipality(municipalities.Municipality):
    """A municipality that plans what the scenario states, and does more or less of it as its sums tell."""

    def decide(self, p: MunicipalityParameters) -> MunicipalityDecision:
        """The month's decision; override it to try another municipality."""
        outlook, budget = self.model.outlook(), self.budget(p)
        now, terms = budget or self.standing_budget, outlook.terms(self.extra_days)[0]
        done = now.efforts
        return MunicipalityDecision(
            min(1.0, p.allocation_share * done[Effort.HOUSING]), p.housing_first_share, p.refers_after_weeks,
            p.guarantee_weeks, p.rent_guarantee, p.private_places * done[Effort.HOUSING], p.workers_ordinary,
            p.workers_cti * done[Effort.CTI], p.workers_icm * done[Effort.ICM], p.workers_act * done[Effort.ACT],
            p.support_cut_month, p.prevention * done[Effort.PREVENTION], p.guarantee_cap, p.private_premium,
            self.model.in_force("caretaker").in_post * done[Effort.CARETAKERS], p.commitment, done,
            now.referral_efforts, *now.detours, now.support_worth, now.wait_weeks, now.home_weeks,
            self._fidelity_asked(terms),
            outlook.p.sensitivity * outlook.week.price_level, terms.night, outlook.price["institution"],
            outlook.price["referral"], budget,
        )

    @property
    def standing_budget(self) -> Budget:
        """What the last budget set, without its sums; these are on file as `Reckoning`."""
        detours = (self.detour_low, self.detour_moderate, self.detour_complex)
        return Budget(
            (), self.efforts, self.referral_efforts, detours, self.support_worth, self.wait_weeks, self.home_weeks
        )

    @property
    def sums(self) -> list[Any]:
        """The sums of its latest budget, one `Reckoning` for each kind of citizen."""
        kept = self.table.relations["Reckoning"]
        mine = np.flatnonzero(kept.municipality_row == self.row)
        return [self.model.one(Reckoning, int(row)) for row in mine[kept.week[mine] == kept.week[mine].max(initial=0)]]

    def budget(self, p: MunicipalityParameters) -> Budget | None:
        """The quarter's budget: what is reckoned, and every effort; None in a month that begins no quarter."""
        outlook = self.model.outlook()
        if outlook.week.number > 0 and not outlook.week.begins_quarter:
            return None
        plan = Plan(
            (p.workers_cti, p.workers_icm, p.workers_act), p.commitment, self._others(p, outlook), p.rent_guarantee,
            p.guarantee_cap, self.model.in_force("caretaker").in_post, self._refundable(p), self.extra_days,
            self.efforts, self.referral_efforts,
        )
        return make_budget(outlook, outlook.books[self.row], plan)

    def _others(self, p: MunicipalityParameters, outlook: Outlook) -> float:
        """Share of the homeless by which other municipalities give more Housing First; 0 before anyone has begun."""
        if outlook.week.number <= 0:
            return 0.0
        given = self.table.housing_first_share * self.table.referral_efforts.mean(axis=1)
        others = np.delete(given, self.row)
        return float((others.mean() if others.size else outlook.p.others_adopt) - given[self.row])

    def _refundable(self, p: MunicipalityParameters) -> bool:
        """Are there, or are planned, specialised teams, and does one of them at least meet the floor of the law?"""
        teams = self.table.relations["Team"]
        ours = (teams.municipality_row == self.row) & (teams.method > SupportMethod.ORDINARY) & (teams.workers > 0.0)
        planned = p.workers_cti + p.workers_icm + p.workers_act > 0.0
        return bool((~teams.below_floor[ours]).any()) if ours.any() else planned

    def _fidelity_asked(self, terms: Terms) -> float:
        """Ask for full individual support where the refund hangs on a floor that is not met with room to spare."""
        law = terms.refund
        at_stake = law.support_days > 0 and law.rate > 0.0
        near = 0.0 < law.floor_fidelity and self.individual_support < law.floor_fidelity + FLOOR_MARGIN
        return 1.0 if at_stake and near else 0.0
