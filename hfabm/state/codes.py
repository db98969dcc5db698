"""The codes that columns use.  Numbers are stored in results: add at the end, never renumber."""

from __future__ import annotations

from enum import IntEnum

from hfabm.engine.kernel import formula

NOBODY = -1
"""No row: no tenant, no tenancy, no referral."""
OTHER = -2
"""An ordinary tenant, who is not simulated as a person."""


class Housing(IntEnum):
    """Where a citizen is, in the states of the national count (hjemløsetællingen)."""

    OWN_HOME = 0
    STREET = 1
    """Rough sleeper (gadesovende)."""
    NIGHT_SHELTER = 2
    """Emergency night shelter (natvarmestue)."""
    SHELTER = 3
    """Section 110 shelter (§ 110-boform, forsorgshjem, herberg)."""
    HOTEL = 4
    SOFA = 5
    """With family, friends or acquaintances."""
    TRANSITIONAL = 6
    """Transitional or training dwelling (udslusningsbolig, § 63)."""
    INSTITUTION = 7
    """Section 107 or 108 home (midlertidigt eller længerevarende botilbud); not counted as homeless."""
    PRISON_HOSPITAL = 8
    """In prison or hospital with no home to return to."""
    GONE = 9
    """Dead, moved away or no longer at risk."""
    ARRIVING = 10
    """Known since this week, not yet settled by `moves`."""


HOMELESS = (
    Housing.STREET,
    Housing.NIGHT_SHELTER,
    Housing.SHELTER,
    Housing.HOTEL,
    Housing.SOFA,
    Housing.TRANSITIONAL,
    Housing.PRISON_HOSPITAL,
)
"""The states that the national count counts."""


class Sector(IntEnum):
    """Kind of dwelling."""

    SOCIAL_FAMILY = 0
    """Almen familiebolig."""
    SOCIAL_YOUTH = 1
    """Almen ungdomsbolig."""
    PRIVATE = 2
    SPECIAL = 3
    """Alternative dwelling for people who do not fit in ordinary blocks (skæv bolig)."""


class SupportMethod(IntEnum):
    """How a citizen is supported in the home (bostøtte)."""

    NONE = 0
    ORDINARY = 1
    """Ordinary section 85 support."""
    CTI = 2
    """Critical time intervention: nine months in three phases."""
    ICM = 3
    """Intensive case management: as long as needed."""
    ACT = 4
    """Assertive community treatment: a multidisciplinary team, for the most complex needs."""


class TenancyStart(IntEnum):
    """How a tenancy came about."""

    INITIAL = 0
    ARRIVED = 1
    OWN_SEARCH = 2
    HOUSING_FIRST = 3
    STAIRCASE = 4


class TenancyEnd(IntEnum):
    """Why a tenancy ended."""

    RUNNING = 0
    EVICTED = 1
    """Put out by the bailiff's court (udsat ved fogedretten)."""
    BROKE_DOWN = 2
    MOVED_HOME = 3
    """To another home: not a loss."""
    MOVED_AWAY = 4
    DIED = 5
    NO_LONGER_AT_RISK = 6
    """The tenant stays, and is from now on an ordinary tenant."""


class Exit(IntEnum):
    """Why a citizen leaves the simulated population."""

    NONE = 0
    DIED = 1
    MOVED_AWAY = 2
    NO_LONGER_AT_RISK = 3


class ReferralState(IntEnum):
    """What became of a referral (indstilling til bolig)."""

    OPEN = 0
    HOUSED = 1
    WITHDRAWN = 2
    """The citizen found a home, left or died first."""
    STRUCK_OFF = 3
    """Removed from the list after declining offers."""


class Track(IntEnum):
    """The way to a home that a referral follows."""

    HOUSING_FIRST = 0
    STAIRCASE = 1


class Need(IntEnum):
    """Complexity of support needs, from mental illness and substance use."""

    LOW = 0
    MODERATE = 1
    COMPLEX = 2


class Origin(IntEnum):
    """Where a citizen in need of a home is, as a municipality reckons with it."""

    SHELTER = 0
    """In a § 110 shelter: nights can be saved, and support can be co-paid."""
    REFUND_IN_VIEW = 1
    """Elsewhere, and support would be co-paid."""
    NO_REFUND = 2
    """Elsewhere, and it would not."""


class Effort(IntEnum):
    """What a municipality can do more or less of than it planned, besides referring."""

    HOUSING = 0
    """Use of the allocation right, and private places."""
    CTI = 1
    ICM = 2
    ACT = 3
    """Posts by method."""
    CARETAKERS = 4
    PREVENTION = 5


class AgeGroup(IntEnum):
    """Age groups of the national count."""

    AGE_18_24 = 0
    AGE_25_29 = 1
    AGE_30_59 = 2
    AGE_60_UP = 3


class Sex(IntEnum):
    """Sex as registered."""

    MAN = 0
    WOMAN = 1


class NoticeCause(IntEnum):
    """Why a notice to quit (ophævelse) was served."""

    NONE = 0
    ARREARS = 1
    COMPLAINTS = 2


@formula
def need_of(score: int) -> int:
    """Complexity of needs, from mental illness plus substance use (0 to 4).

    >>> [need_of(score) for score in range(5)]
    [0, 0, 1, 2, 2]
    """
    return int(score >= 2) + int(score >= 3)
