"""Short runs of the hamlet, made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hfabm.model import HousingFirstModel
from hfabm.parameters.scenario import Scenario
from hfabm.population.hamlet import HAMLET


def ran(seed: int = 1, changes: dict[tuple[str, str], Any] | None = None, end: date = date(2010, 12, 26)) -> Any:
    """A hamlet that has run."""
    bare = Scenario(title="Hamlet", place="odense", start=date(2009, 1, 5), end=end, seed=seed)
    return HousingFirstModel(bare.with_changes(changes or {}), rng=seed, town=HAMLET).run()


@pytest.fixture(scope="session")
def model() -> Any:
    """Two years of the hamlet."""
    return ran()


@pytest.fixture(scope="session")
def run_hamlet() -> Callable[..., Any]:
    """Runs of the hamlet with other seeds and changes."""
    return ran


@pytest.fixture
def stored(model: Any, tmp_path: Path) -> Path:
    """A folder of results."""
    from hfabm.results import store

    store.save(model, tmp_path / "stored")
    return tmp_path / "stored"
