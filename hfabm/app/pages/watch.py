"""Watch: one place, week by week, on its housing network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import solara

from hfabm.app.forms.controls import Select, Words
from hfabm.app.forms.markup import Button, html, note
from hfabm.app.live.names import Kind
from hfabm.app.live.story import Story, told, worded
from hfabm.app.reform.draft import OWN
from hfabm.app.session import Session
from hfabm.app.watch.choice import name_of, shipped
from hfabm.app.watch.curves_view import Curves
from hfabm.app.watch.map_view import MapView
from hfabm.app.watch.player import SPEEDS, Player, Status
from hfabm.app.watch.story_view import StoryView
from hfabm.app.watch.theatre import Theatre, theatre
from hfabm.app.work.failures import WorkError
from hfabm.language import Language, day, number, say, week

WEEK = timedelta(weeks=1)


@solara.component
def Watch(session: Session) -> Any:
    """The page."""
    language = session.language.value
    stage = solara.use_memo(theatre, [])
    solara.use_effect(lambda: stage.show(session), [_what(session)])
    with html("div") as page:
        html("h1", say("watch.title", language))
        html("p", say("watch.lead", language), css="hf-lead hf-lead-line")
        _Chooser(session)
        if stage.trouble.value:
            note(stage.trouble.value.told(language), "wrong")
            if isinstance(stage.trouble.value, WorkError):
                Button(say("shell.again", language), lambda: stage.show(session), name="again").key("again")
        seen = stage.seen.value
        if seen is not None and seen.player.opening is not None:
            _Stage(session, stage, seen.player, seen.look)
        elif not stage.trouble.value:
            html("p", say("watch.starting", language), role="status", data_test="starting")
    return page


def _what(session: Session) -> tuple[str, ...]:
    """All that makes another run of it."""
    own = session.draft.value.as_toml() if session.get("with") == OWN else ""
    return (session.get("place"), session.get("with"), session.get("seed"), own)


@solara.component
def _Chooser(session: Session) -> Any:
    """Which place, which reform, which luck."""
    language = session.language.value

    def putting(name: str) -> Callable[[str], None]:
        return lambda value: session.put(name, value)

    bases = [{"value": base, "label": name_of(base, language)} for base in shipped()]
    none = {"value": "", "label": say("watch.no_reform", language)}
    own = [] if session.draft.value.empty else [{"value": OWN, "label": name_of(OWN, language, session.draft.value)}]
    reforms = [{"value": one, "label": name_of(one, language)} for one in shipped("reforms")]
    with html("div", css="hf-row hf-controls") as row:
        for name, options in (("place", bases), ("with", [none, *own, *reforms])):
            Select(
                label=say(f"watch.{name}", language), value=session.get(name), options=options, on_value=putting(name),
                name=name,
            ).key(f"choose-{name}")  # fmt: skip
        seed = say("watch.seed", language)
        Words(label=seed, value=session.get("seed"), on_value=putting("seed"), kind="number", name="seed")
    return row


@solara.component
def _Stage(session: Session, stage: Theatre, player: Player, look: int) -> Any:
    """The run: controls, map, story, curves; `look` differs whenever the player has changed."""
    language = session.language.value
    nobody: tuple[Kind, int] | None = None
    looked, set_looked = solara.use_state(nobody)
    asked, set_asked = solara.use_state("")

    def see(kind: Kind, row: int) -> None:
        set_looked((kind, row))

    with html("div") as shown:
        _Controls(language, player, look)
        _Now(language, player, look)
        with html("div", css="hf-wide-side hf-watch"):
            with html("div"):
                MapView(player, language, looked, see)
            with html("div"):
                _Search(language, player, asked, set_asked, see)
                _Look(language, player, looked, see, stage.settled.value)
        Curves(player, language, look)
    return shown


@solara.component
def _Controls(language: Language, player: Player, look: int) -> Any:
    """Play, pause, step, speed, jump."""
    goal, set_goal = solara.use_state("")
    speed, set_speed = solara.use_state(player.speed)
    opening = player.opening
    assert opening is not None
    moving = player.status in (Status.PLAYING, Status.LEAPING)
    ended = player.status is Status.ENDED

    def fast(value: str) -> None:
        player.speed = int(value)
        set_speed(int(value))

    wanted = _day(goal)
    now = player.figures[-1].day if player.figures else None
    behind = wanted is not None and now is not None and wanted < now
    there = wanted is not None and now is not None and wanted < now + WEEK

    speeds = [{"value": str(one), "label": say("watch.weeks_a_second", language, n=one)} for one in SPEEDS]
    with html("div", css="hf-row hf-controls", role="group", aria_label=say("watch.controls", language)) as row:
        play, pause = say("watch.play", language), say("watch.pause", language)
        Button(pause if moving else play, player.pause if moving else player.play, "hf-primary", ended, name="play")
        Button(say("watch.step", language), player.step, disabled=moving or ended, name="step")
        Button(say("watch.step_13", language), lambda: player.step(13), disabled=moving or ended, name="step-13")
        Select(label=say("watch.speed", language), value=str(speed), options=speeds, on_value=fast, name="speed")
        Words(label=say("watch.jump_to", language), value=goal, on_value=set_goal, kind="date", name="jump-date")
        label = say("watch.jump_on", language, day=day(wanted, language)) if wanted else say("watch.jump", language)
        idle = wanted is None or there or ended
        Button(label, lambda: player.leap(wanted) if wanted else None, disabled=idle, name="jump")
        html("p", say("watch.jump_behind", language) if behind else "", css="hf-hint", role="status")
    return row


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _where(player: Player, language: Language) -> str:
    """Which week it is, and what the run does."""
    frame, opening = player.frame, player.opening
    assert frame is not None and opening is not None
    if player.status is Status.FAILED and player.error is not None:
        return player.error.told(language)
    if player.status is Status.READY and not player.figures:
        return say("watch.before", language, last=day(opening.last_day, language))
    state = say(f"watch.{player.status}", language, last=day(opening.last_day, language))
    return f"{week(frame.day, language)}. {state}"


FIGURES = ("homeless", "long_term_homeless", "own_home", "open_referrals", "at_risk", "vacant", "others_waiting")
"""Figures of the week that are shown."""


@solara.component
def _Now(language: Language, player: Player, look: int) -> Any:
    """Which week it is, and the week in figures; as high before the first week as after it."""
    values = player.frame.numbers if player.frame else {}
    cells = [
        html(
            "div",
            html("dt", say(f"metrics.{name}", language)),
            html("dd", number(values[name], language) if values else "–", data_test=f"figure-{name}"),
        )
        for name in FIGURES
    ]
    # read aloud only when it stands still: several weeks a second would drown everything else
    live = "off" if player.status is Status.PLAYING else "polite"
    where = html("p", _where(player, language), css="hf-where", aria_live=live, data_test="where")
    return html("div", where, html("dl", *cells, css="hf-figures"), css="hf-now")


@solara.component
def _Search(
    language: Language, player: Player, asked: str, set_asked: Callable[[str], None], see: Callable[[Kind, int], None]
) -> Any:
    """Find a citizen, a home, a landlord, a municipality."""
    found = solara.use_memo(lambda: _found(player, asked), [asked, player])
    with html("div", css="hf-card") as shown:
        find, hint = say("watch.find", language), say("watch.find_hint", language)
        Words(label=find, value=asked, on_value=set_asked, placeholder=hint, name="find")
        for place, match in enumerate(found[:8]):
            label = f"{worded(match.name, language)} · {worded(match.about, language)}"
            Button(label, _seeing(see, match.kind, match.row), "hf-quiet", name=f"match-{place}").key(
                f"match-{match.kind}-{match.row}"
            )
        if asked and not found:
            html("p", say("watch.nothing_found", language), css="hf-hint", role="status")
    return shown


def _seeing(see: Callable[[Kind, int], None], kind: Kind, row: int) -> Callable[[], None]:
    return lambda: see(kind, row)


def _found(player: Player, asked: str) -> list[Any]:
    if not asked.strip():
        return [match for kind in ("odense", "1") for match in _asked(player, kind)][:4]
    return _asked(player, asked)


def _asked(player: Player, text: str) -> list[Any]:
    try:
        return list(player.ask("find", text))
    except WorkError:
        return []


@solara.component
def _Look(
    language: Language, player: Player, looked: tuple[Kind, int] | None, see: Callable[[Kind, int], None], when: int
) -> Any:
    """The story of whoever is looked at, told anew when the run stands still."""
    story = solara.use_memo(lambda: _story(player, looked), [looked, when, player])
    if looked is None:
        return html("section", html("p", say("watch.nobody_looked_at", language), css="hf-hint"), css="hf-card")
    if isinstance(story, Story):
        return StoryView(told(story, language), language, see)
    return note(story.told(language) if isinstance(story, WorkError) else say("watch.gone", language), "wrong")


def _story(player: Player, looked: tuple[Kind, int] | None) -> Story | WorkError | None:
    if looked is None:
        return None
    try:
        story: Story = player.ask("tell", str(looked[0]), looked[1])
    except WorkError as error:
        return error
    return story
