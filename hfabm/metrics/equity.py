"""How homelessness is spread over groups."""

from __future__ import annotations

from hfabm.metrics.metric import Metric, outcome
from hfabm.metrics.record import Record, per
from hfabm.state.world import World
from hfabm.units import Unit


@outcome(Unit.SHARE, "lower")
def need_gap(record: Record, world: World) -> float:
    """Share homeless among complex needs less that among low needs, last year."""
    shares = [share for by, group, share in shares_homeless(record) if by == "need"]
    return shares[-1] - shares[0]


def shares_homeless(record: Record) -> list[tuple[str, int, float]]:
    """Share of the citizens present who are homeless, by age, sex and need, in the last year.

    Returns:
        What the groups are by, the number of the group, and the share in it.
    """
    weeks = record.last_year()
    homeless = record.groups("homeless")[weeks].sum(axis=(0, 1))
    there = homeless + sum(record.groups(name)[weeks].sum(axis=(0, 1)) for name in ("own_home", "institution"))
    found = []
    for by, others in (("age", (1, 2)), ("sex", (0, 2)), ("need", (0, 1))):
        shares = zip(homeless.sum(axis=others), there.sum(axis=others), strict=True)
        found += [(by, group, per(part, whole)) for group, (part, whole) in enumerate(shares)]
    return found


OUTCOMES: tuple[Metric, ...] = (need_gap,)
