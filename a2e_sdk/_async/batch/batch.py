"""A batch as users hold it: iterated for its outcomes, asked how far it is, and told to stop.

This module owns the order of a run: every job is checked and written down, what earlier runs ended
is passed on, and the rest goes through the loop; each outcome is in ``results.jsonl`` before it is
yielded.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import ExitStack, aclosing, contextmanager
from pathlib import Path
from typing import Protocol

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import AWAIT, disk_work_async
from a2e_sdk._async.tasks.journal_notes import journal_work_async
from a2e_sdk._batch.folder_journal import require_same_journal
from a2e_sdk._batch.iteration import next_job, next_outcome
from a2e_sdk._batch.job_file import StagedJob, count_jobs, read_jobs
from a2e_sdk._batch.options import BatchOptions
from a2e_sdk._batch.progress import BatchProgress, PauseCause, under_way_note
from a2e_sdk._batch.results import (
    ResultIndex,
    ResultLog,
    put_results,
    results_so_far,
    rewrite_results,
)
from a2e_sdk._batch.scratch import scratch_database
from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk._cluster.scheduler import SchedulerAddress
from a2e_sdk._display.displayed import Displayed
from a2e_sdk._files.object_store import require_writable
from a2e_sdk._journal.file_locks import shared_locks
from a2e_sdk._journal.locks import Hold
from a2e_sdk._journal.opening import require_journal
from a2e_sdk._journal.queries import identity_of
from a2e_sdk._progress.reporter import Reporter, reporting
from a2e_sdk.models.batch import BatchResults, JobOutcome, JobStatus
from a2e_sdk.models.progress import ProgressOption

from .job import AsyncJobSteps, are_there, outcome_without_task
from .loop import AsyncBatchLoop
from .permits import start_permits

#: The place of the lock on a folder of results.
_RUN = 1
#: So many seconds another run is given to end.
_PATIENCE = 2.0
_STOPPED = "it was stopped"
#: What a run does not take up again by itself: nobody knows that it would end otherwise.
_FINAL = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REFUSED})


class AsyncJobLoop(Protocol):
    """What brings jobs to their ends."""

    async def require_ready(self, journal: str) -> None:
        """Refuse to begin where it can't.

        Args:
            journal: What tells the batch's journal from others.

        Raises:
            ConfigurationError: It can't begin; nothing was started.
        """
        ...

    def stop(self) -> None:
        """Start nothing more, and wait no longer for what runs; may be called in any thread."""
        ...

    def outcomes(self, jobs: Iterator[StagedJob]) -> AsyncGenerator[JobOutcome, None]:
        """Yield what becomes of some jobs, one outcome for each."""
        ...


class AsyncBatch(Displayed):
    """Many jobs that are started once each, waited for together, and saved as they end.

    Iterating it runs it. Iterated again, or made again with the same folder, it goes on where it
    ended, whatever ended it.

    Args:
        api: What calls the API, with a journal.
        steps: What a job does.
        options: What the caller asked for.
        scheduler: The scheduler of the cluster whose workers run the jobs. Default: this process
            does.
        shown: Whether, or to which function, to show how far it is.

    Attributes:
        progress: How far it is; it changes as it runs.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        steps: AsyncJobSteps,
        options: BatchOptions,
        scheduler: SchedulerAddress | None = None,
        *,
        shown: ProgressOption = False,
    ) -> None:
        self._api = api
        self._options = options
        self._steps = steps
        self._scheduler = scheduler
        self._shown = shown
        self._loop: AsyncJobLoop | None = None
        self._is_staged = False
        self._is_stopped = False
        self.progress = BatchProgress()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"

    def _html(self) -> str:
        from a2e_sdk._display.listings import batch_card

        shown = self.progress
        return batch_card(
            str(self.folder), shown.counts, shown.total, shown.coins, shown.reason, AWAIT
        )

    @property
    def folder(self) -> Path:
        """The folder of results on the disk."""
        return self._options.output

    async def check(self) -> int:
        """Check every job and write them down in ``jobs.jsonl``; nothing is started.

        Iterating does this first.

        Returns:
            How many jobs there are, those of earlier runs included.

        Raises:
            InvalidJobsError: A row is wrong; it names all that are.
            ConfigurationError: The jobs of an earlier run are damaged.
            OSError: The folder can't be written.
        """
        await disk_work_async(self._make_folder)
        hold = await self._take_folder()
        try:
            await self._check()
        finally:
            hold.give()
        return self.progress.total

    async def _check(self) -> None:
        if not self._is_staged:
            self.progress.total = await disk_work_async(self._stage)
            self._is_staged = True

    async def results(self) -> BatchResults:
        """Read what became of the jobs so far, in this run and in earlier ones.

        It reads ``results.jsonl`` in `folder` and starts nothing; there may be a run meanwhile.

        Returns:
            An outcome of each job that has one; its ``task`` is None.

        Raises:
            ConfigurationError: The file is damaged.
            OSError: It can't be read.
        """
        try:
            return await disk_work_async(results_so_far, self._results)
        except ValueError as problem:
            raise errors.ConfigurationError(
                f"the results are damaged: {problem} Remove that line, and run the batch again."
            ) from None

    def stop(self) -> None:
        """Start nothing more, and wait no longer for what runs; may be called in any thread.

        Starts that are under way are waited for. The jobs that are left come as ``RUNNING`` and
        ``PAUSED``; the next run goes on with them. Before it is iterated it holds for the next
        iteration.
        """
        self._is_stopped = True
        self.progress.pause(_STOPPED, PauseCause.STOPPED)
        loop = self._loop
        if loop is not None:
            loop.stop()

    async def __aiter__(self) -> AsyncGenerator[JobOutcome, None]:
        """Run the batch, and yield what becomes of each job, as it ends.

        Yields:
            One outcome for each job, also for those that an earlier run ended.

        Raises:
            InvalidJobsError, ConfigurationError, JournalError: Nothing was started.
            AuthenticationError: The key is not accepted; what ran is yielded before.
            OSError: A file can't be written.
        """
        await disk_work_async(self._make_folder)
        with ExitStack() as opened:
            opened.callback((await self._take_folder()).give)
            opened.enter_context(self._named_when_cut_short())
            loop = self._begin()
            opened.callback(self._end)
            self._show_in(opened.enter_context(reporting(self._shown)))
            await self._check()
            journal = await self._require_same_journal()
            await loop.require_ready(journal)
            await self._begin_retries()
            database = opened.enter_context(scratch_database())
            earlier = await disk_work_async(ResultIndex, self._results, database)
            log = opened.enter_context(ResultLog(self._results))
            ended = self._ended(earlier, database)
            while (outcome := await disk_work_async(next_outcome, ended)) is not None:
                self.progress.count(outcome, earlier=True)
                yield outcome
            async with aclosing(loop.outcomes(self._left(database))) as outcomes:
                async for outcome in outcomes:
                    await disk_work_async(log.append, outcome)
                    self.progress.count(outcome)
                    yield outcome
            log.close()
            await disk_work_async(self._rewrite)
            await disk_work_async(put_results, self._results, self._options.bucket)

    @contextmanager
    def _named_when_cut_short(self) -> Generator[None, None, None]:
        """Say with what ends a run early how many tasks go on, and how to take them up."""
        try:
            yield
        except BaseException as interruption:
            note = under_way_note(self.progress)
            if note is not None:
                interruption.add_note(
                    f"{note} Run the same batch again, with the folder {str(self.folder)!r}, to "
                    "go on: nothing is paid twice."
                )
            raise

    def _show_in(self, reporter: Reporter) -> None:
        progress = self.progress

        def show() -> None:
            reporter.batch(progress.done, progress.total, progress.counts, progress.reason)

        progress.on_change = show

    def _begin(self) -> AsyncJobLoop:
        self.progress.begin()
        loop = self._loop = self._new_loop()
        if self._is_stopped:
            self.progress.pause(_STOPPED, PauseCause.STOPPED)
            loop.stop()
        return loop

    def _new_loop(self) -> AsyncJobLoop:
        options = self._options
        seconds = math.inf if options.timeout is None else options.timeout
        if self._scheduler is not None:
            from .cluster_loop import AsyncClusterLoop

            return AsyncClusterLoop(
                self._api, self._steps, self.progress, self._scheduler, options, seconds=seconds
            )
        return AsyncBatchLoop(
            self._api,
            self._steps,
            self.progress,
            start_permits(self._api, options.concurrency),
            seconds=seconds,
            stop_on_failure=options.stop_on_failure,
        )

    def _end(self) -> None:
        self._loop, self._is_stopped = None, False
        self.progress.on_change = None

    @property
    def _jobs(self) -> Path:
        return self._options.output / "jobs.jsonl"

    @property
    def _results(self) -> Path:
        return self._options.output / "results.jsonl"

    async def _take_folder(self) -> Hold:
        """Keep other runs, in this process and others, out of the folder.

        Returns:
            What is given back at the end.

        Raises:
            ConfigurationError: One is at work there, and does not end within a moment.
        """
        locks = shared_locks(await disk_work_async(self._jobs.resolve), self)
        end = self._api.clock.now() + _PATIENCE
        while (hold := locks.take(_RUN)) is None:
            # An iteration that was left in the middle is closed by the event loop a bit later.
            if self._api.clock.now() >= end:
                raise errors.ConfigurationError(
                    f"another run is at work in {str(self._options.output)!r}: let it end, or stop "
                    "it with Ctrl-C. Nothing was started."
                )
            await self._api.clock.pause_async(_PATIENCE / 40)
        return hold

    async def _begin_retries(self) -> None:
        """Set aside what is to be started anew, so that no later run takes the old for the new."""
        if not self._options.retry:
            return
        with scratch_database() as database:
            earlier = await disk_work_async(ResultIndex, self._results, database)
            jobs = read_jobs(self._jobs)
            while (job := await disk_work_async(next_job, jobs)) is not None:
                outcome = await disk_work_async(earlier.find, job.key)
                if outcome is not None and outcome.status in self._options.retry:
                    await self._steps.set_aside(job)
            await disk_work_async(self._forget_retried, earlier)

    def _forget_retried(self, earlier: ResultIndex) -> None:
        found = (earlier.find(job.key) for job in read_jobs(self._jobs))
        kept = (one for one in found if one and one.status not in self._options.retry)
        rewrite_results(self._results, kept)

    def _ended(self, earlier: ResultIndex, database: sqlite3.Connection) -> Iterator[JobOutcome]:
        """Yield what an earlier run brought to an end, and note which jobs these are.

        Their files may be gone a moment later, where whoever iterates moves them elsewhere.
        """
        database.execute("CREATE TABLE ended (key TEXT PRIMARY KEY) WITHOUT ROWID")
        for job in read_jobs(self._jobs):
            outcome = earlier.find(job.key)
            if outcome is not None and _is_final(outcome):
                database.execute("INSERT INTO ended VALUES (?)", (job.key,))
                yield outcome

    def _left(self, database: sqlite3.Connection) -> Iterator[StagedJob]:
        """Yield the jobs that are still to be done."""
        for job in read_jobs(self._jobs):
            if not database.execute("SELECT 1 FROM ended WHERE key = ?", (job.key,)).fetchone():
                yield job

    async def _require_same_journal(self) -> str:
        """Refuse a journal that does not know what earlier runs have started.

        Returns:
            What tells the journal from others.

        Raises:
            ConfigurationError: It is another one than that of earlier runs.
        """
        journal = require_journal(self._api.journal, "a batch")
        identity = await journal_work_async(journal, identity_of)
        folder = self._options.output
        await disk_work_async(require_same_journal, folder, journal.place, identity)
        return identity

    def _make_folder(self) -> None:
        if self._options.bucket is not None:
            require_writable(self._options.bucket, "output")
        if self._options.jobs is not None:
            self._options.output.mkdir(parents=True, exist_ok=True)
        elif not self._jobs.exists():
            raise errors.ConfigurationError(
                f"there is no batch in {str(self._options.output)!r}: it has no jobs.jsonl."
            )

    def _stage(self) -> int:
        options = self._options
        if options.jobs is None:
            return count_jobs(self._jobs)
        private = self._api.configuration.address.is_private
        return stage_jobs(
            options.jobs,
            self._jobs,
            engine=options.engine,
            allow_private=private,
            sign=options.sign,
        ).total

    def _rewrite(self) -> None:
        """Bring ``results.jsonl`` into the order of the jobs, a line each."""
        with scratch_database() as database:
            index = ResultIndex(self._results, database)
            lines = (
                index.find(job.key) or outcome_without_task(job, JobStatus.PAUSED, None)
                for job in read_jobs(self._jobs)
            )
            rewrite_results(self._results, lines)


def _is_final(outcome: JobOutcome) -> bool:
    return outcome.status in _FINAL and are_there(outcome)
