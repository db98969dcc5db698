"""Arguments and options that several commands share, each worded once, and the files that names stand for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hfabm.language import Language
from hfabm.parameters.names import located as meant

SHIPPED = Path(__file__).resolve().parent.parent.parent / "scenarios"
"""Scenarios that come with a checkout of the project."""

ScenarioName = Annotated[str, typer.Argument(help="A scenario file, or the name of one in scenarios/.")]
OptionalName = Annotated[str | None, typer.Argument(help="A scenario file, or the name of one in scenarios/.")]
Replications = Annotated[int, typer.Option(min=1, help="Runs with seeds that follow one another.")]
Seed = Annotated[int | None, typer.Option(min=0, help="First seed, instead of the scenario's.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override, as arrears.patience=12 or law.days@2023-10-01=90."),
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="FILE", help="A package to lay on it, such as reforms/01; may be repeated."),
]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="End earlier than the scenario.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Spoken = Annotated[Language, typer.Option("--language", help="Language of sentences and pictures.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]


def located(name: str) -> str:
    """The path that a scenario argument means: itself, or one here in `scenarios` or among those shipped."""
    return meant(name, SHIPPED)
