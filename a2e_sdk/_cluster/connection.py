"""The connection to a Dask cluster: slices go out, and news of them come back.

This module owns all calls to Dask's client. They block, so that the coordinator makes them where
that is allowed. News come in Dask's own threads and are put in a line, from which one takes them.
"""

from __future__ import annotations

import asyncio
import contextlib
import pkgutil
import queue
import threading
from collections.abc import Generator, Sequence
from concurrent import futures
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeAlias

import attrs

from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk.errors import ConfigurationError

from .fitness import require_fit_cluster
from .messages import TOPIC, Order, SliceEnd, SliceReport, SliceWork, packed, unpacked
from .scheduler import SchedulerAddress, require_dask

#: For so long a scheduler may not be reached, in seconds.
_CONNECT = 10.0
#: So often the workers are counted, and orders are given again, in seconds.
_ROUND = 1.0
#: How long what a worker returned may take to come, in seconds.
_RESULT = 10.0
#: How long closing may wait for orders under way and for the scheduler, in seconds.
_CLOSING = 5.0
#: So many messages that were sent are kept by Dask, which would be all rows of the last slices.
_LOG = 4
#: What workers call, by its name; see ``fitness``.
_RUN, _TELL = "a2e_sdk._worker.slice_run:run_slice", "a2e_sdk._worker.orders:tell"


@attrs.frozen
class Workers:
    """The workers that are there.

    Attributes:
        threads: How many threads each has, by its address.
    """

    threads: dict[str, int]


@attrs.frozen
class SliceDone:
    """A slice is not under way any more.

    Attributes:
        number: Its number.
        attempt: Which of its submissions it was.
        end: What the worker returned; None where that is lost.
        error: What Dask raised in its place; None where it raised nothing.
    """

    number: int
    attempt: int
    end: SliceEnd | None = None
    error: Exception | None = None

    @property
    def has_killed(self) -> bool:
        """Whether Dask gave it up because several workers died while they had it."""
        return type(self.error).__name__ == "KilledWorker"


News: TypeAlias = Workers | SliceReport | SliceDone


def check_cluster(scheduler: SchedulerAddress, settings: bytes) -> None:
    """Refuse a scheduler that can't be reached, and workers that can't take part.

    Args:
        scheduler: Where the scheduler is.
        settings: The `WorkSettings`, packed.

    Raises:
        ConfigurationError: It says who can't, and what to do.
    """
    with _client(scheduler) as client:
        require_fit_cluster(client, settings)


@contextmanager
def _client(scheduler: SchedulerAddress) -> Generator[Any]:
    client = _connected(scheduler)
    try:
        yield client
    finally:
        _close(client)


def _connected(scheduler: SchedulerAddress) -> Any:
    """Return a client of our own: whichever the caller has, it blocks, and lasts for the run."""
    require_dask()
    made: queue.SimpleQueue[Any] = queue.SimpleQueue()
    # Dask's own timeout does not end the wait for a server that is no scheduler.
    threading.Thread(
        target=lambda: made.put(_client_or_error(scheduler)), name="a2e-connect", daemon=True
    ).start()
    try:
        client = made.get(timeout=2 * _CONNECT)
    except queue.Empty:
        client = TimeoutError("what listens there does not respond as a scheduler")
    if isinstance(client, Exception):
        raise ConfigurationError(
            f"no Dask scheduler was reached at {scheduler.address[:200]!r} "
            f"({type(client).__name__}: {str(client)[:200]}): check the address, and that the "
            "scheduler runs. Nothing was started."
        )
    return client


def _client_or_error(scheduler: SchedulerAddress) -> Any:
    distributed = require_dask()
    try:
        with import_module("dask").config.set({"distributed.admin.low-level-log-length": _LOG}):
            return distributed.Client(
                scheduler.address,
                timeout=_CONNECT,
                security=scheduler.security,
                set_as_default=False,
                asynchronous=False,
                name="a2e-batch",
            )
    except Exception as error:
        return error


def _close(client: Any) -> None:
    with contextlib.suppress(Exception):
        client.close(timeout=_CLOSING)


class ClusterConnection:
    """One run's connection.

    Args:
        scheduler: Where the scheduler is.
        run: What tells the run from every other one.
        settings: The run's `WorkSettings`, packed.

    Raises:
        ConfigurationError: The scheduler can't be reached.
    """

    def __init__(self, scheduler: SchedulerAddress, run: str, settings: bytes) -> None:
        self._run = run
        self._settings = settings
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._futures: dict[int, Any] = {}
        self._order: Order | None = None
        self._has_order = threading.Event()
        self._is_closed = threading.Event()
        self._client = _connected(scheduler)
        self._client.subscribe_topic(TOPIC, self._take_event)
        # Orders wait for every worker, also for one that hangs, and must not hold up the counting.
        self._threads = [
            threading.Thread(target=work, name="a2e-cluster", daemon=True)
            for work in (self._count_workers, self._give_orders)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        number: int,
        attempt: int,
        jobs: Sequence[StagedJob],
        concurrency: int,
        workers: Sequence[str] | None,
    ) -> None:
        """Have a slice run by one of the workers.

        Args:
            number: Its number.
            attempt: Which of its submissions it is.
            jobs: The jobs.
            concurrency: How many of them may run at once.
            workers: The addresses of those that may; None for any.
        """
        work = SliceWork(self._run, number, attempt, self._settings, tuple(jobs), concurrency)
        try:
            future = self._client.submit(
                pkgutil.resolve_name(_RUN),
                packed(work),
                key=work.name,
                workers=None if workers is None else list(workers),
                pure=False,
            )
            self._futures[number] = future

            def has_ended(_: object) -> None:
                self._news.put(SliceDone(number, attempt))

            future.add_done_callback(has_ended)
        except Exception:  # The connection is gone; who waits for workers sees that too.
            self._news.put(SliceDone(number, attempt))

    def result_of(self, done: SliceDone) -> SliceDone:
        """Return what a slice that is done came to."""
        future = self._futures.pop(done.number, None)
        if future is None or future.status not in ("finished", "error"):
            return done
        try:
            end = unpacked(future.result(timeout=_RESULT), SliceEnd)
            require_dask().Event(future.key, client=self._client).clear()
            return attrs.evolve(done, end=end)
        except (futures.CancelledError, asyncio.CancelledError, TimeoutError, OSError):
            return done  # The scheduler, or the worker that had the result, is gone.
        except Exception as error:
            return attrs.evolve(done, error=error)

    def forget(self, number: int) -> None:
        """Have a slice not run any more, where it has not begun."""
        future = self._futures.pop(number, None)
        if future is not None:
            with contextlib.suppress(Exception):
                future.release()

    def tell(self, order: Order) -> None:
        """Tell all workers something, also those that come later."""
        if order != self._order:
            self._order = order
            self._has_order.set()

    def news(self, seconds: float) -> list[News]:
        """Return what has come since; nothing where nothing has come for some seconds."""
        try:
            found = [self._news.get(timeout=seconds)]
        except queue.Empty:
            return []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._news.get_nowait())
        return found

    def close(self) -> None:
        """Give up the slices that are under way, and close the connection."""
        self._is_closed.set()
        self._has_order.set()
        for thread in self._threads:
            thread.join(_CLOSING)
        for number in list(self._futures):
            self.forget(number)
        _close(self._client)

    def _take_event(self, event: Any) -> None:
        message = event[1]
        if message.get("run") == self._run:
            self._news.put(unpacked(message["report"], SliceReport))

    def _count_workers(self) -> None:
        while not self._is_closed.is_set():
            try:
                self._news.put(Workers(dict(self._client.nthreads())))
            except Exception:  # No scheduler.
                self._news.put(Workers({}))
            self._is_closed.wait(_ROUND)

    def _give_orders(self) -> None:
        """Give the order that there is, again and again: a worker may have come since."""
        is_last = False
        while not is_last:
            self._has_order.wait(None if self._order is None else _ROUND)
            self._has_order.clear()
            is_last = self._is_closed.is_set()
            if self._order is not None:
                with contextlib.suppress(Exception):  # No scheduler.
                    tell = pkgutil.resolve_name(_TELL)
                    self._client.run(tell, packed(self._order), on_error="ignore")
