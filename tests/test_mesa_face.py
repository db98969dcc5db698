"""The model is a Mesa model: what Mesa's users and tools do with models, they can do with this one."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import mesa
import networkx
import numpy as np
import pytest
from mesa.agent import AgentSet
from mesa.discrete_space import Network
from small import after, differing, model

import hfabm
from hfabm.agents.landlord import LandlordDecision, LandlordParameters
from hfabm.population.hamlet import HAMLET
from hfabm.state import institutions
from hfabm.state.codes import Housing, Sex, TenancyStart


class Refusing(hfabm.Landlord):
    """A landlord that lets to nobody whom the municipality refers."""

    def decide(self, p: LandlordParameters) -> LandlordDecision:
        return LandlordDecision(accepts=0.0, patience_weeks=p.patience_social, tolerance=p.tolerance)


class Counted(hfabm.HousingFirstModel):
    """The hamlet with a data collector, as a Mesa user would write it."""

    def __init__(self, scenario: str = "odense", rng: int | None = None) -> None:
        super().__init__(scenario, rng=rng, town=HAMLET)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "homeless": lambda m: len(m.agents_by_type[hfabm.Citizen].select(lambda c: c.homeless)),
                "people": lambda m: len(m.agents_by_type[hfabm.Citizen]),
            },
            agenttype_reporters={hfabm.Citizen: {"housing": "housing"}, hfabm.Landlord: {"accepts": "accepts"}},
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


@pytest.fixture(scope="module")
def lived_in() -> hfabm.HousingFirstModel:
    return after(60)


def test_it_is_a_mesa_model() -> None:
    hamlet = model()

    hamlet.step()
    hamlet.step()

    assert isinstance(hamlet, mesa.Model)
    assert hamlet.steps == 2
    assert hamlet.time == 2.0
    assert hamlet.running
    assert hamlet.week is not None and hamlet.week.number == 1


def test_it_stops_at_the_end_of_its_scenario() -> None:
    hamlet = after(834)

    hamlet.step()
    hamlet.step()

    assert hamlet.week is not None and hamlet.week.number == hamlet.weeks - 1
    assert not hamlet.running


def test_citizens_are_an_agent_set(lived_in: hfabm.HousingFirstModel) -> None:
    citizens = lived_in.agents_by_type[hfabm.Citizen]
    table = lived_in.world.citizens

    homeless = citizens.select(lambda c: c.homeless)
    by_sex = citizens.groupby("sex").count()

    assert isinstance(citizens, AgentSet)
    assert len(citizens) == table.size
    assert 0 < len(homeless) < len(citizens)
    assert all(isinstance(c, hfabm.Citizen) and c.housing != Housing.OWN_HOME for c in homeless)
    assert citizens.agg("skills", np.mean) == pytest.approx(float(table.skills.mean()))
    assert citizens.agg("mental_illness", max) == int(table.mental_illness.max())
    assert by_sex == {Sex.MAN: int((table.sex == 0).sum()), Sex.WOMAN: int((table.sex == 1).sum())}


def test_agents_are_everybody(lived_in: hfabm.HousingFirstModel) -> None:
    rows = sum(table.size for table in lived_in.world.relations.values())

    everybody = lived_in.agents

    assert len(everybody) == rows
    assert len(everybody.select(agent_type=hfabm.Dwelling)) == 660
    assert lived_in.citizen(3) in everybody
    assert hfabm.Tenancy in lived_in.agent_types


def test_handles_look_and_do_not_write(lived_in: hfabm.HousingFirstModel) -> None:
    tenant = next(c for c in lived_in.agents_by_type[hfabm.Citizen] if c.tenancy_row >= 0)

    home = tenant.home

    assert home.citizen is tenant
    assert home.dwelling.tenant == tenant.row
    assert home.landlord.municipality.code == 1
    with pytest.raises(AttributeError, match="institutions look and decide, rules write"):
        tenant.skills = 1.0


def test_batch_run_runs_it() -> None:
    scenarios, seeds = ["odense", "odense_staircase"], [1, 2]
    # newer Mesa asks for seeds apart from the other parameters
    apart = "rng" in inspect.signature(mesa.batch_run).parameters
    parameters = {"scenario": scenarios} if apart else {"scenario": scenarios, "rng": seeds}
    more: dict[str, Any] = {"rng": seeds} if apart else {}

    results = mesa.batch_run(Counted, parameters, number_processes=1, max_steps=4, display_progress=False, **more)

    runs = {(r["scenario"], r["rng"]): r["people"] for r in results}
    assert set(runs) == {(s, n) for s in scenarios for n in seeds}
    assert runs["odense", 1] != runs["odense", 2]
    assert all(people > 100 for people in runs.values())


def test_batch_run_takes_the_model_as_it_is() -> None:
    apart = "rng" in inspect.signature(mesa.batch_run).parameters
    parameters: dict[str, Any] = {"scenario": ["odense"], "town": HAMLET} | ({} if apart else {"rng": [1, 2]})
    more: dict[str, Any] = {"rng": [1, 2]} if apart else {}

    results = mesa.batch_run(
        hfabm.HousingFirstModel, parameters, number_processes=1, max_steps=4, display_progress=False, **more
    )

    one = hfabm.HousingFirstModel("odense", rng=2, town=HAMLET)
    for _ in range(5):
        one.step()
    told = results[-1]
    assert [row["rng"] for row in results] == [1, 2]
    assert told["homeless"] == one.recorder.series("homeless")[-1]
    assert told["homeless_mean"] == one.recorder.series("homeless").mean()


def test_a_data_collector_collects() -> None:
    hamlet = Counted(rng=1)

    for _ in range(3):
        hamlet.step()

    by_model = hamlet.datacollector.get_model_vars_dataframe()
    citizens = hamlet.datacollector.get_agenttype_vars_dataframe(hfabm.Citizen)
    landlords = hamlet.datacollector.get_agenttype_vars_dataframe(hfabm.Landlord)
    assert by_model["homeless"].between(5, 60).all()
    assert len(by_model) == 3
    assert len(citizens) == by_model["people"].sum()
    assert set(citizens["housing"]) <= set(Housing)
    assert len(landlords) == 3 * hamlet.world.landlords.size


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize("way", ["sweep", "alone"])
def test_a_copy_lives_on_alike(copied: Callable[[Any], Any], way: str) -> None:
    hamlet = after(9, way=way)
    hamlet.citizen(5)

    other = copied(hamlet)
    for _ in range(9):
        hamlet.step()
        other.step()

    assert other.citizen(5) is not hamlet.citizen(5)
    assert other.world is not hamlet.world
    assert differing(hamlet.world, other.world) == []
    assert np.array_equal(hamlet.recorder.ledger, other.recorder.ledger)


def test_a_copy_goes_its_own_way() -> None:
    hamlet = after(9)

    other = copy.deepcopy(hamlet)
    other.step()

    assert (hamlet.week.number, other.week.number) == (8, 9)
    assert differing(hamlet.world, after(9).world) == []


def test_a_landlord_of_ones_own_changes_the_outcome() -> None:
    usual, refusing = after(150), after(150, agents=[Refusing])

    def placed(ran: hfabm.HousingFirstModel) -> int:
        return int((ran.world.tenancies.how >= TenancyStart.HOUSING_FIRST).sum())

    assert placed(usual) > 0
    assert placed(refusing) == 0


def test_every_class_between_leads_to_the_agents() -> None:
    hamlet = model(agents=[Refusing])

    by_type = hamlet.agents_by_type

    for kind in (Refusing, hfabm.Landlord, institutions.Landlord):
        assert kind in by_type
        assert [type(a) for a in by_type[kind]] == [Refusing] * hamlet.world.landlords.size
        assert by_type.get(kind) is not None
    assert [kind for kind in by_type if issubclass(kind, institutions.Landlord)] == [Refusing]
    assert mesa.Agent not in by_type
    assert hamlet.one(hfabm.Landlord, 0) is hamlet.one(institutions.Landlord, 0)


def test_the_default_institutions_are_found_by_both_names(lived_in: hfabm.HousingFirstModel) -> None:
    by_type = lived_in.agents_by_type

    named = [len(by_type[hfabm.Municipality]), len(by_type[hfabm.Landlord])]
    rows = [len(by_type[hfabm.Municipality.__mro__[1]]), len(by_type[institutions.Landlord])]

    assert named == rows == [1, 6]


def test_a_decision_of_the_wrong_kind_says_what_to_return() -> None:
    class Silent(hfabm.Landlord):
        def decide(self, p: LandlordParameters) -> Any:
            return 0.5

    hamlet = model(agents=[Silent])

    with pytest.raises(TypeError, match="Silent.decide gave 0.5: return a LandlordDecision with accepts"):
        hamlet.step()


def test_the_housing_network_is_a_graph(lived_in: hfabm.HousingFirstModel) -> None:
    stairwell = np.flatnonzero(lived_in.world.dwellings.stairwell == lived_in.world.dwellings.stairwell[0])

    whole, part = lived_in.housing_graph(), lived_in.housing_graph(stairwell)

    assert isinstance(whole, networkx.Graph)
    assert len(whole) == 660
    assert part.number_of_edges() >= len(stairwell) * (len(stairwell) - 1) // 2
    assert all(set(part[node]) <= set(whole[node]) for node in part)
    assert len(whole.nodes[0]["pos"]) == 2


def test_the_housing_network_is_a_mesa_network(lived_in: hfabm.HousingFirstModel) -> None:
    homes = lived_in.world.dwellings
    lived = [int(row) for row in np.flatnonzero(homes.tenant >= 0)[:20]]

    network = lived_in.housing_network(lived)

    assert isinstance(network, Network)
    assert len(network.all_cells) == 20
    assert network[lived[0]].agents == [lived_in.citizen(int(homes.tenant[lived[0]]))]
    with pytest.raises(TypeError, match="rules move people"):
        network[lived[0]].add_agent(lived_in.citizen(0))


def test_mesas_browser_page_builds() -> None:
    solara = pytest.importorskip("solara", reason="solara is an extra: pip install hfabm[app]")
    pytest.importorskip("altair", reason="mesa.visualization imports altair")
    pytest.importorskip("matplotlib", reason="mesa draws with matplotlib")
    from mesa.visualization import SolaraViz, make_plot_component

    hamlet = Counted(rng=1)
    hamlet.step()

    page = SolaraViz(hamlet, components=[make_plot_component("homeless")], name="Hamlet")
    box, context = solara.render(page, handle_error=False)

    assert box.children
    context.close()
