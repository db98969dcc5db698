import pytest

from hfabm import evidence

GRADES = {"high", "medium", "derived", "low", "none"}


def test_every_figure_has_an_id_a_meaning_and_a_grade() -> None:
    # Given the register
    register = evidence.register()
    # When its figures are gone through
    incomplete = [e.id for e in register.values() if not e.quantity or e.confidence not in GRADES]
    # Then none lacks its meaning or its grade
    assert len(register) == 489
    assert incomplete == []


def test_every_range_holds_its_value() -> None:
    # Given the figures that are one number with a range
    ranged = {
        e.id: (e.low, float(e.value), e.high)
        for e in evidence.register().values()
        if e.low is not None and e.high is not None and e.value.lstrip("-").replace(".", "", 1).isdigit()
    }
    # When value and range are compared
    outside = [id for id, (low, value, high) in ranged.items() if not low <= value <= high]
    # Then each value lies in its range
    assert len(ranged) > 20
    assert outside == []


def test_a_mistyped_id_names_the_nearest() -> None:
    # Given an id that does not exist, When it is cited, Then the error names one that does
    with pytest.raises(KeyError, match=r"no evidence id 'P5\.08'; the nearest is 'P5\.0\d8'"):
        evidence.cite("P5.08")


@pytest.mark.parametrize(
    ("id", "numbers"),
    [
        ("O11", [208, 173, 113, 125, 117]),  # separated by ;
        ("X06", [88, 47]),  # vs
        ("M13", [223, 35]),  # ->
        ("X33", [3.30, 4.41]),  # /
        ("X34", [7107, 7112, 5482, 4340, 3950, 3800]),  # with words behind the numbers
        ("P1.001", [5253]),  # one number
    ],
)
def test_a_series_is_read_in_order(id: str, numbers: list[float]) -> None:
    # Given a figure with several numbers, When read as a series, Then they come as written
    assert evidence.series(id) == numbers


@pytest.mark.parametrize("id", ["X15", "X21", "U07", "O06"])
def test_words_and_ranges_are_no_series(id: str) -> None:
    # Given a figure of words or ranges, When read as numbers, Then it is refused and shown
    with pytest.raises(ValueError, match=id):
        evidence.series(id)


def test_a_pair_is_not_one_number() -> None:
    # Given a pair, When one number is asked for, Then the error says what to call
    with pytest.raises(ValueError, match=r"series\('X06'\)"):
        evidence.number("X06")


@pytest.mark.parametrize("municipality", ["Odense", "0461"])
def test_odense_has_seven_usable_counts(municipality: str) -> None:
    # Given Odense by name or code, When its counts are read, Then 2011 comes from the register
    # and the rounded count of 2007 is left out
    counts = evidence.observed_counts(municipality)
    assert counts == {2009: 208, 2011: 178, 2013: 110, 2015: 173, 2017: 113, 2019: 125, 2022: 117}


def test_disputed_and_missing_counts_are_left_out() -> None:
    # Given a municipality that disputes a count, and one without any, When read, Then neither shows up
    assert evidence.observed_counts("Glostrup") == {2017: 50}
    assert evidence.observed_counts("Herning") == {}


def test_an_unknown_municipality_names_the_nearest() -> None:
    # Given a misspelt name, When counts are asked for, Then the error names the municipality meant
    with pytest.raises(KeyError, match="Odense"):
        evidence.observed_counts("Odnese")
