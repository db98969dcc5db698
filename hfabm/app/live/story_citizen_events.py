"""What happened to a citizen: homes, stays, referrals, support, notices, in the order it happened."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, word
from hfabm.app.live.story import Amount, Event, Line, Value
from hfabm.calendar import NEVER
from hfabm.engine.table import Table
from hfabm.state.codes import (
    Exit,
    Housing,
    NoticeCause,
    ReferralState,
    SupportMethod,
    TenancyEnd,
    TenancyStart,
    Track,
)

Happened = Iterator[tuple[str, Event]]


def citizen_events(scene: Scene, row: int) -> Happened:
    """Everything that happened, in no order: what it is, and the event."""
    world = scene.world
    uid = int(world.citizens.uid[row])
    yield from _arrival(scene, row)
    for tenancy in _rows_of(world.tenancies, uid):
        yield from _tenancy(scene, tenancy)
        yield from tenancy_notes(scene, tenancy)
    for stay in _rows_of(world.shelter_stays, uid):
        yield from _stay(scene, stay)
    for referral in _rows_of(world.referrals, uid):
        yield from _referral(scene, referral)
    for case in _rows_of(world.cases, uid):
        yield from _case(scene, case)
    tenant = {int(week) for week in world.tenancies.end_week[world.tenancies.citizen_uid == uid]}
    for week, what, code in scene.chronicle.citizens.get(row, ()):
        if what == "left" and week in tenant:
            continue  # the end of the tenancy tells it
        if what == "left":
            yield "left", scene.event(week, Line(f"left_{Exit(code).name.lower()}"))
        else:
            yield "stays", scene.event(week, Line(f"went_{Housing(code).name.lower()}"))


def _rows_of(table: Table, uid: int) -> list[int]:
    return [int(row) for row in np.flatnonzero(table.citizen_uid == uid)]


def _arrival(scene: Scene, row: int) -> Happened:
    c = scene.world.citizens
    week = int(c.arrived_week[row])
    key = "arrived_before" if week < 0 else "arrived"
    yield "arrived", scene.event(week, Line(key, {"place": word(Housing, int(c.arrives_as[row]))}))


def _tenancy(scene: Scene, row: int) -> Happened:
    t = scene.world.tenancies
    how, home = TenancyStart(int(t.how[row])), int(t.dwelling_row[row])
    values: dict[str, Value] = {
        "home": scene.within(Kind.DWELLING, home),
        "landlord": scene.within(Kind.LANDLORD, int(t.landlord_row[row])),
        "rent": Amount(scene.chronicle.rents[row], "dkk_month"),
        "waited": Amount(int(t.weeks_waited[row]), "weeks"),
        "homeless": Amount(int(t.weeks_homeless_before[row]), "weeks"),
    }
    yield "moved_in", scene.event(int(t.start_week[row]), Line(f"start_{how.name.lower()}", values))
    if t.end_week[row] != NEVER:
        end = TenancyEnd(int(t.end[row])).name.lower()
        weeks = Amount(int(t.end_week[row] - t.start_week[row]), "weeks")
        line = Line(f"end_{end}", {"home": values["home"], "landlord": values["landlord"], "weeks": weeks})
        yield "lost", scene.event(int(t.end_week[row]), line)


def tenancy_notes(scene: Scene, row: int) -> Happened:
    """What was noted of a tenancy: notices and how they were settled, visits, complaints."""
    for week, what, code in scene.chronicle.tenancies.get(row, ()):
        cause = f"_{NoticeCause(code).name.lower()}" if what == "notice" else ""
        yield what, scene.event(week, Line(f"noted_{what}{cause}"))


def _stay(scene: Scene, row: int) -> Happened:
    s = scene.world.shelter_stays
    first, last = int(s.first_week[row]), int(s.last_week[row])
    values: dict[str, Value] = {"place": scene.name(Kind.SHELTER, int(s.shelter_row[row]))}
    if last == NEVER:
        yield "stay", scene.event(first, Line("stay_open", values))
    else:
        values |= {"weeks": Amount(last - first + 1, "weeks"), "day": scene.on(last + 1)}
        yield "stay", scene.event(first, Line("stay_over", values))


def _referral(scene: Scene, row: int) -> Happened:
    r = scene.world.referrals
    opened, closed = int(r.opened_week[row]), int(r.closed_week[row])
    yield "referred", scene.event(opened, Line("referred", {"track": word(Track, int(r.track[row]))}))
    state = ReferralState(int(r.state[row]))
    if state is not ReferralState.OPEN:
        weeks = Amount(closed - opened, "weeks")
        yield "referral_closed", scene.event(closed, Line(f"referral_{state.name.lower()}", {"weeks": weeks}))


def _case(scene: Scene, row: int) -> Happened:
    k = scene.world.cases
    first, last = int(k.first_week[row]), int(k.last_week[row])
    method = word(SupportMethod, int(k.method[row]))
    yield "case", scene.event(first, Line("case_began", {"method": method}))
    if last != NEVER:
        weeks = Amount(max(1, last - first), "weeks")
        yield "case_ended", scene.event(last, Line("case_ended", {"method": method, "weeks": weeks}))
