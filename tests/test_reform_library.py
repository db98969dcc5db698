"""The reforms and programmes that come with the project: complete, sourced, and nothing without effect."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from hfabm.evidence import register
from hfabm.model import SCENARIOS, read_scenario
from hfabm.parameters.declare import ASSUMED
from hfabm.parameters.load import load_scenario
from hfabm.parameters.programmes import ALL
from hfabm.parameters.scenario import Scenario
from hfabm.parameters.schema import json_schema
from hfabm.parameters.source import read
from hfabm.population.places import PLACES
from hfabm.schedule import SECTIONS

BASE = SCENARIOS / "odense_ahead.toml"
REFORMS = sorted((SCENARIOS / "reforms").glob("*.toml"))
PROGRAMMES = sorted((SCENARIOS / "programmes").glob("*.toml"))
by_reform = pytest.mark.parametrize("path", REFORMS, ids=lambda path: path.stem)
by_file = pytest.mark.parametrize("path", [*REFORMS, *PROGRAMMES], ids=lambda path: path.stem)


@cache
def laid(path: Path) -> Scenario:
    """A package on the scenario that reforms are laid on."""
    return load_scenario(path, SECTIONS, PLACES, on=BASE)


def test_there_is_a_file_for_each_of_the_24_candidates_and_for_combinations() -> None:
    numbers = {int(path.name[:2]) for path in REFORMS if path.name[:2].isdigit()}
    combinations = [path.stem for path in REFORMS if path.stem.startswith("combi_")]

    assert numbers == set(range(1, 25))
    assert len(combinations) >= 3


@by_file
def test_each_says_what_it_is_what_is_expected_and_where_it_comes_from(path: Path) -> None:
    data = read(path).data

    sentences = [s for s in re.split(r"\.\s", data["hypothesis"]) if s]

    assert data["title"] and not data["title"].endswith(".")
    assert len(sentences) == 1 and data["hypothesis"].endswith(".")
    ids = re.findall(r"\b[A-Z]\d[\d.]*\d\b", data["source"])
    assert set(ids) <= set(register())
    assert ids or ASSUMED in data["source"]


@by_reform
def test_each_reform_changes_what_it_scales_by_and_begins_in_2027(path: Path) -> None:
    base, reform = read_scenario(BASE), laid(path)

    moved = {key for key, steps in reform.changes.items() if base.changes.get(key) != steps}

    switches = all(isinstance(steps[-1][1], bool) for key, steps in reform.changes.items() if key in moved)
    assert switches and not reform.scales_by or tuple(reform.scales_by.split(".")) in moved
    assert all(reform.changes[key][-1][0].isoformat() == "2027-01-01" for key in moved)
    assert reform.digest() != base.digest()


def test_no_two_reforms_are_the_same() -> None:
    digests = {laid(path).digest() for path in REFORMS}
    titles = {laid(path).title for path in REFORMS}

    assert len(digests) == len(titles) == len(REFORMS)


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_each_programme_stands_on_a_scenario_of_its_years(path: Path, tmp_path: Path) -> None:
    own = read(path).data.get("programme", {})
    unknown = own.get("participants", ALL) < ALL and not own.get("named")
    head = 'title = "Ground"\nplace = "odense"\nstart = 2009-01-01\nend = 2040-12-31\n'
    chosen = f"[participation]\n{path.stem} = []\n" if unknown else ""
    ground = tmp_path / "ground.toml"
    ground.write_text(f"{head}include = '{path}'\n{chosen}", encoding="utf-8")

    scenario = load_scenario(ground, SECTIONS, PLACES)

    assert scenario.programmes
    assert all(p.title and (p.note or path.stem == "agreement_2021") for p in scenario.programmes)


def test_odense_took_part_in_the_strategy_and_not_in_the_implementation() -> None:
    odense = {programme.name: programme for programme in read_scenario("odense").programmes}

    strategy = odense["homelessness_strategy_2009_2013"]
    implementation = odense["implementation_2014_2016"]

    assert strategy.has("Odense") and not strategy.adds_posts
    assert not implementation.has("Odense")
    assert implementation.not_taking_part == ("Odense",)


def test_the_reforms_of_2023_and_2026_state_the_law_as_it_is_declared() -> None:
    base = read_scenario(BASE)

    stated = {key for key in base.origins if key[0] in ("refund_law", "housing_law")}

    assert len(stated) == 6
    assert not stated & set(base.changes)


@by_file
def test_an_editor_with_the_schema_knows_every_key(path: Path) -> None:
    schema = json_schema(SECTIONS, PLACES)["properties"]
    data = read(path).data

    strange = {key for key in data if key not in schema}
    tables = {"programme": [data.get("programme", {})], "programmes": list(data.get("programmes", {}).values())}
    known = set(schema["programmes"]["additionalProperties"]["properties"])

    assert strange == set()
    assert {key for found in tables.values() for table in found for key in table} <= known
    assert set(data.get("programme", {})) <= set(schema["programme"]["properties"])
