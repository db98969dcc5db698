"""Decisions: the monthly meeting.  Asks every institution to decide and writes down the answers.

In the first week and in each week that begins a month, after `experience` and `fidelity`.  Institutions
look and decide; this process is the one writer of what they decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from hfabm.agents.landlord import LandlordDecision
from hfabm.agents.municipality import MunicipalityDecision
from hfabm.agents.services import CaretakerDecision, ShelterDecision, TeamDecision
from hfabm.calendar import Week
from hfabm.processes.process import Phase, Process
from hfabm.state.institutions import Landlord, Shelter, SocialCaretaker, Team
from hfabm.state.municipalities import Municipality
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


class Decisions(Process):
    """The monthly meeting."""

    name = "decisions"
    phase = Phase.DECIDE
    shares = tuple(section for _, section, _ in MEETINGS)
    kernel_writes = frozenset(getattr(kind, f.name) for kind, _, answer in MEETINGS for f in fields(answer))
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
            told, names = self.shared[section], [f.name for f in fields(answer)]
            table = world.relations[kind.__name__]
            columns = [getattr(table, name) for name in names]
            for agent in self.institutions.get(kind.__name__, ()):
                decision = agent.decide(told)
                if not isinstance(decision, answer):
                    raise TypeError(
                        f"{type(agent).__name__}.decide gave {decision!r}: return a {answer.__name__} "
                        f"with {', '.join(names)}"
                    )
                for name, column in zip(names, columns, strict=True):
                    column[agent.row] = getattr(decision, name)
