"""Processes for sessions: one is ready, each session has its share, none is left."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from app.work.counter import Counter
from hfabm.app.work.crew import Crew
from hfabm.app.work.failures import Full, Lost
from hfabm.app.work.hand import Hand
from hfabm.language import Language

PATIENCE = 60.0
"""Seconds after which a test gives up; no result hangs on it."""


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(limit=2, per_session=1, prepare=None)
    crew.start()
    yield crew
    crew.close()


def test_the_spare_one_is_handed_out_and_another_made_ready(crew: Crew) -> None:
    spare = crew._spare

    hand = crew.hand("ann")

    hand.make(Counter, 1)
    assert hand is spare
    assert crew._spare is not None and crew._spare is not hand and crew._spare.alive
    assert hand.call("add", 1) == 2


def test_a_session_has_its_share_and_is_told_what_to_do(crew: Crew) -> None:
    hand = crew.hand("ann")

    with pytest.raises(Full) as caught:
        crew.hand("ann")

    assert "Close one of them first" in caught.value.told(Language.EN)
    assert "Luk en af dem først" in caught.value.told(Language.DA)
    hand.close()
    assert crew.hand("ann").alive


def test_all_together_have_their_limit(crew: Crew) -> None:
    first = crew.hand("ann")
    crew.hand("bo")

    with pytest.raises(Full, match="All 2 runs of this server are in use"):
        crew.hand("eva")

    first.close()
    assert crew.hand("eva").alive
    assert crew.out == 2


def test_a_process_that_died_counts_no_more(crew: Crew) -> None:
    psutil.Process(crew.hand("ann").pid).kill()
    assert crew._spare is not None
    psutil.Process(crew._spare.pid).kill()
    crew._spare._process.join()
    for hand in list(crew._out):
        hand._process.join()

    again = crew.hand("ann")

    again.make(Counter, 3)
    assert again.call("add", 1) == 4


def test_a_process_that_was_told_to_leave_counts_no_more(crew: Crew) -> None:
    hand = crew.hand("ann")

    hand.close(wait=False)

    assert crew.hand("ann").alive
    hand._process.join(PATIENCE)
    assert not psutil.pid_exists(hand.pid)


def test_where_no_process_starts_it_is_told_and_the_next_is_served(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> Hand:
        raise OSError("too many processes")

    with monkeypatch.context() as there:
        there.setattr(crew, "_hire", none)
        first = crew.hand("ann")  # the one that was ready
        with pytest.raises(Full):
            crew.hand("bo")

    assert first.alive
    assert crew.hand("bo").alive


def test_a_crew_that_ends_leaves_nobody(crew: Crew) -> None:
    hand, spare = crew.hand("ann"), crew._spare
    assert spare is not None

    crew.close()

    assert not psutil.pid_exists(hand.pid) and not psutil.pid_exists(spare.pid)
    with pytest.raises(Lost):
        hand.call("add", 1)
    with pytest.raises(Full):
        crew.hand("bo")
