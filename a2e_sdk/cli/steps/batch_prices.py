"""What the jobs of a batch would cost, asked without starting any.

This module owns the questions: so many at once, and none kept when it is answered, so that a batch
of any size needs the same memory.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from a2e_sdk import errors
from a2e_sdk._batch.forecast import Forecast
from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.scratch import scratch_database
from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk._files.sources import is_url
from a2e_sdk._sync.api_client import APIClient
from a2e_sdk._sync.concurrency import Calls
from a2e_sdk._sync.files.uploads import Uploader
from a2e_sdk._sync.tasks.prices import placeholders, price_of
from a2e_sdk._tasks.start_plan import plan_start
from a2e_sdk._wire.avatar_video_arguments import plan_video
from a2e_sdk._wire.family_table import AVATAR_VIDEOS
from a2e_sdk.models.batch import JobOutcome, JobStatus

from .batch_folder import BatchFolder

if TYPE_CHECKING:
    from a2e_sdk._batch.rows import Jobs

#: So many prices are asked for at once.
_AT_ONCE = 8
_FOREVER = float("inf")
#: What a run starts; the others have ended, or have a task already.
_TO_START = frozenset({JobStatus.PAUSED})
_ENDED = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REFUSED})


def forecast(
    api: APIClient, folder: BatchFolder, jobs: Jobs | None, engine: str | None
) -> Forecast:
    """Check every row of a batch and ask the prices; nothing is started or written.

    Args:
        api: What calls the API.
        folder: The folder of results.
        jobs: The rows; None for those of an earlier run.
        engine: The engine of rows that name none.

    Raises:
        InvalidJobsError: A row is wrong; it names all that are.
        ConfigurationError: There are no jobs, or their file is damaged.
        APIError: The server can't be asked.
    """
    found = Forecast()
    with ExitStack() as opened:
        if jobs is None:
            folder.count()
            staged = folder.jobs
        else:
            place = tempfile.TemporaryDirectory(prefix="a2e-")
            staged = Path(opened.enter_context(place)) / "jobs.jsonl"
            private = api.configuration.address.is_private
            stage_jobs(
                jobs,
                staged,
                engine=engine,
                allow_private=private,
                sign=api.configuration.cloud_inputs == "sign",
                earlier=folder.jobs,
            )
        uploads = _Uploads(opened.enter_context(scratch_database()))
        outcomes = opened.enter_context(folder.outcomes(staged))
        for price in _prices(api, _to_start(outcomes, found), uploads):
            found.coins += price or 0.0
            found.unpriced += price is None
    return found


def _to_start(
    outcomes: Iterator[tuple[StagedJob, JobOutcome]], found: Forecast
) -> Iterator[StagedJob]:
    for job, outcome in outcomes:
        found.jobs += 1
        found.ended += outcome.status in _ENDED
        if outcome.status in _TO_START:
            found.to_start += 1
            yield job


def _prices(api: APIClient, jobs: Iterator[StagedJob], uploads: _Uploads) -> Iterator[float | None]:
    with Calls[float | None]() as calls:
        for job in jobs:
            while len(calls) >= _AT_ONCE:
                yield _next(calls)
            calls.start(_price, api, job, uploads.new_of(job))
        while len(calls):
            yield _next(calls)


def _next(calls: Calls[float | None]) -> float | None:
    ended = calls.next(_FOREVER)
    assert ended is not None  # noqa: S101 - it waits until one is there
    return ended.result()


def _price(api: APIClient, job: StagedJob, uploads: frozenset[str]) -> float | None:
    """Return what a job costs, with the uploads that it needs; None where no price can be had."""
    arguments = job.create_arguments()
    private = api.configuration.address.is_private
    if job.family is AVATAR_VIDEOS:
        video = plan_video(arguments, allow_private=private)
        if video.unknown_avatar is not None or video.unknown_background is not None:
            return None  # What is sent is looked up by the start.
        arguments = dict(video.values)
    plan = plan_start(job.family, arguments, allow_private=private)
    local = [str(file.value) for file in plan.files if not is_url(str(file.value))]
    with Uploader(api).open(plan.files) as files:
        pairs = zip(local, files.sources, strict=True)
        missing = [source for path, source in pairs if path in uploads]
        addresses = files.addresses(placeholders(files.sources))
        try:
            return price_of(api, plan, missing, addresses).reserve
        except errors.BudgetExceededError:
            return None  # The server has no price.


class _Uploads:
    """Which local files an earlier job uploads: the same content is uploaded once.

    Args:
        database: Where to remember them.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TABLE uploads (digest TEXT PRIMARY KEY) WITHOUT ROWID")

    def new_of(self, job: StagedJob) -> frozenset[str]:
        """Return the paths of those files of a job that no earlier one uploads."""
        return frozenset(
            file.path
            for file in job.files
            if self._database.execute(
                "INSERT OR IGNORE INTO uploads VALUES (?)", (file.sha256,)
            ).rowcount
        )
