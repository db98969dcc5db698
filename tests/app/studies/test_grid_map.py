"""Heat maps have the numbers of the table of effects, each in its place."""

from __future__ import annotations

import dataclasses

from hfabm.app.studies.grid_map import grid_maps
from hfabm.app.studies.opened import Opened


def test_cells_are_the_effects_of_their_policies(small: Opened) -> None:
    (found,) = grid_maps(small.answers, "homeless_mean")
    effects = small.answers.tables["effects"]
    rows = effects[effects["metric"] == "homeless_mean"].set_index("label")

    assert (found.columns.name, found.rows.name, found.at) == ("cheap_homes", "offers", None)
    assert found.values[0][0] == 0.0
    assert found.values[0][2] == rows["difference"]["cheap homes 60"]
    assert found.values[1][0] == rows["difference"]["offers 3"]
    assert found.values[1][1] == rows["difference"]["cheap homes 20, offers 3"]
    assert found.doubtful[0][0]
    assert not found.doubtful[1][2]
    assert found.unit == "persons"


def test_there_is_no_map_where_there_is_no_grid(small: Opened) -> None:
    results = small.answers.results
    one = dataclasses.replace(results.study, levers=results.study.levers[:1])
    answers = dataclasses.replace(small.answers, results=dataclasses.replace(results, study=one))

    assert grid_maps(answers, "homeless_mean") == ()
    assert grid_maps(small.answers, "deaths_per_year") == ()
