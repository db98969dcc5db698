"""The arguments and options of `hfabm optimise`; they need typer only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hfabm.cli.arguments import Json, Spoken
from hfabm.language import Language

StudyFile = Annotated[Path, typer.Argument(metavar="STUDY", help="A study whose levers are to be mixed.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder; else one in studies/.")]
Generations = Annotated[int, typer.Option(min=1, help="How often mixes are asked for.")]
Population = Annotated[int, typer.Option(min=4, help="Mixes at a time.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the search.")]
Budget = Annotated[float | None, typer.Option(metavar="DKK", help="Extra net public cost a year, not the study's.")]
Confirm = Annotated[int | None, typer.Option(min=0, help="Fresh seeds for the best; twice the study's if not said.")]
WorkerCount = Annotated[int | None, typer.Option("--workers", min=1, help="Processes; all cores if not said.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a search that was begun.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no remarks.")]


def optimising(finish: Callable[[Callable[[], int]], None]) -> Callable[..., None]:
    """The command.

    Args:
        finish: Does its work and leaves with the exit code.
    """

    def optimise(
        study: StudyFile,
        out: Out = None,
        generations: Generations = 8,
        population: Population = 16,
        seed: Seed = 1,
        budget: Budget = None,
        confirm: Confirm = None,
        workers: WorkerCount = None,
        resume: Resume = False,
        json: Json = False,
        quiet: Quiet = False,
        language: Spoken = Language.EN,
    ) -> None:
        """Search for policy mixes that no other beats within a budget."""

        def work() -> int:
            from hfabm.cli.optimise import Options
            from hfabm.cli.optimise import optimise as worker

            amount = generations, population, seed
            return worker(study, Options(out, *amount, budget, confirm, workers, resume, json, quiet, language))

        finish(work)

    return optimise
