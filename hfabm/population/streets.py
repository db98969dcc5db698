"""The housing network of a built world, with networkx: stairwells are cliques, estates rings of stairwells."""

from __future__ import annotations

from itertools import combinations
from math import cos, pi, sin

import networkx
import numpy as np

from hfabm.engine.table import Array
from hfabm.randomness import question, uniform, week_key
from hfabm.state.network import HousingNetwork, Links
from hfabm.state.world import World

CHORD = question("streets.chord")
KNOWS = question("streets.landlord_knows")
CHORDS = 0.15
"""Share of stairwells linked across the yard; assumed."""
KNOWN_LANDLORDS = 4
"""Landlords of the same municipality that a landlord knows, besides one by chance; assumed."""


def housing_network(world: World) -> HousingNetwork:
    """Neighbours among dwellings, acquaintance among landlords, and a place for each dwelling to be drawn."""
    stairs = _stairwells(world)
    return HousingNetwork(_neighbours(world, stairs), _acquaintance(world), _positions(world, stairs))


def _stairwells(world: World) -> list[list[list[int]]]:
    """Dwelling rows by estate and stairwell."""
    estates: list[dict[int, list[int]]] = [{} for _ in range(world.estates.size)]
    for row, (estate, stairwell) in enumerate(
        zip(world.dwellings.estate_row.tolist(), world.dwellings.stairwell.tolist(), strict=True)
    ):
        estates[estate].setdefault(stairwell, []).append(row)
    return [list(estate.values()) for estate in estates]


def _neighbours(world: World, estates: list[list[list[int]]]) -> Links:
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(world.dwellings.size))
    for number, stairs in enumerate(estates):
        for stairwell in stairs:
            graph.add_edges_from(combinations(stairwell, 2))
        n = len(stairs)
        if n > 1:
            graph.add_edges_from((stairs[i][0], stairs[(i + 1) % n][-1]) for i in range(n) if n > 2 or i == 0)
        if n > 3:
            for i in range(n):
                u = uniform(week_key(1, 0), CHORD, number * 1000 + i)
                if u < CHORDS:
                    other = (i + 2 + int(u / CHORDS * (n - 3))) % n
                    graph.add_edge(stairs[i][-1], stairs[other][0])
    return Links.of(graph, world.dwellings.size)


def _acquaintance(world: World) -> Links:
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(world.landlords.size))
    for m in range(world.municipalities.size):
        ours = np.flatnonzero(world.landlords.municipality_row == m).tolist()
        if len(ours) > 1:
            near = list(range(1, min(KNOWN_LANDLORDS // 2, len(ours) - 1) + 1))
            graph.add_edges_from(
                (ours[a], ours[b]) for a, b in networkx.circulant_graph(len(ours), near).edges if a != b
            )
            for a, one in enumerate(ours):
                other = ours[int(uniform(week_key(int(world.municipalities.code[m]), 0), KNOWS, a) * len(ours))]
                if other != one:
                    graph.add_edge(one, other)
    return Links.of(graph, world.landlords.size)


def _positions(world: World, estates: list[list[list[int]]]) -> Array:
    """Estates on a grid, stairwells on a circle, dwellings up the stairs."""
    place = np.zeros((world.dwellings.size, 2), np.float32)
    side = max(1, int(len(estates) ** 0.5 + 0.999))
    for number, stairs in enumerate(estates):
        x, y = (number % side) * 3.0, (number // side) * 3.0
        for i, stairwell in enumerate(stairs):
            angle = 2.0 * pi * i / len(stairs)
            for floor, row in enumerate(stairwell):
                radius = 0.5 + 0.7 * floor / len(stairwell)
                place[row] = (x + radius * cos(angle), y + radius * sin(angle))
    return place
