"""What `hfabm compare` prints: the rules that differ, the headlines, then everything else."""

from __future__ import annotations

from math import isnan
from textwrap import fill
from typing import TYPE_CHECKING, Any

from rich import box
from rich.padding import Padding
from rich.table import Table

from hfabm.cli.compare import number, wide_console
from hfabm.parameters.declare import Value
from hfabm.results.rules import value_on
from hfabm.results.words import HEADLINES, UNCLEAR, rounded, signed

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from hfabm.results.appraisal import Appraisal, Package
    from hfabm.results.compare import Comparison

EFFECT_WIDTH = 15
"""Characters for an effect and its interval in the table of several packages."""
WIDEST = 180
"""Characters that a table may be wide."""


def print_appraisal(found: Appraisal, full: bool) -> None:
    """Print an appraisal for people.

    Args:
        found: What was found.
        full: Every table too.
    """
    console = wide_console()
    console.print(f"A: {found.base.title}", highlight=False)
    for letter, package in zip(_letters(found), found.packages, strict=True):
        _print_rule(console, letter, package)
    one = len(found.seeds) == 1
    seeds = "1 seed, so that no interval can be told" if one else f"{len(found.seeds)} seeds"
    first = min((change.day for package in found.packages for change in package.changes), default=None)
    why = ", the first day on which a rule differs," if found.since == first else ""
    counted = f"Counted from {found.since}{why} to {found.base.end}: {found.years:.1f} years."
    console.print(f"\n{seeds}; the same luck in all.", highlight=False)
    console.print(f"{counted} Money in prices of the base year.", highlight=False)
    if found.budget is not None:
        _print_scales(console, found)
    if len(found.packages) == 1:
        _print_whole(console, _headlines(found.packages[0].comparison))
    else:
        _print_side_by_side(console, found)
    for letter, package in zip(_letters(found), found.packages, strict=True):
        _print_readings(console, letter, package, brief=len(found.packages) > 1)
    if full:
        for letter, package in zip(_letters(found), found.packages, strict=True):
            _print_tables(console, letter, package.comparison)
    elif len(found.packages) > 1:
        console.print("\nEvery outcome, who pays, and who gains and loses: --all", highlight=False)


def _letters(found: Appraisal) -> list[str]:
    """B, C and so on; B2 after the alphabet."""
    alphabet = "BCDEFGHIJKLMNOPQRSTUVWXYZ"
    rounds = range(len(found.packages))
    return [alphabet[k % 25] + (str(k // 25 + 1) if k >= 25 else "") for k in rounds]


def _print_rule(console: Console, letter: str, package: Package) -> None:
    """What a package is, what is expected of it, and which values it changes from when on."""
    scaled = ", scaled" if package.scaled else ""
    console.print(f"\n{letter}: {package.scenario.title}{scaled}", style="bold", highlight=False)
    if package.scenario.hypothesis:
        said = f"Hypothesis: {package.scenario.hypothesis}"
        lines = fill(said, console.width, initial_indent="   ", subsequent_indent="   ")
        console.print(lines, highlight=False)
    if not package.changes:
        console.print("   changes nothing between start and end", highlight=False)
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in ("parameter", "from", "values", "unit"):
        table.add_column(name, overflow="fold")
    for change in package.changes:
        values = f"{value_said(change.old)} -> {value_said(change.new)}"
        if change.old == change.new:  # a programme that both have
            values = "on other terms"
        table.add_row(change.key, str(change.day), values, "" if isinstance(change.new, bool) else change.unit)
    console.print(Padding(table, (0, 0, 0, 3)), highlight=False)


def value_said(value: Value) -> str:
    """A value of a parameter, in full.

    >>> value_said(True), value_said(0.333), value_said(90), value_said(40000.0)
    ('yes', '0.333', '90', '40,000')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}" if abs(value) < 1e5 else f"{value:,.0f}"


def _print_scales(console: Console, found: Appraisal) -> None:
    """By how much each package was made larger or smaller, and how near to the budget it came."""
    said = f"Equal budgets: {number(found.budget)} DKK a year of net public cost more than A."
    console.print(said, highlight=False)
    table = Table(box=box.SIMPLE_HEAD)
    left = ("package", "lever", "unit", "budget")
    heads = (
        "package",
        "lever",
        "as written",
        "scaled",
        "unit",
        "scale",
        "cost as written",
        "cost",
        "tolerance",
        "budget",
    )
    for head in heads:
        table.add_column(head, justify="left" if head in left else "right", no_wrap=True)
    for letter, package in zip(_letters(found), found.packages, strict=True):
        scaled = package.scaled
        if scaled is None:
            table.add_row(f"{letter}: as written, sets the budget")
            continue
        declared, values = scaled.lever.declared, scaled.lever.at(scaled.scale)
        moved = [(day, with_it) for day, without, with_it in scaled.lever.courses() if without != with_it]
        written = "\n".join(value_said(value) for _, value in moved)
        now = "\n".join(value_said(value_on(values, day)) for day, _ in moved)
        costs = number(scaled.written), number(scaled.cost), number(scaled.tolerance)
        course = declared.key, written, now, declared.unit.value, f"{scaled.scale:.3g}"
        table.add_row(letter, *course, *costs, scaled.reached)
    _print_whole(console, table)
    if any(p.scaled and p.scaled.reached == "within noise" for p in found.packages):
        console.print("within noise: the miss is smaller than its standard error over the seeds.", highlight=False)
    if any(p.scaled and p.scaled.reached == "missed" for p in found.packages):
        said = "missed: the nearest that was found; its steps are too coarse, or cost jumps. The budgets are not equal."
        console.print(said, style="bold", highlight=False)


def _headlines(comparison: Comparison) -> Table:
    """The effects of one package."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("effect (B less A)", no_wrap=True)
    for head in ("A", "B", "difference", "95 % interval", "better in", "unit"):
        table.add_column(head, justify="left" if head == "unit" else "right", no_wrap=True)
    for row in comparison.effects.to_dict("records"):
        better = f"{row['better_in']} of {row['seeds']}" if row["seeds"] else ""
        cells = number(row["a"]), number(row["b"]), signed(row["difference"]), _interval(row), better
        table.add_row(row["effect"], *cells, row["unit"])
    return table


def _print_side_by_side(console: Console, found: Appraisal) -> None:
    """One row a package, one column an effect."""
    table = Table(box=box.SIMPLE_HEAD, show_lines=False, leading=1)
    table.add_column("less A", width=24)
    base = found.packages[0].comparison.effects
    for label, unit in zip(base["effect"], base["unit"], strict=True):
        table.add_column(f"{label}\n{_millions(unit)}{unit}", justify="right", width=EFFECT_WIDTH)
    table.add_row("A itself", *(_brief(a, unit) for a, unit in zip(base["a"], base["unit"], strict=True)))
    for letter, package in zip(_letters(found), found.packages, strict=True):
        cells = [_cell(row) for row in package.comparison.effects.to_dict("records")]
        table.add_row(f"{letter}: {package.scenario.title}", *cells)
    _print_whole(console, table)


def _print_whole(console: Console, table: Table) -> None:
    """Print a table as wide as it is: cut to a narrow terminal it would lose numbers."""
    from rich.console import Console

    wide = Console(width=max(console.width, WIDEST), file=console.file)
    wide.print(table)


def _cell(row: dict[Any, Any]) -> str:
    if not row["seeds"]:
        return "no cases"
    difference, low, high = (_brief(row[name], row["unit"]) for name in ("difference", "low", "high"))
    lines = [f"+{difference}" if row["difference"] > 0.0 else difference]
    if row["clear"] is not None:
        lines.append(f"{low} to {high}")
    if row["clear"] is False:
        lines.append("no difference" if row["low"] == row["high"] == 0.0 else UNCLEAR)
    return "\n".join(lines)


def _brief(value: float, unit: str) -> str:
    """A number for a narrow column: sums of money in millions."""
    return number(value) if isnan(value) or not _millions(unit) else f"{value / 1e6:,.2f}"


def _millions(unit: str) -> str:
    return "m " if unit == "DKK/year" else ""


def _interval(row: dict[Any, Any]) -> str:
    return "" if isnan(row["low"]) else f"{rounded(row['low'])} to {rounded(row['high'])}"


def _print_readings(console: Console, letter: str, package: Package, brief: bool) -> None:
    """The effects in words; where intervals stand in a table already, those that are not clear in one line."""
    console.print(f"\n{letter} against A, in a mean week or a year:", highlight=False)
    if package.comparison.identical:
        said = f"The two are the same, bit by bit: nothing that {letter} changes touched anybody."
        console.print(f"  {said}", highlight=False, soft_wrap=True)
        return
    effects = package.comparison.effects
    lines = [
        said
        for said, clear in zip(effects["reading"], effects["clear"], strict=True)
        if not brief or clear is not False
    ]
    unclear = [h.subject for h, clear in zip(HEADLINES, effects["clear"], strict=True) if brief and clear is False]
    for line in lines + ([f"{UNCLEAR} on {', '.join(unclear)}"] if unclear else []):
        console.print(f"  - {line}", highlight=False, soft_wrap=True)


def _print_tables(console: Console, letter: str, comparison: Comparison) -> None:
    """Every outcome, who pays, and who gains and loses."""
    _, b = comparison.titles
    console.print(f"\n{letter}: {b}, in full", style="bold", highlight=False)
    _print_whole(console, _paired(f"what ({letter} less A)", letter, comparison.metrics))
    _print_whole(console, _paired(f"net payments of ({letter} less A)", letter, comparison.payers))
    table = Table(box=box.SIMPLE_HEAD, title="weeks at home, person by person (per run)", title_justify="left")
    for head in ("need", "citizens", "gain", "lose", "weeks gained", "weeks lost", "net"):
        table.add_column(head, justify="left" if head == "need" else "right", no_wrap=True)
    for people in comparison.people.to_dict("records"):
        need, *numbers = people.values()
        table.add_row(need, *map(number, numbers))
    _print_whole(console, table)


def _paired(title: str, letter: str, frame: pd.DataFrame) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(title, no_wrap=True)
    for head in ("A", letter, "difference", "95 % interval", "better in", "unit"):
        table.add_column(head, justify="left" if head == "unit" else "right", no_wrap=True)
    for row in frame.to_dict("records"):
        share = "" if isnan(row["improves"]) else f"{row['improves']:.0%}"
        cells = number(row["a"]), number(row["b"]), number(row["difference"]), _interval(row), share
        table.add_row(row["metric"].replace("_", " "), *cells, row["unit"])
    return table
