"""Recover a task whose create response was lost: search the newest records for it.

This module owns the loop of that search. What can have happened, and which record is the one, is
decided in ``_tasks.recovery``.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import timedelta
from typing import TypeVar

from a2e_sdk import errors
from a2e_sdk._async.api_client import LAST_READ_SECONDS, AsyncAPIClient
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.recovery import (
    ALL_RECORDS,
    FIRST_RECORDS,
    LAST_RECORDS,
    SEARCH_SECONDS,
    search_pause,
    unknown_text,
)
from a2e_sdk.models import Task
from a2e_sdk.models.submission import Submission

from .reader import AsyncTaskReader

TaskT = TypeVar("TaskT", bound=Task)


async def find_started(reader: AsyncTaskReader[TaskT], submission: Submission) -> TaskT | None:
    """Look once, and thoroughly, for the task of a submission among the records since it began.

    Equal starts that are under way are waited for, up to 30 seconds: what is seen may be theirs.

    Raises:
        APIError: The records can't be read.
    """
    api = reader.api
    async with aclosing(_candidates(reader, submission, None, ALL_RECORDS)) as seen:
        candidates = [task async for task in seen]
    end = api.clock.now() + SEARCH_SECONDS
    if candidates and await _equal_starts_ended(api, submission, end):
        for task in candidates:
            if api.state.claims.claim(task.id):
                api.state.settled(submission)
                return task
    return None


async def _candidates(
    reader: AsyncTaskReader[TaskT], submission: Submission, began: float | None, newest_records: int
) -> AsyncGenerator[TaskT, None]:
    """Yield the records that can be the task of a submission, newest first.

    Args:
        reader: Reads the tasks of the family.
        submission: What was submitted.
        began: When, by the client's clock; None where the submission itself knows that.
        newest_records: How many to compare whatever their dates.
    """
    api = reader.api
    position = 0
    async with aclosing(reader.newest()) as newest:
        try:
            async for task in newest:
                if position == 0 and began is not None:
                    # The response that brought this record has told the server's time.
                    elapsed = api.clock.now() - began
                    submission = submission.began(
                        api.server_time() - timedelta(seconds=elapsed),
                        exact=api.state.knows_server_time,
                    )
                if submission.ends_search(task, position, newest_records):
                    return
                if submission.matches(task):
                    yield task
                position += 1
        except errors.UnexpectedResponseError:
            # A list that is shorter than the server counts has been gone through all the same.
            if not position:
                raise


async def search(
    reader: AsyncTaskReader[TaskT],
    submission: Submission,
    began: float,
    lost: errors.APIError,
    start: Start,
) -> TaskT | errors.SubmissionUnknownError:
    """Search for the task of a start whose response was lost, for up to 30 seconds.

    Args:
        reader: Reads the tasks of the family.
        submission: What was submitted.
        began: When, by the client's clock.
        lost: What happened to its response.
        start: The start that the task is for.

    Returns:
        The task, or the error to raise where none was found.
    """
    api = reader.api
    end = api.clock.now() + SEARCH_SECONDS
    limited = reader.with_deadline(end + LAST_READ_SECONDS)
    looks, looked = 0, False
    # Where the server lists no tasks there is nowhere to look.
    while reader.family.can_find_started and not api.closed:
        is_last = api.clock.now() >= end
        try:
            records = LAST_RECORDS if is_last else FIRST_RECORDS
            async with aclosing(_candidates(limited, submission, began, records)) as seen:
                candidates = [task async for task in seen]
            looked = True
            if candidates and await _equal_starts_ended(api, submission, end):
                for task in candidates:
                    if api.state.claims.claim(task.id, start):
                        return task
        except errors.A2EError:
            pass  # The next look may get through; that none did is told by `looked`.
        left = end - api.clock.now()
        if is_last or (left <= 0 and looked):
            break
        await api.clock.pause_async(min(search_pause(looks), max(left, 0.0)))
        looks += 1
    since = api.server_time() - timedelta(seconds=api.clock.now() - began)
    return errors.SubmissionUnknownError(
        unknown_text(submission, lost, reader.family, looked=looked, closed=api.closed),
        submission=submission.began(since, exact=api.state.knows_server_time),
        error=lost,
        looked=looked,
    )


async def _equal_starts_ended(api: AsyncAPIClient, submission: Submission, end: float) -> bool:
    """Wait until the equal starts that are under way now have ended; False if they don't in time.

    Each of them may learn from its own response that a task is its own. Those that begin later
    can't have made a task that was seen already, so they are not waited for.
    """
    claims = api.state.claims
    equal = claims.equal_starts(submission)
    waits = 0
    while claims.under_way(equal):
        left = end - api.clock.now()
        if left <= 0 or api.closed:
            return False
        await api.clock.pause_async(min(search_pause(waits), left))
        waits += 1
    return True
