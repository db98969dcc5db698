"""`hfabm explain`: the week, process by process: what each reads and writes, and what it costs."""

from __future__ import annotations

import sys
from datetime import timedelta

from hfabm.engine.plan import Line, as_markdown, plan
from hfabm.schedule import weekly

TIMED_WEEKS = 104


def explain(scenario: str | None, markdown: bool, time: bool) -> int:
    """Print the plan of the week.

    Args:
        scenario: A scenario to take times from; without one no times are shown.
        markdown: As a Markdown table.
        time: Run two years of the scenario to measure.

    Returns:
        0.
    """
    seconds, weeks = _times(scenario) if scenario and time else ({}, 0)
    lines = plan(weekly(), seconds)
    if markdown:
        print(as_markdown(lines))
    else:
        _print(lines, weeks)
    return 0


def _times(scenario: str) -> tuple[dict[str, float], int]:
    from hfabm.model import HousingFirstModel, read_scenario, warm

    if sys.stderr.isatty():
        print("measuring two years ...", file=sys.stderr)
    policy = read_scenario(scenario)
    warm()
    model = HousingFirstModel(policy)
    model.run(until=min(policy.end, policy.start + timedelta(weeks=TIMED_WEEKS)))
    return model.timings, model.recorder.done


def _print(lines: tuple[Line, ...], weeks: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="One week, in the order it happens", show_lines=True)
    for name in ("#", "phase", "process", "writes", "reads"):
        table.add_column(name, overflow="fold")
    if weeks:
        table.add_column("µs a week", justify="right")
    for line in lines:
        opens = "".join(f"new {kind} rows\n" for kind in line.opens)
        cells = [
            str(line.order), line.phase, f"[bold]{line.name}[/bold]\n{line.does}", opens + ", ".join(line.writes),
            ", ".join(line.reads),
        ]  # fmt: skip
        table.add_row(*cells, *([f"{1e6 * line.seconds / weeks:.0f}"] if weeks else []))
    Console().print(table)
