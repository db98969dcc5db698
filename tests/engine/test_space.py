import time

import numpy as np
import pytest
from mesa.discrete_space import Network
from town import Home, Person, Town

from hfabm.engine.face import ColumnModel
from hfabm.engine.space import NetworkView

pytestmark = pytest.mark.interpreted


@pytest.fixture
def model() -> ColumnModel:
    return ColumnModel(Town(6), rng=2)


@pytest.fixture
def ring(model: ColumnModel) -> NetworkView:
    """Five homes in a ring, and a sixth that knows nobody and lies nowhere."""
    neighbour = np.array([1, 4, 0, 2, 1, 3, 2, 4, 3, 0], np.int32)
    positions = np.array([[0, 0], [1, 0], [2, 1], [1, 2], [0, 1]], np.float32)
    homes = model.world.relations["Home"]

    def occupants(node: int) -> list[Person]:
        return [model.one(Home, node).person] if homes.notice_week[node] < 0 else []

    return NetworkView(6, np.arange(0, 11, 2, np.int32), neighbour, positions, occupants)


def test_the_graph_is_the_network(ring: NetworkView) -> None:
    # Given a ring, When it is seen as a graph, Then nodes, links and places are there
    graph = ring.as_networkx()
    assert list(graph) == [0, 1, 2, 3, 4, 5]
    assert sorted(map(sorted, graph.edges)) == [[0, 1], [0, 4], [1, 2], [2, 3], [3, 4]]
    assert graph.nodes[2]["pos"] == (2.0, 1.0)
    assert "pos" not in graph.nodes[5]


def test_a_part_of_the_graph_has_the_links_within(ring: NetworkView) -> None:
    # Given some nodes, When their graph is made, Then links to others are left out
    graph = ring.as_networkx(np.array([4, 0, 2]))
    assert list(graph) == [4, 0, 2]
    assert list(map(set, graph.edges)) == [{0, 4}]
    with pytest.raises(ValueError, match="6 nodes, counted from 0: 6 is none"):
        ring.as_networkx([1, 6])


def test_the_mesa_network_shows_who_is_where(model: ColumnModel, ring: NetworkView) -> None:
    # Given the network, When Mesa sees it, Then cells have places, neighbours and occupants
    network = ring.as_mesa_network(model)
    assert isinstance(network, Network)
    assert len(network.all_cells) == 6
    assert network[1].agents == [model.one(Person, 4)]
    assert {cell.coordinate for cell in network[1].neighborhood} == {0, 2}
    assert network[3].position.tolist() == [1.0, 2.0]
    assert network.layout[3] == (1.0, 2.0) and 5 not in network.layout
    assert list(network.agents) == [model.one(Home, node).person for node in range(6)]


def test_occupants_are_those_of_the_moment(model: ColumnModel, ring: NetworkView) -> None:
    # Given the network of some nodes
    network = ring.as_mesa_network(model, [0, 1])
    assert len(network.agents) == 2 and len(network.empties) == 0
    # When somebody loses the home, Then the cell is empty at once
    model.world.relations["Home"].arrays["notice_week"][1] = 3
    assert network[1].agents == [] and network[1].is_empty
    assert len(network.agents) == 1
    assert [cell.coordinate for cell in network.empties] == [1]
    assert network[0].neighborhood.cells == [network[1]]


def test_nobody_is_moved_through_it(model: ColumnModel, ring: NetworkView) -> None:
    # Given a cell, When somebody is put there, Then it says who moves people
    cell = ring.as_mesa_network(model, [0])[0]
    for change in (cell.add_agent, cell.remove_agent):
        with pytest.raises(TypeError, match="rules move people"):
            change(model.one(Person, 0))


def test_only_the_nodes_asked_for_are_made(model: ColumnModel) -> None:
    # Given a large network
    nodes = 200_000
    asked: list[int] = []
    start = np.arange(0, 2 * nodes + 1, 2, dtype=np.int32)
    ids = np.arange(nodes)
    neighbour = np.column_stack([(ids - 1) % nodes, (ids + 1) % nodes]).astype(np.int32).ravel()
    view = NetworkView(nodes, start, neighbour, np.zeros((nodes, 2)), lambda node: asked.append(node) or [])
    # When a few nodes are seen, Then only they are made and asked for, at once
    begun = time.perf_counter()
    network = view.as_mesa_network(model, range(100, 110))
    assert list(network.agents) == []
    assert len(network.all_cells) == 10 and network.G.number_of_edges() == 9
    assert set(asked) == set(range(100, 110))
    assert time.perf_counter() - begun < 1.0
