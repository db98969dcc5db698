"""Who does the work: this process, workers of this machine, or any cluster of `dask.distributed`."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol
from uuid import uuid4

from hfabm.engine.kernel import model_digest
from hfabm.experiments.chunks import Done, StorageError, do_chunk
from hfabm.experiments.job import Job, Simulate
from hfabm.experiments.segments import SEGMENTS
from hfabm.model import warm

PATIENCE = 60.0
"""Seconds to wait for the first worker of a cluster."""
LOST = 5
"""Times that the answer to a chunk may be lost with its worker."""
Chunk = tuple[Job, ...]


class EngineError(Exception):
    """A cluster cannot be used; says why, and what to do."""


class Killed(Exception):
    """Every worker that tried a chunk died of it."""


class Engine(Protocol):
    """Somebody who does chunks of runs."""

    def __enter__(self) -> Engine: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def workers(self) -> int:
        """How many work at the moment."""

    def submit(self, chunk: Chunk) -> None:
        """Have a chunk done."""

    def next(self) -> tuple[Chunk, Done | Exception]:
        """Wait for a chunk that was submitted: what was done of it, or why it was not."""


class InProcess:
    """One worker: this process."""

    def __init__(self, folder: Path, simulate: Simulate) -> None:
        self._folder, self._simulate = folder, simulate
        self._waiting: deque[Chunk] = deque()
        self.workers = 1

    def __enter__(self) -> InProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()

    def submit(self, chunk: Chunk) -> None:
        """Keep a chunk for `next`."""
        self._waiting.append(chunk)

    def next(self) -> tuple[Chunk, Done | Exception]:
        """Do the chunk that waits longest."""
        chunk = self._waiting.popleft()
        try:
            # an error that compiled code makes of Ctrl-C must not be taken for one of the run
            with _patient():
                return chunk, do_chunk(chunk, self._folder, self._simulate)
        except Exception as error:
            return chunk, error


class Dask:
    """Workers of `dask.distributed`: a cluster of this machine, or one by the address of its scheduler.

    Workers write segments themselves and return identities, so that a lost worker loses no more than its chunk.
    """

    def __init__(self, folder: Path, simulate: Simulate, processes: int = 0, address: str = "") -> None:
        """Keep what is wanted; nothing starts before the block.

        Args:
            folder: The folder of the study, which all workers must see.
            simulate: What makes a run.
            processes: Workers of a cluster of this machine.
            address: Address of the scheduler of a running cluster, instead.
        """
        self._folder, self._simulate = folder.resolve(), simulate
        self._processes, self._address = processes, address
        self._stack = ExitStack()
        self._client: Any = None
        self._done: Any = None
        self._chunks: dict[str, Chunk] = {}
        self._lost: Counter[str] = Counter()

    def __enter__(self) -> Dask:
        import dask
        from distributed import Client, LocalCluster, as_completed

        self._stack.enter_context(dask.config.set(_SETTINGS))
        try:
            if self._address:
                self._client = self._stack.enter_context(_reached(Client, self._address))
            else:
                # compiled once here, so that workers find it
                warm()
                scratch = self._stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
                with _deaf():
                    cluster = LocalCluster(
                        n_workers=self._processes, threads_per_worker=1, processes=True, memory_limit=0,
                        dashboard_address="127.0.0.1:0", silence_logs=50, local_directory=scratch, host="127.0.0.1",
                    )  # fmt: skip
                self._stack.enter_context(cluster)
                self._client = self._stack.enter_context(Client(cluster, set_as_default=False))
            self._ready()
        except BaseException:
            self._stack.close()
            raise
        self._done = as_completed(loop=self._client.loop, raise_errors=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def workers(self) -> int:
        """How many work at the moment; one where all are starting again."""
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def submit(self, chunk: Chunk) -> None:
        """Have a chunk done by whichever worker is free."""
        key = f"chunk-{uuid4().hex}"
        self._chunks[key] = chunk
        future = self._client.submit(do_chunk, chunk, self._folder, self._simulate, key=key, pure=False)
        self._done.add(future)

    def next(self) -> tuple[Chunk, Done | Exception]:
        """Wait for the next chunk that is done; one whose answer died with its worker is done again."""
        while True:
            future = next(self._done)
            chunk = self._chunks.pop(future.key)
            answer = self._answer(future)
            if answer is not None:
                return chunk, answer
            self._lost[chunk[0].run] += 1
            if self._client.status != "running" or self._lost[chunk[0].run] > LOST:
                return chunk, EngineError("the cluster was lost. What was made is safe: go on with --resume.")
            self.submit(chunk)

    def _answer(self, future: Any) -> Done | Exception | None:
        """What a worker said, or what became of it; None if it is lost."""
        from asyncio import CancelledError

        from distributed import KilledWorker

        if future.status == "error":
            error = future.exception()
            return Killed(str(error)) if isinstance(error, KilledWorker) else error
        try:
            return future.result() if future.status == "finished" else None
        except (Exception, CancelledError):  # it was there a moment ago
            return None

    def _ready(self) -> None:
        """Make sure that every worker has the same model, sees the folder, and has its code compiled."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise EngineError(f"{self._address}: the cluster has no worker after {PATIENCE:.0f} seconds.") from None
        probe = self._folder / SEGMENTS / f".tmp-probe-{uuid4().hex}"
        try:
            probe.write_text("seen", encoding="utf-8")
            answers: dict[str, Any] = self._client.run(_look, str(probe), on_error="return")
        except OSError as error:
            raise StorageError(f"{self._folder}: cannot be written, or the cluster is lost: {error}") from None
        finally:
            probe.unlink(missing_ok=True)
        for worker, answer in answers.items():
            if isinstance(answer, BaseException):
                raise EngineError(f"worker {worker}: cannot work: {answer}. It needs hfabm and what hfabm needs.")
            digest, seen = answer
            if digest != model_digest():
                raise EngineError(
                    f"worker {worker}: has another version of the model, {digest}; here {model_digest()}."
                )
            if not seen:
                raise EngineError(f"worker {worker}: does not see {self._folder}. Workers need it on a shared disk.")


_SETTINGS = {
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.allowed-failures": 3,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.low-level-log-length": 10,  # workers keep what they log of, and with it every run's scenario
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


@contextmanager
def _patient() -> Iterator[None]:
    """Let a chunk be finished before Ctrl-C is heard; the second is heard at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []

    def hear(number: int, frame: object) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C: who started them stops them, without their laments."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _reached(client: Any, address: str) -> Any:
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    try:
        # asked here: a client that stumbles over its address takes half a minute to die, and laments
        scheme, place = parse_address(address)
        get_backend(scheme)
        parse_host_port(place)
        return client(address, timeout=PATIENCE / 4, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{address}: no scheduler answers there ({error}). Give its address, as tcp://host:8786."
        ) from None


def _look(probe: str) -> tuple[str, bool]:
    """On a worker: the digest of its model, and whether it sees the folder of the study."""
    warm()
    return model_digest(), Path(probe).is_file()
