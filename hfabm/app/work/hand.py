"""The near side: an object in another process, whose methods are called as if it were here."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from hfabm.app.work.child import Prepare, Reply, main
from hfabm.app.work.failures import Cancelled, Failed, Lost

MOMENT = 1.0
"""Seconds that a process has to leave before it is killed."""
LOG = logging.getLogger("hfabm.app")

Told = Callable[[Any], None]
"""Called with what a method tells on its way, in the thread that called it."""


class Hand:
    """A process that makes one object and answers calls, one at a time; any thread may call."""

    def __init__(self, prepare: Prepare | None = None, memory: int | None = None) -> None:
        """Start the process, without waiting for it.

        Args:
            prepare: What it does first; importable by name.
            memory: Bytes that it may have; as many as there are where None.
        """
        context = get_context("spawn")  # forked, a compiled library with threads may hang
        self._connection: Connection
        self._connection, far = context.Pipe()
        self._process: BaseProcess = context.Process(target=main, args=(far, prepare, memory), daemon=True)
        with _deaf():
            self._process.start()
        far.close()  # the last copy here: where the process dies, reading ends
        self._turn, self._sending = threading.Lock(), threading.Lock()
        self._number, self._busy, self._closed = 0, False, False
        self.on_close: Callable[[Hand], None] | None = None

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        """Is the process there, and not told to leave?"""
        return not self._closed and self._process.is_alive()

    def make(self, factory: Callable[..., Any], *arguments: Any, on_progress: Told | None = None) -> None:
        """Make the object, in the place of an earlier one.

        Args:
            factory: What makes it; importable by name.
            *arguments: What it is made of.
            on_progress: Told what the factory tells on its way.

        Raises:
            Failed: It could not be made.
            Cancelled: `cancel` was called meanwhile.
            Lost: The process is gone.
        """
        self._asked("make", factory, arguments, on_progress)

    def call(self, method: str, *arguments: Any, on_progress: Told | None = None) -> Any:
        """Call a method of the object and wait for its value; see `make`."""
        return self._asked("call", method, arguments, on_progress)

    def cancel(self) -> None:
        """Ask the running call to stop; nothing where none runs.  The call raises `Cancelled` once it has stopped."""
        with self._sending:
            if self._busy and not self._closed:
                with suppress(OSError):
                    self._connection.send(("cancel", self._number))

    def close(self, wait: bool = True) -> None:
        """End the process: at once if it is idle or listens, by force after a moment; again does nothing.

        Args:
            wait: Come back when it is gone; otherwise at once, and it counts as alive no more.
        """
        with self._sending:
            if self._closed:
                return
            self._closed = True
            with suppress(OSError):
                self._connection.send(("leave",))
        if wait:
            self._end()
        else:
            threading.Thread(target=self._end, name="end of a process", daemon=True).start()

    def _end(self) -> None:
        self._process.join(MOMENT)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        # a call that was waiting has seen the end by now, unless it is the one that closes
        if self._turn.acquire(timeout=MOMENT):
            self._connection.close()
            self._turn.release()
        if self.on_close is not None:
            self.on_close(self)

    def _asked(self, what: str, name: Any, arguments: tuple[Any, ...], on_progress: Told | None) -> Any:
        with self._turn:
            try:
                with self._sending:
                    if self._closed:
                        raise Lost("the process was closed")
                    self._number += 1
                    self._connection.send((what, self._number, name, arguments))
                    self._busy = True
                return self._answer(on_progress)
            except (EOFError, OSError):
                raise Lost("the process is gone") from None
            finally:
                self._busy = False

    def _answer(self, on_progress: Told | None) -> Any:
        while True:
            _, reply, *rest = self._connection.recv()
            match reply:
                case Reply.TOLD:
                    if on_progress is not None:
                        on_progress(rest[0])
                case Reply.DONE:
                    return rest[0]
                case Reply.CANCELLED:
                    raise Cancelled
                case _:
                    kind, said, trace = rest
                    if trace:
                        LOG.error("work in process %s stopped: %s\n%s", self.pid, said, trace)
                    raise Failed(kind, said)


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started meanwhile never hear Ctrl-C, not even while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
