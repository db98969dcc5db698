"""Arguments and options that several commands share, each worded once, and the files that names stand for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

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
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]


def located(name: str) -> str:
    """The path that a scenario argument means: itself, or one here in `scenarios` or among those shipped.

    A name may be in a folder, and may be left off after a whole word: `reforms/01` for `reforms/01_x_y.toml`.
    """
    given = Path(name)
    if name.endswith(".toml") or given.is_file():
        return name
    folders = [folder / given.parent for folder in (Path("scenarios"), SHIPPED)]
    paths = [folder / f"{given.name}.toml" for folder in folders if folder.is_dir()]
    begun = [[path for path in folder.glob("*.toml") if path.name.startswith(f"{given.name}_")] for folder in folders]
    found = [path for path in paths if path.is_file()] + [like[0] for like in begun if len(like) == 1]
    # where none is found, the error names the nearest one in the first folder
    return str((found or paths)[0]) if found or paths else name
