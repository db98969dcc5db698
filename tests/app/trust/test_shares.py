"""The shares on the page are those that the report of parameters states."""

from __future__ import annotations

import pytest

from hfabm.app.trust.shares import Share, by_section, frame_of, shares
from hfabm.language import Language, say
from hfabm.parameters.report import BEHAVIOUR, share_assumed, share_of_behaviour
from hfabm.schedule import SECTIONS


def test_shares_are_those_of_the_report() -> None:
    behaviour, *others = shares()
    told = share_of_behaviour(SECTIONS)

    assert (behaviour.evidence, behaviour.all) == (told["evidence"], told["parameters"])
    assert 1.0 - behaviour.part == pytest.approx(told["share"], abs=5e-5)
    assert {one.name: (one.assumed, one.all) for one in others} == {
        name: (share["assumed"], share["parameters"]) for name, share in share_assumed(SECTIONS).items()
    }


def test_sections_add_up_to_all_of_behaviour() -> None:
    behaviour, sections = shares()[0], by_section()

    assert sum(one.assumed for one in sections) == behaviour.assumed
    assert sum(one.all for one in sections) == behaviour.all
    assert [one.assumed for one in sections] == sorted((one.assumed for one in sections), reverse=True)


def test_nothing_of_nothing_is_no_share() -> None:
    assert Share("empty", 0, 0).part == 0.0


def test_every_kind_and_section_has_words_in_both_languages() -> None:
    for language in Language:
        assert all(say(f"trust.kind.{one.name}", language) for one in shares())
        assert all(say(f"trust.section.{section}", language) for section in BEHAVIOUR)
    assert all(say(f"trust.section.{name}", Language.EN) == said for name, said in BEHAVIOUR.items())


def test_the_file_says_the_same() -> None:
    frame = frame_of(shares())

    assert list(frame["of"])[:2] == ["behaviour", "overall"]
    assert (frame["assumed"] + frame["evidence"] == frame["all"]).all()
