"""The arguments and options of `hfabm compare`; they need typer only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from hfabm.cli.arguments import Json, Out, Replications, ScenarioName, Seed, Sets, Until, located

Packages = Annotated[
    list[str], typer.Argument(metavar="PACKAGE", help="Packages to lay on it, or other whole scenarios.")
]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Count from this day on, not from the first that differs."),
]
Everything = Annotated[bool, typer.Option("--all", help="Print every table of every package.")]
EqualBudget = Annotated[
    bool, typer.Option("--equal-budget", help="Scale the packages to the same net public cost first.")
]
Budget = Annotated[
    float | None,
    typer.Option(metavar="DKK", help="That cost, a year over the base, as 10e6; else that of the first package."),
]
By = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="PACKAGE=KEY", help="Lever to scale a package by, as b=supply.new_cheap."),
]
WorkerCount = Annotated[int, typer.Option("--workers", min=1, help="Runs at a time.")]


def comparing(finish: Callable[[Callable[[], int]], None]) -> Callable[..., None]:
    """The command.

    Args:
        finish: Does its work and leaves with the exit code.
    """

    def compare(
        base: ScenarioName,
        packages: Packages,
        replications: Replications = 10,
        seed: Seed = None,
        sets: Sets = None,
        until: Until = None,
        json: Json = False,
        out: Out = None,
        since: Since = None,
        everything: Everything = False,
        equal_budget: EqualBudget = False,
        budget: Budget = None,
        by: By = None,
        workers: WorkerCount = 1,
    ) -> None:
        """Run packages against a base with the same luck, and print the differences."""

        def work() -> int:
            from hfabm.cli.compare import compare as worker

            last, first = (day.date() if day else None for day in (until, since))
            options = first, everything, equal_budget, budget, by or [], workers
            return worker(
                located(base), [*map(located, packages)], replications, seed, sets or [], last, json, out, *options
            )

        finish(work)

    return compare
