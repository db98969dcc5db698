"""Warming up compiles everything, once, so that the weeks of a run are not spent on it."""

from __future__ import annotations

import importlib
import os
import pkgutil
from datetime import date
from typing import Any

import pytest

import hfabm.metrics
import hfabm.population
import hfabm.processes
from hfabm.engine.rule import Rule
from hfabm.model import HousingFirstModel, warm
from hfabm.population.hamlet import HAMLET


def compiled() -> dict[str, Any]:
    """Every compiled loop of the weekly code by name."""
    found: dict[str, Any] = {}
    for package in (hfabm.processes, hfabm.metrics, hfabm.population):
        for module in pkgutil.iter_modules(package.__path__):
            for name, value in vars(importlib.import_module(f"{package.__name__}.{module.name}")).items():
                if isinstance(value, Rule):
                    found[f"{module.name}.{name}"] = value._loop
                elif hasattr(value, "compiled"):
                    found[f"{module.name}.{name}"] = value.compiled
    return found


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="compilation is off")
def test_after_warming_up_a_run_compiles_nothing_more() -> None:
    warm()
    before = {name: len(loop.signatures) for name, loop in compiled().items()}

    HousingFirstModel("odense", rng=2, town=HAMLET).run(until=date(2012, 1, 1))

    assert {name: count for name, count in before.items() if count == 0} == {}
    assert {name: len(loop.signatures) for name, loop in compiled().items()} == before
