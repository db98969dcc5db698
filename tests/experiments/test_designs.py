"""Which points a design tries."""

from __future__ import annotations

import numpy as np
import pytest
from synthetic import homes

from hfabm.experiments.designs import chosen, size, unit_points
from hfabm.experiments.study import Choice, Design, Factor, Kind


def labels(points: list[tuple[Choice, ...]]) -> list[tuple[str, ...]]:
    return [tuple(choice.label for choice in point) for point in points]


def test_a_grid_has_every_value_with_every_other_and_the_base_first() -> None:
    factors = [homes(0, 20), Factor("b", choices=(Choice("x"), Choice("y"), Choice("z")))]

    points = labels(chosen(factors, Design(Kind.GRID)))

    assert points[0] == ("0", "x")
    assert len(points) == len(set(points)) == size(Design(Kind.GRID), factors) == 6


def test_one_at_a_time_moves_one_and_at_the_end_all() -> None:
    factors = [homes(0, 20, 40), Factor("b", choices=(Choice("x"), Choice("y")))]

    points = labels(chosen(factors, Design(Kind.ONE_AT_A_TIME)))

    assert points == [("0", "x"), ("20", "x"), ("40", "x"), ("0", "y"), ("40", "y")]


def test_one_at_a_time_takes_the_ends_of_a_range() -> None:
    factors = [Factor("a", key=("s", "a"), low=2.0, high=4.0)]

    points = labels(chosen(factors, Design(Kind.ONE_AT_A_TIME)))

    assert points == [("as it is",), ("2",), ("4",)]


@pytest.mark.parametrize("kind", [Kind.SOBOL, Kind.MORRIS])
def test_more_points_keep_those_of_fewer(kind: Kind) -> None:
    few, many = (unit_points(Design(kind, n, seed=3), 4) for n in (8, 16))

    kept = {tuple(point) for point in few}

    assert kept <= {tuple(point) for point in many}
    assert len(many) == 2 * len(few)


@pytest.mark.parametrize("kind", [Kind.SOBOL, Kind.MORRIS, Kind.LATIN_HYPERCUBE])
def test_the_seed_of_a_sample_decides_it(kind: Kind) -> None:
    first, again, other = (unit_points(Design(kind, 8, seed), 3) for seed in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first.min() >= 0.0
    assert first.max() <= 1.0


@pytest.mark.parametrize(("place", "label"), [(0.0, "0"), (0.34, "20"), (0.99, "40"), (1.0, "40")])
def test_a_place_in_a_list_of_values(place: float, label: str) -> None:
    assert homes(0, 20, 40).at(place).label == label


def test_whole_numbers_stay_whole() -> None:
    factor = Factor("a", key=("s", "a"), low=1.0, high=4.0, whole=True)

    values = {factor.at(place).value for place in np.linspace(0.0, 1.0, 50)}

    assert values == {1, 2, 3, 4}
