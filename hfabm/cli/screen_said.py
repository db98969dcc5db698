"""What `hfabm screen` says: the effect, how strongly each assumption moves it, and on which it hinges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from hfabm.cli.screen import Options
    from hfabm.parameters.scenario import Scenario
    from hfabm.results.screening import Screening

SHOWN = 10
"""Rows of a table; all are in the stored tables and in JSON."""


def described(scenarios: Sequence[Scenario], found: Screening, options: Options) -> dict[str, Any]:
    """All that a screening found, as JSON has it."""
    import dataclasses

    base, package = scenarios
    return {
        "version": 1,
        "base": base.title,
        "package": package.title,
        "start": base.start.isoformat(),
        "end": base.end.isoformat(),
        "method": "Morris elementary effects",
        "design": dataclasses.asdict(found.design),
        "within": options.within,
        "only_assumed": options.only_assumed,
        "outcomes": {name: _outcome(found, name, options.top) for name in found.outcomes},
    }


def _outcome(found: Screening, name: str, top: int) -> dict[str, Any]:
    from hfabm.metrics.catalogue import metric
    from hfabm.results.manifest import plain

    known = metric(name)
    numbers, hinges = found.numbers[found.numbers["outcome"] == name], found.hinges(name, top)["name"].tolist()
    tables = {"sections": found.sections, "numbers": found.numbers}
    return {
        "unit": known.unit.value,
        "better": known.better,
        "means": known.means,
        **{key: plain(value) for key, value in found.summary(name).items()},
        **{key: _records(table[table["outcome"] == name]) if len(table) else [] for key, table in tables.items()},
        "hinges": hinges,
        "sentence": sentence(hinges, numbers["name"].head(top).tolist()),
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    from hfabm.results.manifest import plain

    return [
        {str(k): plain(v) if isinstance(v, float) else v for k, v in row.items() if k != "outcome"}
        for row in table.to_dict("records")
    ]


def sentence(hinges: Sequence[str], strongest: Sequence[str]) -> str:
    """On what the answer hinges; the strongest are for where nothing is stronger than luck.

    >>> sentence(["landlord.caretaker", "letting.search", "support.strength_act"], [])
    'The answer hinges on landlord.caretaker, letting.search and support.strength_act.'
    """
    *others, last = hinges or strongest
    named = f"{', '.join(others) + ' and ' if others else ''}{last}"
    if hinges:
        return f"The answer hinges on {named}."
    return (
        f"No assumption moves the answer more than another seed does; the strongest, {named}, may be luck. "
        "More --replications would tell."
    )


def print_report(said: dict[str, Any]) -> None:
    """Tables and sentences for people."""
    from hfabm.cli.compare import wide_console

    console = wide_console()
    design, within = said["design"], said["within"]
    reach = "all the way" if within == 1.0 else f"{within:.0%} of the way"
    console.print(
        f"{said['package']}\non {said['base']}, {said['start']} to {said['end']}.\n"
        f"Effects are package less base, with the same luck; each assumption moves {reach} from its default to the "
        f"ends of its declared range, upwards no farther than downwards. {design['trajectories']} trajectories, "
        f"{design['levels']} levels.",
        highlight=False,
        soft_wrap=True,
    )
    for name, one in said["outcomes"].items():
        _print_outcome(console, name, one, design)
    seconds = f"{said['minutes']:.1f} minutes, {said['processes']} at a time"
    console.print(f"{said['runs']} runs in {seconds}.", highlight=False)


def _print_outcome(console: Any, name: str, one: dict[str, Any], design: dict[str, Any]) -> None:
    from hfabm.cli.compare import number

    def say(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True, markup=False)

    unit, words = one["unit"], name.replace("_", " ")
    small = ", and no larger than that" if abs(one["effect"]) <= one["deviation"] else ""
    say(
        f"\n{words}: {number(one['base'])} without the package and {number(one['package'])} with it, an effect of "
        f"{number(one['effect'])} {unit} at the defaults (standard deviation from seed to seed "
        f"{number(one['deviation'])}{small})."
    )
    say(
        f"Over all points the base stood between {number(one['base_low'])} and {number(one['base_high'])}, and the "
        f"effect kept its sign at {one['same_sign']:.0%} of them. Another seed alone would score a mu* of "
        f"{number(one['luck'])}."
    )
    if one["sections"]:
        _print_sections(console, one, design["strongest"])
    _print_numbers(console, one)
    say(one["sentence"])
    for row in one["numbers"]:
        if row["name"] in one["hinges"]:
            say(f"  {row['name']}: {_in_full(row, one)}")


def _in_full(row: dict[str, Any], one: dict[str, Any]) -> str:
    """What an assumption means, how far it was moved, where it is from, and what it does."""
    from hfabm.cli.compare import number

    source = "assumed" if row["source"] == "assumed" else f"evidence: {row['source']}"
    ratio = row["mu_star"] / abs(one["effect"]) if abs(one["effect"]) > one["deviation"] else 0.0
    share = f", {f'{ratio:.0%} of' if ratio < 2.0 else f'{number(ratio)} times'} that at the defaults" if ratio else ""
    leans = abs(row["mu"]) > 0.5 * row["mu_star"]
    way = ("up" if row["mu"] > 0 else "down") if leans else "now up, now down"
    return (
        f"{row['means']}\n    {number(row['default'])} {row['unit']}, moved from {number(row['low'])} to "
        f"{number(row['high'])} ({source}). Raised all that way, it moves the effect by {number(row['mu_star'])} "
        f"{one['unit']}{share}: {way}."
    )


def _print_sections(console: Any, one: dict[str, Any], strongest: int) -> None:
    from hfabm.cli.compare import number
    from hfabm.parameters.report import BEHAVIOUR, NOT_BEHAVIOUR

    whose = {**BEHAVIOUR, **NOT_BEHAVIOUR}
    rows = [
        (r["name"], number(r["mu_star"]), number(r["mu_star_conf"]), whose.get(r["name"], ""))
        for r in one["sections"][: max(SHOWN, strongest)]
    ]
    _print_table(console, ("all of a section moved", "mu*", "±", "whose behaviour"), rows, one["unit"])


def _print_numbers(console: Any, one: dict[str, Any]) -> None:
    from hfabm.cli.compare import number

    heads = ("one by one", "mu*", "±", "mu", "sigma", "from", "default", "to", "source")
    keys = ("mu_star", "mu_star_conf", "mu", "sigma", "low", "default", "high")
    rows = [(r["name"], *(number(r[key]) for key in keys), r["source"]) for r in one["numbers"][:SHOWN]]
    _print_table(console, heads, rows, one["unit"])


def _print_table(console: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], unit: str) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, caption=f"mu*, ±, mu and sigma in {unit}", caption_justify="left")
    for head in heads:
        left = head in (heads[0], heads[-1])
        table.add_column(head, justify="left" if left else "right", no_wrap=head != heads[-1])
    for row in rows:
        table.add_row(*row)
    console.print(table)
