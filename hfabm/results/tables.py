"""A run as tables: the record by week, and what follows from it by year, tenancy and cohort."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from hfabm.metrics import equity as shares
from hfabm.metrics import money, tenancies
from hfabm.metrics.groups import AGE_LABELS, NEED_LABELS, SEX_LABELS, labels
from hfabm.metrics.metric import GROUPS
from hfabm.metrics.record import Record
from hfabm.results.events import events
from hfabm.results.names import in_words, municipality_names
from hfabm.results.yearly import yearly
from hfabm.state.codes import AgeGroup, Need, Sex
from hfabm.state.ledger import Account, Party
from hfabm.state.papers import Decision, Reckoning
from hfabm.state.world import World

Frame = pd.DataFrame


def weekly(record: Record, world: World) -> Frame:
    """One row for each week, municipality, age, sex and need; one column for each metric."""
    names, done = municipality_names(world), record.done
    places = record.municipalities * GROUPS
    who = [labels(g) for g in range(GROUPS)]
    frame = _calendar(record, places)
    frame["municipality"] = _repeated(names, np.repeat(np.arange(len(names)), GROUPS), done)
    known = {"age": [*AGE_LABELS.values()], "sex": [*SEX_LABELS.values()], "need": [*NEED_LABELS.values()]}
    for k, (column, words) in enumerate(known.items()):
        codes = np.tile([words.index(group[k]) for group in who], len(names))
        frame[column] = _repeated(words, codes, done)
    counts = record.by_group[:done].reshape(done * places, len(record.group_metrics))
    return pd.concat([frame, pd.DataFrame(counts, columns=list(record.group_metrics))], axis=1)


def municipal(record: Record, world: World) -> Frame:
    """One row for each week and municipality: dwellings, offers, queues, teams, beds; and the price level."""
    names, done = municipality_names(world), record.done
    frame = _calendar(record, len(names))
    frame["municipality"] = _repeated(names, np.arange(len(names)), done)
    frame["price_level"] = np.repeat(record.price_level(), len(names))
    counts = record.by_municipality[:done].reshape(done * len(names), len(record.municipal_metrics))
    return pd.concat([frame, pd.DataFrame(counts, columns=list(record.municipal_metrics))], axis=1)


def ledger(record: Record, world: World) -> Frame:
    """Øre received by week, municipality, account and party; negative is paid.  Zeros are left out."""
    book = record.ledger[: record.done]
    week, place, account, party = np.nonzero(book)
    return pd.DataFrame(
        {
            "week": week.astype(np.int32),
            "municipality": in_words(place, municipality_names(world)),
            "account": in_words(account, [a.name.lower() for a in Account]),
            "party": in_words(party, [p.name.lower() for p in Party]),
            "ore": book[week, place, account, party],
        }
    )


def costs(record: Record, world: World) -> Frame:
    """Net payments by year, municipality, party and account, in current and in base year prices [DKK]."""
    rows = []
    level = record.price_level()[:, None, None, None]
    for year, weeks in record.years().items():
        now = -record.ledger[weeks].sum(axis=0) / 100.0
        real = (-record.ledger[weeks] / 100.0 / level[weeks]).sum(axis=0)
        for place, account, party in zip(*np.nonzero(now), strict=True):
            rows.append((year, place, account, party, now[place, account, party], real[place, account, party]))
    frame = pd.DataFrame(rows, columns=["year", "municipality", "account", "party", "dkk", "dkk_base_year"])
    lists = {
        "municipality": municipality_names(world),
        "account": [a.name.lower() for a in Account],
        "party": [p.name.lower() for p in Party],
    }
    for column, words in lists.items():
        frame[column] = in_words(frame[column].astype(int), words)
    return frame


def retention(record: Record, world: World) -> Frame:
    """Share of tenancies not lost by path, need and months after moving in, with 95 % interval."""
    return pd.DataFrame(
        {
            "path": how.name.lower(),
            "need": "all" if need is None else NEED_LABELS[need],
            "months": months,
            "share": r.share,
            "low": r.low,
            "high": r.high,
            "tenancies": r.tenancies,
            "at_risk": r.at_risk,
            "losses": r.losses,
        }
        for how, need, months, r in tenancies.retention(record, world)
    )


def costs_around_placement(record: Record, world: World) -> Frame:
    """Mean cost per citizen by year before and after a placement, by cohort, base year prices."""
    columns = ["cohort", "year", "person_years", "public_dkk", "municipal_dkk"]
    rows = [
        (f"{c.cohort[0]}-{c.cohort[1]}", c.year, c.person_years, c.public_dkk, c.municipal_dkk)
        for c in money.costs_around_placement(record, world)
    ]
    return pd.DataFrame(rows, columns=columns)


def equity(record: Record, world: World) -> Frame:
    """Share of citizens who are homeless, by age, sex and need, in the last year."""
    words: dict[str, Callable[[int], str]] = {
        "age": lambda g: AGE_LABELS[AgeGroup(g)],
        "sex": lambda g: SEX_LABELS[Sex(g)],
        "need": lambda g: NEED_LABELS[Need(g)],
    }
    rows = [(by, words[by](group), share) for by, group, share in shares.shares_homeless(record)]
    return pd.DataFrame(rows, columns=["by", "group", "share_homeless"])


def sums(record: Record, world: World) -> Frame:
    """What each municipality reckoned, quarter by quarter, for each kind of citizen in need of a home."""
    return _on_file(Reckoning, record, world)


def decisions(record: Record, world: World) -> Frame:
    """What each municipality decided, quarter by quarter."""
    return _on_file(Decision, record, world)


TABLES: dict[str, Callable[[Record, World], Frame]] = {
    "weekly": weekly,
    "municipal": municipal,
    "ledger": ledger,
    "yearly": yearly,
    "costs": costs,
    "retention": retention,
    "costs_around_placement": costs_around_placement,
    "equity": equity,
    "sums": sums,
    "decisions": decisions,
}
"""Every table of a run, by name."""


def _on_file(row_class: type, record: Record, world: World) -> Frame:
    """A table of papers, with the day and the municipality's name."""
    frame = events(row_class, world).drop(columns=["row"])
    frame.insert(0, "date", [record.start + timedelta(weeks=int(week)) for week in frame["week"]])
    places = world.table(row_class).municipality_row
    frame.insert(1, "municipality", in_words(places, municipality_names(world)))
    return frame.drop(columns=["municipality_row"])


def _calendar(record: Record, places: int) -> Frame:
    weeks = np.arange(record.done, dtype=np.int32)
    days = [record.start + timedelta(weeks=int(week)) for week in weeks]
    dates = pd.Series(days, dtype="object").repeat(places).reset_index(drop=True)
    return pd.DataFrame({"week": np.repeat(weeks, places), "date": dates})


def _repeated(words: list[str], codes: np.ndarray, times: int) -> Any:
    return in_words(np.tile(codes, times), words)
