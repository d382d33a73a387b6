"""The loop of a batch on a Dask cluster: slices go out to workers, outcomes come back as they end.

This module owns when a slice is submitted, when a batch is paused for want of workers, and what is
said of jobs whose slice is lost. What a worker does with a slice is a loop of its own, as for a
batch in one process. Where Dask runs the slice of a dead worker again, the next worker ends it at
once, and it is submitted anew with the jobs that are left; the journal tells what was started.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing
from pathlib import Path

import attrs

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import complete_async, disk_work_async
from a2e_sdk._batch.iteration import next_job
from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.options import BatchOptions
from a2e_sdk._batch.progress import BatchProgress, PauseCause
from a2e_sdk._cluster.connection import (
    ClusterConnection,
    News,
    SliceDone,
    Workers,
    check_cluster,
)
from a2e_sdk._cluster.fitness import unfit_text
from a2e_sdk._cluster.marks import mark_in, marked
from a2e_sdk._cluster.messages import Counts, Order, SliceEnd, SliceReport, WorkSettings, packed
from a2e_sdk._cluster.scheduler import SchedulerAddress
from a2e_sdk._cluster.slices import (
    MOST_DEATHS,
    Slice,
    SliceBook,
    next_jobs,
    size_of_slice,
    slots_of,
)
from a2e_sdk._journal.opening import require_journal
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.cloud import CloudPath
from a2e_sdk.models.journal import EntryState, JournalEntry

from .job import AsyncJobSteps, outcome_without_task

#: How soon a request to stop is seen, in seconds.
_MOMENT = 0.5
#: For how long there may be no workers, or no scheduler, in seconds.
PATIENCE_SECONDS = 60.0
#: What waits no longer for tasks ends with the starts that are under way, in so many seconds more
#: than a call may take.
_STOP_SECONDS = 60.0
#: The causes for which what runs is not waited for.
_AT_ONCE = frozenset({PauseCause.STOPPED, PauseCause.TIMEOUT, PauseCause.ERROR})


class AsyncClusterLoop:
    """One run of a batch on a cluster.

    Args:
        api: The client's settings, clock and journal; nothing is started with it.
        steps: Tells what the journal has of a job.
        progress: Where the counts go.
        scheduler: Where the scheduler is.
        options: What the caller asked for.
        seconds: When to wait no longer for what runs, in seconds from now; infinite for never.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        steps: AsyncJobSteps,
        progress: BatchProgress,
        scheduler: SchedulerAddress,
        options: BatchOptions,
        *,
        seconds: float,
    ) -> None:
        self._api = api
        self._steps = steps
        self._progress = progress
        self._scheduler = scheduler
        self._options = options
        now = api.clock.now()
        self._deadline = now + seconds
        self._run = uuid.uuid4().hex
        self._folder = options.output.absolute()
        self._settings = b""
        self._marks: tuple[Path, ...] = ()
        self._book = SliceBook(options.concurrency)
        self._counts: dict[int, Counts] = {}
        self._threads: dict[str, int] = {}
        self._seen_at = now
        #: Workers that can't take part, and why.
        self._unfit: dict[str, str] = {}
        #: Slices that are to be submitted again.
        self._again: deque[Slice] = deque()
        #: The workers that the slices are kept to, where some can't take part.
        self._places: dict[int, frozenset[str]] = {}
        self._lost: list[StagedJob] = []
        self._all_read = False
        self._stop_asked = False
        self._stopped_at: float | None = None
        self._is_given_up = False
        self._error: Exception | None = None
        self._outcomes: deque[JobOutcome] = deque()

    async def require_ready(self, journal: str) -> None:
        """Refuse a cluster of which a worker can't take part.

        Args:
            journal: What tells the batch's journal from others.

        Raises:
            ConfigurationError: It says which worker, and what to do.
            OSError: A folder can't be written.
        """
        self._prepare(journal)
        await disk_work_async(self._check)

    def _prepare(self, journal: str) -> None:
        configuration = self._api.configuration
        place = require_journal(self._api.journal, "a batch").place
        # What goes to a store needs no disk that all share.
        folders = [self._folder] if self._options.bucket is None else []
        if isinstance(place, Path):
            # Relative paths start elsewhere for a worker.
            configuration = attrs.evolve(configuration, journal=place.absolute())
            if place.absolute().parent != self._folder:
                folders.append(place.absolute().parent)
        self._marks = tuple(mark_in(folder, self._run) for folder in folders)
        self._settings = packed(
            WorkSettings(
                run=self._run,
                configuration=configuration,
                journal=journal,
                folder=self._folder,
                bucket=self._options.bucket,
                marks=self._marks,
                max_coins=self._options.max_coins,
                stop_on_failure=self._options.stop_on_failure,
            )
        )

    def _check(self) -> None:
        with marked(self._marks):
            check_cluster(self._scheduler, self._settings)

    def stop(self) -> None:
        """Start nothing more, and wait no longer for what runs; may be called in any thread.

        Why is noted in the progress before.
        """
        self._stop_asked = True

    async def outcomes(self, jobs: Iterator[StagedJob]) -> AsyncGenerator[JobOutcome, None]:
        """Yield what becomes of some jobs, as they end.

        Args:
            jobs: The jobs, read as they are submitted.

        Raises:
            AuthenticationError, JournalError, ConfigurationError: Nothing can go on; what ran is
                yielded before.
            OSError: The jobs can't be read.
        """
        marks = marked(self._marks)
        await disk_work_async(marks.__enter__)
        try:
            cluster = await disk_work_async(
                ClusterConnection, self._scheduler, self._run, self._settings
            )
            try:
                while True:
                    await self._turn(cluster, jobs)
                    while self._outcomes:
                        yield self._outcomes.popleft()
                    if self._is_over:
                        break
                    for news in await disk_work_async(cluster.news, _MOMENT):
                        await self._take_in(cluster, news)
            finally:
                await complete_async(disk_work_async, self._close, cluster)
        finally:
            await complete_async(disk_work_async, marks.__exit__, None, None, None)
        async with aclosing(self._rest(jobs)) as rest:
            async for outcome in rest:
                yield outcome
        if self._error is not None:
            raise self._error

    def _close(self, cluster: ClusterConnection) -> None:
        if len(self._book):
            # Whoever leaves the iteration early leaves slices that are to start nothing more.
            self._progress.pause("its run was left", PauseCause.STOPPED)
            self._give_order(cluster, stop=True)
        cluster.close()

    @property
    def _is_starting(self) -> bool:
        return self._progress.reason is None and not self._stop_asked

    @property
    def _is_over(self) -> bool:
        if self._is_given_up:
            return True
        return not len(self._book) and (self._all_read or not self._is_starting)

    async def _turn(self, cluster: ClusterConnection, jobs: Iterator[StagedJob]) -> None:
        """Begin what may be begun now, and end what has to end."""
        now = self._api.clock.now()
        if now >= self._deadline:
            self._progress.pause("the time is over", PauseCause.TIMEOUT)
            self.stop()
        self._look_at_workers(cluster, now)
        if self._progress.reason is not None:
            self._give_order(cluster, stop=self._progress.cause in _AT_ONCE or self._stop_asked)
        if self._stop_asked:
            self._stopped_at = self._stopped_at or now
            longest = self._api.configuration.timeout.total + _STOP_SECONDS
            self._is_given_up |= now - self._stopped_at >= longest
        if not self._is_starting:
            for one in self._again:
                self._lost += self._book.end(one)
            self._again.clear()
            return
        if self._fit_workers:
            while self._again:
                self._submit(cluster, self._again.popleft())
            await self._begin_slices(cluster, jobs)

    @property
    def _fit_workers(self) -> dict[str, int]:
        return {
            worker: count for worker, count in self._threads.items() if worker not in self._unfit
        }

    def _look_at_workers(self, cluster: ClusterConnection, now: float) -> None:
        fit = self._fit_workers
        if fit:
            for number, places in list(self._places.items()):
                if places.isdisjoint(fit) and (one := self._book.find(number)) is not None:
                    cluster.forget(number)
                    self._submit_again(one)
        elif now - self._seen_at >= PATIENCE_SECONDS:
            why = next(iter(self._unfit.values()), "there are none, or the scheduler is gone")
            self._progress.pause(
                f"the Dask cluster has had no workers for {PATIENCE_SECONDS:.0f} seconds: {why}",
                PauseCause.CLUSTER,
            )
            self._is_given_up = True

    def _give_order(self, cluster: ClusterConnection, *, stop: bool) -> None:
        reason, cause = self._progress.reason, self._progress.cause
        if reason is not None and cause is not None:
            cluster.tell(Order(run=self._run, reason=reason, cause=cause, stop=stop))

    async def _begin_slices(self, cluster: ClusterConnection, jobs: Iterator[StagedJob]) -> None:
        slots = slots_of(self._fit_workers, self._options.concurrency)
        while not self._all_read:
            concurrency = self._book.next_concurrency(slots)
            if not concurrency:
                return
            left = self._progress.total - self._progress.done
            size = size_of_slice(left, slots, concurrency)
            taken, is_more = await disk_work_async(next_jobs, jobs, size)
            self._all_read = not is_more
            if taken:
                self._submit(cluster, self._book.begin(taken, concurrency))

    def _submit(self, cluster: ClusterConnection, one: Slice) -> None:
        one.attempt += 1
        places: list[str] | None = None
        if self._unfit:
            places = sorted(self._fit_workers)
            self._places[one.number] = frozenset(places)
        jobs = list(one.jobs.values())
        cluster.submit(one.number, one.attempt, jobs, one.concurrency, places)

    def _submit_again(self, one: Slice) -> None:
        self._places.pop(one.number, None)
        self._counts.pop(one.number, None)
        self._again.append(one)

    async def _take_in(self, cluster: ClusterConnection, news: News) -> None:
        if isinstance(news, Workers):
            self._threads = news.threads
            if self._fit_workers:
                self._seen_at = self._api.clock.now()
        elif isinstance(news, SliceReport):
            self._take_in_outcomes(news.number, news.outcomes)
            if self._book.find(news.number) is not None:
                self._counts[news.number] = news.counts
            self._note_pause(news.reason, news.cause)
        else:
            one = self._book.find(news.number)
            if one is not None and one.attempt == news.attempt:
                self._take_in_end(one, await disk_work_async(cluster.result_of, news))
        self._count()

    def _take_in_outcomes(self, number: int, outcomes: Iterable[JobOutcome]) -> None:
        taken = [outcome for outcome in outcomes if self._book.take(number, outcome)]
        self._outcomes += [
            attrs.evolve(outcome, paths=tuple(map(self._own_path, outcome.paths)))
            for outcome in taken
        ]

    def _own_path(self, path: Path | CloudPath) -> Path | CloudPath:
        """Return a worker's path as one of the folder that the caller named, perhaps relative."""
        if isinstance(path, CloudPath) or not path.is_relative_to(self._folder):
            return path
        return self._options.output / path.relative_to(self._folder)

    def _take_in_end(self, one: Slice, done: SliceDone) -> None:
        end = done.end
        if not one.jobs and (end is None or end.is_repeated):
            self._finish(one)  # All of its jobs were told by events.
        elif (end is None or end.is_repeated) and not self._may_go_on(one, done):
            self._finish(one)
        elif end is None or end.is_repeated or end.unfit is not None:
            if end is not None:
                self._note_unfit(end)
            self._submit_again(one)
        else:
            self._take_in_outcomes(one.number, end.outcomes)
            self._note_pause(end.reason, end.cause)
            if end.error is not None:
                self._end_with(end.error)
            self._finish(one)

    def _may_go_on(self, one: Slice, done: SliceDone) -> bool:
        """Tell whether a slice whose result is lost may be submitted once more."""
        if done.has_killed or done.end is not None:
            one.deaths += 1
            if one.deaths < MOST_DEATHS:
                return True
            self._progress.pause(
                f"workers of the Dask cluster died {one.deaths} times of the same jobs, the first "
                f"of which is {next(iter(one.jobs))!r}: see their logs, such as for too little "
                "memory",
                PauseCause.CLUSTER,
            )
            return False
        if done.error is not None:
            self._end_with(done.error)
            return False
        return True

    def _note_unfit(self, end: SliceEnd) -> None:
        if end.unfit is not None:
            self._unfit[end.worker] = unfit_text(end.worker, end.unfit)

    def _note_pause(self, reason: str | None, cause: PauseCause | None) -> None:
        if reason is not None and cause is not None:
            self._progress.pause(reason, cause)

    def _end_with(self, error: Exception) -> None:
        """Stop, and raise an error at the end."""
        self._error = self._error or error
        self._progress.pause(str(error), PauseCause.ERROR)
        self.stop()

    def _finish(self, one: Slice) -> None:
        self._places.pop(one.number, None)
        self._counts.pop(one.number, None)
        self._lost += self._book.end(one)

    def _count(self) -> None:
        progress, counts = self._progress, self._counts.values()
        progress.starting = sum(one.starting for one in counts)
        progress.running = sum(one.running for one in counts)
        progress.saving = sum(one.saving for one in counts)
        progress.undecided = sum(one.undecided for one in counts)
        progress.limit = sum(one.limit for one in counts)
        progress.changed()

    async def _rest(self, jobs: Iterator[StagedJob]) -> AsyncGenerator[JobOutcome, None]:
        """Yield what this run leaves undone."""
        while self._outcomes:
            yield self._outcomes.popleft()
        for one in self._book:
            self._finish(one)
        self._count()
        for job in self._lost:
            yield await self._outcome_by_journal(job)
        reason = self._progress.reason
        while (unread := await disk_work_async(next_job, jobs)) is not None:
            yield outcome_without_task(unread, JobStatus.PAUSED, reason)

    async def _outcome_by_journal(self, job: StagedJob) -> JobOutcome:
        """Return what is left of a job of which no worker tells any more."""
        reason = self._progress.reason
        try:
            entry = await self._steps.entry(job)
        except errors.JournalError:
            entry = None
        if entry is None or not (entry.state.has_task or _may_have_started(entry)):
            return outcome_without_task(job, JobStatus.PAUSED, reason)
        status = JobStatus.RUNNING if entry.state.has_task else JobStatus.UNKNOWN
        return attrs.evolve(
            outcome_without_task(job, status, reason),
            coins=entry.coins,
            quote=entry.quote,
            task_id=entry.task_id,
            started_at=entry.started_at,
        )


def _may_have_started(entry: JournalEntry) -> bool:
    """Tell whether a start without a task may have one: its worker may have died while it sent."""
    is_sent = entry.state is EntryState.INTENDED and entry.sent_at is not None
    return is_sent or entry.state is EntryState.UNKNOWN
