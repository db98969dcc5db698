"""Places: sets of municipalities with the facts their week zero is built from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

PLACES: tuple[str, ...] = ("odense",)
"""Places that come with the package."""


@dataclass(frozen=True, slots=True)
class Beds:
    """A place with beds.

    Attributes:
        kind: Name of the housing state of its residents, such as `SHELTER`.
        beds: Places [places].
        step: Step of the staircase, 0 for none.
        elsewhere: Lies in another municipality.
        price_dkk_day: Its own price in prices of the base year, 0 for the common price [DKK/day].
    """

    kind: str
    beds: int
    step: int = 0
    elsewhere: bool = False
    price_dkk_day: float = 0.0


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality's facts; units as in the place's file."""

    name: str
    code: int
    adults: int
    homeless_at_start: int
    social_dwellings: int
    organisations: int
    cheap_family_dwellings: int
    dwellings_per_estate: int = 81
    youth_share: float = 0.10
    private_dwellings: int = 0
    private_landlords: int = 1
    caretaker_areas: int = 1
    ordinary_queue: int = 0
    beds: tuple[Beds, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Place:
    """A set of municipalities."""

    title: str
    towns: tuple[Town, ...]


def _town(table: dict[str, Any]) -> Town:
    beds = tuple(
        Beds(
            b["kind"],
            b["beds"]["value"],
            b.get("step", 0),
            b.get("elsewhere", False),
            b.get("price", {}).get("value", 0.0),
        )
        for b in table.pop("place")
    )
    return Town(**{name: entry["value"] for name, entry in table.items()}, beds=beds)


def place(name: str) -> Place:
    """Load a place that comes with the package.

    Raises:
        ValueError: There is no such place.
    """
    if name not in PLACES:
        raise ValueError(f"there is no place called {name!r}; there is {', '.join(PLACES)}")
    text = resources.files("hfabm.population").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Place(tables["title"], tuple(_town(dict(t)) for t in tables["municipality"]))
