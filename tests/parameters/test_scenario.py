"""A scenario resolves parameters, reads back from its own text and has a digest of its content."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hfabm.parameters.declare import BEGINNING
from hfabm.parameters.load import load_scenario
from hfabm.parameters.scenario import Scenario, course, settled

PATIENCE, FEE = ("arrears", "patience"), ("shelter_law", "user_fee")
START, END = date(2009, 1, 1), date(2024, 12, 31)


def plain(**more: Any) -> Scenario:
    return Scenario("T", "odense", START, END, **more)


def test_parameters_are_resolved(sections: dict[str, type]) -> None:
    changed = plain().with_changes({PATIENCE: 12.0, FEE: ((date(2010, 1, 1), 5.0),)})
    parameters = changed.parameters(sections)
    assert parameters.dates == (date(2010, 1, 1), date(2026, 4, 1))
    before, after = parameters.at(date(2009, 12, 31)), parameters.at(date(2010, 1, 1))
    assert (before["arrears"].patience, before["shelter_law"].user_fee) == (12.0, 3100.0)
    assert after["shelter_law"].user_fee == 5.0


def test_changes_go_on_top_and_say_where_they_came_from() -> None:
    first = plain().with_changes({FEE: ((date(2010, 1, 1), 5.0), (date(2012, 1, 1), 6.0))}, "a sampler")
    second = first.with_changes({FEE: ((date(2011, 1, 1), 7.0),), PATIENCE: ((date(2030, 1, 1), 3.0),)})
    assert second.changes == {FEE: ((date(2010, 1, 1), 5.0), (date(2011, 1, 1), 7.0))}
    assert [origin.where for origin in second.origins[FEE]] == ["a sampler", "set in Python"]
    assert first.changes[FEE][1] == (date(2012, 1, 1), 6.0)
    assert pickle.loads(pickle.dumps(second)) == second


def test_the_step_in_force_at_the_start_counts_from_the_beginning() -> None:
    steps = ((date(2001, 1, 1), 1.0), (START, 2.0), (date(2010, 1, 1), 2.0), (date(2030, 1, 1), 3.0))
    assert settled(steps, START, END) == ((BEGINNING, 2.0), (date(2010, 1, 1), 2.0))
    assert course(steps, START, END) == ((START, 2.0),)
    assert course(steps[3:], START, END) == ((START, 3.0),)


def test_the_digest_is_of_the_content_and_not_of_the_files(
    write: Any, sections: dict[str, type], places: tuple[str, ...]
) -> None:
    write("[arrears]\npatience = 4", "base.toml")
    write('extends = "../base.toml"\nseed = 9', "sub/long.toml", head="")
    write("seed = 9\n[arrears]\npatience = '4 weeks' # the same", "short.toml")
    long, short, base = (load_scenario(p, sections, places) for p in ("sub/long.toml", "short.toml", "base.toml"))
    assert long.digest() == short.digest() != base.digest()
    assert long == short
    # In results that lie about for years, a digest must mean the same as on the day it was written.
    assert plain().digest()[:12] == "313b9a606aec"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
FEES = st.floats(0, 15_000).filter(lambda fee: fee != 3100.0)
DAYS = st.dates(START, END)


@given(
    title=WORDS,
    description=st.just("") | WORDS,
    patience=st.none() | st.floats(1, 52).filter(lambda weeks: weeks != 8.0),
    fees=st.none() | FEES | st.dictionaries(DAYS, FEES, min_size=1).map(lambda d: tuple(sorted(d.items()))),
    door=st.booleans(),
)
def test_a_scenario_reads_back_from_its_own_text(
    tmp_path_factory: Any,
    sections: dict[str, type],
    places: tuple[str, ...],
    title: str,
    description: str,
    patience: float | None,
    fees: Any,
    door: bool,
) -> None:
    changes = {PATIENCE: patience, FEE: fees, ("shelter_law", "open_door"): None if door else False}
    scenario = Scenario(title, "odense", START, END, description, seed=5, seeds=20).with_changes(
        {key: value for key, value in changes.items() if value is not None}
    )
    path = Path(tmp_path_factory.mktemp("scenario") / "s.toml")
    path.write_bytes(scenario.as_toml().encode())
    again = load_scenario(path, sections, places)
    assert again == scenario
    assert again.digest() == scenario.digest()
