"""A reform comes back from its file and its link as it went in; what is hostile is refused in words."""

from __future__ import annotations

import base64
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hfabm.app.reform.controls import Control, controls
from hfabm.app.reform.draft import STARTS, Draft, DraftError, from_address, from_toml, laid_on
from hfabm.app.reform.reform_file import LONGEST, bases, packages
from hfabm.language import Language
from hfabm.model import SCENARIOS
from hfabm.parameters.declare import BEGINNING, Value

CAP = ("refund_law", "shelter_days")
RATE = ("refund_law", "rate")


def values_of(control: Control) -> st.SearchStrategy[Value]:
    declared = control.declared
    if declared.kind is bool:
        return st.booleans()
    if declared.kind is int:
        return st.integers(int(declared.low), int(declared.high))
    return st.floats(declared.low, declared.high).map(lambda value: value + 0.0)


def steps_of(control: Control) -> st.SearchStrategy[tuple[tuple[date, Value], ...]]:
    days = st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.just(BEGINNING)
    return st.dictionaries(days, values_of(control), min_size=1, max_size=3).map(
        lambda steps: tuple(sorted(steps.items()))
    )


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
drafts = st.builds(
    Draft,
    title=words.map(str.strip),
    hypothesis=words.filter(lambda said: not said or bool(said.strip())),
    include=st.lists(st.sampled_from(packages()), unique=True, max_size=3).map(tuple),
    changes=st.lists(st.sampled_from(list(controls().values())), unique=True, max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({control.key: steps_of(control) for control in chosen})
    ),
)


@settings(deadline=None, max_examples=60)
@given(draft=drafts)
def test_a_reform_comes_back_from_its_file(draft: Draft) -> None:
    text = draft.as_toml()

    back = from_toml(text)

    assert (back.title, back.hypothesis, back.include, back.changes) == (
        draft.title,
        draft.hypothesis,
        draft.include,
        draft.changes,
    )
    assert back.as_toml() == text


@settings(deadline=None, max_examples=60)
@given(draft=drafts)
def test_a_reform_comes_back_from_its_link(draft: Draft) -> None:
    address = draft.as_address()

    assert (from_address(address) if address else Draft()) == (draft if draft.title or not draft.empty else Draft())


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_nothing_that_is_sent_breaks_reading(text: str) -> None:
    for read in (from_toml, from_address):
        try:
            read(text)
        except DraftError as error:
            assert all(error.told(language).strip() for language in Language)


@pytest.mark.parametrize("package", packages())
def test_every_reform_that_ships_can_be_opened(package: str) -> None:
    text = (SCENARIOS / f"{package}.toml").read_text(encoding="utf-8")

    draft = from_toml(text)

    assert draft.title and not draft.empty
    assert laid_on("odense_ahead", draft).digest() == laid_on("odense_ahead", Draft(include=(package,))).digest()


@pytest.mark.parametrize(
    ("text", "danish"),
    [
        ('title = "x"\ninclude = ["/etc/passwd"]', 'linje 2: include: Der findes ingen pakke "/etc/passwd"'),
        ('include = ["../odense.toml"]', "Der findes ingen pakke"),
        ('include = ["reforms/../../odense.toml"]', "Der findes ingen pakke"),
        ('include = ["reforms/there_is_none.toml"]', "Der findes ingen pakke"),
        ("include = [1]", "ikke en liste over navne"),
        ('extends = "../odense.toml"', "lægges oven på et scenarie"),
        ('place = "odense"', "lægges oven på et scenarie"),
        ("seed = 7", "lægges oven på et scenarie"),
        ("[programmes.x]\nfrom = 2027-01-01", "kan ikke oprette programmer"),
        ("this is no reform", "linje 1: Det er ikke en reformfil (TOML)"),
        ("\x00\x01PNG", "Det er ikke en reformfil (TOML)"),
        ("a = " + "[" * 20_000, "Det er ikke en reformfil (TOML)"),
        ("a." * 30_000 + "b = 1", "ligger for dybt"),
        ("[refund_law]\nshelter_dyas = 60", "linje 2: refund_law.shelter_dyas: Modellen kender ikke dette navn."),
        ("[refund_law]\nshelter_dyas = 60", "Mente du shelter_days?"),
        ("[refundlaw]\nshelter_days = 60", "Mente du refund_law?"),
        ("[refund_law]\nshelter_days = 900", "900 ligger uden for spændet 0 til 366"),
        ("[refund_law]\nshelter_days = nan", "ligger uden for spændet"),
        ("[refund_law]\nshelter_days = 60.5", "ikke et helt tal"),
        ("[refund_law]\nshelter_days = [1, 2]", "ikke et tal i den rigtige enhed"),
        ('[refund_law]\nshelter_days = "60 weeks"', "ikke et tal i den rigtige enhed"),
        ("[refund_law]\nprevention = 1", "hverken true eller false"),
        ('[refund_law]\nshelter_days = { "soon" = 60 }', "Datoen kan ikke læses"),
        ("title = 3", "er ikke en tekst"),
        ('source = "X999"', "ingen X999 i evidensregistret"),
        ("#" * (LONGEST + 1), "Er det den rigtige fil?"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_in_danish_with_its_line(text: str, danish: str) -> None:
    with pytest.raises(DraftError) as refused:
        from_toml(text, "min.toml")

    told = refused.value.told(Language.DA)
    assert told.startswith("min.toml") and danish in told
    assert "Traceback" not in told and len(told) < 600


def test_a_small_link_that_unpacks_to_very_much_is_refused() -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b"#" * 200_000_000, 9)).decode()

    with pytest.raises(DraftError):
        from_address(bomb)


def test_a_link_that_is_cut_loses_no_change_in_silence() -> None:
    changes = {control.key: ((STARTS, control.declared.low),) for control in list(controls().values())[:40]}
    whole = Draft("A long one", changes={key: steps for key, steps in changes.items()}).as_address()

    for length in range(1, len(whole)):
        with pytest.raises(DraftError, match="cut short"):
            from_address(whole[:length])


@pytest.mark.parametrize(
    ("draft", "danish"),
    [
        (Draft().changed(CAP, 900, STARTS), "ligger uden for spændet"),
        (Draft().changed(CAP, 60, date(2040, 1, 1)), "2040-01-01 ligger efter scenariets slutning, 2036-12-31"),
        (Draft(changes={CAP: ((date(2000, 1, 1), 60), (date(2001, 1, 1), 70))}), "ligger før scenariets start"),
        (Draft().changed(RATE, 0.5, STARTS), "ændrer ikke noget"),
        (
            Draft(include=("reforms/05_cap_30_days", "reforms/05d_cap_60_days")),
            "Den strider mod reforms/05_cap_30_days.toml",
        ),
    ],
)
def test_a_reform_that_does_not_fit_is_told_in_danish(draft: Draft, danish: str) -> None:
    with pytest.raises(DraftError) as refused:
        laid_on("odense_ahead", draft)

    assert danish in refused.value.told(Language.DA)
    assert "/tmp" not in refused.value.told(Language.EN)


@pytest.mark.parametrize("base", ["../../etc/passwd", "/etc/hostname", "odense_ahaed", "", "reforms/05_cap_30_days"])
def test_a_base_that_does_not_ship_is_not_read(base: str) -> None:
    with pytest.raises(DraftError, match="no scenario"):
        laid_on(base, Draft().changed(CAP, 60, STARTS))


def test_bases_are_whole_scenarios() -> None:
    assert {"odense", "odense_ahead"} <= set(bases())


def test_moving_the_first_day_moves_what_begins_on_it_and_leaves_the_rest() -> None:
    later = date(2028, 6, 1)
    draft = Draft(
        changes={CAP: ((STARTS, 60), (date(2028, 1, 1), 30), (date(2030, 1, 1), 10)), RATE: ((BEGINNING, 0.4),)}
    )

    moved = draft.moved(STARTS, later)

    assert moved.changes == {CAP: ((later, 60), (date(2030, 1, 1), 10)), RATE: ((BEGINNING, 0.4),)}
    assert (draft.since, moved.since) == (STARTS, later)


def test_the_remarks_of_a_file_are_kept_until_it_is_changed() -> None:
    text = '# Why we do this.\ntitle = "Sixty days"\n[refund_law]\nshelter_days = { 2027-01-01 = 60 }\n'

    draft = from_toml(text)

    assert draft.as_toml() == text
    assert "# Why" not in draft.called("Another").as_toml()
    assert from_address(draft.as_address()).changes == draft.changes
