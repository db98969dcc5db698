"""A municipality's story: its sums of the quarter, what it decided on them, and the money of the last year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from hfabm.app.live.figures import last_figures
from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, word
from hfabm.app.live.story import Amount, Event, Fact, Line, Sheet, Story, Value
from hfabm.app.live.story_money import money_sheet
from hfabm.state.codes import Effort, Need, Origin, SupportMethod
from hfabm.state.papers import Decision, Reckoning

EVERY_NIGHT = 366.0
"""Nights a year beyond which support never costs less."""
TURN = 0.1
"""Change of an effort, of what is planned, from which it is told as an event."""


def municipality_story(scene: Scene, row: int) -> Story:
    """The story of a municipality."""
    world = scene.world
    rows = np.flatnonzero(world.decisions.municipality_row == row).tolist()
    decisions = [scene.model.one(Decision, d) for d in rows]
    sheets = []
    if decisions:
        last = decisions[-1]
        sheets += [_sums(scene, row, last), _decided(scene, last)]
    if scene.week >= 0:
        sheets.append(money_sheet(scene, row))
    return Story(
        kind=Kind.MUNICIPALITY,
        row=row,
        day=scene.model.today,
        heading=scene.name(Kind.MUNICIPALITY, row),
        facts=tuple(_facts(scene, row, decisions)),
        events=tuple(_events(scene, decisions)),
        sheets=tuple(sheets),
        notes=(Line("note_sums"),) if decisions else (),
        see=scene.see(
            *((Kind.TEAM, t) for t in np.flatnonzero(world.teams.municipality_row == row)),
            *((Kind.CARETAKER, k) for k in np.flatnonzero(world.social_caretakers.municipality_row == row)),
            *((Kind.SHELTER, s) for s in np.flatnonzero(world.shelters.municipality_row == row)),
            *((Kind.LANDLORD, o) for o in np.flatnonzero(world.landlords.municipality_row == row)),
        ),
    )


def _facts(scene: Scene, row: int, decisions: list[Decision]) -> Iterator[Fact]:
    us = scene.world.municipalities
    yield Fact("adults", Amount(int(us.adults[row]), "persons"))
    if last_figures(scene.model) is not None:
        record = scene.model.recorder
        for name in ("homeless", "own_home", "open_referrals", "others_waiting", "refused", "declined"):
            yield Fact(f"figure_{name}", Amount(int(record.series(name, row)[-1])))
    yield Fact("housing_first_share", Amount(float(us.housing_first_share[row]), "share"))
    yield Fact("refers_after", Amount(float(us.refers_after_weeks[row]), "weeks"))
    if us.guarantee_weeks[row] > 0.0:
        yield Fact("guarantee", Amount(float(us.guarantee_weeks[row]), "weeks"))
    if not decisions:
        return
    last = decisions[-1]
    yield Fact("budget_of", scene.on(last.week))
    limit = Amount(last.limit_days, "days") if last.limit_days >= 0 else Line("days_not_counted")
    yield Fact("limit_days", limit)
    yield Fact("expected_wait", Amount(last.wait_weeks, "weeks"))
    yield Fact("expected_home", Amount(last.home_weeks, "weeks"))
    yield Fact("commitment", Amount(last.commitment, "share"))
    yield Fact("sensitivity", Amount(last.sensitivity, "dkk_year"))


Sums = tuple[tuple[str, Callable[[Reckoning], Value]], ...]
SUMS: Sums = (
    ("sum_people", lambda r: Amount(r.people)),
    ("sum_nights", lambda r: Amount(r.nights)),
    ("sum_beyond", lambda r: Amount(r.beyond)),
    ("sum_seen", lambda r: Amount(r.seen)),
    ("sum_night", lambda r: Amount(r.night_dkk, "dkk")),
    ("sum_homeless", lambda r: Amount(r.homeless_dkk, "dkk")),
    ("sum_method", lambda r: word(SupportMethod, r.method)),
    ("sum_support", lambda r: Amount(r.support_dkk, "dkk")),
    ("sum_refund", lambda r: Amount(-r.refund_dkk, "dkk")),
    ("sum_allocation", lambda r: Amount(r.allocation_dkk, "dkk")),
    ("sum_relapse", lambda r: Amount(r.relapse_dkk, "dkk")),
    ("sum_held", lambda r: Amount(r.held, "share")),
    ("sum_home", lambda r: Amount(r.support_dkk - r.refund_dkk + r.allocation_dkk + r.relapse_dkk, "dkk")),
    ("sum_gain", lambda r: Amount(r.gain_dkk_year, "dkk_signed")),
    ("sum_break_even", lambda r: Amount(r.break_even_nights) if r.break_even_nights <= EVERY_NIGHT else Line("never")),
    ("sum_alone", lambda r: Amount(1.0 + r.leans, "share")),
    ("sum_target", lambda r: Amount(r.target, "share")),
    ("sum_effort", lambda r: Amount(r.effort, "share")),
)
"""The lines of a quarter's sums: label and value."""


def _sums(scene: Scene, row: int, decision: Decision) -> Sheet:
    table = scene.world.reckonings
    rows = np.flatnonzero((table.municipality_row == row) & (table.week == decision.week)).tolist()
    kinds = [scene.model.one(Reckoning, r) for r in rows]
    kinds = [kind for kind in kinds if kind.people] or kinds
    columns = [Line("sum_kind", {"need": word(Need, k.need), "origin": word(Origin, k.origin)}) for k in kinds]
    title = Line("sums_of", {"day": scene.on(decision.week), "years": Amount(decision.horizon_years, "years")})
    lines = tuple((Line(label), tuple(value(kind) for kind in kinds)) for label, value in SUMS)
    return Sheet(title, (Line("sum_what"), *columns), lines)


DECIDED: Mapping[Effort, Callable[[Decision], tuple[float, Value]]] = {
    Effort.HOUSING: lambda d: (d.effort_housing, Amount(d.allocation_share, "share", 1)),
    Effort.CTI: lambda d: (d.effort_cti, Amount(d.workers_cti, "count", 1)),
    Effort.ICM: lambda d: (d.effort_icm, Amount(d.workers_icm, "count", 1)),
    Effort.ACT: lambda d: (d.effort_act, Amount(d.workers_act, "count", 1)),
    Effort.CARETAKERS: lambda d: (d.effort_caretakers, Amount(d.caretakers, "count", 1)),
    Effort.PREVENTION: lambda d: (d.effort_prevention, Amount(d.prevention, "share", 1)),
}
"""What is done of what was planned, and the decision it leads to."""


DECIDED_LABELS = {
    Effort.HOUSING: "decided_homes",
    Effort.CTI: "decided_cti",
    Effort.ICM: "decided_icm",
    Effort.ACT: "decided_act",
    Effort.CARETAKERS: "decided_caretakers",
    Effort.PREVENTION: "decided_prevention",
}


def _decided(scene: Scene, decision: Decision) -> Sheet:
    columns = (Line("decided_what"), Line("decided_effort"), Line("decided_now"))
    rows: list[tuple[Line, tuple[Value, ...]]] = []
    for effort, of in DECIDED.items():
        share, now = of(decision)
        rows.append((Line(DECIDED_LABELS[effort]), (Amount(share, "share"), now)))
    for need in Need:
        asked = getattr(decision, f"detour_{need.name.lower()}")
        rows.append((Line("decided_detour", {"need": word(Need, need)}), ("", Amount(asked, "share", 1))))
        worth = getattr(decision, f"worth_{need.name.lower()}")
        rows.append((Line("decided_worth", {"need": word(Need, need)}), ("", Amount(worth, "dkk_year"))))
    rows.append((Line("decided_private"), ("", Amount(decision.private_places, "count", 1))))
    return Sheet(Line("decided_on", {"day": scene.on(decision.week)}), columns, tuple(rows))


def _events(scene: Scene, decisions: list[Decision]) -> Iterator[Event]:
    """Quarters in which the limit of the refund or an effort changed by much since it was last told."""
    told: dict[Effort, float] = {}
    limit: int | None = None
    for decision in decisions:
        if limit is not None and decision.limit_days != limit:
            days: Value = Amount(decision.limit_days, "days")
            line = Line("limit_now", {"days": days}) if decision.limit_days >= 0 else Line("limit_gone")
            yield scene.event(decision.week, line)
        limit = decision.limit_days
        for effort, of in DECIDED.items():
            share, _ = of(decision)
            before = told.setdefault(effort, share)
            if abs(share - before) >= TURN:
                told[effort] = share
                key = "effort_raised" if share > before else "effort_lowered"
                values: dict[str, Value] = {
                    "what": word(Effort, effort), "before": Amount(before, "share"), "now": Amount(share, "share"),
                }  # fmt: skip
                yield scene.event(decision.week, Line(key, values))
