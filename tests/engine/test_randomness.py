import math

import numpy as np
import pytest
from scipy import stats

from hfabm.engine.kernel import kernel
from hfabm.randomness import normal, poisson, question, uniform, week_key

DRAWS = 100_000
ASKED = question("test.randomness")
KNOWN = [
    "0x1.2e30707bd6490p-2",
    "0x1.15f86d9f319a0p-4",
    "0x1.65b28763cf037p-1",
    "0x1.621a1393234f6p-1",
    "0x1.1cfb091520f3cp-2",
    "0x1.fce07a8b0c42ep-1",
]


@kernel
def fill_uniform(key, asked, first, out):
    for i in range(len(out)):
        out[i] = uniform(key, asked, first + i)


@kernel
def fill_poisson(draws, mean, out):
    for i in range(len(out)):
        out[i] = poisson(draws[i], mean)


@kernel
def fill_normal(draws, out):
    for i in range(len(out)):
        out[i] = normal(draws[i])


def draws(seed: int = 1, week: int = 0, asked: int = ASKED, count: int = DRAWS) -> np.ndarray:
    out = np.empty(count)
    fill_uniform(week_key(seed, week), asked, 0, out)
    return out


@pytest.mark.interpreted
@pytest.mark.portable
def test_known_answers() -> None:
    # Given seeds, weeks, questions and people
    asked = [
        (1, 0, 0, 0),
        (1, 0, 0, 1),
        (1, 0, 1, 0),
        (1, 1, 0, 0),
        (2, 0, 0, 0),
        (2026, 519, 3141592653, 10**12),
    ]
    # When luck is drawn, Then it is what it has always been
    found = [uniform(week_key(seed, week), q, uid).hex() for seed, week, q, uid in asked]
    assert found == KNOWN


@pytest.mark.parametrize("seed", [1, 2, 12345])
def test_people_draw_uniformly(seed: int) -> None:
    # Given many people's draws of one week, When they are compared with the uniform, Then they agree
    drawn = draws(seed)
    assert drawn.min() >= 0.0 and drawn.max() < 1.0
    assert stats.kstest(drawn, "uniform").pvalue > 1e-3
    counts = np.histogram(drawn, 1000, (0.0, 1.0))[0]
    assert stats.chisquare(counts).pvalue > 1e-3


def test_one_persons_weeks_are_uniform() -> None:
    # Given one person's draws over many weeks, When they are counted, Then they are uniform
    drawn = [uniform(week_key(5, week), ASKED, 17) for week in range(20_000)]
    assert stats.kstest(drawn, "uniform").pvalue > 1e-3
    assert stats.chisquare(np.histogram(drawn, 100, (0.0, 1.0))[0]).pvalue > 1e-3


def test_neighbours_draw_apart() -> None:
    # Given draws of people with neighbouring numbers, When pairs are counted in a square, Then evenly
    drawn = draws()
    square = np.histogram2d(drawn[:-1:2], drawn[1::2], 20, ((0, 1), (0, 1)))[0]
    assert stats.chisquare(square.ravel()).pvalue > 1e-3


@pytest.mark.parametrize(
    "other", [{"week": 1}, {"week": 52}, {"asked": ASKED + 1}, {"asked": question("test.other")}, {"seed": 2}]
)
def test_weeks_questions_and_seeds_are_uncorrelated(other: dict[str, int]) -> None:
    # Given the same people in another week, question or run, When draws are compared, Then nothing is shared
    one, two = draws(), draws(**other)
    assert abs(np.corrcoef(one, two)[0, 1]) < 4.0 / math.sqrt(DRAWS)
    assert not np.isin(one, two).any()
    square = np.histogram2d(one, two, 20, ((0, 1), (0, 1)))[0]
    assert stats.chisquare(square.ravel()).pvalue > 1e-3


@pytest.mark.portable
def test_compiled_draws_are_the_plain_ones() -> None:
    # Given the compiled functions, When plain Python draws the same, Then every bit is the same
    count = 3000
    compiled = draws(seed=9, week=3, count=count)
    key = week_key(9, 3)
    assert compiled.tolist() == [uniform(key, ASKED, uid) for uid in range(count)]
    counts, normals = np.empty(count, np.int64), np.empty(count)
    for mean in (0.0, 0.3, 7.5, 200.0):
        fill_poisson(compiled, mean, counts)
        assert counts.tolist() == [poisson(u, mean) for u in compiled.tolist()]
    fill_normal(compiled, normals)
    assert normals.tolist() == [normal(u) for u in compiled.tolist()]


@pytest.mark.parametrize("mean", [0.05, 1.0, 12.0, 300.0])
def test_poisson_has_its_mean_and_variance(mean: float) -> None:
    # Given many draws, When counts are made of them, Then mean and variance are both the mean
    counts = np.empty(DRAWS, np.int64)
    fill_poisson(draws(seed=3), mean, counts)
    assert abs(counts.mean() - mean) < 4.0 * math.sqrt(mean / DRAWS)
    assert abs(counts.var() - mean) < 5.0 * math.sqrt((mean + 2.0 * mean**2) / DRAWS)


@pytest.mark.interpreted
@pytest.mark.portable
def test_poisson_rises_with_the_mean() -> None:
    # Given a draw, When the mean rises, Then the count never falls
    for u in (0.0, 0.1, 0.5, 0.999, 1.0 - 1e-9):
        counts = [poisson(u, mean / 4.0) for mean in range(400)]
        assert counts == sorted(counts)
    assert poisson(0.9, 0.0) == 0


@pytest.mark.interpreted
def test_poisson_of_the_last_draw_before_one_is_no_runaway() -> None:
    # Given the highest draw there is, which rounding may keep above the sum of all chances
    counts = [poisson(1.0 - 2.0**-53, mean / 4.0) for mean in range(1, 400)]
    # When counts are made of it, Then they are high but not absurd
    assert max(counts) < 250 and min(counts) > 5


@pytest.mark.interpreted
def test_normal_is_near_the_quantile() -> None:
    # Given draws all over the interval, When deviates are compared with the quantile, Then they are near
    grid = np.linspace(1e-6, 1.0 - 1e-6, 5001)
    errors = np.array([normal(u) for u in grid.tolist()]) - stats.norm.ppf(grid)
    assert np.abs(errors).max() < 5e-4
    assert math.isfinite(normal(0.0))


def test_normal_draws_are_normal() -> None:
    # Given many draws, When deviates are made of them, Then they are standard normal
    out = np.empty(DRAWS)
    fill_normal(draws(seed=4), out)
    assert stats.kstest(out, "norm").pvalue > 1e-3


@pytest.mark.interpreted
def test_questions_are_numbered_by_name_and_never_share() -> None:
    # Given two names of one number, When both are asked, Then the second is refused
    number = question("plumless")
    assert question("plumless") == number == 0x4DDB0C25
    with pytest.raises(ValueError, match="'plumless' and 'buckeroo' share the number"):
        question("buckeroo")
