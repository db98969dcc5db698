"""The far side: a process that makes an object and answers calls of its methods.

Messages to it are tuples: `("make", n, factory, args)`, `("call", n, method, args)`, `("cancel", n)`, `("leave",)`.
Each make or call is answered by `(n, Reply, ...)`: any number of `TOLD`, and then one of the others.  The number
keeps a late cancel from stopping the call after the one it was meant for.
"""

from __future__ import annotations

import inspect
import os
import signal
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any

from hfabm.app.work.failures import Cancelled, Failed, Kind
from hfabm.parameters.faults import ScenarioError

Prepare = Callable[[], Any]
"""What a process does before its first message, such as compiling the model."""


class Reply(StrEnum):
    """What an answer is."""

    DONE = "done"
    """With the value."""
    TOLD = "told"
    """With what a method said on its way."""
    FAILED = "failed"
    """With the kind, the sentence, and the traceback for the log."""
    CANCELLED = "cancelled"


class Watch:
    """What a method may ask and tell while it works.  Methods that have a parameter `watch` get one."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection, self._number = connection, number
        self.heard = False

    def cancelled(self) -> bool:
        """Has somebody asked for this call to stop?"""
        while not self.heard and self._connection.poll():
            message = _received(self._connection)
            self.heard = message == ("cancel", self._number)
        return self.heard

    def check(self) -> None:
        """Stop where somebody has asked for it.

        Raises:
            Cancelled: Somebody has.
        """
        if self.cancelled():
            raise Cancelled

    def tell(self, value: Any) -> None:
        """Tell the caller something on the way, such as how far the work is."""
        self._connection.send((self._number, Reply.TOLD, value))


def main(connection: Connection, prepare: Prepare | None = None, memory: int | None = None) -> None:
    """Answer messages until told to leave, or until who started this process is gone.

    Args:
        connection: Where messages come from and answers go.
        prepare: Called first; what goes wrong there goes wrong again in the first call, and is told there.
        memory: Bytes that this process may have; as many as there are where None.
    """
    _settle(memory)
    if prepare is not None:
        with suppress(Exception):
            prepare()
    made: Any = None
    while True:
        message = _received(connection)
        if message[0] == "cancel":  # of a call that had come to its end
            continue
        what, number, name, arguments = message
        watch = Watch(connection, number)
        try:
            value = _called(name if what == "make" else getattr(made, name), arguments, watch)
            if what == "make":
                made, value = value, None
            connection.send((number, Reply.DONE, value))
        except Exception as error:
            _answer(connection, number, _said(error, watch))


def _answer(connection: Connection, number: int, said: tuple[Any, ...]) -> None:
    try:
        connection.send((number, *said))
    except OSError:  # nobody is there to hear it
        os._exit(0)


def _called(function: Callable[..., Any], arguments: Sequence[Any], watch: Watch) -> Any:
    wants = inspect.signature(function).parameters
    return function(*arguments, watch=watch) if "watch" in wants else function(*arguments)


def _said(error: Exception, watch: Watch) -> tuple[Any, ...]:
    """What an error comes to in an answer."""
    if watch.heard or isinstance(error, Cancelled):
        return (Reply.CANCELLED,)
    if isinstance(error, Failed):
        return Reply.FAILED, error.kind, error.said, ""
    if isinstance(error, ScenarioError):
        return Reply.FAILED, Kind.SCENARIO, str(error), ""
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, MemoryError):
        return Reply.FAILED, Kind.MEMORY, "it needs more memory than it may have", trace
    return Reply.FAILED, Kind.UNEXPECTED, str(error).rstrip(".") or type(error).__name__, trace


def _received(connection: Connection) -> tuple[Any, ...]:
    """The next message; told to leave, or left alone, this process ends at once."""
    try:
        message: tuple[Any, ...] = connection.recv()
    except (EOFError, OSError):
        os._exit(0)
    if message[0] == "leave":
        os._exit(0)  # nothing here is worth an orderly end, and libraries take their time with one
    return message


def _settle(memory: int | None) -> None:
    """Leave Ctrl-C to who started this process, do not outlive it, and do not eat the machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    if memory is not None:
        with suppress(ImportError, OSError, ValueError):  # no such limit on this system
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
