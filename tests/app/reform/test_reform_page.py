"""The page without a browser: what is set on it reaches the reform and the address, and what is wrong is said."""

from __future__ import annotations

import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets
import pytest
import solara

from hfabm.app.pages import reform as page
from hfabm.app.reform.changes_view import Changes
from hfabm.app.reform.draft import STARTS, Draft
from hfabm.app.reform.editing import Editing
from hfabm.app.reform.keeping import Keeping, file_name
from hfabm.app.reform.levers import Levers
from hfabm.app.reform.panel import Panel, by_horizon
from hfabm.app.reform.standing import stand
from hfabm.app.session import LONGEST_LINK, Session
from hfabm.language import Language

CAP = ("refund_law", "shelter_days")
Show = Callable[[Any], ipywidgets.Widget]


@pytest.fixture
def show() -> Iterator[Show]:
    """Draws components, and takes them away at the end."""
    drawn: list[Any] = []

    def draw(element: Any) -> ipywidgets.Widget:
        box, context = solara.render(element, handle_error=False)
        drawn.append(context)
        return box

    yield draw
    for context in drawn:
        context.close()


def within(widget: Any) -> Iterator[Any]:
    """A widget and all that is in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        if isinstance(child, ipywidgets.Widget):
            yield from within(child)


def named(box: Any, name: str) -> Any:
    """The one control of a name."""
    (found,) = [
        one for one in within(box) if name in (_name(one), (getattr(one, "attributes", {}) or {}).get("data-test"))
    ]
    return found


def _name(widget: Any) -> str | None:
    return widget.name if "name" in widget.trait_names() else None


def text(box: Any) -> str:
    """All that is written in it."""
    return " ".join(
        str(child) for one in within(box) for child in getattr(one, "children", ()) if isinstance(child, str)
    )


def press(button: Any) -> None:
    button.fire_event("click", {})


def test_a_slider_that_is_moved_changes_the_reform_and_the_address(show: Show) -> None:
    session = Session()
    box = show(Levers(Editing(session), Language.DA, {}))
    slider = named(box, "refund_law.shelter_days")
    before = session.address("reform")

    slider.value = 60

    assert session.draft.value.changes == {CAP: ((STARTS, 60),)}
    assert session.address("reform") != before
    assert slider.today == 90


def test_a_share_is_set_in_per_cent(show: Show) -> None:
    session = Session()
    box = show(Levers(Editing(session), Language.DA, {}))

    named(box, "refund_law.rate").value = 35

    assert session.draft.value.changes == {("refund_law", "rate"): ((STARTS, 0.35),)}


def test_a_switch_changes_the_reform_and_its_button_takes_that_back(show: Show) -> None:
    session = Session()
    box = show(Levers(Editing(session), Language.EN, {}))

    named(box, "refund_law.after_shelter_only").value = False
    changed = session.draft.value.changes
    press(named(box, "reset-refund_law.after_shelter_only"))

    assert changed == {("refund_law", "after_shelter_only"): ((STARTS, False),)}
    assert session.draft.value.empty


def test_a_search_finds_a_lever_of_another_group(show: Show) -> None:
    box = show(Levers(Editing(Session()), Language.DA, {}))

    named(box, "search").value = "sociale viceværter"

    assert named(box, "caretaker.in_post").label == "Sociale viceværter"


def test_the_rest_of_a_group_is_shown_when_asked_for(show: Show) -> None:
    box = show(Levers(Editing(Session()), Language.EN, {}))
    before = [_name(one) for one in within(box)]

    press(named(box, "all"))

    assert "central_refund.above_1" not in before
    assert named(box, "central_refund.above_1").value == 860_000


def test_what_is_wrong_stands_beside_the_change_and_keeps_from_comparing(show: Show) -> None:
    editing = Editing(Session())
    editing.load(Draft().changed(CAP, 900, STARTS))
    standing = stand(editing.base, editing.draft, STARTS, Language.DA)
    beside, others = page.sorted_out(standing.faults, Language.DA)

    box = show(Panel(editing, Language.DA, beside, others))

    assert "900 ligger uden for spændet 0 til 366" in text(named(box, "change-refund_law.shelter_days"))
    assert named(box, "to-compare").attributes["disabled"] == "disabled"


def test_what_is_wrong_with_a_package_stands_beside_the_package_once(show: Show) -> None:
    editing = Editing(Session())
    editing.load(Draft(include=("reforms/05_cap_30_days", "reforms/05d_cap_60_days")))
    standing = stand(editing.base, editing.draft, STARTS, Language.DA)
    beside, others = page.sorted_out([*standing.faults, *standing.faults], Language.DA)

    box = show(Changes(editing, Language.DA, beside))

    assert text(named(box, "change-reforms/05d_cap_60_days")).count("strider mod") == 1
    assert "strider mod" not in text(named(box, "change-reforms/05_cap_30_days"))
    assert others == ()


def test_a_reform_that_fits_leads_to_the_comparison_with_itself(show: Show) -> None:
    editing = Editing(Session())
    editing.load(Draft().changed(CAP, 60, STARTS))

    box = show(Panel(editing, Language.EN, {}, ()))

    assert "reforms=own" in named(box, "to-compare").href
    assert "with=own" in named(box, "to-watch").href


def test_changes_are_told_in_plain_words_and_can_be_removed(show: Show) -> None:
    editing = Editing(Session())
    editing.load(Draft().changed(CAP, 60, STARTS).including(("reforms/19_three_offers",)))
    box = show(Changes(editing, Language.DA, {}))
    told = text(box)

    press(named(box, "remove-refund_law.shelter_days"))
    press(named(box, "remove-reforms/19_three_offers"))

    assert "60\u202fdage om året i stedet for 90\u202fdage om året fra 1. jan. 2027" in told
    assert editing.draft.empty


def test_a_date_outside_the_scenario_is_told_and_the_reform_is_kept(show: Show) -> None:
    editing = Editing(Session())
    editing.load(Draft().changed(CAP, 60, STARTS))
    box = show(Panel(editing, Language.DA, {}, ()))

    named(box, "since").value = "2050-01-01"

    assert "mellem 1. jan. 2021 og 31. dec. 2036" in text(box)
    assert editing.draft.changes == {CAP: ((STARTS, 60),)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[refund_law]\nshelter_dyas = 60", "linje 2"),
        ('include = ["/etc/passwd"]', "ingen pakke"),
        ("\x89PNG", "ikke en reformfil"),
        (None, "for stor"),
    ],
)
def test_a_wrong_file_is_told_and_the_reform_is_kept(show: Show, content: str | None, said: str) -> None:
    editing = Editing(Session())
    editing.load(Draft().changed(CAP, 60, STARTS))
    box = show(Keeping(editing, Language.DA))

    send(named(box, "open"), content)

    assert said in text(box)
    assert editing.draft.changes == {CAP: ((STARTS, 60),)}


def test_a_reform_that_was_saved_can_be_opened_again(show: Show) -> None:
    editing = Editing(Session())
    editing.load(Draft("Treds dage").changed(CAP, 60, STARTS))
    box = show(Keeping(editing, Language.DA))
    saved, name = b64decode(named(box, "save").content).decode(), named(box, "save").filename
    editing.reset()

    send(named(box, "open"), saved)

    assert name == "treds-dage.toml"
    assert (editing.draft.title, editing.draft.changes) == ("Treds dage", {CAP: ((STARTS, 60),)})
    assert "er åbnet" in text(box)


def test_a_reform_too_long_for_a_link_points_to_saving(show: Show) -> None:
    editing = Editing(Session())
    noise = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(LONGEST_LINK))
    editing.load(Draft("x", hypothesis=noise).changed(CAP, 60, STARTS))

    box = show(Keeping(editing, Language.EN))

    assert "too long for a link" in text(box)
    assert "share" not in [_name(one) for one in within(box)]


def send(upload: Any, content: str | None) -> None:
    """What the browser tells of a file."""
    file = {"name": "min.toml", "size": 10, "text": content}
    upload._handle_event(None, {"event": "file", "data": file}, [])


def test_the_whole_page_is_drawn_and_checks_the_reform_beside_it(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = threading.Event()

    def watched(*asked: Any) -> Any:
        try:
            return stand(*asked)
        finally:
            checked.set()

    monkeypatch.setattr(page, "stand", watched)
    session = Session()

    box = show(page.Reform(session))

    assert checked.wait(60)
    assert "Sammensæt en reform" in text(box)
    assert named(box, "panel") and named(box, "law")


def test_a_base_that_does_not_ship_is_told(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "stand", lambda *asked: None)
    session = Session()
    session.put("base", "../../etc/passwd")

    box = show(page.Reform(session))

    assert 'Der findes intet scenarie "../../etc/passwd"' in text(box)


def test_scenarios_that_reach_furthest_come_first() -> None:
    assert by_horizon()[0] == "odense_ahead"


def test_files_are_named_in_plain_letters() -> None:
    assert file_name("../../Årets § 110-loft: ændret") == "aarets-110-loft-aendret.toml"
