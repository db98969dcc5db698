"""The app as Solara sees it: its addresses, what stands around every page, and what is said when something breaks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import solara
import solara.lab

from hfabm.app.forms.controls import Address, Link
from hfabm.app.forms.markup import Button, html, note
from hfabm.app.pages.compare import Compare
from hfabm.app.pages.reform import Reform
from hfabm.app.pages.studies import Studies
from hfabm.app.pages.trust import Trust
from hfabm.app.pages.watch import Watch
from hfabm.app.session import PAGES, Session, begin, language_of
from hfabm.language import Language, say

LOG = logging.getLogger(__name__)
SHOWN: Mapping[str, Callable[[Session], Any]] = {
    "watch": Watch, "reform": Reform, "compare": Compare, "studies": Studies, "trust": Trust,
}  # fmt: skip


@solara.component
def Shell(page: str) -> Any:
    """Everything: the header, a page, the foot."""
    router = solara.use_router()
    session = solara.use_memo(lambda: begin(router.search, _preferred()), [])
    language = session.language.value
    title = f"{say(f'shell.{page}', language)} · hfabm"
    with html("div", css="hf-app") as whole:
        Address(href=session.address(page), title=title, language=language.value)
        with html("header", css="hf-header"):
            html("a", say("shell.skip", language), css="hf-skip", href="#hf-main")
            with html("div", css="hf-header-row"):
                html("span", "hfabm", css="hf-brand")
                with html("nav", aria_label=say("shell.menu", language)):
                    for name in PAGES:
                        Link(
                            label=say(f"shell.{name}", language),
                            href=session.address(name),
                            event_go=router.push,
                            current=name == page,
                            name=f"nav-{name}",
                        ).key(f"link-{name}")
                _Switch(session)
        with html("main", css="hf-main", id="hf-main", tabindex="-1"):
            if session.trouble.value:
                note(session.trouble.value, "wrong")
            _Guarded(page, session).key(f"page-{page}")
        with html("footer", css="hf-footer"):
            html("p", say("shell.foot", language))
    return whole


@solara.component
def _Switch(session: Session) -> Any:
    """The other language."""
    language = session.language.value

    def change() -> None:
        session.language.value = language.other

    about = say("shell.switch", language.other)
    return Button(about, change, css="hf-quiet", name="language")


@solara.component
def _Guarded(page: str, session: Session) -> Any:
    """A page, or a few words where it broke; what happened is in the log, by a number."""
    failed, clear = solara.use_exception()
    number = solara.use_memo(lambda: uuid4().hex[:8], [failed])
    language = session.language.value
    if failed is None:
        return SHOWN[page](session)
    return _broken(failed, number, language, clear)


def _broken(failed: BaseException, number: str, language: Language, again: Callable[[], None]) -> Any:
    """What is said of a fault; Solara would show it in full."""
    LOG.error("fault %s", number, exc_info=failed)
    with html("section", css="hf-card") as told:
        html("h1", say("shell.broken", language))
        note(say("shell.fault", language, number=number), "wrong")
        Button(say("shell.again", language), again)
    return told


def _preferred() -> str:
    """Languages of the browser, as its header has them."""
    headers: Mapping[str, list[str]] = solara.lab.headers.value or {}  # type: ignore[attr-defined]
    found = [value for name, value in headers.items() if name.lower() == "accept-language"]
    return ",".join(found[0]) if found else ""


@solara.component
def Layout(children: Any = ()) -> Any:
    """Nothing of Solara's own around the pages."""
    return solara.v.Html(tag="div", children=list(children))


@solara.component
def Page() -> Any:
    """The page of the address.  One component for all, so that what was chosen outlives a change of page."""
    route, _ = solara.use_route()
    failed, clear = solara.use_exception()
    number = solara.use_memo(lambda: uuid4().hex[:8], [failed])
    if failed is None:
        return Shell(route.path if route and route.path in SHOWN else "watch")
    return _broken(failed, number, language_of("", _preferred()), clear)


routes = [
    solara.Route("/", component=Page, layout=Layout),
    *(solara.Route(name, component=Page, layout=Layout) for name in PAGES),
]
