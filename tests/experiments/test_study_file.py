"""Study files: what they come to, and every fault in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hfabm.experiments.plan import plan_of
from hfabm.experiments.study import Kind
from hfabm.experiments.study_file import read_study
from hfabm.experiments.study_json import as_json, from_json
from hfabm.parameters.faults import ScenarioError

GOOD = """\
title = "Refund, homes and commitment"
question = "Does it hold?"
scenarios = ["odense_ahead"]
until = 2027-12-31
replications = 4
seed = 3

[metrics]
long_term_mean = "lower"
public_cost_per_year = "lower"

[levers.refund]
means = "Whom it follows"
packages = { "as enacted" = [], "the person" = ["reforms/01"] }

[levers.homes]
parameter = "supply.new_cheap"
from = 2027-01-01
values = [0, 20]

[uncertainties.commitment]
parameter = "municipality.commitment"
low = 0.4
high = 0.9

[design]
levers = "grid"
uncertainties = "latin_hypercube"
uncertainty_points = 8

[budget]
metric = "public_cost_per_year"
at_most = 20e6
"""
EXPERIMENTS = sorted((Path(__file__).parents[2] / "experiments").glob("*.toml"))


def written(folder: Path, text: str) -> Path:
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_study_is_what_it_says(tmp_path: Path) -> None:
    study = read_study(written(tmp_path, GOOD))

    assert [lever.name for lever in study.levers] == ["refund", "homes"]
    assert study.levers[0].choices[1].packages[0].name == "01_refund_follows_person.toml"
    assert study.levers[1].key == ("supply", "new_cheap")
    assert study.levers[1].day == date(2027, 1, 1)
    assert (study.policies.kind, study.futures.kind, study.futures.points) == (Kind.GRID, Kind.LATIN_HYPERCUBE, 8)
    assert list(study.seeds) == [3, 4, 5, 6]
    assert study.budget is not None
    assert study.budget.at_most == 20e6
    assert plan_of(study).runs == 4 * 9 * 4


def test_a_study_survives_json(tmp_path: Path) -> None:
    study = read_study(written(tmp_path, GOOD))

    assert from_json(as_json(study)) == study


@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
def test_what_ships_can_be_read_and_planned(path: Path) -> None:
    study = read_study(path)

    plan = plan_of(study)

    assert plan.runs > 50
    assert study.source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Refund', 'titel = "Refund', ":1:1: error: titel: unknown key. Did you mean 'title'?"),
        ("[budget]", "[bugdet]", "bugdet: unknown key. Did you mean 'budget'?"),
        ('question = "Does it hold?"\n', "", "question: missing. Write it at the top"),
        ('["odense_ahead"]', '["odense_ahed"]', ":3:14: error: scenarios.0: there is no file 'odense_ahed'. Did"),
        ("until = 2027-12-31", "until = 2057-12-31", ":4:9: error: until: 2057-12-31 lies outside the scenario"),
        ("replications = 4", "replications = 0", ":5:16: error: replications: 0 is no whole number from 1"),
        ("long_term_mean =", "long_term_meen =", ":9:1: error: metrics.long_term_meen: unknown key. Did"),
        ('long_term_mean = "lower"', 'long_term_mean = "down"', ":9:18: error: metrics.long_term_mean: \"down\" is"),
        ('"reforms/01"', '"reforms/99"', "there is no file 'reforms/99'"),
        ('"reforms/01"', '"reforms/combi"', "levers.refund.packages.the person: 'reforms/combi' may mean"),
        ("supply.new_cheap", "supply.new_chep", "is no parameter. Did you mean 'supply.new_cheap'?"),
        ("values = [0, 20]", "values = [0, 99999]", "99999 lies outside the range 0 to 2000"),
        ("values = [0, 20]", "values = [20]", "is no list of two values"),
        ("values = [0, 20]", "values = [20, 20]", "stands there twice"),
        ("from = 2027-01-01", "from = 2037-01-01", "2037-01-01 lies outside the study"),
        ("low = 0.4", "low = 0.95", "0.95 is not below 0.9"),
        ("low = 0.4", "from = 2027-01-01\nlow = 0.4", "uncertainties.commitment.from: unknown key"),
        ('"municipality.commitment"', '"supply.new_cheap"', "supply.new_cheap is varied by 'homes' already"),
        ('levers = "grid"', 'levers = "gird"', "design.levers: \"gird\" is no design. Did you mean 'grid'?"),
        ("uncertainty_points = 8\n", "", "design.uncertainty_points: missing, for latin_hypercube"),
        ('uncertainties = "latin_hypercube"', 'uncertainties = "sobol"\nseed = 1', None),
        ("uncertainty_points = 8", "uncertainty_points = 0", "0 is no whole number from 1"),
        ('uncertainties = "latin_hypercube"', 'uncertainties = "grid"', "and commitment has a range"),
        ("at_most = 20e6", 'at_most = "much"', "budget.at_most: \"much\" is no number"),
        ('metric = "public_cost_per_year"', 'metric = "public"', "budget.metric: \"public\" is no outcome"),
        ('levers = "grid"', 'levers = "list"', "a list needs its file"),
        ('levers = "grid"', 'levers = "grid"\nlever_points = 8', "design.lever_points: grid has the points it has"),
        ("values = [0, 20]", "values = [0, 20]\nbase = 5", "levers.homes.base: values and a base"),
        ("at_most = 20e6", "at_most = inf", "budget.at_most: inf is no number"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str | None) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))

    if said is None:
        read_study(path)
        return
    with pytest.raises(ScenarioError) as error:
        read_study(path)

    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    bad = (
        GOOD.replace("low = 0.4", "low = 4")
        .replace('levers = "grid"', 'levers = "gird"')
        .replace("seed = 3", "seed = -1")
    )

    with pytest.raises(ScenarioError) as error:
        read_study(written(tmp_path, bad))

    assert [fault.key for fault in error.value.faults] == ["seed", "uncertainties.commitment.low", "design.levers"]


def test_sobol_wants_a_power_of_two(tmp_path: Path) -> None:
    bad = GOOD.replace("latin_hypercube", "sobol").replace("uncertainty_points = 8", "uncertainty_points = 12")

    with pytest.raises(ScenarioError, match="12 is no power of two.*Write 16 or 8"):
        read_study(written(tmp_path, bad))


def test_a_group_is_every_assumed_number_of_its_sections(tmp_path: Path) -> None:
    group = (
        '[uncertainties.practice]\nsections = ["support", "incentives"]\nwithin = 0.25\n\n[uncertainties.commitment]'
    )
    path = written(tmp_path, GOOD.replace("[uncertainties.commitment]", group))

    study = read_study(path)

    names = [factor.name for factor in study.uncertainties]
    assert len(names) > 10
    assert {name.split(".")[0] for name in names} == {"support", "incentives", "commitment"}
    assert all(factor.low < factor.high for factor in study.uncertainties)


def test_a_table_of_parameter_sets_makes_its_own_factors(tmp_path: Path) -> None:
    (tmp_path / "sets.csv").write_text("municipality.commitment,support.broken_relation\n0.5,0.3\n0.6,0.4\n", "utf-8")
    start = GOOD.index("[uncertainties.commitment]")
    text = GOOD[:start] + '[design]\nuncertainties = "list"\nuncertainties_csv = "sets.csv"\n'

    plan = plan_of(read_study(written(tmp_path, text)))

    assert [future.values for future in plan.futures] == [
        {"municipality.commitment": 0.5, "support.broken_relation": 0.3},
        {"municipality.commitment": 0.6, "support.broken_relation": 0.4},
    ]


def test_a_wrong_cell_of_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "sets.csv").write_text("municipality.comitment\n0.5\n", encoding="utf-8")
    (tmp_path / "more.csv").write_text("municipality.commitment\n0.5\n7\n", encoding="utf-8")
    start = GOOD.index("[uncertainties.commitment]")

    said = []
    for name in ("sets", "more"):
        text = GOOD[:start] + f'[design]\nuncertainties = "list"\nuncertainties_csv = "{name}.csv"\n'
        with pytest.raises(ScenarioError) as error:
            read_study(written(tmp_path, text))
        said.append(str(error.value))

    assert "sets.csv:1:1: error: municipality.comitment: column 1" in said[0]
    assert "Did you mean 'municipality.commitment'?" in said[0]
    assert "more.csv:3:1: error: municipality.commitment: 7 lies outside the range 0 to 1" in said[1]
