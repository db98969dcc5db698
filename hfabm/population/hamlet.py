"""A hamlet: a place of a few hundred dwellings, to compile on and to test with.  It stands for nowhere."""

from __future__ import annotations

from hfabm.population.places import Beds, Place, Town

# columns and numbers are laid out several to a line
# fmt: off

BEDS = (
    Beds("SHELTER", 6),
    Beds("SHELTER", 3, elsewhere=True),
    Beds("NIGHT_SHELTER", 3),
    Beds("HOTEL", 1),
    Beds("TRANSITIONAL", 3, step=2),
    Beds("TRANSITIONAL", 3, step=3),
    Beds("INSTITUTION", 2),
    Beds("PRISON_HOSPITAL", 1000),
)


def hamlet(name: str = "Hamlet", code: int = 1, adults: int = 4000, dwellings: int = 600) -> Town:
    """One small municipality."""
    return Town(
        name=name, code=code, adults=adults, homeless_at_start=20, social_dwellings=dwellings, organisations=3,
        cheap_family_dwellings=dwellings // 5, dwellings_per_estate=40, private_dwellings=60, private_landlords=3,
        caretaker_areas=2, ordinary_queue=60, beds=BEDS,
    )


HAMLET = Place("Hamlet", (hamlet(),))
