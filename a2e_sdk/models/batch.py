"""One job of a batch, and what became of it.

This module owns the values only: how rows become jobs is in ``_batch``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

from a2e_sdk._display.displayed import Displayed
from a2e_sdk._tables.tabular import Tabular

from .cloud import CloudPath
from .task import EMPTY, Task


@attrs.frozen
class Job:
    """One start of a batch.

    Attributes:
        engine: The family of tasks, such as ``wan-25`` or ``face-swap``.
        key: What the job is called, 1 to 200 characters, unlike any other of the batch. Default:
            made of its content, so that the same job has the same key for ever.
        arguments: The keyword arguments of the family's ``create``; files are paths, URLs, or the
            addresses of objects such as ``s3://bucket/me.jpg``.
        output: Its file, below the folder of results; the suffix of the result is added where it
            has none. Default: named by the key.
    """

    engine: str
    key: str | None = None
    arguments: Mapping[str, Any] = EMPTY
    output: str | None = None


class JobStatus(StrEnum):
    """What became of a job."""

    #: Its files are there.
    SUCCEEDED = "succeeded"
    #: The task failed.
    FAILED = "failed"
    #: The task succeeded and is paid for; its files could not be saved, and are for the next run.
    UNSAVED = "unsaved"
    #: The server refused the start, or the job itself is wrong; nothing was paid.
    REFUSED = "refused"
    #: Whether it was started is not known.
    UNKNOWN = "unknown"
    #: Started; the wait for it timed out, or the run was interrupted.
    RUNNING = "running"
    #: Not started: no coins, over the budget, or the run was interrupted before.
    PAUSED = "paused"


@attrs.frozen(kw_only=True)
class JobOutcome(Displayed):
    """What became of one job.

    Attributes:
        key: The job's key.
        engine: The family of its task, such as ``wan_25``.
        status: What became of it.
        paths: Its files; empty where there are none. A `CloudPath` where the results of the batch
            go to a store.
        sha256: The digest of the first file, in hexadecimal digits.
        size: The bytes of the first file.
        coins: What it cost; None where that is not known.
        quote: What it was to cost; None where that was not asked.
        task_id: The task's id; None where none was started or it is not known.
        task: The task as last seen; None where it was not seen in this run.
        started_at: When it was started (aware, UTC).
        ended_at: When it ended (aware, UTC).
        error: Why it did not succeed; None where it did.
        line: The line of the input that it came from, or the number of the job; None where that is
            not known.
        etag: What the store tells the first file by; None for one on the disk.
    """

    key: str
    engine: str
    status: JobStatus
    paths: tuple[Path | CloudPath, ...] = ()
    sha256: str | None = None
    size: int | None = None
    coins: float | None = None
    quote: float | None = None
    task_id: str | None = None
    task: Task | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    error: str | None = None
    line: int | None = None
    etag: str | None = None

    @property
    def path(self) -> Path | CloudPath | None:
        """The first of its files; None where there is none."""
        return self.paths[0] if self.paths else None

    def _html(self) -> str:
        from a2e_sdk._display.records import record_card

        return record_card(self, "Outcome of a job")


@attrs.frozen(slots=False)
class BatchResults(Displayed, Tabular):
    """What became of the jobs of a batch so far; iterating it gives a `JobOutcome` of each.

    It is a table where data frames are made, and in notebooks.

    Attributes:
        outcomes: The outcomes, in the order of ``results.jsonl``; the last one of each key.
    """

    outcomes: tuple[JobOutcome, ...] = ()

    def __iter__(self) -> Iterator[JobOutcome]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)

    def _rows(self) -> Sequence[object]:
        return self.outcomes

    def _row_class(self) -> type | None:
        return JobOutcome

    def _html(self) -> str:
        from collections import Counter

        from a2e_sdk._display.records import rows_table
        from a2e_sdk._display.texts import number_text

        counts = Counter(outcome.status.value for outcome in self.outcomes)
        words = ", ".join(f"{count:,} {word}" for word, count in counts.items())
        paid = sum(outcome.coins or 0.0 for outcome in self.outcomes)
        title = f"Outcomes of {len(self):,} jobs" + (f": {words}" if words else "")
        return rows_table(self.outcomes, JobOutcome, title, f"{number_text(paid)} coins in all")
