"""What the map is sent: every dwelling once, every person without a home once, in either language."""

from __future__ import annotations

import numpy as np
import pytest

from app.live.live_runs import live
from hfabm.app.live.frame import OUTSIDE, Cell
from hfabm.app.live.marks import Mark
from hfabm.app.live.run import LiveRun
from hfabm.app.watch import curves
from hfabm.app.watch.drawing import of_frame, of_town
from hfabm.language import Language


@pytest.fixture(scope="module")
def run() -> LiveRun:
    return live(60)


@pytest.mark.parametrize("language", list(Language))
def test_the_town_is_sent_whole(run: LiveRun, language: Language) -> None:
    plan = run.plan()

    sent = of_town(plan, language)

    assert len(sent["xy"]) == 8 * plan.places
    assert len(sent["estate"]) == 2 * plan.places
    assert len(sent["estates"]) == len(plan.estates)
    assert all(one["label"] for one in sent["estates"])
    assert len(sent["palette"]) == len(sent["shapes"]) == len(sent["state_labels"]) == len(Cell)
    assert len(set(sent["shapes"])) >= len(Cell) - 1  # colour never tells alone; ordinary and at risk differ in it most
    assert len(sent["mark_labels"]) == len(sent["mark_colours"]) == len(Mark)


def test_a_frame_is_sent_with_all_its_people(run: LiveRun) -> None:
    frame, plan = run.frame(), run.plan()

    sent = of_frame(frame, plan, Language.EN)

    assert len(sent["states"]) == frame.dwellings
    assert sum(sent["lane_counts"]) * 4 == len(sent["lane_people"])
    assert sent["lane_counts"] == [len(frame.outside[place.name]) // 4 for place in OUTSIDE]
    pairs = np.frombuffer(sent["marks"], "<u4").reshape(-1, 2)
    assert set(pairs[:, 1].tolist()) <= set(range(len(Mark)))
    assert len(pairs) == sum(len(rows) // 4 for rows in frame.marks.values())
    assert str(sum(sent["lane_counts"])) in sent["title"]


def test_curves_are_the_models_own_numbers(run: LiveRun) -> None:
    figures = run.figures()

    made = curves.homeless(figures, (), Language.EN)

    assert [row[0] for row in made["rows"]] == [one.day.isoformat() for one in figures]
    assert [row[1] for row in made["rows"]] == [one.values["homeless"] for one in figures]


def test_flows_are_summed_over_a_year(run: LiveRun) -> None:
    figures = run.figures()

    made = curves.money(figures, Language.DA)

    spent = sum(one.values["municipal_cost"] for one in figures[-52:]) / 52 * 365.25 / 7 / 1e6
    assert made["rows"][-1][1] == pytest.approx(spent, abs=2e-3)


def test_a_long_run_is_thinned_and_keeps_its_end(run: LiveRun) -> None:
    places = curves._places(833)

    assert places[-1] == 832
    assert len(places) <= curves.POINTS


def test_before_the_first_week_there_is_nothing_to_draw() -> None:
    for name in ("places", "homes", "waiting", "money"):
        made = getattr(curves, name)((), Language.EN)
        assert made["rows"] == []
        assert made["summary"].startswith("No week has passed yet")
