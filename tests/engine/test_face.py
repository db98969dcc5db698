import copy
import pickle
import warnings

import mesa
import numpy as np
import pytest
import town
from mesa.agent import AgentSet
from town import Home, Mood, Numbers, Person, Town, feel, pay_rent, week_of

from hfabm.engine import kernel
from hfabm.engine.agentset import RowSet
from hfabm.engine.face import ColumnModel, seed_of

pytestmark = pytest.mark.interpreted


class Dog(mesa.Agent):
    """An ordinary Mesa agent."""

    def __init__(self, model: mesa.Model, uid: int = -1) -> None:
        super().__init__(model)
        self.uid = uid

    def greet(self, word: str = "vov") -> str:
        return word


class Owner(town.Owner):
    """An owner with a mind of its own, named as the class it replaces."""

    def decide(self) -> str:
        return f"ask about {self.patience}"


class Life(ColumnModel):
    def __init__(self, people: int = 12, rng: int | None = 4, way: str = "sweep", order: str = "rows") -> None:
        super().__init__(Town(people), agents=(Owner,), rng=rng, way=way, order=order)
        self.favourite = self.one(Person, 3)
        self.favourite.colour = "red"
        self.datacollector = mesa.DataCollector({"owed": "owed"})
        self.able = self.agents_by_type[Person].where(lambda people: people.skills > 0.5)

    def step(self) -> None:
        with self.kernels():
            for rule in (pay_rent, feel):
                self.world.drive(rule, self.world, week_of(self.steps), Numbers())

        self.datacollector.collect(self)

    @property
    def owed(self) -> float:
        return float(self.world.relations["Home"].arrears.sum())


@pytest.fixture
def model() -> Life:
    return Life()


def copies():
    return pytest.mark.parametrize(
        "copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))], ids=["deepcopy", "pickle"]
    )


def test_step_counts_weeks(model: Life) -> None:
    # Given a model, When it steps, Then Mesa counts and the town changes
    for _ in range(3):
        model.step()
    assert model.steps == 3 and model.time == 3.0
    assert model.owed > 0.0


def test_the_seed_stays_an_integer() -> None:
    # Given a seed of NumPy's, When a model is made, Then the seed is the same integer
    assert Life(rng=np.int64(9)).seed == 9
    assert Life(rng=9).random.random() == Life(rng=np.int64(9)).random.random()
    # And without one there is one, and a generator is none
    assert isinstance(Life(rng=None).seed, int)
    with pytest.raises(TypeError, match="the seed is an integer"):
        seed_of(np.random.default_rng(1))


def test_handles_are_the_same_wherever_they_come_from(model: Life) -> None:
    # Given a handle, When it is reached in other ways, Then it is the same object
    third = model.one(Person, 3)
    assert third is model.one(Person, 3) is model.agents_by_type[Person][3]
    assert third is model.agents.select(agent_type=Person).to_list()[3] is model.one(Home, 8).person
    assert ColumnModel(Town(), rng=1).one(Person, 3) is not third
    with pytest.raises(IndexError, match="no Person 99: rows go from 0 to 11"):
        model.one(Person, 99)
    with pytest.raises(KeyError, match="no table of Dog"):
        model.one(Dog, 0)


def test_ids_are_stable_and_unique(model: Life) -> None:
    # Given rows and ordinary agents, When their ids are compared, Then no two are alike
    dogs = [Dog(model), Dog(model)]
    ids = [agent.unique_id for agent in model.agents]
    assert len(set(ids)) == len(ids) == 3 + 12 + 12 + 2
    assert model.one(Person, 0).unique_id == 2 * 10**9 + 1
    assert [dog.unique_id for dog in dogs] == [1, 2]


def test_agents_are_everybody(model: Life) -> None:
    # Given ordinary agents beside rows
    Dog.create_agents(model, 2, uid=[-5, -6])
    everybody = model.agents
    # When all are asked, Then rows and dogs answer
    assert isinstance(everybody, AgentSet)
    assert len(everybody) == len(list(everybody)) == 29
    assert model.one(Home, 2) in everybody and everybody[-1] in everybody
    assert everybody[0] is model.one(Owner, 0) and everybody[3] is model.one(Person, 0)
    assert everybody[-1].uid == -6 and everybody[26:28][1].uid == -5
    with pytest.raises(IndexError):
        everybody[29]
    assert everybody.get("uid", handle_missing="default", default_value=0)[3] == 1000
    assert everybody.get("unique_id") == [agent.unique_id for agent in everybody]
    assert everybody.agg("unique_id", max) == 3 * 10**9 + 12
    assert "29 agents" in repr(everybody)


def test_agents_are_selected_by_type(model: Life) -> None:
    # Given dogs beside rows
    dogs = [Dog(model) for _ in range(3)]
    # When one type is selected, Then a set of rows comes, without handles of others
    made = len(model.agents_by_type[Home].cache.made)
    people = model.agents.select(agent_type=Person)
    assert isinstance(people, RowSet) and len(people) == 12
    assert len(model.agents_by_type[Home].cache.made) == made
    assert list(model.agents.select(agent_type=Dog)) == dogs
    assert len(model.agents.select(agent_type=mesa.Agent)) == 30
    assert len(model.agents.select(lambda a: a.unique_id < 3)) == 2
    assert len(model.agents.select(at_most=0.5)) == 15
    with pytest.raises(TypeError, match="leave out `inplace`"):
        model.agents.select(inplace=True)


def test_everybody_can_be_called_grouped_and_ordered(model: Life) -> None:
    # Given dogs beside rows
    Dog(model)
    # When everybody is called, in order or not, Then each is called once
    seen: list[int] = []
    model.agents.do(lambda a: seen.append(a.unique_id))
    model.agents.shuffle_do(lambda a: seen.append(a.unique_id))
    assert seen[:28] == model.agents.get("unique_id")
    assert sorted(seen[28:]) == sorted(seen[:28]) and seen[28:] != seen[:28]
    assert len(model.agents.map(type)) == 28
    # And groups and orders are Mesa's
    assert model.agents.groupby(type).count() == {Owner: 3, Person: 12, Home: 12, Dog: 1}
    assert len(model.agents.groupby(type, result_type="list").groups[Home]) == 12
    assert next(iter(model.agents.sort("unique_id"))) is model.one(Home, 11)
    assert sorted(model.agents.shuffle().get("unique_id")) == sorted(seen[:28])
    assert len(copy.copy(model.agents)) == 28
    for change in (model.agents.add, model.agents.remove, model.agents.discard):
        with pytest.raises(TypeError, match="register themselves"):
            change(model.favourite)


def test_an_ordinary_agent_can_leave(model: Life) -> None:
    # Given a dog, When it leaves, Then the rows stay
    dog = Dog(model)
    assert dog in model.agents and len(model.agents_by_type[Dog]) == 1
    dog.remove()
    assert dog not in model.agents and len(model.agents) == 27
    model.remove_all_agents()
    assert len(model.agents) == 27


def test_types_are_listed_once(model: Life) -> None:
    # Given a subclass that took the place of a row class, When types are listed, Then it is there once
    assert model.agent_types == [Owner, Person, Home]
    assert list(model.agents_by_type) == [Owner, Person, Home]
    # And both classes lead to the agents
    by_type = model.agents_by_type
    assert town.Owner in by_type and Dog not in by_type
    assert list(by_type[town.Owner]) == list(by_type[Owner]) == list(by_type.get(town.Owner))
    assert by_type.get(Dog) is None
    with pytest.raises(KeyError):
        by_type[Dog]


def test_a_subclass_decides_in_place_of_its_base(model: Life) -> None:
    # Given a model with an owner class of one's own, When owners decide, Then in the new way
    assert model.agents_by_type[town.Owner].map("decide")[0] == "ask about 20.0"
    assert isinstance(model.one(Home, 1).owner, Owner)
    assert model.one(town.Owner, 1) is model.one(Owner, 1)
    # And only in that model
    assert ColumnModel(Town(), rng=1).agents_by_type[town.Owner].map("decide")[0] == "wait"


def test_a_subclass_must_fit() -> None:
    # Given classes that cannot take a row's place, When a model is made with them, Then it says why
    class Cat(mesa.Agent):
        pass

    class Rich(town.Owner):
        wealth = town.real(0.0, town.Unit.DKK, "Wealth.")

    with pytest.raises(TypeError, match="Cat extends no kind of row; extend one of Owner, Person, Home"):
        ColumnModel(Town(), agents=[Cat])
    with pytest.raises(TypeError, match="Rich declares the columns wealth"):
        ColumnModel(Town(), agents=[Rich])
    with pytest.raises(TypeError, match="both replace Owner"):
        ColumnModel(Town(), agents=[Owner, type("Another", (town.Owner,), {})])


def test_a_way_must_exist() -> None:
    # Given a way or an order that does not exist, When a model is made, Then it is refused
    with pytest.raises(ValueError, match="not a valid Way"):
        Life(way="fast")
    with pytest.raises(ValueError, match="not a valid Order"):
        Life(way="alone", order="backwards")
    with pytest.raises(ValueError, match="a sweep has no order"):
        Life(order="shuffled")


def test_each_way_steps_to_the_same_town() -> None:
    # Given a model for each way, When each steps, Then the towns are alike and randomness was not used
    towns = []
    for way, order in [("sweep", "rows"), ("alone", "rows"), ("plain", "rows"), ("alone", "shuffled")]:
        model = Life(way=way, order=order)
        for _ in range(4):
            model.step()
        towns.append((model.world.columns(), model.random.random()))
    assert all(each == towns[0] for each in towns)


def test_the_plain_way_interprets_kernels() -> None:
    # Given a model of the plain way and one that sweeps, When kernels run, Then as asked
    with Life(way="plain").kernels():
        assert kernel.interpreted
        with Life().kernels():
            assert kernel.interpreted
    with Life().kernels():
        assert not kernel.interpreted


@copies()
def test_a_copy_lives_its_own_life(copied) -> None:
    # Given a model that has run, with a dog
    model = Life(way="alone", order="shuffled")
    dog = Dog(model)
    model.step()
    before = model.world.columns()
    # When it is copied and the copy runs on
    other = copied(model)
    assert other.world.columns() == before
    for _ in range(3):
        other.step()
    # Then the original stays, and handles, sets and agents of the copy are its own
    assert model.world.columns() == before and model.steps == 1
    assert other.steps == 4 and other.world.columns() != before
    assert other.favourite is other.one(Person, 3) is not model.favourite
    assert other.favourite.colour == "red" and other.favourite.model is other
    assert other.world.relations["Person"].handle(3) is other.favourite
    assert other.able.get("row") == model.able.get("row") and other.able[0] is other.one(Person, 7)
    assert [type(a) for a in other.ordinary_agents] == [Dog] and dog not in other.agents
    # And the original, run on, comes to the same
    for _ in range(3):
        model.step()
    assert model.world.columns() == other.world.columns()


@copies()
def test_a_set_or_a_handle_brings_its_model(copied) -> None:
    # Given a set and a handle, When each is copied by itself, Then it belongs to a whole model
    model = Life()
    able = copied(model.able)
    assert able[0] is able.cache.model.one(Person, 7) is able.cache.model.able[0]
    handle = copied(model.favourite)
    assert handle is handle.model.favourite is handle.model.one(Person, 3)
    everybody = copied(model.agents)
    assert len(everybody) == 27 and everybody[6] is everybody.model.favourite


def test_data_collector_reports(model: Life) -> None:
    # Given reporters of all three kinds, beside a dog
    Dog(model)
    collector = mesa.DataCollector(
        model_reporters={"owed": lambda m: m.owed, "agents": lambda m: len(m.agents), "seed": "seed"},
        agent_reporters={"uid": lambda agent: getattr(agent, "uid", 0)},
        agenttype_reporters={Person: {"mood": "mood"}, town.Owner: {"patience": "patience"}},
    )
    # When two weeks are collected
    for _ in range(2):
        model.step()
        collector.collect(model)
    # Then each has its rows
    assert collector.get_model_vars_dataframe()["agents"].tolist() == [28, 28]
    assert collector.get_model_vars_dataframe()["owed"].iloc[1] == model.owed
    agents = collector.get_agent_vars_dataframe()
    assert len(agents) == 56
    assert agents.loc[(2, model.favourite.unique_id), "uid"] == 1003
    moods = collector.get_agenttype_vars_dataframe(Person)
    assert len(moods) == 24 and set(moods["mood"]) <= set(Mood)
    assert collector.get_agenttype_vars_dataframe(town.Owner)["patience"].tolist() == [20.0, 40.0, 80.0] * 2


def test_batch_run_runs_it() -> None:
    # Given Mesa's batch runner of either version, When it runs models, Then they report
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # iterations are deprecated in newer Mesa
        results = mesa.batch_run(
            Life, {"people": [5, 6]}, iterations=2, max_steps=2, number_processes=1, display_progress=False
        )
    assert len(results) == 4
    assert all(result["owed"] > 0.0 for result in results)


def test_mesas_scenario_is_left_to_mesa(model: Life) -> None:
    # Given a model, When its scenario is asked for or set, Then there is none and it says where to put one
    assert model.scenario is None
    with pytest.raises(AttributeError, match="keep yours under another name"):
        model.scenario = object()
