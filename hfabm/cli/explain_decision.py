"""`hfabm explain-decision`: the sums a municipality made in a quarter, and what it decided on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

WHERE = {"shelter": "in a shelter", "refund_in_view": "outside, refund in view", "no_refund": "outside, no refund"}
EFFORTS = {
    "effort_housing": ("dwellings", "allocation_share", "of affordable vacancies taken", "{:.1%}"),
    "effort_cti": ("CTI", "workers_cti", "caseworkers wanted", "{:.1f}"),
    "effort_icm": ("ICM", "workers_icm", "caseworkers wanted", "{:.1f}"),
    "effort_act": ("ACT", "workers_act", "caseworkers wanted", "{:.1f}"),
    "effort_caretakers": ("social caretakers", "caretakers", "wanted", "{:.1f}"),
    "effort_prevention": ("prevention", "prevention", "of notices settled a week", "{:.1%}"),
}
"""What is done of what was planned: in words, and the decision it leads to."""


def explain_decision(folder: Path, municipality: str, day: date, json: bool) -> int:
    """Print a quarter's sums and decisions of one municipality.

    Args:
        folder: Folder of a stored run.
        municipality: Name of the municipality.
        day: A day of the quarter.
        json: Print one JSON object.

    Returns:
        The exit code.

    Raises:
        DamagedResults: The results are not as they were written.
    """
    import json as json_module
    import sys

    from hfabm.results.load import load

    try:
        run = load(folder)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if not {"sums", "decisions"} <= set(run.names):
        print(f"{folder}: was stored before sums were kept on file. Run the scenario again.", file=sys.stderr)
        return 2
    sums, decisions = run.table("sums"), run.table("decisions")
    known = list(dict.fromkeys(decisions["municipality"]))
    wrong = _wrong(known, municipality, decisions["date"].tolist(), run.manifest, day)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    name = next(k for k in known if k.lower() == municipality.lower())
    when = max(d for d in decisions["date"] if d <= day)
    decided = decisions[(decisions["municipality"] == name) & (decisions["date"] == when)].to_dict("records")[0]
    reckoned = sums[(sums["municipality"] == name) & (sums["date"] == when)].to_dict("records")
    if json:
        said = {"version": 1, "municipality": name, "date": when, "decision": decided, "sums": reckoned}
        print(json_module.dumps(said, ensure_ascii=False, default=str))
    else:
        _print(name, when, decided, reckoned)
    return 0


def _wrong(known: list[str], municipality: str, days: list[date], manifest: dict[str, Any], day: date) -> str:
    """What is wrong with what was asked for; empty where nothing is."""
    from hfabm.parameters.faults import suggestion

    if municipality.lower() not in [name.lower() for name in known]:
        hint = suggestion(municipality, known, "municipalities")
        return f"--municipality {municipality}: this run has no such municipality. {hint}"
    if not min(days) <= day <= date.fromisoformat(manifest["end"]):
        return (
            f"--date {day}: the run goes from {min(days)} to {manifest['end']}. Choose a day in it; "
            "the sums shown are those of the budget in force on that day."
        )
    return ""


def _print(name: str, when: date, decided: dict[str, Any], reckoned: list[dict[str, Any]]) -> None:
    from hfabm.cli.compare import wide_console

    console = wide_console()
    limit = f"{decided['limit_days']} nights a running year are co-paid" if decided["limit_days"] >= 0 else "no limit"
    console.print(f"[bold]{name}, budget of {when}[/bold]")
    console.print(
        f"One citizen, {decided['horizon_years']} years ahead, in kroner of the day, after refunds. "
        f"Shelter nights: {limit}. A home is expected {decided['wait_weeks']:.0f} weeks after referral, "
        f"{decided['home_weeks']:.0f} after the need is known.",
        highlight=False,
        soft_wrap=True,
    )
    console.print(_sums(reckoned))
    console.print(
        f"A gain of {decided['sensitivity']:,.0f} kr. a year moves a municipality led by money alone 63 % of the way; "
        f"politics holds {decided['commitment']:.0%} of the plan.",
        highlight=False,
        soft_wrap=True,
    )
    for line in _decided(decided):
        console.print(line, highlight=False, soft_wrap=True)


def _sums(reckoned: list[dict[str, Any]]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("what is reckoned", no_wrap=True)
    shown = [row for row in reckoned if row["people"]] or reckoned
    for row in shown:
        table.add_column(f"{row['need']} need,\n{WHERE[row['origin']]}", justify="right")
    lines: list[tuple[str, str]] = [
        ("citizens now", "{people:,.0f}"),
        ("nights a year, expected", "{nights:,.0f}"),
        ("  of them beyond the limit", "{beyond:,.0f}"),
        ("  rests on citizens seen", "{seen:,.0f}"),
        ("net price of a night", "{night_dkk:,.0f}"),
        ("A. without a home", "{homeless_dkk:,.0f}"),
        ("support by", "{method}"),
        ("  support", "{support_dkk:,.0f}"),
        ("  less refund", "{less:,.0f}"),
        ("  allocation, guarantee", "{allocation_dkk:,.0f}"),
        ("  homes that do not hold", "{relapse_dkk:,.0f}"),
        ("  (expected to hold a year)", "{held:.0%}"),
        ("B. in a home", "{home:,.0f}"),
        ("A less B, a year", "{gain_dkk_year:+,.0f}"),
        ("support pays from (nights)", "{pays_from}"),
        ("the sums alone say, % of plan", "{alone:.0%}"),
        ("with politics and neighbours", "{target:.0%}"),
        ("referrals from now on", "{effort:.0%}"),
    ]
    for label, form in lines:
        table.add_row(label, *(form.format(**_completed(row)) for row in shown))
    return table


def _completed(row: dict[str, Any]) -> dict[str, Any]:
    home = row["support_dkk"] - row["refund_dkk"] + row["allocation_dkk"] + row["relapse_dkk"]
    method, nights = str(row["method"]).upper(), row["break_even_nights"]
    less = {"less": -row["refund_dkk"] or 0.0, "pays_from": f"{nights:,.0f}" if nights <= 366 else "never"}
    return row | less | {"home": home, "alone": 1.0 + row["leans"], "method": method, "origin": WHERE[row["origin"]]}


def _decided(decided: dict[str, Any]) -> Iterator[str]:
    yield "\n[bold]Decided[/bold]"
    for effort, (what, column, means, form) in EFFORTS.items():
        yield f"  {what}: {decided[effort]:.0%} of plan, {form.format(decided[column])} {means}"
    yield f"  private places: {decided['private_places']:.1f} a year"
    asked = [(need, decided[f"detour_{need}"]) for need in ("low", "moderate", "complex")]
    if any(share > 0.0 for _, share in asked):
        told = ", ".join(f"{share:.1%} of {need} need" for need, share in asked)
        yield f"  asked to go through a shelter first, for the refund: {told}"
    else:
        yield "  nobody is asked to go through a shelter first: it would not pay"
    worth = ", ".join(f"{decided[f'worth_{need}']:,.0f} kr. ({need})" for need in ("low", "moderate", "complex"))
    yield f"  a year of support is thought to save: {worth}; what costs more is reviewed for a cut"
