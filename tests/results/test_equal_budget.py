"""Packages are scaled by their lever until they cost the same, in few runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from hfabm.model import HousingFirstModel
from hfabm.parameters.declare import BEGINNING, declarations
from hfabm.parameters.faults import ScenarioError
from hfabm.parameters.scenario import Scenario, Steps
from hfabm.population.hamlet import HAMLET
from hfabm.results.appraisal import Appraisal, EqualBudget, appraise
from hfabm.results.compare import Replica, replica
from hfabm.results.equal_budget import CLOSE, MOST_TRIES, BudgetError, scaled
from hfabm.results.lever import Lever, levers
from hfabm.schedule import SECTIONS

START, LATER, END = date(2009, 1, 5), date(2009, 7, 6), date(2010, 12, 26)
BASE = Scenario(title="Hamlet", place="odense", start=START, end=END)
DECLARED = {d.key: d for s, cls in SECTIONS.items() for d in declarations(s, cls)}


def package(title: str, key: str, value: Any, **more: Any) -> Scenario:
    section, _, name = key.partition(".")
    laid = Scenario(title=title, place="odense", start=START, end=END, scales_by=key, **more)
    return laid.with_changes({(section, name): ((LATER, value),)})


def lever(key: str, *values: Any, base: Any = 0.0) -> Lever:
    """A lever that has one value after another, a year each."""
    years = [START, *(date(2010 + k, 1, 1) for k in range(len(values)))]
    return Lever(DECLARED[key], ((START, base),), tuple(zip(years, (base, *values), strict=True)))


def last(steps: Steps) -> float:
    return float(steps[-1][1])


# ---------------------------------------------------------------------------------------------- levers


def test_a_scale_moves_every_step_from_the_base_to_the_package_and_beyond() -> None:
    cheap = lever("supply.new_cheap", 20.0, 50.0, base=10.0)

    assert cheap.at(0.0) == ((BEGINNING, 10.0),)
    assert cheap.at(0.5) == ((BEGINNING, 10.0), (date(2010, 1, 1), 15.0), (date(2011, 1, 1), 30.0))
    assert cheap.at(1.0) == ((BEGINNING, 10.0), (date(2010, 1, 1), 20.0), (date(2011, 1, 1), 50.0))
    assert cheap.at(2.0)[-1] == (date(2011, 1, 1), 90.0)


def test_whole_numbers_stay_whole() -> None:
    days = lever("refund_law.shelter_days", 60, base=90)

    assert [last(days.at(scale)) for scale in (0.5, 0.51, 1.0)] == [75.0, 75.0, 60.0]
    assert all(isinstance(value, int) for _, value in days.at(0.3))


def test_a_scale_ends_where_the_first_value_leaves_its_range() -> None:
    share = lever("municipality.allocation_share", 0.5, 0.3, base=0.2)

    assert share.most == pytest.approx((1.0 - 0.2) / (0.5 - 0.2))
    assert max(value for _, value in share.at(share.most)) == 1.0
    assert lever("supply.cheap_lost", 0.005, base=0.0125).most == pytest.approx(0.0125 / 0.0075)


def test_a_lever_is_what_the_package_names_or_the_call() -> None:
    more = package("More", "supply.new_cheap", 5.0).with_changes({("supply", "rent_cut"): ((LATER, 3.0),)})

    own = levers(BASE, {"more": more}, {}, SECTIONS)["more"]
    told = levers(BASE, {"more": more}, {"more": "supply.rent_cut"}, SECTIONS)["more"]

    assert (own.declared.key, own.package) == ("supply.new_cheap", ((START, 0.0), (LATER, 5.0)))
    assert told.declared.key == "supply.rent_cut"


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("supply.special", "'More' does not change it. Choose one that it moves: supply.new_cheap."),
        ("supply.none", "there is no such parameter"),
        ("refund_law.prevention", "cannot be scaled"),
        ("", "does not say by which lever"),
    ],
)
def test_a_lever_that_the_package_does_not_move_is_refused(key: str, wrong: str) -> None:
    more = package("More", "supply.new_cheap", 5.0).with_changes({("refund_law", "prevention"): True})

    with pytest.raises(ScenarioError) as refused:
        levers(BASE, {"more": more}, {"more": key}, SECTIONS)

    assert wrong in str(refused.value)


# ---------------------------------------------------------------------------- scaling, on made-up costs


def costing(
    curve: Callable[[float], float], noise: tuple[float, ...] = (0.0, 0.0, 0.0)
) -> Callable[[Steps], list[float]]:
    """Cost of the last value of a lever, with what each seed adds."""
    return lambda steps: [curve(last(steps)) + more for more in noise]


@pytest.mark.parametrize(
    ("curve", "budget"),
    [
        (lambda x: 100_000.0 * x, 700_000.0),
        (lambda x: 100_000.0 * x, 9_000_000.0),
        (lambda x: 40_000.0 * x**1.5, 3_000_000.0),
        (lambda x: -100_000.0 * x, -250_000.0),
        (lambda x: 100_000.0 * x - 500_000.0 * (x > 0.0), 0.0),
        (lambda x: 1e6 * np.sin(x / 10.0) + 1e4 * x, 700_000.0),
        (lambda x: -1e8 / x if x else 0.0, -4_000_000.0),
        (lambda x: -1e8 / x if x else 0.0, -15_000_000.0),
    ],
    ids=["smaller", "much larger", "curved", "savings", "neutral", "not monotone", "milder cap", "harsher cap"],
)
def test_the_budget_is_met_in_few_runs(curve: Callable[[float], float], budget: float) -> None:
    found = scaled(lever("supply.new_cheap", 10.0), costing(curve), [budget] * 3, 1_000.0)

    assert found.reached == "met"
    assert abs(found.cost - budget) <= max(CLOSE * abs(budget), 1_000.0)
    assert found.cost == pytest.approx(curve(last(found.lever.at(found.scale))))
    assert found.tries <= MOST_TRIES
    assert found.written == pytest.approx(curve(10.0))


def test_a_package_that_costs_the_budget_is_left_as_it_is() -> None:
    found = scaled(lever("supply.new_cheap", 10.0), costing(lambda x: 1e5 * x), [1e6] * 3, 1_000.0)

    assert (found.scale, found.tries) == (1.0, 2)
    assert last(found.lever.at(found.scale)) == 10.0


def test_values_that_come_to_the_same_are_run_once() -> None:
    asked: list[float] = []

    def cost(steps: Steps) -> list[float]:
        asked.append(last(steps))
        return [1e6 * (90.0 - last(steps))]

    found = scaled(lever("refund_law.shelter_days", 80, base=90), cost, [24.4e6], 1_000.0)

    assert len(asked) == len(set(asked)) == found.tries
    assert last(found.lever.at(found.scale)) == 66.0


def test_steps_too_coarse_for_the_budget_are_said() -> None:
    found = scaled(lever("refund_law.shelter_days", 80, base=90), costing(lambda x: 1e6 * (90 - x)), [3.4e6] * 3, 1.0)

    assert last(found.lever.at(found.scale)) == 87.0
    assert found.reached == "missed"


def test_a_miss_smaller_than_its_error_is_within_noise() -> None:
    """The seeds differ by 600,000 from one to the next, so their mean is known to 346,410 only."""
    cost = costing(lambda x: 1e6 * (90 - x), noise=(-6e5, 0.0, 6e5))

    found = scaled(lever("refund_law.shelter_days", 80, base=90), cost, [3.3e6] * 3, 1.0)

    assert found.error == pytest.approx(6e5 / np.sqrt(3))
    assert found.reached == "within noise"


def test_a_budget_beyond_both_ends_is_refused_with_what_they_cost() -> None:
    share = lever("municipality.allocation_share", 0.5, base=0.25)

    with pytest.raises(BudgetError) as refused:
        scaled(share, costing(lambda x: 4e6 * x - 1e6), [9e6] * 3, 1_000.0)

    said = str(refused.value)
    assert "At 0.25 share, as the base has it, it adds 0;" in said
    assert "at 1, the end of the range 0 to 1, it adds 3 m" in said
    assert "add 9 m DKK a year" in said


def test_a_sum_that_only_the_reverse_of_the_package_saves_is_refused() -> None:
    with pytest.raises(BudgetError, match="no value makes the package add -1 m DKK"):
        scaled(lever("supply.new_cheap", 10.0), costing(lambda x: 1e5 * x), [-1e6] * 3, 1_000.0)


# ------------------------------------------------------------------------------------------ in the hamlet


def run(scenario: Scenario) -> list[Replica]:
    """Two seeds of the hamlet, counted from the day on which packages begin."""
    return [replica(HousingFirstModel(scenario, rng=seed, town=HAMLET).run(), LATER) for seed in (1, 2)]


def appraised(*packages: Scenario, budget: float | None = None) -> Appraisal:
    named = {p.title: p for p in packages}
    moved = named if budget is not None else dict(list(named.items())[1:])
    return appraise(BASE, named, run, LATER, EqualBudget(levers(BASE, moved, {}, SECTIONS), budget))


def test_two_sizes_of_one_package_come_to_the_same() -> None:
    small, large = package("small", "prices.shelter", 2000.0), package("large", "prices.shelter", 3000.0)

    found = appraised(small, large)

    first, second = found.packages
    assert first.scaled is None and second.scaled is not None
    assert second.scaled.target == found.budget
    assert 0.0 < second.scaled.scale < 1.0
    assert second.scaled.reached in ("met", "within noise")
    costs = [p.comparison.effects.set_index("metric").loc["public_cost_per_year", "difference"] for p in found.packages]
    assert costs == pytest.approx([second.scaled.target, second.scaled.cost])


def test_what_else_a_package_changes_stays_as_it_is() -> None:
    both = package("both", "prices.shelter", 3000.0).with_changes({("supply", "special"): ((LATER, 4.0),)})

    only = appraised(both, budget=200_000.0).packages[0]

    changes = {change.key: (change.day, change.new) for change in only.changes}
    assert changes["supply.special"] == (LATER, 4.0)
    assert changes["prices.shelter"][0] == LATER and changes["prices.shelter"][1] != 3000.0
    assert ("supply", "special") in only.scenario.changes


def test_an_unreachable_budget_names_the_package() -> None:
    with pytest.raises(BudgetError, match="^large: prices.shelter: no value"):
        appraised(package("large", "prices.shelter", 3000.0), budget=1e12)


def test_the_appraisal_says_what_was_scaled() -> None:
    said = appraised(package("large", "prices.shelter", 3000.0), budget=100_000.0).as_json()

    scaled = said["packages"][0]["scaled"]
    assert said["budget_dkk_year"] == scaled["target_dkk_year"] == 100_000.0
    assert [step["written"] for step in scaled["course"]] == [1507.0, 3000.0]
    assert 1507.0 < scaled["course"][1]["scaled"] < 3000.0
    assert said["packages"][0]["changes"][0]["new"] == scaled["course"][1]["scaled"]
