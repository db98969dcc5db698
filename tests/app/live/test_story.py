"""Stories tell every paper on file once, in order, in both languages, and nothing that did not happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

import numpy as np
import pytest

from app.live.live_runs import live, seen, world_of
from hfabm.app import live as live_package
from hfabm.app.live.chronicle import WITHOUT_STAY
from hfabm.app.live.names import Kind
from hfabm.app.live.story import SINGULAR, Amount, Story, told, worded
from hfabm.calendar import NEVER, date_of
from hfabm.language import Language, topic_of
from hfabm.state.codes import Exit, Housing, NoticeCause, ReferralState, TenancyEnd, TenancyStart
from hfabm.state.ledger import Party

by_language = pytest.mark.parametrize("language", list(Language))


def stories(kind: Kind) -> Iterator[Story]:
    run = seen()
    world = world_of(run)
    size = {Kind.CITIZEN: world.citizens.size, Kind.DWELLING: world.dwellings.size, Kind.ESTATE: world.estates.size}
    sizes = size | {
        Kind.LANDLORD: world.landlords.size,
        Kind.CARETAKER: world.social_caretakers.size,
        Kind.TEAM: world.teams.size,
        Kind.SHELTER: world.shelters.size,
        Kind.MUNICIPALITY: world.municipalities.size,
    }
    return (run.tell(kind, row) for row in range(sizes[kind]))


@by_language
@pytest.mark.parametrize("kind", list(Kind))
def test_everybody_has_a_story_in_words(kind: Kind, language: Language) -> None:
    for story in stories(kind):
        spoken = told(story, language)

        said = [spoken.heading, *spoken.notes, *(name for _, _, name in spoken.see)]
        said += [text for pair in (*spoken.facts, *spoken.events) for text in pair]
        said += [
            cell for sheet in spoken.sheets for row in ((sheet.title, *sheet.columns), *sheet.rows) for cell in row
        ]
        assert not [text for text in said if "{" in text or "}" in text]
        assert spoken.heading and spoken.facts


@pytest.mark.parametrize("kind", list(Kind))
def test_events_come_in_order_and_none_in_the_future(kind: Kind) -> None:
    run = seen()
    for story in stories(kind):
        weeks = [event.week for event in story.events]

        assert weeks == sorted(weeks)
        assert all(event.day == date_of(run._model.policy.start, event.week) <= run.day for event in story.events)


def test_every_tenancy_stay_referral_and_case_is_told_once() -> None:
    world = world_of(seen())
    told_keys = Counter(event.line.key for story in stories(Kind.CITIZEN) for event in story.events)
    t, stays, r, cases = world.tenancies, world.shelter_stays, world.referrals, world.cases

    on_file = {f"start_{how.name.lower()}": int((t.how == how).sum()) for how in TenancyStart}
    on_file |= {f"end_{end.name.lower()}": int((t.end == end).sum()) for end in TenancyEnd if end}
    on_file |= {
        "stay_open": int((stays.last_week == NEVER).sum()),
        "stay_over": int((stays.last_week != NEVER).sum()),
        "referred": r.size,
        "case_began": cases.size,
        "case_ended": int((cases.last_week != NEVER).sum()),
        "arrived_before": int((world.citizens.arrived_week < 0).sum()),
        "arrived": int((world.citizens.arrived_week >= 0).sum()),
    }
    on_file |= {f"referral_{state.name.lower()}": int((r.state == state).sum()) for state in ReferralState if state}
    assert {key: told_keys[key] for key in on_file} == on_file
    assert sum(n > 0 for n in on_file.values()) >= 15


def test_every_notice_is_told_to_whom_it_was_served() -> None:
    t = world_of(seen()).tenancies
    told_keys: Counter[int] = Counter()
    for story in stories(Kind.CITIZEN):
        told_keys[story.row] += sum(event.line.key.startswith("noted_notice") for event in story.events)

    served = np.bincount(t.citizen_row, weights=t.notices, minlength=len(told_keys)).astype(int)

    assert [told_keys[row] for row in range(len(served))] == served.tolist()
    assert served.sum() > 20


def test_a_notice_ends_settled_or_with_the_home_or_is_still_running() -> None:
    run = seen()
    t = world_of(run).tenancies
    for row in range(t.size):
        noted = [note.what for note in run._chronicle.tenancies.get(row, ())]

        served, settled = noted.count("notice"), noted.count("settled") + noted.count("prevented")

        open_at_the_end = int(t.notice_week[row] != NEVER)
        assert served - settled == open_at_the_end, f"tenancy {row}: {noted}"


def test_the_whereabouts_told_last_are_those_of_now() -> None:
    c = world_of(seen()).citizens
    gone_to = {Housing.STREET: "went_street", Housing.SOFA: "went_sofa", Housing.SHELTER: "stay_open"}
    checked = 0
    for story in stories(Kind.CITIZEN):
        here = Housing(int(c.housing[story.row]))
        if here in gone_to and c.housing_since_week[story.row] >= 0:
            checked += 1

            assert story.events[-1].line.key == gone_to[here] or story.events[-1].line.key in AFTER_A_MOVE
    assert checked > 3


AFTER_A_MOVE = {"referred", "case_began", "case_ended", "referral_withdrawn", "referral_struck_off"}
"""What can happen to somebody who stays where they are."""


def test_who_left_is_told_once_how() -> None:
    c = world_of(seen()).citizens
    endings = {"end_died", "end_moved_away", "end_no_longer_at_risk"}
    for story in stories(Kind.CITIZEN):
        if c.housing[story.row] == Housing.GONE:
            last = [e.line.key for e in story.events if e.line.key in endings or e.line.key.startswith("left_")]

            assert len(last) == 1
            assert last != ["left_none"]


def test_rent_told_is_that_of_the_day_of_moving_in() -> None:
    run = live(changes={("supply", "rent_cut"): 200.0, ("supply", "cheap_lost"): 0.2})
    d = world_of(run).dwellings
    at_start = d.rent_dkk_month.copy()
    t = world_of(run).tenancies
    first = range(t.size)

    run.step(100)

    changed = [row for row in first if d.rent_dkk_month[t.dwelling_row[row]] != at_start[t.dwelling_row[row]]]
    assert changed
    for row in changed:
        story = run.tell(Kind.CITIZEN, int(t.citizen_row[row]))
        line = next(e.line for e in story.events if e.line.key == "start_initial")
        assert line.values["rent"] == Amount(float(at_start[t.dwelling_row[row]]), "dkk_month")


def test_a_landlord_tells_the_tenancies_of_those_the_municipality_placed() -> None:
    t = world_of(seen()).tenancies
    placed = np.isin(t.how, (TenancyStart.HOUSING_FIRST, TenancyStart.STAIRCASE))

    told_placed = sum(e.line.key.startswith("let_") for story in stories(Kind.LANDLORD) for e in story.events)

    assert told_placed == placed.sum() > 0


def test_a_dwelling_tells_all_its_tenancies() -> None:
    t = world_of(seen()).tenancies

    counted = [sum(e.line.key.startswith("let_") for e in story.events) for story in stories(Kind.DWELLING)]

    assert counted == np.bincount(t.dwelling_row, minlength=len(counted)).tolist()


def test_a_municipality_shows_the_sums_on_file() -> None:
    world = world_of(seen())
    sums = seen().tell(Kind.MUNICIPALITY, 0).sheets[0]
    last = world.decisions.week[-1]
    kinds = np.flatnonzero((world.reckonings.week == last) & (world.reckonings.people > 0))

    gain = next(cells for name, cells in sums.rows if name.key == "sum_gain")

    assert gain == tuple(Amount(g, "dkk_signed") for g in world.reckonings.gain_dkk_year[kinds].tolist())


def test_money_of_the_year_is_that_of_the_ledger() -> None:
    record = seen()._model.recorder
    sheet = seen().tell(Kind.MUNICIPALITY, 0).sheets[-1]
    name, total = sheet.rows[-1]

    paid = [-record.ledger[record.done - 52 : record.done, 0, :, party].sum() / 100.0 for party in Party][:5]

    assert name.key == "money_total"
    assert [amount.value for amount in total if isinstance(amount, Amount)] == pytest.approx(paid)


def test_a_municipality_tells_when_the_limit_of_the_refund_came() -> None:
    events = seen().tell(Kind.MUNICIPALITY, 0).events

    limits = [event for event in events if event.line.key == "limit_now"]

    assert [event.day.year for event in limits] == [2023]


def test_the_same_seed_gives_the_same_stories() -> None:
    one, same = live(60), live(60)

    assert [one.tell(kind, 0) for kind in Kind] == [same.tell(kind, 0) for kind in Kind]


def test_one_is_not_said_as_many() -> None:
    said = {n: worded(Amount(n, "weeks"), Language.DA) for n in (0, 1, 2)}

    assert said == {0: "0 uger", 1: "1 uge", 2: "2 uger"}


def test_every_phrase_is_used_and_every_one_used_is_there() -> None:
    package = Path(live_package.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))

    unused = {key for key in topic_of("story") if f'"{key}"' not in source} - MADE_OF_PARTS

    assert unused == set()
    assert MADE_OF_PARTS - set(topic_of("story")) == set()


def lower(codes: type[IntEnum], *but: str) -> list[str]:
    return [code.name.lower() for code in codes if code.name not in but]


MADE_OF_PARTS = {
    *(f"{first}_{how}" for first in ("start", "let") for how in lower(TenancyStart)),
    *(f"{first}_{end}" for first in ("end", "over") for end in lower(TenancyEnd, "RUNNING")),
    *(f"left_{how}" for how in lower(Exit)),
    *(f"referral_{state}" for state in lower(ReferralState, "OPEN")),
    *(f"noted_notice_{cause}" for cause in lower(NoticeCause)),
    *(f"noted_{what}" for what in ("settled", "prevented", "visited", "complaint")),
    *(f"went_{place.name.lower()}" for place in WITHOUT_STAY),
    *(f"name_{place}" for place in lower(Housing, "OWN_HOME", "STREET", "SOFA", "GONE", "ARRIVING")),
    *(f"name_{kind}" for kind in Kind if kind not in (Kind.LANDLORD, Kind.SHELTER)),
    *(f"within_{name}" for name in ("dwelling", "organisation", "owner")),
    *(f"{first}_{kind}" for first in ("kind", "find") for kind in Kind),
    *(f"{first}_{level}" for first in ("illness", "level") for level in range(3)),
    *(f"unit_{unit}" for unit in ("count", "years", "dkk", "dkk_month", "dkk_year", *SINGULAR)),
    *(f"unit_{unit}_one" for unit in SINGULAR),
    *(f"figure_{n}" for n in ("homeless", "own_home", "open_referrals", "others_waiting", "refused", "declined")),
    "find_section_110",
}
"""Phrases whose keys the code puts together."""
