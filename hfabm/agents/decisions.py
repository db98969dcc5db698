"""Decisions: the monthly meeting.  Asks every institution to decide and writes down the answers.

In the first week and in each week that begins a month, after `experience` and `fidelity`.  Institutions
look and decide; this process is the one writer of what they decided, and keeps the municipality's
quarterly sums on file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from hfabm.agents.budget import Budget, Reckoned
from hfabm.agents.landlord import LandlordDecision
from hfabm.agents.municipality import MunicipalityDecision
from hfabm.agents.services import CaretakerDecision, ShelterDecision, TeamDecision
from hfabm.calendar import Week
from hfabm.processes.process import Phase, Process
from hfabm.state.codes import Effort, Need
from hfabm.state.institutions import Landlord, Shelter, SocialCaretaker, Team
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Decision, Reckoning
from hfabm.state.world import Lent

# columns and numbers are laid out several to a line
# fmt: off

MEETINGS: tuple[tuple[type, str, type], ...] = (
    (Municipality, "municipality", MunicipalityDecision),
    (Landlord, "landlord", LandlordDecision),
    (SocialCaretaker, "caretaker", CaretakerDecision),
    (Team, "team", TeamDecision),
    (Shelter, "beds", ShelterDecision),
)
"""Kind of institution, section of the parameters it is told, and the decision it gives."""


def decided(answer: type) -> list[str]:
    """The fields of a decision that are columns of the institution: all but the budget, which goes on file."""
    return [f.name for f in fields(answer) if f.name != "budget"]


TOLD = (
    "commitment", "sensitivity", "wait_weeks", "home_weeks", "allocation_share", "private_places", "workers_cti",
    "workers_icm", "workers_act", "caretakers", "prevention", "detour_low", "detour_moderate", "detour_complex",
)
"""What of a quarter's decision goes on file as it is."""


class Decisions(Process):
    """The monthly meeting."""

    name = "decisions"
    phase = Phase.DECIDE
    shares = tuple(section for _, section, _ in MEETINGS)
    opens = frozenset({Reckoning, Decision})
    kernel_writes = frozenset(getattr(kind, n) for kind, _, answer in MEETINGS for n in decided(answer))
    kernel_reads = frozenset({
        Municipality.cooperation, Municipality.contact, Landlord.experience, Landlord.heard, Landlord.social,
        Landlord.municipality_row, Shelter.places, Shelter.kind, Shelter.elsewhere, SocialCaretaker.turn, Team.method,
    })

    def __init__(self) -> None:
        super().__init__()
        self.institutions: dict[str, Sequence[Any]] = {}

    def step(self, world: Lent, week: Week, p: Any) -> None:
        """Ask, check and write."""
        if week.number > 0 and not week.begins_month:
            return
        for kind, section, answer in MEETINGS:
            told, names = self.shared[section], decided(answer)
            table = world.relations[kind.__name__]
            columns = [getattr(table, name) for name in names]
            # all are asked before anything is written: nobody knows what another of its kind decides today
            answers = [(agent, agent.decide(told)) for agent in self.institutions.get(kind.__name__, ())]
            for agent, decision in answers:
                if not isinstance(decision, answer):
                    raise TypeError(
                        f"{type(agent).__name__}.decide gave {decision!r}: return a {answer.__name__} "
                        f"with {', '.join(names)}"
                    )
                for name, column in zip(names, columns, strict=True):
                    column[agent.row] = getattr(decision, name)
                if isinstance(decision, MunicipalityDecision) and decision.budget is not None:
                    file(world, week, agent, decision.budget, decision)


def file(world: Lent, week: Week, agent: Any, budget: Budget, decision: MunicipalityDecision) -> None:
    """Put a quarter's sums and what was decided on file."""
    kinds, outlook = budget.kinds, agent.model.outlook()
    reckoned = {f.name: [getattr(kind, f.name) for kind in kinds] for f in fields(Reckoned)}
    whose = {"municipality_row": agent.row, "week": week.number}
    world.reckonings.open(len(kinds), **whose, **reckoned)
    law = outlook.terms(agent.extra_days)[0]
    limit = law.refund.shelter_days + law.extra_days if law.refund.days_counted else -1
    told = {name: getattr(decision, name) for name in TOLD}
    done, worth = budget.efforts, budget.support_worth
    world.decisions.open(
        1, **whose, **told, limit_days=limit, horizon_years=outlook.p.horizon_years,
        effort_housing=done[Effort.HOUSING], effort_cti=done[Effort.CTI], effort_icm=done[Effort.ICM],
        effort_act=done[Effort.ACT], effort_caretakers=done[Effort.CARETAKERS],
        effort_prevention=done[Effort.PREVENTION], worth_low=worth[Need.LOW], worth_moderate=worth[Need.MODERATE],
        worth_complex=worth[Need.COMPLEX],
    )
