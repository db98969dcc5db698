"""Where a row is counted: its municipality, and for citizens the group by age, sex and need."""

from __future__ import annotations

from hfabm.calendar import Week
from hfabm.engine.kernel import formula
from hfabm.metrics.metric import AGES, GROUPS, NEEDS, SEXES
from hfabm.state.citizens import Citizen
from hfabm.state.codes import AgeGroup, Need, Sex, need_of
from hfabm.state.dwellings import Dwelling
from hfabm.state.institutions import Shelter, Team
from hfabm.state.municipalities import Municipality
from hfabm.state.papers import Referral
from hfabm.state.tenancies import Tenancy

AGE_LABELS = {
    AgeGroup.AGE_18_24: "18-24",
    AgeGroup.AGE_25_29: "25-29",
    AgeGroup.AGE_30_59: "30-59",
    AgeGroup.AGE_60_UP: "60+",
}
SEX_LABELS = {Sex.MAN: "man", Sex.WOMAN: "woman"}
NEED_LABELS = {Need.LOW: "low", Need.MODERATE: "moderate", Need.COMPLEX: "complex"}

# whole weeks of life at which the next age group begins
_WEEKS_25, _WEEKS_30, _WEEKS_60 = 1305, 1566, 3131


@formula
def age_group_of(weeks: int) -> int:
    """Age group of the national count, from weeks of life.

    >>> age_group_of(24 * 52), age_group_of(61 * 53)
    (0, 3)
    """
    # added up rather than branched on: ages are random to a processor, and every row passes here
    return int(weeks >= _WEEKS_25) + int(weeks >= _WEEKS_30) + int(weeks >= _WEEKS_60)


@formula
def group_of(municipality: int, weeks: int, sex: int, score: int) -> int:
    """Place in the record by group: municipality, then age, sex and need."""
    return ((municipality * AGES + age_group_of(weeks)) * SEXES + sex) * NEEDS + need_of(score)


def citizens_group(me: Citizen, week: Week) -> int:
    """Group of a citizen, in the municipality that pays."""
    return group_of(me.municipality_row, week.number - me.birth_week, me.sex, me.mental_illness + me.substance_use)


def tenants_group(home: Tenancy, week: Week) -> int:
    """Group of the tenant, in the municipality that pays."""
    return group_of(
        home.citizen.municipality_row,
        week.number - home.citizen.birth_week,
        home.citizen.sex,
        home.citizen.mental_illness + home.citizen.substance_use,
    )


def of_dwelling(home: Dwelling, week: Week) -> int:
    """Municipality a dwelling lies in."""
    return home.municipality_row


def of_referral(paper: Referral, week: Week) -> int:
    """Municipality that made a referral."""
    return paper.municipality_row


def of_team(team: Team, week: Week) -> int:
    """Municipality that a team works for."""
    return team.municipality_row


def of_shelter(place: Shelter, week: Week) -> int:
    """Municipality whose citizens a shelter serves."""
    return place.municipality_row


def of_municipality(us: Municipality, week: Week) -> int:
    """The municipality itself."""
    return us.row


def labels(group: int) -> tuple[str, str, str]:
    """Age, sex and need of a group within its municipality, in words.

    >>> labels(0), labels(GROUPS - 1)
    (('18-24', 'man', 'low'), ('60+', 'woman', 'complex'))
    """
    assert 0 <= group < GROUPS
    age, rest = divmod(group, SEXES * NEEDS)
    sex, need = divmod(rest, NEEDS)
    return AGE_LABELS[AgeGroup(age)], SEX_LABELS[Sex(sex)], NEED_LABELS[Need(need)]
