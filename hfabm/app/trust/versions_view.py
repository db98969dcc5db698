"""Which model this is, with which packages, and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara
import solara.lab

from hfabm.app.forms.controls import GiveFile
from hfabm.app.forms.markup import html, table
from hfabm.app.session import Session
from hfabm.app.studies.sheet import csv_of
from hfabm.language import say


@solara.component
def VersionsView(session: Session) -> Any:
    """Versions and citation; git and the digest take a moment, so they are asked in a thread."""
    language = session.language.value
    task = solara.lab.use_task(versions_here, dependencies=[], raise_error=False)
    with html("div") as view:
        html("h2", say("trust.part_versions", language))
        html("p", say("trust.versions_said", language), css="hf-lead")
        if task.finished and task.value is not None:
            told = task.value
            with html("article", css="hf-card"):
                rows = [[_named(name, language), html("code", value)] for name, value in told.items()]
                columns = [say(f"trust.{name}", language) for name in ("what", "version")]
                table(say("trust.versions_caption", language), columns, rows, name="versions")
                frame = pd.DataFrame(list(told.items()), columns=["what", "version"])
                GiveFile(label=say("trust.save_csv", language), content=csv_of(frame, language),
                         filename="versions.csv", kind="text/csv", look="hf-quiet", name="csv-versions")  # fmt: skip
            with html("article", css="hf-card"):
                html("h3", say("trust.cite", language))
                html("p", say("trust.cite_said", language))
                html("p", html("code", citation(told)), data_test="citation")
        else:
            html("p", say("trust.reading", language), role="status")
    return view


def versions_here() -> dict[str, str]:
    """Digest of the model, commit, and versions of packages."""
    from hfabm.engine.kernel import model_digest
    from hfabm.results.manifest import commit, versions

    return {"model": model_digest(), "commit": commit() or "–", **versions()}


def citation(told: Mapping[str, str]) -> str:
    """A line that names the version."""
    commit = "" if told["commit"] == "–" else f", commit {told['commit'][:12]}"
    return (
        "The hfabm contributors: hfabm, an open agent-based policy laboratory for the Danish Housing First reform. "
        f"Version {told['hfabm']}{commit}, model {told['model']}."
    )


def _named(name: str, language: Any) -> str:
    return say(f"trust.version_{name}", language) if name in ("model", "commit", "system") else name
