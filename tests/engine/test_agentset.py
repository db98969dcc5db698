import copy
import random

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet
from town import Home, Mood, Numbers, Owner, Person, Town, feel, pay_rent, week_of

from hfabm.engine.agentset import RowSet
from hfabm.engine.face import ColumnModel

pytestmark = pytest.mark.interpreted


@pytest.fixture
def model() -> ColumnModel:
    place = Town(10)
    place.relations["Person"].arrays["mood"][:10] = [0, 1, 4, 0, 1, 4, 0, 1, 4, 0]
    return ColumnModel(place, rng=5)


@pytest.fixture
def people(model: ColumnModel) -> RowSet:
    return model.agents_by_type[Person]


@pytest.fixture
def usual(people: RowSet) -> AgentSet:
    """The same handles in an ordinary AgentSet of Mesa."""
    return AgentSet(list(people), random=random.Random(1))


def made(people: RowSet) -> int:
    return len(people.cache.made)


def test_it_is_an_agentset_that_makes_no_handles(people: RowSet) -> None:
    # Given a set of rows, When columns are read by name
    assert isinstance(people, AgentSet)
    assert len(people) == 10
    people.get("skills")
    people.get(["uid", "mood"])
    people.agg("skills", [np.mean, max])
    people.sort("skills")
    people.groupby("mood").agg("skills", np.mean)
    people.where(people.table.skills > 0.5)
    # Then no handle was made
    assert made(people) == 0


def test_handles_are_lasting(model: ColumnModel, people: RowSet) -> None:
    # Given a handle, When it is reached in other ways, Then it is the same object
    third = people[3]
    assert third is people.to_list()[3] is list(people)[3] is people[3:5][0] is model.one(Person, 3)
    assert third is model.one(Home, 6).person
    assert people[-1].row == 9
    with pytest.raises(IndexError):
        people[10]


def test_membership_follows_rows(model: ColumnModel, people: RowSet) -> None:
    # Given a selection, When agents are looked for, Then only its own are in it
    some = people.where(people.table.skills >= 0.5)
    assert people[7] in some and people[7] in people
    assert people[1] not in some
    assert model.one(Home, 7) not in people
    assert ColumnModel(Town(10), rng=5).one(Person, 7) not in people
    assert "somebody" not in people


@pytest.mark.parametrize("name", ["uid", "skills", "mood", "employed", "ease"])
def test_get_says_what_the_handles_say(people: RowSet, usual: AgentSet, name: str) -> None:
    # Given a column or a property, When it is read, Then values and types are those of the handles
    values = people.get(name)
    assert values == usual.get(name)
    assert [type(v) for v in values] == [type(v) for v in usual.get(name)]


def test_get_of_several_and_of_missing(people: RowSet) -> None:
    # Given several names, When they are read, Then each row has its list
    assert people.get(["uid", "mood"])[:2] == [[1000, Mood.CALM], [1001, Mood.WORRIED]]
    # And missing attributes are refused or replaced as asked
    with pytest.raises(AttributeError):
        people.get("talent")
    assert people.get("talent", handle_missing="default", default_value=3) == [3] * 10
    with pytest.raises(ValueError, match="handle_missing"):
        people.get("uid", handle_missing="perhaps")


@pytest.mark.parametrize("function", [sum, min, max, np.mean, np.sum, np.max, len, lambda v: sorted(v)[0]])
def test_agg_gives_python_numbers(people: RowSet, usual: AgentSet, function) -> None:
    # Given a function of NumPy or of Python, When it aggregates, Then the result is Mesa's, as plain Python
    for name in ("skills", "uid", "mood"):
        result = people.agg(name, function)
        assert result == usual.agg(name, function)
        assert not isinstance(result, np.generic)


def test_agg_takes_several_functions(people: RowSet) -> None:
    # Given two functions, When both aggregate, Then there are two results
    assert people.agg("uid", [min, np.max]) == [1000, 1009]
    assert people.agg("ease", min) == 0.5


def test_sums_of_codes_cannot_overflow() -> None:
    # Given more codes than one byte can count
    place = Town(100)
    place.relations["Person"].arrays["mood"][:100] = Mood.UPSET
    # When they are summed cumulatively, Then the sum is right
    people = ColumnModel(place, rng=1).agents_by_type[Person]
    assert people.agg("mood", np.cumsum)[-1] == 400


def test_columns_cannot_be_set_but_attributes_can(people: RowSet) -> None:
    # Given a set, When a column is set, Then it is refused as for a handle
    with pytest.raises(AttributeError, match=r"Person\.skills cannot be set here"):
        people.set("skills", 0.1)
    # And other attributes belong to the handles
    assert people.set("colour", "red") is people
    assert people[4].colour == "red"


def test_where_selects_by_mask(people: RowSet) -> None:
    # Given two conditions, When one follows the other, Then rows that meet both are left
    able = people.where(lambda table: table.skills >= 0.5)
    upset = able.where(people.table.mood == Mood.UPSET)
    assert upset.get("row") == [5, 8]
    with pytest.raises(ValueError, match="one boolean for each of the 10 rows"):
        able.where(np.array([True]))
    with pytest.raises(ValueError, match="one boolean"):
        able.where(np.arange(10))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"at_most": 3},
        {"at_most": 0.25},
        {"filter_func": lambda a: a.skills > 0.35},
        {"filter_func": lambda a: a.skills > 0.35, "at_most": 2},
        {"agent_type": Person},
        {"agent_type": Home},
        {"agent_type": mesa.Agent, "at_most": 1.0},
    ],
)
def test_select_chooses_as_mesa_does(people: RowSet, usual: AgentSet, asked) -> None:
    # Given what is asked, When rows are selected, Then they are those of Mesa's own
    assert list(people.select(**asked)) == list(usual.select(**asked))


def test_select_in_place(people: RowSet) -> None:
    # Given a set of one's own, When it selects in place, Then it is the same set, smaller
    assert people.select(lambda a: a.row < 2, inplace=True) is people
    assert people.get("row") == [0, 1]


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("key", ["skills", "mood", "employed", "ease", lambda a: -a.uid])
def test_sort_orders_as_mesa_does_ties_too(people: RowSet, usual: AgentSet, key, ascending: bool) -> None:
    # Given a key, When both sort, Then ties stand alike
    assert list(people.sort(key, ascending)) == list(usual.sort(key, ascending))


def test_shuffle_is_mesas(model: ColumnModel, people: RowSet) -> None:
    # Given the model's generator, When rows are shuffled, Then as Python shuffles
    rows = list(range(10))
    random.Random(5).shuffle(rows)
    assert people.shuffle().get("row") == rows
    assert sorted(people.shuffle(inplace=True).get("row")) == list(range(10))


def test_do_and_map_call_methods_and_functions(people: RowSet) -> None:
    # Given a method's name or a function, When it is called for all, Then with its arguments
    assert people.map("greet", word="dav")[:2] == ["dav 1000", "dav 1001"]
    seen: list[int] = []
    assert people.do(lambda a, more: seen.append(a.row + more), 100) is people
    assert seen == list(range(100, 110))
    people.shuffle_do(lambda a: seen.append(a.row))
    assert sorted(seen[10:]) == list(range(10))
    assert seen[10:] != list(range(10))


@pytest.mark.parametrize("by", ["mood", "employed", "ease", lambda a: a.uid % 3])
def test_groupby_groups_as_mesa_does(people: RowSet, usual: AgentSet, by) -> None:
    # Given a key, When both group, Then keys and their order, members and counts are alike
    mine, theirs = people.groupby(by), usual.groupby(by)
    assert [(k, list(g)) for k, g in mine] == [(k, list(g)) for k, g in theirs]
    assert mine.count() == theirs.count()
    assert mine.agg("uid", sum) == theirs.agg("uid", sum)
    assert dict(people.groupby(by, result_type="list")) == dict(usual.groupby(by, result_type="list"))
    assert all(isinstance(group, RowSet) for _, group in mine)


def test_sets_combine(model: ColumnModel, people: RowSet) -> None:
    # Given two selections, When they are combined, Then a set of rows comes out
    low, high = people.select(lambda a: a.row < 6), people.select(lambda a: a.row > 3)
    assert (low & high).get("row") == [4, 5]
    assert sorted((low | high).get("row")) == list(range(10))
    assert (low - high).get("row") == [0, 1, 2, 3]
    homes = model.agents_by_type[Home]
    assert len(low | homes) == 16


def test_rows_cannot_be_added_or_taken(people: RowSet) -> None:
    # Given a set of rows, When agents are added or taken, Then it says who opens rows
    for change in (people.add, people.discard, people.remove):
        with pytest.raises(TypeError, match="opened by the process that owns them"):
            change(people[0])
    with pytest.raises(TypeError, match="never deleted"):
        people[0].remove()
    with pytest.raises(TypeError, match="opened by processes"):
        Person(None)


def test_a_rule_sweeps_the_whole_table_and_walks_a_part(people: RowSet, model: ColumnModel) -> None:
    # Given a rule
    homes = model.agents_by_type[Home]
    rents = homes.table.rent.copy()
    # When a part of the homes runs it, Then only that part changes
    homes.table.arrays["person_row"][:10] = 0
    odd = homes.select(lambda h: h.row % 2 == 1)
    assert odd.do(pay_rent, week_of(0), Numbers(missed=9.0)) is odd
    owed = (homes.table.arrears > 0).tolist()
    assert owed == [row % 2 == 1 for row in range(10)]
    # And all of them make no handles more
    before = len(homes.cache.made)
    homes.do(pay_rent, week_of(0), Numbers(missed=9.0))
    assert (homes.table.arrears[::2] == rents[::2]).all()
    assert len(homes.cache.made) == before
    homes.shuffle_do(pay_rent, week_of(0), Numbers(missed=9.0))
    assert len(homes.cache.made) == 10
    with pytest.raises(TypeError, match="'feel' is for Person rows, not for Home"):
        homes.do(feel, week_of(0), Numbers())


def test_copies_are_apart(people: RowSet) -> None:
    # Given a set, When it is copied and the copy shuffled, Then the original stays
    other = copy.copy(people)
    other.shuffle(inplace=True)
    assert people.get("row") == list(range(10))
    assert people.copy().get("row") == list(range(10))


def test_a_set_of_all_rows_grows(people: RowSet) -> None:
    # Given a set of all rows and a selection
    some = people.select(at_most=4)
    # When a row is opened, Then the one grows and the other does not
    people.table.open(1, uid=77)
    assert len(people) == 11 and people[10].uid == 77
    assert len(some) == 4


def test_an_empty_table_is_an_empty_set() -> None:
    # Given a town of nobody, When its people are asked, Then nothing fails
    nobody = ColumnModel(Town(0), rng=1).agents_by_type[Person]
    assert list(nobody) == [] and nobody.get("uid") == [] and nobody.agg("uid", sum) == 0
    assert nobody.groupby("mood").count() == {}
    assert nobody.do(feel, week_of(0), Numbers()).sort("skills").shuffle().to_list() == []


def test_it_prints_its_kind(model: ColumnModel) -> None:
    # Given a set, When it is printed, Then it says how many of what
    assert repr(model.agents_by_type[Owner]) == "<3 Owner rows>"
