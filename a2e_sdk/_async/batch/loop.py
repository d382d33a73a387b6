"""The loop of a batch: it starts, waits, saves and yields, and nothing of it is in two places.

This module owns what happens when. All decisions are made in the task or thread that iterates the
batch; starts, reads and downloads are calls beside it, whose results are taken one after the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Any, TypeAlias

import attrs

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import AsyncCalls, PendingCall, disk_work_async
from a2e_sdk._async.tasks.reader import AsyncTaskReader
from a2e_sdk._async.tasks.wait import AsyncWaiter
from a2e_sdk._batch.iteration import next_job
from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.progress import BatchProgress, PauseCause
from a2e_sdk._batch.running_job import RunningJob
from a2e_sdk._batch.verdicts import (
    MISSING_SECONDS,
    OUTAGE_SECONDS,
    Verdict,
    is_disk_unusable,
    verdict_of,
)
from a2e_sdk.models import Task
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.status import TaskStatus

from .job import AsyncJobSteps, outcome_without_task
from .permits import AsyncStartPermits

#: So many results are downloaded at once.
_DOWNLOADS = 8
#: How soon a request to stop is seen, in seconds.
_MOMENT = 0.5
#: So often a job is started whose response is lost each time.
_ROUNDS = 5
#: A pause too short for the clock to notice would be taken again and again.
_SHORTEST = 0.001
#: How soon a task is looked for again that the server does not know, in seconds.
_AWAY = 60.0
#: The batch has its own deadline.
_NO_DEADLINE = 1e9


@attrs.frozen
class _Started:
    """A start has ended, with a task or without."""

    job: StagedJob
    epoch: int
    result: RunningJob | Exception


@attrs.frozen
class _Looked:
    """A look at the running tasks has ended."""

    ended: Sequence[Task]
    missing: Sequence[str]
    error: Exception | None


@attrs.frozen
class _Saved:
    """What became of a job is known, or why it could not be saved.

    Attributes:
        running: The job.
        outcome: What became of it; None where that can't be told.
        error: What kept it from being saved; None where nothing did.
    """

    running: RunningJob
    outcome: JobOutcome | None
    error: Exception | None = None


_Event: TypeAlias = _Started | _Looked | _Saved


class AsyncBatchLoop:
    """One run of a batch.

    Args:
        api: What calls the API.
        steps: What a job does.
        progress: Where the counts go.
        permits: Tells how many tasks may run at once.
        seconds: When to wait no longer for what runs, in seconds from now; infinite for never.
        stop_on_failure: Whether a job that fails keeps the others from being started.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        steps: AsyncJobSteps,
        progress: BatchProgress,
        permits: AsyncStartPermits,
        *,
        seconds: float,
        stop_on_failure: bool,
    ) -> None:
        self._api = api
        self._steps = steps
        self._progress = progress
        self._permits = permits
        self._stop_on_failure = stop_on_failure
        now = api.clock.now()
        self._deadline = now + seconds
        self._failing_since: float | None = None
        self._waiter = AsyncWaiter(api, timeout=_NO_DEADLINE, on_update=None, poll=None)
        self._running: dict[str, RunningJob] = {}
        self._new: list[RunningJob] = []
        self._to_save: deque[RunningJob] = deque()
        self._saving: dict[str, RunningJob] = {}
        self._again: deque[StagedJob] = deque()
        self._later: deque[StagedJob] = deque()
        self._undecided: list[tuple[float, StagedJob]] = []
        self._away: list[tuple[float, RunningJob]] = []
        self._rounds: dict[str, int] = {}
        self._all_read = False
        self._looking = False
        self._stopping = False
        self._error: Exception | None = None
        self._outcomes: deque[JobOutcome] = deque()

    async def require_ready(self, journal: str) -> None:
        """Do nothing: this process can always begin."""

    def stop(self) -> None:
        """Start nothing more, and wait no longer for what runs; may be called in any thread.

        Why is noted in the progress before.
        """
        self._stopping = True

    async def outcomes(self, jobs: Iterator[StagedJob]) -> AsyncGenerator[JobOutcome, None]:
        """Yield what becomes of some jobs.

        Args:
            jobs: The jobs, read as they are started.

        Raises:
            AuthenticationError, JournalError, ConfigurationError: Nothing can go on; what ran is
                yielded before.
            OSError: The jobs can't be read.
        """
        try:
            async with aclosing(self._ended(jobs)) as ended:
                async for outcome in ended:
                    yield outcome
        finally:
            self._permits.leave()
        async with aclosing(self._rest(jobs)) as rest:
            async for outcome in rest:
                yield outcome
        if self._error is not None:
            raise self._error

    async def _ended(self, jobs: Iterator[StagedJob]) -> AsyncGenerator[JobOutcome, None]:
        """Yield what ends in this run."""
        async with AsyncCalls[_Event]() as calls:
            while True:
                await self._fill(calls, jobs)
                while self._outcomes:
                    yield self._outcomes.popleft()
                # A start is always waited for: only so is it known what became of it.
                if self._stopping and not self._progress.starting:
                    break
                if not len(calls) and not self._has_more:
                    break
                ended = await self._next(calls)
                if ended is not None:
                    await self._take_in(await ended.result())

    @property
    def _is_starting(self) -> bool:
        return self._progress.reason is None

    @property
    def _has_more(self) -> bool:
        """Whether anything is still to be done in this run."""
        if self._running or self._new or self._away or self._to_save:
            return True
        left = self._again or self._later or self._undecided or not self._all_read
        return self._is_starting and bool(left)

    async def _fill(self, calls: AsyncCalls[_Event], jobs: Iterator[StagedJob]) -> None:
        """Begin what may be begun now."""
        now = self._api.clock.now()
        if not self._stopping and now >= self._deadline:
            self._pause("the time is over", PauseCause.TIMEOUT)
            self.stop()
        if not self._stopping:
            for pair in [pair for pair in self._undecided if pair[0] <= now]:
                self._undecided.remove(pair)
                self._again.appendleft(pair[1])
            for back in [back for back in self._away if back[0] <= now]:
                self._away.remove(back)
                self._new.append(back[1])
            await self._begin_starts(calls, jobs, now)
            while self._to_save and len(self._saving) < _DOWNLOADS:
                running = self._to_save.popleft()
                self._saving[running.job.key] = running
                calls.start(self._save, running)
            self._begin_look(calls)
            await self._permits.tell(self._under_way, now)
        self._count()

    @property
    def _under_way(self) -> int:
        """How many tasks are running or being started."""
        running = len(self._running) + len(self._new) + len(self._away)
        return self._progress.starting + running

    async def _begin_starts(
        self, calls: AsyncCalls[_Event], jobs: Iterator[StagedJob], now: float
    ) -> None:
        while self._is_starting:
            if self._permits.pause(now) > 0 or not await self._is_job_left(jobs):
                return
            try:
                epoch = await self._permits.take(self._under_way, now)
            except errors.JournalError as error:
                self._end_with(error)
                return
            if epoch is None:
                return
            job = self._next_job()
            self._progress.starting += 1
            calls.start(self._start, job, epoch)

    async def _is_job_left(self, jobs: Iterator[StagedJob]) -> bool:
        """Tell whether there is a job to be started; it is the next one then."""
        if self._again:
            return True
        if not self._all_read:
            job = await disk_work_async(next_job, jobs)
            if job is not None:
                self._again.append(job)
                return True
            self._all_read = True
        return bool(self._later)

    def _next_job(self) -> StagedJob:
        return self._again.popleft() if self._again else self._later.popleft()

    def _begin_look(self, calls: AsyncCalls[_Event]) -> None:
        if self._looking:
            return
        new, self._new = self._new, []
        for running in new:
            self._wait_for(running)
        pause = self._waiter.pause()
        if pause is not None and pause <= 0:
            self._looking = True
            calls.start(self._look)

    def _count(self) -> None:
        progress = self._progress
        progress.running = len(self._running) + len(self._new) + len(self._away)
        progress.saving = len(self._to_save) + len(self._saving)
        progress.undecided = len(self._undecided)
        progress.limit = self._permits.limit
        progress.changed()

    async def _next(self, calls: AsyncCalls[_Event]) -> PendingCall[_Event] | None:
        """Wait until something has ended, or is to be begun."""
        now = self._api.clock.now()
        dues = [due for due, _ in (*self._undecided, *self._away)]
        pauses = [self._deadline - now, *(due - now for due in dues), _MOMENT]
        held_back = self._permits.pause(now)
        if held_back > 0:
            pauses.append(held_back)
        look = None if self._looking else self._waiter.pause()
        if look is not None:
            pauses.append(look)
        seconds = max(min(pauses), _SHORTEST)
        if len(calls):
            return await calls.next(seconds)
        await self._api.clock.pause_async(seconds)
        return None

    # The calls; what they return is taken in by the one who iterates.

    async def _start(self, job: StagedJob, epoch: int) -> _Event:
        try:
            return _Started(job, epoch, await self._steps.start(job))
        except Exception as error:
            return _Started(job, epoch, error)

    async def _look(self) -> _Event:
        try:
            ended, missing = await self._waiter.look()
        except Exception as error:  # Such as that the client was closed.
            return _Looked((), (), error)
        return _Looked(ended, missing, None)

    async def _save(self, running: RunningJob) -> _Event:
        steps = self._steps
        try:
            if running.task.status is not TaskStatus.SUCCEEDED:
                return _Saved(running, await steps.outcome(running, JobStatus.FAILED))
            try:
                return _Saved(running, await steps.save(running))
            except (errors.A2EError, OSError, ValueError) as error:
                text = str(error)
                unsaved = await steps.outcome(running, JobStatus.UNSAVED, error=text)
                return _Saved(running, unsaved, error)
        except Exception as error:
            return _Saved(running, None, error)

    async def _take_in(self, event: _Event) -> None:
        if isinstance(event, _Saved):
            self._take_in_saved(event)
        elif isinstance(event, _Looked):
            self._looking = False
            self._take_in_look(event)
        else:
            self._progress.starting -= 1
            if isinstance(event.result, Exception):
                await self._not_started(event.job, event.epoch, event.result)
            else:
                self._failing_since = None
                await self._permits.succeeded(event.epoch, self._under_way + 1)
                has_ended = event.result.task.status.is_final
                (self._to_save if has_ended else self._new).append(event.result)

    def _take_in_saved(self, saved: _Saved) -> None:
        error = saved.error
        if saved.outcome is not None:
            del self._saving[saved.running.job.key]
            self._end(saved.outcome)
            if error is not None and is_disk_unusable(error):
                self._pause(f"results can't be saved: {error}", PauseCause.DISK)
        elif error is not None:
            self._end_with(error)

    def _take_in_look(self, looked: _Looked) -> None:
        if looked.error is not None:
            self._end_with(looked.error)
        for task in looked.ended:
            running = self._running.pop(task.id)
            running.task = task
            self._to_save.append(running)
        now = self._api.clock.now()
        for task_id in looked.missing:
            running = self._running.pop(task_id)
            running.missing_since = running.missing_since or now
            if now - running.missing_since < MISSING_SECONDS:
                self._away.append((now + _AWAY, running))
                continue
            running.error = (
                f"the server has not known the task {task_id} for "
                f"{MISSING_SECONDS / 60:.0f} minutes"
            )
            self._to_save.append(running)

    async def _not_started(self, job: StagedJob, epoch: int, error: Exception) -> None:
        now = self._api.clock.now()
        verdict = verdict_of(error, self._steps.max_coins)
        if verdict is Verdict.BUSY:
            await self._permits.busy(epoch, now, getattr(error, "retry_after", None))
            self._again.append(job)
        elif verdict is Verdict.OUTAGE:
            await self._permits.busy(epoch, now)
            self._later.append(job)  # It may be the only one that fails, and holds up no other.
            self._failing_since = self._failing_since or now
            if now - self._failing_since >= OUTAGE_SECONDS:
                minutes = OUTAGE_SECONDS / 60
                reason = f"nothing got through for {minutes:.0f} minutes: {error}"
                self._pause(reason, PauseCause.OUTAGE)
        elif verdict is Verdict.OUT_OF_COINS:
            self._again.append(job)
            is_budget = isinstance(error, errors.BudgetExceededError)
            self._pause(str(error), PauseCause.BUDGET if is_budget else PauseCause.COINS)
        elif verdict is Verdict.STOP:
            self._again.append(job)
            self._end_with(error)
        elif verdict is Verdict.UNKNOWN and isinstance(error, errors.SubmissionUnknownError):
            if isinstance(getattr(error, "error", None), errors.ServiceBusyError):
                await self._permits.busy(epoch, now)
            self._undecide(job, error, now)
        elif verdict is Verdict.FAILED:
            outcome = outcome_without_task(job, JobStatus.FAILED, str(error))
            self._end(attrs.evolve(outcome, task_id=getattr(error, "task_id", None)))
        else:
            self._end(outcome_without_task(job, JobStatus.REFUSED, str(error)))

    def _undecide(self, job: StagedJob, error: errors.SubmissionUnknownError, now: float) -> None:
        """Look again for the task of a job when it can be told that there is none."""
        rounds = self._rounds.get(job.key, 0) + 1
        settled_at = error.settled_at
        if settled_at is None or settled_at <= self._api.server_time() or rounds > _ROUNDS:
            self._rounds.pop(job.key, None)
            self._end(outcome_without_task(job, JobStatus.UNKNOWN, str(error)))
            return
        self._rounds[job.key] = rounds
        left = (settled_at - self._api.server_time()).total_seconds()
        self._undecided.append((now + max(left, 0.0) + 1.0, job))

    def _pause(self, reason: str, cause: PauseCause) -> None:
        """Start nothing more; what runs is waited for."""
        self._progress.pause(reason, cause)

    def _end_with(self, error: Exception) -> None:
        """Stop, and raise an error at the end."""
        self._error = self._error or error
        self._pause(str(error), PauseCause.ERROR)
        self.stop()

    def _wait_for(self, running: RunningJob) -> None:
        task = running.task
        if task.id in self._running:
            self._new.append(running)  # Another job has the same task: this one comes after it.
            return
        self._running[task.id] = running
        reader: AsyncTaskReader[Any] = AsyncTaskReader(self._api, running.job.family)
        self._waiter.add(reader, task.id, task)

    def _end(self, outcome: JobOutcome) -> None:
        self._outcomes.append(outcome)
        is_bad = outcome.status in (JobStatus.FAILED, JobStatus.REFUSED)
        if is_bad and self._stop_on_failure:
            self._pause(f"{outcome.key} failed: {outcome.error}", PauseCause.FAILURE)

    async def _rest(self, jobs: Iterator[StagedJob]) -> AsyncGenerator[JobOutcome, None]:
        """Yield what this run leaves undone."""
        while self._outcomes:
            yield self._outcomes.popleft()
        reason = self._progress.reason
        waiting = (*self._running.values(), *self._new, *(running for _, running in self._away))
        for running in (*waiting, *self._to_save, *self._saving.values()):
            yield await self._steps.outcome(running, JobStatus.RUNNING, error=reason)
        for _, job in self._undecided:
            text = "whether it was started is not known yet"
            yield outcome_without_task(job, JobStatus.UNKNOWN, text)
        for job in (*self._again, *self._later):
            yield outcome_without_task(job, JobStatus.PAUSED, reason)
        while (unread := await disk_work_async(next_job, jobs)) is not None:
            yield outcome_without_task(unread, JobStatus.PAUSED, reason)
