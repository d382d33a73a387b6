"""A batch as users hold it: iterated for its outcomes, asked how far it is, and told to stop.

This module owns the order of a run: every job is checked and written down, what earlier runs ended
is passed on, and the rest goes through the loop; each outcome is in ``results.jsonl`` before it is
yielded.
"""

from __future__ import annotations

import math
import os
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, aclosing, contextmanager
from pathlib import Path

import attrs

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import Call, disk_work_async
from a2e_sdk._batch.engines import family_of
from a2e_sdk._batch.job_file import StagedJob, count_jobs, read_jobs
from a2e_sdk._batch.progress import BatchProgress, PauseCause
from a2e_sdk._batch.results import ResultIndex, ResultLog, rewrite_results
from a2e_sdk._batch.rows import Jobs
from a2e_sdk._batch.scratch import scratch_database
from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk._batch.start_limit import StartLimit
from a2e_sdk._checks.validation import require_one_of, require_seconds, require_whole_number
from a2e_sdk._journal.locks import locks_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.models import Task
from a2e_sdk.models.batch import JobOutcome, JobStatus

from .job import AsyncJobSteps, are_there, outcome_without_task
from .loop import AsyncBatchLoop

#: The place of the lock on a folder of results.
_RUN = 1
_MOST = 10_000
#: What a run does not take up again by itself: nobody knows that it would end otherwise.
_FINAL = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REFUSED})


@attrs.frozen(kw_only=True)
class BatchOptions:
    """What a caller of ``batch`` asked for.

    Attributes:
        jobs: The rows; None for those of an earlier run alone.
        output: The folder of results.
        engine: The engine of rows that name none.
        concurrency: How many tasks may run at once at the most.
        timeout: Seconds after which nothing is waited for any more; None for never.
        retry: The statuses of earlier outcomes to start anew.
        stop_on_failure: Whether a job that fails keeps the others from being started.
    """

    jobs: Jobs | None
    output: Path
    engine: str | None
    concurrency: int
    timeout: float | None
    retry: frozenset[JobStatus]
    stop_on_failure: bool


def batch_options(
    *,
    jobs: Jobs | None,
    output: str | os.PathLike[str],
    engine: str | None,
    concurrency: int,
    timeout: float | None,
    retry: Iterable[JobStatus | str],
    stop_on_failure: bool,
) -> BatchOptions:
    """Check what a caller of ``batch`` asked for.

    Raises:
        TypeError: An argument is of a wrong type.
        ValueError: An argument is out of range.
    """
    if engine is not None:
        family_of(engine)
    require_whole_number(concurrency, "concurrency", minimum=1, maximum=_MOST)
    words = tuple(status.value for status in JobStatus)
    statuses = (retry,) if isinstance(retry, str) else tuple(retry)
    return BatchOptions(
        jobs=jobs,
        output=Path(output),
        engine=engine,
        concurrency=concurrency,
        timeout=None if timeout is None else require_seconds(timeout, "timeout"),
        retry=frozenset(JobStatus(require_one_of(str(one), "retry", words)) for one in statuses),
        stop_on_failure=stop_on_failure,
    )


class AsyncBatch:
    """Many jobs that are started once each, waited for together, and saved as they end.

    Iterating it runs it. Iterated again, or made again with the same folder, it goes on where it
    ended, whatever ended it.

    Args:
        api: What calls the API, with a journal.
        create: Returns the ``create`` of a family.
        reader: Returns what reads a task again; None where nothing can.
        options: What the caller asked for.

    Attributes:
        progress: How far it is; it changes as it runs.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        create: Callable[[TaskFamily], Call[Task]],
        reader: Callable[[Task | str], Callable[[AsyncAPIClient], Call[Task]] | None],
        options: BatchOptions,
    ) -> None:
        self._api = api
        self._options = options
        self._steps = AsyncJobSteps(api, create, reader, options.output)
        self._loop: AsyncBatchLoop | None = None
        self._is_staged = False
        self.progress = BatchProgress()

    @property
    def folder(self) -> Path:
        """The folder of results."""
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
        if not self._is_staged:
            self.progress.total = await disk_work_async(self._stage)
            self._is_staged = True
        return self.progress.total

    def stop(self) -> None:
        """Start nothing more, and wait no longer for what runs; may be called in any thread.

        Starts that are under way are waited for. The jobs that are left come as ``RUNNING`` and
        ``PAUSED``; the next run goes on with them.
        """
        self.progress.pause("it was stopped", PauseCause.STOPPED)
        if self._loop is not None:
            self._loop.stop()

    async def __aiter__(self) -> AsyncGenerator[JobOutcome, None]:
        """Run the batch, and yield what becomes of each job, as it ends.

        Yields:
            One outcome for each job, also for those that an earlier run ended.

        Raises:
            InvalidJobsError, ConfigurationError, JournalError: Nothing was started.
            AuthenticationError: The key is not accepted; what ran is yielded before.
            OSError: A file can't be written.
        """
        await self.check()
        options = self._options
        loop = self._loop = AsyncBatchLoop(
            self._api,
            self._steps,
            self.progress,
            StartLimit(options.concurrency),
            seconds=math.inf if options.timeout is None else options.timeout,
            stop_on_failure=options.stop_on_failure,
        )
        if self.progress.reason is not None:
            loop.stop()
        with ExitStack() as opened:
            opened.enter_context(self._alone())
            await self._begin_retries()
            database = opened.enter_context(scratch_database())
            earlier = await disk_work_async(ResultIndex, self._results, database)
            log = opened.enter_context(ResultLog(self._results))
            ended = self._ended(earlier)
            while (outcome := await disk_work_async(next, ended, None)) is not None:
                self.progress.count(outcome, earlier=True)
                yield outcome
            async with aclosing(loop.outcomes(self._left(earlier))) as outcomes:
                async for outcome in outcomes:
                    await disk_work_async(log.append, outcome)
                    self.progress.count(outcome)
                    yield outcome
            log.close()
            await disk_work_async(self._rewrite)

    @property
    def _jobs(self) -> Path:
        return self._options.output / "jobs.jsonl"

    @property
    def _results(self) -> Path:
        return self._options.output / "results.jsonl"

    @contextmanager
    def _alone(self) -> Generator[None, None, None]:
        """Keep other runs, in this process and others, out of the folder.

        Raises:
            ConfigurationError: One is at work there.
        """
        locks = locks_of(self._jobs)
        if not locks.take(_RUN):
            raise errors.ConfigurationError(
                f"another run is at work in {str(self._options.output)!r}: let it end, or stop it "
                "with Ctrl-C. Nothing was started."
            )
        try:
            yield
        finally:
            locks.give(_RUN)

    async def _begin_retries(self) -> None:
        """Set aside what is to be started anew, so that no later run takes the old for the new."""
        if not self._options.retry:
            return
        with scratch_database() as database:
            earlier = await disk_work_async(ResultIndex, self._results, database)
            jobs = read_jobs(self._jobs)
            while (job := await disk_work_async(next, jobs, None)) is not None:
                outcome = await disk_work_async(earlier.find, job.key)
                if outcome is not None and outcome.status in self._options.retry:
                    await self._steps.set_aside(job)
            await disk_work_async(self._forget_retried, earlier)

    def _forget_retried(self, earlier: ResultIndex) -> None:
        found = (earlier.find(job.key) for job in read_jobs(self._jobs))
        kept = (one for one in found if one and one.status not in self._options.retry)
        rewrite_results(self._results, kept)

    def _ended(self, earlier: ResultIndex) -> Iterator[JobOutcome]:
        """Yield what an earlier run brought to an end."""
        for job in read_jobs(self._jobs):
            outcome = earlier.find(job.key)
            if outcome is not None and _is_final(outcome):
                yield outcome

    def _left(self, earlier: ResultIndex) -> Iterator[StagedJob]:
        """Yield the jobs that are still to be done."""
        for job in read_jobs(self._jobs):
            outcome = earlier.find(job.key)
            if outcome is None or not _is_final(outcome):
                yield job

    def _stage(self) -> int:
        options = self._options
        if options.jobs is None:
            if not self._jobs.exists():
                raise errors.ConfigurationError(
                    f"there is no batch in {str(options.output)!r}: it has no jobs.jsonl."
                )
            return count_jobs(self._jobs)
        options.output.mkdir(parents=True, exist_ok=True)
        private = self._api.configuration.address.is_private
        with self._alone():
            return stage_jobs(
                options.jobs, self._jobs, engine=options.engine, allow_private=private
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
