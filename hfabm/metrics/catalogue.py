"""Everything that is measured: the families of metrics put together, and the sweeps that count them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hfabm.metrics import equity, groups, homelessness, money, support, tenancies, waiting
from hfabm.metrics.homelessness import ObservationParameters
from hfabm.metrics.metric import Metric
from hfabm.metrics.money import ValuationParameters
from hfabm.metrics.record import Record
from hfabm.metrics.sweep import Sweep
from hfabm.state.world import World

SECTIONS: Mapping[str, type] = {"observation": ObservationParameters, "valuation": ValuationParameters}
"""Sections of parameters that measuring reads."""

BY_GROUP = (
    Sweep(homelessness.WEEKLY + support.WEEKLY, groups.citizens_group),
    Sweep(tenancies.WEEKLY, groups.tenants_group),
)
BY_MUNICIPALITY = (
    Sweep(waiting.DWELLINGS, groups.of_dwelling),
    Sweep(waiting.REFERRALS, groups.of_referral),
    Sweep(waiting.SHELTERS, groups.of_shelter),
    Sweep(waiting.MUNICIPALITIES, groups.of_municipality),
    Sweep(support.TEAMS, groups.of_team),
)

WEEKLY: tuple[Metric, ...] = tuple(m for sweep in (*BY_GROUP, *BY_MUNICIPALITY) for m in sweep.metrics)
OUTCOMES: tuple[Metric, ...] = (
    homelessness.OUTCOMES + equity.OUTCOMES + tenancies.OUTCOMES + support.OUTCOMES + waiting.OUTCOMES + money.OUTCOMES
)


@cache
def metric(name: str) -> Metric:
    """The metric with a name.

    Raises:
        KeyError: There is none.
    """
    found = {m.name: m for m in (*WEEKLY, *OUTCOMES)}
    if name not in found:
        raise KeyError(f"there is no metric {name!r}; there are {', '.join(found)}")
    return found[name]


def outcomes(record: Record, world: World) -> dict[str, float]:
    """Every outcome of a run that has ended, by name."""
    return {m.name: float(m.function(record, world)) for m in OUTCOMES}
