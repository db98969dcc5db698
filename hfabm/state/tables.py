"""The kinds of row there are, in the order their tables are printed."""

from __future__ import annotations

from hfabm.state.citizens import Citizen
from hfabm.state.dwellings import Dwelling, Estate
from hfabm.state.institutions import Landlord, Shelter, ShelterStay, SocialCaretaker, Team
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Case, Decision, Reckoning, Referral
from hfabm.state.programmes import Programme
from hfabm.state.tenancies import Tenancy

ROWS: tuple[type, ...] = (
    Citizen,
    Tenancy,
    Dwelling,
    Estate,
    Landlord,
    SocialCaretaker,
    Team,
    Shelter,
    ShelterStay,
    Referral,
    Case,
    Reckoning,
    Decision,
    Municipality,
    Programme,
)

_IRREGULAR = {
    "Tenancy": "tenancies",
    "Municipality": "municipalities",
    "ShelterStay": "shelter_stays",
    "SocialCaretaker": "social_caretakers",
}


def table_name(row: str) -> str:
    """Name of a table in the world: the plural of its row's name."""
    return _IRREGULAR.get(row, row.lower() + "s")
