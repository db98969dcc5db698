"""The arguments and options of `hfabm screen`; like those of the other commands, they need typer only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from hfabm.cli.arguments import Json, Out, ScenarioName, Seed, Sets, Until, located

PackageName = Annotated[str, typer.Argument(help="A package to lay on it, or a scenario that has it.")]
On = Annotated[list[str] | None, typer.Option(metavar="OUTCOME", help="An outcome; long_term_last_year if none.")]
Of = Annotated[list[str] | None, typer.Option(metavar="SECTION", help="Assumptions; all about behaviour if none.")]
OnlyAssumed = Annotated[bool, typer.Option("--only-assumed/--all", help="Leave out what rests on evidence.")]
Within = Annotated[float, typer.Option(min=0.01, max=1.0, help="How far to go to the ends of declared ranges.")]
Trajectories = Annotated[int, typer.Option(min=2, help="Ways through the ranges.")]
Levels = Annotated[int, typer.Option(min=2, help="Values tried of each assumption; an even number.")]
Points = Annotated[int, typer.Option(min=1, help="Seeds for each point.")]
Top = Annotated[int, typer.Option(min=1, help="How many assumptions to name.")]
Processes = Annotated[int, typer.Option(min=1, help="Runs at a time.")]


def screening(finish: Callable[[Callable[[], int]], None]) -> Callable[..., None]:
    """The command.

    Args:
        finish: Does its work and leaves with the exit code.
    """

    def screen(
        base: ScenarioName,
        package: PackageName,
        on: On = None,
        sections: Of = None,
        only_assumed: OnlyAssumed = False,
        within: Within = 0.5,
        trajectories: Trajectories = 4,
        levels: Levels = 4,
        replications: Points = 1,
        top: Top = 3,
        processes: Processes = 2,
        seed: Seed = None,
        sets: Sets = None,
        until: Until = None,
        out: Out = None,
        json: Json = False,
    ) -> None:
        """Name the assumptions on which the effect of a package hinges."""

        def work() -> int:
            from hfabm.cli.screen import Options
            from hfabm.cli.screen import screen as worker

            amount = within, trajectories, levels, replications, top, processes, seed
            end = until.date() if until else None
            chosen = Options(on or Options.on, sections or (), only_assumed, *amount, sets or (), end, out, json)
            return worker(located(base), located(package), chosen)

        finish(work)

    return screen
