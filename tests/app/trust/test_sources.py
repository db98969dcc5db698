"""Sources name figures of the register wherever they look as if they did."""

from __future__ import annotations

from hfabm.app.trust.find import all_parameters
from hfabm.app.trust.limits_view import GOOD_FOR, LIMITS
from hfabm.app.trust.sources import ids_in
from hfabm.evidence import register
from hfabm.language import Language, say


def test_ids_are_found_among_words() -> None:
    assert ids_in("I06 I20; the date is assumed") == ["I06", "I20"]
    assert ids_in("O01 P5.022") == ["O01", "P5.022"]
    assert ids_in("assumed") == []


def test_every_parameter_with_evidence_names_some_figure() -> None:
    nameless = [row["key"] for row in all_parameters() if not row["assumed"] and not ids_in(row["source"])]

    assert nameless == []
    assert all(id in register() for row in all_parameters() for id in ids_in(row["source"]))


def test_every_limit_is_said_in_both_languages() -> None:
    for language in Language:
        for name in LIMITS:
            assert say(f"trust.limit_{name}", language)
            assert say(f"trust.limit_{name}_said", language)
        assert all(say(f"trust.good_{name}", language) for name in GOOD_FOR)
