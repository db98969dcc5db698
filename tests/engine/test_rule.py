import copy
import math
import pickle

import numpy as np
import pytest
import town
from town import STEEPNESS, Home, Mood, Numbers, Person, Town, feel, pay_rent, week_of

from hfabm.calendar import Week
from hfabm.engine import kernel
from hfabm.engine.agents import Row
from hfabm.engine.face import ColumnModel
from hfabm.engine.rule import RuleError, rule
from hfabm.engine.table import Column, integer, link
from hfabm.randomness import luck
from hfabm.units import Unit

WAYS = [("alone", "rows"), ("alone", "shuffled"), ("plain", "rows"), ("plain", "shuffled")]
LEAP = 3


def run(way: str, order: str = "rows", weeks: int = 15) -> dict[str, bytes]:
    place = Town()
    ColumnModel(place, rng=3, way=way, order=order)
    for number in range(weeks):
        for each in (pay_rent, feel):
            place.drive(each, place, week_of(number), Numbers())
    assert len(set(place.relations["Person"].mood.tolist())) == 3, "a town in which nothing happens tests nothing"
    return place.columns()


@pytest.mark.interpreted
@pytest.mark.parametrize(("way", "order"), WAYS)
def test_every_way_gives_the_same_bits(way: str, order: str) -> None:
    # Given a town swept for some weeks
    swept = run("sweep")
    # When the same weeks run another way, Then every bit is the same
    assert run(way, order) == swept


@pytest.mark.interpreted
def test_reads_and_writes_are_read_off_the_source() -> None:
    # Given a rule that reads through links and properties
    # When its columns are asked for, Then none is missing
    assert {Person.uid, Person.skills, Person.mood, Home.notice_week, Home.rent} <= pay_rent.reads
    assert pay_rent.writes == {Home.arrears, Home.misses, Home.history, Home.notice_week}
    assert pay_rent.row_class is Home


@pytest.mark.interpreted
def test_a_rule_needs_no_parameters() -> None:
    # Given a rule of a row and the week
    @rule
    def count(home: Home, week: Week) -> None:
        home.misses = week.number

    # When it runs each way, Then it does
    place = Town(2)
    model = ColumnModel(place, rng=1)
    count.sweep(place.relations, week_of(4))
    assert place.relations["Home"].misses.tolist() == [4, 4]
    count.plainly(model.one(Home, 0), week_of(5))
    count.alone(model.one(Home, 1), week_of(6))
    assert place.relations["Home"].misses.tolist() == [5, 6]


@pytest.mark.interpreted
def test_closures_are_part_of_a_rule() -> None:
    # Given two rules made by one function
    def make(step: int):
        def double(x: int) -> int:
            return 2 * x

        formula = kernel.formula(double)

        @rule
        def add(home: Home, week: Week) -> None:
            home.misses += formula(step)

        return add

    one, ten = make(1), make(10)
    place = Town(1)
    # When each runs, Then each uses its own number
    one.sweep(place.relations, week_of(0))
    ten.sweep(place.relations, week_of(0))
    assert place.relations["Home"].misses.tolist() == [22]


@pytest.mark.interpreted
def test_a_property_brings_the_names_of_its_own_module() -> None:
    # Given a module where the name that a property reads means something else
    assert STEEPNESS == town.STEEPNESS
    scope = {"rule": rule, "Person": Person, "Week": Week, "STEEPNESS": -1.0, "exp": None}
    # When a rule there uses the property
    ease = rule(_elsewhere(scope))
    place = Town(3)
    ease.sweep(place.relations, week_of(0))
    # Then the property means what it means in its own module
    expected = [1.0 / (1.0 + math.exp(-STEEPNESS * row / 3)) for row in range(3)]
    assert place.relations["Person"].skills.tolist() == expected


def _elsewhere(scope):
    import types

    def ease(me: Person, week: Week) -> None:
        me.skills = me.ease

    scope["__name__"] = "elsewhere"
    made = types.FunctionType(ease.__code__, scope, "ease")
    made.__annotations__, made.__module__ = ease.__annotations__, "elsewhere"
    return made


@pytest.mark.interpreted
def test_locals_tuples_and_names_for_the_own_row_work() -> None:
    # Given a rule that names its own row and unpacks locals
    @rule
    def shift(home: Home, week: Week) -> None:
        """Docstring."""
        mine = home
        a, b = mine.misses, LEAP
        mine.misses = a + b
        share: float = mine.rent / 2.0
        mine.arrears = share if Mood.UPSET.value == 4 else 0.0

    # When it runs compiled and plainly, Then both say the same
    place = Town(2)
    model = ColumnModel(place, rng=1)
    shift.sweep(place.relations, week_of(0), None, np.array([0]))
    shift.plainly(model.one(Home, 1), week_of(0))
    homes = place.relations["Home"]
    assert homes.misses.tolist() == [3, 3]
    assert homes.arrears.tolist() == [homes.rent[0] / 2, homes.rent[1] / 2]


@pytest.mark.interpreted
def test_rules_are_copied_and_sent_by_name() -> None:
    # Given a rule of a module, When it is copied or pickled, Then it stays the same object
    assert copy.deepcopy(pay_rent) is pay_rent
    assert pickle.loads(pickle.dumps(pay_rent)) is pay_rent


@pytest.mark.interpreted
def test_outside_rules_a_handle_is_read_only() -> None:
    # Given a handle, When a column is set, Then the error says who writes, also after a rule ran plainly
    place = Town(2)
    home = ColumnModel(place, rng=1).one(Home, 0)
    pay_rent.plainly(home, week_of(0), Numbers())
    with pytest.raises(AttributeError, match=r"Home\.rent cannot be set here: .* rules write"):
        home.rent = 1.0


class Wide(Row):
    days = Column("i4", 0, Unit.DAYS, "Days by kind.", width=3)
    note = integer(0, Unit.COUNT, "A number.")
    nobody_row = integer(-1, Unit.ROW, "Nobody.")
    nobody = link("nobody_row", "Unheard")

    @property
    def two(self) -> int:
        first = self.note
        return first + 1


@rule
def reads_a_written_column_of_others(me: Person, week: Week) -> None:
    me.skills = me.home.person.skills


@rule
def returns_in_a_loop(me: Person, week: Week) -> None:
    for number in range(3):
        if number == 1:
            return


@rule
def returns_something(me: Person, week: Week) -> int:
    return 1


@rule
def reads_what_is_not_there(me: Person, week: Week) -> None:
    me.skills = me.talent


@rule
def writes_what_is_not_there(me: Person, week: Week) -> None:
    me.talent = 1.0


@rule
def writes_a_linked_row(me: Person, week: Week) -> None:
    me.home.arrears = 0.0


@rule
def writes_a_named_linked_row(me: Person, week: Week) -> None:
    home = me.home
    home.arrears += 1.0


@rule
def uses_a_long_property(me: Wide, week: Week) -> None:
    me.note = me.two


@rule
def reads_a_wide_column(me: Wide, week: Week) -> None:
    me.note = me.days


@rule
def writes_a_wide_column(me: Wide, week: Week) -> None:
    me.days = 1


@rule
def follows_a_link_to_nowhere(me: Wide, week: Week) -> None:
    me.note = me.nobody.uid


@rule
def passes_its_row_on(me: Person, week: Week) -> None:
    print(me)


@rule
def unpacks_into_columns(me: Home, week: Week) -> None:
    me.arrears, me.rent = 1.0, 2.0


@rule
def gives_a_name_twice(me: Person, week: Week) -> None:
    other = me.home
    other = me.home.owner
    me.skills = other.patience


@rule
def calls_luck_by_name(me: Person, week: Week) -> None:
    me.skills = luck(week, asked=1, uid=me.uid)


@rule
def misses_a_member(me: Person, week: Week) -> None:
    me.mood = Mood.GLAD  # type: ignore[attr-defined]


@rule
def says_no_row(me, week: Week) -> None:  # type: ignore[no-untyped-def]
    me.x = 1


@rule
def takes_nothing() -> None:  # type: ignore[arg-type]
    pass


REFUSED = [
    (reads_a_written_column_of_others, r"reads Person\.skills of other rows and writes it"),
    (returns_in_a_loop, "not from inside a loop"),
    (returns_something, "returns nothing"),
    (reads_what_is_not_there, "Person has no column or property 'talent'"),
    (writes_what_is_not_there, "Person has no column 'talent'"),
    (writes_a_linked_row, "only columns of its own row"),
    (writes_a_named_linked_row, "only columns of its own row"),
    (uses_a_long_property, "'two' is more than one return"),
    (reads_a_wide_column, "wide column"),
    (writes_a_wide_column, "wide column"),
    (follows_a_link_to_nowhere, "no kind of row called Unheard"),
    (passes_its_row_on, "'me' cannot be used whole"),
    (unpacks_into_columns, "one column at a time"),
    (gives_a_name_twice, "'other' stands for another row already"),
    (calls_luck_by_name, "write luck"),
    (misses_a_member, r"Mood\.GLAD is no whole-number code"),
    (says_no_row, "annotate 'me' with the class of the row"),
    (takes_nothing, "a rule takes a row, the week"),
]


@pytest.mark.interpreted
@pytest.mark.parametrize(("refused", "why"), REFUSED, ids=lambda x: getattr(x, "__name__", ""))
def test_what_cannot_run_all_ways_is_refused_with_its_line(refused, why: str) -> None:
    # Given a rule that could not run all three ways, When it is looked at, Then line and reason are given
    with pytest.raises(RuleError, match=rf"test_rule\.py:\d+: rule {refused.__name__}: .*{why}"):
        _ = refused.source


@pytest.mark.interpreted
def test_a_refusal_names_the_very_line() -> None:
    # Given the line of the offence
    line = reads_what_is_not_there.function.__code__.co_firstlineno + 2
    # When the rule is refused, Then that line is named
    with pytest.raises(RuleError, match=rf"test_rule\.py:{line}:"):
        _ = reads_what_is_not_there.source


@pytest.mark.interpreted
def test_a_rule_without_its_table_says_so() -> None:
    # Given tables without that of the rule, When it is swept, Then the error names it
    with pytest.raises(LookupError, match="no table of Wide; there are Owner, Person, Home"):
        empty.sweep(Town(1).relations, week_of(0))


@rule
def empty(me: Wide, week: Week) -> None: ...
