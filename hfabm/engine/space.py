"""Who lives where, as a networkx graph or a Mesa `Network`, made only of the nodes that are looked at."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from mesa.discrete_space import Cell, CellCollection, Network

from hfabm.engine.table import Array

if TYPE_CHECKING:
    import networkx

_TAKES_LAYOUT = "layout" in inspect.signature(Network.__init__).parameters


@dataclass(frozen=True)
class NetworkView:
    """A network in columns, and who is at its nodes.

    Attributes:
        nodes: Number of nodes.
        start: Node i knows `neighbour[start[i]:start[i + 1]]`; nodes beyond its end know nobody.
        neighbour: Neighbours, node by node.
        positions: x and y of each node; nodes beyond its end have no place.
        occupants: The agents at a node.
    """

    nodes: int
    start: Array
    neighbour: Array
    positions: Array
    occupants: Callable[[int], Iterable[Any]]

    def neighbours(self, node: int) -> list[int]:
        """Nodes that a node knows."""
        if node + 1 >= len(self.start):
            return []
        known: list[int] = self.neighbour[self.start[node] : self.start[node + 1]].tolist()
        return known

    def position(self, node: int) -> tuple[float, float] | None:
        """Where to draw a node, if it has a place."""
        if node >= len(self.positions):
            return None
        x, y = self.positions[node].tolist()
        return x, y

    def layout(self, nodes: Iterable[int] | None = None) -> dict[int, tuple[float, float]]:
        """Where to draw the nodes that have a place, as networkx and Mesa want it."""
        placed = ((node, self.position(node)) for node in self._chosen(nodes))
        return {node: position for node, position in placed if position is not None}

    def as_networkx(self, nodes: Iterable[int] | None = None) -> networkx.Graph[int]:
        """The graph of some nodes, or all, and the links among them; `pos` says where to draw a node."""
        import networkx

        graph: networkx.Graph[int] = networkx.Graph()
        chosen = self._chosen(nodes)
        graph.add_nodes_from(chosen)
        networkx.set_node_attributes(graph, self.layout(chosen), "pos")
        for node in chosen:
            graph.add_edges_from((node, other) for other in self.neighbours(node) if other in chosen)
        return graph

    def as_mesa_network(self, model: Any, nodes: Iterable[int] | None = None) -> LiveNetwork:
        """The same as a Mesa network, with a cell for each node and its occupants of the moment."""
        return LiveNetwork(self, self.as_networkx(nodes), model.random)

    def _chosen(self, nodes: Iterable[int] | None) -> dict[int, None]:
        if nodes is None:
            return dict.fromkeys(range(self.nodes))
        chosen = dict.fromkeys(map(int, nodes))
        outside = [node for node in chosen if not 0 <= node < self.nodes]
        if outside:
            raise ValueError(f"there are {self.nodes} nodes, counted from 0: {outside[0]} is none of them")
        return chosen


class LiveCell(Cell):  # type: ignore[misc]
    """A node of a Mesa network whose occupants are looked up whenever somebody asks."""

    def __init__(
        self,
        view: NetworkView,
        coordinate: int,
        capacity: int | None = None,
        random: Random | None = None,
        position: object = None,
    ) -> None:
        self.view = view
        super().__init__(coordinate, capacity=capacity, random=random)
        # older Mesa knows no positions
        place = view.position(coordinate)
        self.position = None if place is None else np.array(place)

    @property
    def _agents(self) -> list[Any]:
        return list(self.view.occupants(self.coordinate))

    @_agents.setter
    def _agents(self, agents: list[Any]) -> None:
        pass

    def add_agent(self, agent: Any) -> None:
        """Refused: rules move people."""
        raise TypeError("this network only shows who lives where: rules move people")

    remove_agent = add_agent


class LiveNetwork(Network):  # type: ignore[misc]
    """A Mesa network that shows who is where at the moment."""

    def __init__(self, view: NetworkView, graph: networkx.Graph[int], random: Random) -> None:
        self.view = view
        self.layout = view.layout(graph)
        # without a layout of its own, Mesa would compute one, which takes minutes for a town
        layout = {"layout": self.layout} if _TAKES_LAYOUT else {}
        super().__init__(graph, random=random, cell_klass=functools.partial(LiveCell, view), **layout)

    @property
    def all_cells(self) -> Any:
        """All cells, with their occupants of the moment."""
        return CellCollection({cell: cell.agents for cell in self._cells.values()}, random=self.random)
