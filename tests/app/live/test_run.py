"""A live run can be stepped, looked at and gone on with, and is the model's own run."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from small import columns, differing

from app.live.live_runs import END, LEVERS, VILLAGE, WEEKS, live, seen, world_of
from hfabm import evidence
from hfabm.app.live.names import Kind
from hfabm.app.live.run import Counted, LiveRun
from hfabm.app.live.search import Match
from hfabm.model import HousingFirstModel, read_scenario
from hfabm.parameters.scenario import Scenario


def test_many_weeks_at_once_are_the_same_as_one_by_one() -> None:
    stepped, jumped = live(), live()

    singly = [stepped.step() for _ in range(40)]
    at_once = jumped.step(40)

    assert at_once.frame == singly[-1].frame
    assert [week for step in singly for week in step.passed] == list(at_once.passed)
    assert at_once.frame.states == singly[-1].frame.states
    assert differing(world_of(stepped), world_of(jumped)) == []


def test_looking_changes_nothing() -> None:
    looked_at = live(30)
    for kind in Kind:
        looked_at.tell(kind, 0)
    looked_at.find("7")
    looked_at.frame()
    looked_at.step(30)

    model = HousingFirstModel(looked_at._model.policy, rng=1, town=VILLAGE)
    for _ in range(60):
        model.step()

    assert differing(columns(model.world), columns(world_of(looked_at))) == []


def test_there_is_no_week_beyond_the_end() -> None:
    run = live(WEEKS - 3)

    last = run.step(10)
    after = run.step(5)

    assert [week.week for week in last.passed] == [WEEKS - 3, WEEKS - 2, WEEKS - 1]
    assert run.done and last.frame.done
    assert run.day == date(2025, 12, 22) and run.last_day == END
    assert after.passed == () and after.frame == last.frame


def test_figures_can_be_asked_for_again_from_any_week() -> None:
    run = live(20)

    assert [week.week for week in run.figures(17)] == [17, 18, 19]
    assert [week.day for week in run.figures(19)] == [run.day]


def test_what_comes_out_can_be_pickled() -> None:
    run = live(30)

    out = [run.plan(), run.step(), run.observed(), run.find("borger 7"), run.figures()]
    out += [run.tell(kind, 0) for kind in Kind]

    assert pickle.loads(pickle.dumps(out)) == out


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    one, same, other = live(40), live(40), live(40, seed=2)

    assert one.frame() == same.frame()
    assert one.frame().states != other.frame().states


def test_a_made_up_place_has_no_observed_counts() -> None:
    assert live().observed() == []


@pytest.mark.slow
def test_odense_has_its_published_counts_within_the_horizon() -> None:
    whole = read_scenario("odense")
    some = Scenario("short", "odense", date(2010, 1, 4), date(2015, 12, 31))

    told = LiveRun(whole, 1).observed()
    short = LiveRun(some, 1).observed()

    assert {c.year: c.count for c in told} == evidence.observed_counts("Odense")
    assert told[0] == Counted("Odense", 2009, date(2009, 2, 2), 208, "P5.007")
    assert all(evidence.cite(c.source).scope == "Odense" for c in told if c.source.startswith("P"))
    assert [c.year for c in short] == [2011, 2013, 2015]


def found(text: str) -> list[tuple[Kind, int]]:
    return [(match.kind, match.row) for match in seen().find(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("borger 12", (Kind.CITIZEN, 12)),
        ("Citizen 12", (Kind.CITIZEN, 12)),
        ("hjem 55", (Kind.DWELLING, 55)),
        ("home #55", (Kind.DWELLING, 55)),
        ("afdeling 2", (Kind.ESTATE, 1)),
        ("boligorganisation 2", (Kind.LANDLORD, 1)),
        ("privat udlejer 2", (Kind.LANDLORD, 4)),
        ("vicevært 2", (Kind.CARETAKER, 1)),
        ("ACT", (Kind.TEAM, 3)),
        ("§ 110-boform 2", (Kind.SHELTER, 1)),
        ("herberg", (Kind.SHELTER, 0)),
        ("village", (Kind.MUNICIPALITY, 0)),
    ],
)
def test_a_word_and_a_number_find_what_they_mean(text: str, first: tuple[Kind, int]) -> None:
    assert found(text)[0] == first


def test_a_bare_number_can_mean_several_things() -> None:
    kinds = [kind for kind, _ in found("1")]

    assert set(kinds) == set(Kind) - {Kind.MUNICIPALITY}


@pytest.mark.parametrize("text", ["", "   ", "borger 999999", "xyz", "§"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    assert found(text) == []


def test_no_more_is_found_than_can_be_shown() -> None:
    matches: list[Match] = seen().find("bolig")

    assert len(matches) == 20


def test_who_is_not_there_has_no_story() -> None:
    run = live(changes=LEVERS)

    with pytest.raises(IndexError, match="there is no citizen 100000"):
        run.tell("citizen", 100_000)
    with pytest.raises(ValueError, match="ghost"):
        run.tell("ghost", 0)
