"""The housing network: who lives next to whom, and which landlords know each other.

Dwellings of one stairwell know each other; stairwells of an estate form a ring with a few chords, along
which single dwellings know each other.  Built with networkx, kept as compressed sparse rows (`start`,
`neighbour`), seen again as a networkx graph or as a Mesa `Network`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx

Rows = NDArray[np.int32]


@dataclass(slots=True)
class Links:
    """An undirected graph as compressed sparse rows: node i knows neighbour[start[i]:start[i + 1]]."""

    start: Rows
    neighbour: Rows

    @classmethod
    def of(cls, graph: networkx.Graph[int], nodes: int) -> Links:
        """From a networkx graph whose nodes are 0 to `nodes` - 1."""
        degree = np.zeros(nodes + 1, np.int32)
        for node, knows in graph.adjacency():
            degree[node + 1] = len(knows)
        start = np.cumsum(degree, dtype=np.int32)
        neighbour = np.empty(int(start[-1]), np.int32)
        for node, knows in graph.adjacency():
            neighbour[start[node] : start[node + 1]] = sorted(knows)
        return cls(start, neighbour)

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.start) - 1

    def of_node(self, node: int) -> Rows:
        """Neighbours of one node."""
        return self.neighbour[self.start[node] : self.start[node + 1]]

    def graph(self) -> networkx.Graph[int]:
        """The same as a networkx graph."""
        import networkx

        graph: networkx.Graph[int] = networkx.Graph()
        graph.add_nodes_from(range(self.nodes))
        for node in range(self.nodes):
            graph.add_edges_from((node, int(other)) for other in self.of_node(node) if other > node)
        return graph


def _nothing() -> Links:
    return Links(np.zeros(1, np.int32), np.zeros(0, np.int32))


@dataclass(slots=True)
class HousingNetwork:
    """Neighbours among dwellings, acquaintance among landlords, and where to draw dwellings.

    Attributes:
        homes: Neighbours; node i is dwelling row i.  New dwellings know nobody yet.
        landlords: Acquainted landlords; node i is landlord row i.
        position: x and y of each dwelling, computed once from estate and stairwell.
    """

    homes: Links = field(default_factory=_nothing)
    landlords: Links = field(default_factory=_nothing)
    position: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 2), np.float32))

    @classmethod
    def empty(cls) -> HousingNetwork:
        """Nobody knows anybody."""
        return cls()
