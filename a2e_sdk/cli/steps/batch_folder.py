"""What the folder of a batch tells of its jobs, without the network and in constant memory.

This module owns how the three witnesses are put together: the jobs, the results, and the journal,
which knows what was started where a run ended before it could write a result.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import attrs

from a2e_sdk import errors
from a2e_sdk._batch.job_file import StagedJob, count_jobs, read_jobs
from a2e_sdk._batch.options import bucket_of, work_folder
from a2e_sdk._batch.results import ResultIndex
from a2e_sdk._batch.scratch import scratch_database
from a2e_sdk._config.journal_place import JournalPlace, journal_place
from a2e_sdk._files.cloud_urls import is_cloud
from a2e_sdk.cli.options.common import JOURNAL_VARIABLE
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.cloud import CloudPath
from a2e_sdk.models.journal import EntryState

from .journal_file import JournalReader, is_journal, reading_journal

_FINAL = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REFUSED)
#: What the next run makes of an entry of the journal.
_STATUSES = {
    EntryState.STARTED: JobStatus.RUNNING,
    EntryState.SUCCEEDED: JobStatus.UNSAVED,
    EntryState.FAILED: JobStatus.FAILED,
    EntryState.UNKNOWN: JobStatus.UNKNOWN,
}


@attrs.frozen
class BatchFolder:
    """The folder of a batch.

    Attributes:
        path: The folder of results on the disk; of all but the files where those go to a store.
        journal: The journal that its jobs are started with.
        output: Where its results go, as it was typed.
        work: The value of ``--work``; None where it was not given.
    """

    path: Path
    journal: JournalPlace
    output: str
    work: str | None = None

    @property
    def is_in_store(self) -> bool:
        """Whether its results go to a store."""
        return is_cloud(self.output)

    @property
    def shown(self) -> str:
        """Where its results go, for messages and commands."""
        return self.output if self.is_in_store else str(self.path)

    @property
    def jobs(self) -> Path:
        """The file of its jobs."""
        return self.path / "jobs.jsonl"

    @property
    def results(self) -> Path:
        """The file of what became of them."""
        return self.path / "results.jsonl"

    def count(self) -> int:
        """Return how many jobs there are.

        Raises:
            ConfigurationError: There is no batch, or its file of jobs is damaged.
        """
        if not self.jobs.exists():
            raise errors.ConfigurationError(
                f"there is no batch in {str(self.path)!r}: it has no jobs.jsonl."
            )
        return count_jobs(self.jobs)

    @contextmanager
    def outcomes(
        self, jobs: Path | None = None
    ) -> Generator[Iterator[tuple[StagedJob, JobOutcome]], None, None]:
        """Yield what iterates the jobs, each with what became of it as far as is known here.

        Args:
            jobs: The file of jobs. Default: that of the folder.

        Raises:
            ConfigurationError: The file of jobs is damaged.
            JournalError: The journal can't be read.
            ValueError: The file of results is damaged.
        """
        with ExitStack() as opened:
            database = opened.enter_context(scratch_database())
            results = ResultIndex(self.results, database)
            reader: JournalReader | None = None
            if is_journal(self.journal):
                reader = opened.enter_context(reading_journal(self.journal))
            yield (
                (job, _outcome(job, results.find(job.key), reader))
                for job in read_jobs(jobs or self.jobs)
            )


def batch_folder(output: str, journal: str | None, work: str | None = None) -> BatchFolder:
    """Return the folder of a batch.

    Args:
        output: The folder of results, on the disk or of a store.
        journal: The value of ``--journal``; None where it was not given.
        work: The value of ``--work``; None where it was not given.

    Raises:
        ValueError: The folder is an empty text, or ``--work`` has no use.
        ConfigurationError: The journal is neither a path nor a URL.
    """
    if not output:
        raise ValueError("the folder of results is an empty text.")
    named = journal_place(journal or os.environ.get(JOURNAL_VARIABLE))
    bucket = bucket_of(output)
    if bucket is None and work is not None:
        raise ValueError("--work is for results that go to a store; OUTPUT is a folder.")
    path = Path(output) if bucket is None else work_folder(bucket, work, named)
    return BatchFolder(path, named or path / "journal.db", output, work)


def _is_there(path: Path | CloudPath) -> bool:
    # What is in a store is looked at by the next run: nothing here asks the network.
    return isinstance(path, CloudPath) or path.exists()


def _outcome(
    job: StagedJob,
    found: JobOutcome | None,
    journal: JournalReader | None,
) -> JobOutcome:
    if found is not None and found.status in _FINAL:
        if all(_is_there(path) for path in found.paths):
            return found
        error = "its files are not there any more; the next run saves them again"
        return attrs.evolve(found, status=JobStatus.UNSAVED, error=error)
    entry = None if journal is None else journal.entry_of_key(job.key)
    known = found or JobOutcome(
        key=job.key, engine=job.engine, status=JobStatus.PAUSED, line=job.line
    )
    if entry is None:
        return known
    status = _STATUSES.get(entry.state)
    if status is None:
        status = JobStatus.UNKNOWN if entry.sent_at is not None else JobStatus.PAUSED
        if entry.state is EntryState.REFUSED:
            status = JobStatus.PAUSED
    if known.status is JobStatus.UNSAVED and status is JobStatus.RUNNING:
        status = JobStatus.UNSAVED
    return attrs.evolve(
        known,
        status=status,
        coins=entry.coins if known.coins is None else known.coins,
        quote=entry.quote if known.quote is None else known.quote,
        task_id=entry.task_id or known.task_id,
        started_at=known.started_at or entry.started_at,
        ended_at=known.ended_at or entry.ended_at,
        error=known.error or entry.error,
    )
