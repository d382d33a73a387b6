"""The steps of one job of a batch: started under its key, and its results saved.

This module owns what a job does by itself. When it does it is decided in ``loop``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import Call, disk_work_async
from a2e_sdk._async.files.destinations import AsyncCloudFolder
from a2e_sdk._async.files.downloads import AsyncDownloader
from a2e_sdk._async.tasks.journal_notes import journal_work_async
from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.local_files import LocalFile
from a2e_sdk._batch.output_names import OutputName
from a2e_sdk._batch.provenance import provenance_of, write_provenance
from a2e_sdk._batch.running_job import RunningJob
from a2e_sdk._batch.whole_file import remove_left_behind
from a2e_sdk._files.cloud_urls import CloudPlace, is_cloud, place_of
from a2e_sdk._files.object_store import facts_of
from a2e_sdk._journal.opening import require_journal
from a2e_sdk._journal.queries import entry_of_key
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.models import Task
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.cloud import CloudPath
from a2e_sdk.models.journal import JournalEntry
from a2e_sdk.models.status import TaskStatus

_CHUNK = 1024 * 1024
#: So many folders are remembered as looked through.
_FOLDERS = 1_000
#: Where files are until they are whole in a store.
_STAGING = ".a2e-sending"


class AsyncJobSteps:
    """What a job of a batch does.

    Args:
        api: What calls the API, with a journal.
        create: Returns the ``create`` of a family.
        reader: Returns what reads a task again, as the downloader wants it; None where nothing can.
        folder: The folder of results.
        max_coins: What a job may cost at the most; None for any sum.
        bucket: The folder of a store that results go to; None for the folder on the disk.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        create: Callable[[TaskFamily], Call[Task]],
        reader: Callable[[Task | str], Callable[[AsyncAPIClient], Call[Task]] | None],
        folder: Path,
        max_coins: float | None = None,
        bucket: CloudPlace | None = None,
    ) -> None:
        self._api = api
        self._bucket = bucket
        self.max_coins = max_coins
        self._journal = require_journal(api.journal, "a batch")
        self._create = create
        self._reader = reader
        self._folder = folder
        # Looking through a folder for each of its files would take longer than saving them.
        self._tidy = lru_cache(_FOLDERS)(remove_left_behind)

    async def start(self, job: StagedJob) -> RunningJob:
        """Start a job, or find the task that it was started with before.

        Raises:
            APIError, JournalError, BudgetExceededError, SubmissionUnknownError: As ``create`` does.
            TaskError: It was started and paid for before, and the server does not know its task.
            OSError, TypeError, ValueError: Something is wrong with the job by now.
        """
        arguments: Mapping[str, Any] = await disk_work_async(job.create_arguments)
        await disk_work_async(require_unchanged, job.files)
        create = self._create(job.family)
        try:
            task = await create(**arguments, key=job.key, max_coins=self.max_coins)
        except errors.NotFoundError as error:
            entry = await self.entry(job)
            if entry is None or not entry.state.has_task:
                raise
            raise errors.TaskError(
                f"it was started and paid for before, and the server does not know its task "
                f"{entry.task_id} any more",
                task_id=entry.task_id,
            ) from error
        return RunningJob(job, task)

    async def save(self, running: RunningJob) -> JobOutcome:
        """Save the results of a task that has succeeded, and how they were made.

        Raises:
            A2EError, OSError, ValueError: They can't be saved; they are there for the next run.
        """
        job, task = running.job, running.task
        outcome = _outcome(running, JobStatus.SUCCEEDED, None, await self.entry(job))
        if not task.result_urls:
            return outcome
        if self._bucket is None:
            outcome = await self._saved_to_disk(job, task, outcome)
            where: Path | CloudPath = job.output.provenance(self._folder)
        else:
            outcome = await self._saved_to_store(job, task, outcome, self._bucket)
            where = self._bucket.below(job.output.provenance_name)
        provenance = provenance_of(job, outcome, trace_id=None)
        await disk_work_async(write_provenance, where, provenance)
        return outcome

    async def _saved_to_disk(self, job: StagedJob, task: Task, outcome: JobOutcome) -> JobOutcome:
        path, name = destination(job.output, self._folder)
        folder = path if name else path.parent
        await disk_work_async(_make_folder, folder)
        await disk_work_async(self._tidy, folder)
        paths = await AsyncDownloader(self._api, self._reader(task)).download(
            task, path, existing="overwrite", name=name
        )
        size, digest = await disk_work_async(_size_and_digest, Path(paths[0]))
        return attrs.evolve(outcome, paths=paths, size=size, sha256=digest)

    async def _saved_to_store(
        self, job: StagedJob, task: Task, outcome: JobOutcome, bucket: CloudPlace
    ) -> JobOutcome:
        """Save results into a store; until they are whole they are in the folder on the disk."""
        path, name = destination(job.output, self._folder / _STAGING)
        folder = path if name else path.parent
        below = folder.relative_to(self._folder / _STAGING).as_posix()
        to = AsyncCloudFolder(
            bucket if below == "." else place_of(bucket.below(below + "/"), "output"),
            is_writable=True,
        )
        await disk_work_async(_make_folder, folder)
        paths = await AsyncDownloader(self._api, self._reader(task)).download(
            task, path, existing="overwrite", name=name, destination=to
        )
        first = to.saved[CloudPath(paths[0])]
        return attrs.evolve(
            outcome, paths=paths, size=first.size, sha256=first.sha256, etag=first.etag
        )

    async def outcome(
        self, running: RunningJob, status: JobStatus, *, error: str | None = None
    ) -> JobOutcome:
        """Return what became of a job that has a task; without its coins where no journal is."""
        try:
            entry = await self.entry(running.job)
        except errors.JournalError:
            entry = None
        if error is None and status is JobStatus.FAILED:
            error = running.error or running.task.failed_message or "the server did not say why"
        return _outcome(running, status, error, entry)

    async def entry(self, job: StagedJob) -> JournalEntry | None:
        """Return the journal's entry of a job; None where it was never begun."""
        key = job.key
        return await journal_work_async(self._journal, lambda session: entry_of_key(session, key))

    async def set_aside(self, job: StagedJob) -> None:
        """Let a job be started anew, whatever became of it."""
        entry = await self.entry(job)
        if entry is not None and entry.state.has_task:
            number = entry.id
            await journal_work_async(
                self._journal, lambda session: self._journal.steps.set_aside(session, number)
            )


def outcome_without_task(job: StagedJob, status: JobStatus, error: str | None) -> JobOutcome:
    """Return what became of a job of which no task is known."""
    return JobOutcome(key=job.key, engine=job.engine, status=status, error=error, line=job.line)


def _outcome(
    running: RunningJob, status: JobStatus, error: str | None, entry: JournalEntry | None
) -> JobOutcome:
    task = running.task
    return attrs.evolve(
        outcome_without_task(running.job, status, error),
        coins=entry.coins if entry is not None else getattr(task, "coins", None),
        quote=None if entry is None else entry.quote,
        task_id=task.id,
        task=task,
        started_at=_started_at(task, entry),
        ended_at=_ended_at(task, entry),
    )


def destination(output: OutputName, folder: Path) -> tuple[Path, str | None]:
    """Return where a job's files go: a file, or a folder and the name of files in it."""
    path = folder / (output.stem + output.suffix)
    return (path, None) if output.suffix else (path.parent, path.name)


def are_there(outcome: JobOutcome) -> bool:
    """Tell whether the files of an earlier outcome are still in their places.

    Raises:
        ConfigurationError, APIConnectionError: The store that they are in can't be asked.
    """
    try:
        found = [_facts(path) for path in outcome.paths]
    except OSError:
        return False
    return not found or found[0] == (outcome.size, outcome.etag)


def _facts(path: Path | CloudPath) -> tuple[int, str | None]:
    if isinstance(path, CloudPath):
        facts = facts_of(place_of(path, "output"), "output")
        return facts.size, facts.etag
    return path.stat().st_size, None


def require_unchanged(files: Iterable[LocalFile]) -> None:
    """Refuse files that are others than those that were checked.

    Raises:
        OSError: One of them can't be read any more.
        ValueError: One of them was changed since.
    """
    for file in files:
        if is_cloud(file.path):
            place = place_of(file.path, file.name)
            facts = facts_of(place, file.name)
            size, digest = facts.size, facts.identity(place)
        else:
            size, digest = _size_and_digest(Path(file.path))
        if (size, digest) != (file.size, file.sha256):
            raise ValueError(f"{file.name!r} was changed since the jobs were checked.")


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _size_and_digest(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _started_at(task: Task, entry: JournalEntry | None) -> datetime | None:
    return task.created_at or (None if entry is None else entry.started_at)


def _ended_at(task: Task, entry: JournalEntry | None) -> datetime | None:
    if task.status not in (TaskStatus.SUCCEEDED, TaskStatus.FAILED):
        return None
    ended: datetime | None = getattr(task, "completed_at", None) or task.updated_at
    return ended or (None if entry is None else entry.ended_at)
