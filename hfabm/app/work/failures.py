"""What can go wrong with work in another process, each told in a plain sentence."""

from __future__ import annotations

from enum import StrEnum

from hfabm.language import Language, has, say


class Kind(StrEnum):
    """Why work failed."""

    SCENARIO = "scenario"
    """The scenario has faults; the sentence names them."""
    MEMORY = "memory"
    """It needs more memory than a process may have."""
    UNEXPECTED = "unexpected"
    """Nobody foresaw it; the log of the server has it in full."""


class WorkError(Exception):
    """Work in another process did not come to its end.

    Attributes:
        key: Key of the phrase that says so.
    """

    key = "work_said.unexpected"

    def told(self, language: Language) -> str:
        """What happened and what to do, for people."""
        return say(self.key, language)


class Failed(WorkError):
    """The work raised an error.

    Attributes:
        kind: Why.
        said: The sentence, in English where it comes from the model.
    """

    def __init__(self, kind: Kind, said: str) -> None:
        super().__init__(said)
        self.kind, self.said = kind, said
        self.key = f"work_said.{kind}"

    def told(self, language: Language) -> str:
        """What happened and what to do; faults of a scenario are told as the reader of scenarios says them."""
        return say(self.key, language, said=self.said) if has(self.key) else self.said


class Cancelled(WorkError):
    """Somebody asked for it to stop, and it stopped."""

    key = "work_said.cancelled"


class Lost(WorkError):
    """The process is gone: it was killed, or it was closed."""

    key = "work_said.lost"


class Full(WorkError):
    """No more processes are to be had.

    Attributes:
        limit: How many there may be.
    """

    def __init__(self, limit: int, own: bool) -> None:
        self.limit = limit
        self.key = "work_said.full_session" if own else "work_said.full_server"
        super().__init__(self.told(Language.EN))

    def told(self, language: Language) -> str:
        """What is full and what to do."""
        return say(self.key, language, limit=self.limit)
