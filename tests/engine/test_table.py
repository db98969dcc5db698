import copy
import pickle

import numpy as np
import pytest
from town import Home, Mood, Person, Town

from hfabm.engine.agents import Row
from hfabm.engine.table import Column, Table, integer
from hfabm.units import Unit

pytestmark = pytest.mark.interpreted


class Wide(Row):
    days = Column("i4", 0, Unit.DAYS, "Days by kind.", width=3)
    note = integer(5, Unit.COUNT, "A number.")


def test_a_column_knows_what_it_is() -> None:
    # Given a row class, When a column is looked at from the class, Then it is the column itself
    assert str(Person.skills) == "Person.skills"
    assert Person.skills.unit is Unit.SHARE
    assert Person.mood.codes is Mood


def test_new_rows_get_given_values_or_fill() -> None:
    # Given an empty table with room for two rows
    table = Table(Person, capacity=2)
    # When more rows are opened than fit
    first = table.open(2, uid=[5, 6])
    second = table.open(3, uid=[7, 8, 9], skills=0.25)
    # Then nothing is lost and the rest is filled
    assert (first, second) == (range(0, 2), range(2, 5))
    assert table.uid.tolist() == [5, 6, 7, 8, 9]
    assert table.skills.tolist() == [0.5, 0.5, 0.25, 0.25, 0.25]
    assert table.capacity >= len(table) == 5


def test_growing_renews_the_version() -> None:
    # Given a full table
    table = Table(Person, capacity=1)
    table.open(1)
    before = table.version
    # When it grows, Then whoever kept its arrays can tell
    table.open(1)
    assert table.version > before


def test_a_refused_row_leaves_nothing_behind() -> None:
    # Given a table
    table = Table(Person, capacity=8)
    # When values of the wrong length are refused
    with pytest.raises(ValueError, match="2 values for 3 rows"):
        table.open(3, skills=[0.1, 0.2, 0.3], uid=[1, 2])
    # Then the next rows start from the fill value
    table.open(3)
    assert table.skills.tolist() == [0.5, 0.5, 0.5]


def test_unknown_columns_are_named() -> None:
    # Given a table, When a column is misspelt, Then the error says which and what there is
    table = Table(Person)
    with pytest.raises(KeyError, match="Person has no column skils"):
        table.open(1, skils=0.1)
    with pytest.raises(AttributeError, match="no column 'skils'; it has uid, skills"):
        _ = table.skils


def test_readonly_views_cannot_be_written() -> None:
    # Given the view of a column that is lent to those who only read
    view = Town().relations["Person"].readonly["skills"]
    # When it is written, Then it refuses
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 1.0


def test_inherited_columns_are_refused() -> None:
    # Given a row class with the columns of another
    class Child(Person):
        pass

    # When a table is made of it, Then it says where columns belong
    with pytest.raises(TypeError, match="Child inherits columns"):
        Table(Child)


def test_wide_columns_have_several_numbers_a_row() -> None:
    # Given a wide column
    table = Table(Wide, capacity=1)
    # When rows are opened, Then each has its numbers
    table.open(2, days=[[1, 2, 3], [4, 5, 6]])
    assert table.days.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert table.note.tolist() == [5, 5]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))])
def test_a_copy_is_equal_and_apart(copied) -> None:
    # Given a table
    table = Town().relations["Home"]
    # When it is copied and the copy written
    other = copied(table)
    assert other.rent.tobytes() == table.rent.tobytes()
    other.arrays["rent"][0] = 99.0
    other.open(100)
    # Then the original stays, columns are the same objects, and the copy's views follow its arrays
    assert table.rent[0] != 99.0
    assert other.columns["rent"] is Home.rent
    assert other.readonly["rent"][0] == 99.0
    assert other.relations["Home"] is other


def test_a_table_without_a_model_makes_no_handles() -> None:
    # Given a table of no model, When a handle is asked for, Then the error says who makes them
    with pytest.raises(RuntimeError, match="no model yet"):
        Town().relations["Home"].handle(0)


def test_empty_tables_have_empty_columns() -> None:
    # Given a table without rows, When a column is read, Then it is an empty array
    assert np.array_equal(Table(Home).rent, [])
