"""The arguments and options of `hfabm analyse`; they need typer only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hfabm.cli.arguments import Json, Spoken
from hfabm.language import Language

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a study.")]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder for the answers; else answers/ in that of the study.")
]
Metrics = Annotated[list[str] | None, typer.Option("--metric", metavar="OUTCOME", help="An outcome; else the study's.")]
Policies = Annotated[list[int] | None, typer.Option("--policy", metavar="N", help="Look closely at this policy.")]
Pictures = Annotated[bool, typer.Option("--pictures/--no-pictures", help="Draw pictures.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print only the folder.")]


def analysing(finish: Callable[[Callable[[], int]], None]) -> Callable[..., None]:
    """The command.

    Args:
        finish: Does its work and leaves with the exit code.
    """

    def analyse(
        folder: StudyDir,
        out: Out = None,
        metrics: Metrics = None,
        policies: Policies = None,
        pictures: Pictures = True,
        json: Json = False,
        quiet: Quiet = False,
        language: Spoken = Language.EN,
    ) -> None:
        """Answer the question of a study: tables, pictures and a report."""

        def work() -> int:
            from hfabm.cli.analyse import Options
            from hfabm.cli.analyse import analyse as worker

            return worker(folder, Options(out, metrics or [], policies or [], pictures, json, quiet, language))

        finish(work)

    return analyse
