"""Small sections of parameters, and a folder to write scenarios in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hfabm.parameters.declare import ASSUMED, BEGINNING, Role, parameter
from hfabm.parameters.faults import ScenarioError
from hfabm.parameters.load import load_scenario
from hfabm.units import Unit


@dataclass(frozen=True, slots=True)
class Arrears:
    patience: float = parameter(
        8.0,
        Unit.WEEKS,
        1,
        52,
        role=Role.UNCERTAINTY,
        source=ASSUMED,
        means="Weeks of arrears a landlord bears",
    )
    reminders: int = parameter(
        2, Unit.COUNT, 0, 10, role=Role.CONSTANT, source="law-1", means="Letters before a case goes to court"
    )


@dataclass(frozen=True, slots=True)
class ShelterLaw:
    reimbursed_days: float = parameter(
        {BEGINNING: 365.0, date(2026, 4, 1): 90.0},
        Unit.DAYS,
        0,
        366,
        role=Role.LAW,
        source="law-2",
        means="Days for which the state pays half of a shelter stay",
    )
    user_fee: float = parameter(
        3100.0,
        Unit.DKK_MONTH,
        0,
        15_000,
        role=Role.LEVER,
        source=ASSUMED,
        means="What a guest pays",
        price_year=2024,
    )
    open_door: bool = parameter(True, Unit.SWITCH, 0, 1, role=Role.LEVER, source="law-2", means="May anybody knock?")


SECTIONS = {"arrears": Arrears, "shelter_law": ShelterLaw}
PLACES = ("odense", "aarhus", "esbjerg")
HEAD = """title = "Test"
place = "odense"
start = 2009-01-01
end = 2024-12-31
"""

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def sections() -> dict[str, type]:
    return dict(SECTIONS)


@pytest.fixture(scope="session")
def places() -> tuple[str, ...]:
    return PLACES


@pytest.fixture
def head() -> str:
    return HEAD


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a scenario file into an empty folder that is made the current one, so that paths are short."""
    monkeypatch.chdir(tmp_path)

    def writer(body: str, name: str = "s.toml", head: str = HEAD) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body, encoding="utf-8")
        return path

    return writer


@pytest.fixture
def said(sections: dict[str, type], places: tuple[str, ...]) -> Any:
    """What is wrong with a file, one line per fault and without the source lines."""

    def of(path: Any, **options: Any) -> list[str]:
        with pytest.raises(ScenarioError) as caught:
            load_scenario(path, sections, places, **options)
        return [str(fault).split("\n")[0] for fault in caught.value.faults]

    return of


@pytest.fixture
def load(sections: dict[str, type], places: tuple[str, ...]) -> Any:
    return lambda path, **options: load_scenario(path, sections, places, **options)
