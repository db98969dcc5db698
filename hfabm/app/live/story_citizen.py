"""A citizen's story: who, where and since when, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from hfabm.app.live.names import Kind
from hfabm.app.live.scene import Scene, in_order, word
from hfabm.app.live.story import Amount, Fact, Line, Reference, Story
from hfabm.app.live.story_citizen_events import citizen_events
from hfabm.calendar import DAYS, NEVER, WEEKS_PER_YEAR
from hfabm.state.citizens import Citizen
from hfabm.state.codes import Housing, Need, NoticeCause, Sex, SupportMethod, need_of
from hfabm.state.ledger import ORE

NO_LIMIT = 366
"""Co-paid nights in a running year that are no limit."""


def citizen_story(scene: Scene, row: int) -> Story:
    """The story of a citizen at risk."""
    me = scene.model.citizen(row)
    facts = _gone(scene, me) if me.housing == Housing.GONE else _present(scene, me)
    return Story(
        kind=Kind.CITIZEN,
        row=row,
        day=scene.model.today,
        heading=scene.name(Kind.CITIZEN, row),
        facts=tuple(facts),
        events=in_order(citizen_events(scene, row)),
        notes=(Line("note_made_up"),),
        see=_see(scene, me),
    )


def _gone(scene: Scene, me: Citizen) -> Iterator[Fact]:
    yield Fact("where", word(Housing, Housing.GONE))
    yield Fact("since", scene.on(me.housing_since_week))
    yield from _life(me)


def _present(scene: Scene, me: Citizen) -> Iterator[Fact]:
    yield Fact("where", _whereabouts(scene, me))
    yield Fact("since", scene.on(me.housing_since_week))
    if me.homeless_since_week != NEVER:
        yield Fact("homeless_since", scene.on(me.homeless_since_week))
    yield from _person(scene, me)
    yield from _life(me)
    if me.tenancy_row >= 0:
        yield from _home(scene, me)
    if me.referral_row >= 0:
        referral = scene.world.referrals
        yield Fact("referred_since", scene.on(int(referral.opened_week[me.referral_row])))
    yield from _support(scene, me)
    yield from _refund(scene, me)
    if scene.week >= 0:
        yield Fact("cost_week", Amount(me.cost_ore / ORE, "dkk"))
        yield Fact("net_municipal_week", Amount(me.net_municipal_ore / ORE, "dkk"))


def _whereabouts(scene: Scene, me: Citizen) -> Line:
    if me.tenancy_row >= 0:
        home = scene.name(Kind.DWELLING, me.home.dwelling_row)
        return Line("where_home", {"home": home, "landlord": scene.name(Kind.LANDLORD, me.home.landlord_row)})
    if me.shelter_row >= 0:
        return scene.name(Kind.SHELTER, me.shelter_row)
    return word(Housing, me.housing)


def _person(scene: Scene, me: Citizen) -> Iterator[Fact]:
    yield Fact("age", Amount((scene.week - me.birth_week) // WEEKS_PER_YEAR, "years"))
    yield Fact("sex", word(Sex, me.sex))
    yield Fact("need", word(Need, need_of(me.mental_illness + me.substance_use)))
    yield Fact("mental_illness", Line(f"illness_{me.mental_illness}"))
    yield Fact("substance_use", Line(f"level_{me.substance_use}"))
    yield Fact("in_treatment", yes(me.in_treatment))
    yield Fact("skills", Amount(me.skills, "share"))
    yield Fact("ties", Amount(me.ties, "share"))
    yield Fact("employed", yes(me.employed))
    yield Fact("income", Amount(me.income_dkk_month, "dkk_month"))
    yield Fact("debt", Amount(me.debt_dkk, "dkk"))


def _life(me: Citizen) -> Iterator[Fact]:
    yield Fact("homeless_weeks", Amount(me.homeless_weeks, "weeks"))
    yield Fact("spells", Amount(me.spells, "times"))
    yield Fact("placements", Amount(me.placements, "times"))


def _home(scene: Scene, me: Citizen) -> Iterator[Fact]:
    home = me.home
    yield Fact("rent_share", Amount(me.rent_share, "share"))
    yield Fact("arrears", Amount(home.arrears_dkk, "dkk"))
    yield Fact("complaints", Amount(home.complaints, "count", 1))
    if home.under_notice:
        cause = word(NoticeCause, home.notice_cause)
        yield Fact("under_notice", Line("since_for", {"day": scene.on(home.notice_week), "cause": cause}))
    if home.plan_until_week > scene.week:
        yield Fact("plan_until", scene.on(home.plan_until_week))
    if home.attended_week != NEVER:
        yield Fact("last_visit", scene.on(home.attended_week))


def _support(scene: Scene, me: Citizen) -> Iterator[Fact]:
    if me.case_row < 0:
        yield Fact("support", word(SupportMethod, SupportMethod.NONE))
        return
    yield Fact("support", word(SupportMethod, me.method))
    yield Fact("support_since", scene.on(me.case.first_week))
    yield Fact("dose", Amount(me.dose, "share"))
    yield Fact("support_refunded", yes(me.support_refunded))


def _refund(scene: Scene, me: Citizen) -> Iterator[Fact]:
    """Nights of the running year that the state co-pays, if they are counted; and whether support would be."""
    law = scene.model.in_force("refund_law")
    if law.days_counted:
        running = me.running_year_day != NEVER
        left = DAYS * scene.week - me.running_year_day < law.running_year_days
        used = me.shelter_days if running and left else 0
        limit = law.shelter_days + me.municipality.extra_days
        values = {"used": Amount(used), "limit": Amount(limit)}
        yield Fact("refund_days", Line("days_of" if limit < NO_LIMIT else "days_no_limit", values))
        if running and left:
            yield Fact("running_year_since", scene.on(me.running_year_day // DAYS))
    else:
        yield Fact("refund_days", Line("days_not_counted"))
    yield Fact("refund_in_view", yes(me.refund_in_view))


def yes(so: bool) -> Line:
    """Yes or no."""
    return Line("yes" if so else "no")


def _see(scene: Scene, me: Citizen) -> tuple[Reference, ...]:
    others = [(Kind.MUNICIPALITY, me.municipality_row)]
    if me.tenancy_row >= 0:
        others += [(Kind.DWELLING, me.home.dwelling_row), (Kind.LANDLORD, me.home.landlord_row)]
        others.append((Kind.ESTATE, int(scene.world.dwellings.estate_row[me.home.dwelling_row])))
    if me.case_row >= 0:
        others.append((Kind.TEAM, me.case.team_row))
    return scene.see(*others, (Kind.SHELTER, me.shelter_row))
