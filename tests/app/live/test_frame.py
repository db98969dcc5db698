"""A frame shows what the tables say, counted here again by other means."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from small import Tiny

from app.live.live_runs import live, rows, seen, world_of
from hfabm.app.live.figures import PAYERS
from hfabm.app.live.frame import Cell, Frame, cells, in_trouble
from hfabm.app.live.marks import Mark, marked
from hfabm.app.live.run import LiveRun
from hfabm.calendar import MONTHS_PER_WEEK
from hfabm.state.codes import NOBODY, Housing, NoticeCause, TenancyEnd, TenancyStart
from hfabm.state.world import World


@pytest.fixture(scope="module")
def run() -> LiveRun:
    return live(80)


@pytest.fixture(scope="module")
def frame(run: LiveRun) -> Frame:
    return run.frame()


def states(frame: Frame) -> np.ndarray:
    return np.frombuffer(frame.states, np.uint8)


def cell_of(world: World, dwelling: int, price_level: float) -> Cell:
    """A dwelling's cell, one dwelling at a time."""
    d, c, t, o = world.dwellings, world.citizens, world.tenancies, world.landlords
    who = int(d.tenant[dwelling])
    if who == NOBODY:
        return Cell.CLAIMED if d.claimed_week[dwelling] > d.vacant_since_week[dwelling] else Cell.VACANT
    if who < 0:
        return Cell.ORDINARY
    tenancy = int(c.tenancy_row[who])
    owner = int(t.landlord_row[tenancy])
    rent = d.rent_dkk_month[dwelling] * price_level * MONTHS_PER_WEEK
    owed, complaints = t.arrears_dkk[tenancy], t.complaints[tenancy]
    near = owed > 0 and owed >= 0.5 * o.patience_weeks[owner] * rent
    near = near or (complaints > 0 and complaints >= 0.5 * o.tolerance[owner])
    if near or t.notice_cause[tenancy] != NoticeCause.NONE:
        return Cell.TROUBLE
    supported = c.case_row[who] >= 0 or t.how[tenancy] == TenancyStart.HOUSING_FIRST
    return Cell.SUPPORTED if supported else Cell.AT_RISK


def test_cells_agree_with_the_tables(run: LiveRun, frame: Frame) -> None:
    world, week = world_of(run), run._model.week
    assert week is not None

    again = [cell_of(world, row, week.price_level) for row in range(world.dwellings.size)]

    assert states(frame).tolist() == again
    assert set(again) == set(Cell)


def test_every_citizen_present_is_shown_exactly_once(run: LiveRun, frame: Frame) -> None:
    world = world_of(run)
    tenant = world.dwellings.tenant

    outside = np.concatenate([rows(told) for told in frame.outside.values()])
    shown = np.concatenate([tenant[states(frame) >= Cell.AT_RISK], outside])

    assert sorted(shown.tolist()) == np.flatnonzero(world.citizens.housing < Housing.GONE).tolist()


def test_citizens_outside_are_shown_where_they_are(run: LiveRun, frame: Frame) -> None:
    housing = world_of(run).citizens.housing

    there = {place: {int(h) for h in housing[rows(told)]} for place, told in frame.outside.items()}

    assert all(found <= {Housing[place]} for place, found in there.items())
    assert sum(map(bool, there.values())) >= 4


def test_estates_sum_what_is_drawn_in_them(run: LiveRun, frame: Frame) -> None:
    drawn = np.frombuffer(run.plan().estate, np.uint16)[: frame.dwellings]
    counted = Counter(zip(drawn.tolist(), states(frame).tolist(), strict=True))

    told = {name: np.frombuffer(count, np.uint16).tolist() for name, count in frame.estates.items()}

    def sums(*kinds: Cell) -> list[int]:
        return [sum(counted[estate, int(kind)] for kind in kinds) for estate in range(len(run.plan().estates))]

    assert told == {
        "vacant": sums(Cell.VACANT, Cell.CLAIMED),
        "claimed": sums(Cell.CLAIMED),
        "at_risk": sums(Cell.AT_RISK, Cell.SUPPORTED, Cell.TROUBLE),
        "supported": sums(Cell.SUPPORTED),
        "trouble": sums(Cell.TROUBLE),
    }


def test_numbers_are_the_recorders_own(run: LiveRun, frame: Frame) -> None:
    record = run._model.recorder

    own = {name: float(record.series(name)[-1]) for name in (*record.group_metrics, *record.municipal_metrics)}

    assert {name: frame.numbers[name] for name in own} == own


def test_costs_are_those_of_the_record(run: LiveRun) -> None:
    record = run._model.recorder

    for name, parties in PAYERS.items():
        told = [week.values[name] for week in run.figures()]

        assert told == pytest.approx(record.paid(parties).tolist(), rel=1e-12)


def test_marks_are_the_weeks_events_and_no_others() -> None:
    run = live(20)
    counted: Counter[str] = Counter()
    for _ in range(100):
        frame = run.step().frame
        counted.update({name: len(rows(told)) for name, told in frame.marks.items()})

        numbers = frame.numbers
        flows = {
            "placed": numbers["placed_housing_first"] + numbers["placed_staircase"],
            "lost": numbers["evicted"] + numbers["broke_down"],
            "notice": numbers["notices_served"],
        }
        assert {name: len(rows(frame.marks[name])) for name in flows} == flows
    assert all(counted[mark.value] for mark in Mark)


def test_a_complaint_is_marked_when_it_is_made_and_not_while_it_is_remembered() -> None:
    run = live(60)
    t = world_of(run).tenancies
    fading = 0
    for _ in range(20):
        before = t.complaints.copy()
        frame = run.step().frame
        marked_homes = set(rows(frame.marks["complaint"]).tolist())
        now = t.complaints[: before.size]
        rose = np.flatnonzero(now > before + 0.001)
        fell = np.flatnonzero((before > 0.0) & (now > 0.0) & ~t.disturbs[: before.size])
        fading += fell.size

        assert set(t.dwelling_row[rose].tolist()) <= marked_homes
        assert not set(t.dwelling_row[fell].tolist()) & marked_homes
    assert fading


def test_trouble_begins_at_half_of_what_the_landlord_puts_up_with() -> None:
    town = Tiny(dwellings=4)
    owed = 0.5 * 8.0 * 3000.0 * MONTHS_PER_WEEK
    tenants = [town.tenant(home=home) for home in range(4)]
    t = town.world.tenancies
    t.arrears_dkk[:2] = (owed + 1.0, owed - 1.0)
    t.complaints[2:] = (1.5, 1.4)

    found = in_trouble(town.world, np.array(tenants), 1.0)

    assert found.tolist() == [True, False, True, False]


def test_a_vacant_home_taken_when_it_stood_empty_before_is_not_taken_now() -> None:
    town = Tiny(dwellings=3)
    for home, claimed in ((0, 5), (1, 12)):
        town.vacate(home, since=10)
        town.world.dwellings.claimed_week[home] = claimed

    found = cells(town.world, 1.0)

    assert found.tolist() == [Cell.VACANT, Cell.CLAIMED, Cell.ORDINARY]


def test_a_home_lost_earlier_is_not_marked_again() -> None:
    town = Tiny(dwellings=2)
    for home, week in ((0, 10), (1, 9)):
        town.tenant(home=home)
        town.world.tenancies.end[home] = TenancyEnd.EVICTED
        town.world.tenancies.end_week[home] = week

    found = marked(town.world, 10, np.arange(0))

    assert found[Mark.LOST].tolist() == [0]


def test_before_the_first_week_there_is_a_map_and_no_figures() -> None:
    frame = live().frame()

    assert (frame.week, dict(frame.numbers), frame.done) == (-1, {}, False)
    assert Cell.AT_RISK in states(frame)
    assert not any(frame.marks[mark.value] for mark in (Mark.PLACED, Mark.LOST, Mark.NOTICE))


def test_the_last_frame_says_that_it_is() -> None:
    assert seen().frame().done
