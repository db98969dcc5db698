"""Whether a reform fits, and what it changes in the law."""

from __future__ import annotations

from datetime import date

from hfabm.app.reform.controls import controls
from hfabm.app.reform.draft import STARTS, Draft
from hfabm.app.reform.standing import ground, stand, value_on
from hfabm.language import Language

CAP = ("refund_law", "shelter_days")


def test_a_reform_of_law_is_told_beside_what_the_law_would_be() -> None:
    draft = Draft().changed(CAP, 60, STARTS)

    standing = stand("odense_ahead", draft, STARTS, Language.DA)

    assert standing.faults == ()
    (difference,) = standing.differences
    assert difference.since == STARTS
    assert "90 dage" in difference.before and "60 dage" in difference.after
    assert any("60 dage" in article.sentence for article in standing.law)


def test_a_reform_that_does_not_fit_tells_why_and_the_law_as_it_is() -> None:
    draft = Draft().changed(CAP, 900, STARTS)

    standing = stand("odense_ahead", draft, STARTS, Language.EN)

    assert [fault.key for fault in standing.faults] == ["refund_law.shelter_days"]
    assert standing.differences == ()
    assert any("90 days" in article.sentence for article in standing.law)


def test_no_reform_leaves_the_law_as_it_is() -> None:
    standing = stand("odense_ahead", Draft(), STARTS, Language.EN)

    assert standing.faults == () and standing.differences == ()


def test_what_holds_without_a_change_is_that_of_the_packages() -> None:
    cap = controls()[CAP]

    packed = value_on(cap, ground("odense_ahead", ("reforms/05d_cap_60_days",)), STARTS)

    assert (value_on(cap, ground("odense_ahead"), STARTS), packed) == (90, 60)
    assert value_on(cap, ground("odense_ahead"), date(2025, 6, 1)) == 120


def test_packages_that_clash_leave_the_ground_as_it_is() -> None:
    clashing = ("reforms/05_cap_30_days", "reforms/05d_cap_60_days")

    assert ground("odense_ahead", clashing) is ground("odense_ahead")
