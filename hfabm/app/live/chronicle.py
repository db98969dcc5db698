"""What the model does not keep on file, noted while the weeks go by.

Notices that were settled, caretakers' visits, complaints, nights on the street and sofas leave no paper of
their own: columns hold the latest only.  Whoever watches every week from the first can still tell of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from hfabm.app.live.marks import Mark, marked
from hfabm.engine.table import Array
from hfabm.model import HousingFirstModel
from hfabm.state.codes import Exit, Housing, NoticeCause
from hfabm.state.world import World

WITHOUT_STAY = (Housing.STREET, Housing.SOFA)
"""Where somebody can be without a home and without a stay on file."""


class Noted(NamedTuple):
    """Something noted in a week: what, and its code, 0 where it has none."""

    week: int
    what: str
    code: int


class Chronicle:
    """Notes by tenancy and by citizen, and the marks of the last week.

    Attributes:
        tenancies: Notes of each tenancy row, in order.
        citizens: Notes of each citizen row, in order.
        rents: Rent of each tenancy row when it began: a dwelling's can change once it stands empty [DKK/month,
            prices of the base year].
        marks: Tenancy rows of the last week's events.
    """

    def __init__(self, world: World) -> None:
        self.tenancies: dict[int, list[Noted]] = defaultdict(list)
        self.citizens: dict[int, list[Noted]] = defaultdict(list)
        self.rents: list[float] = []
        self.marks: dict[Mark, Array] = {mark: np.arange(0) for mark in Mark if mark is not Mark.BUILT}
        c = world.citizens
        for row in np.flatnonzero(np.isin(c.housing, WITHOUT_STAY)).tolist():
            self.citizens[row].append(Noted(int(c.housing_since_week[row]), "stays", int(c.housing[row])))
        self._remember(world)

    def note(self, model: HousingFirstModel) -> None:
        """Note a week that has just ended.  Weeks must not be left out."""
        assert model.week is not None
        world, week = model.world, model.week.number
        complained = self._complained(model, week)
        self.marks = marked(world, week, complained)
        self._note_tenancies(world, week)
        self._note_citizens(world, week)
        self._remember(world)

    def _note_tenancies(self, world: World, week: int) -> None:
        t = world.tenancies
        # a notice is settled where it is gone and the home is not
        known = self._under_notice
        settled = known[(t.notice_cause[known] == NoticeCause.NONE) & (t.end_week[known] != week)]
        for row in settled.tolist():
            self.tenancies[row].append(Noted(week, "prevented" if t.prevented[row] else "settled", 0))
        for mark in (Mark.VISITED, Mark.NOTICE, Mark.COMPLAINT):
            for row in self.marks[mark].tolist():
                code = int(t.notice_cause[row]) if mark is Mark.NOTICE else 0
                self.tenancies[row].append(Noted(week, mark.value, code))

    def _note_citizens(self, world: World, week: int) -> None:
        c = world.citizens
        rows = c.live
        housing, since = c.housing[rows], c.housing_since_week[rows]
        before = np.full(c.size, -1, np.int8)
        before[: self._housing.size] = self._housing
        moved = housing != before[rows]
        for row in rows[moved & np.isin(housing, WITHOUT_STAY)].tolist():
            self.citizens[row].append(Noted(week, "stays", int(c.housing[row])))
        for row in rows[moved & (housing == Housing.GONE) & (since == week)].tolist():
            self.citizens[row].append(Noted(week, "left", int(Exit(int(c.exit_intent[row])))))

    def _complained(self, model: HousingFirstModel, week: int) -> Array:
        """Tenancies whose complaints are more than what is left of last week's."""
        t, p = model.world.tenancies, model.in_force("disturbance")
        heard = t.live[t.disturbs[t.live]]
        known = heard < self._complaints.size
        old = np.where(known, heard, 0)
        left = np.where(known, self._complaints[old], 0.0) * p.complaints_last if self._complaints.size else 0.0
        mediated = known & (self._attended[old] == week - 1) if self._attended.size else False
        left = np.where(mediated, left * (1.0 - p.mediated), left)
        return np.asarray(heard[t.complaints[heard] > left + 0.5])

    def _remember(self, world: World) -> None:
        t = world.tenancies
        new = t.dwelling_row[len(self.rents) :]
        self.rents += world.dwellings.rent_dkk_month[new].tolist()
        self._housing = world.citizens.housing.copy()
        self._complaints, self._attended = t.complaints.copy(), t.attended_week.copy()
        live = t.live
        self._under_notice = live[t.notice_cause[live] != NoticeCause.NONE]
