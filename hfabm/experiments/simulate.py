"""Make one run of a study, and keep what its questions need: outcomes, years and groups."""

from __future__ import annotations

from collections.abc import Callable

from hfabm.calendar import WEEKS_PER_YEAR, Week
from hfabm.experiments.job import Answer, Job
from hfabm.metrics.catalogue import outcomes
from hfabm.metrics.record import PUBLIC, Record
from hfabm.model import HousingFirstModel
from hfabm.results.manifest import content_hash
from hfabm.results.names import municipality_names
from hfabm.results.rules import first_week
from hfabm.state.ledger import Party

PAYERS: dict[str, tuple[Party, ...]] = {"public_dkk": PUBLIC, **{f"{p.name.lower()}_dkk": (p,) for p in Party}}
"""Columns of net payments, and whose they are."""
STOCKS = {
    "homeless": "homeless",
    "long_term_homeless": "long_term_homeless",
    "own_home": "own_home",
    "open_referrals": "open_referrals",
    "others_waiting": "others_waiting",
}
"""Columns of means over a year, and the weekly metrics they are of."""
FLOWS = {"placed": ("placed_housing_first", "placed_staircase"), "evicted": ("evicted",)}
"""Columns of sums over a year, and the weekly metrics they are of."""
PERSON_YEARS = {"homeless_years": "homeless", "long_term_years": "long_term_homeless", "home_years": "own_home"}
"""Columns of person-years by group, and the weekly metrics they are of."""


def simulate(job: Job, on_week: Callable[[Week], None] | None = None) -> Answer:
    """Run a model to its end.

    Args:
        job: The scenario, the seed, and the day from which on outcomes are counted.
        on_week: Called after each week; an error that it raises ends the run, and is passed on.
    """
    model = HousingFirstModel(job.scenario, rng=job.seed, town=job.town).run(on_week=on_week)
    whole = model.recorder
    since = first_week(model.policy, job.since)
    counted = whole.since(since) if since else whole
    years = whole.years()
    return Answer(
        hash=content_hash(model),
        outcomes=outcomes(counted, model.world),
        years=tuple(years),
        yearly=_yearly(whole, list(years.values())),
        groups={name: _person_years(counted, metric) for name, metric in PERSON_YEARS.items()},
        municipalities=tuple(municipality_names(model.world)),
    )


def _yearly(record: Record, years: list[slice]) -> dict[str, tuple[float, ...]]:
    paid = {name: record.paid(parties) for name, parties in PAYERS.items()}
    found = {name: tuple(float(series[weeks].sum()) for weeks in years) for name, series in paid.items()}
    for name, metric in STOCKS.items():
        series = record.series(metric)
        found[name] = tuple(float(series[weeks].mean()) for weeks in years)
    for name, metrics in FLOWS.items():
        found[name] = tuple(float(sum(record.series(metric)[weeks].sum() for metric in metrics)) for weeks in years)
    return found


def _person_years(record: Record, metric: str) -> tuple[float, ...]:
    """Person-years by municipality, age, sex and need, one after the other."""
    sums = record.groups(metric).sum(axis=0).ravel()
    return tuple(float(weeks) / WEEKS_PER_YEAR for weeks in sums)
