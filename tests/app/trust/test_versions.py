"""A number that is passed on can name the model that it came from."""

from __future__ import annotations

from hfabm.app.trust.versions_view import citation, versions_here
from hfabm.engine.kernel import model_digest


def test_versions_name_the_model_and_its_packages() -> None:
    told = versions_here()

    assert told["model"] == model_digest()
    assert {"commit", "python", "numpy", "mesa", "hfabm"} <= set(told)


def test_a_citation_names_version_commit_and_model() -> None:
    told = {"model": "abc123", "commit": "0123456789abcdef", "hfabm": "0.1.0"}

    said = citation(told)

    assert "0.1.0" in said
    assert "commit 0123456789ab," in said
    assert "abc123" in said


def test_outside_a_checkout_no_commit_is_made_up() -> None:
    assert "commit" not in citation({"model": "abc123", "commit": "–", "hfabm": "0.1.0"})
