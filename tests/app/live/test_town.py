"""The map: everybody has a place of their own, estates do not overlap, and the same place gives the same map."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from app.live.live_runs import live, world_of
from hfabm.app.live.layout import FLOORS, WIDE, estate_sizes
from hfabm.app.live.run import LiveRun
from hfabm.app.live.town import TownPlan
from hfabm.model import read_scenario
from hfabm.state.codes import Housing, Sector

NOTHING_BUILT = {("supply", "new_cheap"): 0.0, ("supply", "special"): 0.0}


@pytest.fixture(scope="module")
def plan() -> TownPlan:
    return live(changes=NOTHING_BUILT).plan()


@pytest.fixture(scope="module")
def odense() -> LiveRun:
    return LiveRun(read_scenario("odense"), 1)


def middles(plan: TownPlan) -> np.ndarray:
    return np.column_stack([np.frombuffer(plan.x, np.float32), np.frombuffer(plan.y, np.float32)])


def test_no_two_dwellings_share_a_cell(plan: TownPlan) -> None:
    gaps = np.abs(middles(plan)[:, None] - middles(plan)[None])

    near = (gaps < 1.0).all(axis=2)

    assert near.sum() == plan.places


def test_every_dwelling_lies_within_its_estate_and_the_map(plan: TownPlan) -> None:
    places = [plan.estates[i].place for i in np.frombuffer(plan.estate, np.uint16)]

    inside = [
        p.x <= x - 0.5 and x + 0.5 <= p.x + p.width and p.y <= y - 0.5 and y + 0.5 <= p.y + p.height
        for p, (x, y) in zip(places, middles(plan).tolist(), strict=True)
    ]

    assert all(inside)
    assert all(p.x + p.width <= plan.width and p.y + p.height <= plan.height for p in places)


def test_estates_do_not_overlap(plan: TownPlan) -> None:
    places = [estate.place for estate in plan.estates]

    overlapping = [
        (a, b)
        for i, a in enumerate(places)
        for b in places[i + 1 :]
        if a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
    ]

    assert overlapping == []


def test_neighbours_of_a_stairwell_are_drawn_side_by_side() -> None:
    run = live(changes=NOTHING_BUILT)
    d, at = world_of(run).dwellings, middles(run.plan())

    spread = [np.ptp(at[d.stairwell == stairwell], axis=0) for stairwell in np.unique(d.stairwell)]

    assert np.all(np.array(spread) <= (WIDE - 1, FLOORS - 1))


def test_estates_say_what_the_tables_say() -> None:
    run = live(changes=NOTHING_BUILT)
    e, d = world_of(run).estates, world_of(run).dwellings

    told = [(x.row, x.landlord_row, x.caretaker_row, x.dwellings) for x in run.plan().estates]

    assert told == list(
        zip(range(e.size), e.landlord_row.tolist(), e.caretaker_row.tolist(), e.dwellings.tolist(), strict=True)
    )
    assert [x.sector for x in run.plan().estates] == [Sector(int(s)) for s in d.sector[e.first_dwelling_row]]


def test_social_landlords_stand_above_private_ones(plan: TownPlan) -> None:
    social = [plan.landlords[estate.landlord_row].social for estate in plan.estates]

    tops = {kind: [e.place.y for e, s in zip(plan.estates, social, strict=True) if s == kind] for kind in (True, False)}

    assert max(tops[True]) < min(tops[False])


def test_edges_are_the_housing_network_each_once(plan: TownPlan) -> None:
    network = world_of(live(changes=NOTHING_BUILT)).network.homes

    pairs = np.frombuffer(plan.edges, np.uint32).reshape(-1, 2).tolist()

    assert {(a, b) for a, b in pairs} == {
        (a, int(b)) for a in range(network.nodes) for b in network.of_node(a) if a < b
    }
    assert len(pairs) == network.neighbour.size // 2


def test_the_map_hangs_on_the_place_alone(plan: TownPlan) -> None:
    again = live(seed=7, changes=NOTHING_BUILT).plan()

    assert pickle.loads(pickle.dumps(again)) == plan


def test_nothing_is_kept_free_where_nothing_is_built(plan: TownPlan) -> None:
    assert plan.places == plan.dwellings
    assert all(estate.row >= 0 for estate in plan.estates)


def test_dwellings_built_in_the_run_have_a_place_below_the_others() -> None:
    run = live(changes={("supply", "new_cheap"): 30.0})
    plan = run.plan()

    frame = run.step(52).frame

    ground = plan.estates[-1]
    new = middles(plan)[plan.dwellings : frame.dwellings]
    assert len(new) > 10
    assert ground.row < 0 and plan.places >= frame.dwellings
    assert len({tuple(at) for at in new.tolist()}) == len(new)
    assert np.all(new[:, 1] > middles(plan)[: plan.dwellings, 1].max())
    assert np.all(new[:, 1] < plan.height)


def test_numbers_in_estate_and_stairwell_do_not_hang_on_the_order_of_rows() -> None:
    estate, stairwell = np.array([1, 0, 1, 0, 1]), np.array([5, 3, 4, 3, 5])

    stairs, inside = estate_sizes(estate, stairwell, 2)

    assert stairs.tolist() == [1, 2]
    assert inside.tolist() == [[1, 0], [0, 0], [0, 0], [0, 1], [1, 1]]


@pytest.mark.slow
def test_odense_is_a_landscape(odense: LiveRun) -> None:
    plan = odense.plan()

    assert plan.dwellings == 25_000
    assert 1.2 < plan.width / plan.height < 1.8
    assert len({tuple(at) for at in middles(plan).tolist()}) == plan.places


@pytest.mark.slow
def test_everybody_in_odense_is_shown_once(odense: LiveRun) -> None:
    frame = odense.step(30).frame

    c, tenant = world_of(odense).citizens, world_of(odense).dwellings.tenant
    outside = np.concatenate([np.frombuffer(told, np.uint32) for told in frame.outside.values()])
    shown = np.concatenate([tenant[tenant >= 0], outside])
    assert sorted(shown.tolist()) == np.flatnonzero(c.housing < Housing.GONE).tolist()
