"""The comparison of one visitor: worked out and answered in a thread of its own, ended with their tab."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import solara

from hfabm.app.compare.comparison import Comparison, Progress
from hfabm.app.compare.request import Reform, Request, RequestError
from hfabm.app.reform.draft import OWN, Draft, DraftError, laid_on, on_disk
from hfabm.app.session import Session
from hfabm.app.shared import pool
from hfabm.app.tab import one_for_each_tab
from hfabm.app.watch.choice import ChoiceError, name_of, shipped
from hfabm.app.work.failures import WorkError
from hfabm.language import Language, say
from hfabm.model import SCENARIOS
from hfabm.parameters.faults import ScenarioError

if TYPE_CHECKING:
    from hfabm.app.compare.found import Compared

LOG = logging.getLogger("hfabm.app")
BETWEEN = 0.5
"""Seconds between two looks at how far the runs are."""
MOST_SEEDS = 100
Told = Callable[[Language], str]


@dataclass
class Desk:
    """What a visitor compares.

    Attributes:
        progress: How far the runs are; None before the first start.
        found: What the seeds that are complete come to.
        trouble: Says why nothing can be compared; None if nothing is wrong.
        asked: What the answer is to: the choices at the start.
    """

    progress: solara.Reactive[Progress | None] = field(default_factory=lambda: solara.reactive(None))
    found: solara.Reactive[Compared | None] = field(default_factory=lambda: solara.reactive(None))
    trouble: solara.Reactive[Told | None] = field(default_factory=lambda: solara.reactive(None))
    asked: solara.Reactive[tuple[object, ...]] = field(default_factory=lambda: solara.reactive(()))
    _comparison: Comparison | None = None
    _turn: int = 0
    _stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def busy(self) -> bool:
        """Are there runs to wait for?"""
        progress = self.progress.value
        return progress is not None and not progress.over

    def start(self, session: Session) -> None:
        """Compare what is chosen; what was being compared is given up."""
        self.give_up()
        self.trouble.value, self.found.value = None, None
        self.progress.value = Progress(0, 1, 0, None, (), False)
        self.asked.value = choices(session)
        whose, language, draft = solara.get_session_id(), session.language.value, session.draft.value
        wanted = (self._turn, self.asked.value, whose, language, draft)
        threading.Thread(target=self._work, args=wanted, name="desk", daemon=True).start()

    def cancel(self) -> None:
        """Stop; what has been made is shown."""
        with self._lock:
            self._stopped, comparison = True, self._comparison
        if comparison is not None:
            comparison.cancel()

    def give_up(self) -> None:
        """Stop, and show no more of it: another is started, or the tab is closed."""
        with self._lock:
            self._turn, self._stopped = self._turn + 1, False
            comparison, self._comparison = self._comparison, None
        if comparison is not None:
            comparison.cancel()

    def _work(self, turn: int, asked: tuple[object, ...], whose: str, language: Language, draft: Draft) -> None:
        try:
            comparison = worked_out(asked, language, draft)
            try:
                self._compare(turn, comparison, whose)
            except BaseException:
                comparison.cancel()
                raise
        except (ChoiceError, DraftError, RequestError, WorkError) as error:
            self._wrong(turn, error.told)
        except ScenarioError as error:
            said = str(error)
            self._wrong(turn, lambda _: said)
        except Exception:
            LOG.exception("a comparison broke")
            self._wrong(turn, lambda told: say("shell.broken_said", told))

    def _compare(self, turn: int, comparison: Comparison, whose: str) -> None:
        with self._lock:
            if self._turn != turn:  # another was started, or the tab was closed, while this one was worked out
                return
            self._comparison, stopped = comparison, self._stopped
        if stopped:
            comparison.cancel()
        changed = threading.Event()
        comparison.start(pool(), whose, lambda _: changed.set())
        progress = comparison.progress
        while self._turn == turn:
            over, seeds = progress.over, progress.seeds
            self.progress.value = progress
            found = comparison.answer()
            if self._turn == turn and found is not None:
                self.found.value = found
            if over:
                break
            changed.wait()
            changed.clear()
            changed.wait(BETWEEN)  # several runs may end at once
            progress = comparison.progress
            if self._turn == turn and progress.seeds == seeds and not progress.over:
                self.progress.value = progress

    def _wrong(self, turn: int, told: Told) -> None:
        if self._turn == turn:
            self.progress.value, self.trouble.value = None, told


def choices(session: Session) -> tuple[object, ...]:
    """What is chosen: base, reforms, replications, end; and the reform of one's own where it is among them."""
    reforms = reforms_of(session)
    own = session.draft.value.as_toml() if OWN in reforms else ""
    return (session.get("base"), reforms, session.get("n"), session.get("until"), own)


def reforms_of(session: Session) -> tuple[str, ...]:
    """Names of the reforms chosen, three at most."""
    return tuple(name for name in session.get("reforms").split(",") if name)[:3]


def worked_out(asked: tuple[object, ...], language: Language, draft: Draft) -> Comparison:
    """The comparison of some choices.

    Raises:
        ChoiceError: A name is unknown, or a number or day cannot be used.
        RequestError: They cannot be compared.
        DraftError: The reform of one's own does not fit.
        ScenarioError: A package does not fit on the base.
    """
    base, names, replications, until, _ = asked
    end = _day(str(until))
    if base not in shipped():
        raise ChoiceError("watch.no_such_place", name=str(base)[:80], known=", ".join(shipped()))
    if not str(replications).isdigit() or not 2 <= int(str(replications)) <= MOST_SEEDS:
        raise ChoiceError("compare.wrong_number", number=str(replications)[:20], most=str(MOST_SEEDS))
    with ExitStack() as stack:
        reforms = []
        for name in names if isinstance(names, tuple) else ():
            if name == OWN:
                laid_on(str(base), draft, end)  # its faults are told by line
                path = stack.enter_context(on_disk(draft))
            elif name in shipped("reforms"):
                path = SCENARIOS / f"{name}.toml"
            else:
                raise ChoiceError("watch.no_such_reform", name=name[:80])
            reforms.append(Reform(name_of(name, language, draft), (path,)))
        return Comparison(Request(str(base), tuple(reforms), int(str(replications)), end))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ChoiceError("compare.no_day", text=text[:40]) from None


desk = one_for_each_tab(Desk, Desk.give_up)
"""That of the tab that asks."""
