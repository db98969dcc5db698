"""The command `hfabm`.  Only typer is imported here: each command imports what it needs when it is called."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from hfabm.cli.analyse_command import analysing
from hfabm.cli.app_command import serving
from hfabm.cli.arguments import (
    Json,
    Markdown,
    OptionalName,
    Out,
    Replications,
    ScenarioName,
    Seed,
    Sets,
    Until,
    With,
    located,
)
from hfabm.cli.compare_command import comparing
from hfabm.cli.experiment_command import experimenting, telling_failed, telling_status
from hfabm.cli.optimise_command import optimising
from hfabm.cli.screen_command import screening

FAILED, USAGE, DAMAGED, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0: a run failed, a wrong call or scenario, damaged results, interrupted."""

app = typer.Typer(
    name="hfabm",
    help="An open agent-based policy laboratory for the Danish Housing First reform.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    epilog="Exit codes: 0 fine, 1 a run failed, 2 wrong call or scenario, 3 damaged results, 130 stopped.",
)

_interrupts: list[int] = []


@app.command()
def run(
    scenario: ScenarioName,
    replications: Replications = 1,
    seed: Seed = None,
    sets: Sets = None,
    until: Until = None,
    out: Out = None,
    json: Json = False,
    report: Annotated[bool, typer.Option("--report", help="Also write a report.")] = False,
    events: Annotated[bool, typer.Option("--events", help="Also store every event.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no remarks.")] = False,
    packages: With = None,
) -> None:
    """Run a scenario."""

    def work() -> int:
        from hfabm.cli.run import run as worker

        options = out, json, report, events, quiet
        return worker(
            located(scenario), replications, seed, sets or [], _day(until), *options, [*map(located, packages or [])]
        )

    _finish(work)


@app.command()
def explain(
    scenario: OptionalName = None,
    markdown: Markdown = False,
    time: Annotated[bool, typer.Option("--time/--no-time", help="Measure the processes.")] = True,
) -> None:
    """Print the processes in the order of the week, with what they read and write."""

    def work() -> int:
        from hfabm.cli.explain import explain as worker

        return worker(located(scenario) if scenario else None, markdown, time)

    _finish(work)


@app.command("explain-decision")
def explain_decision(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a stored run.")],
    municipality: Annotated[str, typer.Option(help="Name of the municipality.")],
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day of the quarter.")],
    json: Json = False,
) -> None:
    """Print what a municipality reckoned and decided in a quarter."""

    def work() -> int:
        from hfabm.cli.explain_decision import explain_decision as worker

        return worker(run, municipality, date.date(), json)

    _finish(work)


@app.command()
def parameters(
    json: Json = False,
    markdown: Markdown = False,
    section: Annotated[str | None, typer.Option(help="Only the parameters of this section.")] = None,
) -> None:
    """Print every parameter, and the share that is assumed."""

    def work() -> int:
        from hfabm.cli.parameters import parameters as worker

        return worker(json, markdown, section)

    _finish(work)


@app.command()
def law(
    day: Annotated[str | None, typer.Argument(metavar="DATE", help="The day, as 2024-03-01; else today.")] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option("--diff", metavar="DATE DATE", help="What changes between two days.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="FILE", help="The law as a scenario has it.")
    ] = None,
    packages: With = None,
    json: Json = False,
    markdown: Markdown = False,
) -> None:
    """Print the rules in force on a day with their sources, or what changes between two days."""

    def work() -> int:
        from hfabm.cli.law import law as worker

        policy = located(scenario) if scenario else None
        return worker(day, diff, policy, [*map(located, packages or [])], json, markdown)

    _finish(work)


@app.command()
def check(
    scenario: OptionalName = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print each value and where it is set.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print a JSON Schema for editors.")] = False,
    json: Json = False,
    packages: With = None,
) -> None:
    """Check a scenario or a study without running it."""

    def work() -> int:
        from hfabm.cli.check import check as worker

        return worker(located(scenario) if scenario else None, explain, schema, json, [*map(located, packages or [])])

    _finish(work)


@app.command("hash")
def hash_of(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of results.")]) -> None:
    """Print the hash of stored results."""

    def work() -> int:
        from hfabm.cli.hash import hash_of as worker

        return worker(folder)

    _finish(work)


@app.command()
def warm() -> None:
    """Compile everything now, so that the first run starts at once."""

    def work() -> int:
        from hfabm.cli.warm import warm as worker

        return worker()

    _finish(work)


@app.command()
def scenarios(json: Json = False) -> None:
    """List the scenarios, programmes and reforms in scenarios/."""

    def work() -> int:
        from hfabm.cli.scenarios import scenarios as worker

        return worker(json)

    _finish(work)


def main() -> None:
    """Entry point of the command."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except KeyboardInterrupt:  # before or after a command; within one, _finish sees to it
        sys.exit(INTERRUPTED)


def _interrupt(number: int, frame: object) -> NoReturn:
    # a library that is interrupted at work, such as the compiler, may raise something else in its stead
    _interrupts.append(number)
    raise KeyboardInterrupt


def _day(until: datetime | None) -> date | None:
    return until.date() if until else None


def _finish(work: Callable[[], int]) -> NoReturn:
    """Do the work of a command, and leave with its exit code."""
    try:
        code = work()
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        code = INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if _interrupts:
            print("Interrupted.", file=sys.stderr)
        code = INTERRUPTED if _interrupts else _failed(error)
    raise typer.Exit(code)


def _failed(error: Exception) -> int:
    """Say what went wrong; the exit code that belongs to it."""
    from hfabm.parameters.faults import ScenarioError

    if isinstance(error, ScenarioError):
        print(error, file=sys.stderr)
        return USAGE
    # Whoever raised it has imported the module; to import it here would cost a second.
    store = sys.modules.get("hfabm.results.manifest")
    if isinstance(error, getattr(store, "DamagedResults", ())):
        print(error, file=sys.stderr)
        return DAMAGED
    said = f"internal error: {type(error).__name__}: {error}"
    print(f"{said}\nPlease report it, with the command and these lines:", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
    return FAILED


for command in (
    comparing, screening, experimenting, telling_status, telling_failed, analysing, optimising, serving,
):  # fmt: skip
    app.command()(command(_finish))
