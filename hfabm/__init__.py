"""hfabm: an open agent-based policy laboratory for Housing First."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "HousingFirstModel": "hfabm.model",
    "Citizen": "hfabm.state.citizens",
    "Tenancy": "hfabm.state.tenancies",
    "Dwelling": "hfabm.state.dwellings",
    "Landlord": "hfabm.agents.landlord",
    "Municipality": "hfabm.agents.municipality",
    "Study": "hfabm.experiments.study",
    "load": "hfabm.results.load",
    "run": "hfabm.api",
    "compare": "hfabm.api",
    "experiment": "hfabm.api",
    "analyse": "hfabm.api",
}

__all__ = [*_PUBLIC, "__version__"]


def __getattr__(name: str) -> Any:
    """Import public names when they are asked for: the command line must start at once."""
    import importlib

    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'hfabm' has no attribute {name!r}")
