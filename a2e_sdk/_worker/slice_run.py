"""One slice of a batch in a worker: a loop like that of any batch, which tells how far it is.

This module owns the run of a slice. What a job does and when is in ``_sync.batch``, as for a batch
in one process.
"""

from __future__ import annotations

import math
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from a2e_sdk import errors
from a2e_sdk._batch.progress import BatchProgress, PauseCause
from a2e_sdk._cluster.messages import (
    TOPIC,
    Counts,
    Order,
    SliceEnd,
    SliceReport,
    SliceWork,
    WorkSettings,
    packed,
    unpacked,
)
from a2e_sdk._cluster.slices import FINAL
from a2e_sdk._sync.batch.loop import BatchLoop
from a2e_sdk._sync.batch.permits import start_permits
from a2e_sdk._sync.client import A2E
from a2e_sdk.models.batch import JobOutcome

from .fitness import once_checked
from .orders import at_work

#: So often a worker tells how many jobs are where, in seconds.
_MOMENT = 0.5
#: The statuses of a worker that has lost its scheduler, or was told to end.
_ENDING = frozenset({"closing", "closed", "failed"})


def run_slice(message: bytes) -> bytes:
    """Run a slice, as a task of Dask.

    Args:
        message: The `SliceWork`, packed.

    Returns:
        The `SliceEnd`, packed.
    """
    dask: Any = import_module("distributed")
    worker = dask.get_worker()
    work = unpacked(message, SliceWork)
    unfit = once_checked(work.settings)
    if unfit is not None:
        return packed(SliceEnd(worker=worker.address, unfit=unfit))
    # Whoever reads the outcomes may have moved the files of jobs that have ended.
    has_begun = dask.Event(work.name, client=dask.get_client())
    if has_begun.is_set():
        return packed(SliceEnd(worker=worker.address, is_repeated=True))
    has_begun.set()
    with _clients.lent(work.settings) as (client, settings), scratch_folder(settings) as folder:
        run = _SliceRun(work, client, attrs.evolve(settings, folder=folder), worker)
        return packed(run.end())


@contextmanager
def scratch_folder(settings: WorkSettings) -> Generator[Path, None, None]:
    """Yield the folder of results on the disk; one for the moment where those go to a store."""
    if settings.bucket is None:
        yield settings.folder
        return
    with tempfile.TemporaryDirectory(prefix="a2e-") as name:
        yield Path(name)


class _SliceRun:
    """The run of one slice.

    Args:
        work: The slice.
        client: What the jobs are started with.
        settings: What all slices of the run have in common.
        worker: Dask's worker.
    """

    def __init__(self, work: SliceWork, client: A2E, settings: WorkSettings, worker: Any) -> None:
        self._work = work
        self._worker = worker
        self._key = worker.get_current_task()
        self._progress = BatchProgress()
        self._outcomes: list[JobOutcome] = []
        self._told = SliceReport(number=work.number)
        self._has_ended = threading.Event()
        self._loop = BatchLoop(
            client.api,
            client._job_steps(settings.folder, settings.max_coins, settings.bucket),
            self._progress,
            # Other workers work beside it, also where the journal is a file that they share.
            start_permits(client.api, work.concurrency, with_others=True),
            seconds=math.inf,
            stop_on_failure=settings.stop_on_failure,
        )

    def follow(self, order: Order) -> None:
        """Start nothing more; where that is ordered, wait no longer for what runs either."""
        self._progress.pause(order.reason, order.cause)
        if order.stop:
            self._loop.stop()

    def end(self) -> SliceEnd:
        """Run it, and return what became of it."""
        error: Exception | None = None
        watcher = threading.Thread(target=self._watch, name="a2e-slice", daemon=True)
        with at_work(self._work.run, self):
            watcher.start()
            try:
                for outcome in self._loop.outcomes(iter(self._work.jobs)):
                    self._outcomes.append(outcome)
                    if outcome.status in FINAL:
                        self._tell((outcome,))
            except (errors.A2EError, OSError) as problem:
                error = problem
            finally:
                self._has_ended.set()
                watcher.join()
        return SliceEnd(
            worker=self._worker.address,
            outcomes=tuple(self._outcomes),
            reason=self._progress.reason,
            cause=self._progress.cause,
            error=error,
        )

    def _watch(self) -> None:
        """Tell how far it is, and stop where nobody waits for it any more."""
        while not self._has_ended.wait(_MOMENT):
            if self._is_given_up():
                # Such as that the coordinator has died: who goes on finds what runs.
                self._progress.pause("nobody waits for it any more", PauseCause.STOPPED)
                self._loop.stop()
                return
            self._tell(())

    def _is_given_up(self) -> bool:
        """Tell whether Dask has taken this task from this worker, or the worker ends."""
        if self._worker.status.name in _ENDING:
            return True
        task = self._worker.state.tasks.get(self._key)
        return task is None or task.state not in ("executing", "long-running")

    def _tell(self, outcomes: tuple[JobOutcome, ...]) -> None:
        """Report some outcomes, or how many jobs are where if that has changed."""
        progress = self._progress
        names = [field.name for field in attrs.fields(Counts)]
        report = SliceReport(
            number=self._work.number,
            outcomes=outcomes,
            counts=Counts(**{name: getattr(progress, name) for name in names}),
            reason=progress.reason,
            cause=progress.cause,
        )
        if report != self._told:
            self._told = attrs.evolve(report, outcomes=())
            self._worker.log_event(TOPIC, {"run": self._work.run, "report": packed(report)})


class _Clients:
    """The clients of this process, one for each run, which its slices share."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients: dict[bytes, A2E] = {}
        self._users: dict[bytes, int] = {}

    @contextmanager
    def lent(self, settings: bytes) -> Generator[tuple[A2E, WorkSettings]]:
        """Lend the client of a run while the block runs.

        The last one stays open for the next slice.
        """
        found = unpacked(settings, WorkSettings)
        with self._lock:
            if settings not in self._clients:
                self._close_unused()
                self._clients[settings] = A2E._from_configuration(found.configuration)
            client = self._clients[settings]
            self._users[settings] = self._users.get(settings, 0) + 1
        try:
            yield client, found
        finally:
            with self._lock:
                self._users[settings] -= 1

    def _close_unused(self) -> None:
        for settings, client in list(self._clients.items()):
            if not self._users.get(settings):
                del self._clients[settings]
                self._users.pop(settings, None)
                client.close()


_clients = _Clients()
