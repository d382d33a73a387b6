"""What a caller of ``batch`` asked for, checked.

This module owns the limits of these arguments. It is pure.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from a2e_sdk._checks.validation import require_one_of, require_seconds, require_whole_number
from a2e_sdk._config.journal_place import JournalPlace
from a2e_sdk._files.cloud_urls import CloudPlace, is_cloud, place_of
from a2e_sdk._files.names import safe_stem
from a2e_sdk.models.batch import JobStatus
from a2e_sdk.models.journal import require_coins

from .engines import family_of
from .rows import Jobs

_MOST = 10_000


@attrs.frozen(kw_only=True)
class BatchOptions:
    """What a caller of ``batch`` asked for.

    Attributes:
        jobs: The rows; None for those of an earlier run alone.
        output: The folder of results on the disk: of all of them, or of what the batch needs to go
            on where the results themselves go to a store.
        bucket: The folder of a store that the results go to; None for the disk.
        sign: Whether A2E is to read objects of stores by links.
        engine: The engine of rows that name none.
        concurrency: How many tasks may run at once at the most.
        timeout: Seconds after which nothing is waited for any more; None for never.
        retry: The statuses of earlier outcomes to start anew.
        stop_on_failure: Whether a job that fails keeps the others from being started.
        max_coins: What each job may cost at the most, in coins; None for any sum.
    """

    jobs: Jobs | None
    output: Path
    engine: str | None
    concurrency: int
    timeout: float | None
    retry: frozenset[JobStatus]
    stop_on_failure: bool
    max_coins: float | None = None
    bucket: CloudPlace | None = None
    sign: bool = False

    @property
    def shown_output(self) -> str:
        """Where the results go, as its caller named it."""
        return str(self.output) if self.bucket is None else self.bucket.url


def batch_options(
    *,
    jobs: Jobs | None,
    output: str | os.PathLike[str],
    engine: str | None,
    concurrency: int,
    timeout: float | None,
    retry: Iterable[JobStatus | str],
    stop_on_failure: bool,
    max_coins: float | None,
    work: str | os.PathLike[str] | None = None,
    journal: JournalPlace | None = None,
    sign: bool = False,
) -> BatchOptions:
    """Check what a caller of ``batch`` asked for.

    The arguments are those of the attributes of `BatchOptions`, and these:

    Args:
        work: The folder on the disk where the results go to a store. Default: see `work_folder`.
        journal: The file of the client's journal; None where it has none.

    Raises:
        TypeError: An argument is of a wrong type.
        ValueError: An argument is out of range.
    """
    if engine is not None:
        family_of(engine)
    require_whole_number(concurrency, "concurrency", minimum=1, maximum=_MOST)
    bucket = bucket_of(output)
    if work is not None and bucket is None:
        raise ValueError("work is for results that go to a store; output is a folder on the disk.")
    words = tuple(status.value for status in JobStatus)
    statuses = (retry,) if isinstance(retry, str) else tuple(retry)
    return BatchOptions(
        jobs=jobs,
        output=Path(output) if bucket is None else work_folder(bucket, work, journal),
        bucket=bucket,
        sign=sign,
        engine=engine,
        concurrency=concurrency,
        timeout=None if timeout is None else require_seconds(timeout, "timeout"),
        retry=frozenset(JobStatus(require_one_of(str(one), "retry", words)) for one in statuses),
        stop_on_failure=stop_on_failure,
        max_coins=None if max_coins is None else require_coins(max_coins, "max_coins"),
    )


def bucket_of(output: str | os.PathLike[str]) -> CloudPlace | None:
    """Return the folder of a store that results go to; None for a folder on the disk.

    Raises:
        ValueError: It is an address that no store has.
    """
    if not isinstance(output, str) or not is_cloud(output):
        return None
    place = place_of(output, "output")
    # With and without its slash it is the same folder.
    return place if place.is_folder else place_of(output + "/", "output")


def work_folder(
    bucket: CloudPlace, work: str | os.PathLike[str] | None, journal: JournalPlace | None
) -> Path:
    """Return the folder on the disk of a batch whose results go to a store.

    Args:
        bucket: The folder of the store.
        work: The folder that was asked for. Default: one that is named after the store's, beside
            the journal's file, or in the current folder where there is none.
        journal: The client's journal; None where it has none.
    """
    if work is not None:
        return Path(work)
    address = bucket.url.rstrip("/")
    digest = hashlib.sha256(address.encode()).hexdigest()[:8]
    name = safe_stem(address.partition("://")[2].replace("/", "-")[:100])
    beside = journal.parent if isinstance(journal, Path) else Path()
    return beside / f"{name}-{digest}"
