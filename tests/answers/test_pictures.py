"""Pictures: their titles follow the numbers, their letters stay letters, and no label covers another."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from ensembles import METRIC, ranges, results_of, study_of
from matplotlib.figure import Figure
from tables import results

from hfabm.answers.analysis import Answers, analyse
from hfabm.answers.pictures.canvas import Picture, boxed, spread_labels
from hfabm.answers.words import title_of_grid
from hfabm.experiments.study import Design, Kind, Limit
from hfabm.language import Language

HOME, COST, HOMELESS = "home_years_per_year", "public_cost_per_year", "homeless_mean"


def moves(home: float, cost: float) -> Callable[[int, int, float], dict[str, float]]:
    """The first lever alone moves things."""
    return lambda a, b, x: {HOME: home * a, COST: cost * a, HOMELESS: -home * a / 2.0}


def letters(picture: Picture, folder: Path, language: Language = Language.EN) -> str:
    """All that is written on a picture."""
    _, svg = picture.save(folder, language)
    texts = [e for e in ElementTree.parse(svg).iter() if e.tag.endswith("}text")]
    return " ".join("".join(element.itertext()) for element in texts)


def picture_of(answers: Answers, name: str) -> Picture:
    return next(picture for picture in answers.pictures if picture.name.startswith(name))


@pytest.mark.parametrize(
    ("metric", "effect", "said"),
    [
        (HOME, 10.0, "homes (homes 1) +10 works without the others; support (support 1) not clearly"),
        (HOME, -10.0, "homes (homes 1) -10 makes it worse without the others; support (support 1) not clearly"),
        (HOMELESS, 10.0, "homes (homes 1) -5 works without the others"),
        (HOMELESS, -10.0, "homes (homes 1) +5 makes it worse without the others"),
    ],
)
def test_the_title_of_a_grid_turns_with_the_effect(metric: str, effect: float, said: str) -> None:
    given = results(moves(effect, 2e6))

    assert said in title_of_grid(given, metric, given.study.metrics[metric])


@pytest.mark.parametrize(("cost", "said"), [(2e6, "+2 m costs more without"), (-2e6, "-2 m works without")])
def test_what_costs_more_is_not_said_to_work(cost: float, said: str) -> None:
    assert said in title_of_grid(results(moves(10.0, cost)), COST, "lower")


def test_of_an_outcome_without_a_direction_nothing_is_called_better_or_worse() -> None:
    assert "-10 moves it without the others" in title_of_grid(results(moves(-10.0, 0.0)), HOME, "")


@pytest.mark.parametrize("name", [f"grid_{COST}", f"effects_{COST}", "cost_effectiveness", "budget_frontier"])
def test_money_is_drawn_in_millions(name: str, tmp_path: Path) -> None:
    answers = analyse(results(moves(10.0, 20e6), noise=0.2))

    text = letters(picture_of(answers, name), tmp_path)

    assert "m DKK" in text
    assert "1e7" not in text
    assert "20" in text.split()


def test_a_picture_says_what_is_shown_how_often_and_what_the_intervals_are(tmp_path: Path) -> None:
    answers = analyse(results(moves(10.0, 2e6), seeds=5, budget=Limit(COST, 1e6)))

    for picture in answers.pictures:
        text = letters(picture, tmp_path)
        assert "95 % intervals" in text, picture.name
        assert "seeds" in text, picture.name
        assert picture.title[Language.EN].split()[-1] in text, picture.name


def test_pictures_are_danish_where_that_is_asked_for(tmp_path: Path) -> None:
    answers = analyse(results(moves(0.25, 2e6), seeds=5, budget=Limit(COST, 1e6)))

    for picture in answers.pictures:
        text = letters(picture, tmp_path, Language.DA)
        assert "95 %-intervaller" in text and "gentagelser" in text, picture.name
        assert not {"seeds", "DKK", "more", "years"} & set(text.replace(",", " ").split()), picture.name
        assert not re.search(r"(?<![\d.])\d+\.\d{1,2}(?!\d)", text), picture.name


def test_a_grid_shows_every_choice(tmp_path: Path) -> None:
    text = letters(analyse(results(moves(1.0, 1e6), choices=(3, 2))).pictures[0], tmp_path)

    assert all(
        label in text for label in ("none", "homes 1", "homes 2", "support: support 1", "persons, over the base")
    )


def test_where_policies_are_many_the_middle_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    answers = analyse(results(moves(1.0, 1e6), choices=(10, 3), seeds=2))

    text = letters(picture_of(answers, f"effects_{HOME}"), tmp_path)

    assert "The 12 best and the 12 worst of 29." in text
    assert "homes 9, support 2" in text
    assert "homes 5, support 1" not in text


def fails_where_low(policy: int, at: Mapping[str, float], luck: np.random.Generator) -> float:
    return 100.0 - policy * 10.0 * (at["x1"] - 0.3) + luck.normal(0.0, 0.1)


@pytest.fixture(scope="module")
def futures() -> Answers:
    study = study_of(ranges(3), Design(Kind.LATIN_HYPERCUBE, 64), seeds=2)
    factor = dataclasses.replace(study.uncertainties[0], unit="share/week")
    return analyse(
        results_of(dataclasses.replace(study, uncertainties=(factor, *study.uncertainties[1:])), fails_where_low)
    )


def test_conditions_of_failure_have_units_where_there_are_any(futures: Answers, tmp_path: Path) -> None:
    picture = picture_of(futures, "fails")

    text = letters(picture, tmp_path)

    assert "x1, share/week" in text
    assert "x2" in text and "x2," not in text
    assert picture.title[Language.EN].startswith("Reform 1: no better than the base on long-term homelessness")


def test_a_single_uncertainty_is_drawn_as_a_strip(tmp_path: Path) -> None:
    study = study_of(ranges(1), Design(Kind.LATIN_HYPERCUBE, 64), seeds=2)
    picture = picture_of(analyse(results_of(study, fails_where_low)), "fails")
    figure = Figure(layout="constrained")

    picture.draw(figure, Language.EN)

    (axes,) = figure.axes
    (box,) = axes.patches
    assert list(axes.get_yticks()) == []
    assert box.get_x() + box.get_width() == pytest.approx(0.3, abs=0.02)
    assert picture.height < 3.0


def test_regret_and_sensitivity_say_what_their_marks_are(futures: Answers, tmp_path: Path) -> None:
    regret = letters(picture_of(futures, f"regret_{METRIC}"), tmp_path)
    sensitivity = letters(picture_of(futures, f"sensitivity_{METRIC}_policy_1"), tmp_path)

    assert all(said in regret for said in ("mean", "90th percentile", "worst", "regret, persons", "64 futures"))
    assert "luck alone" in sensitivity
    assert "x1 (1)" in " ".join(sensitivity.split())


CROWDED = [(1.0, 1.0 + 0.01 * k, f"a policy of some length {k}", "black") for k in range(6)]


@pytest.mark.parametrize("above", [0.0, 0.8])
def test_labels_of_marks_that_lie_together_do_not_cover_each_other(above: float) -> None:
    figure = Figure(figsize=(10.0, 5.6), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(0.0, 5.0), ylim=(0.0, 3.0))

    spread_labels(axes, CROWDED, above=above)

    boxes = _boxes(figure, axes)
    assert len(boxes) == 6
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_labels_keep_clear_of_marks() -> None:
    figure = Figure(figsize=(10.0, 5.6), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(0.0, 5.0), ylim=(0.0, 3.0))

    spread_labels(axes, [(1.0, 1.0, "a policy", "black")], marks=[(1.3, 1.0)])

    (box,) = _boxes(figure, axes)
    assert not box.contains(*axes.transData.transform((1.3, 1.0)))


def test_labels_stay_where_there_is_room() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.set(xlim=(0.0, 5.0), ylim=(0.0, 3.0))

    spread_labels(axes, [(1.0, 0.5, "low", "black"), (1.0, 2.5, "high", "black")])

    assert [text.xyann[1] for text in axes.texts] == pytest.approx([0.5, 2.5])


def _boxes(figure: Figure, axes: Any) -> list[Any]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure).draw()
    # of the letters: a leader to its mark may pass by others
    return [text.get_bbox_patch().get_window_extent() for text in axes.texts]


def test_long_labels_have_three_lines_and_say_that_there_is_more() -> None:
    label = ", ".join(f"lever {k} at its best" for k in range(9))

    assert boxed("short") == "short"
    assert boxed(label).count("\n") == 2
    assert boxed(label).endswith(" …")
